package ooxml_test

import (
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

const richValues = `<rvData count="4"><rv s="0"><v>0</v><v>5</v></rv><rv s="1"><v>8</v></rv><rv s="2"><v>x</v></rv><rv s="9"/></rvData>`

// richBook has cells whose values are rich: a picture, a spill error, an entity.
func richBook(t *testing.T, cells string) *ooxml.Workbook {
	t.Helper()
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="http://schemas.microsoft.com/office/2017/06/relationships/` + kind +
			`" Target="` + target + `"/>`
	}
	return oneSheet(`<sheetData><row r="1">`+cells+`</row></sheetData>`).
		with("xl/_rels/workbook.xml.rels", `<Relationships `+partRels+`><Relationship Id="rId1" Type="`+nsRel+
			`/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="rId2" Type="`+nsRel+`/sheetMetadata" Target="metadata.xml"/>`+
			`<Relationship Id="rId9" Type="`+nsRel+`/sharedStrings" Target="sharedStrings.xml"/>`+
			rel("rId3", "rdRichValue", "richData/rdrichvalue.xml")+rel("rId4", "rdRichValueStructure",
			"richData/rdrichvaluestructure.xml")+`</Relationships>`).
		with("xl/sharedStrings.xml", `<sst `+nsMain+`>`+strings.Repeat("<si><t/></si>", 5)+
			`<si><t>=DISPIMG("ID_2",1)</t></si></sst>`).
		with("xl/metadata.xml", `<metadata `+nsMain+
			` xmlns:xlrd="x"><metadataTypes><metadataType name="XLRICHVALUE"/></metadataTypes>`+
			`<futureMetadata name="XLRICHVALUE" count="4">`+
			`<bk><extLst><ext uri="u"><xlrd:rvb i="2"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk>`+
			`<bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="3"/></ext></extLst></bk></futureMetadata>`+
			`<valueMetadata count="4"><bk><rc t="1" v="2"/></bk><bk><rc t="1" v="1"/></bk><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="3"/></bk></valueMetadata></metadata>`).
		with("xl/richData/rdrichvalue.xml", richValues).
		with("xl/richData/rdrichvaluestructure.xml",
			`<rvStructures><s t="_localImage"><k n="_rvRel:LocalImageIdentifier"/></s><s t="_error"/><s t="_linkedentity"/></rvStructures>`).
		read(t)
}

func TestPicturesInCellsAreNoText(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"WPS", `<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`, "A1 pf 〔图片〕"},
		{"WPS, saved by a program that knows no such function",
			`<c r="A1" t="e"><f>DISPIMG("ID_1",1)</f><v>#NAME?</v></c>`, "A1 pf 〔图片〕"},
		{"WPS, without the value", `<c r="A1"><f>_xlfn.DISPIMG("ID_1",1)</f></c>`, "A1 pf 〔图片〕"},
		{"WPS, kept as text", `<c r="A1" t="inlineStr"><is><t>=_xlfn.DISPIMG("ID_1",1)</t></is></c>`, "A1 p 〔图片〕"},
		{"WPS, shared text", `<c r="A1" t="s"><v>5</v></c>`, "A1 p 〔图片〕"},
		{"Excel", `<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>`, "A1 p 〔图片〕"},
		{"Excel, type last", `<c r="A1" vm="1" t="e"><v>#VALUE!</v></c>`, "A1 p 〔图片〕"},
		{"Excel, spilled error", `<c r="A1" t="e" vm="2"><v>#VALUE!</v></c>`, "A1 e #VALUE!"},
		{"Excel, entity", `<c r="A1" t="e" vm="3"><v>#VALUE!</v></c>`, "A1 e #VALUE!"},
		{"Excel, structure unknown", `<c r="A1" t="e" vm="4"><v>#VALUE!</v></c>`, "A1 p 〔图片〕"},
		{"Excel, IMAGE", `<c r="A1" t="e" vm="1"><f>_xlfn.IMAGE("http://x")</f><v>#VALUE!</v></c>`, "A1 pf 〔图片〕"},
		{"an error", `<c r="A1" t="e"><v>#VALUE!</v></c>`, "A1 e #VALUE!"},
		{"words about it", `<c r="A1" t="inlineStr"><is><t>用 =DISPIMG( 插入</t></is></c>`, "A1 t 用 =DISPIMG( 插入"},
	} {
		w := richBook(t, c.cell)
		s, err := w.Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		if got := show(s.Cells); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		one, err := w.Cell("S", a1.At(1, 1))
		if err != nil || one != s.Cells[0] {
			t.Errorf("%s: alone it is %v, %v", c.name, one, err)
		}
		if picture := one.Kind == ooxml.Picture; picture {
			if got := w.Text(one); got != ooxml.PictureText {
				t.Errorf("%s: shows %q", c.name, got)
			}
		}
	}
}

func TestPicturesAreNeitherWrittenNorOverwritten(t *testing.T) {
	for name, cell := range map[string]string{
		"Excel": `<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>`,
		"WPS":   `<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`,
		"text":  `<c r="A1" t="str"><v>=dispimg("ID_1",1)</v></c>`,
	} {
		w := richBook(t, cell)
		err := w.Set("S", a1.At(1, 1), ooxml.TextValue("完成"))
		if !errors.Is(err, ooxml.ErrUnsafe) || w.Dirty() {
			t.Errorf("%s: overwritten: %v", name, err)
		}
	}
	for _, text := range []string{ooxml.PictureText, `=DISPIMG("ID_1",1)`, `=_xlfn.DISPIMG("ID_1",1)`} {
		w := richBook(t, `<c r="A1"><v>1</v></c>`)
		if err := w.Set("S", a1.At(1, 1), ooxml.TextValue(text)); !errors.Is(err, ooxml.ErrUnsafe) || w.Dirty() {
			t.Errorf("%s: written as text: %v", text, err)
		}
	}
	w := richBook(t, `<c r="A1" t="e" vm="2"><v>#VALUE!</v></c>`)
	if err := w.Set("S", a1.At(1, 1), ooxml.TextValue("完成")); err != nil {
		t.Errorf("an error value may be replaced: %v", err)
	}
}
