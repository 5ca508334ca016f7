package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf16"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/safefile"
)

var errNoClipboard = errors.New("no clipboard of a desktop")

// copyToDesktop hands a text to the program that the desktop has for its clipboard.
func copyToDesktop(ctx context.Context, text string) error {
	var programs [][]string
	input := []byte(text)
	switch {
	case runtime.GOOS == "windows":
		programs = [][]string{{"clip.exe"}}
		input = utf16LE(text)
	case runtime.GOOS == "darwin":
		programs = [][]string{{"pbcopy"}}
	case os.Getenv("WAYLAND_DISPLAY") != "":
		programs = [][]string{{"wl-copy"}}
	case os.Getenv("DISPLAY") != "":
		programs = [][]string{{"xclip", "-selection", "clipboard"}, {"xsel", "--clipboard", "--input"}}
	}
	for _, p := range programs {
		if _, err := exec.LookPath(p[0]); err != nil {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		cmd := exec.CommandContext(ctx, p[0], p[1:]...)
		cmd.Stdin = strings.NewReader(string(input))
		err := cmd.Run()
		cancel()
		if err == nil {
			return nil
		}
	}
	return errNoClipboard
}

// utf16LE is what clip.exe takes any language in.
func utf16LE(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// saveBeside writes a text to a new file beside the ledger.
func (a *app) saveBeside(s books, name, text string) (string, error) {
	path := fresh(filepath.Dir(s.Snapshot().Path), strings.TrimSuffix(new(filename.Names).Name(name, ".txt"), ".txt"),
		".txt")
	if err := safefile.Write(path, []byte(text), safefile.Options{}); err != nil {
		return "", print.Plain(err)
	}
	return path, nil
}
