package ooxml

import (
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
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
func (w *Workbook) Remarks(sheet string) (remarks []Remark, err error) {
	defer w.say(&err)
	i := w.book.SheetIndex(sheet)
	if i < 0 {
		return nil, w.noSheet(sheet)
	}
	rels, err := w.book.Rels(w.book.Sheets[i].Part)
	if err != nil {
		return nil, err
	}
	var out, plain []Remark
	threads := map[a1.Ref]bool{}
	for _, r := range rels {
		if r.External || !w.book.Exists(r.Target) || r.Kind != "comments" && r.Kind != "threadedComment" &&
			r.Kind != "drawing" {
			continue
		}
		data, err := w.book.Current(r.Target)
		if err != nil {
			return nil, err
		}
		s := xmlpart.NewScanner(data)
		switch r.Kind {
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
		if err := s.Err(); err != nil {
			return nil, w.damagedPart(r.Target, err)
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
func commentsIn(s *xmlpart.Scanner, element string) (out []Remark) {
	for s.Next() {
		if s.Kind != xmlpart.StartTag || !s.Is(element) {
			continue
		}
		ref, _ := a1.ParseRef(s.Value("ref"))
		var text []byte
		var read func() error
		read = func() error {
			switch {
			case s.Kind == xmlpart.EmptyTag:
			case s.Is("t"), element == "threadedComment" && s.Is("text"):
				text = s.Content(text)
			case s.Is("rPh"), s.Is("commentPr"):
				s.Skip()
			default:
				return s.Children(read)
			}
			return nil
		}
		s.Children(read)
		if t := strings.TrimSpace(string(text)); t != "" {
			out = append(out, Remark{Ref: ref, Text: t})
		}
	}
	return out
}

// shapesIn reads the texts of the shapes of a drawing.
func shapesIn(s *xmlpart.Scanner) (out []Remark) {
	for s.Next() {
		if s.Kind != xmlpart.StartTag || !s.Is("twoCellAnchor") && !s.Is("oneCellAnchor") && !s.Is("absoluteAnchor") {
			continue
		}
		at, text := a1.Ref{Row: 1, Col: 1}, strings.Builder{}
		number := func() int {
			n, _ := strconv.Atoi(strings.TrimSpace(string(s.Content(nil))))
			return n + 1
		}
		var read func() error
		read = func() error {
			switch {
			case s.Kind == xmlpart.EmptyTag:
			case s.Is("from"):
				return s.Children(func() error {
					switch {
					case s.Kind == xmlpart.EmptyTag:
					case s.Is("row"):
						at.Row = number()
					case s.Is("col"):
						at.Col = number()
					default:
						s.Skip()
					}
					return nil
				})
			case s.Is("Fallback"), s.Is("to"):
				s.Skip()
			case s.Is("t"):
				text.Write(s.Content(nil))
			case s.Is("p"):
				if text.Len() > 0 {
					text.WriteByte('\n')
				}
				return s.Children(read)
			default:
				return s.Children(read)
			}
			return nil
		}
		s.Children(read)
		if t := strings.TrimSpace(text.String()); t != "" {
			out = append(out, Remark{Ref: at, Shape: true, Text: t})
		}
	}
	return out
}
