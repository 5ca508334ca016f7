package ooxml

import (
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// Default limits of what stands in the bytes. "<c/>" is four bytes in a file and
// fifty in memory, one text among the shared strings may be that of a million
// cells, and what a ledger makes of a cell is several times the cell. So these,
// and not the bytes, keep a small file from filling the memory.
//
// The goal is 100,000 rows of 14 columns: 1.4 million cells. A sheet as long as
// Excel allows (1,048,576 rows) may have 8 prepared columns, 3 of them filled
// in every row.
const (
	defaultCells  = 8 << 20   // stored, blank ones included, in all sheets together
	defaultFilled = 4_000_000 // those that hold something
	defaultText   = 256 << 20 // bytes of what they hold, a shared text counted for each cell
)

func (l Limits) orDefault() Limits {
	def := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Cells, defaultCells)
	def(&l.Filled, defaultFilled)
	def(&l.Text, defaultText)
	z := l.zip().OrDefault()
	l.File, l.Part, l.Total, l.Parts = z.File, z.Part, z.Total, z.Parts
	return l
}

// zip is the limits of the zip file.
func (l Limits) zip() zipfile.Limits {
	return zipfile.Limits{File: l.File, Part: l.Part, Total: l.Total, Parts: l.Parts}
}

// allowance is what is left of a workbook's limits for the sheets not yet read.
// The zero value allows nothing.
type allowance struct{ cells, filled, text int64 }

// allowance is what a workbook begins with.
func (l Limits) allowance() allowance { return allowance{l.Cells, l.Filled, l.Text} }

// take charges the cells of a sheet that was read.
func (a *allowance) take(cells []Cell, limits Limits) error {
	a.cells -= int64(len(cells))
	for i := range cells {
		if c := &cells[i]; c.Kind != Blank {
			a.filled--
			a.text -= int64(len(c.Value))
		}
	}
	switch {
	case a.cells < 0:
		return &sheetxml.LimitError{What: sheetxml.TooManyCells, Limit: limits.Cells}
	case a.filled < 0:
		return &sheetxml.LimitError{What: sheetxml.TooManyFilled, Limit: limits.Filled}
	case a.text < 0:
		return &sheetxml.LimitError{What: sheetxml.TooMuchText, Limit: limits.Text >> 20}
	}
	return nil
}
