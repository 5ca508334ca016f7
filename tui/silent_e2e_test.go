//go:build e2e && linux

package tui

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	seed "taizhang/seeds/sample"
	"taizhang/tui/tmux"
)

// share is a folder behind a file server that can be stopped: every call into
// the folder then hangs until it goes on.
type share struct {
	dir    string
	server *os.Process
}

func (s *share) stop() { s.server.Signal(syscall.SIGSTOP) }
func (s *share) goOn() { s.server.Signal(syscall.SIGCONT) }

// mount mounts the folder real by sshfs, with no network between. The test is
// skipped where that is not possible.
func mount(t *testing.T, real string) *share {
	t.Helper()
	server := ""
	for _, path := range []string{"/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server",
		"/usr/lib/ssh/sftp-server"} {
		if _, err := os.Stat(path); err == nil {
			server = path
		}
	}
	program, err := exec.LookPath("sshfs")
	if err != nil || server == "" {
		t.Skip("sshfs or sftp-server is not installed")
	}
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	a, b := os.NewFile(uintptr(pair[0]), "server"), os.NewFile(uintptr(pair[1]), "client")
	defer a.Close()
	defer b.Close()
	dir := filepath.Join(t.TempDir(), "share")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	serve := exec.Command(server)
	serve.Stdin, serve.Stdout = a, a
	client := exec.Command(program, "-f", "-o", "passive,dir_cache=no,entry_timeout=0,attr_timeout=0", ":"+real, dir)
	client.Stdin, client.Stdout = b, b
	for _, c := range []*exec.Cmd{serve, client} {
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { // whoever hangs in it gets an error
		serve.Process.Kill()
		client.Process.Kill()
		serve.Wait()
		client.Wait()
		exec.Command("umount", "-l", dir).Run()
	})
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if found, err := os.ReadDir(dir); err == nil && len(found) > 0 {
			return &share{dir, serve.Process}
		}
	}
	t.Skip("a file system cannot be mounted here")
	return nil
}

// A share stops to answer for 30 seconds: the dashboard goes on to answer keys
// and says what it waits for; when the share is back, it goes on. Whoever quits
// while it is silent gets the terminal back.
func TestAShareThatStopsToAnswer(t *testing.T) {
	real := t.TempDir()
	data, err := seed.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(real, "台账.xlsx"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	s := mount(t, real)
	m := tmux.Open(t, 100, 30)
	m.Run("taizhang " + s.dir + "/台账.xlsx; echo THE END")
	m.Shows("各牵头单位", "已同步")

	s.stop()
	back := time.Now().Add(30 * time.Second)
	m.Shows("没有响应")
	var slowest time.Duration
	timed := func(want string, keys ...string) {
		t.Helper()
		at := time.Now()
		m.Keys(keys...)
		m.Shows(want)
		slowest = max(slowest, time.Since(at))
	}
	for time.Now().Before(back) {
		timed("[2 任务]", "F2")
		timed("筛选", "F7")
		m.Type("依申请")
		timed("1/22项", "Enter")
		timed("22项", "F7", "C-u", "Enter")
		timed("帮助：", "F8")
		m.Keys("Escape")
		timed("[6 同步]", "F6")
		timed("没有响应", "F1")
	}
	t.Log("slowest answer to a key, as the terminal shows it:", slowest)
	// An edit waits; the editor can be left meanwhile.
	m.Keys("F2", "Home", "p", "C-u")
	m.Type("断网时写的")
	m.Keys("F10")
	m.Shows("正在保存")
	m.Keys("Escape")
	m.Hides("F10 保存")
	m.Keys("q")
	m.Shows("正在保存，请稍候")
	m.Keys("Escape")

	s.goOn()
	m.Shows("已同步")
	m.Shows("断网时写的")
	if _, cells := book(t, real); !holds(cells, "断网时写的") {
		t.Error("what was typed did not reach the workbook when the share was back")
	}

	s.stop()
	time.Sleep(3 * time.Second) // it is being looked at, and not said to be silent yet
	m.Keys("q")
	m.Shows("正在等工作簿所在的文件夹响应")
	m.Shows("没有等它")
	s.goOn() // the kernel keeps a process until its last call returns
	m.Shows("\nTHE END")
}
