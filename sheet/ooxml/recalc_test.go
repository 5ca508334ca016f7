package ooxml_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/cached"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// calcBook has numbers in A1:A3, text in B1:B3, and formulas with the values
// that Excel gives them.
const calcRows = `<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>是</t></is></c>` +
	`<c r="C1"><f>SUM(A1:A3)</f><v>6</v></c>` +
	`<c r="D1"><f>C1*2</f><v>12</v></c>` +
	`<c r="E1"><f>COUNTIF(B:B,"是")</f><v>2</v></c>` +
	`<c r="F1" t="str"><f>IF(A1&gt;3,"多","少")</f><v>少</v></c>` +
	`<c r="G1"><f>A2+A3</f><v>999</v></c></row>` +
	`<row r="2"><c r="A2"><v>2</v></c><c r="B2" t="inlineStr"><is><t>否</t></is></c>` +
	`<c r="C2"><f>NOSUCH(A1)</f><v>7</v></c>` +
	`<c r="D2"><f>SUM(A1:A3)+0*1</f><v>5</v></c>` +
	`<c r="E2" t="b"><f>A1&gt;3</f><v>0</v></c>` +
	`<c r="F2"><f t="shared" ref="F2:F3" si="0">A2*10</f><v>20</v></c></row>` +
	`<row r="3"><c r="A3"><v>3</v></c><c r="B3" t="inlineStr"><is><t>是</t></is></c>` +
	`<c r="C3" t="e"><f>1/(A1-1)</f><v>#DIV/0!</v></c>` +
	`<c r="F3"><f t="shared" si="0"/><v>30</v></c></row>`

func TestDependentFormulas(t *testing.T) {
	for name, c := range map[string]struct {
		sets map[string]ooxml.Value
		want map[string]string // new cached values; "" for none
		full bool
	}{
		"number": {map[string]ooxml.Value{"A1": ooxml.NumberValue("10")}, map[string]string{
			"C1": "15", "D1": "30", "E1": "2", "F1": "多", "G1": "999", "E2": "1", "F2": "20", "F3": "30",
			"C2": "",   // no engine knows it
			"D2": "15", // whatever the file said
			"C3": "0.1111111111111111",
		}, true},
		"text, whole column": {map[string]ooxml.Value{"B2": ooxml.TextValue("是")}, map[string]string{
			"C1": "6", "D1": "12", "E1": "3", "F1": "少", "G1": "999", "E2": "0", "F2": "20", "F3": "30", "C2": "7",
			"D2": "5", "C3": "#DIV/0!",
		}, false},
		"a cell that nothing needs": {map[string]ooxml.Value{"H9": ooxml.TextValue("x")}, map[string]string{
			"C1": "6", "D1": "12", "E1": "2", "F1": "少", "G1": "999", "E2": "0", "F2": "20", "F3": "30", "C2": "7",
			"D2": "5", "C3": "#DIV/0!",
		}, false},
		"dependent of a shared formula": {map[string]ooxml.Value{"A3": ooxml.NumberValue("4")}, map[string]string{
			"C1": "7", "D1": "14", "E1": "2", "F1": "少", "G1": "6", "E2": "0", "F2": "20", "F3": "40", "C2": "7",
			"D2": "7", "C3": "#DIV/0!",
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := ooxml.Read("a.xlsx", simpleBook(t, calcRows), ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for cell, v := range c.sets {
				at, _ := a1.ParseRef(cell)
				if err := w.Set("Sheet1", at, v); err != nil {
					t.Fatal(err)
				}
			}
			data, err := w.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			again, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := again.Sheet("Sheet1")
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, cell := range sheet.Cells {
				if cell.Formula {
					got[cell.Ref.String()] = cell.Value
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
			if full := isMarked(t, again); full != c.full {
				t.Errorf("full calculation on load: %v, want %v", full, c.full)
			}
			if !c.full {
				ziptest.SameExcept(t, simpleBook(t, calcRows), data, []string{"xl/worksheets/sheet1.xml"}, nil)
			}
			again2, err := w.Bytes()
			if err != nil || !bytes.Equal(again2, data) {
				t.Errorf("asked again, the workbook is another: %v", err)
			}
		})
	}
}

// A new row takes part in the totals, and its computed columns are computed.
func TestNewRowIsCalculated(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>数</t></is></c></row>`
	for i, v := range []string{"2", "3", "4"} {
		n := string(rune('2' + i))
		rows += `<row r="` + n + `"><c r="A` + n + `"><v>` + v + `</v></c><c r="B` + n + `"><f>A` + n + `*10</f><v>` +
			v + `0</v></c></row>`
	}
	rows += `<row r="5"><c r="A5"><f>SUM(A2:A4)</f><v>9</v></c><c r="B5"><f>SUM(B2:B4)</f><v>90</v></c></row>`
	w, err := ooxml.Read("a.xlsx", simpleBook(t, rows), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	layout := ooxml.Layout{Sheet: "Sheet1", Columns: [2]int{1, 2}, FirstData: 2, LastData: 4, Footer: 5}
	if _, err := w.AddRow(layout, map[int]ooxml.Value{1: ooxml.NumberValue("5")}); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := ooxml.Read("a.xlsx", data, ooxml.Options{})
	sheet, err := again.Sheet("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"B5": "50", "A6": "14", "B6": "140"} {
		at, _ := a1.ParseRef(cell)
		if c, _ := sheet.Cell(at); c.Value != want || !c.Formula && cell != "A5" {
			t.Errorf("%s = %q (formula %v), want %q", cell, c.Value, c.Formula, want)
		}
	}
}

// Formulas that go in circles neither hang nor crash the save, and no value of
// theirs is left to stand.
func TestCircularFormulas(t *testing.T) {
	rows := `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>C1+A1</f><v>5</v></c><c r="C1"><f>B1+1</f><v>6</v></c><c r="D1"><f>D1</f><v>0</v></c></row>`
	w, err := ooxml.Read("a.xlsx", simpleBook(t, rows), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), ooxml.NumberValue("2")); err != nil {
		t.Fatal(err)
	}
	if got := sheetOf(t, w); strings.Contains(got, "<v>5</v>") || strings.Contains(got, "<v>6</v>") ||
		!strings.Contains(got, "<v>0</v>") {
		t.Errorf("got %s", got)
	}
}

// A workbook of so many formulas is not searched for those that depend on what
// was written: it is calculated when it is opened.
func TestTooManyFormulasToSearchAreCalculatedOnLoad(t *testing.T) {
	rows := `<row r="1"><c r="A1"><v>1</v></c></row>` + strings.Repeat(`<row><c><f>$A$1</f><v>1</v></c></row>`,
		cached.MaxFormulas+1)
	w, err := ooxml.Read("a.xlsx", simpleBook(t, rows), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), ooxml.NumberValue("2")); err != nil {
		t.Fatal(err)
	}
	again := written(t, w)
	if !isMarked(t, again) {
		t.Error("the formulas' old values stand, and nobody is told to calculate them")
	}
}

// afterEdit saves a workbook of one sheet, after one cell is set, and reads it.
func afterEdit(t *testing.T, book testBook, cell string, v ooxml.Value) (*ooxml.Workbook, map[string]string) {
	t.Helper()
	w := book.read(t)
	at, _ := a1.ParseRef(cell)
	if err := w.Set(book.sheets[0], at, v); err != nil {
		t.Fatal(err)
	}
	again := written(t, w)
	s, err := again.Sheet(book.sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, c := range s.Cells {
		if c.Formula {
			values[c.Ref.String()] = string("_ntbedp"[c.Kind]) + " " + c.Value
		}
	}
	return again, values
}

// isMarked reports whether the workbook is calculated when it is opened.
func isMarked(t *testing.T, w *ooxml.Workbook) bool {
	t.Helper()
	return strings.Contains(partOf(t, w, "xl/workbook.xml"), `fullCalcOnLoad="1"`)
}

// What an old result says is no proof: a file that was never calculated holds 0
// everywhere, and one that was edited by a program that cannot calculate anything.
func TestNoOldResultIsBelieved(t *testing.T) {
	text := func(ref, s string) string { return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	sheet := func(formulas ...string) testBook {
		row := ""
		for i, f := range formulas {
			row += `<c r="` + a1.At(1, i+4).String() + `"` + f + `</c>`
		}
		return oneSheet(`<sheetData><row r="1"><c r="A1"><v>5</v></c>` + text("B1", "未启动") + `<c r="C1"/>` + row +
			`</row>` +
			`<row r="2"><c r="A2"><v>7</v></c>` + text("B2", "已完成") + text("C2", "约七") +
			`</row><row r="3"><c r="A3"><v>-3</v></c></row></sheetData>`)
	}
	for name, c := range map[string]struct {
		book   testBook
		cell   string
		v      ooxml.Value
		want   string // of D1, E1, …
		marked bool
	}{
		"fresh, all 0": {sheet(`><f>SUMPRODUCT((B1:B3="已完成")*1)</f><v>0</v>`,
			`><f>D1*10</f><v>0</v>`), "B1", ooxml.TextValue("已完成"), "n 2|n 20", false},
		"a precedent that was never calculated": {sheet(`><f>A2*2</f><v>0</v>`, `><f>A1+D1</f><v>0</v>`), "A1",
			ooxml.NumberValue("1"), "n 0|n 15", false},
		"a precedent that is not known": {sheet(`><f>NOSUCH(A2)</f><v>9</v>`, `><f>A1+D1</f><v>14</v>`,
			` t="str"><f>E1&amp;"项"</f><v>14项</v>`), "A1", ooxml.NumberValue("1"), "n 9|_ |_ ", true},
		"emptied": {sheet(`><f>A1</f><v>5</v>`, ` t="str"><f>A1&amp;""</f><v>5</v>`,
			` t="b"><f>ISBLANK(A1)</f><v>0</v>`), "A1", ooxml.Value{}, "n 0|t |b 1", false},
		"number becomes text": {sheet(`><f>AVERAGE(A1:A3)</f><v>3</v>`, `><f>A1+1</f><v>6</v>`,
			`><f>SUM(A1:A3)</f><v>9</v>`), "A1", ooxml.TextValue("约五"), "n 2|e #VALUE!|n 4", false},
		"text becomes a number": {sheet(`><f>AVERAGE(B1:B2)</f>`, ` t="str"><f>B1</f><v>未启动</v>`), "B1",
			ooxml.NumberValue("80"), "n 80|n 80", false},
		"a text that may be one": {sheet(`><f>A1+1</f><v>6</v>`, `><f>COUNTIF(A1:A3,5)</f><v>1</v>`), "A1",
			ooxml.TextValue("５%"), "_ |_ ", true},
		"negative dates": {sheet(`><f>YEAR(A3-A1)</f><v>1900</v>`,
			` t="str"><f>TEXT(A3-A1,"yyyy-mm-dd")</f><v>x</v>`, `><f>A3-A1</f><v>0</v>`), "A1", ooxml.NumberValue("6"),
			"_ |_ |n -9", true},
		"a truth value is no 1": {sheet(`><f>SUM(A1:A3)</f><v>9</v>`), "A1", ooxml.Value{Kind: ooxml.Bool, Text: "1"},
			"_ ", true},
		"volatile": {sheet(`><f>OFFSET(A1,1,0)</f><v>7</v>`, `><f>D1+1</f><v>8</v>`), "C1",
			ooxml.TextValue("x"), "_ |_ ", true},
		"order of texts": {sheet(` t="b"><f>B1&gt;"甲"</f><v>1</v>`), "B1", ooxml.TextValue("乙"), "_ ", true},
		"in circles":     {sheet(`><f>SUM(D:D)+A1</f><v>5</v>`), "A1", ooxml.NumberValue("1"), "_ ", true},
		"array formula": {sheet(`><f t="array" ref="D1:E1">A1:B1</f><v>5</v>`, `><v>6</v>`,
			`><f>SUM(D1:E1)</f><v>11</v>`), "A1", ooxml.NumberValue("1"), "_ |_ |_ ", true},
		"what-if table": {sheet(`><f>A1*2</f><v>10</v>`,
			`><f t="dataTable" ref="E1:F1" dt2D="0" dtr="1" r1="C2"/><v>1</v>`, `><v>2</v>`, `><f>E1</f><v>1</v>`),
			"C2", ooxml.NumberValue("3"), "n 10|_ |_ |_ ", true},
		"the table's formula": {sheet(`><f>A1*2</f><v>10</v>`,
			`><f t="dataTable" ref="E1:F1" dt2D="0" dtr="1" r1="C2"/><v>1</v>`, `><v>2</v>`), "A1",
			ooxml.NumberValue("3"), "n 6|_ |_ ", true},
		"name relative to row": {sheet(`><f>同行</f><v>5</v>`,
			`><f>COUNTIF(同列,5)</f><v>1</v>`).named(
			`<definedName name="同行">S!$A1</definedName><definedName name="同列">S!A$1:A$3</definedName>`), "A1",
			ooxml.NumberValue("8"), "n 8|n 1", false},
		"text in an is element": {sheet(` t="inlineStr"><f>NOSUCH(A1)</f><is><t>旧</t></is>`,
			` t="inlineStr"><f>B2&amp;A1</f><is><t>旧</t></is>`), "A1", ooxml.NumberValue("8"), "_ |t 已完成8", true},
		"as shown": {sheet(`><f>A1/3</f><v>1.67</v>`).with("xl/workbook.xml", `<workbook `+nsMain+
			`><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets><calcPr fullPrecision="0"/></workbook>`), "A1",
			ooxml.NumberValue("8"), "_ ", true},
		"two cells of one place": {sheet(`><f>A1</f><v>5</v></c><c r="D1"><f>A2</f><v>7</v>`,
			`><f>D1+A1</f><v>12</v>`), "A1", ooxml.NumberValue("8"), "n 7|_ ", true},
		"dependent off the sheet": {sheet(`><f t="shared" ref="D1:E1" si="0">A3</f><v>-3</v>`,
			`><f t="shared" si="0"/><v>0</v>`), "A1", ooxml.NumberValue("1"), "n -3|n 0", false},
	} {
		t.Run(name, func(t *testing.T) {
			w, values := afterEdit(t, c.book, c.cell, c.v)
			var got []string
			for col := 4; ; col++ {
				v, ok := values[a1.At(1, col).String()]
				if !ok {
					break
				}
				got = append(got, v)
			}
			if s := strings.Join(got, "|"); s != c.want || isMarked(t, w) != c.marked {
				t.Errorf("%s, marked %v; want %s, %v", s, isMarked(t, w), c.want, c.marked)
			}
			if part := partOf(t, w, "xl/worksheets/sheet1.xml"); strings.Contains(part, "旧") {
				t.Errorf("an old text is left: %s", part)
			}
		})
	}
}

// A sheet whose results stay as they are is not written anew.
func TestEqualResultsLeaveTheSheetAlone(t *testing.T) {
	book := testBook{sheets: []string{"S", "汇总"}, parts: map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain +
			`><sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml": `<worksheet ` + nsMain +
			`><sheetData><row r="1"><c r="A1"><f>COUNT(S!A:A)</f><v>1.0</v></c>` +
			`<c r="B1" t="str"><f>IF(S!A1&gt;3,"多","少")</f><v>多</v></c><c r="C1"><f>NOSUCH(S!A1)</f></c></row></sheetData></worksheet>`,
	}}
	w, _ := afterEdit(t, book, "A1", ooxml.NumberValue("6"))
	if got := partOf(t, w, "xl/worksheets/sheet2.xml"); got != book.parts["xl/worksheets/sheet2.xml"] {
		t.Errorf("written anew: %s", got)
	}
	if !isMarked(t, w) {
		t.Error("the formula without result is not calculated by anybody")
	}
}

// A formula that moves with its row and says where it stands has a new result.
func TestMovedFormulasThatTellTheirPlace(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>项</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>` +
		`<row r="4"><c r="A4"><f>ROW()</f><v>4</v></c><c r="B4"><f>ROW(A4)+1</f><v>5</v></c><c r="C4"><f>CELL("row",A4)</f><v>4</v></c></row>`
	w, err := ooxml.Read("a.xlsx", simpleBook(t, rows), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddRow(ooxml.Layout{Sheet: "Sheet1", Columns: [2]int{1, 1}, FirstData: 2, LastData: 2, Footer: 4},
		map[int]ooxml.Value{1: ooxml.NumberValue("2")}); err != nil {
		t.Fatal(err)
	}
	got := sheetOf(t, w)
	for _, want := range []string{`<f>ROW()</f><v>5</v>`, `<f>ROW(A5)+1</f><v>6</v>`, `<f>CELL("row",A5)</f></c>`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
