package notices

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// Docx is the letter as a Word document on A4 paper, set as GB/T 9704—2012 sets
// official documents: title 小标宋 22 pt, headings 黑体 16 pt, text 仿宋 16 pt with
// 28 pt between lines, page number below. The same letter gives the same bytes.
func (l *Letter) Docx() ([]byte, error) {
	var body strings.Builder
	for _, line := range l.lines {
		if line.kind == tableLines {
			wordTable(&body, line.rows)
			continue
		}
		body.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + wordStyles[line.kind] + `"/></w:pPr>` + wordRun(line.text) + `</w:p>`)
	}
	parts := []struct{ name, data string }{
		{"[Content_Types].xml", wordTypes},
		{"_rels/.rels", wordRels},
		{"word/document.xml", `<w:document ` + wordNames + `><w:body>` + body.String() + wordPage + `</w:body></w:document>`},
		{"word/styles.xml", wordStyleSheet()},
		{"word/footer1.xml", wordFooter},
		{"word/_rels/document.xml.rels", wordDocumentRels},
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		// The time is the earliest that the format can hold.
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(xml.Header + p.data)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func wordRun(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return `<w:r><w:t xml:space="preserve">` + b.String() + `</w:t></w:r>`
}

// wordTable writes a table over the whole width of the text, its head repeated
// on every page.
func wordTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	sum := 0
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], cells(row[i])+2)
		}
		widths[i] = min(widths[i], 18)
		sum += widths[i]
	}
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, wordTextWidth*w/sum)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i == 0 {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		style := "Cell"
		if i == 0 {
			style = "CellHead"
		}
		for k, cell := range row {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>%s</w:p></w:tc>`,
				wordTextWidth*widths[k]/sum, style, wordRun(cell))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

const (
	wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

	// A4 with the margins of official documents, in twentieths of a point: 37 mm
	// above, 35 mm below, 28 mm left, 26 mm right.
	wordPage = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>`
	wordTextWidth = 11906 - 1474 - 1588

	wordTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`

	wordRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

	wordDocumentRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`

	wordFooter = `<w:ftr ` + wordNames + `><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
		`<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
)

// wordStyles are the paragraph styles of the kinds of lines.
var wordStyles = map[lineKind]string{
	bodyLine: "Body", titleLine: "LetterTitle", salutation: "Salutation", headingLine: "Part", subheadingLine: "Subpart", itemLine: "Body", signature: "Sign",
}

func wordStyleSheet() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordNames + `><w:docDefaults><w:rPrDefault><w:rPr>` + wordFont("仿宋", 32) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	style := func(id, font string, size int, paragraph string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
			id, id, paragraph, wordFont(font, size))
	}
	const (
		exact  = `<w:spacing w:line="560" w:lineRule="exact"/>`
		indent = `<w:ind w:firstLine="640" w:firstLineChars="200"/>`
	)
	style("LetterTitle", "方正小标宋简体", 44, `<w:keepNext/><w:spacing w:after="480" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>`)
	style("Salutation", "仿宋", 32, exact)
	style("Body", "仿宋", 32, exact+indent+`<w:jc w:val="both"/>`)
	style("Part", "黑体", 32, `<w:keepNext/>`+exact+indent)
	style("Subpart", "楷体", 32, `<w:keepNext/>`+exact+indent)
	style("Sign", "仿宋", 32, `<w:spacing w:before="560" w:line="560" w:lineRule="exact"/><w:ind w:right="640"/><w:jc w:val="right"/>`)
	style("Cell", "仿宋", 24, `<w:jc w:val="center"/>`)
	style("CellHead", "黑体", 24, `<w:keepNext/><w:jc w:val="center"/>`)
	style("Foot", "宋体", 28, `<w:jc w:val="center"/>`)
	b.WriteString(`</w:styles>`)
	return b.String()
}

// wordFont is a Chinese font with Times New Roman for Latin letters and digits;
// the size is in half points.
func wordFont(name string, size int) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s" w:cs="Times New Roman"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, name, size, size)
}
