package ooxml

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
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
		sets map[string]Value
		want map[string]string // new cached values; "" for none
		full bool
	}{
		"number": {map[string]Value{"A1": NumberValue("10")}, map[string]string{
			"C1": "15", "D1": "30", "E1": "2", "F1": "多", "G1": "999", "E2": "1", "F2": "20", "F3": "30",
			"C2": "", // no engine knows it
			"D2": "", // the file's value was not what the engine makes of it
			"C3": "", // it was an error
		}, true},
		"text, whole column": {map[string]Value{"B2": TextValue("是")}, map[string]string{
			"C1": "6", "D1": "12", "E1": "3", "F1": "少", "G1": "999", "E2": "0", "F2": "20", "F3": "30", "C2": "7", "D2": "5", "C3": "#DIV/0!",
		}, false},
		"a cell that nothing needs": {map[string]Value{"H9": TextValue("x")}, map[string]string{
			"C1": "6", "D1": "12", "E1": "2", "F1": "少", "G1": "999", "E2": "0", "F2": "20", "F3": "30", "C2": "7", "D2": "5", "C3": "#DIV/0!",
		}, false},
		"dependent of a shared formula": {map[string]Value{"A3": NumberValue("4")}, map[string]string{
			"C1": "7", "D1": "14", "E1": "2", "F1": "少", "G1": "", "E2": "0", "F2": "20", "F3": "40", "C2": "7", "D2": "", "C3": "#DIV/0!",
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := Read("a.xlsx", simpleBook(t, calcRows), Options{})
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
			again, err := Read("a.xlsx", data, Options{})
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
			book, _ := again.pkg.part("xl/workbook.xml")
			if full := bytes.Contains(book, []byte(`fullCalcOnLoad="1"`)); full != c.full {
				t.Errorf("full calculation on load: %v, want %v", full, c.full)
			}
			if !c.full {
				sameExcept(t, simpleBook(t, calcRows), data, []string{"xl/worksheets/sheet1.xml"}, nil)
			}
			again2, err := w.Bytes()
			if err != nil || !bytes.Equal(again2, data) {
				t.Errorf("asked again, the workbook is another: %v", err)
			}
		})
	}
}

func TestCalcOnLoadKeepsTheOrderOfTheSchema(t *testing.T) {
	for name, c := range map[string]struct{ book, want string }{
		"none":     {`<workbook><sheets><sheet name="a"/></sheets><definedNames><definedName name="x">1</definedName></definedNames><pivotCaches/></workbook>`, `</definedNames><calcPr fullCalcOnLoad="1"/><pivotCaches/>`},
		"there":    {`<workbook><sheets/><calcPr calcId="1"/></workbook>`, `<calcPr fullCalcOnLoad="1" calcId="1"/>`},
		"set to 0": {`<workbook><sheets/><calcPr fullCalcOnLoad="0" calcId="1"/></workbook>`, `<calcPr fullCalcOnLoad="1" calcId="1"/>`},
		"prefixed": {`<x:workbook xmlns:x="m"><x:sheets/></x:workbook>`, `<x:sheets/><x:calcPr fullCalcOnLoad="1"/>`},
	} {
		w, err := Read("a.xlsx", simpleBook(t, ""), Options{})
		if err != nil {
			t.Fatal(err)
		}
		w.put(w.book.part, []byte(c.book))
		if err := w.calcOnLoad(); err != nil {
			t.Fatal(err)
		}
		if got, _ := w.current(w.book.part); !strings.Contains(string(got), c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A new row takes part in the totals, and its computed columns are computed.
func TestNewRowIsCalculated(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>数</t></is></c></row>`
	for i, v := range []string{"2", "3", "4"} {
		n := string(rune('2' + i))
		rows += `<row r="` + n + `"><c r="A` + n + `"><v>` + v + `</v></c><c r="B` + n + `"><f>A` + n + `*10</f><v>` + v + `0</v></c></row>`
	}
	rows += `<row r="5"><c r="A5"><f>SUM(A2:A4)</f><v>9</v></c><c r="B5"><f>SUM(B2:B4)</f><v>90</v></c></row>`
	w, err := Read("a.xlsx", simpleBook(t, rows), Options{})
	if err != nil {
		t.Fatal(err)
	}
	layout := Layout{Sheet: "Sheet1", Columns: [2]int{1, 2}, FirstData: 2, LastData: 4, Footer: 5}
	if _, err := w.AddRow(layout, map[int]Value{1: NumberValue("5")}); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Read("a.xlsx", data, Options{})
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
	w, err := Read("a.xlsx", simpleBook(t, rows), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), NumberValue("2")); err != nil {
		t.Fatal(err)
	}
	if got := sheetOf(t, w); strings.Contains(got, "<v>5</v>") || strings.Contains(got, "<v>6</v>") || !strings.Contains(got, "<v>0</v>") {
		t.Errorf("got %s", got)
	}
}

// A workbook of so many formulas is not searched for those that depend on what
// was written: it is calculated when it is opened.
func TestTooManyFormulasToSearchAreCalculatedOnLoad(t *testing.T) {
	rows := `<row r="1"><c r="A1"><v>1</v></c></row>` + strings.Repeat(`<row><c><f>$A$1</f><v>1</v></c></row>`, maxFormulas+1)
	w, err := Read("a.xlsx", simpleBook(t, rows), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), NumberValue("2")); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read("a.xlsx", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if book, _ := again.pkg.part("xl/workbook.xml"); !bytes.Contains(book, []byte(`fullCalcOnLoad="1"`)) {
		t.Error("the formulas' old values stand, and nobody is told to calculate them")
	}
}
