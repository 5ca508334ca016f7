// Package ooxml reads Excel workbooks (.xlsx, .xlsm) that belong to somebody
// else and edits them in place, so that nothing changes that was not meant to.
//
// # A workbook
//
// A workbook is a zip file of parts. _rels/.rels names the main part, usually
// xl/workbook.xml; that one lists the sheets, and its own relationships name
// the part of each sheet, of the shared strings (texts that cells refer to by
// number) and of the styles (which tell a date from a number). Names differ in
// case, slashes and prefixes from program to program, and there are two dialects
// of the XML, transitional and strict: elements are therefore known by their
// local names, relationships by the last word of their types.
//
// # Reading
//
// [Open] reads the zip's directory and the workbook part, [Workbook.Sheet] a
// sheet when it is asked for, once. A [Cell] is as stored: what a person would
// see of it is [Workbook.Text], what moment it stands for [Workbook.Time]. Where
// a file is careless (two cells of one reference, rows out of order) the package
// reads what LibreOffice reads; see Reader in internal/sheetxml.
//
// Two kinds of cell hold what nobody typed: an error (#N/A, #VALUE!, …; kind
// [Error], shown by name) and a picture (kind [Picture], shown as
// [PictureText]), be it Excel's picture in a cell or WPS's DISPIMG. Callers ask
// [Kind.Typeable], or table.Table.Untyped of a table's cell, before they take a
// value for text. Set puts no picture into a cell and overwrites none.
//
// The scanner (internal/xmlpart) copies nothing and knows the byte offsets of every
// token, for the editing half splices into the same bytes. It is as strict as
// that needs: a part whose tags do not close in order is damage, and so is a
// text number without a text. Damage is never passed over and never guessed at:
// the error is a *msg.Error that names file, sheet and cell, of one of the
// classes ErrNotWorkbook, ErrDamaged, ErrTooLarge. The packages below know no file's
// name; what they answer becomes such a sentence here (sentences.go).
//
// # Editing
//
// [Workbook.Set], [Workbook.AddRow], [Workbook.AddSheet] and
// [Workbook.SetProperty] collect edits; [Workbook.Bytes] makes them: it splices
// new cells into the sheet's part and copies every other part as the compressed
// bytes it was read as (internal/zipfile). [Workbook.Save] puts the result in the
// place of the file so that at any crash the old or the new one stands there
// whole ([safefile.Write]).
//
// A sheet that is edited becomes a draft (internal/sheetxml): an index of its row elements, made in
// one quick pass, in which cells are looked at only where an edit touches them.
// Any number of cells is then set in one pass over the part. Text is written as
// an inline string, so that the shared strings stay as they were; a date as a
// serial number, in the cell's own format if that shows dates, else in one that
// differs from it in the number format only.
//
// A row added above a footer moves what stands below by one: cells, merges,
// validations, conditional formats, comments, drawings, breaks, names, and the
// references of every formula of the workbook (internal/rowmove). What does not know
// how to follow is refused (ErrUnsafe), and then nothing is changed.
//
// An encrypted workbook is a compound file around the package (internal/offcrypto).
// It is saved in the lock it came in: what is beside the package there, and how it
// opens, stay as they are.
//
// Formulas keep the value they had when the file was saved, until an edit
// reaches a cell that they depend on (internal/cached). Those get their new value if
// they are made of functions and operands that internal/recalc knows; else they lose
// it, and the workbook is calculated when it is opened next. No old value is believed
// on the way: many programs write 0 for what they did not calculate.
//
// # Copies
//
// [Workbook.Extract] makes a workbook of part of the content, in which what is left
// out stands nowhere. It follows the relationships from the package down and keeps
// the parts that it knows how to trim (belonging). What speaks of the rows that stay
// follows them as it follows a new row, by internal/rowmove.
//
// # Inside
//
// Each of the packages below internal stands on some of those before it:
//
//	zipfile    the zip file: entries inflated, or copied as they stand
//	xmlpart    the XML of a part: scanned, and spliced into
//	opc        parts, their relationships, and the edits that wait
//	formula    formulas: parsed, and translated to another place
//	numfmt     number formats
//	sheetxml   one worksheet: read, or edited as a draft
//	bookxml    the workbook: sheets, names, shared strings, styles, pictures in cells
//	rowmove    everything that says where rows stand follows them
//	recalc     the values of formulas
//	cached     which formulas an edit reaches, and what becomes of their values
//	offcrypto  encryption
package ooxml
