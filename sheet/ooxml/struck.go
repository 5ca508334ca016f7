package ooxml

import "taizhang/sheet/a1"

// What of a cell is struck out stands in two places: the font of its format strikes
// the whole cell, the font of a rich-text run strikes a part of its text.

// strike notes what the texts of runs that have just been read leave standing.
type strike struct {
	any  bool   // a run with text is struck out
	live []byte // the text of the others
}

// struckTexts are, by number, the shared strings with struck-out runs: what of
// each is not struck out. Only after sharedStrings has returned.
func (w *Workbook) struckTexts() map[int]string { return w.book.struck }

// isStruck reports whether a cell format strikes its cells out.
func (st *styles) isStruck(style int) bool {
	return style >= 0 && style < len(st.struck) && st.struck[style]
}

// noteStruck notes that only live of a cell's text is not struck out.
func (g *grid) noteStruck(at a1.Ref, live string) {
	if g.sheet.Struck == nil {
		g.sheet.Struck = map[a1.Ref]string{}
	}
	g.sheet.Struck[at] = live
}

// strikeCells notes the cells that their format strikes out.
func (g *grid) strikeCells(st *styles) {
	if !st.strikes {
		return
	}
	for i := range g.sheet.Cells {
		if c := &g.sheet.Cells[i]; c.Kind != Blank && st.isStruck(int(c.Style)) {
			g.noteStruck(c.Ref, "")
		}
	}
}
