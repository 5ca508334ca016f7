package table

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// ErrShared: the cell is merged over several rows; to change it changes them all.
var ErrShared = errors.New("cell is merged over several rows")

// ErrNoColumn: the table has no column with that key.
var ErrNoColumn = errors.New("no such column")

// Write puts the text of one value into its cell, in the column's own format:
// a date into a date column becomes a date, a number into a number column a
// number, provided that it will show as it was given; anything else becomes text. An
// empty value empties the cell. row is the 1-based sheet row. Errors are those
// of ooxml.Workbook.Set, ErrNoColumn, and ErrShared if the cell is merged over
// several data rows, whose other rows would change with it.
func Write(wb *ooxml.Workbook, t *Table, row int, key, value string) error {
	if rows := t.Shared(row, key); len(rows) > 1 {
		at := a1.Ref{Row: row, Col: t.Columns[t.Index(key)].Col}
		return &msg.Error{
			Class: ErrShared,
			Text: msg.New("table.shared", "File", wb.Path(), "Sheet", t.Sheet, "Cell", at.String(), "First", rows[0],
				"Last", rows[len(rows)-1]),
			Hint: msg.New("table.shared_hint"),
		}
	}
	return WriteShared(wb, t, row, key, value)
}

// WriteShared is Write for a caller who knows that all rows of [Table.Shared]
// get the value.
func WriteShared(wb *ooxml.Workbook, t *Table, row int, key, value string) error {
	i := t.Index(key)
	if i < 0 {
		return noColumn(wb, t, key)
	}
	at := a1.Ref{Row: row, Col: t.Columns[i].Col}
	if m, ok := t.mergeOver(at); ok {
		at = m.First
	}
	v, err := valueFor(wb, t, at, i, value)
	if err != nil {
		return err
	}
	return wb.Set(t.Sheet, at, v)
}

// Append adds a row with values by column key and returns its sheet row. A
// prepared blank row keeps the row number it has; what a formula says, in that
// row or in the last one, which a new row goes on, is left to the formula. Errors are those of
// ooxml.Workbook.AddRow, and ErrNoColumn. t.Place is brought up to date, so that Append can be
// called again; nobody else may read it meanwhile.
func Append(wb *ooxml.Workbook, t *Table, values map[string]string) (row int, err error) {
	pl, l := &t.Place, layoutOf(t)
	look := pl.HeaderLast + 1 // the row whose cells say how values are held
	if n := len(t.Rows); n > 0 {
		look = t.Rows[n-1].Row
	}
	if l.Blank > 0 {
		look = l.Blank
	}
	// A formula in the last row alone is that row's own.
	computed, err := wb.Computed(l)
	if err != nil {
		return 0, err
	}
	byCol := map[int]ooxml.Value{}
	for key, v := range values {
		i := t.Index(key)
		if i < 0 {
			return 0, noColumn(wb, t, key)
		}
		at := a1.Ref{Row: look, Col: t.Columns[i].Col}
		c, err := wb.Cell(t.Sheet, at)
		if err != nil {
			return 0, err
		}
		if c.Formula && (l.Blank > 0 || computed[at.Col]) || t.Columns[i].Field == NumberField && l.Blank > 0 &&
			!blankCell(&c) {
			continue
		}
		if v != "" {
			if byCol[at.Col], err = valueFor(wb, t, at, i, v); err != nil {
				return 0, err
			}
		}
	}
	if row, err = wb.AddRow(l, byCol); err != nil {
		return 0, err
	}
	if l.Blank > 0 {
		pl.Blank = slices.Delete(slices.Clone(pl.Blank), 0, 1)
	} else if pl.Footer > 0 {
		pl.Footer++
	}
	pl.Last = max(pl.Last, row)
	return row, nil
}

// layoutOf is where a row would be added to a table.
func layoutOf(t *Table) ooxml.Layout {
	l := ooxml.Layout{
		Sheet:     t.Sheet,
		Columns:   [2]int{t.Columns[0].Col, t.Columns[len(t.Columns)-1].Col},
		FirstData: t.Place.First, LastData: t.Place.Last, Footer: t.Place.Footer,
	}
	if len(t.Place.Blank) > 0 {
		l.Blank = t.Place.Blank[0]
	}
	return l
}

// GoesOn reports whether a formula fills the column of key in a row added to t,
// so that no value can be put there: one in the row that is prepared for it, or
// one that the last rows share.
func GoesOn(wb *ooxml.Workbook, t *Table, key string) (bool, error) {
	i := t.Index(key)
	if i < 0 || len(t.Place.Formulas) == 0 {
		return false, nil
	}
	l := layoutOf(t)
	if l.Blank > 0 {
		c, err := wb.Cell(t.Sheet, a1.At(l.Blank, t.Columns[i].Col))
		return c.Formula, err
	}
	computed, err := wb.Computed(l)
	return computed[t.Columns[i].Col], err
}

func noColumn(wb *ooxml.Workbook, t *Table, key string) error {
	return &msg.Error{Class: ErrNoColumn, Text: msg.New("table.no_column", "File", wb.Path(), "Sheet", t.Sheet,
		"Column", key)}
}

// valueFor is how text is to be stored in a cell of column i: as a number where
// the column or the cell holds numbers, or the cell shows per cents; as a truth
// value or a date likewise; else as text.
func valueFor(wb cellReader, t *Table, at a1.Ref, i int, text string) (ooxml.Value, error) {
	var col Column
	if i >= 0 {
		col = t.Columns[i]
	}
	c, err := wb.Cell(t.Sheet, at)
	if err != nil {
		return ooxml.Value{}, err
	}
	_, wasDate := wb.Time(c)
	if blankCell(&c) { // an empty cell in the look of a date takes one, as in any spreadsheet
		_, wasDate = wb.Time(ooxml.Cell{Ref: c.Ref, Kind: ooxml.Number, Style: c.Style, Value: "1"})
	}
	if col.Format == AsDate || wasDate {
		if d, ok := parseDate(text); ok {
			v := ooxml.DateValue(d)
			if col.Format == AsDate || !blankCell(&c) {
				v.Like, err = dateLike(wb, t, at.Col)
			}
			return v, err
		}
	}
	if v, ok := withoutDay(wb, c, text); ok && wasDate {
		return v, nil
	}
	if col.Format == AsBool || c.Kind == ooxml.Bool {
		if b, ok := truth(text); ok {
			return b.value(), nil
		}
	}
	percent, _ := wb.NumberLook(int(c.Style))
	if col.Format == AsNumber || c.Kind == ooxml.Number && !wasDate || percent && c.Kind == ooxml.Blank {
		n, ok := wb.Enter(int(c.Style), fold(text))
		if ok && (!col.counts() || wb.Text(ooxml.Cell{Ref: at, Kind: ooxml.Number, Style: c.Style, Value: n}) == text) {
			return ooxml.NumberValue(n), nil
		}
	}
	return ooxml.TextValue(text), nil
}

// withoutDay is the number of a month or year in a cell whose format shows no day: its
// last day, or the first where the cell held a first one. ok is false if the cell would
// not show text.
func withoutDay(wb cellReader, c ooxml.Cell, text string) (v ooxml.Value, ok bool) {
	for _, look := range dateLooks {
		day, err := time.Parse(look, text)
		if err != nil {
			continue
		}
		if old, dated := wb.Time(c); !dated || old.Day() != 1 {
			if look == "2006年" {
				day = day.AddDate(1, 0, -1)
			} else {
				day = day.AddDate(0, 1, -1)
			}
		}
		const known = 40000
		c.Kind, c.Value = ooxml.Number, strconv.Itoa(known)
		from, dated := wb.Time(c)
		if !dated {
			return v, false
		}
		c.Value = strconv.Itoa(known + int(day.Sub(from).Hours()/24))
		if wb.Text(c) == text {
			return ooxml.NumberValue(c.Value), true
		}
	}
	return v, false
}

// yesNo is a truth value.
type yesNo bool

// truth reads what people type for yes and no.
func truth(text string) (yes yesNo, ok bool) {
	switch strings.ToUpper(strings.TrimSpace(fold(text))) {
	case "TRUE", "是", "真", "√", "✓", "✔", "☑", "YES", "Y":
		return true, true
	case "FALSE", "否", "假", "×", "✗", "✘", "☐", "NO", "N":
		return false, true
	}
	return false, false
}

func (b yesNo) value() ooxml.Value {
	if b {
		return ooxml.Value{Kind: ooxml.Bool, Text: "1"}
	}
	return ooxml.Value{Kind: ooxml.Bool, Text: "0"}
}

// show is the truth value as a cell shows it.
func (b yesNo) show() string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// dateLike is 1 + the cell format of the last date in a column of t, 0 if there
// is none: a new date shows as the column's others do.
func dateLike(wb cellReader, t *Table, col int) (int, error) {
	p := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Col == col })
	for _, r := range slices.Backward(t.Rows) {
		if p >= 0 && (p >= len(r.Values) || r.Values[p] == "") {
			continue
		}
		c, err := wb.Cell(t.Sheet, a1.Ref{Row: r.Row, Col: col})
		if err != nil {
			return 0, err
		}
		if _, date := wb.Time(c); date {
			return int(c.Style) + 1, nil
		}
	}
	return 0, nil
}

// cellReader is a reader that also finds cells; *ooxml.Workbook is one.
type cellReader interface {
	reader
	Cell(sheet string, at a1.Ref) (ooxml.Cell, error)
}

// parseDate reads a date as ooxml.Workbook.Text writes it, and as people type it.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(fold(s))
	for _, layout := range []string{"2006-1-2", "2006-1-2 15:04", "2006-1-2 15:04:05", "2006/1/2", "2006.1.2",
		"2006年1月2日"} {
		if d, err := time.Parse(layout, s); err == nil {
			return d, true
		}
	}
	return time.Time{}, false
}
