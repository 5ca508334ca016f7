package syncer

import (
	"context"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// cells are the places of texts beside the tables, with what they say.
func cells(list []Beside) (out []string) {
	for _, b := range list {
		out = append(out, b.Cell+" "+b.What+" "+b.Said)
	}
	slices.Sort(out)
	return out
}

// Whatever somebody types in a copy outside its tables is told and stands in the log:
// a merge of tables has no place for it.
func TestWhatIsTypedBesideTheTableOfACopyIsTold(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "A11", "注：每月25日前报送")
		f.SetCellStr("台账", "K4", "旧批示")
		f.NewSheet("说明")
		f.SetCellStr("说明", "A1", "填报说明")
		f.SetCellFormula("说明", "A2", "=COUNTA(台账!B3:B8)")
		f.AddComment("台账", excelize.Comment{Cell: "B3", Text: "请抓紧"})
	})
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "x")
	file := copyTo(t, path, "财政局.xlsx")
	office(t, file, func(f *excelize.File) {
		f.SetCellStr("台账", "F4", "已公开")
		f.SetCellStr("台账", "K4", "局长已阅") // over a text that is known
		f.SetCellStr("台账", "K6", "旧批示")  // known beside another row
		f.SetCellStr("台账", "D12", "以上情况属实")
		f.SetCellStr("台账", "A11", "注：每月25日前报送（本月延期）")
		f.SetCellFormula("台账", "L5", "=1+1")
		f.SetCellStr("台账", "H2", "经办人")
		f.SetCellStr("说明", "A1", "填报说明")
		f.SetCellStr("说明", "C3", "联系张三")
		f.NewSheet("附加")
		f.SetCellStr("附加", "B2", "另附材料两份")
		f.AddComment("台账", excelize.Comment{Cell: "F5", Text: "这项有困难"})
		f.AddShape("台账", &excelize.Shape{Cell: "D20", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "框里的话"}}})
	})
	r := merged(t, s, file)
	want := []string{"A11  注：每月25日前报送（本月延期）", "B2  另附材料两份", "C3  联系张三", "D12  以上情况属实", "D20 shape 框里的话",
		"F5 comment 这项有困难", "H2 heading 经办人", "K4  局长已阅", "K6  旧批示", "L5 formula "}
	if got := cells(r.Copies[0].Beside); !slices.Equal(got, want) {
		t.Errorf("told %q\nwant %q", got, want)
	}
	if len(r.Copies[0].Changes) != 1 {
		t.Errorf("changes: %+v", r.Copies[0].Changes)
	}
	log, err := openAs(t, path, "李").Log(context.Background(), LogOptions{Max: 1})
	if err != nil || len(log) != 1 || !slices.Equal(cells(log[0].Beside), want) {
		t.Errorf("log: %+v, %v", log, err)
	}
	// The same note once more says nothing new.
	office(t, file, func(f *excelize.File) { f.SetCellStr("台账", "F4", "已全部公开") })
	if r := merged(t, s, file); len(r.Copies[0].Beside) > 0 || len(r.Copies[0].Changes) != 1 {
		t.Errorf("told again: %+v", r.Copies[0])
	}
}

// A copy that is as it was sent says nothing beside its tables, also if the ledger's
// footer was changed since.
func TestWhatWasSentOutIsNotToldWhenItReturns(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "A11", "注：截至6月30日")
		f.SetCellStr("台账", "K4", "旧批示")
	})
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "x")
	o, err := s.Original(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sent(context.Background(), o, []string{"财政局"}); err != nil {
		t.Fatal(err)
	}
	file := copyTo(t, path, "财政局.xlsx")
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "A11", "注：截至7月31日")
		f.SetCellStr("台账", "K4", "新批示")
	})
	pass(t, s)
	office(t, file, func(f *excelize.File) { f.SetCellStr("台账", "F4", "已公开") })
	if r := merged(t, s, file); len(r.Copies[0].Beside) > 0 || len(r.Copies[0].Changes) != 1 {
		t.Errorf("%+v", r.Copies[0])
	}
}

// A formula of a copy whose result the program did not keep replaces nothing, and is
// told.
func TestAFormulaWithoutResultOverATextIsTold(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) { f.SetCellFormula("台账", "H3", "=B3") }) // the ledger's own
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "progress", "已公开三项")
	file := copyTo(t, path, "财政局.xlsx")
	office(t, file, func(f *excelize.File) {
		f.SetCellFormula("台账", "F4", `=B4&"：已办"`)
		f.SetCellFormula("台账", "H3", "=B3")
	})
	r := merged(t, s, file)
	u := r.Copies[0].Untyped
	if len(u) != 1 || !u[0].Formula || u[0].Cell != "F4" || u[0].Kept != "已公开三项" || len(r.Copies[0].Changes) > 0 {
		t.Errorf("%+v", r.Copies[0])
	}
}

// Of two notes in one place, that of the copy is told and that of the ledger's
// workbook stays what it is.
func TestANoteWhereTheLedgerHasAnotherIsTold(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "J5", "旧批示") })
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "x")
	file := copyTo(t, path, "财政局.xlsx")
	office(t, file, func(f *excelize.File) {
		f.SetCellStr("台账", "J4", "局长已阅")
		f.SetCellStr("台账", "I6", "紧挨着表的话")
	})
	r := merged(t, s, file)
	if got := cells(r.Copies[0].Beside); !slices.Equal(got, []string{"J4  局长已阅"}) || r.Conflicts > 0 || r.Waiting {
		t.Errorf("%q, %d conflicts, waits %v", got, r.Conflicts, s.Snapshot().Waiting)
	}
	rows := grid(t, path)
	if len(rows[3]) > 8 && rows[3][8]+rows[3][9] != "" || rows[4][9] != "旧批示" || rows[5][8] != "紧挨着表的话" {
		t.Errorf("the workbook says %q", rows[2:7])
	}
}
