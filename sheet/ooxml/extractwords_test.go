package ooxml_test

import (
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/ooxmltest"
)

// wordsBook has a word of others, each with a number of its own, in every place that is
// neither a cell nor a list: names of styles and tables, formats of numbers, texts within
// formulas, what machines keep. Row 2 is the row given, row 3 is left out.
func wordsBook(t *testing.T) testBook {
	t.Helper()
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + nsRel + `/` + kind + `" Target="` + target + `"/>`
	}
	text := func(at, s string) string { return `<c r="` + at + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	b := testBook{sheets: []string{"S"},
		prefix: `<fileVersion appName="xl" codeName="秘密01"/><workbookPr codeName="秘密02"/><workbookProtection workbookAlgorithmName="SHA-512"/>`,
		names:  `<definedName name="a" help="秘密03" statusBar="秘密04" customMenu="秘密05">S!$A$2</definedName><definedName name="b">S!$A$1</definedName>`}
	for name, text := range map[string]string{
		"xl/_rels/workbook.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "worksheet", "worksheets/sheet1.xml") + rel("rId2", "styles", "styles.xml") +
			rel("rId3", "theme", "theme/theme1.xml") + rel("rId4", "sheetMetadata", "metadata.xml") + rel("rId5",
			"rdRichValue", "richData/rdrichvalue.xml") +
			rel("rId6", "rdRichValueStructure", "richData/rdrichvaluestructure.xml") + rel("rId7", "richValueRel",
			"richData/richValueRel.xml") +
			rel("rId8", "person", "persons/person.xml") + `</Relationships>`,
		"xl/theme/theme1.xml": `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="秘密06"><a:themeElements><a:clrScheme name="秘密07"/><a:fontScheme name="秘密08"><a:majorFont><a:latin typeface="Cambria"/></a:majorFont></a:fontScheme><a:fmtScheme name="秘密09"/></a:themeElements><a:custClrLst><a:custClr name="秘密10"/></a:custClrLst></a:theme>`,
		"xl/styles.xml": `<styleSheet ` + nsMain +
			`><!-- 秘密11 --><numFmts count="3"><numFmt numFmtId="164" formatCode="&quot;秘密12&quot;0"/><numFmt numFmtId="165" formatCode="&quot;秘密13&quot;0"/><numFmt numFmtId="166" formatCode="&quot;公开式&quot;0"/></numFmts>` +
			`<fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>` +
			`<cellStyleXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" xfId="0"/><xf numFmtId="164" xfId="1" applyNumberFormat="1"/><xf numFmtId="165" xfId="0"/><xf numFmtId="166" xfId="0"/></cellXfs>` +
			`<cellStyles count="3"><cellStyle name="Normal" xfId="0" builtinId="0"/><cellStyle name="秘密14" xfId="1"/><cellStyle name="Style 1" xfId="0"/></cellStyles>` +
			`<dxfs count="2"><dxf><numFmt numFmtId="170" formatCode="0&quot;秘密15&quot;"/></dxf><dxf><font><b/></font></dxf></dxfs>` +
			`<tableStyles count="1" defaultTableStyle="秘密16"><tableStyle name="秘密16" pivot="0" count="1"><tableStyleElement type="wholeTable" dxfId="1"/></tableStyle></tableStyles>` +
			`<extLst><ext uri="{a}"><x14:slicerStyles xmlns:x14="x" defaultSlicerStyle="秘密17"/></ext><ext uri="{b}"><x15:timelineStyles xmlns:x15="y" defaultTimelineStyle="公开"/></ext></extLst></styleSheet>`,
		"xl/metadata.xml": `<metadata ` + nsMain +
			` xmlns:xlrd="d"><metadataTypes count="2"><metadataType name="XLRICHVALUE" minSupportedVersion="120000"/><metadataType name="XLMDX"/></metadataTypes><metadataStrings count="1"><s v="秘密18"/></metadataStrings>` +
			`<mdxMetadata count="1"><mdx n="0" f="m"><t c="1"><n x="0"/></t></mdx></mdxMetadata><futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext uri="{c}"><xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata><valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>`,
		"xl/richData/rdrichvalue.xml":          `<rvData xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata" count="2"><rv s="0"><v>0</v><v>5</v></rv><rv s="1"><v>秘密19</v></rv></rvData>`,
		"xl/richData/rdrichvaluestructure.xml": `<rvStructures xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata" count="2"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s><s t="_entity"><k n="秘密20" t="s"/></s></rvStructures>`,
		"xl/richData/richValueRel.xml":         `<richValueRels xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel" xmlns:r="` + nsRel + `"><rel r:id="rId1"/></richValueRels>`,
		"xl/richData/_rels/richValueRel.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "image", "../media/image1.png") + `</Relationships>`,
		"xl/media/image1.png":   "公开的图",
		"xl/media/image2.png":   "tEXt 秘密21",
		"xl/persons/person.xml": `<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="公开甲" id="{1}" userId="u1"/><person displayName="秘密22" id="{2}" userId="u2" providerId="AD"/></personList>`,
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "table", "../tables/table1.xml") + rel("rId2", "drawing",
			"../drawings/drawing1.xml") + rel("rId3", "vmlDrawing", "../drawings/vml1.vml") + rel("rId4", "comments",
			"../comments1.xml") +
			`<Relationship Id="rId5" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/tc1.xml"/></Relationships>`,
		"xl/threadedComments/tc1.xml": `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A2" personId="{1}" id="{a}"><text>好</text></threadedComment><threadedComment ref="E1" personId="{2}" id="{b}"><text>秘密23</text></threadedComment></ThreadedComments>`,
		"xl/comments1.xml": `<comments ` + nsMain +
			`><authors><author>公开甲</author><author>秘密24</author></authors><commentList><comment ref="A2" authorId="0"><text><t>好</t></text></comment><comment ref="E1" authorId="1"><text><t>秘密25</t></text></comment><comment ref="D1" authorId="1"><text><t>无话</t></text></comment></commentList></comments>`,
		"xl/drawings/vml1.vml":     `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="s1" alt="秘密26"><v:textbox><div>秘密27</div></v:textbox><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>4</x:Column></x:ClientData></v:shape><v:shape id="s2"><v:textbox/><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape><v:shape id="s3" alt="秘密28"><x:ClientData ObjectType="Pict"/></v:shape></xml>`,
		"xl/drawings/drawing1.xml": `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="` + nsRel + `"><xdr:twoCellAnchor><xdr:from><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:row>0</xdr:row></xdr:to><xdr:pic macro="秘密29"><xdr:nvPicPr><xdr:cNvPr id="1" name="图"><a:hlinkClick r:id="rId2" tooltip="秘密30"/></xdr:cNvPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></xdr:twoCellAnchor></xdr:wsDr>`,
		"xl/drawings/_rels/drawing1.xml.rels": `<Relationships ` + partRels + `>` +
			rel("rId1", "image", "../media/image2.png") + `<Relationship Id="rId2" Type="` + nsRel +
			`/hyperlink" Target="file:///秘密31.docx" TargetMode="External"/></Relationships>`,
		"xl/tables/table1.xml": `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="7" name="秘密32" displayName="秘密32" comment="秘密33" headerRowCellStyle="秘密14" ref="A1:C4" totalsRowCount="1"><tableColumns count="3"><tableColumn id="1" uniqueName="秘密34" name="事" totalsRowLabel="秘密35"/><tableColumn id="2" name="数" dataCellStyle="秘密14"><calculatedColumnFormula>IF(秘密32[事]="秘密36",1,2)</calculatedColumnFormula></tableColumn><tableColumn id="3" name="和"><calculatedColumnFormula>秘密32[[#This Row],[数]]*2</calculatedColumnFormula></tableColumn></tableColumns><tableStyleInfo name="秘密16" showRowStripes="1"/></table>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain +
			`><sheetPr codeName="秘密37"/><!-- 秘密38 --><sheetData><row r="1">` +
			text("A1", "事") + text("B1", "数") + text("C1", "和") + text("D1", "x") +
			`<c r="E1"><f>COUNTIF(A2:A3,"秘密39")</f><v>1</v></c></row>` +
			`<row r="2">` + text("A2", "公开") +
			`<c r="B2"><f>IF(秘密32[[#This Row],[事]]="秘密40",1,2)</f><v>2</v></c><c r="C2" s="3"><f>秘密32[[#This Row],[数]]*2</f><v>4</v></c><c r="D2" s="1"><v>8</v></c><c r="E2" t="e" vm="1"><v>#VALUE!</v></c></row>` +
			`<row r="3">` + text("A3", "秘密41") + `<c r="B3" s="2"><v>1</v></c></row><row r="4">` + text("A4", "合计") +
			`<c r="C4"><f>SUBTOTAL(109,秘密32[和])</f><v>6</v></c></row><?秘密42?></sheetData>` +
			`<protectedRanges><protectedRange name="秘密43" sqref="B2" securityDescriptor="O:秘密44"/><protectedRange name="公开区" sqref="C2"/></protectedRanges>` +
			`<conditionalFormatting sqref="C2"><cfRule type="expression" dxfId="0" priority="1"><formula>C2&gt;1</formula></cfRule></conditionalFormatting>` +
			`<drawing r:id="rId2"/><legacyDrawing r:id="rId3"/><tableParts count="1"><tablePart r:id="rId1"/></tableParts><extLst><ext uri="{d}"><x14:protectedRanges xmlns:x14="x"><x14:protectedRange name="秘密45"><xm:sqref xmlns:xm="m">C2</xm:sqref></x14:protectedRange></x14:protectedRanges></ext></extLst></worksheet>`,
	} {
		b = b.with(name, text)
	}
	return b
}

func TestACopyTellsNothingInNamesFormatsAndFormulas(t *testing.T) {
	out, err := wordsBook(t).read(t).Extract(ooxml.Extraction{Remove: map[string][]int{"S": {3}},
		Clear: map[string][]a1.Ref{"S": nil},
		Given: map[string][]a1.Range{"S": {{First: a1.At(2, 1), Last: a1.At(2, 5)}}},
		Tells: func(s string) bool { return strings.Contains(s, "秘密") }})
	if err != nil {
		t.Fatal(err)
	}
	parts := ooxmltest.Parts(t, out)
	for name, text := range parts {
		for i := strings.Index(text, "秘密"); i >= 0; i = strings.Index(text, "秘密") {
			// The number of a row given is shown with the words of its format.
			if !strings.HasPrefix(text[i:], "秘密12") {
				t.Errorf("%s: …%.60s", name, text[i:])
			}
			text = text[i+len("秘密"):]
		}
	}
	for part, want := range map[string][]string{
		"xl/styles.xml":   {`公开式`, `name="Normal"`, `<tableStyle name="`, `defaultTimelineStyle="公开"`, `秘密12`},
		"xl/workbook.xml": {`name="a"`, `name="b"`},
		"xl/metadata.xml": {"XLRICHVALUE", "<rc"},
		"xl/worksheets/sheet1.xml": {`vm="1"`, `公开区`, `<c r="B2"><v>2</v></c>`, `[[#This Row],[数]]*2</f>`,
			`SUBTOTAL(109,`},
		"xl/persons/person.xml": {"公开甲"},
		"xl/theme/theme1.xml":   {"Cambria"},
		"xl/comments1.xml":      {"公开甲"},
		"xl/drawings/vml1.vml":  {`id="s1"`, `id="s2"`},
		"xl/tables/table1.xml":  {`[[#This Row],[数]]*2`, `<tableStyleInfo name="`},
	} {
		for _, want := range want {
			if !strings.Contains(parts[part], want) {
				t.Errorf("%s lacks %s: %s", part, want, parts[part])
			}
		}
	}
	if _, err := ooxml.Read("a.xlsx", out, ooxml.Options{}); err != nil {
		t.Error(err)
	}
}
