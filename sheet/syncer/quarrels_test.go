package syncer

import (
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// However a conflict ends, the log has both of its values, and what was kept.
func TestTheLogTellsHowAConflictEnded(t *testing.T) {
	title, heading := "公开财政预决算", "进展情况"
	ctx := context.Background()
	resolve := func(choice string) func(*testing.T, *Session, string) {
		return func(t *testing.T, s *Session, _ string) {
			if _, err := s.Resolve(ctx, Decision{Conflict: s.Snapshot().Conflicts[0].ID, Choice: choice}); err != nil {
				t.Fatal(err)
			}
			change(t, s, title, "progress", "后来的") // what was kept is told of that moment, not of now
		}
	}
	for name, c := range map[string]struct {
		end     func(*testing.T, *Session, string)
		kept    string
		rowGone bool
	}{
		"decided for the ledger": {end: resolve(Mine), kept: "协调员的"},
		"decided for the copy":   {end: resolve(Theirs), kept: "副本里的"},
		"decided for a third":    {end: resolve("=两边合写的"), kept: "两边合写的"},
		"what the copy brought was typed": {end: func(t *testing.T, s *Session,
			_ string) {
			change(t, s, title, "progress", "副本里的")
		}, kept: "副本里的"},
		"an office typed what it brought":   {end: officeTypes(title, heading, "副本里的"), kept: "副本里的"},
		"an office deleted the row":         {end: officeDeletes(4), rowGone: true},
		"another typed the brought one too": {end: copyBrings(title, heading, "副本里的"), kept: "副本里的"},
	} {
		t.Run(name, func(t *testing.T) {
			path := tempBook(t, 12)
			s := openAs(t, path, "王")
			change(t, s, "更新领导信息", "remark", "起头")
			later := copyTo(t, path, "回传.xlsx")
			office(t, later, func(f *excelize.File) { setCell(t, f, title, heading, "副本里的") })
			change(t, s, title, "progress", "协调员的")
			if _, err := s.Merge(ctx, []string{later}, MergeOptions{}); err != nil || len(s.Snapshot().Conflicts) != 1 {
				t.Fatal(err, s.Snapshot().Conflicts)
			}
			c.end(t, s, path)
			if n := len(s.Snapshot().Conflicts); n != 0 {
				t.Fatalf("%d conflicts are open", n)
			}
			log, err := s.Log(ctx, LogOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var opened []Conflict
			var settled []Settlement
			for _, e := range log {
				opened, settled = append(opened, e.Opened...), append(settled, e.Settled...)
			}
			if len(opened) != 1 || opened[0].Mine != "协调员的" || opened[0].Theirs != "副本里的" {
				t.Errorf("opened: %+v", opened)
			}
			if len(settled) != 1 || settled[0].ID != opened[0].ID || settled[0].Theirs != "副本里的" ||
				settled[0].Kept != c.kept || settled[0].RowGone != c.rowGone {
				t.Errorf("settled: %+v", settled)
			}
		})
	}
}

func officeTypes(title, heading, value string) func(*testing.T, *Session, string) {
	return func(t *testing.T, s *Session, path string) {
		office(t, path, func(f *excelize.File) { setCell(t, f, title, heading, value) })
		pass(t, s)
	}
}

func officeDeletes(row int) func(*testing.T, *Session, string) {
	return func(t *testing.T, s *Session, path string) {
		office(t, path, func(f *excelize.File) { f.RemoveRow("台账", row) })
		pass(t, s)
	}
}

func copyBrings(title, heading, value string) func(*testing.T, *Session, string) {
	return func(t *testing.T, s *Session, path string) {
		later := copyTo(t, path, "又一份.xlsx")
		office(t, later, func(f *excelize.File) { setCell(t, f, title, heading, value) })
		if _, err := s.Merge(context.Background(), []string{later}, MergeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// A command that found another value keeps both, and one more after it says nothing of
// the first: all three are in the log.
func TestASetThatLostItsRaceIsInTheLog(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "起头")
	opt := options("命令行")
	opt.Later = true
	command, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer command.Close()
	change(t, s, "更新领导信息", "remark", "同时")
	edit := Edit{Task: "1", Field: "remark", Value: "抢先", KeepBoth: true}
	if r, err := command.Change(context.Background(), []Edit{edit}); err != nil || len(r.Moved) != 1 {
		t.Fatal(err, r.Moved)
	}
	change(t, openAs(t, path, "命令行"), "更新领导信息", "remark", "再来")
	pass(t, s)
	log, err := s.Log(context.Background(), LogOptions{Task: taskID(t, s, "更新领导信息")})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, e := range log {
		for _, c := range e.Changes {
			told[c.To] = true
		}
		for _, c := range e.Opened {
			told[c.Theirs] = true
		}
	}
	for _, v := range []string{"起头", "同时", "抢先", "再来"} {
		if !told[v] {
			t.Errorf("%s is not in the log", v)
		}
	}
}
