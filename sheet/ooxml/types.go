package ooxml

import (
	"errors"
	"time"

	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// What a sheet holds and what may be put into it. Values of these types are made
// where the part of a sheet is read.
type (
	Kind       = sheetxml.Kind       // what a cell holds
	Cell       = sheetxml.Cell       // one cell as stored
	Sheet      = sheetxml.Sheet      // the content of one worksheet as it was read; edits that wait do not show in it
	Validation = sheetxml.Validation // a drop-down list on some cells
	Visibility = sheetxml.Visibility // whether a sheet is shown in the tab bar
	SheetInfo  = bookxml.SheetInfo   // a sheet that is named without being read
	Value      = sheetxml.Value      // what is to be written into a cell; the zero Value empties it and keeps its look
)

// Kinds of cells. See [sheetxml.Kind] for what each holds.
const (
	Blank   = sheetxml.Blank
	Number  = sheetxml.Number
	Text    = sheetxml.Text
	Bool    = sheetxml.Bool
	Error   = sheetxml.Error
	Date    = sheetxml.Date
	Picture = sheetxml.Picture
)

const (
	Visible    = sheetxml.Visible
	Hidden     = sheetxml.Hidden
	VeryHidden = sheetxml.VeryHidden
)

// PictureText is how a picture in a cell reads, the same in every language, for
// values are kept and compared. Nobody can type a picture: Set refuses it.
const PictureText = sheetxml.PictureText

// TextValue is text; an empty s empties the cell.
func TextValue(s string) Value { return sheetxml.TextValue(s) }

// DateValue is a calendar date, or a time of day on it.
func DateValue(t time.Time) Value { return sheetxml.DateValue(t) }

// NumberValue is a number in decimal notation, such as "3" or "0.5".
func NumberValue(s string) Value { return sheetxml.NumberValue(s) }

// Classes of failure, for errors.Is. The errors themselves are *msg.Error and
// name the file, and the sheet and cell where there is one.
var (
	// another kind of file (.xls, .et, .csv, …) or no zip at all
	ErrNotWorkbook = errors.New("not an Excel workbook")
	ErrDamaged     = errors.New("damaged workbook")                     // truncated, torn or not well-formed
	ErrTooLarge    = errors.New("workbook exceeds the limits")          // an XML or zip bomb, or simply too large
	ErrEncrypted   = errors.New("workbook needs a password")            // no password was given
	ErrPassword    = errors.New("wrong password")                       // the password given does not open it
	ErrNoSheet     = errors.New("no such sheet")                        //
	ErrFormula     = errors.New("cell holds a formula")                 // a formula is never overwritten
	ErrSigned      = errors.New("workbook is digitally signed")         // writing would break the signature
	ErrChanged     = errors.New("workbook was changed by someone else") // between our reading and our replacing it
	ErrUnsafe      = errors.New("edit cannot be made safely")           // for example rows below that cannot be shifted
)
