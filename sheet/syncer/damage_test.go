package syncer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/table"
)

// revisions are the revision files of a session's history.
func revisions(t *testing.T, s *Session) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.hist.Dir(), "revisions", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

func TestDamagedHistoryIsReportedAndWorkedAround(t *testing.T) {
	for name, pick := range map[string]func(s *Session) []string{
		"the head": func(s *Session) []string { return []string{filepath.Join(s.hist.Dir(), "revisions", s.head.ID)} },
		"its parent": func(s *Session) []string {
			return []string{filepath.Join(s.hist.Dir(), "revisions", s.head.Parents[0])}
		},
		"one in the middle": func(s *Session) []string {
			for _, r := range s.graph.All {
				if r.Note == "" && r.Source == SourceTerminal && r.ID != s.head.ID && r.ID != s.head.Parents[0] {
					return []string{filepath.Join(s.hist.Dir(), "revisions", r.ID)}
				}
			}
			return nil
		},
		"everything": func(s *Session) []string { return revisions(t, s) },
		"the first state": func(s *Session) []string {
			return []string{filepath.Join(s.hist.Dir(), "revisions", s.graph.All[0].ID)}
		},
	} {
		for _, how := range []string{"gone", "torn", "flipped"} {
			t.Run(name+" "+how, func(t *testing.T) {
				path := tempBook(t, 12)
				s := openAs(t, path, "王")
				change(t, s, "更新领导信息", "progress", "一")
				change(t, s, "更新领导信息", "progress", "二")
				s.Close()
				// One more is waiting when it happens.
				lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
				os.WriteFile(lock, []byte(",a,pc,t,x;"), 0o644)
				s = openAs(t, path, "王")
				change(t, s, "编制公开目录", "progress", "等待")
				s.Close()
				os.Remove(lock)
				for _, f := range pick(s) {
					data := read(t, f)
					switch how {
					case "gone":
						os.Remove(f)
					case "torn":
						os.WriteFile(f, data[:len(data)/2], 0o644)
					case "flipped":
						data[len(data)-3] ^= 4
						os.WriteFile(f, data, 0o644)
					}
				}
				waits := name == "one in the middle" || name == "its parent" || name == "the first state"
				office(t, path, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "科室") })
				s = openAs(t, path, "王")
				if s.Snapshot().Trouble != nil {
					t.Fatal(s.Snapshot().Trouble)
				}
				if how != "gone" && name != "its parent" && (name != "one in the middle" || how == "torn") &&
					len(s.Snapshot().Damage) == 0 {
					t.Error("damage was not reported")
				}
				if progress(t, s, "公开财政预决算") != "科室" || progress(t, s, "更新领导信息") != "二" ||
					len(s.Snapshot().Ledger.Tasks) != 12 {
					t.Error("something was lost")
				}
				if waits && len(s.Snapshot().Conflicts) != 0 {
					t.Errorf("%+v", s.Snapshot().Conflicts)
				}
				if waits && at(t, path, "编制公开目录", "进展情况") != "等待" {
					t.Error("the value that waited was lost")
				}
				change(t, s, "更新领导信息", "progress", "三")
				pass(t, s)
				if at(t, path, "更新领导信息", "进展情况") != "三" || at(t, path, "公开财政预决算", "进展情况") != "科室" {
					t.Error("the workbook lost something")
				}
				if _, err := s.Log(context.Background(), LogOptions{}); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestHistoryStandsElsewhereWhereTheFolderIsClosed(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	path, state := tempBook(t, 12), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	os.Chmod(filepath.Dir(path), 0o555)
	defer os.Chmod(filepath.Dir(path), 0o755)
	s := openAs(t, path, "王")
	if s.Snapshot().Trouble != nil {
		t.Fatal(s.Snapshot().Trouble)
	}
	_, err := s.Change(context.Background(), []Edit{{Task: taskID(t, s, "更新领导信息"), Field: "progress", Value: "一"}})
	if !errors.Is(err, fs.ErrPermission) { // the workbook may not be written to either
		t.Error(err)
	}
	if kept, _ := os.ReadDir(state); len(kept) == 0 || progress(t, s, "更新领导信息") != "一" {
		t.Errorf("nothing is kept: %+v, %q", s.Snapshot().Trouble, s.Snapshot().LedgerID)
	}
}

func TestHistoryInAFolderOfOnesChoice(t *testing.T) {
	path := tempBook(t, 12)
	opt := options("王")
	opt.State = filepath.Join(t.TempDir(), "历史")
	for range 2 {
		s, err := Open(context.Background(), path, opt)
		if err != nil {
			t.Fatal(err)
		}
		change(t, s, "更新领导信息", "progress", "一"+progress(t, s, "更新领导信息"))
		s.Close()
	}
	if at(t, path, "更新领导信息", "进展情况") != "一一" {
		t.Error("not written")
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), historyFolder)); err == nil {
		t.Error("a history stands beside the workbook as well")
	}
}

func TestRenamedWorkbookKeepsItsHistory(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "progress", "一")
	head := s.Snapshot().Revision
	s.Close()
	renamed := filepath.Join(filepath.Dir(path), "新名.xlsx")
	os.Rename(path, renamed)
	s = openAs(t, renamed, "王")
	if s.Snapshot().Revision != head {
		t.Error("another history")
	}
	// A copy beside it is not its new name.
	os.WriteFile(path, read(t, renamed), 0o644)
	c := openAs(t, path, "王")
	if c.hist.Dir() == s.hist.Dir() {
		t.Log("the copy took the old name, and with it the history: both are replicas of one ledger")
	}
	change(t, s, "更新领导信息", "progress", "二")
	if at(t, renamed, "更新领导信息", "进展情况") != "二" {
		t.Error("not written")
	}
}

// A value that was set back to what it was at the stamp, by somebody who may
// not have seen it changed: nobody can know, so both are kept.
func TestDoubtfulReturnOfAnOldValueIsAConflict(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "progress", "甲")
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	os.WriteFile(lock, []byte(",a,pc,t,x;"), 0o644)
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	office(t, path, func(f *excelize.File) { setCell(t, f, "更新领导信息", "进展情况", "乙") })
	pass(t, s)
	setCell(t, stale, "公开财政预决算", "进展情况", "丙")
	stale.SetDocProps(&excelize.DocProperties{LastModifiedBy: "另一人"})
	saveOver(t, stale, path)
	r := pass(t, s)
	if r.Conflicts != 1 {
		t.Fatalf("%+v", r)
	}
	if c := s.Snapshot().Conflicts[0]; c.Mine != "乙" || c.Theirs != "甲" {
		t.Errorf("%+v", c)
	}
	os.Remove(lock)
	pass(t, s)
	if at(t, path, "更新领导信息", "进展情况") != "甲" || progress(t, s, "公开财政预决算") != "丙" {
		t.Error("what stands was touched")
	}
}

// A workbook that is stamped anew after every save that was pulled tells a
// knowing return of an old value from a stale save.
func TestKnowingReturnOfAnOldValueIsTaken(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "一")
	for _, v := range []string{"甲", "", "甲", ""} {
		office(t, path, func(f *excelize.File) { setCell(t, f, "更新领导信息", "进展情况", v) })
		if r := pass(t, s); r.Conflicts != 0 || progress(t, s, "更新领导信息") != v || at(t, path, "更新领导信息", "进展情况") != v {
			t.Fatalf("%q: %+v, head %q", v, r, progress(t, s, "更新领导信息"))
		}
	}
}

func TestSharedWorkbookThatLostItsStamp(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "一")
	change(t, s, "公开财政预决算", "remark", "二")
	rows := grid(t, path)
	newBook(t, path, 12)
	office(t, path, func(f *excelize.File) {
		for r, row := range rows {
			for c, v := range row {
				f.SetCellStr("台账", cell(c+1, r+1), v)
			}
		}
		setCell(t, f, "更新领导信息", "进展情况", "科室")
	})
	r := pass(t, s)
	if r.Conflicts != 0 || progress(t, s, "更新领导信息") != "科室" || at(t, path, "公开财政预决算", "备注") != "二" {
		t.Errorf("%+v", r)
	}
}

// A program that drops the stamp saves what it opened long ago, before more saves
// of others than are looked at first: it takes nothing of them back.
func TestSharedWorkbookOfLongAgoThatLostItsStamp(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "一")
	rows := grid(t, path)
	for i := range 12 {
		for _, h := range []string{"进展情况", "责任人"} {
			office(t, path, func(f *excelize.File) { setCell(t, f, taskRow(i)[1], h, fmt.Sprint(h, i)) })
			pass(t, s)
		}
	}
	if err := os.Rename(pasted(t, rows, func(f *excelize.File) { setCell(t, f, "更新领导信息", "备注", "科室") }),
		path); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	for i := range 12 {
		for _, h := range []string{"进展情况", "责任人"} {
			if v := fmt.Sprint(h, i); !kept(t, s, v) {
				t.Errorf("%s is lost", v)
			}
		}
	}
	if progress(t, s, "公开财政预决算") == "" || at(t, path, "更新领导信息", "备注") != "科室" {
		t.Error(grid(t, path))
	}
}

// The same where a save among those that are looked at first is as near as the
// one of long ago: an office had emptied what others typed in between.
func TestSharedWorkbookOfLongAgoThatLooksLikeALaterOne(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "一")
	rows := grid(t, path)
	saves := func(edit func(f *excelize.File)) {
		office(t, path, edit)
		pass(t, s)
	}
	saves(func(f *excelize.File) {
		for i := range 12 {
			setCell(t, f, taskRow(i)[1], "进展情况", fmt.Sprint("进展", i))
		}
	})
	saves(func(f *excelize.File) { setCell(t, f, "更新领导信息", "责任人", "张三") })
	saves(func(f *excelize.File) {
		for i := range 12 {
			setCell(t, f, taskRow(i)[1], "进展情况", "")
		}
	})
	for i := range 12 - 2 {
		saves(func(f *excelize.File) { setCell(t, f, taskRow(i)[1], "备注", fmt.Sprint("备注", i)) })
	}
	if err := os.Rename(pasted(t, rows, func(f *excelize.File) { setCell(t, f, "更新领导信息", "责任人", "李四") }),
		path); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	for _, v := range []string{"张三", "李四", "备注0", "备注9"} {
		if !kept(t, s, v) {
			t.Errorf("%s is lost", v)
		}
	}
}

func TestMergedAndFormulaCells(t *testing.T) {
	path := tempBook(t, 12)
	office(t, path, func(f *excelize.File) {
		f.MergeCell("台账", "C3", "C5")
		f.SetCellFormula("台账", "G6", "=1+1")
	})
	s := openAs(t, path, "王")
	lead := s.Snapshot().Ledger.Tasks[0].ID
	if _, err := s.Change(context.Background(), []Edit{{Task: lead, Field: "lead", Value: "财政局"}}); !errors.Is(err,
		table.ErrShared) {
		t.Error(err)
	}
	var edits []Edit
	for _, x := range s.Snapshot().Ledger.Tasks[:3] {
		edits = append(edits, Edit{Task: x.ID, Field: "lead", Value: "项目办"})
	}
	if _, err := s.Change(context.Background(), edits); err != nil {
		t.Error(err)
	}
	if got := grid(t, path)[2][2]; got != "项目办" {
		t.Error(got)
	}
	if _, err := s.Change(context.Background(), []Edit{{Task: s.Snapshot().Ledger.Tasks[3].ID, Field: "remark",
		Value: "x"}}); !errors.Is(err, ErrFormula) {
		t.Error(err)
	}
	if r := pass(t, s); r.Waiting || len(r.Changes) > 0 {
		t.Errorf("not at rest: %+v", r)
	}
}

// Last year's ledger is copied over this year's: its tasks are much the same.
func TestWorkbookOfAnotherLedgerInItsPlaceIsRefused(t *testing.T) {
	path, other := tempBook(t, 12), tempBook(t, 12)
	s, o := openAs(t, path, "王"), openAs(t, other, "王")
	change(t, s, "编制公开目录", "remark", "今年")
	change(t, o, "编制公开目录", "remark", "去年")
	ours, theirs := read(t, path), read(t, other)
	os.WriteFile(path, theirs, 0o644)
	if _, err := s.Sync(context.Background()); !errors.Is(err, ErrForeign) {
		t.Error("an open session took it:", err)
	}
	s.Close()
	s = openAs(t, path, "王")
	if !errors.Is(s.Snapshot().Trouble, ErrForeign) || len(s.Snapshot().Conflicts) != 0 {
		t.Error("a new session took it:", s.Snapshot().Trouble)
	}
	s.Change(context.Background(), []Edit{{Task: taskID(t, s, "公开财政预决算"), Field: "progress", Value: "其间"}})
	if string(read(t, path)) != string(theirs) {
		t.Error("another ledger's workbook was written into")
	}
	os.WriteFile(path, ours, 0o644)
	pass(t, s)
	if at(t, path, "公开财政预决算", "进展情况") != "其间" || at(t, path, "编制公开目录", "备注") != "今年" {
		t.Error("a side was lost")
	}
}
