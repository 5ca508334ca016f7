package ooxml

import (
	"strconv"
	"strings"

	"taizhang/sheet/a1"
)

// Remark is a text that belongs to a sheet and stands in no cell: a comment, or the
// text of a shape.
type Remark struct {
	a1.Ref        // the cell that a comment is on, or under the shape's corner
	Shape  bool   // false: a comment
	Text   string // paragraphs are joined by line breaks
}

// Remarks are the comments and the texts in shapes of a sheet. Where a cell has a thread
// of comments, each of them is one, and the plain comment that programs keep
// beside it for others is none. Errors: ErrNoSheet, ErrDamaged.
func (w *Workbook) Remarks(sheet string) ([]Remark, error) {
	i := w.sheetIndex(sheet)
	if i < 0 {
		return nil, w.noSheet(sheet)
	}
	rels, err := w.rels(w.book.sheets[i].part)
	if err != nil {
		return nil, err
	}
	var out, plain []Remark
	threads := map[a1.Ref]bool{}
	for _, r := range rels {
		if r.external || !w.exists(r.target) || r.kind != "comments" && r.kind != "threadedComment" && r.kind != "drawing" {
			continue
		}
		data, err := w.current(r.target)
		if err != nil {
			return nil, err
		}
		s := newScanner(data)
		switch r.kind {
		case "comments":
			plain = append(plain, commentsIn(s, "comment")...)
		case "threadedComment":
			for _, c := range commentsIn(s, "threadedComment") {
				threads[c.Ref] = true
				out = append(out, c)
			}
		case "drawing":
			out = append(out, shapesIn(s)...)
		}
		if err := s.err(); err != nil {
			return nil, w.damagedPart(r.target, err)
		}
	}
	for _, c := range plain {
		if !threads[c.Ref] {
			out = append(out, c)
		}
	}
	return out, nil
}

// commentsIn reads the comments of a part, in elements of that name.
func commentsIn(s *scanner, element string) (out []Remark) {
	for s.next() {
		if s.kind != tokStart || !s.is(element) {
			continue
		}
		ref, _ := a1.ParseRef(s.value("ref"))
		var text []byte
		var read func() error
		read = func() error {
			switch {
			case s.kind == tokEmpty:
			case s.is("t"), element == "threadedComment" && s.is("text"):
				text = s.content(text)
			case s.is("rPh"), s.is("commentPr"):
				s.skip()
			default:
				return s.children(read)
			}
			return nil
		}
		s.children(read)
		if t := strings.TrimSpace(string(text)); t != "" {
			out = append(out, Remark{Ref: ref, Text: t})
		}
	}
	return out
}

// shapesIn reads the texts of the shapes of a drawing.
func shapesIn(s *scanner) (out []Remark) {
	for s.next() {
		if s.kind != tokStart || !s.is("twoCellAnchor") && !s.is("oneCellAnchor") && !s.is("absoluteAnchor") {
			continue
		}
		at, text := a1.Ref{Row: 1, Col: 1}, strings.Builder{}
		number := func() int {
			n, _ := strconv.Atoi(strings.TrimSpace(string(s.content(nil))))
			return n + 1
		}
		var read func() error
		read = func() error {
			switch {
			case s.kind == tokEmpty:
			case s.is("from"):
				return s.children(func() error {
					switch {
					case s.kind == tokEmpty:
					case s.is("row"):
						at.Row = number()
					case s.is("col"):
						at.Col = number()
					default:
						s.skip()
					}
					return nil
				})
			case s.is("Fallback"), s.is("to"):
				s.skip()
			case s.is("t"):
				text.Write(s.content(nil))
			case s.is("p"):
				if text.Len() > 0 {
					text.WriteByte('\n')
				}
				return s.children(read)
			default:
				return s.children(read)
			}
			return nil
		}
		s.children(read)
		if t := strings.TrimSpace(text.String()); t != "" {
			out = append(out, Remark{Ref: at, Shape: true, Text: t})
		}
	}
	return out
}
