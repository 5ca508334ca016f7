package ooxml_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// sheetOf is the worksheet part after edits.
func sheetOf(t testing.TB, w *ooxml.Workbook) string {
	t.Helper()
	return partOf(t, w, "xl/worksheets/sheet1.xml")
}

func TestSetSplices(t *testing.T) {
	const open = `<worksheet xmlns="` + bookxml.MainNS + `">`
	text := func(s string) string { return `t="inlineStr"><is><t>` + s + `</t></is></c>` }
	for name, c := range map[string]struct {
		sheet string // after the root's start tag
		at    string
		value ooxml.Value
		want  string
	}{
		"empty sheetData": {`<sheetData/>`, "B2", ooxml.TextValue("x"), `<sheetData><row r="2"><c r="B2" ` + text("x") +
			`</row></sheetData>`},
		"sheetData with attributes and comment": {`<sheetData ><!-- <row r="2"/> --></sheetData>`, "A2",
			ooxml.NumberValue("1"),
			`<sheetData ><!-- <row r="2"/> --><row r="2"><c r="A2"><v>1</v></c></row></sheetData>`},
		"keeps attributes, drops those of the value": {
			`<sheetData><row r="1"><c s='3' cm="1" r="A1" vm="2" t="s" ph="1"><v>0</v></c></row></sheetData>`, "A1",
			ooxml.NumberValue("2"),
			`<c s='3' r="A1"><v>2</v></c>`},
		"keeps the extension list": {
			`<sheetData><row r="1"><c r="A1"><v>0</v><extLst><ext uri="u"/></extLst></c></row></sheetData>`, "A1",
			ooxml.TextValue("y"),
			`<c r="A1" t="inlineStr"><is><t>y</t></is><extLst><ext uri="u"/></extLst></c>`},
		"emptying keeps the format": {
			`<sheetData><row r="1"><c r="A1" s="2" t="b"><v>1</v></c></row></sheetData>`, "A1", ooxml.Value{},
			`<c r="A1" s="2"/>`},
		"emptying what is not there": {`<sheetData><row r="1"/></sheetData>`, "A1", ooxml.Value{},
			`<sheetData><row r="1"/></sheetData>`},
		"before the first greater cell": {`<sheetData><row r="1"><c r="A1"/><c r="C1"/></row></sheetData>`, "B1",
			ooxml.NumberValue("1"), `<c r="A1"/><c r="B1"><v>1</v></c><c r="C1"/>`},
		"between rows": {`<sheetData><row r="1"/><row r="5"/></sheetData>`, "A3",
			ooxml.NumberValue("1"), `<row r="1"/><row r="3"><c r="A3"><v>1</v></c></row><row r="5"/>`},
		"rows and cells without references": {
			`<sheetData><row><c/><c><v>1</v></c></row><row><c/><c><v>2</v></c></row></sheetData>`, "B2",
			ooxml.NumberValue("9"), `<row><c/><c><v>9</v></c></row></sheetData>`},
		"into an empty row": {`<sheetData><row r="2" ht="30"/></sheetData>`, "A2",
			ooxml.NumberValue("1"), `<row r="2" ht="30"><c r="A2"><v>1</v></c></row>`},
		"widens spans and dimension": {
			`<dimension ref="A1:B1"/><sheetData><row r="1" spans="1:2"><c r="A1"/></row></sheetData>`, "D1",
			ooxml.NumberValue("1"),
			`<dimension ref="A1:D1"/><sheetData><row r="1" spans="1:4"><c r="A1"/><c r="D1"><v>1</v></c></row>`},
		"format of the row": {`<sheetData><row r="1" s="4" customFormat="1"/></sheetData>`, "A1",
			ooxml.NumberValue("1"), `<c r="A1" s="4"><v>1</v></c>`},
		"format of the column": {`<cols><col min="2" max="3" style="5"/></cols><sheetData/>`, "B1",
			ooxml.NumberValue("1"), `<c r="B1" s="5"><v>1</v></c>`},
		"anchor of a merge": {`<sheetData/><mergeCells><mergeCell ref="A1:B3"/></mergeCells>`, "B2",
			ooxml.NumberValue("1"), `<row r="1"><c r="A1"><v>1</v></c></row>`},
		"text with XML and escapes": {`<sheetData/>`, "A1", ooxml.TextValue("a<b>&_x0041_\x07 \r\n"),
			`<t xml:space="preserve">a&lt;b&gt;&amp;_x005F_x0041__x0007_ ` + "\n</t>"},
		"truth": {`<sheetData/>`, "A1", ooxml.Value{Kind: ooxml.Bool, Text: "1"},
			`<c r="A1" t="b"><v>1</v></c>`},
		"comment, CDATA inside and after it": {
			`<sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[</row>]]></v></c><!-- </row> --><c r="B1"><v>1</v></c></row></sheetData>`, "B1", ooxml.NumberValue("2"), `<!-- </row> --><c r="B1"><v>2</v></c></row>`},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := ooxml.Read("a.xlsx", bookOf(t, open+c.sheet+"</worksheet>"), ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			at, _ := a1.ParseRef(c.at)
			if err := w.Set("Sheet1", at, c.value); err != nil {
				t.Fatal(err)
			}
			if got := sheetOf(t, w); !strings.Contains(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			prefixed := prefix(open + c.sheet + "</worksheet>")
			if w, err = ooxml.Read("a.xlsx", bookOf(t, prefixed), ooxml.Options{}); err != nil {
				t.Fatal(err)
			}
			if err := w.Set("Sheet1", at, c.value); err != nil {
				t.Fatal(err)
			}
			if got := sheetOf(t, w); !strings.Contains(got, prefix(c.want)) {
				t.Errorf("prefixed: got  %s\nwant %s", got, prefix(c.want))
			}
		})
	}
}

// prefix gives all elements the prefix "x:".
func prefix(s string) string {
	s = strings.ReplaceAll(s, `<worksheet xmlns=`, `<worksheet xmlns:x=`)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] != '<' || i+1 >= len(s) {
			continue
		}
		if s[i+1] == '!' {
			end := xmlpart.MarkupEnd([]byte(s), i)
			b.WriteString(s[i+1 : end])
			i = end - 1
			continue
		}
		if s[i+1] == '/' {
			i++
			b.WriteByte('/')
		}
		b.WriteString("x:")
	}
	return b.String()
}

func TestSetRefusals(t *testing.T) {
	sheet := `<worksheet xmlns="` + bookxml.MainNS +
		`"><sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/></c></row>` +
		`<row r="2"><c r="A2"><f t="array" ref="A2:B3">1</f></c><c r="B2"><v>1</v></c></row></sheetData></worksheet>`
	w, err := ooxml.Read("a.xlsx", bookOf(t, sheet), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		sheet string
		at    a1.Ref
		value ooxml.Value
		want  error
	}{
		"formula":             {"Sheet1", a1.At(1, 1), ooxml.NumberValue("1"), ooxml.ErrFormula},
		"shared formula":      {"Sheet1", a1.At(1, 2), ooxml.NumberValue("1"), ooxml.ErrFormula},
		"inside an array":     {"Sheet1", a1.At(2, 2), ooxml.NumberValue("1"), ooxml.ErrFormula},
		"gap inside an array": {"Sheet1", a1.At(3, 1), ooxml.NumberValue("1"), ooxml.ErrFormula},
		"no sheet":            {"Sheet2", a1.At(1, 1), ooxml.NumberValue("1"), ooxml.ErrNoSheet},
		"no cell":             {"Sheet1", a1.At(0, 1), ooxml.NumberValue("1"), ooxml.ErrUnsafe},
		"beyond the sheet":    {"Sheet1", a1.At(1, 16385), ooxml.NumberValue("1"), ooxml.ErrUnsafe},
		"no number":           {"Sheet1", a1.At(5, 1), ooxml.NumberValue("1,5"), ooxml.ErrUnsafe},
		"infinity":            {"Sheet1", a1.At(5, 1), ooxml.NumberValue("Inf"), ooxml.ErrUnsafe},
		"too long":            {"Sheet1", a1.At(5, 1), ooxml.TextValue(strings.Repeat("长", 32768)), ooxml.ErrUnsafe},
		"before Excel's time": {"Sheet1", a1.At(5, 1), ooxml.DateValue(day), ooxml.ErrUnsafe},
	} {
		if err := w.Set(c.sheet, c.at, c.value); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if w.Dirty() {
		t.Error("something was changed")
	}
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		t        time.Time
		date1904 bool
		want     string
	}{
		{time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), false, "1"},
		{time.Date(1900, 2, 28, 0, 0, 0, 0, time.UTC), false, "59"},
		{time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), false, "61"},
		{time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC), false, "44742"},
		{time.Date(2022, 6, 30, 18, 0, 0, 0, time.FixedZone("CST", 8*3600)), false, "44742.75"},
		{time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC), true, "43280"},
		{time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), true, "0"},
		{time.Date(1903, 12, 31, 0, 0, 0, 0, time.UTC), true, ""},
	} {
		if got, ok := sheetxml.Serial(c.t, c.date1904); got != c.want || ok != (c.want != "") {
			t.Errorf("%v: %q, want %q", c.t, got, c.want)
		}
	}
}

func TestDateGetsADateFormat(t *testing.T) {
	styles := xmlpart.Header + `<styleSheet xmlns="` + bookxml.MainNS +
		`"><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="49" fontId="1"><alignment wrapText="1"/></xf><xf numFmtId="14" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`
	rels := strings.Replace(bookRels, "</Relationships>", `<Relationship Id="rId2" Type="`+opc.TransitionalNS+
		`relationships/styles" Target="styles.xml"/></Relationships>`, 1)
	sheet := `<worksheet xmlns="` + bookxml.MainNS +
		`"><sheetData><row r="1"><c r="A1"/><c r="B1" s="1"/><c r="C1" s="2"/><c r="D1" s="1"/></row></sheetData></worksheet>`
	book := ziptest.Of(t, opc.TypesPart, typesXML, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML,
		"xl/_rels/workbook.xml.rels", rels, "xl/worksheets/sheet1.xml", sheet, "xl/styles.xml", styles)
	w, err := ooxml.Read("a.xlsx", book, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for col := 1; col <= 4; col++ {
		if err := w.Set("Sheet1", a1.At(1, col), ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0,
			time.UTC))); err != nil {
			t.Fatal(err)
		}
	}
	got := sheetOf(t, w)
	want := `<c r="A1" s="2"><v>44742</v></c><c r="B1" s="3"><v>44742</v></c><c r="C1" s="2"><v>44742</v></c><c r="D1" s="3"><v>44742</v></c>`
	if !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
	now := partOf(t, w, "xl/styles.xml")
	if want := strings.Replace(strings.Replace(styles, `count="3"`, `count="4"`, 1), "</cellXfs>",
		`<xf numFmtId="14" applyNumberFormat="1" fontId="1"><alignment wrapText="1"/></xf></cellXfs>`, 1); now != want {
		t.Errorf("styles: %s", now)
	}
}

// Any edits of any sheet read back as a model has them, and nothing else
// changes.
func TestRandomEditsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		model := map[a1.Ref]string{}
		var sheet strings.Builder
		sheet.WriteString(`<worksheet xmlns="` + bookxml.MainNS + `"><sheetData>`)
		row := 0
		for range rapid.IntRange(0, 8).Draw(rt, "rows") {
			explicit := rapid.Bool().Draw(rt, "row number")
			step := 1
			if explicit {
				step = rapid.IntRange(1, 4).Draw(rt, "gap")
			}
			row += step
			if explicit {
				fmt.Fprintf(&sheet, `<row r="%d">`, row)
			} else {
				sheet.WriteString(`<row>`)
			}
			col := 0
			for range rapid.IntRange(0, 5).Draw(rt, "cells") {
				explicit := rapid.Bool().Draw(rt, "reference")
				step := 1
				if explicit {
					step = rapid.IntRange(1, 3).Draw(rt, "gap")
				}
				col += step
				at, v := a1.At(row, col), fmt.Sprint(row*100+col)
				model[at] = v
				ref := ""
				if explicit {
					ref = ` r="` + at.String() + `"`
				}
				fmt.Fprintf(&sheet, `<c%s><v>%s</v></c>`, ref, v)
			}
			sheet.WriteString("</row>")
		}
		sheet.WriteString("</sheetData></worksheet>")
		w, err := ooxml.Read("a.xlsx", bookOf(t, sheet.String()), ooxml.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(rt, "edits") {
			at := a1.At(rapid.IntRange(1, 24).Draw(rt, "row"), rapid.IntRange(1, 12).Draw(rt, "col"))
			text := rapid.SampledFrom([]string{"", "完成", " x ", "a&b<c>", "_x0041_", "行\n行", "\x01",
				"\U0001F600"}).Draw(rt, "text")
			if rapid.Bool().Draw(rt, "any") {
				text = strings.ToValidUTF8(sheetxml.NormalText(rapid.String().Draw(rt, "text")), "")
			}
			if err := w.Set("Sheet1", at, ooxml.TextValue(text)); err != nil {
				rt.Fatal(err)
			}
			if model[at] = text; text == "" {
				delete(model, at)
			}
			if rapid.IntRange(0, 5).Draw(rt, "flush") == 0 {
				if _, err := w.Bytes(); err != nil {
					rt.Fatal(err)
				}
			}
		}
		data, err := w.Bytes()
		if err != nil {
			rt.Fatal(err)
		}
		again, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		got, err := again.Sheet("Sheet1")
		if err != nil {
			rt.Fatal(err)
		}
		read := map[a1.Ref]string{}
		for _, c := range got.Cells {
			if c.Kind != ooxml.Blank {
				read[c.Ref] = c.Value
			}
		}
		if !maps.Equal(model, read) {
			rt.Fatal(cmp.Diff(model, read))
		}
		if !slices.IsSortedFunc(got.Cells, func(a, b ooxml.Cell) int {
			if a.Before(b.Ref) {
				return -1
			}
			return 1
		}) {
			rt.Fatal("cells out of order")
		}
	})
}

// A second edit of one cell finds it as it was before the first: a date still gets a
// format, a text loses that of a date, and a new row keeps its look and its formulas.
func TestASecondEditOfOneCell(t *testing.T) {
	day := func(d int) ooxml.Value { return ooxml.DateValue(time.Date(2026, 6, d, 0, 0, 0, 0, time.UTC)) }
	styles := `<styleSheet ` + nsMain +
		`><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="0" fontId="7"/></cellXfs></styleSheet>`
	rows := `<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row><row r="2"><c r="A2" s="1"><v>2</v></c><c r="B2"><f>A2*2</f><v>4</v></c></row></sheetData>`
	for name, c := range map[string]struct {
		values []ooxml.Value
		want   string // as shown
	}{
		"a date after a date":   {[]ooxml.Value{day(1), day(2)}, "2026-06-02"},
		"a number after a date": {[]ooxml.Value{day(1), ooxml.NumberValue("85")}, "85"},
		"a date after nothing":  {[]ooxml.Value{{}, day(3), day(3)}, "2026-06-03"},
		"a text after a date":   {[]ooxml.Value{day(1), ooxml.TextValue("月底")}, "月底"},
	} {
		w := oneSheet(rows).with("xl/styles.xml", styles).read(t)
		row, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 2}, FirstData: 1, LastData: 2},
			map[int]ooxml.Value{1: day(9)})
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []a1.Ref{a1.At(1, 1), a1.At(row, 1), a1.At(9, 1)} {
			for _, v := range c.values {
				if err := w.Set("S", at, v); err != nil {
					t.Fatalf("%s, %s: %v", name, at, err)
				}
			}
		}
		if err := w.Set("S", a1.At(row, 2), ooxml.NumberValue("1")); !errors.Is(err, ooxml.ErrFormula) {
			t.Errorf("%s: the new row's formula is overwritten: %v", name, err)
		}
		again := written(t, w)
		s, err := again.Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []a1.Ref{a1.At(1, 1), a1.At(row, 1), a1.At(9, 1)} {
			cell, _ := s.Cell(at)
			if got := again.Text(cell); got != c.want {
				t.Errorf("%s: %s shows %q, want %q", name, at, got, c.want)
			}
			if isPlain := c.values[len(c.values)-1].Kind != ooxml.Date; isPlain && at.Row < 9 && cell.Style != 1 {
				t.Errorf("%s: %s shows in format %d", name, at, cell.Style)
			}
		}
	}
}
