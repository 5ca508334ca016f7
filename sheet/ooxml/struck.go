package ooxml

import (
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// What of a cell is struck out stands in two places: the font of its format strikes
// the whole cell, the font of a rich-text run strikes a part of its text.

// strikeCells notes the cells that their format strikes out.
func strikeCells(g *sheetxml.Grid, st *bookxml.Styles) {
	if !st.Strikes {
		return
	}
	for i := range g.Sheet.Cells {
		if c := &g.Sheet.Cells[i]; c.Kind != Blank && st.IsStruck(int(c.Style)) {
			g.NoteStruck(c.Ref, "")
		}
	}
}
