package ooxml

// Builtin number formats: a date, and a date with a time of day, both in the
// way of the reader's own country.
const (
	fmtDate     = 14
	fmtDateTime = 22
)

// dateStyle is the format for a date in a cell of the given format: -1, which
// is that format, if it shows dates; else one that differs from it only in the
// number format, made if there is none.
func (w *Workbook) dateStyle(style int, v Value) (int, error) {
	if w.IsDate(style) {
		return -1, nil
	}
	return -1, nil
}
