package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// ledgers is what one office keeps in one folder: a ledger, or two, or one and that of
// the next year. They share the folder of their histories and the one of returned copies.
type ledgers struct {
	worlds []*world
	rolls  bool
	// carried is what stood in the next year's workbook when it was made of this year's.
	carried map[string]bool
}

// NextYear makes the next year's workbook of a ledger, as the command does. The package
// that can imports this one, and is told by rollover_test.go.
var NextYear func(o Original, opt Options) ([]byte, error)

func newLedgers(t *testing.T, rt *rapid.T, dir string) *ledgers {
	o := &ledgers{}
	names, n := []string{"台账.xlsx"}, &counter{}
	switch rapid.IntRange(0, 7).Draw(rt, "ledgers") {
	case 6:
		names = append(names, "台账乙.xlsx")
	case 7:
		o.rolls = true
	}
	inbox := ""
	if rapid.Bool().Draw(rt, "inbox") {
		inbox = filepath.Join(dir, "回传")
		if err := os.Mkdir(inbox, 0o755); err != nil {
			rt.Fatal(err)
		}
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, blankLedger(t), 0o644); err != nil {
			rt.Fatal(err)
		}
		o.worlds = append(o.worlds, newWorld(t, rt, path, inbox, n))
	}
	return o
}

// blank is the workbook that every ledger begins with, made once.
var blank []byte

func blankLedger(t *testing.T) []byte {
	if blank == nil {
		path := filepath.Join(t.TempDir(), "台账.xlsx")
		newBook(t, path, bookRows)
		addRequests(t, path, len(asked))
		blank = read(t, path)
	}
	return blank
}

// actions are those of a ledger, each done to any of them, and those on several.
func (o *ledgers) actions(of map[string]func(*world, *rapid.T)) map[string]func(*rapid.T) {
	out := map[string]func(*rapid.T){}
	for name, do := range of {
		out[name] = func(rt *rapid.T) { do(o.any(rt), rt) }
	}
	if o.rolls {
		out["rollover"] = o.rollover
	}
	if o.rolls || len(o.worlds) > 1 {
		out["copy goes astray"] = o.copyGoesAstray
	}
	return out
}

func (o *ledgers) any(rt *rapid.T) *world {
	if len(o.worlds) == 1 {
		return o.worlds[0]
	}
	return rapid.SampledFrom(o.worlds).Draw(rt, "ledger")
}

// rollover makes next year's ledger, which begins with what is carried over. The old one
// goes on: copies of it are out, and are returned.
func (o *ledgers) rollover(rt *rapid.T) {
	if len(o.worlds) > 1 {
		rt.Skip()
	}
	w := o.worlds[0]
	w.rt = rt
	w.sync(0)
	now, err := w.sessions[0].Original(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	data, err := NextYear(now, w.options("协调员0"))
	if err != nil {
		rt.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(w.path), "台账2023.xlsx")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		rt.Fatal(err)
	}
	o.carried = everyCell(w.t, path)
	next := newWorld(w.t, rt, path, w.inbox, w.counter)
	for k := range w.alike {
		next.alike[k] = true
	}
	o.worlds = append(o.worlds, next)
}

// copyGoesAstray is a copy of one ledger that is handed to another one: it is refused, and
// changes nothing.
func (o *ledgers) copyGoesAstray(rt *rapid.T) {
	if len(o.worlds) < 2 {
		rt.Skip()
	}
	at := rapid.IntRange(0, 1).Draw(rt, "whose copy")
	of, to := o.worlds[at], o.worlds[1-at]
	of.rt, to.rt = rt, rt
	if len(of.copies) == 0 {
		rt.Skip()
	}
	d := rapid.SampledFrom(of.copies).Draw(rt, "copy")
	file := filepath.Join(filepath.Dir(of.path), "错投.xlsx")
	if err := d.f.SaveAs(file); err != nil {
		rt.Fatal(err)
	}
	defer os.Remove(file)
	to.sync(0)
	head := to.sessions[0].Snapshot().Revision
	r, err := to.sessions[0].Merge(context.Background(), []string{file}, MergeOptions{})
	if err != nil || !errors.Is(r.Copies[0].Err, ErrForeign) {
		rt.Fatalf("a copy of another ledger: %v, %+v", err, r.Copies)
	}
	if now := to.sessions[0].Snapshot().Revision; now != head {
		rt.Fatal("a copy of another ledger changed this one")
	}
}

// settle lets every ledger come to rest and checks its promise, and that nothing of one
// got into another.
func (o *ledgers) settle(rt *rapid.T) {
	for _, w := range o.worlds {
		w.rt = rt
		w.settle()
	}
	for i, w := range o.worlds {
		for k, other := range o.worlds {
			for v := range everyCell(w.t, w.path) {
				if x := other.values[v]; k != i && x != nil && !(i == 1 && o.carried[v]) {
					rt.Fatalf("%s, typed in %s of %s, stands in %s", v, x.cell, filepath.Base(other.path),
						filepath.Base(w.path))
				}
			}
		}
	}
}
