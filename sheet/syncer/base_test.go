package syncer

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An office saves, has the workbook open again before we can stamp it, saves
// into the same cell and closes: it disputes nothing with itself.
func TestTwoSavesOfOneOfficeIntoOneCell(t *testing.T) {
	path := tempBook(t, 12)
	title := "更新领导信息"
	s := openAs(t, path, "王")
	change(t, s, title, "remark", "一") // a stamp stands in the workbook
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	if err := os.WriteFile(lock, []byte("小李,li,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	types := func(v string) {
		office(t, path, func(f *excelize.File) { setCell(t, f, title, "进展情况", v) })
	}
	types("第一次")
	pass(t, s)
	types("第二次")
	os.Remove(lock)
	pass(t, s)
	if n := s.Snapshot(); len(n.Conflicts) > 0 || progress(t, s, title) != "第二次" ||
		at(t, path, title, "进展情况") != "第二次" {
		t.Errorf("%d conflicts, %q", len(n.Conflicts), progress(t, s, title))
	}
}
