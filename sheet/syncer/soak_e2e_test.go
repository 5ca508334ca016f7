//go:build e2e

package syncer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	stdsync "sync"
	"syscall"
	"testing"
	"time"
)

// TestSoakWithRealProcesses lets two "taizhang sync --watch" and a LibreOffice
// work on one workbook, with kills of the former in between, while a coordinator
// makes changes with "taizhang set". At the end the last value that anybody saved
// into any cell stands there.
//
// SOAK is how long they work from LibreOffice's first save on; 30 s if it is not set.
// SOAKDIR is the folder of the workbook; a temporary one if it is not set.
func TestSoakWithRealProcesses(t *testing.T) {
	length := 30 * time.Second
	if v := os.Getenv("SOAK"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil {
			t.Fatal(err)
		}
		length = d
	}
	if exec.Command("/usr/bin/python3", "-c", "import uno").Run() != nil {
		t.Skip("LibreOffice's python bridge (python3-uno) is not installed")
	}
	dir := t.TempDir()
	if d := os.Getenv("SOAKDIR"); d != "" {
		dir = d // stays, to be looked at
	}
	bin := filepath.Join(t.TempDir(), "taizhang")
	if out, err := exec.Command("go", "build", "-o", bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := filepath.Join(dir, "台账.xlsx")
	newBook(t, path, 8)

	work, stop := context.WithCancel(context.Background())
	defer stop()
	typing := make(chan struct{}) // LibreOffice has saved for the first time: on a busy machine it starts slowly
	go func() {
		select {
		case <-typing:
		case <-time.After(3 * time.Minute):
		}
		time.Sleep(length)
		stop()
	}()
	var all stdsync.WaitGroup
	var kills [2]int
	for i := range 2 {
		all.Go(func() { kills[i] = watchAndKill(t, work, bin, path, i) })
	}
	offices, mine := &typist{last: map[int]string{}}, &typist{last: map[int]string{}}
	all.Go(func() { libreOffice(t, work, path, offices, stdsync.OnceFunc(func() { close(typing) })) })
	all.Go(func() { coordinate(t, work, bin, path, mine) })
	all.Wait()

	for range 3 {
		if out, err := taizhang(bin, path, "sync"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	log, _ := taizhang(bin, path, "log", "--json")
	listed, _ := taizhang(bin, path, "conflicts", "--json")
	var conflicts []struct {
		Mine, Theirs string
		MineBy       string `json:"mine_by"`
		TheirsBy     string `json:"theirs_by"`
	}
	if err := json.Unmarshal([]byte(listed), &conflicts); err != nil {
		t.Fatalf("%v\n%s", err, listed)
	}
	kept := map[string]bool{} // in a conflict
	for _, c := range conflicts {
		kept[c.Mine], kept[c.Theirs] = true, true
		// Two saves of one office, pulled side by side, may be; what one coordinator sets, one
		// after the other, may not.
		t.Logf("in conflict: %q by %s, %q by %s", c.Mine, c.MineBy, c.Theirs, c.TheirsBy)
		if c.MineBy == c.TheirsBy && strings.HasPrefix(c.Theirs, "协调") {
			t.Errorf("%s disputes with themselves: %q and %q", c.MineBy, c.Mine, c.Theirs)
		}
	}
	rows := grid(t, path)
	lost, disputed := 0, 0
	check := func(who *typist, col int) {
		for row, want := range who.last {
			switch got := append(rows[row-1], make([]string, 8)...)[col-1]; {
			case got == want:
			case kept[want]:
				disputed++
			default:
				lost++
				t.Errorf("row %d, column %d: %q stands there, %q was typed last", row, col, got, want)
			}
		}
		for v := range who.overtaken { // what was typed before: the history knows it
			if !strings.Contains(log, fmt.Sprintf("%q", v)) {
				who.unseen++
				t.Logf("%q is not in the log; in a conflict: %v", v, kept[v])
			}
		}
	}
	check(offices, 6)
	check(mine, 7)
	t.Logf("%v: LibreOffice typed %d values in %d saves (%d more could not be saved), the coordinator %d",
		length, offices.values, offices.saves, offices.refused, mine.values)
	t.Logf("%d and %d kills; %d conflicts open; %d last values lost, %d in a conflict", kills[0], kills[1],
		len(conflicts), lost, disputed)
	t.Logf("saved over by the same person before anybody looked: %d of LibreOffice, %d of the coordinator",
		offices.unseen, mine.unseen)
	if len(offices.last) == 0 || len(mine.last) == 0 || kills[0] == 0 || kills[1] == 0 {
		t.Error("somebody did no work")
	}
	// Each types in a column of their own: nobody has anything to dispute.
	if len(conflicts) > len(rows) {
		t.Errorf("%d conflicts over %d rows", len(conflicts), len(rows)-2)
	}
	if mine.unseen > 0 {
		t.Errorf("%d values that taizhang set are not in its log", mine.unseen)
	}
}

// typist is what somebody has typed: by sheet row the last value.
type typist struct {
	last                           map[int]string
	overtaken                      map[string]bool // values that were typed over since
	values, saves, refused, unseen int
}

func (w *typist) types(row int, v string) {
	if w.overtaken == nil {
		w.overtaken = map[string]bool{}
	}
	if old, ok := w.last[row]; ok {
		w.overtaken[old] = true
	}
	w.last[row] = v
	w.values++
}

func taizhang(bin, path string, args ...string) (string, error) {
	cmd := exec.Command(bin, append(args, "--ledger", path, "--lang", "en")...)
	cmd.Dir = filepath.Dir(path)
	out, err := cmd.CombinedOutput()
	if e, ok := err.(*exec.ExitError); ok && e.ExitCode() == 3 {
		err = nil // done, but something waits
	}
	return string(out), err
}

// watchAndKill runs "sync --watch" until ctx ends, and kills and restarts it
// every few seconds. It returns how often it killed it.
func watchAndKill(t *testing.T, ctx context.Context, bin, path string, seed int) (kills int) {
	r := rand.New(rand.NewPCG(uint64(seed), 7))
	for ctx.Err() == nil {
		life, end := context.WithTimeout(ctx, time.Duration(1000+r.IntN(4000))*time.Millisecond)
		cmd := exec.CommandContext(life, bin, "sync", "--watch", "--ledger", path) // killed, not asked to stop
		cmd.Dir = filepath.Dir(path)
		var out strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &out
		cmd.Run()
		if life.Err() == nil {
			t.Errorf("it ended by itself:\n%s", out.String())
			sleep(ctx, time.Second)
		} else {
			kills++
		}
		end()
	}
	return kills
}

func coordinate(t *testing.T, ctx context.Context, bin, path string, w *typist) {
	r := rand.New(rand.NewPCG(3, 9))
	for n := 1; ctx.Err() == nil; n++ {
		row, v := 3+r.IntN(8), fmt.Sprint("协调", n)
		if out, err := taizhang(bin, path, "set", fmt.Sprint(row-2), "remark="+v); err != nil {
			t.Errorf("set: %v\n%s", err, out)
			continue
		}
		w.types(row, v)
		sleep(ctx, time.Duration(100+r.IntN(700))*time.Millisecond)
	}
}

// userName gives the user of a LibreOffice profile a name, as offices do; without
// one its files do not tell who saved them.
func userName(profile, name string) error {
	dir := filepath.Join(profile, "user")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "registrymodifications.xcu"), []byte(`<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse"><value>`+name+
		`</value></prop></item>
</oor:items>`), 0o644)
}

func libreOffice(t *testing.T, ctx context.Context, path string, w *typist, began func()) {
	pipe := fmt.Sprint("taizhang", os.Getpid())
	profile := t.TempDir()
	if err := userName(profile, "科室小李"); err != nil {
		t.Error(err)
		return
	}
	soffice := exec.Command("soffice", "--headless", "--norestore", "-env:UserInstallation=file://"+profile,
		"--accept=pipe,name="+pipe+";urp;")
	soffice.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // the command is a script that starts the program
	if err := soffice.Start(); err != nil {
		t.Error(err)
		return
	}
	defer func() {
		syscall.Kill(-soffice.Process.Pid, syscall.SIGKILL)
		soffice.Wait()
	}()
	cmd := exec.Command("/usr/bin/python3", filepath.Join("testdata", "edit_in_libreoffice.py"), pipe, path)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	var log strings.Builder
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return
	}
	go func() {
		<-ctx.Done()
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var row int
		var v string
		if _, err := fmt.Sscan(lines.Text(), &row, &v); err == nil {
			w.types(row, v)
		} else if lines.Text() == "saved" {
			w.saves++
			began()
		}
	}
	io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, log.String())
	}
	w.refused = strings.Count(log.String(), "not saved")
}
