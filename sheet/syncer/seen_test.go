package syncer

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

// Every cell of editTable, attended and not, through Change itself.
func TestEveryCellOfTheEditTable(t *testing.T) {
	const seen, other, own = "已发通知", "已开会", "已验收"
	for _, c := range []struct {
		is    now
		typed typing
		want  editFate
	}{
		{asSeen, nothingNew, editNothing}, {asSeen, whatStands, editNothing}, {asSeen, ownValue, editApplied},
		{another, nothingNew, editNothing}, {another, whatStands, editNothing}, {another, ownValue, editMoved},
		{rowGone, nothingNew, editNothing}, {rowGone, whatStands, editMoved}, {rowGone, ownValue, editMoved},
	} {
		if got := editTable[c.is][c.typed]; got != c.want {
			t.Errorf("table says %v of %v, %v: want %v", got, c.is, c.typed, c.want)
		}
		for _, both := range []bool{false, true} {
			t.Run(fmt.Sprint(c.is, c.typed, both), func(t *testing.T) {
				path := tempBook(t, 6)
				s := openAs(t, path, "协调员")
				change(t, s, "编制公开目录", "progress", seen)
				id := taskID(t, s, "编制公开目录")
				held := seen
				switch c.is {
				case another:
					held = other
					office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", other) })
				case rowGone:
					held = ""
					office(t, path, func(f *excelize.File) { f.RemoveRow("台账", 7) })
				}
				pass(t, s)
				value := map[typing]string{nothingNew: seen, whatStands: held, ownValue: own}[c.typed]
				r, err := s.Change(context.Background(),
					[]Edit{{Task: id, Field: "progress", Value: value, Seen: Saw(seen), KeepBoth: both}})
				checkEditFate(t, s, c.want, c.is, both, r, err, id, held, value)
			})
		}
	}
}

func checkEditFate(t *testing.T, s *Session, want editFate, is now, both bool, r Report, err error, id, held,
	value string) {
	t.Helper()
	now, there := "", false
	if x := s.Snapshot().Ledger.Task(id); x != nil {
		now, there = x.Progress, true
	}
	conflicts := s.Snapshot().Conflicts
	switch {
	case want == editNothing && is == rowGone:
		if there || len(conflicts) > 0 {
			t.Fatalf("the row came back: %v", err)
		}
	case want == editNothing:
		if err != nil || now != held || len(conflicts) > 0 {
			t.Fatalf("%v, holds %q, %v", err, now, conflicts)
		}
	case want == editApplied:
		if err != nil || now != value || len(conflicts) > 0 {
			t.Fatalf("%v, holds %q, %v", err, now, conflicts)
		}
	case !both:
		var moved *MovedError
		if !errors.Is(err, ErrMoved) || !errors.As(err, &moved) || len(moved.Values) != 1 || len(conflicts) > 0 {
			t.Fatalf("%v, %v", err, conflicts)
		}
		m := moved.Values[0]
		if m.Task != id || m.Title != "编制公开目录" || m.Field != "progress" || m.Heading != "进展情况" || m.Seen != "已发通知" ||
			m.Now != held || m.Typed != value ||
			m.Gone != (is == rowGone) || m.At.IsZero() || there && now != held {
			t.Fatalf("%+v; holds %q", m, now)
		}
	case is == rowGone:
		if err != nil || now != value || len(conflicts) != 1 || conflicts[0].Field != "" || len(r.Moved) != 1 ||
			r.Moved[0].Conflict != conflicts[0].ID {
			t.Fatalf("%v, %q, %+v, %+v", err, now, conflicts, r.Moved)
		}
	default:
		if err != nil || now != held || len(conflicts) != 1 || conflicts[0].Theirs != value ||
			conflicts[0].Mine != held || conflicts[0].Base != "已发通知" ||
			len(r.Moved) != 1 || r.Moved[0].Conflict != conflicts[0].ID || r.Conflicts != 1 {
			t.Fatalf("%v, holds %q, %+v, %+v", err, now, conflicts, r.Moved)
		}
	}
}

// A dialog is open while an office saves: F10 is asked, and then overwrites what the
// person has seen by now.
func TestADialogIsAskedBeforeItOverwritesWhatWasNotSeen(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "协调员")
	change(t, s, "编制公开目录", "progress", "一稿")
	id := taskID(t, s, "编制公开目录")
	edit := Edit{Task: id, Field: "progress", Value: "我写的", Seen: Saw("一稿")}
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "财政局写的") })
	if m := s.Snapshot().Moved([]Edit{edit}); m != nil {
		t.Fatalf("moved before anybody could know: %+v", m)
	}
	pass(t, s)
	if m := s.Snapshot().Moved([]Edit{edit}); len(m) != 1 || m[0].Now != "财政局写的" || m[0].At.IsZero() {
		t.Fatalf("an open dialog is not told: %+v", m)
	}
	_, err := s.Change(context.Background(), []Edit{edit, {Task: id, Field: "remark", Value: "与此无关", Seen: Saw("")}})
	var moved *MovedError
	if !errors.As(err, &moved) || s.Snapshot().Ledger.Task(id).Remark != "" {
		t.Fatalf("%v", err)
	}
	edit.Seen = Saw(moved.Values[0].Now)
	if _, err := s.Change(context.Background(), []Edit{edit}); err != nil || at(t, path, "编制公开目录", "进展情况") != "我写的" {
		t.Fatalf("%v", err)
	}
}

// An office saves between the dialog's last look and F10: only the pass of the save
// itself can see it.
func TestAnEditIsAskedAboutWhatItsOwnPassReads(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "协调员")
	change(t, s, "编制公开目录", "progress", "一稿")
	id := taskID(t, s, "编制公开目录")
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "财政局写的") })
	if _, err := s.Change(context.Background(), []Edit{{Task: id, Field: "progress", Value: "我写的"}}); !errors.Is(err,
		ErrMoved) {
		t.Fatalf("an edit that says nothing of what it saw goes on from the snapshot: %v", err)
	}
}

// Two commands read the same ledger; the later must not overwrite what the first has
// written since.
func TestTwoCommandsRace(t *testing.T) {
	path := tempBook(t, 6)
	first := openAs(t, path, "甲")
	change(t, first, "更新领导信息", "owner", "赵")
	first.Close()
	later := options("乙")
	later.Later = true
	a, err := Open(context.Background(), path, options("甲"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), path, later)
	if err != nil {
		t.Fatal(err)
	}
	set := func(s *Session, v string) Report {
		r, err := s.Change(context.Background(), []Edit{{Task: "5", Field: "progress", Value: v, KeepBoth: true}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	set(a, "甲写的")
	r := set(b, "乙写的")
	c := b.Snapshot().Conflicts
	if len(c) != 1 || c[0].Mine != "甲写的" || c[0].Theirs != "乙写的" || len(r.Moved) != 1 ||
		at(t, path, "编制公开目录", "进展情况") != "甲写的" {
		t.Fatalf("%+v", c)
	}
	// A third that begins now has seen it all.
	d, err := Open(context.Background(), path, later)
	if err != nil {
		t.Fatal(err)
	}
	if r := set(d, "丙写的"); len(r.Moved) > 0 || at(t, path, "编制公开目录", "进展情况") != "丙写的" {
		t.Fatalf("%+v", r)
	}
}

// What an office saved before a command began is what the command goes on from.
func TestACommandGoesOnFromTheWorkbookAsItStood(t *testing.T) {
	path := tempBook(t, 6)
	first := openAs(t, path, "甲")
	change(t, first, "编制公开目录", "progress", "一稿")
	first.Close()
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "财政局写的") })
	later := options("乙")
	later.Later = true
	b, err := Open(context.Background(), path, later)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Change(context.Background(), []Edit{{Task: "5", Field: "progress", Value: "乙写的", KeepBoth: true}})
	if err != nil || len(r.Moved) > 0 || at(t, path, "编制公开目录", "进展情况") != "乙写的" {
		t.Fatalf("%v, %+v", err, r)
	}
}

// An office saves after the command began.
func TestACommandIsOvertakenByAnOffice(t *testing.T) {
	path := tempBook(t, 6)
	first := openAs(t, path, "甲")
	change(t, first, "编制公开目录", "progress", "一稿")
	first.Close()
	later := options("乙")
	later.Later = true
	b, err := Open(context.Background(), path, later)
	if err != nil {
		t.Fatal(err)
	}
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "财政局写的") })
	r, err := b.Change(context.Background(), []Edit{{Task: "5", Field: "progress", Value: "乙写的", KeepBoth: true}})
	if c := b.Snapshot().Conflicts; err != nil || len(r.Moved) != 1 || len(c) != 1 || c[0].Theirs != "乙写的" ||
		at(t, path, "编制公开目录", "进展情况") != "财政局写的" {
		t.Fatalf("%v, %+v", err, r)
	}
}

// A conflict is decided by somebody who did not see that the ledger moved on.
func TestADecisionAboutAValueThatMoved(t *testing.T) {
	path := tempBook(t, 6)
	s, id := openAs(t, path, "协调员"), ""
	change(t, s, "编制公开目录", "progress", "一稿")
	id = taskID(t, s, "编制公开目录")
	ctx := context.Background()
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "二稿") })
	pass(t, s)
	if _, err := s.Change(ctx, []Edit{{Task: id, Field: "progress", Value: "我写的", Seen: Saw("一稿"),
		KeepBoth: true}}); err != nil {
		t.Fatal(err)
	}
	c := s.Snapshot().Conflicts[0]
	change(t, s, "编制公开目录", "progress", "三稿")
	for _, choice := range []string{Mine, Theirs, "=四稿"} {
		d := Decision{Conflict: c.ID, Choice: choice, Seen: Saw(c.Mine)}
		if _, err := s.Resolve(ctx, d); !errors.Is(err, ErrMoved) {
			t.Fatalf("%s decided about what it did not see: %v", choice, err)
		}
	}
	if _, err := s.Resolve(ctx, Decision{Conflict: c.ID, Choice: Theirs, Seen: Saw("三稿")}); err != nil ||
		progress(t, s, "编制公开目录") != "我写的" {
		t.Fatal(err)
	}
}

// Several values of a row that somebody deleted meanwhile come back together.
func TestEditsOfADeletedRowAreKept(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "协调员")
	change(t, s, "编制公开目录", "owner", "赵")
	id := taskID(t, s, "编制公开目录")
	office(t, path, func(f *excelize.File) { f.RemoveRow("台账", 7) })
	pass(t, s)
	r, err := s.Change(context.Background(), []Edit{
		{Task: id, Field: "progress", Value: "已编制", Seen: Saw(""), KeepBoth: true},
		{Task: id, Field: ledger.FieldRemark, Value: "见附件", Seen: Saw(""), KeepBoth: true},
	})
	x := s.Snapshot().Ledger.Task(id)
	if err != nil || x == nil || x.Progress != "已编制" || x.Remark != "见附件" || x.Owner != "赵" || len(r.Moved) != 2 ||
		len(s.Snapshot().Conflicts) != 1 {
		t.Fatalf("%v, %+v, %+v", err, x, r.Moved)
	}
}
