package rowmove

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// HasRows reports whether parts that belong to a sheet by a relationship of that kind
// say where rows stand: Beside is for those.
func HasRows(kind string) bool {
	switch kind {
	case "comments", "threadedComment", "table", "drawing", "vmlDrawing":
		return true
	}
	return false
}

// Beside is a part that belongs to a sheet as it reads afterwards; kind is that of the
// relationship that leads to it.
func (p *Plan) Beside(kind, part, sheet string, data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	var err error
	switch kind {
	case "vmlDrawing":
		if patches, err = p.boxes(data, sheet); err != nil {
			return nil, &Obstacle{Object, part} // much VML is no XML
		}
	case "drawing":
		if patches, err = p.follow(xmlpart.NewScanner(data), sheet, false); err == nil {
			var anchors []xmlpart.Patch
			anchors, err = p.anchors(data, p.RowsOf(sheet))
			patches = append(patches, anchors...)
		}
	case "table":
		patches, err = p.table(data, sheet)
	default:
		patches, err = p.follow(xmlpart.NewScanner(data), sheet, true)
	}
	if err != nil {
		return nil, damaged(part, err)
	}
	if len(patches) == 0 {
		return data, nil
	}
	return xmlpart.Apply(data, patches), nil
}

// table is an Excel table. It needs a row below its header: one that would be without
// any cannot be made, since an empty row is for the caller to choose.
func (p *Plan) table(data []byte, sheet string) ([]xmlpart.Patch, error) {
	m := p.RowsOf(sheet)
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(data)
	for s.Next() && s.Kind != xmlpart.StartTag {
	}
	if r, ok := a1.ParseRange(s.Value("ref")); ok {
		if m.Shift && r.First.Row < m.New && r.Last.Row >= m.New && !m.InColumns(r) {
			return nil, &Obstacle{Why: TornBeside}
		}
		now, ok := m.Span(r, Covering)
		header, totals := sheetxml.RowCount(s, "headerRowCount", 1), sheetxml.RowCount(s, "totalsRowCount", 0)
		for n := range totals {
			if _, ok := m.Row(r.Last.Row - n); !ok {
				patches = append(patches, xmlpart.Replace(s.Attr("totalsRowCount").Value, "0"))
				totals = 0
				break
			}
		}
		_, headed := m.Row(r.First.Row)
		if p.IsCopy && (!ok || header > 0 && !headed || now.Last.Row-now.First.Row+1 < header+totals+1) {
			return nil, &Obstacle{EmptyTable, sheet}
		}
	}
	followed, err := p.follow(xmlpart.NewScanner(data), sheet, true)
	return append(patches, followed...), err
}

// anchors moves the drawings of a sheet: rows count from 0 in them. A drawing that moves
// and sizes with the cells grows if a row comes in its midst.
func (p *Plan) anchors(data []byte, m *Rows) (patches []xmlpart.Patch, err error) {
	type end struct {
		at  xmlpart.Span
		row int
	}
	var from, to *end
	sizes := true
	move := func(e *end) {
		if e == nil {
			return
		}
		if now, _ := m.Row(e.row + 1); now != e.row+1 {
			patches = append(patches, xmlpart.Replace(e.at, strconv.Itoa(now-1)))
		}
	}
	flush := func() {
		if from != nil {
			moved, _ := m.Row(from.row + 1)
			if move(from); sizes || moved != from.row+1 {
				move(to)
			}
		}
		from, to = nil, nil
	}
	inTo := false
	s := xmlpart.NewScanner(data)
	for s.Next() {
		isAnchor := strings.HasSuffix(string(s.LocalName()), "CellAnchor")
		switch {
		case s.Kind == xmlpart.EndTag && isAnchor:
			flush()
		case s.Kind == xmlpart.StartTag && isAnchor:
			edit := s.Value("editAs")
			sizes = edit == "" || edit == "twoCell"
		case s.Kind == xmlpart.StartTag && (s.Is("from") || s.Is("to")):
			inTo = s.Is("to")
		case s.Kind == xmlpart.StartTag && s.Is("row"):
			start := s.End
			n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil)))
			if !ok {
				continue
			}
			e := &end{xmlpart.Between(start, s.Start), n}
			if inTo {
				to = e
			} else {
				from = e
			}
		}
	}
	return patches, s.Err()
}

// boxes moves the boxes of comments and form fields, and leaves out those of rows that
// go. Their anchor is "column, offset, row, offset" for two corners; rows count from 0.
// The cells that form fields and pictures of cells are linked to are formulas.
func (p *Plan) boxes(data []byte, sheet string) (patches []xmlpart.Patch, err error) {
	m := p.RowsOf(sheet)
	shape, mark, gone := xmlpart.Span{}, 0, false
	s := xmlpart.NewScanner(data)
	for s.Next() {
		switch {
		case s.Kind == xmlpart.StartTag && s.Is("shape"):
			shape, mark, gone = s.Span(), len(patches), false
		case s.Kind == xmlpart.EndTag && s.Is("shape"):
			if gone {
				patches = append(patches[:mark], xmlpart.Replace(xmlpart.Between(shape.Start, s.End), ""))
			}
			gone = false
		}
		if s.Kind != xmlpart.StartTag {
			continue
		}
		if strings.HasPrefix(string(s.LocalName()), "Fmla") && !s.Is("FmlaMacro") {
			from := s.End
			old := string(s.Content(nil))
			now, ok := p.Formula(old, sheet)
			if gone = gone || !ok && p.IsCopy; ok && now != old {
				patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start), xmlpart.EscapeText(now)))
			}
			continue
		}
		if !s.Is("Anchor") && !s.Is("Row") {
			continue
		}
		isRow := s.Is("Row")
		start := s.End
		old := string(s.Content(nil))
		fields, rows := strings.Split(old, ","), []int{0}
		if !isRow {
			if rows = []int{2, 6}; len(fields) != 8 {
				continue
			}
		}
		changed := false
		for _, i := range rows {
			n, ok := xmlpart.Number(strings.TrimSpace(fields[i]))
			if !ok {
				continue
			}
			now, stays := m.Row(n + 1)
			gone = gone || isRow && !stays
			if now != n+1 {
				fields[i], changed = strconv.Itoa(max(now-1, 0)), true
			}
		}
		if changed {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.Start), strings.Join(fields, ",")))
		}
	}
	return patches, s.Err()
}

// damaged says which part err makes unreadable; an obstacle stays one.
func damaged(part string, err error) error {
	if _, is := err.(*Obstacle); is {
		return err
	}
	return opc.Damaged(part, err)
}
