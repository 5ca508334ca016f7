package plan

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"

	"taizhang/sheet/msg"
)

// readDocx reads the body of a WordprocessingML document (ISO/IEC 29500-1, 17):
// paragraphs with the numbers that the program would show, tables and the text
// of boxes. Deleted text of tracked changes, hidden text, the small print of
// ruby, comments, headers and footnotes are left out; struck-out text is left
// out and noted.
func readDocx(name string, data []byte) (*Document, error) {
	damaged := func(err error) error {
		return &msg.Error{Class: ErrFormat, Text: msg.New("plan.damaged_docx", "File", name),
			Hint: msg.New("plan.save_as_docx"), Err: err}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	if other := otherPackage(z); other != "" {
		return nil, otherFormat(name, other)
	}
	main := mainPart(z)
	body, err := part(z, main)
	if err != nil {
		return nil, damaged(err)
	}
	var numbers *numbering
	if b, err := part(z, beside(z, main, "numbering", "numbering.xml")); err == nil {
		if numbers, err = readNumbering(b); err != nil {
			return nil, damaged(err)
		}
	}
	var looks looks
	if b, err := part(z, beside(z, main, "styles", "styles.xml")); err == nil {
		if looks, err = readLooks(b); err != nil {
			return nil, damaged(err)
		}
		if numbers != nil {
			numbers.styles = looks.numbers
		}
	}
	r := &docxReader{dec: xml.NewDecoder(bytes.NewReader(body)), numbers: numbers, looks: looks,
		doc: &Document{Name: name}}
	r.dec.Strict = true
	if err := r.blocks(); err != nil {
		return nil, damaged(err)
	}
	r.doc.Blocks = unwrap(tabled(r.doc.Blocks, r.raw))
	return r.doc, nil
}

// otherPackage is the kind of a zip that is no Word document; "" if it may be
// one.
func otherPackage(z *zip.Reader) string {
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "xl/"):
			return ".xlsx"
		case strings.HasPrefix(f.Name, "ppt/"):
			return ".pptx"
		case f.Name == "OFD.xml":
			return ".ofd"
		case f.Name == "mimetype":
			if b, err := part(z, "mimetype"); err == nil && strings.Contains(string(b), "opendocument") {
				return ".odt"
			}
		}
	}
	return ""
}

// relation is one relationship of a part.
type relation struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations are those of a part, "" for the package; none if they cannot be read.
func relations(z *zip.Reader, of string) []relation {
	dir, base := path.Split(of)
	b, err := part(z, dir+"_rels/"+base+".rels")
	var doc struct {
		All []relation `xml:"Relationship"`
	}
	if err != nil || xml.Unmarshal(b, &doc) != nil {
		return nil
	}
	for i, r := range doc.All {
		if strings.HasPrefix(r.Target, "/") {
			doc.All[i].Target = r.Target[1:]
		} else {
			doc.All[i].Target = path.Join(dir, r.Target)
		}
	}
	return doc.All
}

// mainPart is the part that holds the document, by the package's relationship.
func mainPart(z *zip.Reader) string {
	for _, r := range relations(z, "") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return r.Target
		}
	}
	return "word/document.xml"
}

// beside is the part that main refers to as kind, else the usual one.
func beside(z *zip.Reader, main, kind, usual string) string {
	for _, r := range relations(z, main) {
		if strings.HasSuffix(r.Type, "/"+kind) {
			return r.Target
		}
	}
	return path.Join(path.Dir(main), usual)
}

func part(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(b) > maxSize {
		err = io.ErrShortBuffer
	}
	return b, err
}

type docxReader struct {
	dec     *xml.Decoder
	numbers *numbering
	looks   looks
	doc     *Document
	raw     []string // by block: its text with the white space around it; "" for a heading, a table, a text box
	line    int      // paragraphs seen
}

// blocks reads paragraphs and tables until the end of the document.
func (r *docxReader) blocks() error {
	for {
		tok, err := r.dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "p":
			p, err := r.paragraph()
			if err != nil {
				return err
			}
			r.doc.Blocks = append(r.doc.Blocks, p.blocks()...)
			if p.level == 0 {
				r.raw = append(r.raw, p.texts...)
			}
			r.raw = append(r.raw, make([]string, len(r.doc.Blocks)-len(r.raw))...)
		case "tbl":
			line := r.line + 1
			rows, lines, err := r.table()
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				r.doc.Blocks = append(r.doc.Blocks, Block{Line: line, Rows: rows, Lines: lines})
				r.raw = append(r.raw, "")
			}
		case "del", "moveFrom", "sectPr", "Fallback":
			if err := r.dec.Skip(); err != nil {
				return err
			}
		}
	}
}

// docxPara is one paragraph of a document. A line break makes two texts of it.
type docxPara struct {
	line  int
	level int
	texts []string
	boxes []Block // the paragraphs and tables of text boxes that are anchored in it
}

func (p *docxPara) blocks() (out []Block) {
	for _, text := range p.texts {
		out = append(out, Block{Line: p.line, Text: trim(text), Level: p.level})
	}
	return append(out, p.boxes...)
}

// run is how a stretch of text looks.
type run struct {
	hidden, struck bool
}

// paragraph reads up to the paragraph's end.
func (r *docxReader) paragraph() (*docxPara, error) {
	r.line++
	p := &docxPara{line: r.line}
	var text, struck strings.Builder
	var num, level, style string
	var look run
	outline := -1
	var open []string // the elements between the paragraph and here
	in := func(name string) bool { return slices.Contains(open, name) }
	for depth := 1; depth > 0; {
		tok, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			name := t.Name.Local
			open = append(open, name)
			skip := false
			put := func(s string) {
				switch {
				case look.hidden:
				case look.struck:
					struck.WriteString(s)
				default:
					text.WriteString(s)
				}
			}
			switch name {
			case "r":
				look = run{}
			case "rStyle":
				look = r.looks.runs[attr(t, "val")]
			case "vanish":
				if !in("pPr") {
					look.hidden = on(t)
				}
			case "strike", "dstrike":
				if !in("pPr") {
					look.struck = look.struck || on(t)
				}
			case "t":
				var s string
				if err := r.dec.DecodeElement(&s, &t); err != nil {
					return nil, err
				}
				put(s)
				open, depth = open[:len(open)-1], depth-1
			case "tab":
				if !in("pPr") { // there it defines a tab stop
					put("\t")
				}
			case "br", "cr":
				put("\n")
			case "noBreakHyphen":
				put("-")
			case "pStyle":
				style = attr(t, "val")
			case "outlineLvl":
				outline = int(atoi(attr(t, "val"), 9, 0, 9))
			case "numId":
				num = attr(t, "val")
			case "ilvl":
				level = attr(t, "val")
			case "p": // of a text box
				inner, err := r.paragraph()
				if err != nil {
					return nil, err
				}
				p.boxes = append(p.boxes, inner.blocks()...)
				open, depth = open[:len(open)-1], depth-1
			case "tbl":
				line := r.line + 1
				rows, lines, err := r.table()
				if err != nil {
					return nil, err
				}
				if len(rows) > 0 {
					p.boxes = append(p.boxes, Block{Line: line, Rows: rows, Lines: lines})
				}
				open, depth = open[:len(open)-1], depth-1
			case "del", "moveFrom", "instrText", "Fallback", "rt", "pPrChange", "rPrChange":
				skip = true
			}
			if skip {
				if err := r.dec.Skip(); err != nil {
					return nil, err
				}
				open, depth = open[:len(open)-1], depth-1
			}
		case xml.EndElement:
			depth--
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
			if t.Name.Local == "r" {
				look = run{}
			}
		}
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if line = modern(line); trim(line) != "" {
			p.texts = append(p.texts, line)
		}
	}
	if s := trim(struck.String()); s != "" {
		r.doc.Struck = append(r.doc.Struck, Block{Line: p.line, Text: s})
	}
	if outline < 0 {
		outline = r.looks.outline(style)
	}
	if outline < 9 {
		p.level = outline + 1
	}
	if len(p.texts) > 0 {
		if label := r.numbers.label(style, num, level); label != "" {
			p.texts[0] = label + trim(p.texts[0])
		}
	}
	return p, nil
}

// on reads a switch such as w:strike, which is on unless it says otherwise.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// table reads a table's cells. A cell that spans columns stands in the first of
// them; a cell merged downwards is filled in.
func (r *docxReader) table() (rows [][]string, lines []int, err error) {
	var row []string
	var cell []string
	span, merged, began := 1, false, 0
	for {
		tok, err := r.dec.Token()
		if err != nil {
			return nil, nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tr":
				row, began = nil, r.line+1
			case "tc":
				cell, span, merged = nil, 1, false
			case "gridBefore":
				for range atoi(attr(t, "val"), 0, 0, 63) {
					row = append(row, "")
				}
			case "gridSpan":
				span = int(atoi(attr(t, "val"), 1, 1, 63))
			case "vMerge":
				merged = attr(t, "val") != "restart"
			case "p":
				p, err := r.paragraph()
				if err != nil {
					return nil, nil, err
				}
				for _, b := range p.blocks() {
					cell = append(cell, b.lines()...)
				}
			case "tbl": // a table within a cell is text of that cell
				inner, _, err := r.table()
				if err != nil {
					return nil, nil, err
				}
				cell = append(cell, Block{Rows: inner}.lines()...)
			case "del", "moveFrom", "Fallback", "trPrChange", "tcPrChange":
				if err := r.dec.Skip(); err != nil {
					return nil, nil, err
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "tc":
				text := strings.Join(cell, "\n")
				if above := len(rows) - 1; merged && above >= 0 && len(row) < len(rows[above]) {
					text = rows[above][len(row)]
				}
				row = append(row, text)
				for ; span > 1; span-- {
					row = append(row, "")
				}
			case "tr":
				rows, lines = append(rows, row), append(lines, began)
			case "tbl":
				return rows, lines, nil
			}
		}
	}
}

// lines is a block as it stands within a cell.
func (b Block) lines() (out []string) {
	if b.Rows == nil {
		return []string{b.Text}
	}
	for _, row := range b.Rows {
		out = append(out, strings.Join(row, " "))
	}
	return out
}

// attr is the attribute with that local name, "" if there is none.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// atoi is s as a number between min and max, def if it is none.
func atoi(s string, def, min, max int64) int64 {
	var n int64
	for _, r := range s {
		if r < '0' || r > '9' || n > max {
			return def
		}
		n = n*10 + int64(r-'0')
	}
	if s == "" || n < min || n > max {
		return def
	}
	return n
}
