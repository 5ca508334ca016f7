package cached

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/recalc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Bounds of what is calculated here: beyond them values are left to the program
// that opens the workbook.
const (
	maxCells     = 8 << 20    // of a sheet
	maxCalcCells = 12_000_000 // cells looked at
	maxCalcBytes = 32 << 20   // of a sheet's part
	maxCalcDepth = 5_000      // formulas that wait for each other
)

// calcState is how far the calculation of a formula has come.
type calcState uint8

const (
	notCalculated calcState = iota
	calculating
	calculated
)

// calculator calculates formulas over the workbook as it is now. It believes no
// result that stands in the file: many programs write 0, or nothing, for what they
// did not calculate. It is the [recalc.Book] that formulas read.
type calculator struct {
	*formulas
	b       *bookxml.Book
	homes   map[bookxml.Place]*node // nil: two elements stand for the cell
	filled  map[int][]a1.Range      // by array formulas and data tables of several cells
	sums    map[int][]a1.Ref        // cells with subtotals
	grids   map[int]*calcGrid
	never   bool // the workbook calculates by rules of its own
	spent   int
	depth   int
	started time.Time
}

// calcGrid is a sheet's cells.
type calcGrid struct {
	cells  []sheetxml.Cell
	cols   map[int][]int32 // by column: the cells in it, ascending
	hidden map[int]bool    // rows
	err    error
}

func newCalculator(b *bookxml.Book, f *formulas) *calculator {
	c := &calculator{
		formulas: f, b: b, homes: make(map[bookxml.Place]*node, len(f.nodes)), filled: map[int][]a1.Range{},
		sums: map[int][]a1.Ref{}, grids: map[int]*calcGrid{}, started: time.Now(),
	}
	c.never = calculatesAsShown(b)
	for _, n := range f.nodes {
		p := bookxml.Place{Sheet: n.sheet, At: n.Home}
		if _, twice := c.homes[p]; twice {
			n = nil
		}
		c.homes[p] = n
		if n == nil {
			continue
		}
		if f := n.fills(); f.rng.First != f.rng.Last {
			c.filled[n.sheet] = append(c.filled[n.sheet], f.rng)
		}
		if text := strings.ToUpper(n.Text); strings.Contains(text, "SUBTOTAL(") ||
			strings.Contains(text, "AGGREGATE(") {
			c.sums[n.sheet] = append(c.sums[n.sheet], n.Home)
		}
	}
	return c
}

// calculatesAsShown reports whether the workbook calculates with numbers as they
// are shown, rounded.
func calculatesAsShown(b *bookxml.Book) bool {
	data, err := b.Current(b.Part)
	if err != nil {
		return true
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("calcPr") {
			return !s.Flag("fullPrecision", true)
		}
	}
	return false
}

// calculate gives the value of a formula. The error is recalc.ErrUnknown if it
// cannot be given with certainty.
func (c *calculator) calculate(n *node) (recalc.Value, error) {
	if n == nil || n.state == calculating {
		return recalc.Value{}, recalc.ErrUnknown
	}
	if n.state == calculated {
		return n.result, n.err
	}
	n.state = calculating
	if c.depth++; c.depth > maxCalcDepth {
		n.err = recalc.ErrUnknown
	} else {
		n.result, n.err = c.eval(n)
	}
	c.depth--
	n.state = calculated
	return n.result, n.err
}

// dateFunctions count days from the workbook's first day.
var dateFunctions = []string{"TODAY", "DATE", "YEAR", "MONTH", "DAY", "WEEKDAY", "EDATE", "EOMONTH", "DATEDIF",
	"NETWORKDAYS", "TEXT"}

func (c *calculator) eval(n *node) (recalc.Value, error) {
	if c.never || n.loose || n.Kind == "array" || n.Kind == "dataTable" || c.oddSheet(n.sheet) ||
		c.homes[bookxml.Place{Sheet: n.sheet, At: n.Home}] != n {
		return recalc.Value{}, recalc.ErrUnknown
	}
	if c.b.Date1904 && slices.ContainsFunc(formula.Parse(n.Text).Calls,
		func(call string) bool { return slices.Contains(dateFunctions, call) }) {
		return recalc.Value{}, recalc.ErrUnknown
	}
	e, err := formula.ParseExpr(n.Text)
	if err != nil {
		return recalc.Value{}, recalc.ErrUnknown
	}
	return recalc.Eval(c, e, n.sheet, n.Home)
}

// oddSheet reports whether a sheet calculates as Lotus did.
func (c *calculator) oddSheet(sheet int) bool {
	data := c.drafts[sheet].Data
	head := data[:min(len(data), 4096)]
	return bytes.Contains(head, []byte("transitionEvaluation"))
}

// grid reads a sheet as it is now.
func (c *calculator) grid(sheet int) (*calcGrid, error) {
	if g := c.grids[sheet]; g != nil {
		return g, g.err
	}
	g := &calcGrid{cols: map[int][]int32{}, err: recalc.ErrUnknown}
	c.grids[sheet] = g
	sp := c.b.Sheets[sheet]
	if !sp.Worksheet || sp.Part == "" {
		return g, g.err
	}
	data, err := c.b.Current(sp.Part)
	if err != nil || len(data) > maxCalcBytes {
		return g, g.err
	}
	read := &sheetxml.Grid{Sheet: sheetxml.Sheet{HiddenRows: map[int]bool{}, HiddenCols: map[int]bool{}}}
	r := sheetxml.Reader{Scanner: xmlpart.NewScanner(data), Grid: read, MaxCells: maxCells, IsRich: c.b.IsRichPicture}
	if err := r.Read(c.b.SharedStrings); err != nil {
		return g, g.err
	}
	g.cells, g.hidden, g.err = read.Sheet.Cells, read.Sheet.HiddenRows, nil
	for i, cell := range g.cells {
		g.cols[cell.Col] = append(g.cols[cell.Col], int32(i))
	}
	return g, nil
}

// value is what a cell holds.
func (c *calculator) value(sheet int, cell *sheetxml.Cell) (recalc.Value, error) {
	if cell.Formula {
		return c.calculate(c.homes[bookxml.Place{Sheet: sheet, At: cell.Ref}])
	}
	switch cell.Kind {
	case sheetxml.Blank:
		return recalc.Value{}, nil
	case sheetxml.Number:
		n, err := strconv.ParseFloat(cell.Value, 64)
		if err != nil {
			return recalc.Value{}, recalc.ErrUnknown
		}
		return recalc.NumberOf(n), nil
	case sheetxml.Text:
		if cell.Value == "" {
			return recalc.Value{Kind: recalc.Hollow}, nil
		}
		return recalc.TextOf(cell.Value), nil
	case sheetxml.Bool:
		return recalc.BoolOf(cell.Value == "1"), nil
	case sheetxml.Error:
		return recalc.Value{Kind: recalc.Error, Str: cell.Value}, nil
	}
	return recalc.Value{}, recalc.ErrUnknown
}

// readable fails if the values of a range come from array formulas or data
// tables, which are not calculated here.
func (c *calculator) readable(sheet int, r a1.Range) error {
	for _, f := range c.filled[sheet] {
		if (areaOf{sheet, f}).meets(areaOf{sheet, r}) {
			return recalc.ErrUnknown
		}
	}
	return nil
}

// Cell is part of [recalc.Book].
func (c *calculator) Cell(sheet int, at a1.Ref) (recalc.Value, error) {
	g, err := c.grid(sheet)
	if err != nil {
		return recalc.Value{}, err
	}
	if err := c.readable(sheet, a1.Range{First: at, Last: at}); err != nil {
		return recalc.Value{}, err
	}
	list := g.cols[at.Col]
	i, ok := slices.BinarySearchFunc(list, at.Row, func(k int32, row int) int { return g.cells[k].Row - row })
	if !ok {
		return recalc.Value{}, nil
	}
	return c.value(sheet, &g.cells[list[i]])
}

// Cells is part of [recalc.Book].
func (c *calculator) Cells(sheet int, r a1.Range, visit func(a1.Ref, recalc.Value) error) error {
	g, err := c.grid(sheet)
	if err != nil {
		return err
	}
	if err := c.readable(sheet, r); err != nil {
		return err
	}
	one := func(cell *sheetxml.Cell) error {
		v, err := c.value(sheet, cell)
		if err != nil || v.Kind == recalc.Blank {
			return err
		}
		return visit(cell.Ref, v)
	}
	for col, list := range g.cols {
		if col < r.First.Col || col > r.Last.Col {
			continue
		}
		i, _ := slices.BinarySearchFunc(list, r.First.Row, func(k int32, row int) int { return g.cells[k].Row - row })
		for ; i < len(list) && g.cells[list[i]].Row <= r.Last.Row; i++ {
			if err := one(&g.cells[list[i]]); err != nil {
				return err
			}
		}
	}
	return nil
}

// Sheet is part of [recalc.Book].
func (c *calculator) Sheet(name string) (int, bool) {
	i := c.b.SheetIndex(name)
	return i, i >= 0
}

// Name is part of [recalc.Book].
func (c *calculator) Name(name string, sheet int) (string, bool) {
	d, ok := bookxml.FindName(c.names, name, sheet)
	return d.Formula, ok
}

// Column is part of [recalc.Book].
func (c *calculator) Column(table, column string, sheet int, at a1.Ref) (home int, r a1.Range, ok bool) {
	for _, p := range c.tables {
		if table != "" && !p.isCalled(table) || table == "" && (p.sheet != sheet || !p.rng.Contains(at)) {
			continue
		}
		i := slices.IndexFunc(p.columns, func(name string) bool { return strings.EqualFold(name, column) })
		if i < 0 || p.rng.First.Col+i > p.rng.Last.Col {
			return 0, r, false
		}
		r = a1.Range{First: a1.At(p.rng.First.Row+p.header, p.rng.First.Col+i),
			Last: a1.At(p.rng.Last.Row-p.totals, p.rng.First.Col+i)}
		return p.sheet, r, r.First.Row <= r.Last.Row
	}
	return 0, r, false
}

// HasHidden is part of [recalc.Book].
func (c *calculator) HasHidden(sheet int, r a1.Range) bool {
	g, err := c.grid(sheet)
	if err != nil {
		return true
	}
	for row := range g.hidden {
		if row >= r.First.Row && row <= r.Last.Row {
			return true
		}
	}
	return slices.ContainsFunc(c.sums[sheet], r.Contains)
}

// firstDay is day 0 of the 1900 date system.
var firstDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// Today is part of [recalc.Book].
func (c *calculator) Today() float64 {
	y, m, d := c.started.Date()
	return float64(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()-firstDay.Unix()) / 86400
}

// Spend is part of [recalc.Book].
func (c *calculator) Spend(cells int) error {
	if c.spent += cells; c.spent > maxCalcCells {
		return recalc.ErrUnknown
	}
	return nil
}

// stored is a value as a formula's cell holds it.
func stored(v recalc.Value) (typ, text string) {
	switch v.Kind {
	case recalc.Text:
		return "str", v.Str
	case recalc.Bool:
		return "b", strconv.Itoa(int(v.Num))
	case recalc.Error:
		return "e", v.Str
	}
	return "", strconv.FormatFloat(v.Num, 'g', -1, 64)
}

// holds reports whether the formula's cell holds a value already. Numbers may
// differ in the digits that no program shows.
func (n *node) holds(v recalc.Value) bool {
	typ, text := stored(v)
	if n.Cached.End == 0 || n.Inline.End > 0 {
		return false
	}
	switch n.Type {
	case "", "n":
		old, err := strconv.ParseFloat(strings.TrimSpace(n.Value), 64)
		return typ == "" && err == nil && math.Abs(old-v.Num) <= 1e-14*math.Abs(v.Num)
	case "str":
		return typ == "str" && string(xmlpart.DecodeXString([]byte(n.Value), 0)) == text
	}
	return typ == n.Type && strings.TrimSpace(n.Value) == text
}

// valuePatches give a formula cell a new value, or none.
func valuePatches(d *sheetxml.Draft, f sheetxml.FormulaCell, v *recalc.Value) []xmlpart.Patch {
	cell := d.Data[f.Cell.Start:f.Cell.End]
	if v == nil && f.Cached.End == 0 && f.Inline.End == 0 && f.Type == "" {
		return nil
	}
	s := xmlpart.NewScanner(cell)
	s.Next()
	var tag bytes.Buffer
	tag.Write(cell[:s.Name.End])
	for _, a := range s.Attrs {
		if name := string(cell[a.Name.Start:a.Name.End]); name != "t" && name != "vm" {
			tag.WriteByte(' ')
			tag.Write(cell[a.Name.Start : a.Value.End+1])
		}
	}
	value := ""
	if v != nil {
		typ, text := stored(*v)
		if typ != "" {
			tag.WriteString(` t="` + typ + `"`)
		}
		value = "<" + d.Prefix + "v>" + string(xmlpart.AppendXString(nil, text)) + "</" + d.Prefix + "v>"
	}
	tag.WriteByte('>')
	patches := []xmlpart.Patch{xmlpart.Replace(xmlpart.Between(f.Cell.Start, f.Cell.Start+s.End), tag.String())}
	switch {
	case f.Cached.End > 0:
		if f.Inline.End > 0 {
			patches = append(patches, xmlpart.Replace(f.Inline, ""))
		}
		return append(patches, xmlpart.Replace(f.Cached, value))
	case f.Inline.End > 0:
		return append(patches, xmlpart.Replace(f.Inline, value))
	}
	return append(patches, xmlpart.Replace(xmlpart.Between(f.Element.End, f.Element.End), value))
}

// arrayPatches drop the values of the other cells of an array formula.
func arrayPatches(d *sheetxml.Draft, f sheetxml.FormulaCell) (patches []xmlpart.Patch) {
	if f.Kind != "array" && f.Kind != "dataTable" || f.Ref.End == 0 {
		return nil
	}
	for row := f.Area.First.Row; row <= f.Area.Last.Row; row++ {
		i, ok := d.Find(row)
		if !ok {
			continue
		}
		cells, err := d.ReadRow(i)
		if err != nil {
			continue
		}
		for _, c := range cells.Cells {
			if c.Col < f.Area.First.Col || c.Col > f.Area.Last.Col || c.Formula || !c.Full {
				continue
			}
			var out bytes.Buffer
			d.RewriteCell(&out, c, sheetxml.Setting{Style: -1})
			patches = append(patches, xmlpart.Replace(xmlpart.Between(c.Start, c.End), out.String()))
		}
	}
	return patches
}
