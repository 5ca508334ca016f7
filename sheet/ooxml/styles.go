package ooxml

import (
	"taizhang/sheet/ooxml/internal/numfmt"
)

// IsDate reports whether a cell format shows numbers as dates. One that shows
// only a time of day or a duration does not.
func (w *Workbook) IsDate(style int) bool { return w.book.Format(style).Date }

// Enter is the number that a person means who types text into a cell of a
// format: 80 or 80% where it shows per cents, 85.50, 1,200, and what it writes
// around a number. ok is false for what a number would not keep as it was typed,
// and in a format that shows dates or times.
func (w *Workbook) Enter(style int, text string) (number string, ok bool) {
	f := w.book.Format(style)
	if f.Date || f.Clock || f.Elapsed {
		return "", false
	}
	return f.Enter(text)
}

// NumberLook is what a cell format does to the numbers that are typed: whether it
// shows them as per cents, and with how many digits behind the decimal point at
// least.
func (w *Workbook) NumberLook(style int) (percent bool, places int) {
	f := w.book.Format(style)
	return f.Percent, f.Places
}

// ShownNumber is how a number shows that somebody types into a cell of such a
// look; ok is false for what is stored as text there.
func ShownNumber(text string, percent bool, places int) (shown string, ok bool) {
	f := numfmt.Format{Percent: percent, Places: places}
	number, ok := f.Enter(text)
	if !ok {
		return "", false
	}
	return numberText(number, &f, false), true
}
