// Package table finds the tables in the sheets of a workbook: where the header
// stands, which column means what, which rows are data. It is ignorant of what
// a row means; the caller says with a [Schema] what kinds of tables there are.
//
// # Header
//
// A header may stand in any row and column, below titles, 附件 lines and
// 填报单位： lines, over one to four rows. Every row with a known heading is tried
// together with the rows that hang on it: those its cells are merged down into,
// and those that hold sub-headings under a group (never anything under a plain
// heading, so that no data row passes for one). The schema that recognises the most
// fields wins if it fits; see [Schema]. Headings that stand side by side with an
// empty column between, and fit a schema each for itself, are tables of their
// own, and so are headers further down, unless they repeat the one above (page
// breaks, blocks of the same layout): then the table goes on.
//
// # Columns
//
// What a column means is a score: its heading, whole or by its parts ([Field]
// says how), the group above it, and what its first values look like ([Type]).
// All columns of a header are assigned together, each field to one column at
// most, so that the best whole reading wins: 完成时间 is the deadline, unless 计划完成时间
// stands beside it, which leaves 完成时间 for the day of completion. How sure each
// column is, why, and what it would be else stands in [Reading]; what is less sure
// than [Doubtful] is also a [Problem] that names the column.
//
// A kind of table is data ([Schema]): its fields, which of them it needs, and the
// headings that speak against it. The kind that reads most wins where several fit.
//
// A heading is compared without regard to width, spaces, line breaks, traditional
// characters and compatibility forms; first as it stands with its brackets, then
// without a bracketed suffix, then without any brackets. Under a group the
// sub-heading, group and sub-heading joined, and for the group's first column the
// group are looked up. What no field has is carried as an unknown column; so is a
// column without heading that holds values beside or between the others.
//
// # Rows
//
// A row below the header is judged by its own cells: those inside the table's
// columns that are not empty and not covered by a merge from above. The number
// of a row and the numeric result of a formula do not count as content. Then,
// in this order:
//
//   - header: it repeats the header, or numbers the columns 1, 2, 3, …;
//   - blank: it has no content;
//   - subtotal: its only text is 小计, 合计, 总计 or ends so, all else is numeric; or a word stands
//     in the number column and beside it only formulas, with results or without;
//   - note: it begins with 注：, 说明：, 填报人： or the like and holds little else, it repeats a
//     title, or it is a single cell below such a note;
//   - category: its only text begins with 一、 （一） 第一 or the like, or is merged across half of
//     the table, or stands in the number column without being a number, and its
//     number column holds no number; or the number column holds 一 or （一） where
//     other rows have 1, 2, 3, and one text stands beside it;
//   - data: everything else. So a row in which somebody has typed anything that is
//     not one of the above is always data, even without a title.
//
// A category's level is told by its mark: 第一部分 over 一、 over （一） over 1. over （1）; one
// without a mark stands below what precedes it, and on the level of the last one
// without a mark if there is such a one above. Where the header is repeated below
// categories, the first of them is the one right above the first header.
//
// Rows after the last data row that are numbered, or formatted like it, and have no
// content are [Place].Blank: prepared for more. The first row after them that
// holds something is the footer.
//
// # Merged cells
//
// A cell merged over several rows counts for all of them ([Table.Shared]); to
// write it is refused by [Write], which would change the others unseen, and done by
// [WriteShared]. A cell merged over several columns counts for its first.
package table
