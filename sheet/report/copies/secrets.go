package copies

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// secrets are what a text may not say that goes to one unit: the names of the others,
// and the persons and telephones that the directory has of them. The unit whose ledger
// it is may be named, as titles and notes do.
type secrets struct{ own, others []string }

func secretsFor(l *ledger.Ledger, unit string) *secrets {
	s := &secrets{}
	words := map[string][]string{} // by unit
	for _, u := range Units(l) {
		words[u] = []string{u}
	}
	for _, u := range l.ByUnit {
		words[u.Unit] = append(words[u.Unit], u.Unit)
	}
	for _, u := range l.Directory.Units() {
		words[u.Name] = append(append(words[u.Name], u.Name, u.Contact, u.Phone), u.Aliases...)
	}
	office := l.Directory.Canonical(l.Office)
	for u, list := range words {
		for _, w := range list {
			switch w = strings.TrimSpace(w); {
			case utf8.RuneCountInString(w) < 2:
			case u == unit || u == office:
				s.own = append(s.own, w)
			default:
				s.others = append(s.others, w)
			}
		}
	}
	s.own = append(s.own, l.Office)
	s.own = slices.DeleteFunc(s.own, func(w string) bool { return w == "" })
	// 教育局招生办 is not 教育局.
	slices.SortFunc(s.own, func(a, b string) int { return len(b) - len(a) })
	return s
}

// tells reports whether a text names another unit.
func (s *secrets) tells(text string) bool {
	named := func(text string) bool {
		return slices.ContainsFunc(s.others, func(w string) bool { return strings.Contains(text, w) })
	}
	if !named(text) {
		return false
	}
	for _, w := range s.own {
		if !slices.Contains(s.others, w) {
			text = strings.ReplaceAll(text, w, "\x00")
		}
	}
	return named(text)
}

// cellTells reports whether a cell names another unit, the words that its number format
// shows with a number included.
func (c *copier) cellTells(cell *ooxml.Cell) bool {
	return c.secret.tells(cell.Value) || cell.Kind == ooxml.Number && c.secret.tells(c.wb.Text(*cell))
}

// rowOf is a row of a table, as far as the table reaches.
func rowOf(t *table.Table, row int) a1.Range {
	return a1.Range{First: a1.At(row, t.Columns[0].Col), Last: a1.At(row, t.Columns[len(t.Columns)-1].Col)}
}

// around empties the cells of a sheet that stand in no row given and tell of another
// unit: notes below and beside the tables, lines above them. Headings stay, and so do the
// title and the categories that rows given stand under.
func (c *copier) around(name string) error {
	sheet, err := c.wb.Sheet(name)
	if err != nil {
		return err
	}
	slices.SortFunc(c.e.Given[name], func(a, b a1.Range) int { return cmp.Compare(a.First.Row, b.First.Row) })
	kept := map[int]bool{} // rows of headings and categories
	gone := map[int]bool{}
	for _, row := range c.e.Remove[name] {
		gone[row] = true
	}
	for _, t := range c.l.Tables {
		if t.Sheet != name {
			continue
		}
		for row := t.Place.HeaderFirst; row <= t.Place.HeaderLast; row++ {
			kept[row] = true
		}
		for _, s := range t.Place.Skipped {
			if s.Why == "category" {
				kept[s.Row] = true
			}
		}
		if !c.isOwn(t.Kind) && t.Kind != ledger.KindActivities && t.Kind != ledger.KindUnits {
			for i := range t.Rows {
				kept[t.Rows[i].Row] = true // of a table that belongs to nobody
			}
		}
	}
	title := true
	for i := range sheet.Cells {
		cell := &sheet.Cells[i]
		if cell.Value == "" {
			continue
		}
		isTitle := title
		title = false
		if isTitle || gone[cell.Row] || kept[cell.Row] || c.isGiven(name, cell.Ref) || !c.cellTells(cell) {
			continue
		}
		c.e.Clear[name] = append(c.e.Clear[name], cell.Ref)
	}
	return nil
}

func (c *copier) isGiven(sheet string, at a1.Ref) bool {
	list := c.e.Given[sheet]
	i, found := slices.BinarySearchFunc(list, at.Row, func(r a1.Range, row int) int { return r.First.Row - row })
	for ; found && i < len(list) && list[i].First.Row == at.Row; i++ {
		if list[i].Contains(at) {
			return true
		}
	}
	return false
}

// besideLists empties what stands beside the drop-down lists on a sheet that is kept
// for them, and their entries that tell of another unit. drawn are the cells of the
// lists, nil if that is not known: then all that tells of nobody stays. read are ranges
// that formulas read, as a code beside each word; a row of these that tells of another
// unit goes as far as the range.
func (c *copier) besideLists(name string, drawn, read []a1.Range) error {
	sheet, err := c.wb.Sheet(name)
	if err != nil {
		return err
	}
	tells := map[int][]a1.Ref{} // by row
	for i := range sheet.Cells {
		if cell := &sheet.Cells[i]; c.cellTells(cell) {
			tells[cell.Row] = append(tells[cell.Row], cell.Ref)
		}
	}
	stays := func(at a1.Ref) bool {
		if slices.Contains(tells[at.Row], at) {
			return false
		}
		below, known := a1.At(at.Row+1, at.Col), drawn == nil
		for _, r := range drawn {
			known = known || r.Contains(at) || r.First == below
		}
		for _, r := range read {
			head := r.First.Row == below.Row && r.First.Col <= at.Col && at.Col <= r.Last.Col
			if !head && !r.Contains(at) {
				continue
			}
			known = true
			if r.Contains(at) && slices.ContainsFunc(tells[at.Row], r.Contains) {
				return false
			}
		}
		return known
	}
	for i := range sheet.Cells {
		if cell := &sheet.Cells[i]; (cell.Kind != ooxml.Blank || cell.Formula) && !stays(cell.Ref) {
			c.e.Clear[name] = append(c.e.Clear[name], cell.Ref)
		}
	}
	return nil
}

// requirements leaves out the annual requirements that are on other units alone.
func (c *copier) requirements(t *table.Table) {
	var gone []int
	for i := range t.Rows {
		units := c.l.RuleUnits(t, &t.Rows[i])
		others := len(units) > 0 && !slices.ContainsFunc(units, func(n string) bool {
			return !c.l.Directory.Known(n) || c.l.Directory.Collective(n) || c.l.Directory.Canonical(n) == c.unit
		})
		if others {
			gone = append(gone, t.Rows[i].Row)
		}
	}
	if len(gone) == len(t.Rows) && len(gone) > 0 {
		c.e.Empty[t.Sheet] = append(c.e.Empty[t.Sheet], gone[0])
		gone = gone[1:]
	}
	c.e.Remove[t.Sheet] = append(c.e.Remove[t.Sheet], gone...)
}
