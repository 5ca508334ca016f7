package syncer

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

func TestAMangledStampIsReadAsItWas(t *testing.T) {
	for in, want := range map[string]string{"": "", "财政局": "财政局", "è´¢æ\u0094¿å±\u0080": "财政局", "Finance": "Finance",
		"Château": "Château"} {
		if got := unmangled(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// After an office's save only the stamp is written anew: the tables are those that
// were found, unless somebody saves in between.
func TestARestampDoesNotSearchTheTablesAgain(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "progress", "一")
	for _, overtaken := range []bool{false, true} {
		before := s.Snapshot().Revision
		office(t, path, func(f *excelize.File) {
			setCell(t, f, "更新领导信息", "进展情况", fmt.Sprint("财政局写的", overtaken))
		})
		var found *table.Found
		s.step = func(what string) {
			switch what {
			case "pulled":
				if found == nil {
					found = s.book.found
				}
			case "saved":
				if overtaken {
					office(t, path, func(f *excelize.File) { setCell(t, f, "更新领导信息", "备注", "紧接着写的") })
				}
			}
		}
		pass(t, s)
		s.step = func(string) {}
		if found == nil || s.Snapshot().Revision == before || (s.book.found == found) == overtaken {
			t.Errorf("overtaken %v: searched again %v", overtaken, s.book.found != found)
		}
		x := s.Snapshot().Ledger.Task(taskID(t, s, "更新领导信息"))
		if x.Progress != fmt.Sprint("财政局写的", overtaken) || overtaken && x.Remark != "紧接着写的" {
			t.Errorf("%+v", x)
		}
		head := s.Snapshot().Revision
		if stamp, err := ooxml.Open(path, ooxml.Options{}); err != nil {
			t.Error(err)
		} else if v, _ := stamp.Property(StampRevision); v != head && !overtaken {
			t.Errorf("stamped %.8s, head %.8s", v, head)
		}
		if pass(t, s); s.Snapshot().Revision != head {
			t.Error("a pass more changed the head")
		}
	}
}
