package ooxml

import (
	"errors"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// Sheet reads a sheet by name, which is matched without regard to case if need
// be. The result is kept: a second call costs nothing. A chart, dialog or macro
// sheet comes back without cells. Errors: ErrNoSheet, ErrDamaged, ErrTooLarge.
func (w *Workbook) Sheet(name string) (sheet *Sheet, err error) {
	defer w.say(&err)
	i := w.book.SheetIndex(name)
	if i < 0 {
		return nil, w.noSheet(name)
	}
	return w.read.sheets[i].sheet.Do(func() (*Sheet, error) {
		g, err := w.grid(i)
		if err != nil {
			return nil, err
		}
		sheet := g.Sheet
		sheet.Validations = w.validations(i, g.Lists)
		if part := w.book.Sheets[i].Part; part != "" && sheet.Cells != nil {
			tables := &sheetxml.Draft{Part: part}
			if err := w.book.ReadTableHeaders(tables); err != nil {
				return nil, err
			}
			sheet.Totals = tables.Totals
		}
		return &sheet, nil
	})
}

// grid reads the part of a sheet once.
func (w *Workbook) grid(i int) (*sheetxml.Grid, error) {
	return w.read.sheets[i].grid.Do(func() (*sheetxml.Grid, error) {
		sp := w.book.Sheets[i]
		g := &sheetxml.Grid{Sheet: Sheet{
			Name:       sp.Name,
			Visibility: sp.Visibility,
			HiddenRows: map[int]bool{},
			HiddenCols: map[int]bool{},
		}}
		if !sp.Worksheet {
			return g, nil
		}
		go w.book.SharedStrings() // inflated and read beside the sheet, which asks for them last
		s, err := w.book.ScanSheet(i)
		if err != nil {
			return nil, err
		}
		st, err := w.book.ReadStyles()
		if err != nil {
			return nil, err
		}
		// Sheets are counted one after the other, so that together they stay
		// within the limits.
		w.read.counting.Lock()
		defer w.read.counting.Unlock()
		limits := w.opt.Limits.orDefault()
		r := sheetxml.Reader{Scanner: s, Grid: g, MaxCells: int(w.read.left.cells), CellLimit: limits.Cells,
			IsRich: w.book.IsRichPicture, Struck: w.book.StruckTexts}
		if err := r.Read(w.book.SharedStrings); err != nil {
			return nil, w.damagedSheet(sp, r.At, s.Cause(err))
		}
		strikeCells(g, st)
		if err := w.read.left.take(g.Sheet.Cells, limits); err != nil {
			return nil, w.damagedSheet(sp, a1.Ref{}, err)
		}
		return g, nil
	})
}

// damagedSheet says where in a sheet reading stopped.
func (w *Workbook) damagedSheet(sp bookxml.SheetPart, at a1.Ref, cause error) error {
	err := w.damagedPart(sp.Part, cause)
	e, ok := err.(*msg.Error)
	var limit *sheetxml.LimitError
	if errors.As(cause, &limit) {
		e.Text.Args["Sheet"] = sp.Name
		e.Hint = msg.New("ooxml.hint_too_many")
		return e
	}
	if !ok || e.Class != ErrDamaged || e.Err != cause {
		return err
	}
	if at == (a1.Ref{}) {
		e.Text = msg.New("ooxml.sheet_damaged", "File", w.path, "Sheet", sp.Name)
	} else {
		e.Text = msg.New("ooxml.cell_damaged", "File", w.path, "Sheet", sp.Name, "Cell",
			a1.At(at.Row, max(at.Col, 1)).String())
	}
	return e
}
