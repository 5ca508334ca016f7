package syncer

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/sheet/ledger"
)

func TestTheLedgerAsItStood(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	newBook(t, path, 3)
	s, err := Open(ctx, path, Options{Author: "王",
		Ledger: ledger.Options{Today: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	set := func(text string) time.Time {
		t.Helper()
		if _, err := s.Change(ctx, []Edit{{Task: "1", Field: ledger.FieldProgress, Value: text}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
		return time.Now()
	}
	opened := time.Now()
	one := set("一稿")
	two := set("二稿")
	set("三稿")
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"before the history": {opened.AddDate(-1, 0, 0), ""}, "when it was opened": {opened, ""}, "first": {one,
			"一稿"}, "second": {two, "二稿"},
		"now": {time.Now(), "三稿"}, "a day that has not come": {time.Now().AddDate(1, 0, 0), "三稿"},
	} {
		l, since, err := s.AsOf(ctx, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Tasks[0].Progress; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if since.IsZero() || since.After(one) {
			t.Errorf("%s: the history is said to begin at %v", name, since)
		}
		if now := s.Snapshot().Ledger; l.Title == "" || l.Title != now.Title {
			t.Errorf("%s: its title is %q, that of the workbook %q", name, l.Title, now.Title)
		}
		if l.Year != 2022 {
			t.Errorf("%s: a ledger of %d", name, l.Year)
		}
	}
}

// Two coordinators changed the ledger apart and nobody wrote since: whoever looked then
// saw what both had done, and so does who looks back.
func TestLookingBackToHeadsThatHadParted(t *testing.T) {
	ctx := context.Background()
	one := filepath.Join(t.TempDir(), "台账.xlsx")
	newBook(t, one, 3)
	change := func(path, task, text string) {
		t.Helper()
		s, err := Open(ctx, path, Options{Author: "王"})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Change(ctx, []Edit{{Task: task, Field: ledger.FieldProgress, Value: text}}); err != nil {
			t.Fatal(err)
		}
	}
	change(one, "3", "起")
	other := t.TempDir()
	if err := os.CopyFS(other, os.DirFS(filepath.Dir(one))); err != nil {
		t.Fatal(err)
	}
	change(one, "1", "甲")
	change(filepath.Join(other, "台账.xlsx"), "2", "乙")
	files, err := filepath.Glob(filepath.Join(other, ".taizhang", "*", "revisions", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(other, f)
		if err := os.WriteFile(filepath.Join(filepath.Dir(one), rel), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	look := func(opt Options) (revision, progress string) {
		t.Helper()
		s, err := Open(ctx, one, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		snap := s.Snapshot()
		if snap.Trouble != nil {
			t.Fatal(snap.Trouble)
		}
		for _, task := range snap.Ledger.Tasks {
			progress += task.Progress + " "
		}
		return snap.Revision, progress
	}
	now, said := look(Options{ReadOnly: true})
	if said != "甲 乙 起 " {
		t.Fatalf("now: %s", said)
	}
	then, was := look(Options{At: time.Now().Add(time.Second)})
	if was != said || then != now {
		t.Errorf("looking back: %s%s; then %s%s", was, then, said, now)
	}
}
