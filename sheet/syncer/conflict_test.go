package syncer

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// dispute has an office and the coordinator change one value, neither seeing
// the other's.
func dispute(t *testing.T, path string, s *Session, field, heading, mine, theirs string) {
	t.Helper()
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, "公开财政预决算", field, mine)
	setCell(t, stale, "公开财政预决算", heading, theirs)
	saveOver(t, stale, path)
	pass(t, s)
}

// Words for a state are few: the same two meet again.
func TestSameConflictAfterADecisionThatBothHaveSeen(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	for i := range 3 {
		dispute(t, path, s, "status", "完成状态", "长期坚持", "已完成")
		c := s.Snapshot().Conflicts
		if len(c) != 1 || c[0].Theirs != "已完成" {
			t.Fatalf("%d: %+v", i, c)
		}
		if _, err := s.Resolve(context.Background(), Decision{Conflict: c[0].ID, Choice: Mine}); err != nil {
			t.Fatal(err)
		}
		change(t, s, "公开财政预决算", "status", "推进中")
		if got := at(t, path, "公开财政预决算", "完成状态"); got != "推进中" || len(s.Snapshot().Conflicts) != 0 {
			t.Fatal(got, s.Snapshot().Conflicts)
		}
	}
}

func TestWhoTypesTheOtherValueHasChosenIt(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	dispute(t, path, s, "progress", "进展情况", "甲", "乙")
	change(t, s, "公开财政预决算", "progress", "乙")
	change(t, s, "公开财政预决算", "progress", "丙")
	if at(t, path, "公开财政预决算", "进展情况") != "丙" || len(s.Snapshot().Conflicts) != 0 {
		t.Errorf("%+v", s.Snapshot().Conflicts)
	}
}

func TestUndoPassesOverDecisionsThatChangedNothing(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	dispute(t, path, s, "progress", "进展情况", "甲", "乙")
	if _, err := s.Resolve(context.Background(), Decision{Conflict: s.Snapshot().Conflicts[0].ID,
		Choice: Mine}); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Undo(context.Background()); err != nil || len(r.Changes) != 1 ||
		at(t, path, "公开财政预决算", "进展情况") != "" {
		t.Error(r, err)
	}
	// An undoing that is undone leaves the change to be undone again.
	if _, err := s.UndoRevision(context.Background(), s.Snapshot().Revision); err != nil ||
		progress(t, s, "公开财政预决算") != "甲" {
		t.Fatal(err, progress(t, s, "公开财政预决算"))
	}
	if _, err := s.Undo(context.Background()); err != nil || progress(t, s, "公开财政预决算") != "" {
		t.Error(err, progress(t, s, "公开财政预决算"))
	}
}

// An office that goes on typing into a cell that is in dispute does not make a
// list of it: what is asked about is what stands there now.
func TestOneCellIsOneConflict(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	dispute(t, path, s, "progress", "进展情况", "甲", "乙")
	save := func(v string) {
		t.Helper()
		office(t, path, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", v) })
		pass(t, s)
	}
	for _, v := range []string{"丙", "乙", "丙", "乙", "丁"} { // also what stood there before
		save(v)
		c := s.Snapshot().Conflicts
		if len(c) != 1 || c[0].Theirs != v || c[0].Mine != "甲" || c[0].Base != "" {
			t.Fatalf("%s: %+v", v, c)
		}
		if got := at(t, path, "公开财政预决算", "进展情况"); got != v || progress(t, s, "公开财政预决算") != "甲" {
			t.Fatalf("%s: the workbook says %s", v, got)
		}
	}
	pass(t, s)
	if other := openAs(t, path, "李").Snapshot().Conflicts; len(other) != 1 || other[0].Theirs != "丁" {
		t.Errorf("%+v", other)
	}
	// The office comes round to what the ledger says: there is no dispute.
	save("甲")
	if c := s.Snapshot().Conflicts; len(c) != 0 {
		t.Errorf("%+v", c)
	}
	save("戊")
	if c := s.Snapshot().Conflicts; len(c) != 0 || progress(t, s, "公开财政预决算") != "戊" {
		t.Errorf("%+v", c)
	}
}

// Mine is of whoever typed what the ledger holds, not of whoever typed something
// else there later and did not prevail.
func TestMineIsOfWhoeverTypedIt(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	c := copyTo(t, path, "财政局.xlsx")
	dispute(t, path, s, "progress", "进展情况", "甲", "乙")
	office(t, c, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "丙") })
	merged(t, s, c)
	n := 0
	for _, k := range s.Snapshot().Conflicts {
		if k.Mine != "甲" || k.MineBy != "王" || k.MineAt.IsZero() {
			t.Errorf("%+v", k)
		}
		n++
	}
	if n != 2 {
		t.Error(n)
	}
}

// Who takes a decision back is asked again: the value that was decided against
// stands nowhere else.
func TestADecisionTakenBackIsOpenAgain(t *testing.T) {
	for _, choice := range []string{Theirs, "=丙"} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, "编制公开目录", "remark", "起头")
		dispute(t, path, s, "progress", "进展情况", "甲", "乙")
		if _, err := s.Resolve(context.Background(),
			Decision{Conflict: s.Snapshot().Conflicts[0].ID, Choice: choice}); err != nil {
			t.Fatal(err)
		}
		if n := len(s.Snapshot().Conflicts); n != 0 {
			t.Fatalf("%d are open", n)
		}
		if _, err := s.Undo(context.Background()); err != nil {
			t.Fatal(err)
		}
		c := s.Snapshot().Conflicts
		if len(c) != 1 || c[0].Mine != "甲" || c[0].Theirs != "乙" || c[0].Base != "" ||
			progress(t, s, "公开财政预决算") != "甲" {
			t.Fatalf("%s: it holds %q, open %+v", choice, progress(t, s, "公开财政预决算"), c)
		}
		if r := pass(t, s); r.Conflicts != 1 || r.Waiting || at(t, path, "公开财政预决算", "进展情况") != "甲" {
			t.Errorf("%s: %+v", choice, r)
		}
		if _, err := s.Resolve(context.Background(), Decision{Conflict: c[0].ID, Choice: Theirs}); err != nil {
			t.Fatal(err)
		}
		if len(s.Snapshot().Conflicts) != 0 || at(t, path, "公开财政预决算", "进展情况") != "乙" {
			t.Errorf("%s: decided again: %+v", choice, s.Snapshot().Conflicts)
		}
	}
}

// Both authors and both times are kept, whichever way the values met.
func TestAConflictTellsWhoseValuesTheyAreAndSinceWhen(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	change(t, s, "公开财政预决算", "progress", "甲")
	setCell(t, stale, "公开财政预决算", "进展情况", "乙")
	if err := stale.SetDocProps(&excelize.DocProperties{LastModifiedBy: "张三"}); err != nil {
		t.Fatal(err)
	}
	saveOver(t, stale, path)
	saved := time.Now().Add(72 * time.Hour).Truncate(time.Second) // a clock of its own
	if err := os.Chtimes(path, saved, saved); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	c := s.Snapshot().Conflicts
	if len(c) != 1 || c[0].Mine != "甲" || c[0].Theirs != "乙" || c[0].MineBy != "王" || c[0].TheirsBy != "张三" {
		t.Fatalf("%+v", c)
	}
	if mine := c[0].MineAt; mine.Before(began) || mine.After(began.Add(time.Hour)) {
		t.Errorf("mine was typed %v, and counts as of %v", began, mine)
	}
	if theirs := c[0].TheirsAt; !theirs.Equal(saved) {
		t.Errorf("theirs was saved %v, and counts as of %v", saved, theirs)
	}
}
