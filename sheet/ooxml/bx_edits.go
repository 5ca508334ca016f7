package ooxml

import (
	"errors"
	"maps"
	"slices"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// draft gives a sheet ready for editing.
func (b *book) draft(sheet string) (*sheetxml.Draft, error) {
	i := b.sheetIndex(sheet)
	if i < 0 || !b.sheets[i].Worksheet {
		return nil, &noCellsError{sheet}
	}
	sp := b.sheets[i]
	if g := b.edits.drafts[sp.part]; g != nil {
		return g, nil
	}
	read := func() ([]byte, error) { return b.sheetText(i) }
	if b.IsEdited(sp.part) {
		read = func() ([]byte, error) { return b.Current(sp.part) }
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	g, err := sheetxml.NewDraft(sp.Name, sp.part, data)
	if err != nil {
		return nil, sheetErr(sp, err)
	}
	if err := b.readTableHeaders(g); err != nil {
		return nil, err
	}
	if b.edits.drafts == nil {
		b.edits.drafts = map[string]*sheetxml.Draft{}
	}
	b.edits.drafts[sp.part] = g
	return g, nil
}

// readTableHeaders notes the header rows of the sheet's table parts, and its
// pivot tables.
func (b *book) readTableHeaders(g *sheetxml.Draft) error {
	rels, err := b.Rels(g.Part)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range rels {
		if r.Kind != "table" && r.Kind != "pivotTable" || r.External || seen[zipfile.Fold(r.Target)] {
			continue
		}
		seen[zipfile.Fold(r.Target)] = true
		data, err := b.Current(r.Target)
		if err != nil {
			continue // a table that is not there binds nothing
		}
		if r.Kind == "pivotTable" {
			g.AddPivot(data)
			continue
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if s.Depth() == 1 && s.Kind == xmlpart.StartTag && s.Is("table") {
				rng, ok := a1.ParseRange(s.Value("ref"))
				if n := sheetxml.RowCount(s, "totalsRowCount", 0); ok && n > 0 && n <= rng.Last.Row-rng.First.Row {
					g.Totals = append(g.Totals, a1.Range{First: a1.At(rng.Last.Row-n+1, rng.First.Col), Last: rng.Last})
				}
				if ok && sheetxml.RowCount(s, "headerRowCount", 1) > 0 {
					rng.Last.Row = rng.First.Row
					g.Headers = append(g.Headers, rng)
				}
				break
			}
		}
	}
	return nil
}

// edits are the changes that wait to be written. Parts are held
// whole, in the package; cells of a sheet are gathered first, so that any number of them costs one pass over
// its part.
type edits struct {
	drafts map[string]*sheetxml.Draft // sheets being edited, by part

	dateStyles map[int]shownDate // cell formats appended for dates

	// For bringing the values of formulas up to date.
	written  map[place]bool  // cells written so far
	inserted []insertedRow   // in the order made
	plain    map[string]bool // sheet parts known to hold no formula
}

// insertedRow is a row that AddRow has made.
type insertedRow struct {
	sheet, row int
	shift      bool // what stood there moved down
}

// isDirty reports whether edits wait to be written.
func (b *book) isDirty() bool {
	if b.Package.IsDirty() {
		return true
	}
	for _, g := range b.edits.drafts {
		if len(g.Sets) > 0 {
			return true
		}
	}
	return false
}

// attempt makes an edit whole or not at all: what is refused leaves no trace.
func (b *book) attempt(edit func() error) error {
	e := &b.edits
	drafts, dateStyles, restore := maps.Clone(e.drafts), maps.Clone(e.dateStyles), b.Snapshot()
	err := edit()
	if err != nil {
		e.drafts, e.dateStyles = drafts, dateStyles
		restore()
	}
	return err
}

// flush makes the edits of cells that wait, sheet by sheet.
func (b *book) flush() error {
	for _, part := range slices.Sorted(maps.Keys(b.edits.drafts)) {
		g := b.edits.drafts[part]
		if len(g.Sets) == 0 {
			continue
		}
		data, err := g.Splice()
		if err != nil {
			return opc.Damaged(part, err)
		}
		b.noteWritten(g)
		b.PutContent(part, data)
		delete(b.edits.drafts, part)
	}
	return nil
}

// noteWritten remembers the cells that a draft writes.
func (b *book) noteWritten(g *sheetxml.Draft) {
	if b.edits.written == nil {
		b.edits.written = map[place]bool{}
	}
	if b.edits.plain == nil {
		b.edits.plain = map[string]bool{}
	}
	sheet := b.sheetIndex(g.Sheet)
	plain := g.Formulas == 0
	for row, sets := range g.Sets {
		for col, s := range sets {
			b.edits.written[place{sheet, a1.At(row, col)}] = true
			plain = plain && s.Formula == ""
		}
	}
	b.edits.plain[g.Part] = plain
}

// noteInserted remembers a new row and moves what was remembered below it.
func (b *book) noteInserted(ins insertedRow) {
	b.edits.inserted = append(b.edits.inserted, ins)
	if !ins.shift {
		return
	}
	moved := make(map[place]bool, len(b.edits.written))
	for p := range b.edits.written {
		if p.sheet == ins.sheet && p.at.Row >= ins.row {
			p.at.Row++
		}
		moved[p] = true
	}
	b.edits.written = moved
}

// sheetErr says which sheet err makes unfit for edits.
func sheetErr(sp sheetPart, err error) error {
	if errors.As(err, new(*sheetxml.RowTwiceError)) {
		return &sheetError{sp.Name, err}
	}
	return opc.Damaged(sp.part, err)
}
