package history

import (
	"slices"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// ledgerOf is a state of two tasks with these remarks, by the ids a and b.
func ledgerOf(remarks ...string) merge.State {
	t := &table.Table{Kind: ledger.KindTasks, Sheet: "台账", Columns: []table.Column{
		{Key: ledger.FieldTitle, Heading: "重点任务"}, {Key: ledger.FieldLead, Heading: "牵头单位"}, {Key: ledger.FieldRemark,
			Heading: "备注"}}}
	for i, r := range remarks {
		t.Rows = append(t.Rows, table.Row{ID: string(rune('a' + i)),
			Values: []string{[]string{"编制公开目录", "公开财政预决算"}[i], "财政局", r}})
	}
	return merge.State{Tables: []*table.Table{t}}
}

// found is a state as it stands in a workbook: without ids.
func found(st merge.State) merge.State {
	st = st.Copy()
	for r := range st.Tables[0].Rows {
		st.Tables[0].Rows[r].ID, st.Tables[0].Rows[r].Row = "", r+3
	}
	return st
}

var noon = time.Date(2022, 6, 1, 12, 0, 0, 0, time.UTC)

// writer puts revisions into a store that is in memory only.
type writer struct {
	t *testing.T
	s *store.Store
	n int
}

func (w *writer) put(st merge.State, r store.Revision) string {
	w.t.Helper()
	w.n++
	r.Time = noon.Add(time.Duration(w.n) * time.Minute)
	id, err := w.s.Put(r, st)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *writer) read() *History {
	w.t.Helper()
	h, err := Read(w.s, func(errs ...error) {
		if len(errs) > 0 {
			w.t.Error(errs)
		}
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// Two machines type into the same value and into different ones: one revision comes
// of it, whichever head is named first, and what they dispute is a conflict.
func TestHeadsBecomeOne(t *testing.T) {
	w := &writer{t: t, s: store.InMemory()}
	base := w.put(ledgerOf("", ""), store.Revision{Source: SourceWorkbook})
	a := w.put(ledgerOf("甲写的", ""), store.Revision{Parents: []string{base}, Source: SourceTerminal, Author: "甲"})
	b := w.put(ledgerOf("乙写的", "乙写的"), store.Revision{Parents: []string{base}, Source: SourceTerminal, Author: "乙"})
	h := w.read()
	if len(h.Heads) != 2 {
		t.Fatal(h.Heads)
	}
	id, err := h.MergeHeads(a, b, merge.State{})
	if err != nil {
		t.Fatal(err)
	}
	h = w.read()
	st, err := h.Content(id)
	if err != nil || !slices.Equal(h.Heads, []string{id}) ||
		st.Value(ledger.KindTasks, "a", ledger.FieldRemark) != "甲写的" ||
		st.Value(ledger.KindTasks, "b", ledger.FieldRemark) != "乙写的" {
		t.Fatalf("%v, heads %v", err, h.Heads)
	}
	open := h.Open(id)
	if len(open) != 1 || open[0].Row != "a" || open[0].Mine != "甲写的" || open[0].Theirs != "乙写的" ||
		open[0].MineBy != "甲" || open[0].TheirsBy != "乙" {
		t.Errorf("%+v", open)
	}
}

// A stale save goes on from the revision of its stamp, and not from the head.
func TestASaveGoesOnFromItsStamp(t *testing.T) {
	w := &writer{t: t, s: store.InMemory()}
	base := w.put(ledgerOf("一稿", ""), store.Revision{Source: SourceWorkbook})
	w.put(ledgerOf("二稿", ""), store.Revision{Parents: []string{base}, Source: SourceTerminal, Author: "甲"})
	h := w.read()
	save := &Save{State: found(ledgerOf("一稿", "财政局写的")), Stamp: Stamp{Revision: base}, By: "财政局", Time: noon}
	_, from, res, exact, err := h.EditedFrom(save, Options{Options: merge.Options{Identity: Identity}})
	if err != nil || from != base || exact || len(res.Changes) != 1 || res.Changes[0].Theirs != "财政局写的" {
		t.Errorf("%v: from %.8s, %+v", err, from, res.Changes)
	}
}

// Undo and redo walk over one author's own revisions.
func TestWhatUndoAndRedoAreAbout(t *testing.T) {
	w := &writer{t: t, s: store.InMemory()}
	base := w.put(ledgerOf("", ""), store.Revision{Source: SourceWorkbook})
	mine := w.put(ledgerOf("我写的", ""), store.Revision{Parents: []string{base}, Source: SourceTerminal, Author: "我"})
	other := w.put(ledgerOf("我写的", "别人写的"), store.Revision{Parents: []string{mine}, Source: SourceTerminal,
		Author: "别人"})
	h := w.read()
	if r := h.LastOf(other, "我"); r == nil || r.ID != mine || h.LastUndoOf(other, "我") != nil {
		t.Fatalf("%v", r)
	}
	undo := w.put(ledgerOf("", "别人写的"), store.Revision{Parents: []string{other}, Source: SourceTerminal, Author: "我",
		Note: NoteUndo + mine})
	h = w.read()
	if r := h.LastUndoOf(undo, "我"); h.LastOf(undo, "我") != nil || r == nil || r.ID != undo {
		t.Fatalf("%v", r)
	}
}

// Two heads in which a formula said different things do not disagree.
func TestResultsAreNoConflicts(t *testing.T) {
	one := &table.Table{Kind: "tasks", Sheet: "台账",
		Columns: []table.Column{{Key: "title", Col: 2}, {Key: "提示", Col: 9}},
		Place:   table.Place{Formulas: map[a1.Ref]bool{{Row: 3, Col: 9}: true}}, Rows: []table.Row{{ID: "a", Row: 3,
			Values: []string{"甲", "√"}}}}
	book := merge.State{Tables: []*table.Table{one}}
	for mine, want := range map[bool]string{true: "√", false: "办"} {
		res := merge.Result{Merged: book, Changes: []merge.Change{
			{Kind: "tasks", Row: "a", Key: "提示", Mine: "√", Theirs: "办", Outcome: merge.Conflict},
			{Kind: "tasks", Row: "a", Key: "title", Mine: "甲", Theirs: "乙", Outcome: merge.Conflict}}}
		KeepFormulas(&res, book, func(c merge.Change) bool { return c.Outcome == merge.Conflict }, mine)
		if got := res.Merged.Value("tasks", "a", "提示"); got != want || len(res.Changes) != 1 ||
			res.Changes[0].Key != "title" {
			t.Errorf("%q stands there, %+v", got, res.Changes)
		}
	}
}
