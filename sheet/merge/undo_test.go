package merge

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestUndo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt)
		parent := w.base()
		revision := parent.clone()
		w.work(&revision, w.n(8, "revision"))
		// Nothing since: undo gives back the parent.
		r, err := Undo(revision.state(true), revision.state(true), parent.state(true))
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(cellsOf(parent.state(true)), cellsOf(r.Merged)); d != "" {
			rt.Fatalf("undone at once:\n%s", d)
		}
		// What others did since stays, wherever the revision did nothing.
		head := revision.clone()
		for i := range head.rows {
			head.rows[i].cells["deadline"] = "年底前"
		}
		r, err = Undo(head.state(true), revision.state(true), parent.state(true))
		if err != nil {
			rt.Fatal(err)
		}
		got := cellsOf(r.Merged)
		for _, row := range parent.rows {
			if got[row.id] == nil || cellsOf(head.state(true))[row.id] != nil && got[row.id]["deadline"] != "年底前" {
				rt.Fatalf("%s: %v", row.id, got[row.id])
			}
		}
		// And restore gives any state back whatever happened.
		r, err = Restore(head.state(true), parent.state(true))
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(cellsOf(parent.state(true)), cellsOf(r.Merged)); d != "" {
			rt.Fatalf("restored:\n%s", d)
		}
	})
}
