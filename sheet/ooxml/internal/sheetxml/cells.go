package sheetxml

import (
	"bytes"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// rows reads the sheetData element that has just started.
func (r *Reader) rows() error {
	s := r.Scanner
	row, n := 0, 0
	return s.Children(func() error {
		if !s.Is("row") {
			s.Skip()
			return nil
		}
		row++
		if n++; n > a1.MaxRow {
			return s.Wrong("more rows than a sheet can have")
		}
		for i := range s.Attrs {
			a := &s.Attrs[i]
			v := s.Data[a.Value.Start:a.Value.End]
			switch string(s.Data[a.Name.Start:a.Name.End]) {
			case "r":
				n, ok := xmlpart.Number(bytes.TrimSpace(v))
				if !ok || n < 1 || n > a1.MaxRow {
					return s.Wrong("row number that cannot be read")
				}
				row = n
			case "hidden":
				if s.Flag("hidden", false) {
					r.Grid.Sheet.HiddenRows[row] = true
				}
			}
		}
		if row > a1.MaxRow {
			return s.Wrong("more rows than a sheet can have")
		}
		return r.cells(row)
	})
}

// cells reads the cells of the row element that has just started.
func (r *Reader) cells(row int) error {
	s := r.Scanner
	if s.Kind != xmlpart.StartTag {
		return nil
	}
	r.At = a1.Ref{Row: row}
	for depth := s.Depth(); s.Next() && s.Depth() >= depth; {
		if !s.OnElement() {
			continue
		}
		if !s.Is("c") {
			s.Skip()
			continue
		}
		if err := r.ReadCell(); err != nil {
			return err
		}
	}
	return nil
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeString // str and any that is unknown: the text stands in the cell
	typeInline // inlineStr: the text stands in the is element
	typeBool
	typeError
	typeDate
)

func cellTypeOf(t []byte) cellType {
	switch string(t) {
	case "n", "":
		return typeNumber
	case "s":
		return typeShared
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	case "inlineStr":
		return typeInline
	}
	return typeString
}

// ReadCell reads the c element that has just started and moves to its end.
func (r *Reader) ReadCell() error {
	s := r.Scanner
	r.At.Col++
	style, typ, rich := 0, typeNumber, 0
	for i := range s.Attrs {
		a := &s.Attrs[i]
		v := s.Data[a.Value.Start:a.Value.End]
		if a.Name.End-a.Name.Start != 1 {
			if string(s.Data[a.Name.Start:a.Name.End]) == "vm" {
				rich, _ = xmlpart.Number(v)
			}
			continue
		}
		switch s.Data[a.Name.Start] {
		case 'r':
			at, ok := a1.ParseRef(v)
			if !ok {
				return s.Wrong("cell reference that cannot be read")
			}
			if at.Row != r.At.Row {
				r.At = at
				return s.Wrong("cell in the row element of another row")
			}
			r.At = at
		case 's':
			style, _ = xmlpart.Number(v)
		case 't':
			typ = cellTypeOf(v)
		}
	}
	if r.At.Col > a1.MaxCol {
		return s.Wrong("more columns than a sheet can have")
	}
	c, err := r.add()
	if err != nil {
		return err
	}
	c.Style = int32(style)
	if s.Kind == xmlpart.StartTag {
		if err := r.content(c, typ); err != nil {
			return err
		}
	}
	if typ == typeError && rich > 0 && r.isRichPicture(rich) {
		c.setPicture()
	}
	return nil
}

// content reads the children of a c element into c.
func (r *Reader) content(c *Cell, typ cellType) error {
	s := r.Scanner
	if raw, ok := s.Leaf('v'); ok {
		if typ == typeString || typ == typeInline || !xmlpart.IsPlain(raw) {
			r.buf = xmlpart.AppendDecoded(r.buf[:0], raw)
			raw = r.buf
		}
		return r.value(c, typ, raw)
	}
	value, inline, picture := false, false, false
	r.buf = r.buf[:0]
	for depth := s.Depth(); s.Next() && s.Depth() >= depth; {
		if !s.OnElement() {
			continue
		}
		switch string(s.LocalName()) {
		case "v":
			if inline && (typ == typeInline || s.Kind == xmlpart.EmptyTag) {
				s.Skip()
				continue
			}
			r.buf = s.Content(r.buf[:0])
			value, inline = true, false
		case "is":
			if value && typ != typeInline && len(r.buf) > 0 {
				s.Skip()
				continue
			}
			r.buf = appendRichText(s, r.buf[:0], &r.strike)
			value, inline = true, true
		case "f":
			c.Formula = true
			if t := s.Attr("t"); t != nil {
				switch string(s.Data[t.Value.Start:t.Value.End]) {
				case "array", "dataTable":
					if ref, ok := a1.ParseRange(s.Value("ref")); ok && ref.First != ref.Last {
						if r.arrays = append(r.arrays, ref); len(r.arrays) > MaxRanges {
							return &LimitError{TooManyRanges, MaxRanges}
						}
					}
				}
			}
			r.formula = s.Content(r.formula[:0])
			picture = IsPictureFormula(r.formula)
		default:
			s.Skip()
		}
	}
	if picture {
		c.setPicture()
		return nil
	}
	if !value {
		if typ == typeString && c.Formula {
			c.Kind = Text
		}
		return nil
	}
	if inline {
		if r.strike.any {
			r.Grid.NoteStruck(c.Ref, string(r.strike.live))
		}
		c.setText(r.text.add(r.buf))
		return nil
	}
	return r.value(c, typ, r.buf)
}

// value makes the decoded content of a v element the cell's value. A text's is
// in r.buf, where it is changed in place.
func (r *Reader) value(c *Cell, typ cellType, raw []byte) error {
	if typ == typeString || typ == typeInline {
		c.setText(r.text.add(xmlpart.DecodeXString(raw, 0)))
		return nil
	}
	v := bytes.TrimSpace(raw)
	if len(v) == 0 {
		return nil
	}
	switch typ {
	case typeShared:
		n, ok := xmlpart.Number(v)
		if !ok {
			return r.Scanner.Wrong("number of a text that cannot be read")
		}
		c.Kind = unresolved
		r.shared = append(r.shared, uint32(n))
	case typeBool:
		c.Kind, c.Value = Bool, "0"
		switch string(v) {
		case "1", "true", "TRUE", "True":
			c.Value = "1"
		}
	case typeError:
		c.Kind, c.Value = Error, r.text.add(v)
	case typeDate:
		c.Kind, c.Value = Date, r.text.add(v)
	default:
		c.Kind = Number
		if !isNumber(v) {
			c.Kind = Text
		}
		c.Value = r.text.add(v)
	}
	return nil
}

// isNumber reports whether v is a number as XML Schema writes a double, except
// for the infinities and NaN, which no cell can hold.
func isNumber(v []byte) bool {
	i, digits := 0, 0
	if i < len(v) && (v[i] == '-' || v[i] == '+') {
		i++
	}
	for ; i < len(v) && '0' <= v[i] && v[i] <= '9'; i++ {
		digits++
	}
	if i < len(v) && v[i] == '.' {
		for i++; i < len(v) && '0' <= v[i] && v[i] <= '9'; i++ {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i < len(v) && (v[i] == 'e' || v[i] == 'E') {
		i++
		if i < len(v) && (v[i] == '-' || v[i] == '+') {
			i++
		}
		from := i
		for ; i < len(v) && '0' <= v[i] && v[i] <= '9'; i++ {
		}
		if i == from {
			return false
		}
	}
	return i == len(v)
}

// add appends a blank cell at r.at to the sheet's cells.
func (r *Reader) add() (*Cell, error) {
	sheet := &r.Grid.Sheet
	n := len(sheet.Cells)
	if n > 0 && !sheet.Cells[n-1].Before(r.At) {
		r.disorder = true
	}
	if n == cap(sheet.Cells) {
		if n >= r.MaxCells {
			return nil, &LimitError{TooManyCells, r.CellLimit}
		}
		r.grow()
	}
	sheet.Cells = sheet.Cells[:n+1]
	sheet.Cells[n].Ref = r.At
	return &sheet.Cells[n], nil
}

// grow makes room for as many cells as the part will have if it goes on as it
// began: doubling would copy the cells of a large sheet many times over, and a
// copy of many cells holds up a collection of garbage under way. Room is only
// addresses until it is used, so that a part which began otherwise costs little.
func (r *Reader) grow() {
	cells := r.Grid.Sheet.Cells
	n := len(cells)
	room := 2*n + 64
	if n >= 1024 {
		room = n + n*(int(r.Scanner.Size)-r.Scanner.Consumed())/r.Scanner.Consumed() + n/32
		room = min(max(room, n+n/8), max(16*n, 2<<20))
	}
	r.Grid.Sheet.Cells = append(make([]Cell, 0, min(room, r.MaxCells)), cells...)
}
