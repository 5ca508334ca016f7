package syncer

import (
	"strings"
	"unicode"

	"taizhang/sheet/a1"
	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// Untyped is a cell of a workbook that shows what nobody can have typed: an error
// value, a picture, or a formula that was saved without its result. It replaces
// nothing, and cannot be carried over.
type Untyped struct {
	Sheet, Cell         string
	Task, Number, Title string // row id ("" if nobody knows which it is), and what it shows as
	Field, Heading      string
	Picture, Formula    bool
	Shows               string // the error value
	Kept                string // what the ledger holds there and keeps
}

// Text says so in a sentence.
func (u Untyped) Text() msg.Text {
	key := "syncer.untyped_error"
	switch {
	case u.Picture:
		key = "syncer.untyped_picture"
	case u.Formula:
		key = "syncer.untyped_formula"
	}
	return msg.New(key, "Sheet", u.Sheet, "Cell", u.Cell, "Title", u.Title, "Heading", u.Heading, "Shows", u.Shows,
		"Kept", u.Kept)
}

// untyped is the cells of theirs that show what nobody typed, where that matters:
// the ledger holds a text there, or they are pictures and errors of a copy that the
// ledger's own workbook does not show in the same place.
func (s *replica) untyped(theirs merge.State, copied bool) (out []Untyped) {
	var held, shown map[string]map[string]merge.Place
	for _, t := range theirs.Tables {
		if !t.HasUnsaid() && !(copied && len(t.Place.Formulas) > 0) {
			continue
		}
		if held == nil {
			held, shown = s.head.state.Rows(), s.book.aligned.Rows()
		}
		for r := range t.Rows {
			for c := range t.Columns {
				row := &t.Rows[r]
				silent := copied && t.Silent(row, c)
				if !silent && !t.Unsaid(row, c) {
					continue
				}
				u := untypedCell(t, row, c)
				if at, ok := held[t.Kind][row.ID]; ok {
					if v := at.Table.Get(at.Row, u.Field); v != value(t, row, c) {
						u.Kept = v
					}
				}
				known := false
				if at, ok := shown[t.Kind][row.ID]; ok {
					known = at.Unsaid(u.Field)
					if silent && at.Computed(u.Field) {
						continue // the ledger's own formula, whose result the program did not keep
					}
				}
				if silent {
					u.Formula = true
					out = append(out, u)
					continue
				}
				if t.Computed(row, c) && !hasWords(u.Kept) {
					u.Kept = "" // what the formula said before
				}
				if u.Kept != "" || copied && !known && (u.Picture || !t.Computed(row, c)) {
					out = append(out, u)
				}
			}
		}
	}
	return out
}

func untypedCell(t *table.Table, row *table.Row, c int) Untyped {
	key := t.Columns[c].Key
	u := Untyped{Sheet: t.Sheet, Cell: a1.Ref{Row: row.Row, Col: t.Columns[c].Col}.String(), Task: row.ID, Field: key,
		Heading: headingOf(t, key),
		Number:  t.Get(row, ledger.FieldNumber), Title: history.TitleOf(t, row), Shows: value(t, row, c)}
	u.Picture = t.Untyped(row, c) == ooxml.Picture || strings.HasPrefix(u.Shows, "=")
	return u
}

// hasWords reports whether a text is more than a number or a date.
func hasWords(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
