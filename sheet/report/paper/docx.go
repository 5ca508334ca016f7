package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"taizhang/sheet/msg"
	"time"
)

// writer gathers the parts of a Word document.
type writer struct {
	p      *Paper
	body   strings.Builder
	charts []chartPart
	size   int // of the font of the table at hand, in half points; 0: the style's
}

type part struct {
	name string
	data []byte
}

// Docx is the paper as a Word document.
func (p *Paper) Docx() ([]byte, error) {
	w := writer{p: p}
	if err := w.write(); err != nil {
		return nil, err
	}
	parts := []part{
		{"[Content_Types].xml", text(w.contentTypes())},
		{"_rels/.rels", text(packageRels)},
		{"docProps/core.xml", text(w.core())},
		{"docProps/app.xml", text(appProperties)},
		{"word/document.xml", text(`<w:document ` + names + `><w:body>` + w.body.String() + section +
			`</w:body></w:document>`)},
		{"word/_rels/document.xml.rels", text(w.documentRels())},
		{"word/styles.xml", text(styles())},
		{"word/settings.xml", text(settings)},
		{"word/fontTable.xml", text(fontTable())},
		{"word/footer1.xml", text(footer("FootOdd"))},
		{"word/footer2.xml", text(footer("FootEven"))},
	}
	for i, c := range w.charts {
		parts = append(parts,
			part{fmt.Sprintf("word/charts/chart%d.xml", i+1), c.chart},
			part{fmt.Sprintf("word/charts/_rels/chart%d.xml.rels", i+1), text(chartRels(i + 1))},
			part{fmt.Sprintf("word/embeddings/figures%d.xlsx", i+1), c.book})
	}
	return pack(parts)
}

func text(s string) []byte { return []byte(xml.Header + s) }

func pack(parts []part) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		// The time is the earliest that the format can hold.
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate,
			Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(p.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// write sets the paper from top to bottom.
func (w *writer) write() error {
	p := w.p
	lines := titleLines(oneLine(p.Title))
	for i, line := range lines {
		if i > 0 {
			line = `</w:t><w:br/><w:t xml:space="preserve">` + escape(line)
		} else {
			line = escape(line)
		}
		lines[i] = line
	}
	if p.Title != "" {
		w.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="PaperTitle"/></w:pPr><w:r><w:t xml:space="preserve">` +
			strings.Join(lines, "") + `</w:t></w:r></w:p>`)
		w.empty()
	}
	if p.To != "" {
		w.paragraph("Flush", "", oneLine(p.To)+p.colon())
	}
	signed := p.signLines()
	for i, b := range p.blocks {
		last := ""
		if i == len(p.blocks)-1 && halves(b.text) <= shortText && (len(signed) > 0 || len(p.Attachments) > 0) {
			last = keepNext // no page with nothing but a signature
		}
		switch {
		case b.table != nil:
			w.table(b.table)
		case b.chart != nil:
			if err := w.chart(b.chart); err != nil {
				return err
			}
		case b.level > 0:
			w.paragraph(fmt.Sprintf("Heading%d", b.level), "", b.text)
		case b.flush:
			w.paragraph("Flush", keepNext, b.text)
		default:
			w.paragraph("Text", last, b.text)
		}
	}
	w.attachments(len(signed) > 0)
	for i, s := range signed {
		keep := ""
		if i < len(signed)-1 {
			keep = keepNext
		}
		for range s.empty {
			w.paragraph("Flush", keepNext, "")
		}
		w.paragraph("Sign", keep+rightIndent(s.right), s.text)
	}
	return nil
}

// shortText is up to how long a last paragraph moves to the next page with the
// signature, in halves of a character: six lines. A longer one is broken.
const shortText = 6 * 2 * 28

const keepNext = `<w:keepNext/>`

func rightIndent(hundredths int) string {
	return fmt.Sprintf(`<w:ind w:rightChars="%d" w:right="%d"/>`, hundredths, hundredths*charTwips/100)
}

// paragraph writes a paragraph; properties stand behind its style.
func (w *writer) paragraph(style, properties, text string) {
	w.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + properties + `</w:pPr>`)
	if text != "" {
		w.body.WriteString(run(text))
	}
	w.body.WriteString(`</w:p>`)
}

func (w *writer) empty() { w.paragraph("Flush", "", "") }

// attachments writes 附件说明: one empty line below the text, the names of all
// aligned, no mark at the end.
func (w *writer) attachments(signed bool) {
	list := w.p.Attachments
	if len(list) == 0 {
		return
	}
	word := w.p.attachmentWord()
	keep := ""
	if signed {
		keep = keepNext
	}
	w.paragraph("Flush", keep, "")
	lead := halves(word) * 50 // of the first line, before the names, in hundredths of a character
	for i, name := range list {
		number := ""
		if len(list) > 1 {
			number = fmt.Sprintf("%d.", i+1)
		}
		first := number
		if i == 0 {
			first = word + number
		}
		left := 200 + lead + halves(number)*50
		hang := halves(first) * 50
		properties := keep + fmt.Sprintf(`<w:ind w:leftChars="%d" w:left="%d" w:hangingChars="%d" w:hanging="%d"/>`,
			left, left*charTwips/100, hang, hang*charTwips/100)
		if number != "" {
			first += "\t" // to where the run-on lines begin
		}
		w.paragraph("Flush", properties, first+oneLine(name))
	}
}

func (p *Paper) attachmentWord() string {
	if p.Lang == msg.EN {
		return "Attachments: "
	}
	return "附件："
}

func (p *Paper) colon() string {
	if p.Lang == msg.EN {
		return ":"
	}
	return "："
}

func run(text string) string {
	parts := strings.Split(text, "\t")
	for i := range parts {
		parts[i] = `<w:t xml:space="preserve">` + escape(parts[i]) + `</w:t>`
	}
	return `<w:r>` + strings.Join(parts, `<w:tab/>`) + `</w:r>`
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

func (w *writer) core() string {
	s := w.p.Sign
	var b strings.Builder
	b.WriteString(
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
			` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	b.WriteString(`<dc:title>` + escape(oneLine(w.p.Title)) + `</dc:title><dc:creator>` + escape(oneLine(s.Unit)) +
		`</dc:creator>`)
	if !s.Date.IsZero() {
		at := s.Date.Format("2006-01-02T00:00:00Z")
		b.WriteString(`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}
