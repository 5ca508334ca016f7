// Package sheetxml reads the part of one worksheet, and edits it in place.
//
// A [Reader] reads all that a part says: cells, merges, drop-down lists, hidden rows
// and columns. A [Draft] is a part prepared for editing: an index of its rows, made
// in one quick pass, in which cells are looked at only where an edit touches them.
// [Draft.Set] gathers values, and [Draft.Splice] writes them all in one pass over
// the part; [Draft.FormulaCells] lists the formulas.
//
// Texts are written inline, so that the shared strings stay as they were. What a
// file does carelessly (rows out of order, a cell twice) is read as LibreOffice
// reads it; an edit that would have to choose is refused (see [RowTwiceError]).
//
// The package knows no workbook: it is handed the texts that cells share, and
// whether a cell's value metadata stands for a picture.
package sheetxml
