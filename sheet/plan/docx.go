package plan

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"taizhang/sheet/msg"
)

// readDocx reads the body of a WordprocessingML document (ISO/IEC 29500-1, 17):
// paragraphs with the numbers that the program would show, and tables. Deleted
// text of tracked changes, comments, headers and footnotes are left out.
func readDocx(name string, data []byte) (*Document, error) {
	damaged := func(err error) error {
		return &msg.Error{Class: ErrFormat, Text: msg.New("plan.damaged_docx", "File", name), Hint: msg.New("plan.save_as_docx"), Err: err}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	body, err := part(z, "word/document.xml")
	if err != nil {
		return nil, damaged(err)
	}
	var numbers *numbering
	if b, err := part(z, "word/numbering.xml"); err == nil {
		if numbers, err = readNumbering(b); err != nil {
			return nil, damaged(err)
		}
	}
	if b, err := part(z, "word/styles.xml"); err == nil && numbers != nil {
		if err := numbers.readStyles(b); err != nil {
			return nil, damaged(err)
		}
	}
	r := &docxReader{dec: xml.NewDecoder(bytes.NewReader(body)), numbers: numbers, doc: &Document{Name: name}}
	r.dec.Strict = true
	if err := r.blocks("body"); err != nil {
		return nil, damaged(err)
	}
	return r.doc, nil
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
	doc     *Document
	line    int // paragraphs seen
}

// blocks reads paragraphs and tables until the end of the document.
func (r *docxReader) blocks(string) error {
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
			line := r.line + 1
			texts, err := r.paragraph()
			if err != nil {
				return err
			}
			for _, text := range texts {
				r.doc.Blocks = append(r.doc.Blocks, Block{Line: line, Text: text})
			}
		case "tbl":
			line := r.line + 1
			rows, lines, err := r.table()
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				r.doc.Blocks = append(r.doc.Blocks, Block{Line: line, Rows: rows, Lines: lines})
			}
		case "del", "moveFrom", "txbxContent", "sectPr":
			if err := r.dec.Skip(); err != nil {
				return err
			}
		}
	}
}

// paragraph reads up to the paragraph's end; a line break inside it makes two
// texts of it, none if it is empty.
func (r *docxReader) paragraph() ([]string, error) {
	r.line++
	var text strings.Builder
	var num, level, style string
	depth := 1
	for depth > 0 {
		tok, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "t":
				var s string
				if err := r.dec.DecodeElement(&s, &t); err != nil {
					return nil, err
				}
				text.WriteString(s)
				depth--
			case "tab":
				// A tab stop's definition (w:tabs/w:tab) carries a position; the
				// character does not.
				if attr(t, "pos") == "" {
					text.WriteByte('\t')
				}
			case "br", "cr":
				text.WriteByte('\n')
			case "noBreakHyphen":
				text.WriteByte('-')
			case "pStyle":
				style = attr(t, "val")
			case "numId":
				num = attr(t, "val")
			case "ilvl":
				level = attr(t, "val")
			case "del", "moveFrom", "instrText", "txbxContent", "Fallback":
				if err := r.dec.Skip(); err != nil {
					return nil, err
				}
				depth--
			}
		case xml.EndElement:
			depth--
		}
	}
	var texts []string
	for _, line := range strings.Split(text.String(), "\n") {
		if line = trim(line); line != "" {
			texts = append(texts, line)
		}
	}
	if len(texts) > 0 {
		texts[0] = r.numbers.label(style, num, level) + texts[0]
	}
	return texts, nil
}

// table reads a table's cells. A cell that spans columns stands in each of
// them once, in the others empty; a cell merged downwards is filled in.
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
			case "gridSpan":
				span = int(atoi(attr(t, "val"), 1, 1, 63))
			case "vMerge":
				merged = attr(t, "val") != "restart"
			case "p":
				texts, err := r.paragraph()
				if err != nil {
					return nil, nil, err
				}
				cell = append(cell, texts...)
			case "tbl": // a table within a cell is text of that cell
				inner, _, err := r.table()
				if err != nil {
					return nil, nil, err
				}
				for _, line := range inner {
					cell = append(cell, strings.Join(line, " "))
				}
			case "del", "moveFrom", "txbxContent":
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
