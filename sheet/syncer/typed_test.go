package syncer

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A value is kept as its cell will show it: the next reading of the workbook
// finds what was written, and no change of anybody's.
func TestAValueReadsAgainAsItWasTyped(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		style := func(code string) int {
			n, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		rows, _ := f.GetRows("台账")
		head := 0
		for i, r := range rows {
			for _, v := range r {
				if v == "进展情况" {
					head = i + 1
				}
			}
		}
		for c, code := range []string{"0%", "0.00", "General"} {
			at := func(row int) string {
				name, _ := excelize.CoordinatesToCellName(20+c, row)
				return name
			}
			f.SetCellStr("台账", at(head), []string{"完成率", "金额", "是否公开"}[c])
			for row := head + 1; row <= len(rows); row++ {
				f.SetCellStyle("台账", at(row), at(row), style(code))
				if c == 2 {
					f.SetCellBool("台账", at(row), row%2 == 0)
				} else {
					f.SetCellFloat("台账", at(row), float64(row)/10, -1, 64)
				}
			}
		}
		for c := 8; c < 20; c++ { // the new columns belong to the table if none between is empty
			name, _ := excelize.CoordinatesToCellName(c, head)
			if v, _ := f.GetCellValue("台账", name); v == "" {
				f.SetCellStr("台账", name, "栏"+name)
			}
		}
	})
	pass(t, openAs(t, path, "王"))
	s := openAs(t, path, "王") // from the history, which holds no formats
	for field, typed := range map[string][2]string{"完成率": {"80", "80%"}, "金额": {"1,200.5", "1200.50"},
		"是否公开": {"是", "TRUE"}} {
		r := change(t, s, "编制公开目录", field, typed[0])
		// No revision of the workbook's follows that says the same in other words.
		log, err := s.Log(context.Background(), LogOptions{Max: 1})
		if err != nil || len(log) != 1 || log[0].Source != SourceTerminal || len(log[0].Changes) != 1 ||
			log[0].Changes[0].To != typed[1] || len(r.Changes) != 1 {
			t.Errorf("%s typed as %s: %v, the last of the history is %+v", field, typed[0], err, log)
		}
		for _, task := range s.Snapshot().Ledger.Tasks {
			for _, x := range task.Extra {
				if task.Title == "编制公开目录" && x.Heading == field && x.Value != typed[1] {
					t.Errorf("%s typed as %s is kept as %s", field, typed[0], x.Value)
				}
			}
		}
		if got := at(t, path, "编制公开目录", field); got != typed[1] {
			t.Errorf("%s typed as %s reads %s", field, typed[0], got)
		}
		if r := pass(t, s); len(r.Changes) > 0 {
			t.Errorf("%s: read as a change: %+v", field, r.Changes)
		}
	}
}

// A month typed where the cells show months keeps their format, and a number typed
// where the format writes words around it is a number: both read as they show.
func TestMonthsAndNumbersInTheirFormats(t *testing.T) {
	path := tempBook(t, 6)
	month, code := `yyyy"年"m"月"`, `"ZW-"000`
	office(t, path, func(f *excelize.File) {
		months, err := f.NewStyle(&excelize.Style{CustomNumFmt: &month})
		if err != nil {
			t.Fatal(err)
		}
		codes, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStr("台账", "I2", "任务编号")
		for i := range 6 {
			f.SetCellValue("台账", cell(4, 3+i), time.Date(2022, 5, 1, 0, 0, 0, 0, time.UTC).AddDate(0, i, 0))
			f.SetCellStyle("台账", cell(4, 3+i), cell(4, 3+i), months)
			f.SetCellInt("台账", cell(9, 3+i), int64(i+1))
			f.SetCellStyle("台账", cell(9, 3+i), cell(9, 3+i), codes)
		}
	})
	s := openAs(t, path, "王")
	for _, c := range []struct{ field, typed, held, raw string }{
		{"deadline", "2022年11月", "2022年11月", "44866"}, // the column holds first days
		{"deadline", "12月底", "2022年12月", "44896"},
		{"deadline", "2022-11-15", "2022-11-15", "44880"},
		{"code", "12", "ZW-012", "12"},
		{"code", "1234", "ZW-1234", "1234"},
		{"code", "ZW-013", "ZW-013", "13"},
	} {
		change(t, s, "编制公开目录", c.field, c.typed)
		if log, err := s.Log(context.Background(), LogOptions{Max: 1}); err != nil || log[0].Source != SourceTerminal ||
			log[0].Changes[0].To != c.held {
			t.Errorf("%s typed as %s: %v, the last of the history is %+v", c.field, c.typed, err, log)
		}
		task := s.Snapshot().Ledger.Task(taskID(t, s, "编制公开目录"))
		if got := task.Table.Get(task.Row, c.field); got != c.held {
			t.Errorf("%s typed as %s is kept as %s", c.field, c.typed, got)
		}
		col := map[string]int{"deadline": 4, "code": 9}[c.field]
		if got := raw(t, path, cell(col, 7)); got != c.raw {
			t.Errorf("%s typed as %s is stored as %s", c.field, c.typed, got)
		}
		if r := pass(t, s); len(r.Changes) > 0 {
			t.Errorf("%s %s: read as a change: %+v", c.field, c.typed, r.Changes)
		}
	}
}

// raw is a cell as it is stored.
func raw(t *testing.T, path, at string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := f.GetCellValue("台账", at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if kind, _ := f.GetCellType("台账", at); kind == excelize.CellTypeSharedString ||
		kind == excelize.CellTypeInlineString {
		return "text " + v
	}
	return v
}

// Line ends are line feeds, as Excel stores them, whatever was typed or pasted; the
// text is otherwise as it was.
func TestCarriageReturnsAreLineEnds(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "progress", "一\r\n二\r三\n四\t五")
	if got := progress(t, s, "编制公开目录"); got != "一\n二\n三\n四\t五" {
		t.Errorf("kept as %q", got)
	}
	if got := at(t, path, "编制公开目录", "进展情况"); got != "一\n二\n三\n四\t五" {
		t.Errorf("written as %q", got)
	}
	// A program that stores them as CR LF has changed nothing.
	office(t, path, func(f *excelize.File) {
		setCell(t, f, "编制公开目录", "进展情况", strings.ReplaceAll("一\n二\n三\n四\t五", "\n", "\r\n"))
	})
	if r := pass(t, s); len(r.Changes) > 0 {
		t.Errorf("%+v", r.Changes)
	}
	if _, err := s.Change(context.Background(), []Edit{{Task: taskID(t, s, "编制公开目录"), Field: "progress",
		Value: "一\n二\n三\n四\t五", Seen: Saw("一\n二\n三\n四\t五")}}); err != nil || s.Snapshot().Conflicts != nil {
		t.Error(err, s.Snapshot().Conflicts)
	}
}

// A column of truth values refuses a state between them in words of its own: it has
// no drop-down list.
func TestYesOrNoRefusesAStateBetween(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "E2", "是否完成")
		for i := range 6 {
			f.SetCellBool("台账", cell(5, 3+i), i%2 == 0)
		}
	})
	s := openAs(t, path, "王")
	_, err := s.Change(context.Background(), []Edit{{Task: taskID(t, s, "编制公开目录"), Field: "status", Value: "正在推进"}})
	if err == nil || strings.Contains(err.Error(), "drop-down") || !strings.Contains(err.Error(), "yes or no") {
		t.Error(err)
	}
	change(t, s, "编制公开目录", "status", "否")
	if got := at(t, path, "编制公开目录", "是否完成"); got != "FALSE" {
		t.Error(got)
	}
}
