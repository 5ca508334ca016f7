package ooxml

import (
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/cached"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// What formulas last resulted in may tell of what is left out: a count over all
// rows, or what was made of one. Those lose their values; then they are
// calculated anew where that can be done with certainty.

// findStale notes the formulas whose value depends on rows and cells that are
// left out or emptied, or on where rows stand.
func (x *extraction) findStale() error {
	x.stale = map[bookxml.Place]bool{}
	if len(x.rows) == 0 {
		return nil
	}
	stale, ok, err := cached.Stale(x.w.book, x.isLost)
	if ok {
		x.stale = stale
	}
	x.unclear = err == nil && !ok
	return err
}

// isLost reports whether a row or cell of a range is left out or emptied.
func (x *extraction) isLost(sheet int, r a1.Range) bool {
	m := x.rowsOf(x.w.book.Sheets[sheet].Name)
	if i, _ := slices.BinarySearch(m.Gone, r.First.Row); i < len(m.Gone) && m.Gone[i] <= r.Last.Row {
		return true
	}
	if m.isCleared(r) {
		return true
	}
	for row := range m.empty {
		if row >= r.First.Row && row <= r.Last.Row {
			return true
		}
	}
	return false
}

// isStale reports whether the value of a formula may tell of what is left out.
func (y *sheetExtraction) isStale(f sheetxml.FormulaCell) bool {
	if !y.unclear {
		return y.stale[bookxml.Place{Sheet: y.w.book.SheetIndex(y.d.Sheet), At: f.Home}]
	}
	parts := formula.Parse(f.Text)
	return len(parts.Names) > 0 || len(parts.Tables) > 0 || len(parts.Refs) == 0 ||
		slices.ContainsFunc(parts.Refs, func(r formula.Ref) bool {
			return r.Sheet != "" && !strings.EqualFold(r.Sheet, y.d.Sheet) || r.Range.First.Row != f.Home.Row ||
				r.Range.Last.Row != f.Home.Row
		})
}

// calculate gives values to the formulas of the copy that lost theirs, where that is
// certain; the others are calculated when the copy is opened. A formula above the rows
// given that had no value gets none: with one it would become a heading.
func (x *extraction) calculate() error {
	if len(x.stale) == 0 {
		return nil
	}
	copied := &bookxml.Book{Package: x.w.book.Package, MaxText: x.w.book.MaxText}
	if err := copied.ReadBook(); err != nil {
		return err
	}
	copied.Pending.Written = map[bookxml.Place]bool{}
	for p := range x.stale {
		k := slices.Index(x.kept, p.Sheet)
		row, ok := x.rowsOf(x.w.book.Sheets[p.Sheet].Name).Row(p.At.Row)
		if ok && k >= 0 && !x.unknown[p] {
			copied.Pending.Written[bookxml.Place{Sheet: k, At: a1.At(row, p.At.Col)}] = true
		}
	}
	return cached.Refresh(copied)
}
