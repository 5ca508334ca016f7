package table

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table/tabletest"
)

// plainSheet is one sheet of hand-made cells.
type plainSheet struct {
	plain
	sheet *ooxml.Sheet
}

func (p plainSheet) Cell(_ string, at a1.Ref) (ooxml.Cell, error) {
	c, _ := p.sheet.Cell(at)
	return c, nil
}

func TestValuesAreStoredAsTheirColumnHoldsThem(t *testing.T) {
	s := plainSheet{sheet: &ooxml.Sheet{Cells: []ooxml.Cell{
		{Ref: a1.Ref{Row: 1, Col: 1}, Kind: ooxml.Text, Value: "x"},
		{Ref: a1.Ref{Row: 1, Col: 2}, Kind: ooxml.Number, Value: "5"},
		{Ref: a1.Ref{Row: 1, Col: 3}, Kind: ooxml.Number, Value: "0.5", Style: 9},
		{Ref: a1.Ref{Row: 1, Col: 4}, Kind: ooxml.Number, Value: "44742", Style: 14},
		{Ref: a1.Ref{Row: 1, Col: 5}, Kind: ooxml.Bool, Value: "1"},
		{Ref: a1.Ref{Row: 1, Col: 6}, Style: 9},
	}}}
	const text, number, percent, date, truth, blankPercent = 1, 2, 3, 4, 5, 6
	for _, tt := range []struct {
		col    int
		format Format
		in     string
		kind   ooxml.Kind
		out    string
	}{
		{text, AsText, "2022-06-30", ooxml.Text, "2022-06-30"},
		{text, AsText, "5", ooxml.Text, "5"},
		{text, AsDate, "2022-06-30", ooxml.Date, "2022-06-30"},
		{text, AsDate, "２０２２年６月３０日", ooxml.Date, "2022-06-30"},
		{text, AsDate, "2022-02-30", ooxml.Text, "2022-02-30"},
		{text, AsDate, "6月底前", ooxml.Text, "6月底前"},
		{date, AsText, "2022.7.1", ooxml.Date, "2022-07-01"},
		{number, AsText, "7", ooxml.Number, "7"},
		{number, AsNumber, "-7.25", ooxml.Number, "-7.25"},
		{number, AsNumber, "007", ooxml.Text, "007"},
		{number, AsNumber, "60%", ooxml.Text, "60%"},
		{number, AsNumber, "1e5", ooxml.Text, "1e5"},
		{number, AsNumber, "约7", ooxml.Text, "约7"},
		{number, AsNumber, "110101199001010012", ooxml.Text, "110101199001010012"},
		{percent, AsNumber, "60%", ooxml.Number, "0.6"},
		{percent, AsNumber, "100%", ooxml.Number, "1"},
		{percent, AsNumber, "5%", ooxml.Number, "0.05"},
		{percent, AsNumber, "80", ooxml.Number, "0.8"},
		{percent, AsText, "80", ooxml.Number, "0.8"},
		{blankPercent, AsText, "80", ooxml.Number, "0.8"},
		{blankPercent, AsText, "约80", ooxml.Text, "约80"},
		{number, AsNumber, "85.50", ooxml.Number, "85.5"},
		{number, AsNumber, "1,200", ooxml.Number, "1200"},
		{number, AsNumber, "１，２００．５", ooxml.Number, "1200.5"},
		{text, AsNumber, "1,200", ooxml.Number, "1200"},
		{text, AsText, "1,200", ooxml.Text, "1,200"},
		{truth, AsText, "否", ooxml.Bool, "0"},
		{truth, AsBool, "TRUE", ooxml.Bool, "1"},
		{text, AsBool, "是", ooxml.Bool, "1"},
		{text, AsBool, "办理中", ooxml.Text, "办理中"},
		{text, AsText, "是", ooxml.Text, "是"},
		{number, AsNumber, "", ooxml.Blank, ""},
		{number, AsNumber, "=1+1", ooxml.Text, "=1+1"},
	} {
		v, err := valueFor(s, &Table{Columns: []Column{{Format: tt.format}}}, a1.Ref{Row: 1, Col: tt.col}, 0, tt.in)
		if err != nil {
			t.Fatal(err)
		}
		out := v.Text
		if v.Kind == ooxml.Date {
			out = v.Time.Format("2006-01-02")
		}
		if v.Kind != tt.kind || out != tt.out {
			t.Errorf("%q in column %d: kind %d %q, want %d %q", tt.in, tt.col, v.Kind, out, tt.kind, tt.out)
		}
	}
}

// open reads a ledger of the collection, or the bytes of one.
func open(t *testing.T, name string, data []byte) (*ooxml.Workbook, *Found) {
	t.Helper()
	var wb *ooxml.Workbook
	var err error
	for _, w := range tabletest.Load(t) {
		if w.Name == name && data == nil {
			wb, err = ooxml.Open(w.Path, ooxml.Options{})
		}
	}
	if data != nil {
		wb, err = ooxml.Read(name, data, ooxml.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	found, err := Find(wb, testSchemas())
	if err != nil {
		t.Fatal(err)
	}
	return wb, found
}

// reopen saves the waiting edits to memory and reads them again.
func reopen(t *testing.T, wb *ooxml.Workbook) *Found {
	t.Helper()
	data, err := wb.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	_, found := open(t, wb.Path(), data)
	return found
}

func row(t *testing.T, tb *Table, n int) *Row {
	t.Helper()
	for i := range tb.Rows {
		if tb.Rows[i].Row == n {
			return &tb.Rows[i]
		}
	}
	t.Fatalf("row %d is not data", n)
	return nil
}

// TestWriteChangesOneValueAndNothingElse writes one value into every cell of
// every ledger that may be written, and reads all of them again.
func TestWriteChangesOneValueAndNothingElse(t *testing.T) {
	for _, w := range tabletest.Load(t) {
		wb, found := open(t, w.Name, nil)
		type cell struct{ table, row, column int } // by position: 完成情况 may become another field
		want := map[cell]string{}
		for k, tb := range found.Tables {
			for _, r := range tb.Rows {
				for p, c := range tb.Columns {
					at := cell{k, r.Row, p}
					want[at] = r.Values[p]
					if (r.Row+c.Col)%3 != 0 || tb.Place.Formulas[a1.Ref{Row: r.Row, Col: c.Col}] ||
						len(tb.Shared(r.Row, c.Key)) > 1 || c.Key == "number" {
						continue
					}
					switch c.Format {
					case AsDate:
						want[at] = "2031-12-24"
					case AsNumber:
						want[at] = c.Shown("77")
					case AsBool:
						want[at] = "FALSE"
					default:
						want[at] = "改后的内容"
					}
					if err := Write(wb, tb, r.Row, c.Key, want[at]); err != nil {
						t.Fatalf("%s: %v: %v", w.Name, at, err)
					}
				}
			}
		}
		again := reopen(t, wb)
		if len(again.Tables) != len(found.Tables) {
			t.Fatalf("%s: %d tables, then %d", w.Name, len(found.Tables), len(again.Tables))
		}
		for at, v := range want {
			tb := again.Tables[at.table]
			if got := row(t, tb, at.row).Values[at.column]; got != v {
				t.Errorf("%s: table %d row %d column %d is %q, want %q", w.Name, at.table, at.row, at.column, got, v)
			}
		}
	}
}

func TestASharedCellIsWrittenOnlyKnowingly(t *testing.T) {
	wb, found := open(t, "zwgk-openpyxl", nil)
	tb := found.Tables[0]
	if err := Write(wb, tb, 7, "lead", "财政局"); !errors.Is(err, ErrShared) {
		t.Fatalf("Write gave %v, want ErrShared", err)
	}
	if wb.Dirty() {
		t.Fatal("the refused write left an edit")
	}
	if err := WriteShared(wb, tb, 7, "lead", "财政局"); err != nil {
		t.Fatal(err)
	}
	tb = reopen(t, wb).Tables[0]
	for _, n := range []int{6, 7} {
		if got := tb.Get(row(t, tb, n), "lead"); got != "财政局" {
			t.Errorf("lead of row %d is %q", n, got)
		}
	}
	if err := Write(wb, tb, 6, "nonsense", "x"); !errors.Is(err, ErrNoColumn) {
		t.Errorf("an unknown column gave %v", err)
	}
}

func TestAFormulaIsNeverOverwritten(t *testing.T) {
	wb, found := open(t, "ducha-xlsxwriter", nil)
	if err := Write(wb, found.Tables[0], 7, "number", "9"); !errors.Is(err, ooxml.ErrFormula) {
		t.Errorf("writing over =ROW()-6 gave %v, want ErrFormula", err)
	}
}

func TestAppendUsesPreparedRowsThenAddsAboveTheFooter(t *testing.T) {
	wb, found := open(t, "minsheng-excelize", nil)
	tb := found.Tables[0]
	want := []int{9, 10, 11, 12}
	for i, at := range want {
		n, err := Append(wb, tb, map[string]string{"number": "99", "title": "新事项", "deadline": "11月底前",
			"status": "推进中"})
		if err != nil {
			t.Fatal(err)
		}
		if n != at {
			t.Fatalf("row %d of the new ones is %d, want %d", i, n, at)
		}
	}
	tb = reopen(t, wb).Tables[0]
	if got := rowsOf(tb); got != "4 5 6 7 8 9 10 11 12" || len(tb.Place.Blank) != 0 {
		t.Fatalf("data rows %s, blank %v", got, tb.Place.Blank)
	}
	for _, tt := range []struct {
		row         int
		key, expect string
	}{
		{9, "number", "６"}, {11, "number", "８"}, {12, "number", "99"}, // prepared rows keep their number
		{9, "title", "新事项"}, {12, "status", "推进中"}, {12, "deadline", "11月底前"}, {8, "title", "独居老人安装烟感"},
	} {
		if got := tb.Get(row(t, tb, tt.row), tt.key); got != tt.expect {
			t.Errorf("%s of row %d is %q, want %q", tt.key, tt.row, got, tt.expect)
		}
	}
	if tb.Place.Footer != 14 {
		t.Errorf("the footer is in row %d, want 14", tb.Place.Footer)
	}
}

// TestAppendToEveryLedger adds two rows to every table; each must come back as
// a data row with all the others as they were, or be refused with nothing changed.
func TestAppendToEveryLedger(t *testing.T) {
	added := 0
	for _, w := range tabletest.Load(t) {
		_, found := open(t, w.Name, nil)
		for k := range found.Tables {
			wb, found := open(t, w.Name, nil)
			tb := found.Tables[k]
			values, number := map[string]string{}, ""
			for p, c := range tb.Columns {
				switch {
				case c.Field == NumberField:
					number = c.Key
					values[c.Key] = "90"
				case c.Format == AsNumber && strings.HasSuffix(tb.Rows[0].Values[p], "%"):
					values[c.Key] = "77%"
				case c.Format == AsDate:
					values[c.Key] = "2031-12-24"
				case c.Format == AsNumber:
					values[c.Key] = "77"
				case c.Choices != nil:
					values[c.Key] = c.Choices[0]
				default:
					values[c.Key] = "新增内容"
				}
			}
			before := len(tb.Rows)
			var rows []int
			for range 2 {
				n, err := Append(wb, tb, values)
				if err != nil {
					if len(rows) == 0 && wb.Dirty() {
						t.Errorf("%s %s: refused, but changed: %v", w.Name, tb.Sheet, err)
					}
					t.Logf("%s %s: %v", w.Name, tb.Sheet, err)
					break
				}
				rows = append(rows, n)
			}
			again := reopen(t, wb)
			if len(again.Tables) != len(found.Tables) {
				t.Errorf("%s: %d tables, then %d", w.Name, len(found.Tables), len(again.Tables))
				continue
			}
			now := again.Tables[k]
			if len(now.Rows) != before+len(rows) {
				t.Errorf("%s %s: %d rows and %d new ones became %d", w.Name, tb.Sheet, before, len(rows), len(now.Rows))
				continue
			}
			for i := range found.Tables[k].Rows {
				for p, v := range tb.Rows[i].Values {
					if got := now.Rows[i].Values[p]; got != v {
						t.Errorf("%s %s: row %d column %d was %q, is %q", w.Name, tb.Sheet, tb.Rows[i].Row, p, v, got)
					}
				}
			}
			for _, n := range rows {
				added++
				r := row(t, now, n)
				if number != "" && now.Get(r, number) == "" && !now.Place.Formulas[a1.Ref{Row: n,
					Col: now.Columns[now.Index(number)].Col}] {
					t.Errorf("%s %s: new row %d has no number", w.Name, tb.Sheet, n)
				}
				for p, c := range tb.Columns {
					if v := values[c.Key]; c.Key != number && r.Values[p] != v {
						t.Errorf("%s %s: new row %d %s is %q, want %q", w.Name, tb.Sheet, n, c.Key, r.Values[p], v)
					}
				}
			}
		}
	}
	if added < 20 {
		t.Errorf("only %d rows could be added in all", added)
	}
}

// What a person types reads as its column shows it, so that reading the workbook
// again finds what was written. Numbers that count rows stay as they are typed.
func TestWhatIsTypedReadsAsItsColumnShowsIt(t *testing.T) {
	for _, c := range []struct {
		col      Column
		in, want string
	}{
		{Column{Format: AsNumber, Percent: true}, "80", "80%"}, {Column{Percent: true}, "0.8", "80%"},
		{Column{Format: AsNumber, Percent: true}, "约80", "约80"},
		{Column{Format: AsNumber}, "85.50", "85.5"}, {Column{Format: AsNumber, Places: 2}, "85.5", "85.50"},
		{Column{Format: AsNumber}, "1,200", "1200"}, {Column{}, "85.50", "85.50"},
		{Column{Format: AsNumber, Field: NumberField}, "1.10", "1.10"},
		{Column{Format: AsNumber, Field: "code"}, "2.10", "2.10"},
		{Column{Format: AsBool}, "是", "TRUE"}, {Column{Format: AsBool}, "no", "FALSE"},
		{Column{Format: AsBool}, "办理中", "办理中"}, {Column{}, "是", "是"},
	} {
		if got := c.col.Shown(c.in); got != c.want {
			t.Errorf("%q in %+v: %q, want %q", c.in, c.col, got, c.want)
		}
	}
}

// A formula that only the last row has is that row's own: what is typed for a new
// row stands there. One that the rows share goes on.
func TestAFormulaOfOneRowDoesNotRefuseWhatIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		formulas []int
		goesOn   bool
	}{
		"none": {nil, false}, "the last row": {[]int{4}, false}, "all rows": {[]int{2, 3, 4}, true},
		"not the last": {[]int{2, 3}, false},
	} {
		f := excelize.NewFile()
		defer f.Close()
		rows := [][]any{{"序号", "重点任务", "牵头单位", "完成时限"}, {1, "甲", "财政局", "6月底前"}, {2, "乙", "教育局", "7月底前"},
			{3, "丙", "财政局", "8月底前"}}
		for i, row := range rows {
			if err := f.SetSheetRow("Sheet1", a1.At(i+1, 1).String(), &row); err != nil {
				t.Fatal(err)
			}
		}
		for _, n := range c.formulas {
			if err := f.SetCellFormula("Sheet1", a1.At(n, 4).String(), fmt.Sprintf("A%d+1", n)); err != nil {
				t.Fatal(err)
			}
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		wb, found := open(t, name, buf.Bytes())
		tb := found.Tables[0]
		got, err := GoesOn(wb, tb, tb.Columns[3].Key)
		if err != nil || got != c.goesOn {
			t.Errorf("%s: goes on %v, %v", name, got, err)
		}
		if _, err := Append(wb, tb, map[string]string{tb.Columns[1].Key: "丁", tb.Columns[3].Key: "9月底前"}); err != nil {
			t.Fatal(err)
		}
		after := reopen(t, wb).Tables[0]
		last := &after.Rows[len(after.Rows)-1]
		if v := last.Values[3]; (v == "9月底前") == c.goesOn {
			t.Errorf("%s: the new row says %q", name, v)
		}
	}
}
