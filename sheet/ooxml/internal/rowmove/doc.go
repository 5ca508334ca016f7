// Package rowmove lets everything in a workbook that says where rows stand follow
// them: when a row is put in below a table, and when rows are left out of a copy.
//
// [Rows] is the change of one sheet: a map of old row numbers to new ones. A [Plan] is
// the change of a workbook: the maps of its sheets, and the sheets, names and Excel
// tables that are left out. [Plan.Formula] is a formula as it reads afterwards, and
// whether it still can be calculated; [Plan.Element] one of the elements that stand
// behind the rows of a sheet (merged cells, drop-down lists, conditional formats,
// filters, links); [Plan.Beside] a part that belongs to the sheet (comments, their
// boxes, Excel tables, drawings); [Plan.Names] the workbook's part with its defined
// names.
//
// [Insertion.Parts] makes all of this for one new row. Whoever takes a copy writes the
// rows anew himself, for he changes their cells as well, and calls the rest.
//
// What cannot follow is an [Obstacle]; what cannot be read an [opc.PartError].
package rowmove
