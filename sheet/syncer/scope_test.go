package syncer

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

// sheetBook makes a workbook of one sheet: a title, headings, and rows, each written
// with "|" between its cells.
func sheetBook(t testing.TB, path, title, heads string, rows ...string) string {
	t.Helper()
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "台账")
	f.SetCellStr("台账", "A1", title)
	n := strings.Count(heads, "|") + 1
	f.MergeCell("台账", "A1", cell(n, 1))
	for r, line := range append([]string{heads}, rows...) {
		for c, v := range strings.Split(line, "|") {
			f.SetCellStr("台账", cell(c+1, r+2), v)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

const codedHeads, plainHeads = "任务编号|重点任务|牵头单位|完成状态|进展情况", "序号|重点任务|牵头单位|完成状态|进展情况"

var codedRows = []string{"001|公开财政预决算|财政局|推进中|", "002|公开教育收费标准|教育局|推进中|已报局长审定", "004|发布水质月报|环保分局|推进中|"}

// unitCopy is a copy as split makes it and its unit returns it.
func unitCopy(t testing.TB, o Original, unit, heads string, rows ...string) string {
	t.Helper()
	path := sheetBook(t, filepath.Join(t.TempDir(), "台账-"+unit+".xlsx"), "2022年政务公开工作台账", heads, rows...)
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range map[string]string{StampLedger: o.ID, StampRevision: o.Revision, StampScope: unit} {
		if err := wb.SetProperty(k, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := wb.Save(); err != nil {
		t.Fatal(err)
	}
	return path
}

// lines is what the ledger holds, one task a line: code or number, title, lead, progress.
func lines(s *Session) (out []string) {
	for _, x := range s.Snapshot().Ledger.Tasks {
		id := x.Code
		if id == "" {
			id = x.Number
		}
		out = append(out, strings.Join([]string{id, x.Title, x.Lead, x.Progress}, "|"))
	}
	return out
}

// A copy speaks only of the rows that it was given: a row that it adds is never one
// of another unit's, whatever code, title or words it bears.
func TestACopyNeverReplacesARowThatItWasNotGiven(t *testing.T) {
	plain := []string{"1|公开财政预决算|财政局|推进中|", "2|公开教育收费标准|教育局|推进中|已报局长审定", "3|发布水质月报|环保分局|推进中|"}
	const mine, theirs = "001|公开财政预决算|财政局|已完成|已公开", "1|公开财政预决算|财政局|已完成|已公开"
	for _, c := range []struct {
		name    string
		coded   bool
		copy    []string // rows of the returned copy of 财政局
		adds    int
		asks    int
		doubled bool // check warns of a code that stands twice
	}{
		{"the code of another's row", true, []string{mine, "002|清理政府债务信息|财政局|推进中|已清理"}, 1, 0, true},
		{"its code and its title", true, []string{mine, "002|公开教育收费标准|财政局|推进中|已清理"}, 1, 0, true},
		{"its code and a title much like it", true, []string{mine, "002|公开教育收费的标准|财政局|推进中|已清理"}, 1, 0, true},
		{"its title", false, []string{theirs, "2|公开教育收费标准|财政局|推进中|已清理"}, 1, 0, false},
		{"a title much like it", false, []string{theirs, "2|公开教育收费的标准|财政局|推进中|已清理"}, 1, 0, false},
		{"its title, and the own row gone", false, []string{"1|公开教育收费标准|财政局|推进中|已清理"}, 0, 1, false},
		{"its very name, and other words", true, []string{mine, "002|公开教育收费标准|教育局|已完成|财政局代填"}, 0, 1, false},
		{"its very name, without codes", false, []string{theirs, "2|公开教育收费标准|教育局|已完成|财政局代填"}, 0, 1, false},
		{"the whole row as it was", true, []string{mine, "002|公开教育收费标准|教育局|推进中|已报局长审定"}, 0, 0, false},
		{"the own row under another's code", true, []string{"002|公开财政预决算|财政局|已完成|已公开"}, 0, 0, true},
		{"a new row above and all renumbered", true, []string{"001|清理政府债务信息|财政局|推进中|", "002|公开财政预决算|财政局|已完成|已公开"}, 1, 0,
			true},
	} {
		for _, stamped := range []string{"stamped", "without a stamp", "merge --unit"} {
			if stamped == "without a stamp" && strings.HasPrefix(c.name, "its very name") {
				continue // nobody knows that it was not given that row
			}
			t.Run(c.name+", "+stamped, func(t *testing.T) {
				heads, rows := plainHeads, plain
				if c.coded {
					heads, rows = codedHeads, codedRows
				}
				s := openAs(t, sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", heads, rows...),
					"王")
				pass(t, s)
				o := round(t, s, "财政局")
				var file string
				opt := MergeOptions{}
				switch stamped {
				case "stamped":
					file = unitCopy(t, o, "财政局", heads, c.copy...)
				case "without a stamp":
					file = sheetBook(t, filepath.Join(t.TempDir(), "交回.xlsx"), "2022年政务公开工作台账", heads, c.copy...)
				default:
					file = sheetBook(t, filepath.Join(t.TempDir(), "交回.xlsx"), "2022年政务公开工作台账", heads, c.copy...)
					opt.Unit = "财政局"
				}
				r, err := s.Merge(context.Background(), []string{file}, opt)
				if err != nil {
					t.Fatal(err)
				}
				if r.Copies[0].Err != nil {
					t.Fatal(r.Copies[0].Err)
				}
				all := strings.Join(lines(s), "\n")
				if !strings.Contains(all, "公开教育收费标准|教育局|已报局长审定") {
					t.Errorf("another unit's row was replaced:\n%s", all)
				}
				if got := r.Copies[0]; len(got.Added) != c.adds || len(got.Asks) != c.asks {
					t.Errorf("added %d, asked %d:\n%s", len(got.Added), len(got.Asks), all)
				}
				doubled := false
				for _, p := range s.Snapshot().Ledger.Problems {
					doubled = doubled || p.Text.Key == "ledger.code_twice"
				}
				if doubled != c.doubled {
					t.Errorf("check warns of a doubled code: %v\n%s", doubled, all)
				}
			})
		}
	}
}

// Two units number their new rows alike: that is two rows.
func TestTwoUnitsAddTheSameCode(t *testing.T) {
	s := openAs(t, sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, codedRows...), "王")
	pass(t, s)
	o := round(t, s, "财政局", "教育局")
	a := unitCopy(t, o, "财政局", codedHeads, codedRows[0], "003|清理政府债务信息|财政局|推进中|财政进展")
	b := unitCopy(t, o, "教育局", codedHeads, codedRows[1], "003|公布招生划片范围|教育局|未启动|教育进展")
	c := unitCopy(t, o, "环保分局", codedHeads, codedRows[2], "003|清理政府债务信息|环保分局|未启动|环保进展")
	if r := merged(t, s, a, b, c); r.Conflicts > 0 ||
		len(r.Copies[0].Added)+len(r.Copies[1].Added)+len(r.Copies[2].Added) != 3 {
		t.Fatalf("%+v", r)
	}
	for _, want := range []string{"003|清理政府债务信息|财政局|财政进展", "003|公布招生划片范围|教育局|教育进展", "003|清理政府债务信息|环保分局|环保进展"} {
		if !slices.Contains(lines(s), want) {
			t.Errorf("%s is lost: %v", want, lines(s))
		}
	}
	// A unit that returns its copy again, further on, speaks of the row that it added.
	again := unitCopy(t, o, "财政局", codedHeads, codedRows[0], "003|清理政府债务信息|财政局|已完成|已经清理")
	if r := merged(t, s, again); len(r.Copies[0].Added) > 0 || len(lines(s)) != 6 || r.Conflicts == 0 {
		t.Errorf("%+v\n%v", r.Copies, lines(s))
	}
}

// Without a stamp and of nobody known: of a row under another unit's name and another
// row's code or title nobody can tell whether it is that row.
func TestAPartOfALedgerWithoutStamp(t *testing.T) {
	rows := append(slices.Clone(codedRows), "005|公布行政许可事项|审批局|推进中|", "006|编制公开目录|党政办|推进中|")
	path := sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, rows...)
	s := openAs(t, path, "王")
	pass(t, s)
	file := sheetBook(t, filepath.Join(t.TempDir(), "交回.xlsx"), "2022年政务公开工作台账", codedHeads,
		rows[0], rows[2], rows[3], "002|公开教育收费标准|财政局|已完成|财政局填")
	if r := merged(t, s, file); r.Copies[0].Err != nil || !slices.Contains(lines(s), "002|公开教育收费标准|教育局|已报局长审定") {
		t.Errorf("%+v\n%v", r.Copies, lines(s))
	}
}

// A copy of the whole ledger was given every row: who leads one may change there.
func TestAWholeLedgerSpeaksOfEveryRow(t *testing.T) {
	path := sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, codedRows...)
	s := openAs(t, path, "王")
	change(t, s, "发布水质月报", "progress", "一期")
	file := copyTo(t, path, "财政局.xlsx")
	office(t, file, func(f *excelize.File) { f.SetCellStr("台账", "C4", "财政局") })
	if r := merged(t, s, file); len(r.Copies[0].Asks) > 0 || !slices.Contains(lines(s), "002|公开教育收费标准|财政局|已报局长审定") {
		t.Errorf("%+v\n%v", r.Copies, lines(s))
	}
}

// Events go by their unit as tasks do.
func TestACopyNeverReplacesAnothersEvent(t *testing.T) {
	events := func(path string, rows ...string) string {
		office(t, path, func(f *excelize.File) {
			f.NewSheet("年度活动")
			for r, line := range append([]string{"类型|单位|日期|主题|备注"}, rows...) {
				for c, v := range strings.Split(line, "|") {
					f.SetCellStr("年度活动", cell(c+1, r+1), v)
				}
			}
		})
		return path
	}
	path := events(sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, codedRows...),
		"培训|财政局|2022-03-01|业务培训|", "培训|教育局|2022-04-01|业务培训|邀请专家")
	s := openAs(t, path, "王")
	pass(t, s)
	o := round(t, s, "财政局")
	file := events(unitCopy(t, o, "财政局", codedHeads, codedRows[0]),
		"培训|财政局|2022-03-01|业务培训|已办", "培训|财政局|2022-04-01|业务培训|自行组织")
	r := merged(t, s, file)
	var got []string
	for _, e := range s.Snapshot().Ledger.Events {
		got = append(got, strings.Join([]string{e.Unit, e.DateText, e.Remark}, "|"))
	}
	if len(got) != 3 || !slices.Contains(got, "教育局|2022-04-01|邀请专家") || !slices.Contains(got, "财政局|2022-04-01|自行组织") ||
		!slices.Contains(got, "财政局|2022-03-01|已办") {
		t.Errorf("%v, %+v", got, r.Copies)
	}
}
