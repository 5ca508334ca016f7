package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// insertion is the making of room for one new row below a table. It computes
// new contents of all parts that speak of the rows concerned and changes
// nothing itself.
type insertion struct {
	w     *Workbook
	t     Layout
	d     *sheetxml.Draft // of the sheet, without waiting edits
	index int             // of the sheet
	at    int             // number of the new row
	shift bool            // what stands at it and below moves down by one
	attrs string          // of the new row element
}

// row is where a row stands after the insertion.
func (x *insertion) row(n int) int {
	if x.shift && n >= x.at && n < a1.MaxRow {
		return n + 1
	}
	return n
}

// span is a range after the insertion; extend tells that it is to take in the
// new row if it ends with the last data row.
func (x *insertion) span(r a1.Range, extend bool) a1.Range {
	if r.First.Row == 1 && r.Last.Row == a1.MaxRow {
		return r
	}
	if extend && r.Last.Row == x.t.LastData {
		r.First.Row = x.row(r.First.Row)
		r.Last.Row = x.at
		return r
	}
	return a1.Range{First: a1.At(x.row(r.First.Row), r.First.Col), Last: a1.At(x.row(r.Last.Row), r.Last.Col)}
}

// inColumns reports whether r reaches into the table's columns.
func (x *insertion) inColumns(r a1.Range) bool {
	return r.First.Col <= x.t.Columns[1] && r.Last.Col >= x.t.Columns[0]
}

// covers reports whether r takes in all data rows of the table, up to the last.
func (x *insertion) covers(r a1.Range) bool {
	return x.t.LastData >= x.t.FirstData && r.First.Row <= x.t.FirstData && r.Last.Row == x.t.LastData && x.inColumns(r)
}

// touches reports whether r ends with the last data row.
func (x *insertion) touches(r a1.Range) bool {
	return x.t.LastData >= x.t.FirstData && r.Last.Row == x.t.LastData && x.inColumns(r)
}

// isSheet reports whether a name in a formula means the table's sheet.
func (x *insertion) isSheet(name string) bool { return strings.EqualFold(name, x.d.Sheet) }

// formula is a formula after the insertion. home is the sheet it stands on; in
// tells that it stands in the table's data rows, where a range that ends with
// the last row is a running one and not a total.
func (x *insertion) formula(f, home string, in bool) string {
	return x.mapped(f, home, in, func(*formula.Ref) bool { return true })
}

// nameFormula is the formula of a defined name after the insertion.
func (x *insertion) nameFormula(name, f, home string) string {
	return x.mapped(f, home, false, placesOfName(name))
}

// placesOfName tells which references in the formula of a defined name are
// places. A row without "$" is a distance from the cell that uses the name; but in
// the names that Excel gives itself (_xlnm.Print_Area) exceljs leaves the "$" out.
func placesOfName(name string) func(*formula.Ref) bool {
	if isBuiltIn(name) {
		return func(*formula.Ref) bool { return true }
	}
	return func(r *formula.Ref) bool { return r.Fixed[1] && r.Fixed[3] }
}

// isBuiltIn reports whether a defined name is one that Excel gives itself: for
// print areas, print titles, filters.
func isBuiltIn(name string) bool { return strings.HasPrefix(strings.ToLower(name), "_xlnm.") }

func (x *insertion) mapped(f, home string, in bool, isPlace func(*formula.Ref) bool) string {
	return formula.MapRefs(f, func(r *formula.Ref) bool {
		sheet := r.Sheet
		if sheet == "" {
			sheet = home
		}
		if r.External || r.Kind == formula.Cols || r.LastSheet != "" || !x.isSheet(sheet) || !isPlace(r) {
			return false
		}
		old := r.Range
		r.Range = x.span(r.Range, !in && r.Kind == formula.Area && x.covers(r.Range))
		return r.Range != old
	})
}

// unshiftable reports whether a formula refers to the sheet in a way that no
// rewriting follows: through several sheets at once.
func (x *insertion) unshiftable(f string) bool {
	for _, r := range formula.Parse(f).Refs {
		if r.LastSheet != "" && !r.External && r.Range.Last.Row >= x.at {
			return true
		}
	}
	return false
}

// sqref is a list of ranges after the insertion.
func (x *insertion) sqref(s string) string {
	list := strings.Fields(s)
	for i, item := range list {
		if r, ok := a1.ParseRange(item); ok {
			if now := x.span(r, x.touches(r)); now != r {
				list[i] = now.String()
			}
		}
	}
	return strings.Join(list, " ")
}

// ref is a single range after the insertion.
func (x *insertion) ref(s string, extend func(a1.Range) bool) string {
	r, ok := a1.ParseRange(s)
	if !ok {
		return s
	}
	if now := x.span(r, extend(r)); now != r {
		return now.String()
	}
	return s
}

func never(a1.Range) bool { return false }

// builtPart is a part with its new content.
type builtPart struct {
	name string
	data []byte
}

// build computes every part that changes. Errors are ErrUnsafe with the reason,
// or damage.
func (x *insertion) build() ([]builtPart, error) {
	if err := x.checkShift(); err != nil {
		return nil, err
	}
	var parts []builtPart
	add := func(name string, old, data []byte, err error) error {
		if err == nil && !bytes.Equal(old, data) {
			parts = append(parts, builtPart{name, data})
		}
		return err
	}
	data, err := x.ownSheet()
	if err := add(x.d.Part, x.d.Data, data, err); err != nil {
		return nil, err
	}
	rels, err := x.w.book.Rels(x.d.Part)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.External || !x.w.book.Exists(r.Target) {
			continue
		}
		switch r.Kind {
		case "comments", "threadedComment", "table", "drawing", "vmlDrawing":
			old, err := x.w.book.Current(r.Target)
			if err != nil {
				return nil, err
			}
			now, err := x.beside(r.Kind, r.Target, old)
			if err := add(r.Target, old, now, err); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range x.elsewhere() {
		old, err := x.w.book.Current(p.name)
		if err != nil {
			return nil, err
		}
		now, err := p.change(old)
		if err := add(p.name, old, now, err); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// checkShift refuses what cannot be shifted.
func (x *insertion) checkShift() error {
	if !x.shift {
		return nil
	}
	if !x.d.IsOrdered {
		return x.refuse("ooxml.unsafe_order")
	}
	if n := len(x.d.Rows); n > 0 && x.d.Rows[n-1].Row >= a1.MaxRow {
		return x.refuse("ooxml.unsafe_full")
	}
	for _, m := range x.d.Merges {
		if m.First.Row < x.at && m.Last.Row >= x.at && x.inColumns(m) {
			return x.refuse("ooxml.unsafe_merge", "Range", m.String())
		}
	}
	for _, a := range x.d.Arrays {
		if a.First.Row < x.at && a.Last.Row >= x.at {
			return x.refuse("ooxml.unsafe_array", "Range", a.String())
		}
	}
	if err := x.checkBeside(); err != nil {
		return err
	}
	rels, err := x.w.book.Rels(x.d.Part)
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.Kind {
		case "comments", "threadedComment", "table", "drawing", "vmlDrawing", "hyperlink", "printerSettings", "image", "customProperty", "slicer", "timeline":
		case "pivotTable":
			return x.refuse("ooxml.unsafe_pivot")
		default:
			return x.refuse("ooxml.unsafe_object", "Object", r.Kind)
		}
	}
	return nil
}

// checkBeside refuses to shift if something beside the table runs past the
// place: a whole row would be torn through it.
func (x *insertion) checkBeside() error {
	outside := func(row int) (bool, error) {
		cells, err := x.contents(row)
		for _, c := range cells {
			if c.Col < x.t.Columns[0] || c.Col > x.t.Columns[1] {
				return true, err
			}
		}
		return false, err
	}
	above, err := outside(x.t.LastData)
	if err != nil {
		return err
	}
	below, err := outside(x.at)
	if err != nil {
		return err
	}
	if above && below {
		return x.refuse("ooxml.unsafe_beside")
	}
	return nil
}

// ownSheet is the sheet's own part.
func (x *insertion) ownSheet() ([]byte, error) {
	d := x.d
	patches, err := x.cellPatches(d, true)
	if err != nil {
		return nil, err
	}
	if x.shift {
		first, _ := d.Find(x.at)
		if first < len(d.Rows) {
			// Rows without a number count from the one before.
			at := d.Rows[first].Start
			patches = append(patches, xmlpart.Replace(xmlpart.Between(at, at), "<"+d.Prefix+`row r="`+strconv.Itoa(x.at)+`"`+x.attrs+"/>"))
		}
		for i := first; i < len(d.Rows); i++ {
			moved, err := x.rowPatches(i)
			if err != nil {
				return nil, x.w.damagedPart(d.Part, err)
			}
			patches = append(patches, moved...)
		}
	}
	tail, err := x.elements(d.Data, d.Tail(), d.Sheet, true)
	if err != nil {
		return nil, x.w.damagedPart(d.Part, err)
	}
	patches = append(patches, tail...)
	patches = append(patches, x.newMerges()...)
	if x.shift && d.Dimension.End > 0 {
		if old := string(d.Data[d.Dimension.Start:d.Dimension.End]); x.ref(old, never) != old {
			patches = append(patches, xmlpart.Replace(d.Dimension, x.ref(old, never)))
		}
	}
	return xmlpart.Apply(d.Data, patches), nil
}

// rowPatches renumbers a row and its cells.
func (x *insertion) rowPatches(i int) (patches []xmlpart.Patch, err error) {
	r := x.d.Rows[i]
	data := x.d.Data[r.Start:r.End]
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("row") && !s.Is("c") {
			continue
		}
		a := s.Attr("r")
		if a == nil {
			continue
		}
		at := xmlpart.Between(r.Start+a.Value.Start, r.Start+a.Value.End)
		old := string(data[a.Value.Start:a.Value.End])
		if n, ok := xmlpart.Number(old); ok && s.Is("row") {
			patches = append(patches, xmlpart.Replace(at, strconv.Itoa(x.row(n))))
		} else if ref, ok := a1.ParseRef(old); ok && s.Is("c") {
			patches = append(patches, xmlpart.Replace(at, a1.At(x.row(ref.Row), ref.Col).String()))
		}
	}
	return patches, s.Err()
}

// newMerges repeats for the new row the merges within the last data row.
func (x *insertion) newMerges() []xmlpart.Patch {
	var b strings.Builder
	n := 0
	for _, m := range x.d.Merges {
		if m.First != m.Last && m.First.Row == x.t.LastData && m.Last.Row == x.t.LastData && m.First.Col >= x.t.Columns[0] && m.Last.Col <= x.t.Columns[1] && x.t.LastData >= x.t.FirstData {
			b.WriteString("<" + x.d.Prefix + `mergeCell ref="` + a1.Range{First: a1.At(x.at, m.First.Col), Last: a1.At(x.at, m.Last.Col)}.String() + `"/>`)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	var patches []xmlpart.Patch
	for s := x.d.Tail(); s.Next(); {
		if !s.Is("mergeCells") {
			continue
		}
		if s.Kind == xmlpart.StartTag {
			if a := s.Attr("count"); a != nil {
				if old, ok := xmlpart.Number(s.Data[a.Value.Start:a.Value.End]); ok {
					patches = append(patches, xmlpart.Replace(a.Value, strconv.Itoa(old+n)))
				}
			}
		}
		if s.Kind == xmlpart.EndTag {
			return append(patches, xmlpart.Replace(xmlpart.Between(s.Start, s.Start), b.String()))
		}
	}
	return nil
}
