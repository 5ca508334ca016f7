// Package bookxml is a workbook as its own part tells it: the sheets and names that
// workbook.xml lists, the texts, styles and pictures that cells refer to, and the
// edits that wait to be written.
//
// A [Book] stands on a package of parts ([opc.Package]). [Book.Draft] gives a sheet
// ready for editing; what is set in drafts is written into their parts by
// [Book.Flush]. [Book.Attempt] makes an edit whole or not at all. Errors know no file:
// [ErrNoBook], [NoCellsError], [LostSheetError], [SheetError], and those of opc.
package bookxml
