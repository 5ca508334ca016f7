package ooxml_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
	"taizhang/sheet/ooxml/ooxmltest"
)

// The kinds of parts of the public workbooks that go into no copy. Those that do
// stand in belonging.
var droppedKinds = map[[2]string]string{
	{"", "thumbnail"}:                          "a picture of the whole first sheet",
	{"", "classificationlabels"}:               "marks of an organisation's server",
	{"", "webextensiontaskpanes"}:              "programs that open with the workbook",
	{"officeDocument", "calcChain"}:            "lists cells that are gone; made anew",
	{"officeDocument", "chartsheet"}:           "remembers the figures that it shows",
	{"officeDocument", "connections"}:          "where data come from",
	{"officeDocument", "customXml"}:            "anything",
	{"officeDocument", "externalLink"}:         "remembers cells of other workbooks",
	{"officeDocument", "pivotCacheDefinition"}: "remembers the rows",
	{"officeDocument", "slicerCache"}:          "remembers the choices",
	{"officeDocument", "vbaProject"}:           "macros; anything",
	{"officeDocument", "volatileDependencies"}: "remembers results",
	{"officeDocument", "workbookmetadata"}:     "of a program of its own",
	{"officeDocument", "xlMacrosheet"}:         "macros; anything",
	{"officeDocument", "xmlMaps"}:              "where data go",
	{"worksheet", "control"}:                   "form fields",
	{"worksheet", "ctrlProp"}:                  "form fields",
	{"worksheet", "customProperty"}:            "anything",
	{"worksheet", "externalLinkPath"}:          "leads to another workbook",
	{"worksheet", "pivotTable"}:                "summaries of all rows",
	{"worksheet", "printerSettings"}:           "the name of a printer, and whatever its driver keeps",
	{"worksheet", "slicer"}:                    "chooses among all rows",
	{"worksheet", "tableSingleCells"}:          "where data go",
	{"drawing", "chart"}:                       "remembers the figures that it shows",
}

// Every kind of part of the public workbooks is kept, trimmed or dropped by
// decision.
func TestOfEveryKindOfPartACopyKnowsWhatToDo(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, file := range ziptest.CorpusFiles(t) {
		if _, err := ooxml.Open(file, ooxml.Options{}); err != nil {
			continue
		}
		book := bookIn(t, file)
		visited := map[string]bool{}
		var visit func(part, kind string)
		visit = func(part, kind string) {
			rels, _ := book.Rels(part)
			for _, r := range rels {
				pair := [2]string{kind, r.Kind}
				if !seen[pair] && ooxml.IsLeftOut(kind, r.Kind) && droppedKinds[pair] == "" {
					t.Errorf("%s: nobody has decided on %q of %q", filepath.Base(file), r.Kind, kind)
				}
				seen[pair] = true
				if !ooxml.IsLeftOut(kind, r.Kind) && !r.External && !visited[r.Target] {
					visited[r.Target] = true
					visit(r.Target, r.Kind)
				}
			}
		}
		visit("", "")
	}
	for pair := range droppedKinds {
		if !ooxml.IsLeftOut(pair[0], pair[1]) {
			t.Errorf("%q of %q is both kept and dropped", pair[1], pair[0])
		}
	}
}

// secretBook has a secret of other units in every place where a program may
// keep one, and two rows of tasks: row 2 stays, row 3 goes.
func secretBook(t *testing.T) testBook {
	t.Helper()
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + nsRel + `/` + kind + `" Target="` + target + `"/>`
	}
	b := testBook{sheets: []string{"S", "秘密一"},
		names: `<definedName name="list">{"秘密二"}</definedName><definedName name="used">"公开"</definedName>` +
			`<definedName name="other">秘密一!$A$1</definedName><definedName name="away">[1]S!$A$1</definedName>`}
	for name, text := range map[string]string{
		"_rels/.rels": `<Relationships ` + partRels + `>` + rel("rId1", "officeDocument",
			"xl/workbook.xml") + rel("rId2", "metadata/thumbnail", "docProps/thumbnail.jpeg") +
			rel("rId3", "extended-properties", "docProps/app.xml") + rel("rId4", "whatever", "secret.bin") +
			`<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"docProps/thumbnail.jpeg": "秘密三", "secret.bin": "秘密四",
		"docProps/app.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>Microsoft Excel</Application>` +
			`<TitlesOfParts><vt:vector size="2" baseType="lpstr"><vt:lpstr>S</vt:lpstr><vt:lpstr>秘密一</vt:lpstr></vt:vector></TitlesOfParts></Properties>`,
		"docProps/core.xml": `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>办</dc:creator><dc:description>秘密五</dc:description></cp:coreProperties>`,
		"xl/_rels/workbook.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "worksheet", "worksheets/sheet1.xml") + rel("rId2", "worksheet", "worksheets/sheet2.xml") +
			rel("rId3", "customXml", "../customXml/item1.xml") + rel("rId4", "externalLink",
			"externalLinks/externalLink1.xml") + rel("rId5", "person", "persons/person.xml") +
			`<Relationship Id="rId6" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/></Relationships>`,
		"customXml/item1.xml": "<x>秘密六</x>", "xl/externalLinks/externalLink1.xml": "<x>秘密七</x>",
		"xl/persons/person.xml": `<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="甲人" id="{1}"/><person displayName="秘密八" id="{2}"/></personList>`,
		"xl/cellimages.xml": `<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" ` +
			nsMain + `><etc:cellImage><pic><cNvPr id="1" name="ID_AAAA"/><blip r:embed="rId1"/></pic></etc:cellImage>` +
			`<etc:cellImage><pic><cNvPr id="2" name="ID_BBBB" descr="秘密九"/><blip r:embed="rId2"/></pic></etc:cellImage></etc:cellImages>`,
		"xl/_rels/cellimages.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "image", "media/image1.png") + rel("rId2", "image", "media/image2.png") + `</Relationships>`,
		"xl/media/image1.png": "公开的图", "xl/media/image2.png": "秘密十",
		"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain +
			`><sheetPr filterMode="1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c><c r="B1"><f>COUNTA(A2:A3)</f><v>765</v></c><c r="C1"><f>[1]S!A1</f><v>3</v></c></row>` +
			`<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>留下</t></is></c><c r="B2" t="str"><f>_xlfn.DISPIMG("ID_AAAA",1)</f><v>=DISPIMG("ID_AAAA",1)</v></c><c r="C2" t="str"><f>used</f><v>公开</v></c></row>` +
			`<row r="3"><c r="A3" t="inlineStr"><is><t>秘密十一</t></is></c><c r="B3" t="str"><f>_xlfn.DISPIMG("ID_BBBB",1)</f><v>=DISPIMG("ID_BBBB",1)</v></c></row></sheetData>` +
			`<sheetProtection sheet="0"/><autoFilter ref="A1:C3"><filterColumn colId="0"><filters><filter val="秘密十二"/></filters></filterColumn></autoFilter><oleObjects><oleObject progId="Word.Document.12" r:id="rId3"/></oleObjects></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "comments", "../comments1.xml") +
			`<Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>` + rel("rId3", "oleObject", "../embeddings/o.bin") + `</Relationships>`,
		"xl/embeddings/o.bin": "秘密十三",
		"xl/comments1.xml": `<comments ` + nsMain +
			`><authors><author>甲人</author><author>秘密十四</author></authors><commentList><comment ref="A2" authorId="0"><text><t>好</t></text></comment><comment ref="A3" authorId="1"><text><t>秘密十五</t></text></comment></commentList></comments>`,
		"xl/threadedComments/threadedComment1.xml": `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A2" personId="{1}" id="{a}"><text>好</text></threadedComment><threadedComment ref="A3" personId="{2}" id="{b}"><text>秘密十六</text></threadedComment></ThreadedComments>`,
	} {
		b = b.with(name, text)
	}
	return b
}

func TestACopyKeepsNoSecretAnywhere(t *testing.T) {
	w := secretBook(t).read(t)
	out, err := w.Extract(ooxml.Extraction{Drop: []string{"秘密一"}, Remove: map[string][]int{"S": {3}},
		Protect: []string{"S"}, Properties: map[string]string{"p": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	parts := ooxmltest.Parts(t, out)
	for name, text := range parts {
		if i := strings.Index(text, "秘密"); i >= 0 {
			t.Errorf("%s: …%.60s", name, text[i:])
		}
	}
	for part, want := range map[string]string{
		"xl/media/image1.png": "公开的图", "xl/persons/person.xml": "甲人", "xl/comments1.xml": "甲人",
		"docProps/app.xml": "Microsoft Excel",
		"xl/workbook.xml":  `name="used"`, "xl/cellimages.xml": "ID_AAAA",
	} {
		if !strings.Contains(parts[part], want) {
			t.Errorf("%s lacks %q: %s", part, want, parts[part])
		}
	}
	sheet := parts["xl/worksheets/sheet1.xml"]
	if strings.Count(sheet, "<sheetProtection") != 1 || !strings.Contains(sheet, `<sheetProtection sheet="1"`) {
		t.Errorf("not protected once: %s", sheet)
	}
	for _, gone := range []string{"765", "hidden=", "filterColumn", "oleObject", "[1]"} {
		if strings.Contains(sheet, gone) {
			t.Errorf("%q stands in %s", gone, sheet)
		}
	}
	if !strings.Contains(sheet, `<v>3</v>`) {
		t.Errorf("the value from another workbook is lost: %s", sheet)
	}
}

// Two elements stand for one cell, one of them a formula that changes.
func TestACopyOfACellGivenTwice(t *testing.T) {
	w := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"/></row>` +
		`<row r="3"><c r="B3"><v>7</v></c><c r="B3"><f>A5+1</f></c><c r="C3"><f>A5+1</f><v>1</v></c><c r="C3"><v>7</v></c><c r="D3"><v>7</v></c><c r="D3"/></row></sheetData>`).read(t)
	out, err := w.Extract(ooxml.Extraction{Remove: map[string][]int{"S": {2}}})
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := again.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
	if got := show(sheet.Row(2)); !strings.HasSuffix(got, "|C2 n 7|D2 n 7") || !strings.HasPrefix(got, "B2 ") {
		t.Error(got)
	}
}

func TestNoCopyOfAWorkbookThatNothingLeadsTo(t *testing.T) {
	for name, rels := range map[string]string{
		"none": `<Relationships ` + partRels + `/>`,
		"somewhere else": `<Relationships ` + partRels + `><Relationship Id="rId1" Type="` + nsRel +
			`/officeDocument" Target="xl/other.xml"/></Relationships>`,
		"missing": "-",
	} {
		w := oneSheet(`<sheetData/>`).with("_rels/.rels", rels).read(t)
		if _, err := w.Extract(ooxml.Extraction{}); !errors.Is(err, ooxml.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The totals row of an Excel table is none of its rows.
const totalsTable = `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:B4" totalsRowCount="1"><autoFilter ref="A1:B3"/>` +
	`<tableColumns count="2"><tableColumn id="1" name="事项" totalsRowLabel="合计"/><tableColumn id="2" name="数" totalsRowFunction="sum"/></tableColumns></table>`

func totalsBook(t *testing.T) *ooxml.Workbook {
	t.Helper()
	text := func(at, s string) string { return `<c r="` + at + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	return oneSheet(`<sheetData><row r="1">`+text("A1", "事项")+text("B1", "数")+`</row><row r="2">`+text("A2", "甲")+
		`<c r="B2"><v>1</v></c></row><row r="3">`+text("A3", "乙")+`<c r="B3"><v>2</v></c></row>`+
		`<row r="4"><c r="B4"><f>SUBTOTAL(109,T[数])</f><v>3</v></c></row></sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>`).
		with("xl/worksheets/_rels/sheet1.xml.rels", `<Relationships `+partRels+`><Relationship Id="rId1" Type="`+nsRel+
			`/table" Target="../tables/table1.xml"/></Relationships>`).
		with("xl/tables/table1.xml", totalsTable).read(t)
}

func TestACopyOfATableWithTotals(t *testing.T) {
	for name, c := range map[string]struct {
		remove []int
		want   []string
	}{
		"the totals go":   {[]int{3, 4}, []string{`ref="A1:B2" totalsRowCount="0"`, `<autoFilter ref="A1:B2"/>`}},
		"the totals stay": {[]int{3}, []string{`ref="A1:B3" totalsRowCount="1"`, `<autoFilter ref="A1:B2"/>`}},
	} {
		out, err := totalsBook(t).Extract(ooxml.Extraction{Remove: map[string][]int{"S": c.remove}})
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		table := partOf(t, w, "xl/tables/table1.xml")
		for _, want := range c.want {
			if !strings.Contains(table, want) {
				t.Errorf("%s: no %s in %s", name, want, table)
			}
		}
		if sheet, _ := w.Sheet("S"); name == "the totals stay" {
			if total, _ := sheet.Cell(a1.At(3, 2)); !total.Formula || total.Value == "3" {
				t.Errorf("the total of all rows still stands there: %+v", total)
			}
		}
	}
}

func TestARowAddedAboveTotals(t *testing.T) {
	for name, l := range map[string]ooxml.Layout{
		"a footer":           {LastData: 3, Footer: 4},
		"taken for prepared": {LastData: 3, Blank: 4},
		"taken for data":     {LastData: 4},
		"not seen":           {LastData: 3},
	} {
		l.Sheet, l.Columns, l.FirstData = "S", [2]int{1, 2}, 2
		w := totalsBook(t)
		row, err := w.AddRow(l, map[int]ooxml.Value{1: ooxml.TextValue("丙"), 2: ooxml.NumberValue("5")})
		if err != nil || row != 4 {
			t.Errorf("%s: row %d, %v", name, row, err)
			continue
		}
		out, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		table := partOf(t, again, "xl/tables/table1.xml")
		if !strings.Contains(table, `ref="A1:B5" totalsRowCount="1"`) ||
			!strings.Contains(table, `<autoFilter ref="A1:B4"/>`) {
			t.Errorf("%s: %s", name, table)
		}
		sheet, err := again.Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		if total, _ := sheet.Cell(a1.At(5, 2)); !total.Formula {
			t.Errorf("%s: the totals are gone: %s", name, show(sheet.Cells))
		}
	}
}

// Two sheets of one relationship are damage; the first holds its cells, and the
// copy does too.
func TestACopyOfASheetNamedTwice(t *testing.T) {
	w := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`).
		with("xl/workbook.xml", `<workbook `+nsMain+
			`><sheets><sheet name="S" sheetId="1" r:id="rId1"/><sheet name="T" sheetId="2" r:id="rId1"/></sheets></workbook>`).read(t)
	out, err := w.Extract(ooxml.Extraction{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if sheet, err := again.Sheet("S"); err != nil || show(sheet.Cells) != "A1 n 1" {
		t.Errorf("%v", err)
	}
}

// Lists and formats in the form of newer programs lose what tells of others, and
// nothing else.
func TestACopyOfNewerListsAndFormats(t *testing.T) {
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><extLst><ext uri="{1}"><x14:dataValidations xmlns:x14="x" count="2">` +
			`<x14:dataValidation type="list" prompt="秘密一" promptTitle="公开"><x14:formula1><xm:f xmlns:xm="m">"公开甲,秘密二"</xm:f></x14:formula1><xm:sqref xmlns:xm="m">A1</xm:sqref></x14:dataValidation>` +
			`<x14:dataValidation type="list"><x14:formula1><xm:f xmlns:xm="m">"秘密三"</xm:f></x14:formula1><xm:sqref xmlns:xm="m">A1</xm:sqref></x14:dataValidation></x14:dataValidations></ext>` +
			`<ext uri="{2}"><x14:conditionalFormattings xmlns:x14="x"><x14:conditionalFormatting><x14:cfRule type="expression" id="{a}"><xm:f xmlns:xm="m">A1="秘密四"</xm:f></x14:cfRule>` +
			`<x14:cfRule type="expression" id="{b}"><xm:f xmlns:xm="m">A1="公开乙"</xm:f></x14:cfRule><xm:sqref xmlns:xm="m">A1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>`).read(t)
	out, err := w.Extract(ooxml.Extraction{Tells: func(s string) bool { return strings.Contains(s, "秘密") }})
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := partOf(t, again, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`count="1"`, `"公开甲"`, "公开乙", `promptTitle="公开"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(text, "秘密") {
		t.Error(text)
	}
}

// Of the formulas of a row given, one that needs what is left out keeps what it said;
// one that reads its own row goes on calculating. Elsewhere what looks something up in
// what is left out goes.
func TestFormulasOfTheRowsGiven(t *testing.T) {
	f := func(at, formula, value string) string {
		return `<c r="` + at + `"><f>` + formula + `</f><v>` + value + `</v></c>`
	}
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>限</t></is></c><c r="B1" t="inlineStr"><is><t>余</t></is></c></row>`+
			`<row r="2"><c r="A2"><v>7</v></c>`+f("B2", "1", "1")+`</row>`+
			`<row r="3"><c r="A3"><v>9</v></c>`+f("B3", "T[[#This Row],[限]]-TODAY()", "3")+f("C3",
			"VLOOKUP(7,A2:B3,1,FALSE)", "7")+f("D3", "ROW()-1", "2")+f("E3", "A3+1", "10")+`</row>`+
			`<row r="5">`+f("A5", "VLOOKUP(7,A2:B3,1,FALSE)", "7")+f("B5", "SUM(A2:A3)", "16")+
			`</row></sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>`).
		with("xl/worksheets/_rels/sheet1.xml.rels", `<Relationships `+partRels+`><Relationship Id="rId1" Type="`+nsRel+
			`/table" Target="../tables/table1.xml"/></Relationships>`).
		with("xl/tables/table1.xml",
			`<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:B3"><tableColumns count="2"><tableColumn id="1" name="限"/><tableColumn id="2" name="余"/></tableColumns></table>`).read(t)
	out, err := w.Extract(ooxml.Extraction{Remove: map[string][]int{"S": {2}},
		Given: map[string][]a1.Range{"S": {{First: a1.At(3, 1), Last: a1.At(3, 5)}}}})
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := again.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]struct {
		formula bool
		value   string
	}{"C2": {false, "7"}, "D2": {false, "2"}, "E2": {true, "10"}, "A4": {false, ""}, "B4": {true, "9"}} {
		ref, _ := a1.ParseRef(at)
		if c, _ := sheet.Cell(ref); c.Formula != want.formula || c.Value != want.value {
			t.Errorf("%s: %+v", at, c)
		}
	}
	if c, _ := sheet.Cell(a1.At(2, 2)); !c.Formula {
		t.Errorf("what counts the days does not count any more: %+v", c)
	}
}
