package ooxml

import (
	"errors"
)

// The declarations of this file are the agreed interface. Each moves to the
// file that implements it; this file goes when it is empty.

var errStub = errors.New("being built")

// Layout is where a table stands in its sheet, for AddRow.
type Layout struct {
	Sheet     string
	Columns   [2]int // first and last column
	FirstData int    // first data row
	LastData  int    // last data row; FirstData-1 if there is none yet
	Blank     int    // a prepared blank row to use, 0 if there is none
	Footer    int    // first row below the table that is not part of it, 0 if there is none
}

// AddRow puts values (by column) into a new row of a table and returns its row
// number: the prepared blank row if there is one, else a row after LastData in
// the look of that row, with the ranges that cover the table extended and a
// footer shifted down whole. ErrUnsafe tells what stands in the way; nothing is
// changed then.
func (w *Workbook) AddRow(t Layout, values map[int]Value) (row int, err error) { return 0, errStub }
