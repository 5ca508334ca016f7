package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/sheet/merge"
)

// TestHistoriesSurviveCrashesAndDamage drives several handles on one folder
// through random puts, crashes between any two file operations, reopening and
// damage, against a model that is a map.
func TestHistoriesSurviveCrashesAndDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "store")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := &machine{dir: dir, states: map[string]merge.State{}, parents: map[string][]string{},
			harmed: map[string]bool{}}
		m.reopen(t)
		t.Repeat(map[string]func(*rapid.T){
			"put":    m.put,
			"crash":  m.crash,
			"harm":   m.harm,
			"reopen": m.reopen,
			"":       m.check,
		})
	})
}

type machine struct {
	dir     string
	s       *Store
	order   []string
	states  map[string]merge.State // what Put has confirmed
	parents map[string][]string
	harmed  map[string]bool
}

func (m *machine) reopen(t *rapid.T) {
	s, err := openQuick(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	m.s = s
}

func (m *machine) draw(t *rapid.T) (Revision, merge.State) {
	r := Revision{Time: day.Add(time.Duration(len(m.order)) * time.Minute),
		Author: rapid.SampledFrom([]string{"王", "李"}).Draw(t, "author")}
	if len(m.order) > 0 {
		r.Parents = []string{rapid.SampledFrom(m.order).Draw(t, "parent")}
		if other := rapid.SampledFrom(m.order).Draw(t, "other"); other != r.Parents[0] &&
			rapid.Bool().Draw(t, "merge") {
			r.Parents = append(r.Parents, other)
		}
	}
	st := drawState(t)
	if len(r.Parents) > 0 && rapid.Bool().Draw(t, "small") {
		st = m.states[r.Parents[0]]
		if len(st.Tables) > 0 && len(st.Tables[0].Rows) > 0 && len(st.Tables[0].Columns) > 0 {
			st = with(st, 0, 0, rapid.StringN(0, 5, 9).Draw(t, "value"))
		}
	}
	return r, st
}

func (m *machine) confirm(id string, r Revision, st merge.State) {
	if _, ok := m.states[id]; !ok {
		m.order = append(m.order, id)
	}
	m.states[id], m.parents[id] = st, r.Parents
	delete(m.harmed, id)
}

func (m *machine) put(t *rapid.T) {
	r, st := m.draw(t)
	id, err := m.s.Put(r, st)
	if err != nil {
		t.Fatal(err)
	}
	m.confirm(id, r, st)
}

// crash puts on a machine that stops at a drawn operation.
func (m *machine) crash(t *rapid.T) {
	sys := &flaky{left: rapid.IntRange(0, 6).Draw(t, "operations"), torn: rapid.Bool().Draw(t, "torn")}
	s, err := open(m.dir, Options{}, sys)
	if err != nil {
		return
	}
	r, st := m.draw(t)
	id, err := s.Put(r, st)
	switch {
	case err == nil:
		m.confirm(id, r, st)
	case !errors.Is(err, errStopped):
		t.Fatal(err)
	default:
		// Not confirmed: it may be there or not, but whole if it is. The same
		// again must work.
		if got, err := must(openQuick(m.dir)).Put(r, st); err != nil {
			t.Fatal(err)
		} else {
			m.confirm(got, r, st)
		}
	}
	m.reopen(t)
}

func (m *machine) harm(t *rapid.T) {
	if len(m.order) == 0 {
		t.Skip()
	}
	id := rapid.SampledFrom(m.order).Draw(t, "victim")
	name := filepath.Join(m.dir, revisionsDir, id)
	data, err := os.ReadFile(name)
	if err != nil || len(data) == 0 {
		t.Skip()
	}
	switch rapid.IntRange(0, 2).Draw(t, "how") {
	case 0:
		os.Remove(name)
	case 1:
		os.WriteFile(name, data[:rapid.IntRange(0, len(data)-1).Draw(t, "cut")], 0o600)
	case 2:
		data[rapid.IntRange(0, len(data)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		os.WriteFile(name, data, 0o600)
	}
	m.harmed[id] = true
	m.reopen(t)
}

// check: what is read is what was put; without damage everything is read, and
// the heads are those of the model.
func (m *machine) check(t *rapid.T) {
	for _, id := range m.order {
		st, err := m.s.Content(id)
		if err != nil {
			if len(m.harmed) == 0 {
				t.Fatal(err)
			}
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrMissing) {
				t.Fatal(err)
			}
			continue
		}
		if d := same(m.states[id], st); d != "" {
			t.Fatal("wrong content was read: ", d)
		}
	}
	heads, _, err := m.s.Heads()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.harmed) > 0 {
		return
	}
	parent := map[string]bool{}
	for _, ps := range m.parents {
		for _, p := range ps {
			parent[p] = true
		}
	}
	want := 0
	for _, id := range m.order {
		if !parent[id] {
			want++
		}
	}
	if len(heads) != want {
		t.Fatalf("%d heads, want %d", len(heads), want)
	}
	for _, h := range heads {
		if parent[h] {
			t.Fatal("a parent is called a head")
		}
	}
}
