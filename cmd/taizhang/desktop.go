package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"taizhang/sheet/msg"
)

// openOnDesktop has the desktop open a file with the program that it has for it, or a
// folder.
func openOnDesktop(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if err := mustBeThere(path); err != nil {
		return err
	}
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "windows":
		cmd = exec.CommandContext(ctx, "rundll32.exe", "url.dll,FileProtocolHandler", path)
	case runtime.GOOS == "darwin":
		cmd = exec.CommandContext(ctx, "open", path)
	case os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "":
		cmd = exec.CommandContext(ctx, "xdg-open", path)
	default:
		return noDesktop(path)
	}
	if _, err := exec.LookPath(cmd.Args[0]); err != nil {
		return noDesktop(path)
	}
	if err := cmd.Start(); err != nil {
		return noDesktop(path)
	}
	failed := make(chan error, 1)
	go func() { failed <- cmd.Wait() }()
	select {
	case err := <-failed:
		if err != nil {
			return noDesktop(path)
		}
	case <-time.After(3 * time.Second): // some of these end only with the program that they started
	}
	return nil
}

// mustBeThere says plainly that a file or folder is gone.
func mustBeThere(path string) error {
	if _, err := os.Stat(path); err != nil {
		return &msg.Error{Class: os.ErrNotExist, Text: msg.New("cmd.no_file", "File", path),
			Hint: msg.New("cmd.no_file_hint"), Err: err}
	}
	return nil
}

func noDesktop(path string) error {
	return &msg.Error{Text: msg.New("cmd.no_desktop", "File", path)}
}
