package syncer

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Two machines with one workbook and a history each, as where nobody may write into the
// folder: what one types the other takes in, and neither writes where nothing is to be
// written. Else they would write it in turn for ever.
func TestMachinesWithHistoriesOfTheirOwnLeaveEachOthersStamp(t *testing.T) {
	path := tempBook(t, 12)
	var machines [2]*Session
	states := [2]string{t.TempDir(), t.TempDir()}
	join := func(i int) {
		opt := options([]string{"王", "李"}[i])
		opt.State = states[i]
		s, err := Open(context.Background(), path, opt)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		machines[i] = s
	}
	join(0)
	rest := func(what string) {
		t.Helper()
		pass(t, machines[0])
		pass(t, machines[1])
		before := read(t, path)
		for range 2 {
			for i := range machines {
				join(i) // another process
				if !bytes.Equal(before, read(t, path)) {
					t.Fatalf("%s: the workbook is written again", what)
				}
				if r := pass(t, machines[i]); len(r.Changes) > 0 || r.Waiting {
					t.Errorf("%s: %+v", what, r)
				}
			}
		}
	}
	change(t, machines[0], opened, "progress", "一")
	join(1)
	rest("the first typed")
	change(t, machines[1], opened, "remark", "二")
	rest("the second typed")
	old := opens(t, path, "科室")
	office(t, path, func(f *excelize.File) { setCell(t, f, "编制公开目录", "进展情况", "三") })
	rest("an office typed")
	saves(t, path, old, "编制公开目录", cellsOf{"备注": "四"})
	rest("an older document was saved")
	change(t, machines[0], opened, "remark", "五")
	rest("typed over")
	for i, s := range machines {
		for _, v := range []string{"一", "三", "四", "五"} {
			if !kept(t, s, v) {
				t.Errorf("machine %d: %s is lost", i, v)
			}
		}
	}
}
