// Package cached keeps the values that formulas hold right, or takes them away.
//
// Formulas hold the value that they had when the file was saved. After an edit those
// that depend on it are found, directly or through others, and each either gets its
// new value, calculated by internal/recalc, or loses its value and has the whole
// workbook calculated when it is opened next: a missing number is filled in by
// every spreadsheet program, a wrong one would stand. [Refresh] does so for the
// edits that wait in a book; [Stale] tells which values speak of cells that a copy
// leaves out.
package cached
