package syncer

import (
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// overtaken is a session that reads a save and, before it records it, is overtaken
// by what another machine does; met is set once that has happened.
func overtaken(t *testing.T, path string, by func()) (s *Session, met *bool) {
	t.Helper()
	met = new(bool)
	s, err := open(context.Background(), path, options("李"), func(what string) {
		if what == "pulling" && !*met {
			*met = true
			by()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, met
}

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
	s, met := overtaken(t, path, func() {
		types("第二次")
		pass(t, other)
	})
	types("第一次")
	if _, err := s.Sync(context.Background()); err != nil || !*met {
		t.Fatal(*met, err)
	}
	if n := s.Snapshot(); len(n.Conflicts) > 0 || progress(t, s, title) != "第二次" ||
		at(t, path, title, "进展情况") != "第二次" {
		t.Errorf("%d conflicts, %q", len(n.Conflicts), progress(t, s, title))
	}
}

// The same with two offices. The second never saw what the first saved: only the
// machine that was overtaken has read it.
func TestASaveThatWasReadAndSavedOverByAnotherOfficeIsNotLost(t *testing.T) {
	for name, by := range map[string][2]string{"named": {"科室甲", "科室乙"}, "nameless": {"", ""},
		"of one name": {"User", "User"}} {
		path := tempBook(t, 12)
		other := openAs(t, path, "王")
		change(t, other, opened, "remark", "一") // a stamp stands in the workbook
		first, second := opens(t, path, by[0]), opens(t, path, by[1])
		s, met := overtaken(t, path, func() {
			saves(t, path, second, "编制公开目录", cellsOf{"进展情况": "第二次"})
			pass(t, other)
		})
		saves(t, path, first, opened, cellsOf{"进展情况": "第一次"})
		pass(t, s)
		pass(t, other)
		pass(t, s)
		if !*met || !kept(t, s, "第一次") || !kept(t, s, "第二次") || s.Snapshot().Revision != other.Snapshot().Revision {
			t.Errorf("%s: %v, %q and %q, %+v", name, *met, progress(t, s, opened), progress(t, s, "编制公开目录"),
				s.Snapshot().Conflicts)
		}
	}
}

// The same where the second holds in that cell what stood there still before: it
// is older than what the first typed over, and not typed over what the first typed.
func TestASaveThatWasReadAndSavedOverByAnOlderDocumentIsNotLost(t *testing.T) {
	path := tempBook(t, 12)
	other := openAs(t, path, "王")
	change(t, other, opened, "remark", "一")
	second := opens(t, path, "User")
	change(t, other, opened, "progress", "起初")
	first := opens(t, path, "User")
	s, met := overtaken(t, path, func() {
		saves(t, path, second, "编制公开目录", cellsOf{"进展情况": "第二次"})
		pass(t, other)
	})
	saves(t, path, first, opened, cellsOf{"进展情况": "第一次"})
	pass(t, s)
	pass(t, other)
	pass(t, s)
	for _, v := range []string{"第一次", "第二次"} {
		if !*met || !kept(t, s, v) {
			t.Errorf("%v, %s is lost: %q, %+v", *met, v, progress(t, s, opened), s.Snapshot().Conflicts)
		}
	}
}
