package ooxml_test

import (
	"strings"
	"testing"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/ooxmltest"
)

const (
	xdr        = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
	vmlNs      = `xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"`
	sheetRels  = "xl/worksheets/_rels/sheet1.xml.rels"
	sheet2Rels = "xl/worksheets/_rels/sheet2.xml.rels"
)

// shape is a drawing with a text box beside row 1 that shows a cell.
func shape(link string) string {
	return `<xdr:wsDr ` + xdr +
		`><xdr:twoCellAnchor><xdr:from><xdr:col>8</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>1</xdr:row></xdr:to>` +
		`<xdr:sp textlink="` + link +
		`"><xdr:txBody><a:p><a:r><a:t>old</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>`
}

func relsOf(relations string) string {
	return `<Relationships ` + partRels + `>` + relations + `</Relationships>`
}

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + nsRel + `/` + kind + `" Target="` + target + `"/>`
}

// linkedBook is a table in rows 2 to 5 of S with totals below it, and all that shows
// cells of S: on S itself, on T and on a chart sheet's kind of parts.
func linkedBook() testBook {
	row := func(n string) string { return `<row r="` + n + `"><c r="A` + n + `"><v>` + n + `</v></c></row>` }
	rule := func(val string) string {
		return `<cfRule type="iconSet" priority="1"><iconSet><cfvo type="percent" val="0"/><cfvo type="num" val="` +
			val + `"/><cfvo type="formula" val="` + val + `+1"/></iconSet></cfRule>`
	}
	b := testBook{sheets: []string{"S", "T"}}
	return b.
		with("xl/worksheets/sheet1.xml", `<worksheet `+nsMain+`><sheetData>`+
			row("1")+row("2")+row("3")+row("4")+row("5")+row("6")+`</sheetData>`+
			`<dataConsolidate><dataRefs count="2"><dataRef ref="A2:A5" sheet="S"/><dataRef ref="A6:A6" sheet="T"/></dataRefs></dataConsolidate>`+
			`<conditionalFormatting sqref="A2:A5">`+rule("$A$6")+
			`</conditionalFormatting><drawing r:id="rId1"/></worksheet>`).
		with(sheetRels, relsOf(relation("rId1", "drawing", "../drawings/drawing1.xml"))).
		with("xl/drawings/drawing1.xml", shape("$A$6")).
		with("xl/worksheets/sheet2.xml", `<worksheet `+nsMain+`><sheetData/><conditionalFormatting sqref="A2:A5">`+
			rule("S!$A$6")+`</conditionalFormatting>`+
			`<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><controls><control shapeId="1" r:id="rId3"><controlPr linkedCell="S!$A$6" listFillRange="S!A2:A5"/></control></controls></worksheet>`).
		with(sheet2Rels, relsOf(relation("rId1", "drawing", "../drawings/drawing2.xml")+relation("rId2", "vmlDrawing",
			"../drawings/vml1.vml")+relation("rId3", "ctrlProp", "../ctrlProps/ctrlProp1.xml"))).
		with("xl/drawings/drawing2.xml", shape("S!$A$6")).
		with("xl/drawings/_rels/drawing2.xml.rels", relsOf(relation("rId1", "chart", "../parts/figure.xml"))).
		with("xl/parts/figure.xml",
			`<c:chart xmlns:c="c" xmlns:c15="d"><c:f>S!$A$2:$A$5</c:f><c15:sqref>S!$A$6</c15:sqref></c:chart>`).
		with("xl/drawings/vml1.vml", `<xml `+vmlNs+
			`><v:shape><x:ClientData ObjectType="Drop"><x:Anchor>0,0,0,0,1,0,1,0</x:Anchor><x:FmlaLink>S!$A$6</x:FmlaLink><x:FmlaMacro>[0]!A6</x:FmlaMacro></x:ClientData></v:shape></xml>`).
		with("xl/ctrlProps/ctrlProp1.xml",
			`<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Drop" fmlaLink="S!$A$6" fmlaRange="S!$A$2:$A$5" val="6"/>`).
		with("xl/pivotCache/pivotCacheDefinition1.xml", `<pivotCacheDefinition `+nsMain+
			`><cacheSource type="consolidation"><consolidation><rangeSets count="2"><rangeSet ref="A2:A5" sheet="S"/><rangeSet ref="A2:A5" sheet="T"/></rangeSets></consolidation></cacheSource></pivotCacheDefinition>`)
}

// A row is added above the totals: whatever shows them goes on showing them, on whichever
// sheet and in whichever part it stands.
func TestWhatShowsACellFollowsItsRow(t *testing.T) {
	w := linkedBook().read(t)
	if _, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 1}, FirstData: 2, LastData: 5, Footer: 6},
		map[int]ooxml.Value{1: ooxml.NumberValue("9")}); err != nil {
		t.Fatal(err)
	}
	parts := partsOf(t, w)
	for part, want := range map[string][]string{
		"xl/worksheets/sheet1.xml": {
			`<cfvo type="percent" val="0"/><cfvo type="num" val="$A$7"/><cfvo type="formula" val="$A$7+1"/>`,
			`<dataRef ref="A2:A6" sheet="S"/><dataRef ref="A6:A6" sheet="T"/>`},
		"xl/worksheets/sheet2.xml":   {`val="S!$A$7"/>`, `linkedCell="S!$A$7" listFillRange="S!A2:A6"`},
		"xl/drawings/drawing1.xml":   {`textlink="$A$7"`},
		"xl/drawings/drawing2.xml":   {`textlink="S!$A$7"`},
		"xl/parts/figure.xml":        {`<c:f>S!$A$2:$A$6</c:f>`, `<c15:sqref>S!$A$7</c15:sqref>`},
		"xl/drawings/vml1.vml":       {`<x:FmlaLink>S!$A$7<`, `<x:FmlaMacro>[0]!A6<`},
		"xl/ctrlProps/ctrlProp1.xml": {`fmlaLink="S!$A$7" fmlaRange="S!$A$2:$A$6" val="6"`},
		"xl/pivotCache/pivotCacheDefinition1.xml": {
			`<rangeSet ref="A2:A6" sheet="S"/><rangeSet ref="A2:A5" sheet="T"/>`},
	} {
		for _, text := range want {
			if !strings.Contains(parts[part], text) {
				t.Errorf("%s has no %s:\n%s", part, text, parts[part])
			}
		}
	}
}

// In a copy a shape goes on showing a cell that stays as it is, from where that is now; one that shows what is
// left out, or a picture of cells, goes. So does a rule whose limit is left out.
func TestWhatShowsACellInACopy(t *testing.T) {
	camera := `<xdr:wsDr ` + xdr +
		`><xdr:twoCellAnchor><xdr:from><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:row>0</xdr:row></xdr:to><xdr:pic><a:extLst><a:ext><a14:cameraTool xmlns:a14="x" cellRange="$A$1"/></a:ext></a:extLst></xdr:pic></xdr:twoCellAnchor></xdr:wsDr>`
	sum := `<row r="7"><c r="A7"><f>SUM(A2:A5)</f><v>14</v></c></row></sheetData>`
	for name, c := range map[string]struct{ drawing, want string }{
		"of the title":           {shape("$A$1"), `textlink="$A$1"`},
		"of a row that moves":    {shape("$A$6"), `textlink="$A$5"`},
		"of a row left out":      {shape("$A$4"), ""},
		"of a sheet left out":    {shape("T!$A$1"), ""},
		"of a total of all rows": {shape("$A$7"), ""},
		"of several":             {shape("$A$1:$A$6"), ""},
		"a picture of cells":     {camera, ""},
		"words of its own":       {shape(""), `textlink=""`},
	} {
		b := linkedBook().with("xl/drawings/drawing1.xml", c.drawing)
		b = b.with("xl/worksheets/sheet1.xml", strings.Replace(b.parts["xl/worksheets/sheet1.xml"], "</sheetData>", sum,
			1))
		data, err := b.read(t).Extract(ooxml.Extraction{Drop: []string{"T"}, Remove: map[string][]int{"S": {4}}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parts := ooxmltest.Parts(t, data)
		got := parts["xl/drawings/drawing1.xml"]
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
		if sheet := parts["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `<cfvo type="num" val="$A$5"/>`) {
			t.Errorf("%s: %s", name, sheet)
		}
	}
	data, err := linkedBook().read(t).Extract(ooxml.Extraction{Remove: map[string][]int{"S": {6}}})
	if err != nil {
		t.Fatal(err)
	}
	if sheet := ooxmltest.Parts(t, data)["xl/worksheets/sheet1.xml"]; strings.Contains(sheet, "cfvo") {
		t.Errorf("a rule without its limit: %s", sheet)
	}
}
