package table

import (
	"errors"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// The declarations of this file are the agreed interface. Each moves to the
// file that implements it; this file goes when it is empty.

var errStub = errors.New("being built")

// Severity of a Problem.
type Severity uint8

const (
	Warning Severity = iota
	Err
)

// Problem is something in a workbook that could not be read, or not surely.
type Problem struct {
	Sheet    string
	Cell     ooxml.Ref // zero if it is about the whole sheet
	Severity Severity
	Text     msg.Text
}

// Found is what Find made of a workbook.
type Found struct {
	Tables   []*Table     // in tab order, top down
	Sheets   []SheetFound // every sheet, in tab order
	Problems []Problem
}

// SheetFound tells how one sheet was understood.
type SheetFound struct {
	Name      string
	Tables    []*Table   // what was found in it
	Candidate *Candidate // the best row that was not good enough; nil if there is a table or nothing at all
}

// Candidate is a row that looked most like a header without being one.
type Candidate struct {
	Row        int
	Headings   []string // as written
	Recognised []string // fields recognised among them
}

// Find looks for tables of the given kinds in every sheet. A table that no
// schema fits is not reported. The error is one of reading the workbook.
func Find(wb *ooxml.Workbook, schemas []Schema) (*Found, error) { return nil, errStub }

// Normalize folds a heading for matching: width, case, white space, line
// breaks and bracketed suffixes do not count.
func Normalize(heading string) string { return heading }

// Write puts the text of one value into its cell, in the column's own format:
// a date into a date column becomes a date, a number into a number column a
// number, anything else text. row is the 1-based sheet row. Errors are those
// of ooxml.Workbook.Set, and ErrShared if the cell is merged over several data
// rows whose other rows would change with it.
func Write(wb *ooxml.Workbook, t *Table, row int, key, value string) error { return errStub }

// ErrShared: the cell is merged over several rows; to change it changes them all.
var ErrShared = errors.New("cell is merged over several rows")

// Shared is the data rows (1-based sheet rows) that share the merged cell of
// column key in row; just row itself if it is not merged.
func (t *Table) Shared(row int, key string) []int { return []int{row} }

// Append adds a row with values by column key and returns its sheet row.
// Errors are those of ooxml.Workbook.AddRow.
func Append(wb *ooxml.Workbook, t *Table, values map[string]string) (row int, err error) {
	return 0, errStub
}
