package sheetxml

import "fmt"

// Limits that no workbook of a spreadsheet program comes near, or that Excel has
// itself.
const (
	maxStrings = 8 << 20 // shared strings
	MaxRanges  = 1 << 20 // of a sheet: merged ranges, array formulas, ranges of drop-down lists
	MaxLists   = 1 << 16 // drop-down lists of a sheet; Excel has 65,534
)

// Excess is what a part holds too much of.
type Excess string

const (
	TooManyCells   Excess = "cells"
	TooManyFilled  Excess = "filled cells"
	TooMuchText    Excess = "bytes of text"
	TooManyRanges  Excess = "ranges"
	TooManyStrings Excess = "shared strings"
	TooMuchShared  Excess = "bytes of shared text"
)

// LimitError reports that a part holds more of something than it may.
type LimitError struct {
	What  Excess
	Limit int64
}

func (e *LimitError) Error() string { return fmt.Sprintf("more than %d %s", e.Limit, e.What) }
