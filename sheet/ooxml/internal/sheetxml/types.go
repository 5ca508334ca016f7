package sheetxml

import (
	"sort"
	"time"

	"taizhang/sheet/a1"
)

// Kind is what a cell holds.
type Kind uint8

const (
	Blank   Kind = iota // nothing: the cell is there only for its look
	Number              // Value is the number as stored, e.g. "44742" or "1E-3"
	Text                // Value is the text, rich-text runs joined, phonetic runs left out
	Bool                // Value is "1" or "0"
	Error               // Value is the error's name, e.g. "#N/A"
	Date                // Value is an ISO 8601 date (t="d"); date-styled numbers are of kind Number
	Picture             // Value is PictureText: a picture fills the cell (Excel's "place in cell", WPS's DISPIMG)
)

// PictureText is how a picture in a cell reads, the same in every language, for
// values are kept and compared. Nobody can type a picture: Set refuses it.
const PictureText = "〔图片〕"

// Typeable reports whether a person can have typed a value of this kind. An
// error and a picture are shown as what they are, and are never taken for text
// that somebody typed.
func (k Kind) Typeable() bool { return k != Error && k != Picture }

// Cell is one cell as stored. For a formula cell Kind and Value are those of
// the cached result.
type Cell struct {
	a1.Ref
	Style   int32 // index into the workbook's cell formats; 0 is the default format
	Kind    Kind
	Formula bool   // the cell holds a formula (also a dependent of a shared or array formula)
	Value   string // see Kind
}

// Validation is a drop-down list on some cells.
type Validation struct {
	Ranges []a1.Range
	// the list's items, in order, read from the literal or from the cells it refers to; nil if it cannot be resolved
	Choices []string
	Strict  bool // other values are rejected by the spreadsheet program
	Warns   bool // it takes other values after a warning or a word about them
}

// Visibility is whether a sheet is shown in the tab bar.
type Visibility uint8

const (
	Visible Visibility = iota
	Hidden
	VeryHidden
)

// Sheet is the content of one worksheet as it was read; edits that wait in the
// Workbook do not show in it. It is immutable and may be read concurrently.
type Sheet struct {
	Name        string
	Visibility  Visibility
	Cells       []Cell // row-major, ascending, no reference twice
	Merges      []a1.Range
	Validations []Validation // lists only
	Totals      []a1.Range   // totals rows of Excel tables, which are no data whatever stands in them
	HiddenRows  map[int]bool
	HiddenCols  map[int]bool
	Protected   bool // sheet protection is on

	// Struck is, of the cells with struck-out text, what of it is not struck out: ""
	// where all is. nil if there is none.
	Struck map[a1.Ref]string
}

// Cell finds one cell; a cell that is not stored comes back Blank with style 0
// and ok false.
func (s *Sheet) Cell(at a1.Ref) (c Cell, ok bool) {
	i := sort.Search(len(s.Cells), func(i int) bool { return !s.Cells[i].Before(at) })
	if i < len(s.Cells) && s.Cells[i].Ref == at {
		return s.Cells[i], true
	}
	return Cell{Ref: at}, false
}

// Row is the slice of s.Cells in row, empty if there are none.
func (s *Sheet) Row(row int) []Cell {
	from := sort.Search(len(s.Cells), func(i int) bool { return s.Cells[i].Row >= row })
	n := sort.Search(len(s.Cells)-from, func(i int) bool { return s.Cells[from+i].Row > row })
	return s.Cells[from : from+n : from+n]
}

// RowsOf is the slice of s.Cells in the rows of ref, whatever their columns.
func (s *Sheet) RowsOf(ref a1.Range) []Cell {
	from := sort.Search(len(s.Cells), func(i int) bool { return s.Cells[i].Row >= ref.First.Row })
	n := sort.Search(len(s.Cells)-from, func(i int) bool { return s.Cells[from+i].Row > ref.Last.Row })
	return s.Cells[from : from+n]
}

// Value is what is to be written into a cell. The zero Value empties the cell
// and keeps its look.
type Value struct {
	Kind Kind
	Text string    // for Text the text, for Number the number in decimal, for Bool "1" or "0"
	Time time.Time // for Date: written as a serial number of the workbook's own date system
	Like int       // for Date: 1 + a cell format in whose way the date shows where the cell's own shows none; 0 for any
}

// TextValue is text; an empty s empties the cell.
func TextValue(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{Kind: Text, Text: s}
}

// DateValue is a calendar date, or a time of day on it.
func DateValue(t time.Time) Value { return Value{Kind: Date, Time: t} }

// NumberValue is a number in decimal notation, such as "3" or "0.5".
func NumberValue(s string) Value { return Value{Kind: Number, Text: s} }
