package tui

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// office is a workbook as an office keeps one, made by another library: every
// kind of column that a task table can have.
func office(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	const s = "Sheet1"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetCellStr(s, "A1", "2022年重点任务台账"))
	must(f.MergeCell(s, "A1", "P1"))
	for i, row := range [][]any{
		{"序号", "重点领域", "重点任务", "具体要求", "牵头单位", "配合单位", "责任人", "联系电话", "完成时限", "完成状态", "进展情况", "实际完成时间", "投入经费（万元）",
			"是否上报", "综合得分", "备注"},
		{1, "一、主动公开", "目录更新", "按季更新", "党政办公室", "财政分局", "王芳", "01055500101", "2022年6月底前", "推进中", "已起草", "", 12.5, "否"},
		{2, "", "政策解读", "同步发布", "财政分局", "", "李强", "01055500102", time.Date(2022, 9, 30, 0, 0, 0, 0, time.UTC), "未启动",
			"", "", 3, "否"},
		{3, "二、平台建设", "网站维护", "每月检查", "党政办公室", "", "赵敏", "01055500103", "每月25日前", "推进中", "", "", 8, "是"},
	} {
		must(f.SetSheetRow(s, "A"+kit.Itoa(i+2), &row))
	}
	for _, r := range []string{"3", "4", "5"} {
		must(f.SetCellFormula(s, "O"+r, "M"+r+"*2"))
	}
	must(f.MergeCell(s, "B3", "B4"))
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	must(f.SetCellStyle(s, "I4", "I4", day))
	must(f.SetCellStyle(s, "L3", "L5", day))
	for at, words := range map[string][]string{"J3:J5": {"未启动", "推进中", "已完成", "长期坚持"}, "N3:N5": {"是", "否"}} {
		v := excelize.NewDataValidation(true)
		v.SetSqref(at)
		must(v.SetDropList(words))
		must(f.AddDataValidation(s, v))
	}
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	must(f.SaveAs(path))
	must(f.Close())
	return path
}

// newDeskAt is a dashboard on a workbook, with the real sync behind it.
func newDeskAt(t *testing.T, path string, w, h int) (*desk, *syncer.Session) {
	t.Helper()
	s, err := syncer.Open(context.Background(), path, syncer.Options{Ledger: ledger.Options{Today: today},
		Author: "协调人"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := &desk{t: t, clock: time.Date(2022, 9, 20, 9, 0, 0, 0, time.Local)}
	d.r = newRoot(context.Background(), s, Options{}, text.Apply(false), func() time.Time { return d.clock })
	t.Cleanup(func() { d.r.stop() })
	d.r.rest, d.r.jobs.tick = 0, true
	d.r.w, d.r.h = w, h
	d.do(d.r.took(s.Snapshot()))
	return d, s
}

// Field opens the editor of a field of the nth task, with the arrows and Enter.
func (d *desk) Field(task int, name string) {
	d.t.Helper()
	d.r.dialogs = nil
	d.keys("f2", "home")
	for range task - 1 {
		d.keys("down")
	}
	d.keys("enter")
	for range 40 {
		for _, l := range strings.Split(d.screen(), "\n") {
			if _, rest, ok := strings.Cut(l, "│ > "); ok && strings.HasPrefix(rest, name+" ") {
				d.keys("enter")
				return
			}
		}
		d.keys("down")
	}
	d.t.Fatalf("no field %s:\n%s", name, d.screen())
}

// chosen takes a line of a list, with the arrows and Enter.
func (d *desk) chosen(word string) {
	d.t.Helper()
	d.keys("home")
	for range 20 {
		if strings.Contains(d.screen(), "> "+word+" ") {
			d.keys("enter")
			return
		}
		d.keys("down")
	}
	d.t.Fatalf("%s cannot be chosen:\n%s", word, d.screen())
}

// Every kind of field is edited as a person does it, and what then stands in the
// workbook is read by another library: text, long text, dates in words and in
// figures, what is no date, choices from a drop-down and from the ledger, a
// number, a telephone number with its nought, columns nobody knows, the part of
// a merged cell, a formula.
func TestEveryKindOfFieldReachesTheWorkbookAsItWasMeant(t *testing.T) {
	path := office(t)
	d, _ := newDeskAt(t, path, 100, 40)
	long := "已完成目录编制；\n正在征求各单位意见，\n“应公开尽公开”。"
	type step struct {
		task        int
		field       string
		typed       string // entered as text
		chosen      string // taken from the list
		says        string // what the screen says afterwards
		cell, holds string // as stored
		kind        excelize.CellType
	}
	const text, number = excelize.CellTypeInlineString, excelize.CellTypeUnset
	for _, s := range []step{
		{task: 1, field: "责任人", typed: "欧阳建国", says: "已保存", cell: "G3", holds: "欧阳建国", kind: text},
		{task: 1, field: "进展情况", typed: long, says: "已保存", cell: "K3", holds: long, kind: text},
		{task: 1, field: "完成时限", typed: "6月底", says: "已保存", cell: "I3", holds: "6月底", kind: text},
		{task: 2, field: "完成时限", typed: "2022-06-30", says: "已保存", cell: "I4", holds: "44742", kind: number},
		{task: 3, field: "完成时限", typed: "等通知再说", says: "无法识别", cell: "I5", holds: "等通知再说", kind: text},
		{task: 1, field: "完成状态", chosen: "已完成", says: "已保存", cell: "J3", holds: "已完成", kind: text},
		{task: 1, field: "牵头单位", chosen: "财政分局", says: "已保存", cell: "E3", holds: "财政分局", kind: text},
		{task: 3, field: "配合单位", typed: "各街道办事处", says: "已保存", cell: "F5", holds: "各街道办事处", kind: text},
		{task: 1, field: "联系电话", typed: "01055509999", says: "已保存", cell: "H3", holds: "01055509999", kind: text},
		{task: 1, field: "投入经费（万元）", typed: "20.75", says: "已保存", cell: "M3", holds: "20.75", kind: number},
		{task: 1, field: "是否上报", chosen: "是", says: "已保存", cell: "N3", holds: "是", kind: text},
		{task: 1, field: "实际完成时间", typed: "2022-9-19", says: "已保存", cell: "L3", holds: "44823", kind: number},
		{task: 2, field: "重点领域", typed: "一、公开目录", says: "与其他行合并", cell: "B3", holds: "一、主动公开",
			kind: excelize.CellTypeSharedString},
		{task: 2, field: "重点任务", typed: "政策解读材料", says: "已保存", cell: "C4", holds: "政策解读材料", kind: text},
		{task: 3, field: "责任人", typed: "", says: "已保存", cell: "G5", holds: "", kind: number},
	} {
		t.Run(s.field+kit.Itoa(s.task), func(t *testing.T) {
			d.t = t
			d.r.said.drop()
			d.Field(s.task, s.field)
			if s.chosen != "" {
				d.chosen(s.chosen)
			} else {
				d.keys("ctrl+u")
				for i, line := range strings.Split(s.typed, "\n") {
					if i > 0 {
						d.keys("enter")
					}
					d.typing(line)
				}
				d.keys("f10")
			}
			d.sees(s.says)
			f, err := excelize.OpenFile(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			got, err := f.GetCellValue("Sheet1", s.cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			kind, _ := f.GetCellType("Sheet1", s.cell)
			if got != s.holds || kind != s.kind {
				t.Errorf("%s holds %q (type %v), want %q (%v)\n%s", s.cell, got, kind, s.holds, s.kind, d.screen())
			}
		})
	}
	d.t = t

	d.Field(1, "综合得分")
	d.sees("公式算出，不能在这里改")
	if len(d.r.dialogs) != 1 {
		t.Error("a formula is offered for editing")
	}

	// The cell merged over two tasks changes with both of them.
	d.r.dialogs = nil
	d.keys("home", "space", "space")
	d.Field(1, "重点领域")
	d.keys("ctrl+u")
	d.typing("一、公开目录")
	d.keys("f10")
	d.sees("已保存")

	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue("Sheet1", "B3"); got != "一、公开目录" {
		t.Errorf("the merged cell holds %q", got)
	}
	merged, err := f.GetMergeCells("Sheet1")
	if err != nil || len(merged) != 2 {
		t.Errorf("merged cells: %v %v", merged, err)
	}
	for _, row := range []string{"3", "4", "5"} {
		if formula, _ := f.GetCellFormula("Sheet1", "O"+row); formula != "M"+row+"*2" {
			t.Errorf("the formula of row %s is %q", row, formula)
		}
		m, _ := f.GetCellValue("Sheet1", "M"+row)
		o, _ := f.GetCellValue("Sheet1", "O"+row)
		from, _ := strconv.ParseFloat(m, 64)
		got, err := strconv.ParseFloat(o, 64)
		p, _ := f.GetCalcProps()
		if onOpening := p.FullCalcOnLoad != nil && *p.FullCalcOnLoad; o != "" && !onOpening &&
			(err != nil || got != 2*from) {
			t.Errorf("the formula of row %s has the result %q and is not calculated on opening", row, o)
		}
	}
	if choices, err := f.GetDataValidations("Sheet1"); err != nil || len(choices) != 2 {
		t.Errorf("drop-downs: %v %v", choices, err)
	}
}

// odd is what cells of real workbooks hold and screens do not show.
const odd = "\u3000\u3000第1\ufe0f\u20e3步\t❤\ufe0f\u00a0می\u200cخواهم\r\nᠭᠣᠯ\u180e葛\U000e0100城区 "

// A letter typed at the end of a value leaves everything else in the cell as it
// was, whichever way it is typed.
func TestEditorsAlterNothingElse(t *testing.T) {
	for field, keys := range map[string][]string{
		"progress": {"p"}, "remark": {"n"}, "owner": {"o"}, "deadline": {"d"}, "title": nil,
	} {
		tabs := tables(3)
		tabs[0].Rows[0].Values[tabs[0].Index(field)] = odd
		d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, 80, 24)
		d.keys("2", "home")
		if keys == nil {
			d.r.edit([]string{"t0"}, field, false)
		}
		d.keys(keys...)
		d.whole()
		d.keys("x")
		d.whole()
		d.keys("backspace", "f10")
		d.keys("esc")
		if len(d.f.edits) != 0 {
			t.Errorf("%s: a letter typed and deleted is an edit: %+v", field, d.f.edits)
		}
		if keys == nil {
			d.r.edit([]string{"t0"}, field, false)
		}
		d.keys(keys...)
		d.keys("x", "f10")
		if len(d.f.edits) != 1 || d.f.edits[0].Value != odd+"x" {
			t.Errorf("%s: %+v, want %q", field, d.f.edits, odd+"x")
		}
	}
}

// What is pasted reaches the ledger as it is; a choice is written as the list
// has it, not as it is drawn.
func TestPastedAndChosenValuesAreKept(t *testing.T) {
	tabs := tables(3)
	choice := "已完成\ufe0f\u00a0（√）"
	tabs[0].Columns[9].Choices = []string{"未启动", choice}
	d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, 80, 24)
	d.keys("2", "home", "n")
	d.send(tea.PasteMsg{Content: odd})
	d.keys("f10", "s", "end", "enter")
	var got []string
	for _, e := range d.f.edits {
		got = append(got, e.Value)
	}
	want := []string{strings.ReplaceAll(odd, "\r\n", "\n"), choice}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
