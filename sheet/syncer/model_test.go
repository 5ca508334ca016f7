package syncer

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

// typed is one value that somebody typed; every one is unique.
type typed struct {
	cell     string // title and heading
	saved    bool   // it reached a file or the history
	watched  bool   // saved while somebody was seen to have the workbook open; see world.excuses
	replaced bool   // somebody who saw it typed another value over it, deleted its row, or undid it, and saved
	kept     bool   // it reached the history, whose log must tell it for good
}

// document is a workbook in somebody's hands, with what they typed since they
// opened it.
type document struct {
	f     *excelize.File
	fresh []string // values typed here
	notes []string // and notes beside the table
	over  []string // values that they stand over
	// hidden is, by cell, the values over which an error value was pasted here.
	hidden   map[string]string
	formulas bool   // one was typed over a text; see world.formulaOver
	unit     string // whose copy of its own rows it is, "" if it is the whole ledger
}

// save makes what was typed in d count.
func (w *world) save(d *document) {
	for _, v := range d.fresh {
		w.values[v].saved = true
	}
	for _, v := range d.over {
		w.replace(v)
	}
	d.fresh, d.over, d.notes = nil, nil, nil
}

// keeps says that a value reached the history.
func (w *world) keeps(v string) { w.values[v].saved, w.values[v].kept = true, true }

func (w *world) replace(v string) {
	if x := w.values[v]; x != nil {
		w.rt.Logf("%s counts as replaced", v)
		x.replaced = true
	}
}

// tell writes down what became of a cell in the history.
func (w *world) tell(cell string) {
	log, err := w.sessions[0].Log(context.Background(), LogOptions{})
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, r := range w.sessions[0].graph.All {
		w.rt.Logf("%.8s %v: %s, by %s, stamp %.8s", r.ID, r.Parents, r.Source, r.Author, r.Stamp)
	}
	for _, e := range slices.Backward(log) {
		for _, c := range e.Changes {
			if strings.HasPrefix(cell, c.Title) && c.Title != "" {
				w.rt.Logf("%.8s %s %s %q %s %s: %q → %q %s", e.Revision, e.Author, e.Source, e.Note, c.Task, c.Field,
					c.From, c.To, c.What)
			}
		}
	}
}

// everyCell is all that another program reads anywhere in a workbook.
func everyCell(t testing.TB, path string) map[string]bool {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]bool{}
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		for _, r := range rows {
			for _, v := range r {
				out[v] = true
			}
		}
	}
	return out
}

// inLog is every value that the log tells of.
func (w *world) inLog() map[string]bool {
	log, err := w.sessions[0].Log(context.Background(), LogOptions{})
	if err != nil {
		w.rt.Fatal(err)
	}
	told := map[string]bool{}
	for _, e := range log {
		for _, n := range e.Notes {
			told[n.Said] = true
		}
		for _, c := range e.Changes {
			told[c.From], told[c.To] = true, true
		}
		for _, c := range e.Opened {
			told[c.Mine], told[c.Theirs] = true, true
		}
	}
	return told
}

// disputed is the values of conflicts that are in the list, or were decided, or whose row
// is gone. One that nobody decided and that is in no list hides what it is about.
func (w *world) disputed(n *Snapshot) map[string]bool {
	s, listed, out := w.sessions[0], map[string]bool{}, map[string]bool{}
	for _, c := range n.Conflicts {
		listed[c.ID] = true
		out[c.Mine], out[c.Theirs] = true, true // mine as the ledger holds it now
	}
	settled := s.graph.Settled(n.Revision)
	for i := range s.graph.All {
		for _, c := range s.graph.All[i].Opened {
			if listed[c.ID] || settled[c.ID] || !s.head.state.HasRow(c.Kind, c.Row) {
				out[c.Mine], out[c.Theirs] = true, true
			}
		}
	}
	return out
}

// settle lets everything come to rest and checks the promise.
func (w *world) settle() {
	os.Remove(w.owner())
	for range 3 {
		w.sync(0)
		w.sync(1)
	}
	s := w.sessions[0]
	n := s.Snapshot()
	if n.Revision != w.sessions[1].Snapshot().Revision {
		w.rt.Fatal("two coordinators, two heads")
	}
	for _, x := range n.Waiting {
		w.rt.Fatalf("still waits: %+v", x)
	}
	head := n.Revision
	w.sync(0)
	if s.Snapshot().Revision != head {
		w.rt.Fatal("a pass more changed the head")
	}
	disputed := w.disputed(n)
	away := map[string]bool{} // rows that the workbook has lost and the ledger keeps, until somebody chooses
	for _, c := range n.Conflicts {
		if c.Field == "" {
			away[c.Task] = true
		}
	}
	stands := map[string]bool{}
	final := map[string]bool{}
	titles := map[string]bool{}
	for _, t := range n.Ledger.Tables {
		if t.Kind == ledger.KindTasks && len(t.Columns) != len(headings) || t.Kind == requestsKind &&
			len(t.Columns) != len(requestHeadings) {
			w.rt.Fatalf("%d columns: %+v", len(t.Columns), t.Columns)
		}
		for r := range t.Rows {
			line := n.Ledger.Line(t.Rows[r].ID)
			if line == nil {
				continue // of a directory
			}
			if name := t.Kind + line.Title + "·" + unitOf(line); t.Kind == ledger.KindTasks ||
				t.Kind == requestsKind {
				if titles[name] {
					w.tell(line.Title + "/")
					w.rt.Fatalf("%s is there twice", name)
				}
				titles[name] = true
			}
			for c, v := range line.Row.Values {
				final[v] = true
				if away[line.ID] || t.Kind == ledger.KindSupervision { // which stays beside the workbook
					stands[v] = true
				}
				if x := w.values[v]; x != nil && x.cell != w.placeOf(line, c) {
					w.rt.Fatalf("%s was typed in %s and stands in %s", v, x.cell, w.placeOf(line, c))
				}
			}
		}
	}
	for v := range everyCell(w.t, w.path) {
		stands[v] = true
	}
	told := w.inLog()
	for note := range w.notes {
		if !told[note] {
			w.rt.Fatalf("%s, written beside the table, is not in the log", note)
		}
	}
	for v, x := range w.values {
		if x.saved && !told[v] && (!x.replaced || x.kept) {
			w.tell(x.cell)
			w.rt.Fatalf("%s, typed in %s, is not in the log", v, x.cell)
		}
		if x.saved && !x.replaced && !final[v] && !disputed[v] {
			w.tell(x.cell)
			w.rt.Fatalf("%s, typed in %s, is lost", v, x.cell)
		}
		if final[v] && !stands[v] && !disputed[v] {
			w.rt.Fatalf("%s is in the ledger and not in the workbook", v)
		}
	}
}
