package syncer

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// pasted is a workbook without a stamp that holds what rows say, and then what
// its author typed.
func pasted(t *testing.T, rows [][]string, typed func(f *excelize.File)) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "粘贴.xlsx")
	newBook(t, path, len(rows)-2)
	office(t, path, func(f *excelize.File) {
		for r, row := range rows {
			for c, v := range row {
				f.SetCellStr("台账", cell(c+1, r+1), v)
			}
		}
		typed(f)
	})
	return path
}

// The copy was taken before either value was typed, and its author typed one of
// them as well: so it looks as if it had been taken after both.
func TestCopyWithoutItsStampReplacesNothingThatWasNotSeen(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	rows := grid(t, path)
	change(t, s, "公开财政预决算", "progress", "终端里的")
	change(t, s, "更新领导信息", "status", "已完成")
	copied := pasted(t, rows, func(f *excelize.File) {
		setCell(t, f, "公开财政预决算", "进展情况", "副本里的")
		setCell(t, f, "更新领导信息", "完成状态", "已完成")
	})
	r := merged(t, s, copied)
	if at(t, path, "公开财政预决算", "进展情况") != "终端里的" {
		t.Error("a value that the author of the copy never saw was replaced")
	}
	if c := s.Snapshot().Conflicts; r.Conflicts != 1 || c[0].Base != "" || c[0].Mine != "终端里的" ||
		c[0].Theirs != "副本里的" || c[0].TheirsBy != "粘贴.xlsx" {
		t.Errorf("%+v", c)
	}
}

func TestCopyWithoutItsStampIsFoundInTheMiddleOfALongHistory(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	var rows [][]string
	for i := range 40 {
		change(t, s, taskRow(i % 12)[1], "progress", "第"+cellNumber(i)+"次")
		if i == 14 {
			rows = grid(t, path)
		}
	}
	before := map[string]string{}
	for i := range 12 {
		before[taskRow(i)[1]] = at(t, path, taskRow(i)[1], "进展情况")
	}
	copied := pasted(t, rows, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "备注", "副本里的") })
	r := merged(t, s, copied)
	if r.Conflicts != 0 || at(t, path, "公开财政预决算", "备注") != "副本里的" {
		t.Errorf("%+v", r)
	}
	for title, want := range before {
		if got := at(t, path, title, "进展情况"); got != want {
			t.Errorf("%s: %q was %q", title, got, want)
		}
	}
}

// Two offices opened the workbook at the same time and each added a task at the
// same place. The one that saves last never saw the other's task.
func TestStaleSaveWithARowLikeAnotherOfficesNewRow(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	opened := func(by, title, progress string) *excelize.File {
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f.SetDocProps(&excelize.DocProperties{LastModifiedBy: by})
		f.InsertRows("台账", 8, 1)
		for c, v := range []string{"", title, "财政局", "2022年12月底前", "推进中", progress} {
			f.SetCellStr("台账", cell(c+1, 8), v)
		}
		return f
	}
	first, second := opened("科室甲", "新任务1号严严严严", "甲报的"), opened("科室乙", "新任务4号五五五五", "乙报的")
	change(t, s, "举办政府开放日", "progress", "其间")
	saveOver(t, first, path)
	pass(t, s)
	saveOver(t, second, path)
	pass(t, s)
	for title, want := range map[string]string{"新任务1号严严严严": "甲报的", "新任务4号五五五五": "乙报的", "举办政府开放日": "其间"} {
		if got := at(t, path, title, "进展情况"); got != want {
			t.Errorf("%s: %q, not %q", title, got, want)
		}
	}
}
