package syncer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
)

// TestMachinesThatMergeCrosswise has machines whose folders are brought together
// only now and then (a share that lags, a synchronised folder), so that several
// of them merge the same changes, each in its own way, and then each other's
// merges. There are few values, so that people set them back to earlier ones.
//
// The model knows for each value that was typed on which machines it has
// arrived, and who typed over it where it was shown. What nobody typed over
// stands in the end, or is in the list of conflicts.
func TestMachinesThatMergeCrosswise(t *testing.T) {
	histories(t, "8", func(rt *rapid.T, dir string) {
		w := newRemote(t, rt, dir)
		rt.Repeat(map[string]func(*rapid.T){
			"type":      w.types,
			"type more": w.types,
			"resolve":   w.resolves,
			"send":      w.sends,
			"send more": w.sends,
		})
		w.rt = rt
		w.settle()
	})
}

// event is a value that somebody typed; the same value may be typed again.
type event struct {
	cell, value string
	over        bool // somebody typed over it, or decided against it, where it was shown
}

// remote is a number of machines, each with a folder of its own.
type remote struct {
	rt       *rapid.T
	paths    []string
	sessions []*Session
	knows    []map[*event]bool
	events   []*event
	tasks    []string
}

const machines = 3

func newRemote(t *testing.T, rt *rapid.T, dir string) *remote {
	w := &remote{rt: rt}
	first := filepath.Join(dir, "0", "台账.xlsx")
	if err := os.Mkdir(filepath.Dir(first), 0o755); err != nil {
		rt.Fatal(err)
	}
	newBook(t, first, 4)
	s, err := Open(context.Background(), first, options("协调员0"))
	if err != nil {
		rt.Fatal(err)
	}
	for _, x := range s.Snapshot().Ledger.Tasks[:2] {
		w.tasks = append(w.tasks, x.ID)
		w.events = append(w.events, &event{cell: x.ID, value: "甲"})
		if _, err := s.Change(context.Background(),
			[]Edit{{Task: x.ID, Field: ledger.FieldRemark, Value: "甲"}}); err != nil {
			rt.Fatal(err)
		}
	}
	s.Close()
	for i := range machines {
		path := filepath.Join(dir, fmt.Sprint(i), "台账.xlsx")
		if i > 0 {
			if err := os.CopyFS(filepath.Dir(path), os.DirFS(filepath.Dir(first))); err != nil {
				rt.Fatal(err)
			}
		}
		w.paths = append(w.paths, path)
	}
	for i, path := range w.paths {
		// Somebody has the workbook open: what is typed stays in the history.
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#"),
			[]byte("张三,zhang,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
			rt.Fatal(err)
		}
		s, err := Open(context.Background(), path, options(fmt.Sprint("协调员", i)))
		if err != nil {
			rt.Fatal(err)
		}
		w.sessions = append(w.sessions, s)
		k := map[*event]bool{}
		for _, e := range w.events {
			k[e] = true
		}
		w.knows = append(w.knows, k)
	}
	return w
}

func (w *remote) machine(rt *rapid.T, what string) int {
	w.rt = rt
	return rapid.IntRange(0, machines-1).Draw(rt, what)
}

func (w *remote) sync(i int) {
	if _, err := w.sessions[i].Sync(context.Background()); err != nil {
		w.rt.Fatal(err)
	}
}

// replaced are the events that machine i knows of, with one value in one cell.
func (w *remote) replaced(i int, cell, value string) {
	for _, e := range w.events {
		if w.knows[i][e] && e.cell == cell && e.value == value {
			e.over = true
		}
	}
}

func (w *remote) types(rt *rapid.T) {
	i := w.machine(rt, "machine")
	w.sync(i)
	s := w.sessions[i]
	cell := rapid.SampledFrom(w.tasks).Draw(rt, "cell")
	v := rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(rt, "value")
	shown := s.Snapshot().Ledger.Task(cell).Remark
	if shown == v {
		rt.Skip()
	}
	w.replaced(i, cell, shown)
	if _, err := s.Change(context.Background(), []Edit{{Task: cell, Field: ledger.FieldRemark, Value: v}}); err != nil {
		rt.Fatal(err)
	}
	e := &event{cell: cell, value: v}
	w.events = append(w.events, e)
	w.knows[i][e] = true
	rt.Logf("%d types %s over %s in %.4s: %.6s", i, v, shown, cell, s.Snapshot().Revision)
}

// resolves decides a conflict; the value that is not chosen was seen.
func (w *remote) resolves(rt *rapid.T) {
	i := w.machine(rt, "machine")
	w.sync(i)
	open := w.sessions[i].Snapshot().Conflicts
	if len(open) == 0 {
		rt.Skip()
	}
	c := open[rapid.IntRange(0, len(open)-1).Draw(rt, "conflict")]
	choice, against := Mine, c.Theirs
	if rapid.Bool().Draw(rt, "theirs") {
		choice, against = Theirs, c.Mine
	}
	w.replaced(i, c.Task, against)
	if _, err := w.sessions[i].Resolve(context.Background(), Decision{Conflict: c.ID, Choice: choice}); err != nil {
		rt.Fatal(err)
	}
	rt.Logf("%d decides against %s in %.4s: %.6s", i, against, c.Task, w.sessions[i].Snapshot().Revision)
}

// sends brings what one machine has to another one, which looks at it later.
func (w *remote) sends(rt *rapid.T) {
	from, to := w.machine(rt, "from"), w.machine(rt, "to")
	if from == to {
		rt.Skip()
	}
	rt.Logf("%d is sent what %d has", to, from)
	w.send(from, to)
	if rapid.Bool().Draw(rt, "looks") {
		w.sync(to)
		rt.Logf("%d is at %.6s", to, w.sessions[to].Snapshot().Revision)
	}
}

func (w *remote) send(from, to int) {
	in := filepath.Join(w.sessions[from].hist.Dir(), "revisions")
	out := filepath.Join(w.sessions[to].hist.Dir(), "revisions")
	entries, err := os.ReadDir(in)
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(in, e.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(out, e.Name()), data, 0o644)
		}
		if err != nil {
			w.rt.Fatal(err)
		}
	}
	for e := range w.knows[from] {
		w.knows[to][e] = true
	}
}

func (w *remote) settle() {
	for range 3 {
		for i := range machines {
			w.sync(i)
			for to := range machines {
				if to != i {
					w.send(i, to)
				}
			}
		}
	}
	for i := range machines {
		w.sync(i)
	}
	n := w.sessions[0].Snapshot()
	for i, s := range w.sessions {
		if s.Snapshot().Revision != n.Revision {
			w.rt.Fatalf("machine %d has another head", i)
		}
	}
	for _, e := range w.events {
		stands := n.Ledger.Task(e.cell).Remark == e.value || slices.ContainsFunc(n.Conflicts, func(c Conflict) bool {
			return c.Task == e.cell && (c.Mine == e.value || c.Theirs == e.value)
		})
		if !e.over && !stands {
			for _, r := range w.sessions[0].graph.All {
				w.rt.Logf("%.6s of %.6v by %s (%s)", r.ID, r.Parents, r.Author, r.Source)
			}
			w.rt.Fatalf("%s in %.4s is lost: the ledger holds %s, %d conflicts", e.value, e.cell,
				n.Ledger.Task(e.cell).Remark, len(n.Conflicts))
		}
	}
}
