package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// terminal runs a program on a terminal of its own and keeps everything that
// the program shows.
type terminal struct {
	cmd    *exec.Cmd
	master *os.File
	start  time.Time

	mu   sync.Mutex
	said []byte
	news chan struct{} // has a token when something was said
}

// onTerminal starts a program on a terminal of 160 × 50.
func onTerminal(dir string, env []string, args ...string) (*terminal, error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, err
	}
	n, err := unix.IoctlGetUint32(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, err
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 160}); err != nil {
		return nil, err
	}
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(int(n)), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	defer slave.Close()
	t := &terminal{cmd: exec.Command(args[0], args[1:]...), master: master, news: make(chan struct{}, 1)}
	t.cmd.Dir, t.cmd.Env = dir, append(os.Environ(), env...)
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = slave, slave, slave
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	t.start = time.Now()
	if err := t.cmd.Start(); err != nil {
		return nil, err
	}
	go t.listen()
	return t, nil
}

func (t *terminal) listen() {
	buf := make([]byte, 1<<16)
	for {
		n, err := t.master.Read(buf)
		t.mu.Lock()
		t.said = append(t.said, buf[:n]...)
		t.mu.Unlock()
		select {
		case t.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// until waits for a text and returns how long after since it was shown.
func (t *terminal) until(text string, since time.Time) (time.Duration, error) {
	late := time.After(patience)
	for {
		t.mu.Lock()
		shown := bytes.Contains(t.said, []byte(text))
		t.mu.Unlock()
		if shown {
			return time.Since(since), nil
		}
		select {
		case <-t.news:
		case <-late:
			return 0, fmt.Errorf("%q is not shown after %s", text, patience)
		}
	}
}

// forget drops what was shown so far.
func (t *terminal) forget() {
	t.mu.Lock()
	t.said = nil
	t.mu.Unlock()
}

// close ends the program.
func (t *terminal) close() {
	t.cmd.Process.Kill()
	t.cmd.Wait()
	t.master.Close()
}

// spent is the processor time that the program has taken so far.
func (t *terminal) spent() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", t.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	user, _ := strconv.Atoi(string(f[11]))
	system, _ := strconv.Atoi(string(f[12]))
	return time.Duration(user+system) * 10 * time.Millisecond // a tick is 10 ms on every Linux
}
