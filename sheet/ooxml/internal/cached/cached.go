package cached

import (
	"bytes"
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/recalc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// MaxFormulas is how many formulas are searched for dependents. A workbook with
// more is only marked to be calculated.
const MaxFormulas = 200_000

// node is a formula, what it depends on, and what it was found to be.
type node struct {
	sheetxml.FormulaCell
	sheet    int
	needs    []areaOf
	loose    bool // what it refers to is known only when it is calculated
	position bool // its result depends on where cells stand
	dirty    bool

	state  calcState
	result recalc.Value
	err    error
}

// fills is the cells whose values come from n.
func (n *node) fills() areaOf {
	if (n.Kind == "array" || n.Kind == "dataTable") && n.Ref.End > 0 {
		return areaOf{n.sheet, n.Area}
	}
	return areaOf{n.sheet, a1.Range{First: n.Home, Last: n.Home}}
}

// Refresh brings the values of formulas up to date with the cells written
// so far.
func Refresh(b *bookxml.Book) error {
	if len(b.Pending.Written) == 0 && len(b.Pending.Inserted) == 0 {
		return nil
	}
	f, err := formulasOf(b)
	if err != nil {
		return err
	}
	defer func() { b.Pending.Written, b.Pending.Inserted = nil, nil }()
	if f == nil {
		b.Recalculated = true
		return b.CalcOnLoad()
	}
	dirty := spread(b, f.nodes)
	if len(dirty) == 0 {
		return nil
	}
	b.Recalculated = true
	c := newCalculator(b, f)
	full := false
	patches := map[int][]xmlpart.Patch{}
	for _, n := range dirty {
		d := f.drafts[n.sheet]
		value, err := c.calculate(n)
		if err != nil {
			full = true
			patches[n.sheet] = append(patches[n.sheet], arrayPatches(d, n.FormulaCell)...)
			patches[n.sheet] = append(patches[n.sheet], valuePatches(d, n.FormulaCell, nil)...)
			continue
		}
		if !n.holds(value) {
			patches[n.sheet] = append(patches[n.sheet], valuePatches(d, n.FormulaCell, &value)...)
		}
	}
	for sheet, list := range patches {
		if len(list) == 0 {
			continue
		}
		d := f.drafts[sheet]
		b.Put(d.Part, xmlpart.Apply(d.Data, list))
		delete(b.Pending.Drafts, d.Part)
	}
	if full {
		return b.CalcOnLoad()
	}
	return nil
}

// formulas are those of a workbook as it is now, and what they go by.
type formulas struct {
	drafts map[int]*sheetxml.Draft // of the sheets that have formulas, by index
	nodes  []*node                 // in the order of the workbook
	names  []bookxml.DefinedName
	tables []tablePart
}

// formulasOf gathers the formulas of all sheets; nil if they are more than
// MaxFormulas. Sheets known to have none are not even inflated.
func formulasOf(b *bookxml.Book) (*formulas, error) {
	out := &formulas{drafts: map[int]*sheetxml.Draft{}}
	total := 0
	for i, sp := range b.Sheets {
		if !sp.Worksheet || sp.Part == "" || b.Pending.Plain[sp.Part] {
			continue
		}
		data, err := b.Current(sp.Part)
		if err != nil {
			continue // a sheet that cannot be read does not depend on the others
		}
		if !bytes.Contains(data, []byte("f>")) && !bytes.Contains(data, []byte("<f")) {
			continue
		}
		d, err := sheetxml.NewDraft(sp.Name, sp.Part, data)
		if err != nil || d.Formulas == 0 {
			continue
		}
		if total += d.Formulas; total > MaxFormulas {
			return nil, nil
		}
		list, err := d.FormulaCells()
		if err != nil {
			return nil, opc.Damaged(sp.Part, err)
		}
		out.drafts[i] = d
		for _, f := range list {
			out.nodes = append(out.nodes, &node{FormulaCell: f, sheet: i})
		}
	}
	out.names, out.tables = b.CurrentNames(), tableParts(b)
	for _, n := range out.nodes {
		n.loose = n.Astray || n.Text == "" && n.Kind != "dataTable"
		findNeeds(b, n, n.Text, n.sheet, out, 0)
		if n.Kind == "dataTable" {
			// Its values come from the formulas above and beside it, calculated with
			// other values in its input cells.
			around := n.fills()
			around.rng.First = a1.At(max(around.rng.First.Row-1, 1), max(around.rng.First.Col-1, 1))
			n.needs = append(n.needs, around)
			for _, at := range n.Inputs {
				n.needs = append(n.needs, areaOf{n.sheet, a1.Range{First: at, Last: at}})
			}
		}
	}
	return out, nil
}

// findNeeds adds what a formula refers to, through names and tables.
func findNeeds(b *bookxml.Book, n *node, text string, home int, all *formulas, depth int) {
	if depth > 8 {
		n.loose = true
		return
	}
	parts := formula.Parse(text)
	for _, r := range parts.Refs {
		if r.External {
			continue
		}
		first, last := home, home
		if r.Sheet != "" {
			first = b.SheetIndex(r.Sheet)
			last = first
		}
		if r.LastSheet != "" {
			last = b.SheetIndex(r.LastSheet)
		}
		if first < 0 || last < 0 {
			continue
		}
		for i := min(first, last); i <= max(first, last); i++ {
			rng := a1.Range{
				First: a1.At(min(r.Range.First.Row, r.Range.Last.Row), min(r.Range.First.Col, r.Range.Last.Col)),
				Last:  a1.At(max(r.Range.First.Row, r.Range.Last.Row), max(r.Range.First.Col, r.Range.Last.Col)),
			}
			n.needs = append(n.needs, areaOf{i, rng})
		}
	}
	for _, name := range parts.Names {
		if name.External {
			continue
		}
		scope := home
		if name.Sheet != "" {
			scope = b.SheetIndex(name.Sheet)
		}
		def, ok := bookxml.FindName(all.names, name.Name, scope)
		if !ok {
			continue
		}
		// References without $ are stored as they read in A1.
		text, ok := formula.Translate(def.Formula, n.Home.Row-1, n.Home.Col-1)
		if !ok {
			n.loose = true
			continue
		}
		findNeeds(b, n, text, home, all, depth+1)
	}
	for _, t := range parts.Tables {
		for _, p := range all.tables {
			if t != "" && p.isCalled(t) || t == "" && p.sheet == n.sheet && p.rng.Contains(n.Home) {
				n.needs = append(n.needs, p.areaOf)
			}
		}
	}
	for _, call := range parts.Calls {
		switch call {
		case "INDIRECT", "OFFSET", "CELL", "EVALUATE":
			n.loose = true
		}
		switch call {
		case "ROW", "ROWS", "COLUMN", "COLUMNS", "ADDRESS", "CELL", "FORMULATEXT":
			n.position = true
		}
	}
	// A range whose end a function finds (A1:INDEX(…)) can be any.
	if strings.Contains(text, ":INDEX(") || strings.Contains(text, "):") {
		n.loose = true
	}
}

// spread finds the formulas that depend on written cells or new rows, directly
// or through others, in the order of the workbook.
func spread(b *bookxml.Book, nodes []*node) []*node {
	var changed []areaOf
	moved := false
	for _, ins := range b.Pending.Inserted {
		moved = moved || ins.Shift
		row := a1.Range{First: a1.At(ins.Row, 1), Last: a1.At(ins.Row, a1.MaxCol)}
		changed = append(changed, areaOf{ins.Sheet, row})
	}
	for p := range b.Pending.Written {
		changed = append(changed, areaOf{p.Sheet, a1.Range{First: p.At, Last: p.At}})
	}
	return spreadFrom(nodes, changed, func(n *node) bool {
		return n.loose || moved && n.position || b.Pending.Written[bookxml.Place{Sheet: n.sheet, At: n.Home}]
	})
}

// spreadFrom finds the formulas that isDirty names, and those that depend on them or
// on a changed area, directly or through others, in the order of the workbook.
func spreadFrom(nodes []*node, changed []areaOf, isDirty func(*node) bool) (dirty []*node) {
	var all dependents
	for _, n := range nodes {
		all.add(n)
	}
	wave := slices.Clone(changed)
	mark := func(n *node) {
		if !n.dirty {
			n.dirty = true
			wave = append(wave, n.fills())
		}
	}
	for _, n := range nodes {
		if isDirty(n) {
			mark(n)
		}
	}
	for len(wave) > 0 {
		next := wave[len(wave)-1]
		wave = wave[:len(wave)-1]
		all.of(next, mark)
	}
	for _, n := range nodes {
		if n.dirty {
			dirty = append(dirty, n)
		}
	}
	return dirty
}

// Stale are the cells of formulas whose value depends on a lost area, directly or
// through others, or on where rows stand; ok is false if there are too many
// formulas to tell.
func Stale(b *bookxml.Book, lost func(sheet int, r a1.Range) bool) (stale map[bookxml.Place]bool, ok bool, err error) {
	f, err := formulasOf(b)
	if err != nil || f == nil {
		return nil, false, err
	}
	stale = map[bookxml.Place]bool{}
	dirty := spreadFrom(f.nodes, nil, func(n *node) bool {
		return n.loose || n.position || slices.ContainsFunc(n.needs,
			func(a areaOf) bool { return lost(a.sheet, a.rng) })
	})
	for _, n := range dirty {
		stale[bookxml.Place{Sheet: n.sheet, At: n.Home}] = true
	}
	return stale, true, nil
}

// dependents finds formulas by what they need.
type dependents struct {
	nodes []*node
	cells map[bookxml.Place][]*node  // that need the cell by itself
	cols  map[bookxml.Place][]needOf // that need a range of few columns, by column (row 0)
	wide  []needOf                   // that need a wider one
}

// needOf is one of the ranges that a formula needs.
type needOf struct {
	*node
	area areaOf
}

// fewColumns is how many columns of a range are listed one by one.
const fewColumns = 32

func (x *dependents) add(n *node) {
	if x.cells == nil {
		x.cells, x.cols = map[bookxml.Place][]*node{}, map[bookxml.Place][]needOf{}
	}
	x.nodes = append(x.nodes, n)
	for _, a := range n.needs {
		switch {
		case a.rng.First == a.rng.Last:
			p := bookxml.Place{Sheet: a.sheet, At: a.rng.First}
			x.cells[p] = append(x.cells[p], n)
		case a.rng.Last.Col-a.rng.First.Col < fewColumns:
			for col := a.rng.First.Col; col <= a.rng.Last.Col; col++ {
				p := bookxml.Place{Sheet: a.sheet, At: a1.At(0, col)}
				x.cols[p] = append(x.cols[p], needOf{n, a})
			}
		default:
			x.wide = append(x.wide, needOf{n, a})
		}
	}
}

// of visits the formulas that need a cell of an area.
func (x *dependents) of(a areaOf, visit func(*node)) {
	if a.rng.First != a.rng.Last {
		for _, n := range x.nodes {
			if slices.ContainsFunc(n.needs, a.meets) {
				visit(n)
			}
		}
		return
	}
	at := a.rng.First
	for _, n := range x.cells[bookxml.Place{Sheet: a.sheet, At: at}] {
		visit(n)
	}
	for _, list := range [][]needOf{x.cols[bookxml.Place{Sheet: a.sheet, At: a1.At(0, at.Col)}], x.wide} {
		for _, n := range list {
			if !n.dirty && n.area.meets(a) {
				visit(n.node)
			}
		}
	}
}
