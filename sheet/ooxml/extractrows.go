package ooxml

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// sheetExtraction is the work on one worksheet.
type sheetExtraction struct {
	*extraction
	d         *sheetxml.Draft
	m         *rowMap
	protected bool                         // before
	formulas  map[int]sheetxml.FormulaCell // by where their cells begin
	filtered  []a1.Range                   // ranges whose filter is lifted
	// what an anchor that is left out held, by the cell that is the anchor afterwards
	moved map[a1.Ref]cellContent
	looks map[a1.Ref]look    // of cells whose format changes
	given map[int][]a1.Range // by row; nil until it is asked for
}

// cellContent is what a cell holds.
type cellContent struct {
	typ   string // t attribute
	inner string
}

func (x *extraction) worksheet(i int) error {
	sp := x.w.book.Sheets[i]
	d, err := x.w.book.Draft(sp.Name)
	if err != nil {
		return err
	}
	sheet, err := x.w.Sheet(sp.Name)
	if err != nil {
		return err
	}
	y := &sheetExtraction{
		extraction: x, d: d, m: x.rowsOf(sp.Name), protected: sheet.Protected,
		formulas: map[int]sheetxml.FormulaCell{}, moved: map[a1.Ref]cellContent{}, looks: map[a1.Ref]look{},
	}
	if !d.IsOrdered && len(y.m.Gone) > 0 {
		return &rowmove.Obstacle{Why: rowmove.Unordered}
	}
	list, err := d.FormulaCells()
	if err != nil {
		return opc.Damaged(d.Part, err)
	}
	for _, f := range list {
		y.formulas[f.Cell.Start] = f
	}
	if y.filtered, err = y.filters(); err != nil {
		return err
	}
	if err := y.anchors(); err != nil {
		return err
	}
	patches, err := y.rowPatches()
	if err != nil {
		return err
	}
	around, err := y.aroundRows()
	if err != nil {
		return err
	}
	x.w.book.Put(d.Part, xmlpart.Apply(d.Data, append(patches, around...)))
	delete(x.w.book.Pending.Drafts, d.Part)
	return nil
}

// named finds a sheet's entry, whatever the case of its name.
func named(m map[string][]a1.Range, sheet string) []a1.Range {
	for name, list := range m {
		if strings.EqualFold(name, sheet) {
			return list
		}
	}
	return nil
}

// anchors notes what merged cells hold whose first row is left out and others
// are not.
func (y *sheetExtraction) anchors() error {
	for _, m := range y.d.Merges {
		if _, ok := y.m.Row(m.First.Row); ok {
			continue
		}
		first := y.m.FirstLeft(m)
		i, ok := y.d.Find(m.First.Row)
		if first == 0 || !ok || !y.m.hasContent(m) {
			continue
		}
		row, err := y.d.ReadRow(i)
		if err != nil {
			return opc.Damaged(y.d.Part, err)
		}
		c, ok := row.Cell(m.First.Col)
		if !ok {
			continue
		}
		content, err := y.content(c)
		if err != nil {
			return err
		}
		y.moved[a1.At(first, m.First.Col)] = content
	}
	return nil
}

// content is what a cell holds, without its formula.
func (y *sheetExtraction) content(c sheetxml.CellSpan) (cellContent, error) {
	raw := y.d.Data[c.Start:c.End]
	s := xmlpart.NewScanner(raw)
	s.Next()
	out := cellContent{typ: s.Value("t")}
	var b strings.Builder
	err := s.Children(func() error {
		start, formula := s.Start, s.Is("f")
		s.Skip()
		if !formula {
			b.Write(raw[start:s.End])
		}
		return nil
	})
	out.inner = b.String()
	if err == nil {
		err = s.Err()
	}
	if err != nil {
		return out, opc.Damaged(y.d.Part, err)
	}
	return out, nil
}

// rowPatches leaves rows out, renumbers those below, and rewrites the cells
// that change.
func (y *sheetExtraction) rowPatches() ([]xmlpart.Patch, error) {
	var patches []xmlpart.Patch
	fills := map[int][]int{} // row → columns whose cells change in any case
	note := func(ranges []a1.Range, kind look) {
		for _, r := range ranges {
			for n := r.First.Row; n <= r.Last.Row; n++ {
				for c := r.First.Col; c <= r.Last.Col; c++ {
					fills[n] = append(fills[n], c)
					y.looks[a1.At(n, c)] = kind
				}
			}
		}
	}
	note(named(y.e.Open, y.d.Sheet), unlocked)
	note(named(y.e.Shade, y.d.Sheet), shaded)
	for at := range y.moved {
		fills[at.Row] = append(fills[at.Row], at.Col)
	}
	for i := range y.d.Rows {
		r := y.d.Rows[i]
		now, ok := y.m.Row(r.Row)
		if !ok {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(r.Start, r.End), ""))
			continue
		}
		raw := y.d.Data[r.Start:r.End]
		if now == r.Row && len(fills[r.Row]) == 0 && !y.m.empty[r.Row] && !y.m.clears[r.Row] &&
			!sheetxml.HasFormula(raw, y.d.Prefix) && !y.isFiltered(r.Row) &&
			!bytes.Contains(raw, []byte("vm=")) && !bytes.Contains(raw, []byte("cm=")) {
			continue
		}
		text, err := y.row(i, now, fills[r.Row])
		if err != nil {
			return nil, err
		}
		patches = append(patches, xmlpart.Replace(xmlpart.Between(r.Start, r.End), text))
	}
	return patches, nil
}

// row is a row as it reads afterwards. fill are columns that must have a cell.
func (y *sheetExtraction) row(i, now int, fill []int) (string, error) {
	r := y.d.Rows[i]
	row, err := y.d.ReadRow(i)
	if err != nil {
		return "", opc.Damaged(y.d.Part, err)
	}
	var b bytes.Buffer
	tag := string(y.d.Data[row.Tag.Start:row.Tag.End])
	if y.isFiltered(r.Row) {
		tag = xmlpart.DropAttr(tag, "hidden", false)
	}
	b.Write(xmlpart.SetAttr([]byte(strings.TrimSuffix(strings.TrimSuffix(tag, ">"), "/")), "r", strconv.Itoa(now)))
	b.WriteByte('>')
	cells := map[int]string{}
	for _, c := range row.Counting() {
		if cells[c.Col], err = y.cell(c, r.Row, now); err != nil {
			return "", err
		}
	}
	for _, col := range fill {
		if _, ok := cells[col]; ok {
			continue
		}
		style := row.Style
		if style < 0 {
			style = y.d.ColStyle(col)
		}
		raw := y.filled(y.moved[a1.At(r.Row, col)], a1.At(now, col))
		if cells[col], err = y.dress(raw, a1.At(r.Row, col), style, false); err != nil {
			return "", err
		}
	}
	for _, col := range slices.Sorted(maps.Keys(cells)) {
		b.WriteString(cells[col])
	}
	b.WriteString("</" + y.d.Prefix + "row>")
	return b.String(), nil
}

// cell is a cell as it reads afterwards.
func (y *sheetExtraction) cell(c sheetxml.CellSpan, row, now int) (string, error) {
	home := a1.At(row, c.Col)
	raw := y.d.Data[c.Start:c.End]
	f, hasFormula := y.formulas[c.Start]
	if y.m.isCleared(cellAt(home)) || y.m.empty[row] && !y.shared(home) {
		raw = withStyle(y.filled(cellContent{}, a1.At(now, c.Col)), c.Style)
	} else if content, ok := y.moved[home]; ok {
		raw = withStyle(y.filled(content, a1.At(now, c.Col)), c.Style)
	} else if hasFormula {
		raw = y.formulaCell(raw, c, f)
	}
	tag := xmlpart.StartTagOf(raw)
	raw = raw[len(tag):]
	if vm, ok := xmlpart.Number(xmlpart.RawAttr([]byte(tag), "vm")); ok {
		if _, picture := y.w.book.StoredPicture(vm); !picture {
			tag = xmlpart.DropAttr(tag, "vm", false)
		}
	}
	tag = xmlpart.DropAttr(tag, "cm", false) // of array formulas, which become values
	head, tail := strings.TrimSuffix(tag, ">"), ">"
	if strings.HasSuffix(head, "/") {
		head, tail = strings.TrimSuffix(head, "/"), "/>"
	}
	out := xmlpart.SetAttr([]byte(head), "r", a1.At(now, c.Col).String())
	return y.dress(append(append(out, tail...), raw...), home, c.Style, hasFormula)
}

// formulaCell is a cell with a formula. One that needs what is left out becomes
// the value that it last had; one whose value tells of it, among others, loses
// its value.
func (y *sheetExtraction) formulaCell(raw []byte, c sheetxml.CellSpan, f sheetxml.FormulaCell) []byte {
	at := xmlpart.Between(f.Element.Start-c.Start, f.Element.End-c.Start)
	text, alive := y.plan.Formula(f.Text, y.d.Sheet)
	if !alive && !y.isGiven(f.Home) && y.tells(f.Text) {
		return withStyle(y.filled(cellContent{}, f.Home), c.Style) // 教育局!F20
	}
	if !alive || f.Kind == "array" || f.Kind == "dataTable" || strings.TrimSpace(f.Text) == "" {
		return xmlpart.Splice(raw, at, "")
	}
	stale := y.isStale(f)
	switch {
	case y.constantTells(f.Text) && y.isGiven(f.Home) && hasResult(raw):
		return xmlpart.Splice(raw, at, "")
	case y.constantTells(f.Text):
		return withStyle(y.filled(cellContent{}, f.Home), c.Style)
	case stale && y.isGiven(f.Home) && hasResult(raw) && !readsOwnRow(f):
		return xmlpart.Splice(raw, at, "")
	case stale && y.e.Given != nil && !y.isGiven(f.Home) && looksUp(f.Text):
		return withStyle(y.filled(cellContent{}, f.Home), c.Style)
	}
	if stale {
		if !hasResult(raw) && y.isAboveGiven(f.Home.Row) {
			y.unknown[bookxml.Place{Sheet: y.w.book.SheetIndex(y.d.Sheet), At: f.Home}] = true
		}
		out := xmlpart.StartTagOf(raw)
		if a := xmlpart.RawAttr([]byte(out), "t"); a != nil {
			out = xmlpart.DropAttr(out, "t", false)
		}
		return []byte(out + "<" + y.d.Prefix + "f>" + xmlpart.EscapeText(text) + "</" + y.d.Prefix + "f></" +
			y.d.Prefix + "c>")
	}
	if text != f.Text || f.Kind == "shared" {
		raw = xmlpart.Splice(raw, at, "<"+y.d.Prefix+"f>"+xmlpart.EscapeText(text)+"</"+y.d.Prefix+"f>")
	}
	return raw
}

// isAboveGiven reports whether a row stands above all rows given on its sheet.
func (y *sheetExtraction) isAboveGiven(row int) bool {
	given := named(y.e.Given, y.d.Sheet)
	return len(given) > 0 && !slices.ContainsFunc(given, func(r a1.Range) bool { return r.First.Row <= row })
}

// shared reports whether a cell is merged with one in a row that stays as it is.
func (y *sheetExtraction) shared(home a1.Ref) bool {
	for _, m := range y.d.Merges {
		if m.Contains(home) {
			return y.m.hasContent(m)
		}
	}
	return false
}

// filled is a new cell that holds content.
func (y *sheetExtraction) filled(content cellContent, at a1.Ref) []byte {
	tag := "<" + y.d.Prefix + `c r="` + at.String() + `"`
	if content.typ != "" {
		tag += ` t="` + content.typ + `"`
	}
	if content.inner == "" {
		return []byte(tag + "/>")
	}
	return []byte(tag + ">" + content.inner + "</" + y.d.Prefix + "c>")
}

// dress gives a cell the format that tells whether it is to be filled in.
func (y *sheetExtraction) dress(raw []byte, home a1.Ref, style int, hasFormula bool) (string, error) {
	kind := y.looks[home]
	if hasFormula && kind == unlocked {
		kind = asIs
	}
	now, err := y.styles.variant(y.w, max(style, 0), kind, y.protected)
	if err != nil {
		return "", err
	}
	if now == style || kind == asIs && style <= 0 {
		return string(raw), nil
	}
	return string(withStyle(raw, now)), nil
}

func withStyle(raw []byte, style int) []byte {
	end := len(xmlpart.StartTagOf(raw)) - 1
	cut := end
	if end > 0 && raw[end-1] == '/' {
		cut = end - 1
	}
	return append(xmlpart.SetAttr(raw[:cut], "s", strconv.Itoa(style)), raw[cut:]...)
}
