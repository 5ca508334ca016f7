//go:build e2e

package syncer

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	stdsync "sync"
	"testing"
	"time"
)

// TestSoakWithRealProcesses lets two "taizhang sync --watch" and a LibreOffice
// work on one workbook, with kills of the former in between, while a coordinator
// makes changes with "taizhang set". At the end the last value that anybody saved
// into any cell stands there.
//
// SOAK is how long; 30 s if it is not set.
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
	bin := filepath.Join(t.TempDir(), "taizhang")
	if out, err := exec.Command("go", "build", "-o", bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := filepath.Join(dir, "台账.xlsx")
	newBook(t, path, 8)

	work, stop := context.WithTimeout(context.Background(), length)
	defer stop()
	var all stdsync.WaitGroup
	for i := range 2 {
		all.Go(func() { watchAndKill(t, work, bin, path, i) })
	}
	offices := map[int]string{}
	all.Go(func() { libreOffice(t, work, path, offices) })
	mine := map[int]string{}
	all.Go(func() { coordinate(t, work, bin, path, mine) })
	all.Wait()

	for range 3 {
		if out, err := taizhang(bin, path, "sync"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	out, _ := taizhang(bin, path, "conflicts")
	rows := grid(t, path)
	check := func(row, col int, want string) {
		if got := append(rows[row-1], make([]string, 8)...)[col-1]; got != want && !strings.Contains(out, want) {
			t.Errorf("row %d, column %d: %q stands there, %q was typed last", row, col, got, want)
		}
	}
	for row, v := range offices {
		check(row, 6, v)
	}
	for row, v := range mine {
		check(row, 7, v)
	}
	t.Logf("last values: %d by LibreOffice, %d by the coordinator; conflicts: %s", len(offices), len(mine), out)
	if len(offices) == 0 || len(mine) == 0 {
		t.Error("somebody did no work")
	}
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
// every few seconds.
func watchAndKill(t *testing.T, ctx context.Context, bin, path string, seed int) {
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
		}
		end()
	}
}

func coordinate(t *testing.T, ctx context.Context, bin, path string, last map[int]string) {
	r := rand.New(rand.NewPCG(3, 9))
	for n := 1; ctx.Err() == nil; n++ {
		row, v := 3+r.IntN(8), fmt.Sprint("协调", n)
		if out, err := taizhang(bin, path, "set", fmt.Sprint(row-2), "remark="+v); err != nil {
			t.Errorf("set: %v\n%s", err, out)
			continue
		}
		last[row] = v
		sleep(ctx, time.Duration(100+r.IntN(700))*time.Millisecond)
	}
}

func libreOffice(t *testing.T, ctx context.Context, path string, last map[int]string) {
	pipe := fmt.Sprint("taizhang", os.Getpid())
	profile := t.TempDir()
	soffice := exec.Command("soffice", "--headless", "--norestore", "-env:UserInstallation=file://"+profile, "--accept=pipe,name="+pipe+";urp;")
	if err := soffice.Start(); err != nil {
		t.Error(err)
		return
	}
	defer func() {
		exec.Command("soffice", "-env:UserInstallation=file://"+profile, "--headless", "--unaccept=all").Run()
		soffice.Process.Kill()
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
			last[row] = v
		}
	}
	io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, log.String())
	}
	if log.Len() > 0 {
		t.Log(log.String())
	}
}
