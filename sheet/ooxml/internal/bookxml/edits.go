package bookxml

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

// Draft gives a sheet ready for editing.
func (b *Book) Draft(sheet string) (*sheetxml.Draft, error) {
	i := b.SheetIndex(sheet)
	if i < 0 || !b.Sheets[i].Worksheet {
		return nil, &NoCellsError{sheet}
	}
	sp := b.Sheets[i]
	if g := b.Pending.Drafts[sp.Part]; g != nil {
		return g, nil
	}
	read := func() ([]byte, error) { return b.SheetText(i) }
	if b.IsEdited(sp.Part) {
		read = func() ([]byte, error) { return b.Current(sp.Part) }
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	g, err := sheetxml.NewDraft(sp.Name, sp.Part, data)
	if err != nil {
		return nil, sheetErr(sp, err)
	}
	if err := b.ReadTableHeaders(g); err != nil {
		return nil, err
	}
	if b.Pending.Drafts == nil {
		b.Pending.Drafts = map[string]*sheetxml.Draft{}
	}
	b.Pending.Drafts[sp.Part] = g
	return g, nil
}

// ReadTableHeaders notes the header rows of the sheet's table parts, and its
// pivot tables.
func (b *Book) ReadTableHeaders(g *sheetxml.Draft) error {
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

// Edits are the changes that wait to be written. Parts are held whole, in the
// package; cells of a sheet are gathered first, so that any number of them costs one
// pass over its part.
type Edits struct {
	Drafts map[string]*sheetxml.Draft // sheets being edited, by part

	dateStyles map[int]shownDate // cell formats appended for dates

	// For bringing the values of formulas up to date.
	Written  map[Place]bool  // cells written so far
	Inserted []InsertedRow   // in the order made
	Plain    map[string]bool // sheet parts known to hold no formula
}

// InsertedRow is a row that AddRow has made.
type InsertedRow struct {
	Sheet, Row int
	Shift      bool // what stood there moved down
}

// IsDirty reports whether edits wait to be written.
func (b *Book) IsDirty() bool {
	if b.Package.IsDirty() {
		return true
	}
	for _, g := range b.Pending.Drafts {
		if len(g.Sets) > 0 {
			return true
		}
	}
	return false
}

// Attempt makes an edit whole or not at all: what is refused leaves no trace.
func (b *Book) Attempt(edit func() error) error {
	e := &b.Pending
	drafts, dateStyles, restore := maps.Clone(e.Drafts), maps.Clone(e.dateStyles), b.Snapshot()
	err := edit()
	if err != nil {
		e.Drafts, e.dateStyles = drafts, dateStyles
		restore()
	}
	return err
}

// Flush makes the edits of cells that wait, sheet by sheet.
func (b *Book) Flush() error {
	for _, part := range slices.Sorted(maps.Keys(b.Pending.Drafts)) {
		g := b.Pending.Drafts[part]
		if len(g.Sets) == 0 {
			continue
		}
		data, err := g.Splice()
		if err != nil {
			return opc.Damaged(part, err)
		}
		b.noteWritten(g)
		b.PutContent(part, data)
		delete(b.Pending.Drafts, part)
	}
	return nil
}

// noteWritten remembers the cells that a draft writes.
func (b *Book) noteWritten(g *sheetxml.Draft) {
	if b.Pending.Written == nil {
		b.Pending.Written = map[Place]bool{}
	}
	if b.Pending.Plain == nil {
		b.Pending.Plain = map[string]bool{}
	}
	sheet := b.SheetIndex(g.Sheet)
	plain := g.Formulas == 0
	for row, sets := range g.Sets {
		for col, s := range sets {
			b.Pending.Written[Place{sheet, a1.At(row, col)}] = true
			plain = plain && s.Formula == ""
		}
	}
	b.Pending.Plain[g.Part] = plain
}

// NoteInserted remembers a new row and moves what was remembered below it.
func (b *Book) NoteInserted(ins InsertedRow) {
	b.Pending.Inserted = append(b.Pending.Inserted, ins)
	if !ins.Shift {
		return
	}
	moved := make(map[Place]bool, len(b.Pending.Written))
	for p := range b.Pending.Written {
		if p.Sheet == ins.Sheet && p.At.Row >= ins.Row {
			p.At.Row++
		}
		moved[p] = true
	}
	b.Pending.Written = moved
}

// sheetErr says which sheet err makes unfit for edits.
func sheetErr(sp SheetPart, err error) error {
	if errors.As(err, new(*sheetxml.RowTwiceError)) {
		return &SheetError{sp.Name, err}
	}
	return opc.Damaged(sp.Part, err)
}
