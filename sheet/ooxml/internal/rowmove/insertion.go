package rowmove

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// Insertion is the making of room for one new row below a table. It computes the parts
// that speak of the rows concerned and changes nothing itself.
type Insertion struct {
	Book  *bookxml.Book
	Draft *sheetxml.Draft // of the sheet, without waiting edits
	Rows                  // with New
	Attrs string          // of the new row element, each with a space before it

	plan  Plan
	index int // of the sheet
}

// NewInsertion prepares the making of room.
func NewInsertion(b *bookxml.Book, d *sheetxml.Draft, rows Rows, attrs string) *Insertion {
	x := &Insertion{Book: b, Draft: d, Rows: rows, Attrs: attrs, index: b.SheetIndex(d.Sheet)}
	x.plan = Plan{Book: b, Rows: map[string]*Rows{Fold(d.Sheet): &x.Rows}}
	return x
}

// Formula is the formula of a cell of the table as it reads afterwards.
func (x *Insertion) Formula(f string, at a1.Ref) string {
	now, _ := x.plan.CellFormula(f, x.Draft.Sheet, at)
	return now
}

// Part is a part with its new content.
type Part struct {
	Name string
	Data []byte
}

// Parts are the parts that change; computed are the columns of the new row that will
// hold a formula. The error is an *Obstacle, or damage.
func (x *Insertion) Parts(computed []int) ([]Part, error) {
	if err := x.check(); err != nil {
		return nil, err
	}
	var parts []Part
	change := func(name string, change func([]byte) ([]byte, error)) error {
		old, err := x.Book.Current(name)
		if err != nil {
			return err
		}
		now, err := change(old)
		if err == nil && !bytes.Equal(old, now) {
			parts = append(parts, Part{name, now})
		}
		return err
	}
	data, err := x.ownSheet()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(data, x.Draft.Data) {
		parts = append(parts, Part{x.Draft.Part, data})
	}
	rels, err := x.Book.Rels(x.Draft.Part)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.External || !HasRows(r.Kind) || !x.Book.Exists(r.Target) || r.Kind == "vmlDrawing" && !x.Shift {
			continue
		}
		err := change(r.Target, func(old []byte) ([]byte, error) {
			return x.plan.Beside(r.Kind, r.Target, x.Draft.Sheet,
				old)
		})
		if err != nil {
			return nil, err
		}
	}
	for _, p := range x.elsewhere(computed) {
		if err := change(p.name, p.change); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// check finds what stands in the way of moving the rows below the table.
func (x *Insertion) check() error {
	if !x.Shift {
		return nil
	}
	d := x.Draft
	if !d.IsOrdered {
		return &Obstacle{Why: Unordered}
	}
	if n := len(d.Rows); n > 0 && d.Rows[n-1].Row >= a1.MaxRow {
		return &Obstacle{Why: Full}
	}
	for _, m := range d.Merges {
		if m.First.Row < x.New && m.Last.Row >= x.New && x.InColumns(m) {
			return &Obstacle{TornMerge, m.String()}
		}
	}
	for _, a := range d.Arrays {
		if a.First.Row < x.New && a.Last.Row >= x.New {
			return &Obstacle{TornArray, a.String()}
		}
	}
	if err := x.checkBeside(); err != nil {
		return err
	}
	rels, err := x.Book.Rels(d.Part)
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.Kind {
		case "hyperlink", "printerSettings", "image", "customProperty", "slicer", "timeline":
		case "pivotTable":
			return &Obstacle{Why: PivotTable}
		default:
			if !HasRows(r.Kind) {
				return &Obstacle{Object, r.Kind}
			}
		}
	}
	return nil
}

// checkBeside finds what runs past the place beside the table: a whole row would be torn
// through it.
func (x *Insertion) checkBeside() error {
	outside := func(row int) (bool, error) {
		cells, err := x.Book.Contents(x.Draft, row)
		for _, c := range cells {
			if c.Col < x.Table.First.Col || c.Col > x.Table.Last.Col {
				return true, err
			}
		}
		return false, err
	}
	above, err := outside(x.Table.Last.Row)
	if err != nil {
		return err
	}
	below, err := outside(x.New)
	if err != nil {
		return err
	}
	if above && below {
		return &Obstacle{Why: TornBeside}
	}
	return nil
}

// ownSheet is the part of the table's sheet.
func (x *Insertion) ownSheet() ([]byte, error) {
	d := x.Draft
	patches, err := x.plan.cells(d)
	if err != nil {
		return nil, err
	}
	if x.Shift {
		first, _ := d.Find(x.New)
		if first < len(d.Rows) {
			// Rows without a number count from the one before.
			at := d.Rows[first].Start
			patches = append(patches, xmlpart.Replace(xmlpart.Between(at, at), "<"+d.Prefix+`row r="`+
				strconv.Itoa(x.New)+`"`+x.Attrs+"/>"))
		}
		for i := first; i < len(d.Rows); i++ {
			moved, err := x.renumber(i)
			if err != nil {
				return nil, damaged(d.Part, err)
			}
			patches = append(patches, moved...)
		}
	}
	tail, err := x.plan.follow(d.Tail(), d.Sheet, true)
	if err != nil {
		return nil, damaged(d.Part, err)
	}
	patches = append(patches, tail...)
	patches = append(patches, x.newMerges()...)
	patches = append(patches, x.plan.Dimension(d)...)
	return xmlpart.Apply(d.Data, patches), nil
}

// Dimension moves the range that a sheet says its cells are in.
func (p *Plan) Dimension(d *sheetxml.Draft) []xmlpart.Patch {
	if d.Dimension.End == 0 {
		return nil
	}
	r, ok := a1.ParseRange(string(d.Data[d.Dimension.Start:d.Dimension.End]))
	now, left := p.RowsOf(d.Sheet).Span(r, Moves)
	if !ok || !left || now == r {
		return nil
	}
	return []xmlpart.Patch{xmlpart.Replace(d.Dimension, now.String())}
}

// renumber gives a row and its cells their new numbers.
func (x *Insertion) renumber(i int) (patches []xmlpart.Patch, err error) {
	r := x.Draft.Rows[i]
	data := x.Draft.Data[r.Start:r.End]
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
			now, _ := x.Row(n)
			patches = append(patches, xmlpart.Replace(at, strconv.Itoa(now)))
		} else if ref, ok := a1.ParseRef(old); ok && s.Is("c") {
			now, _ := x.Row(ref.Row)
			patches = append(patches, xmlpart.Replace(at, a1.At(now, ref.Col).String()))
		}
	}
	return patches, s.Err()
}

// newMerges repeats for the new row the merges within the last row of the table.
func (x *Insertion) newMerges() []xmlpart.Patch {
	var b strings.Builder
	n := 0
	last := x.Table.Last.Row
	for _, m := range x.Draft.Merges {
		inRow := m.First != m.Last && m.First.Row == last && m.Last.Row == last
		if inRow && m.First.Col >= x.Table.First.Col && m.Last.Col <= x.Table.Last.Col && last >= x.Table.First.Row {
			now := a1.Range{First: a1.At(x.New, m.First.Col), Last: a1.At(x.New, m.Last.Col)}
			b.WriteString("<" + x.Draft.Prefix + `mergeCell ref="` + now.String() + `"/>`)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	var patches []xmlpart.Patch
	for s := x.Draft.Tail(); s.Next(); {
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

// partChange is a part elsewhere in the workbook that may refer to the sheet.
type partChange struct {
	name   string
	change func(data []byte) ([]byte, error)
}

// elsewhere lists the parts whose formulas may refer to the sheet.
func (x *Insertion) elsewhere(computed []int) (list []partChange) {
	add := func(name string, change func(data []byte) ([]byte, error)) {
		list = append(list, partChange{name, func(data []byte) ([]byte, error) {
			if !x.isMentioned(data) {
				return data, nil
			}
			return change(data)
		}})
	}
	add(x.Book.Part, x.plan.Names)
	for i, sp := range x.Book.Sheets {
		if i != x.index && sp.Worksheet && sp.Part != "" {
			add(sp.Part, func(data []byte) ([]byte, error) { return x.otherSheet(sp, data) })
		}
	}
	for _, name := range x.shown() {
		add(name, func(data []byte) ([]byte, error) {
			patches, err := x.plan.follow(xmlpart.NewScanner(data), "", false)
			if err != nil {
				return nil, damaged(name, err)
			}
			return xmlpart.Apply(data, patches), nil
		})
	}
	for _, name := range x.boxesElsewhere() {
		add(name, func(data []byte) ([]byte, error) {
			patches, err := x.plan.boxes(data, "")
			if err != nil {
				return data, nil // much VML is no XML
			}
			return xmlpart.Apply(data, patches), nil
		})
	}
	for _, name := range x.Book.Names() {
		if strings.Contains(zipfile.Fold(name), "pivotcachedefinition") {
			list = append(list, partChange{name, x.pivotSource})
		}
	}
	if chain, ok, err := x.Book.Rel(x.Book.Part, "calcChain"); err == nil && ok && x.Book.Exists(chain.Target) {
		list = append(list, partChange{chain.Target, func(data []byte) ([]byte,
			error) {
			return x.calcChain(chain.Target, data, computed)
		}})
	}
	return list
}

// shown are the parts that show cells of any sheet: charts with what is drawn on them, drawings and form
// controls of other sheets, and connections that ask with the value of a cell.
func (x *Insertion) shown() []string {
	found := map[string]bool{}
	var list []string
	add := func(name string) {
		if key := zipfile.Fold(name); !found[key] {
			found[key], list = true, append(list, name)
		}
	}
	for _, name := range x.Book.Names() {
		if key := zipfile.Fold(name); strings.HasSuffix(key, ".xml") && strings.Contains(key, "/charts/") {
			add(name)
		}
	}
	var visit func(source string)
	visit = func(source string) {
		rels, err := x.Book.Rels(source)
		if err != nil {
			return // damage beside what is edited
		}
		for _, r := range rels {
			if r.External || !x.Book.Exists(r.Target) || found[zipfile.Fold(r.Target)] {
				continue
			}
			isOwn := zipfile.Fold(source) == zipfile.Fold(x.Draft.Part)
			switch r.Kind {
			case "drawing":
				if isOwn { // it follows with its sheet
					found[zipfile.Fold(r.Target)] = true
				}
				add(r.Target)
				visit(r.Target)
			case "chart", "chartEx", "chartUserShapes":
				add(r.Target)
				visit(r.Target)
			case "ctrlProp", "connections":
				add(r.Target)
			}
		}
	}
	visit(x.Book.Part)
	for _, sp := range x.Book.Sheets {
		if sp.Part != "" {
			visit(sp.Part)
		}
	}
	return list
}

// boxesElsewhere are the form fields and pictures of cells of other sheets.
func (x *Insertion) boxesElsewhere() (list []string) {
	for i, sp := range x.Book.Sheets {
		rels, err := x.Book.Rels(sp.Part)
		if i == x.index || sp.Part == "" || err != nil {
			continue
		}
		for _, r := range rels {
			if r.Kind == "vmlDrawing" && !r.External && x.Book.Exists(r.Target) && !slices.Contains(list, r.Target) {
				list = append(list, r.Target)
			}
		}
	}
	return list
}

// isMentioned reports whether a part can refer to the sheet by name. Some programs write
// other than ASCII characters as numbers (openpyxl without lxml).
func (x *Insertion) isMentioned(data []byte) bool {
	for _, coded := range []string{"&#", "&apos;", "&quot;"} {
		if bytes.Contains(data, []byte(coded)) {
			return true
		}
	}
	name := x.Draft.Sheet
	escaped := xmlpart.EscapeText(name)
	for _, form := range []string{name, escaped, strings.ReplaceAll(escaped, "'", "''")} {
		if bytes.Contains(data, []byte(form)) {
			return true
		}
	}
	return bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(escaped)))
}

// otherSheet is the part of another worksheet.
func (x *Insertion) otherSheet(sp bookxml.SheetPart, data []byte) ([]byte, error) {
	d, err := sheetxml.NewDraft(sp.Name, sp.Part, data)
	if err != nil {
		return nil, damaged(sp.Part, err)
	}
	patches, err := x.plan.cells(d)
	if err != nil {
		return nil, err
	}
	tail, err := x.plan.follow(d.Tail(), sp.Name, false)
	if err != nil {
		return nil, damaged(sp.Part, err)
	}
	return xmlpart.Apply(data, append(patches, tail...)), nil
}

// pivotSource is the definition of a pivot cache, which may draw on the table.
func (x *Insertion) pivotSource(data []byte) ([]byte, error) {
	var patches []xmlpart.Patch
	for s := xmlpart.NewScanner(data); s.Next(); {
		isSource := s.OnElement() && (s.Is("worksheetSource") || s.Is("rangeSet"))
		if !isSource || Fold(s.Value("sheet")) != Fold(x.Draft.Sheet) {
			continue
		}
		a := s.Attr("ref")
		if a == nil || s.PrefixedAttr("id") != nil { // of another workbook
			continue
		}
		if r, ok := a1.ParseRange(s.Decode(a)); ok {
			if now, _ := x.Span(r, Covering); now != r {
				patches = append(patches, xmlpart.Replace(a.Value, now.String()))
			}
		}
	}
	return xmlpart.Apply(data, patches), nil
}

// calcChain moves the cells of the sheet in the calculation chain, where a cell without
// a formula would count as damage, and adds those of the new row.
func (x *Insertion) calcChain(part string, data []byte, computed []int) ([]byte, error) {
	sheet := x.Book.Sheets[x.index].ID
	var patches []xmlpart.Patch
	id := ""
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("c") {
			continue
		}
		if v := s.Value("i"); v != "" {
			id = v
		}
		a := s.Attr("r")
		if a == nil || id != sheet {
			continue
		}
		if at, ok := a1.ParseRef(s.Decode(a)); ok {
			if now, _ := x.Row(at.Row); now != at.Row {
				patches = append(patches, xmlpart.Replace(a.Value, a1.At(now, at.Col).String()))
			}
		}
	}
	if err := s.Err(); err != nil {
		return nil, damaged(part, err)
	}
	data = xmlpart.Apply(data, patches)
	if len(computed) == 0 {
		return data, nil
	}
	whole, inner, prefix, err := xmlpart.Element(data, "calcChain", 1)
	if err != nil {
		return nil, damaged(part, err)
	}
	var b strings.Builder
	for _, col := range computed {
		b.WriteString("<" + prefix + `c r="` + a1.At(x.New, col).String() + `" i="` + sheet + `"/>`)
	}
	return xmlpart.InsertLast(data, whole, inner, b.String()), nil
}
