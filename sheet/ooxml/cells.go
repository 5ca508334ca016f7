package ooxml

import (
	"bytes"

	"taizhang/sheet/a1"
)

// rows reads the sheetData element that has just started.
func (r *sheetReader) rows() error {
	s := r.s
	row, n := 0, 0
	return s.children(func() error {
		if !s.is("row") {
			s.skip()
			return nil
		}
		row++
		if n++; n > a1.MaxRow {
			return s.wrong("more rows than a sheet can have")
		}
		for i := range s.attrs {
			a := &s.attrs[i]
			v := s.data[a.value.start:a.value.end]
			switch string(s.data[a.name.start:a.name.end]) {
			case "r":
				n, ok := atoi(bytes.TrimSpace(v))
				if !ok || n < 1 || n > a1.MaxRow {
					return s.wrong("row number that cannot be read")
				}
				row = n
			case "hidden":
				if s.flag("hidden", false) {
					r.grid.sheet.HiddenRows[row] = true
				}
			}
		}
		if row > a1.MaxRow {
			return s.wrong("more rows than a sheet can have")
		}
		return r.cells(row)
	})
}

// cells reads the cells of the row element that has just started.
func (r *sheetReader) cells(row int) error {
	s := r.s
	if s.kind != tokStart {
		return nil
	}
	r.at = a1.Ref{Row: row}
	for depth := len(s.open); s.next() && len(s.open) >= depth; {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		if !s.is("c") {
			s.skip()
			continue
		}
		if err := r.cell(); err != nil {
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

// cell reads the c element that has just started and moves to its end.
func (r *sheetReader) cell() error {
	s := r.s
	r.at.Col++
	style, typ, rich := 0, typeNumber, 0
	for i := range s.attrs {
		a := &s.attrs[i]
		v := s.data[a.value.start:a.value.end]
		if a.name.end-a.name.start != 1 {
			if string(s.data[a.name.start:a.name.end]) == "vm" {
				rich, _ = atoi(v)
			}
			continue
		}
		switch s.data[a.name.start] {
		case 'r':
			at, ok := a1.ParseRef(v)
			if !ok {
				return s.wrong("cell reference that cannot be read")
			}
			if at.Row != r.at.Row {
				r.at = at
				return s.wrong("cell in the row element of another row")
			}
			r.at = at
		case 's':
			style, _ = atoi(v)
		case 't':
			typ = cellTypeOf(v)
		}
	}
	if r.at.Col > a1.MaxCol {
		return s.wrong("more columns than a sheet can have")
	}
	c, err := r.add()
	if err != nil {
		return err
	}
	c.Style = int32(style)
	if s.kind == tokStart {
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
func (r *sheetReader) content(c *Cell, typ cellType) error {
	s := r.s
	if raw, ok := s.leaf('v'); ok {
		if typ == typeString || typ == typeInline || !plainText(raw) {
			r.buf = appendText(r.buf[:0], raw)
			raw = r.buf
		}
		return r.value(c, typ, raw)
	}
	value, inline, picture := false, false, false
	r.buf = r.buf[:0]
	for depth := len(s.open); s.next() && len(s.open) >= depth; {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		switch string(s.localName()) {
		case "v":
			if inline && (typ == typeInline || s.kind == tokEmpty) {
				s.skip()
				continue
			}
			r.buf = s.content(r.buf[:0])
			value, inline = true, false
		case "is":
			if value && typ != typeInline && len(r.buf) > 0 {
				s.skip()
				continue
			}
			r.buf = s.richText(r.buf[:0])
			value, inline = true, true
		case "f":
			c.Formula = true
			if t := s.attr("t"); t != nil {
				switch string(s.data[t.value.start:t.value.end]) {
				case "array", "dataTable":
					if ref, ok := a1.ParseRange(s.value("ref")); ok && ref.First != ref.Last {
						if r.arrays = append(r.arrays, ref); len(r.arrays) > maxRanges {
							return &limitError{"ooxml.too_many_ranges", maxRanges}
						}
					}
				}
			}
			r.formula = s.content(r.formula[:0])
			picture = isPictureFormula(r.formula)
		default:
			s.skip()
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
		if s.strike.any {
			r.grid.noteStruck(c.Ref, string(s.strike.live))
		}
		c.setText(r.text.add(r.buf))
		return nil
	}
	return r.value(c, typ, r.buf)
}

// value makes the decoded content of a v element the cell's value. A text's is
// in r.buf, where it is changed in place.
func (r *sheetReader) value(c *Cell, typ cellType, raw []byte) error {
	if typ == typeString || typ == typeInline {
		c.setText(r.text.add(unescape(raw, 0)))
		return nil
	}
	v := bytes.TrimSpace(raw)
	if len(v) == 0 {
		return nil
	}
	switch typ {
	case typeShared:
		n, ok := atoi(v)
		if !ok {
			return r.s.wrong("number of a text that cannot be read")
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
func (r *sheetReader) add() (*Cell, error) {
	sheet := &r.grid.sheet
	n := len(sheet.Cells)
	if n > 0 && !sheet.Cells[n-1].Before(r.at) {
		r.disorder = true
	}
	if n == cap(sheet.Cells) {
		if n >= r.most {
			return nil, &limitError{"ooxml.too_many_cells", r.limit}
		}
		r.grow()
	}
	sheet.Cells = sheet.Cells[:n+1]
	sheet.Cells[n].Ref = r.at
	return &sheet.Cells[n], nil
}

// grow makes room for as many cells as the part will have if it goes on as it
// began: doubling would copy the cells of a large sheet many times over, and a
// copy of many cells holds up a collection of garbage under way. Room is only
// addresses until it is used, so that a part which began otherwise costs little.
func (r *sheetReader) grow() {
	cells := r.grid.sheet.Cells
	n := len(cells)
	room := 2*n + 64
	if n >= 1024 {
		room = n + n*(int(r.s.size)-r.s.read())/r.s.read() + n/32
		room = min(max(room, n+n/8), max(16*n, 2<<20))
	}
	r.grid.sheet.Cells = append(make([]Cell, 0, min(room, r.most)), cells...)
}
