package syncer

import (
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Two machines watch one folder and see two saves of one office, the first of
// them a little late: nobody disputes anything.
func TestASaveThatAnotherMachineOvertookIsNoConflict(t *testing.T) {
	path := tempBook(t, 12)
	title := "更新领导信息"
	other := openAs(t, path, "王")
	change(t, other, title, "remark", "一") // a stamp stands in the workbook
	types := func(v string) {
		office(t, path, func(f *excelize.File) { setCell(t, f, title, "进展情况", v) })
	}
	met := false
	s, err := open(context.Background(), path, options("李"), func(what string) {
		if what == "pulling" && !met {
			met = true
			types("第二次")
			if _, err := other.Sync(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	types("第一次")
	if _, err := s.Sync(context.Background()); err != nil || !met {
		t.Fatal(met, err)
	}
	if n := s.Snapshot(); len(n.Conflicts) > 0 || progress(t, s, title) != "第二次" || at(t, path, title, "进展情况") != "第二次" {
		t.Errorf("%d conflicts, %q", len(n.Conflicts), progress(t, s, title))
	}
}
