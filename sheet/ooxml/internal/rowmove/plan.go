package rowmove

import (
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
)

// Plan is a change of the rows of a workbook.
type Plan struct {
	Book *bookxml.Book
	Rows map[string]*Rows // by folded sheet name; the rows of other sheets stay

	// IsCopy tells that the workbook becomes a copy of a part of itself. What needs
	// rows, sheets, names or Excel tables that are left out then goes with them, and so
	// does what needs another workbook or several sheets at once.
	IsCopy     bool
	SheetsLost map[string]bool // sheets left out, by folded name
	NamesLost  map[string]bool // defined names left out, by folded name; Names adds to them
	TablesLost map[string]bool // Excel tables left out, by folded name
	// NewTableName is the name that an Excel table gets, "" if it keeps its own; nil if
	// all keep theirs.
	NewTableName func(table string) string
}

// Fold is the form in which sheets, names and tables are compared: programs do not tell
// upper from lower case in them.
func Fold(name string) string { return strings.ToLower(name) }

// RowsOf is the change of a sheet; one that changes nothing if the plan has none for it.
func (p *Plan) RowsOf(sheet string) *Rows {
	if m := p.Rows[Fold(sheet)]; m != nil {
		return m
	}
	return unmoved
}

var unmoved = &Rows{}

// Formula is a formula as it reads afterwards. home is the sheet that it stands on; ok
// is false if it needs what it no longer can have (see Plan.IsCopy), or if it reaches
// through several sheets past a new row, which no rewriting follows.
func (p *Plan) Formula(f, home string) (now string, ok bool) {
	return p.mapped(f, home, false, func(*formula.Ref) bool { return true })
}

// CellFormula is Formula for the formula of a cell. In the rows of the table a range
// that ends with the last one is a running one and not a total: it does not grow.
func (p *Plan) CellFormula(f, home string, at a1.Ref) (now string, ok bool) {
	m := p.RowsOf(home)
	return p.mapped(f, home, m.New > 0 && m.Table.Contains(at), func(*formula.Ref) bool { return true })
}

// NameFormula is Formula for the formula of a defined name.
func (p *Plan) NameFormula(name, f, home string) (now string, ok bool) {
	return p.mapped(f, home, false, placesOfName(name))
}

// placesOfName tells which references in the formula of a defined name are places. A
// row without "$" is a distance from the cell that uses the name; but in the names that
// Excel gives itself (_xlnm.Print_Area) exceljs leaves the "$" out.
func placesOfName(name string) func(*formula.Ref) bool {
	if IsBuiltIn(name) {
		return func(*formula.Ref) bool { return true }
	}
	return func(r *formula.Ref) bool { return r.Fixed[1] && r.Fixed[3] }
}

// IsBuiltIn reports whether a defined name is one that Excel gives itself: for print
// areas, print titles, filters.
func IsBuiltIn(name string) bool { return strings.HasPrefix(strings.ToLower(name), "_xlnm.") }

// mapped rewrites the references of a formula that isPlace accepts; running tells that
// ranges do not grow.
func (p *Plan) mapped(f, home string, running bool, isPlace func(*formula.Ref) bool) (now string, ok bool) {
	ok = true
	now = formula.MapRefs(f, func(r *formula.Ref) bool {
		sheet := r.Sheet
		if sheet == "" {
			sheet = home
		}
		switch {
		case r.External:
			ok = ok && !p.IsCopy
			return false
		case r.LastSheet != "":
			ok = ok && !p.IsCopy && !p.moves(r.Range)
			return false
		case p.SheetsLost[Fold(sheet)]:
			ok = false
			return false
		case r.Kind == formula.Cols || !isPlace(r):
			return false
		}
		growth := Moves
		if r.Kind == formula.Area && !running {
			growth = Covering
		}
		old := r.Range
		left, some := p.RowsOf(sheet).Span(old, growth)
		ok = ok && some
		r.Range = left
		return some && left != old
	})
	if p.IsCopy {
		ok = ok && !p.needsLost(f)
	}
	if p.NewTableName != nil {
		now = formula.RenameTables(now, p.NewTableName)
	}
	return now, ok
}

// moves reports whether a range of every sheet is moved by a new row.
func (p *Plan) moves(r a1.Range) bool {
	for _, m := range p.Rows {
		if m.Shift && r.Last.Row >= m.New {
			return true
		}
	}
	return false
}

// needsLost reports whether a formula uses a name or an Excel table that is left out.
func (p *Plan) needsLost(f string) bool {
	parts := formula.Parse(f)
	for _, n := range parts.Names {
		if n.External || p.NamesLost[Fold(n.Name)] || n.Sheet != "" && p.SheetsLost[Fold(n.Sheet)] {
			return true
		}
	}
	for _, t := range parts.Tables {
		if t != "" && p.TablesLost[Fold(t)] {
			return true
		}
	}
	return false
}

// relative is a formula that counts from the first cell of ranges (those of a
// conditional format or a drop-down list), as it reads from the first cell of what is
// left of them.
func (p *Plan) relative(f, home string, ranges []a1.Range) (now string, ok bool) {
	m := p.RowsOf(home)
	for _, r := range ranges {
		first := m.FirstLeft(r)
		if first == 0 {
			continue
		}
		if down, right := first-ranges[0].First.Row, r.First.Col-ranges[0].First.Col; down != 0 || right != 0 {
			if f, ok = formula.Translate(f, down, right); !ok {
				return f, false
			}
		}
		return p.Formula(f, home)
	}
	return f, false
}

// sqref is a list of ranges afterwards, and the ranges before; ok is false if nothing
// is left.
func (p *Plan) sqref(s, home string) (now string, before []a1.Range, ok bool) {
	m := p.RowsOf(home)
	var list []string
	changed := false
	for _, item := range strings.Fields(s) {
		r, valid := a1.ParseRange(item)
		if !valid {
			list = append(list, item)
			continue
		}
		before = append(before, r)
		left, some := m.Span(r, Touching)
		if !some {
			changed = true
			continue
		}
		if left != r {
			item, changed = left.String(), true
		}
		list = append(list, item)
	}
	if !changed {
		return s, before, true
	}
	return strings.Join(list, " "), before, len(list) > 0
}
