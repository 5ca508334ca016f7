package merge

import (
	"errors"
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

func TestDiff(t *testing.T) {
	from := tasks(four)
	to := tasks(`
id|number|title|lead|status
a |1|编制公开目录|党政办公室|已完成
x |2|公开行政许可事项|行政审批局|未启动
b |3|组织公众开放日|项目建设局|未启动
d |4|发布环境信息|生态环境分局|未启动`)
	changes, err := Diff(from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"a status 未启动>已完成 applied", "b number 2>3 applied", "c deleted applied", "row added applied"}
	if d := cmp.Diff(want, outcomes(Result{Changes: changes})); d != "" {
		t.Error(d)
	}
}

func TestSetAndDelete(t *testing.T) {
	s := tasks(four)
	n, err := Set(s, "tasks", "c", "status", "已完成")
	if err != nil {
		t.Fatal(err)
	}
	if n.Tables[0].Rows[2].Values[3] != "已完成" || s.Tables[0].Rows[2].Values[3] != "推进中" {
		t.Error("the value was not set in the new state alone")
	}
	for _, at := range [][2]string{{"z", "status"}, {"c", "nothing"}} {
		if _, err := Set(s, "tasks", at[0], at[1], "x"); !errors.Is(err, ErrNoValue) {
			t.Errorf("%v: %v", at, err)
		}
	}
	n, err = Delete(s, "tasks", "b")
	if err != nil || len(n.Tables[0].Rows) != 3 || len(s.Tables[0].Rows) != 4 {
		t.Errorf("delete: %v", err)
	}
}
