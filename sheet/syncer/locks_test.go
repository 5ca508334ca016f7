package syncer

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// How the offices of one history are told apart.

// naming is whom the files of the offices name as having saved them.
type naming int

const (
	own    naming = iota // each office its own name
	nobody               // no name, as some programs do
	same                 // all of them one that the machines came with
)

// of is the name that office k saves under.
func (n naming) of(k int) string {
	return []string{fmt.Sprint("科室", k), "", "User"}[n]
}

// lock is an office that opens the workbook in a program that says so; while it
// has it, no other office can save, unless they are heedless.
func (w *world) lock(rt *rapid.T) {
	w.rt = rt
	if w.holder >= 0 {
		rt.Skip()
	}
	f, err := excelize.OpenFile(w.path)
	if err != nil {
		rt.Fatal(err)
	}
	w.holder = rapid.IntRange(0, 2).Draw(rt, "office")
	w.docs[w.holder] = &document{f: f}
	name := fmt.Sprint("lenovo", w.holder)
	if w.naming == own && rapid.Bool().Draw(rt, "the file names it too") {
		name = w.naming.of(w.holder)
	}
	w.seen = true
	if err := os.WriteFile(w.owner(), []byte(name+",zhang,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		rt.Fatal(err)
	}
}

func (w *world) unlock(rt *rapid.T) {
	w.rt = rt
	if os.Remove(w.owner()) != nil {
		rt.Skip()
	}
	if w.holder >= 0 {
		w.docs[w.holder] = nil
	}
	w.holder = -1
}

// crash ends the program that had the workbook open: what was typed in it is
// gone, and its owner file stays.
func (w *world) crash(rt *rapid.T) {
	w.rt = rt
	if w.holder < 0 {
		rt.Skip()
	}
	w.docs[w.holder] = nil
	w.holder = -1
}

// timePasses: whom one saw to have the workbook open is forgotten.
func (w *world) timePasses(rt *rapid.T) {
	w.rt = rt
	if _, err := os.Stat(w.owner()); err == nil {
		rt.Skip()
	}
	w.seen = false
	for _, s := range w.sessions {
		s.sighted.Store(nil)
	}
}

// excuses the one thing that nobody can know. Two offices have the same name, or none,
// and one was seen to have the workbook open: when the other types into a cell, it is
// taken for the first one going on.
func (w *world) excuses(d *document) {
	if !w.seen || w.naming == own {
		return
	}
	for _, v := range d.fresh {
		for old, x := range w.values {
			if x.watched && x.cell == w.values[v].cell && old != v {
				w.replace(old)
			}
		}
		w.values[v].watched = true
	}
}
