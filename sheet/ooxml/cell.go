package ooxml

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Cell is one cell of a sheet as it is stored, rows counted as [Workbook.Set]
// counts them; a cell that is not stored comes back Blank. It costs one row and
// not the sheet, for those who are about to write. Errors: ErrNoSheet,
// ErrDamaged, and ErrUnsafe for a sheet that cannot be edited.
func (w *Workbook) Cell(sheet string, at a1.Ref) (cell Cell, err error) {
	defer w.say(&err)
	none := Cell{Ref: at}
	g, err := w.book.Draft(sheet)
	if err != nil {
		return none, err
	}
	i, ok := g.Find(at.Row)
	if !ok {
		return none, nil
	}
	row, err := g.ReadRow(i)
	if err != nil {
		return none, w.damagedPart(g.Part, err)
	}
	c, ok := row.Cell(at.Col)
	if !ok {
		return none, nil
	}
	r := sheetxml.Reader{Scanner: xmlpart.NewScanner(g.Data[c.Start:c.End]), Grid: &sheetxml.Grid{},
		At: a1.At(at.Row, at.Col-1), MaxCells: 1, IsRich: w.book.IsRichPicture}
	r.Scanner.Next()
	if err = r.ReadCell(); err == nil {
		err = r.Resolve(w.book.SharedStrings)
	}
	if err != nil {
		return none, w.damagedPart(g.Part, err)
	}
	out := r.Grid.Sheet.Cells[0]
	for _, a := range g.Arrays {
		out.Formula = out.Formula || a.Contains(at)
	}
	return out, nil
}

// Forget gives back the memory of the sheets that were read, which is several
// times that of the file. Sheets handed out stay as they are; one that is asked
// for again is read again. It may not be called beside other methods.
func (w *Workbook) Forget() {
	w.read.forget(len(w.book.Sheets), w.opt.Limits.orDefault())
}
