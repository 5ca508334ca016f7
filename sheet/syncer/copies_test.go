package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

// copyTo takes a copy of the workbook as a person mails it.
func copyTo(t testing.TB, path, name string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(out, read(t, path), 0o644); err != nil {
		t.Fatal(err)
	}
	return out
}

func merged(t testing.TB, s *Session, files ...string) Report {
	t.Helper()
	r, err := s.Merge(context.Background(), files, MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// setCell finds the row of a task in a copy, wherever it was moved to.
func setCell(t testing.TB, f *excelize.File, title, heading, v string) {
	t.Helper()
	rows, err := f.GetRows("台账")
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		if len(row) > 1 && row[1] == title {
			c := slices.Index(rows[1], heading)
			f.SetCellStr("台账", cell(c+1, r+1), v)
			return
		}
	}
	t.Fatalf("no task %s", title)
}

// A copy taken in March and returned in June: renumbered, sorted by unit, with
// two rows inserted and a column added, while the ledger moved on.
func TestOldCopyMergesAgainstTheRevisionItWasTakenFrom(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	march := copyTo(t, path, "财政局.xlsx")
	base := s.Snapshot().Revision
	change(t, s, "更新领导信息", "progress", "四月已更新")
	change(t, s, "公开财政预决算", "remark", "协调员备注")
	office(t, path, func(f *excelize.File) { setCell(t, f, "清理失效文件", "进展情况", "五月清理") })
	pass(t, s)

	office(t, march, func(f *excelize.File) {
		rows, _ := f.GetRows("台账")
		data := rows[2:]
		for i := range data {
			for len(data[i]) < len(headings) {
				data[i] = append(data[i], "")
			}
			if data[i][1] == "公开财政预决算" {
				data[i][4], data[i][5] = "已完成", "六月已公开"
			}
		}
		data = append(data, []string{"", "新增事项一", "财政局", "", "未启动", "", ""},
			[]string{"", "新增事项二", "财政局", "", "未启动", "", ""})
		slices.SortStableFunc(data, func(a, b []string) int { return -cmpString(a[2], b[2]) })
		f.SetCellStr("台账", "I2", "带队领导")
		for i, row := range data {
			row[0] = cellNumber(100 + i)
			for c, v := range row {
				f.SetCellStr("台账", cell(c+1, i+3), v)
			}
			f.SetCellStr("台账", cell(9, i+3), "张三")
		}
	})
	r := merged(t, s, march)
	c := r.Copies[0]
	if c.Err != nil || c.BaseBy != "stamp" || c.Base != base || c.Unit != "财政局" {
		t.Fatalf("%+v", c)
	}
	if len(c.Added) != 2 || len(c.Missing) != 0 || r.Conflicts != 0 {
		t.Errorf("%+v", c)
	}
	for _, want := range [][3]string{
		{"公开财政预决算", "完成状态", "已完成"}, {"公开财政预决算", "进展情况", "六月已公开"}, {"公开财政预决算", "备注", "协调员备注"},
		{"更新领导信息", "进展情况", "四月已更新"}, {"清理失效文件", "进展情况", "五月清理"}, {"编制公开目录", "备注", "三月"},
		{"更新领导信息", "序号", "1"}, {"新增事项一", "牵头单位", "财政局"}, {"更新领导信息", "带队领导", "张三"},
	} {
		if got := at(t, path, want[0], want[1]); got != want[2] {
			t.Errorf("%s %s: workbook says %q, want %q", want[0], want[1], got, want[2])
		}
	}
	if n := len(s.Snapshot().Ledger.Tasks); n != 14 {
		t.Error(n)
	}
	// Twice changes nothing.
	head := s.Snapshot().Revision
	if r := merged(t, s, march); !r.Copies[0].Before || s.Snapshot().Revision != head {
		t.Errorf("%+v", r)
	}
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cellNumber(n int) string {
	return string(rune('0'+n/100)) + string(rune('0'+n/10%10)) + string(rune('0'+n%10))
}

func TestCopiesInAnyOrder(t *testing.T) {
	results := map[string]bool{}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, "编制公开目录", "remark", "三月")
		var files []string
		for i, title := range titles[:3] {
			c := copyTo(t, path, units[i]+".xlsx")
			office(t, c, func(f *excelize.File) { setCell(t, f, title, "进展情况", units[i]+"填报") })
			files = append(files, c)
		}
		for _, i := range order {
			if r := merged(t, s, files[i]); r.Copies[0].Err != nil || r.Conflicts != 0 {
				t.Fatal(r)
			}
		}
		all := ""
		for _, row := range grid(t, path) {
			for _, v := range row {
				all += v + "|"
			}
		}
		results[all] = true
	}
	if len(results) != 1 {
		t.Error("the order of returned copies matters")
	}
}

func TestCopyWithoutItsStampMergesAgainstTheNearest(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	base := s.Snapshot().Revision
	rows := grid(t, path)
	change(t, s, "更新领导信息", "progress", "四月")
	change(t, s, "更新领导信息", "remark", "四月")
	pasted := filepath.Join(t.TempDir(), "粘贴.xlsx")
	newBook(t, pasted, 12)
	office(t, pasted, func(f *excelize.File) {
		for r, row := range rows {
			for c, v := range row {
				f.SetCellStr("台账", cell(c+1, r+1), v)
			}
		}
		setCell(t, f, "公开财政预决算", "进展情况", "粘贴后填报")
	})
	r := merged(t, s, pasted)
	c := r.Copies[0]
	if c.Err != nil || c.BaseBy != "nearest" || c.Base != base || r.Conflicts != 0 {
		t.Fatalf("%+v", c)
	}
	if at(t, path, "公开财政预决算", "进展情况") != "粘贴后填报" || at(t, path, "更新领导信息", "进展情况") != "四月" {
		t.Error("a side was lost")
	}
}

func TestCopyOfAnotherLedgerIsRefused(t *testing.T) {
	path, other := tempBook(t, 12), tempBook(t, 12)
	s, o := openAs(t, path, "王"), openAs(t, other, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	change(t, o, "编制公开目录", "remark", "三月")
	before := read(t, path)
	r := merged(t, s, other)
	if !errors.Is(r.Copies[0].Err, ErrForeign) {
		t.Fatalf("%+v", r.Copies[0])
	}
	if string(before) != string(read(t, path)) {
		t.Error("the workbook was touched")
	}
	// A good copy beside it is merged all the same.
	good := copyTo(t, path, "项目办.xlsx")
	office(t, good, func(f *excelize.File) { setCell(t, f, "公开重大项目进展", "进展情况", "已公开") })
	r = merged(t, s, filepath.Join(t.TempDir(), "none.xlsx"), other, good)
	if r.Copies[0].Err == nil || r.Copies[1].Err == nil || r.Copies[2].Err != nil {
		t.Errorf("%+v", r.Copies)
	}
	if at(t, path, "公开重大项目进展", "进展情况") != "已公开" {
		t.Error("not merged")
	}
}

func TestCopyMissingRowsDeletesNothing(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	part := copyTo(t, path, "财政局.xlsx")
	office(t, part, func(f *excelize.File) {
		for range 9 {
			f.RemoveRow("台账", 6)
		}
		setCell(t, f, "公开财政预决算", "进展情况", "已公开")
	})
	r := merged(t, s, part)
	if r.Copies[0].Err != nil || len(r.Copies[0].Missing) != 9 || len(s.Snapshot().Ledger.Tasks) != 12 {
		t.Errorf("%+v", r.Copies[0])
	}
}

func TestConflictWithACopyKeepsWhatStands(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	c := copyTo(t, path, "财政局.xlsx")
	office(t, c, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "科室") })
	change(t, s, "公开财政预决算", "progress", "协调员")
	r := merged(t, s, c)
	if r.Conflicts != 1 || r.Copies[0].Changes[0].Outcome != "conflict" || at(t, path, "公开财政预决算", "进展情况") != "协调员" {
		t.Fatalf("%+v", r)
	}
	k := s.Snapshot().Conflicts[0]
	if k.TheirsBy != "财政局" || k.MineBy != "王" || k.Heading != "进展情况" {
		t.Errorf("%+v", k)
	}
	if _, err := s.Resolve(context.Background(), Decision{Conflict: k.ID[:4], Choice: Theirs}); err != nil {
		t.Fatal(err)
	}
	if at(t, path, "公开财政预决算", "进展情况") != "科室" {
		t.Error("not settled in the workbook")
	}
	if _, err := s.Resolve(context.Background(), Decision{Conflict: k.ID, Choice: Mine}); !errors.Is(err,
		ErrNoConflict) {
		t.Error(err)
	}
}

func TestInboxTakesEachCopyOnceAndTellsWhoIsMissing(t *testing.T) {
	path := tempBook(t, 12)
	in := t.TempDir()
	opt := options("王")
	opt.Inbox = in
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	change(t, s, "编制公开目录", "remark", "三月")
	data := read(t, path)
	os.WriteFile(filepath.Join(in, "~$财政局.xlsx"), []byte("x"), 0o644)
	os.WriteFile(filepath.Join(in, "说明.txt"), []byte("x"), 0o644)
	mine := filepath.Join(in, "回传-财政局.xlsx")
	os.WriteFile(mine, data, 0o644)
	office(t, mine, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "已公开") })
	r := pass(t, s)
	if len(r.Copies) != 1 || r.Copies[0].Unit != "财政局" || r.Copies[0].Err != nil {
		t.Fatalf("%+v", r.Copies)
	}
	if r := pass(t, s); len(r.Copies) != 0 {
		t.Errorf("again: %+v", r.Copies)
	}
	got := s.Snapshot().Returned
	if len(got) != 4 || got[0].Unit != "财政局" || got[0].File != "回传-财政局.xlsx" || got[1].File != "" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error("the copy was not kept")
	}
}

// A unit that works on its own copy with taizhang does not take from it what
// it was taken from.
func TestUnitWorksOnItsOwnCopy(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	base := s.Snapshot().Revision
	c := copyTo(t, path, "财政局.xlsx")
	wb, err := ooxml.Open(c, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(wb.SetProperty(StampScope, "财政局"), wb.Save()); err != nil {
		t.Fatal(err)
	}
	unit := openAs(t, c, "财政局小李")
	change(t, unit, "公开财政预决算", "progress", "一")
	office(t, c, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "二") })
	if r := pass(t, unit); r.Conflicts != 0 {
		t.Errorf("%+v", r)
	}
	change(t, unit, "公开财政预决算", "progress", "三")
	change(t, s, "更新领导信息", "progress", "四")
	r := merged(t, s, c)
	if k := r.Copies[0]; k.Err != nil || k.Base != base || k.BaseBy != "stamp" || k.Unit != "财政局" || r.Conflicts != 0 {
		t.Errorf("%+v", k)
	}
	if at(t, path, "公开财政预决算", "进展情况") != "三" || at(t, path, "更新领导信息", "进展情况") != "四" {
		t.Error("a side was lost")
	}
}

// Found by the histories: a copy returned while somebody, who is also the one
// who saved it last, has the shared workbook open.
func TestOldCopyReturnsWhileTheWorkbookIsOpen(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	sign := func(f *excelize.File) { f.SetDocProps(&excelize.DocProperties{LastModifiedBy: "小李"}) }
	office(t, path, sign)
	pass(t, s)
	old := copyTo(t, path, "财政局.xlsx")
	os.WriteFile(filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#"), []byte("小李,li,pc,t,x;"), 0o644)
	office(t, path, func(f *excelize.File) { sign(f); setCell(t, f, "公开财政预决算", "备注", "新") })
	pass(t, s)
	if r := merged(t, s, old); r.Conflicts != 0 || s.Snapshot().Ledger.Task(taskID(t, s, "公开财政预决算")).Remark != "新" {
		t.Errorf("the old copy took back what was typed since: %+v", r.Copies)
	}
}

// Whose copy it is: its scope goes before who saved it, and that before the
// file's name.
func TestACopyIsAttributedToItsUnit(t *testing.T) {
	for name, c := range map[string]struct{ scope, savedBy, file, want string }{
		"scope":     {"财政局", "环保分局", "项目中心.xlsx", "财政局"},
		"saver":     {"", "环保分局", "项目中心.xlsx", "环保分局"},
		"file name": {"", "小李", "回传-财政局.xlsx", "财政局"},
		"nothing":   {"", "小李", "回传.xlsx", ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := tempBook(t, 12)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "remark", "三月")
			file := copyTo(t, path, c.file)
			office(t, file, func(f *excelize.File) {
				f.SetDocProps(&excelize.DocProperties{LastModifiedBy: c.savedBy})
				setCell(t, f, "公开财政预决算", "进展情况", "已公开")
			})
			if c.scope != "" {
				wb, err := ooxml.Open(file, ooxml.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(wb.SetProperty(StampScope, c.scope), wb.Save()); err != nil {
					t.Fatal(err)
				}
			}
			if k := merged(t, s, file).Copies[0]; k.Err != nil || k.Unit != c.want {
				t.Errorf("%q, want %q: %+v", k.Unit, c.want, k)
			}
		})
	}
}

// What a copy holds in place of a formula is its result, or a value pasted over
// it: the workbook's formula stays, and nothing waits or is asked for it.
func TestFormulaOfTheWorkbookOutlivesACopy(t *testing.T) {
	path := tempBook(t, 12)
	office(t, path, func(f *excelize.File) { f.SetCellFormula("台账", "G4", `IF(F4="","无","有")`) })
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "三月")
	c := copyTo(t, path, "财政局.xlsx")
	office(t, c, func(f *excelize.File) {
		f.SetCellStr("台账", "F4", "已公开")
		f.SetCellFormula("台账", "G4", "")
		f.SetCellStr("台账", "G4", "有")
	})
	r := merged(t, s, c)
	if k := r.Copies[0]; k.Err != nil || len(k.Changes) != 1 || k.Changes[0].Field != "progress" || r.Conflicts != 0 ||
		r.Waiting {
		t.Errorf("%+v, %d conflicts, waiting %v", k, r.Conflicts, r.Waiting)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if formula, _ := f.GetCellFormula("台账", "G4"); formula == "" {
		t.Error("the formula was overwritten")
	}
}
