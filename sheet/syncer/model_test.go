package syncer

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
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
				w.rt.Logf("%.8s %s %s %q %s %s: %q → %q %s", e.Revision, e.Author, e.Source, e.Note, c.Task, c.Field, c.From, c.To, c.What)
			}
		}
	}
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
	for i := range s.graph.All { // conflicts that came and were settled between two looks
		for _, c := range s.graph.All[i].Opened {
			w.disputed[c.Mine], w.disputed[c.Theirs] = true, true
		}
	}
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
		if len(t.Columns) != len(headings) {
			w.rt.Fatalf("%d columns: %+v", len(t.Columns), t.Columns)
		}
	}
	for _, t := range n.Ledger.Tasks {
		if titles[t.Title+"·"+t.Lead] {
			w.tell(t.Title + "/")
			w.rt.Fatalf("task %s is there twice", t.Title)
		}
		titles[t.Title+"·"+t.Lead] = true
		for c, v := range t.Row.Values {
			final[v] = true
			if away[t.ID] {
				stands[v] = true
			}
			if x := w.values[v]; x != nil {
				heading := t.Table.Columns[c].Heading
				if strings.Contains(heading, headings[5]) {
					heading = headings[5] // the column was renamed
				}
				if want := cellOf(t.Title, t.Lead, heading); x.cell != want {
					w.rt.Fatalf("%s was typed in %s and stands in %s", v, x.cell, want)
				}
			}
		}
	}
	for _, r := range grid(w.t, w.path) {
		for _, v := range r {
			stands[v] = true
		}
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
		if x.saved && !x.replaced && !final[v] && !w.disputed[v] {
			w.tell(x.cell)
			w.rt.Fatalf("%s, typed in %s, is lost", v, x.cell)
		}
		if final[v] && !stands[v] && !w.disputed[v] {
			w.rt.Fatalf("%s is in the ledger and not in the workbook", v)
		}
	}
}
