package ooxml_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
)

func TestStruckTextIsKnown(t *testing.T) {
	styles := `<styleSheet ` + nsMain +
		`><fonts><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font><font><b/><strike val="1"/></font></fonts>` +
		`<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="3" numFmtId="14"/></cellXfs></styleSheet>`
	texts := `<sst ` + nsMain +
		`><si><t>修订制度</t></si><si><r><rPr><strike/></rPr><t>6月底</t></r><r><rPr><b/></rPr><t>8月底</t></r></si>` +
		`<si><r><rPr><strike val="true"/></rPr><t>全部划去</t></r></si><si><r><rPr><strike val="0"/></rPr><t>没有划去</t></r></si></sst>`
	data := `<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>` +
		`<row r="2"><c r="A2" s="2" t="s"><v>0</v></c><c r="B2" s="3"><v>45000</v></c><c r="C2" s="3"/>` +
		`<c r="D2" t="inlineStr"><is><r><t>甲</t></r><r><rPr><strike/></rPr><t>乙</t></r><r><t>丙</t></r></is></c></row>`
	for _, prefix := range []bool{false, true} {
		book := oneSheet(`<sheetData>`+data+`</sheetData>`).with("xl/sharedStrings.xml", texts).with("xl/styles.xml",
			styles)
		if prefix {
			for part, content := range book.parts {
				book = book.with(part, prefixed(content))
			}
		}
		s, err := book.read(t).Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		want := map[a1.Ref]string{a1.At(1, 1): "", a1.At(1, 2): "8月底", a1.At(1, 3): "", a1.At(2, 2): "",
			a1.At(2, 4): "甲丙"}
		if d := cmp.Diff(want, s.Struck); d != "" {
			t.Error(d)
		}
		if c, _ := s.Cell(a1.At(1, 2)); c.Value != "6月底8月底" {
			t.Errorf("what stands in the cell is %q", c.Value)
		}
	}
}

func TestWithoutStruckTextNothingIsKept(t *testing.T) {
	s, err := oneSheet(`<sheetData><row r="1"><c r="A1" t="s"><v>2</v></c></row></sheetData>`).with(
		"xl/sharedStrings.xml", someTexts).read(t).Sheet("S")
	if err != nil || s.Struck != nil {
		t.Error(s.Struck, err)
	}
}
