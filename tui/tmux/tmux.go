//go:build e2e

package tmux

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Terminal is a terminal with a shell in an empty folder, Dir. It ends with its
// test.
type Terminal struct {
	Dir string

	t      testing.TB
	socket string
}

// program builds taizhang and is its folder.
func program(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "taizhang"),
		"taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// Open runs a shell in a terminal of width × height cells, with taizhang on its
// path. The test is skipped where tmux is not installed.
func Open(t testing.TB, width, height int) *Terminal {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	m := &Terminal{Dir: dir, t: t, socket: fmt.Sprintf("taizhang-%d-%s", os.Getpid(), strings.Map(plain, t.Name()))}
	m.Tmux("-f", os.DevNull, "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), "-s", "s",
		fmt.Sprintf(
			"cd %q && env -i HOME=%q PATH=%q:/usr/bin:/bin TERM=screen-256color LANG=zh_CN.UTF-8 LC_CTYPE=C.UTF-8 "+
				"PS1='ready>' sh", dir, t.TempDir(), program(t)))
	t.Cleanup(func() { exec.Command("tmux", "-L", m.socket, "kill-server").Run() })
	m.Tmux("set", "-s", "escape-time", "0")
	m.Shows("ready>")
	return m
}

func plain(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return '-'
}

// Tmux runs a tmux command and returns what it prints.
func (m *Terminal) Tmux(args ...string) string {
	m.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", m.socket}, args...)...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// Run types a line for the shell.
func (m *Terminal) Run(line string) {
	m.t.Helper()
	m.Type(line)
	m.Keys("Enter")
}

// Keys presses keys by tmux's names.
func (m *Terminal) Keys(names ...string) {
	m.t.Helper()
	for _, n := range names {
		m.Tmux("send-keys", "-t", "s", n)
		if n == "Escape" {
			time.Sleep(200 * time.Millisecond) // a key right behind it would be read as Alt with that key
		}
	}
}

// Type types text.
func (m *Terminal) Type(s string) { m.t.Helper(); m.Tmux("send-keys", "-l", "-t", "s", s) }

// Paste pastes text as a terminal does that marks pastes.
func (m *Terminal) Paste(s string) {
	m.t.Helper()
	file := filepath.Join(m.t.TempDir(), "paste")
	if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
		m.t.Fatal(err)
	}
	m.Tmux("load-buffer", file)
	m.Tmux("paste-buffer", "-p", "-t", "s")
}

// Resize changes the size of the terminal.
func (m *Terminal) Resize(width, height int) {
	m.t.Helper()
	m.Tmux("resize-window", "-t", "s", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
}

// Screen is what stands on the screen.
func (m *Terminal) Screen() string { m.t.Helper(); return m.Tmux("capture-pane", "-p", "-t", "s") }

// Shows waits until the screen says all of want, and returns it.
func (m *Terminal) Shows(want ...string) string {
	m.t.Helper()
	return m.until(func(screen string) string {
		for _, s := range want {
			if !strings.Contains(screen, s) {
				return fmt.Sprintf("never said %q", s)
			}
		}
		return ""
	})
}

// Hides waits until the screen does not say s any more.
func (m *Terminal) Hides(s string) string {
	m.t.Helper()
	return m.until(func(screen string) string {
		if strings.Contains(screen, s) {
			return fmt.Sprintf("goes on saying %q", s)
		}
		return ""
	})
}

func (m *Terminal) until(lacks func(screen string) string) string {
	m.t.Helper()
	screen, why := "", ""
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		screen = m.Screen()
		if why = lacks(screen); why == "" {
			return screen
		}
	}
	m.t.Fatalf("the screen %s:\n%s", why, screen)
	return ""
}

// Cursor is where the terminal's cursor stands, and whether it is shown.
func (m *Terminal) Cursor() (x, y int, shown bool) {
	m.t.Helper()
	n := 0
	if _, err := fmt.Sscanf(m.Tmux("display", "-p", "-t", "s", "#{cursor_x} #{cursor_y} #{cursor_flag}"), "%d %d %d",
		&x, &y, &n); err != nil {
		m.t.Fatal(err)
	}
	return x, y, n == 1
}
