package ledger

import (
	"errors"

	"taizhang/sheet/table"
)

// The declarations of this file are the agreed interface. Each moves to the
// file that implements it; this file goes when it is empty.

var errStub = errors.New("being built")

// Compose turns what a person typed for a field of a task into the text to be
// stored: a status kind ("done") or any known word into the ledger's own word
// (its drop-down, else the word it already uses, else the default); a deadline
// into a date where the column holds dates, else as typed; other fields as
// typed. field is a field name, a column key or a heading; key comes back as
// the column's key. Errors: ErrNoField, ErrValue (not in the drop-down list,
// not a date).
func (l *Ledger) Compose(t *Task, field, value string) (key, text string, err error) {
	return "", "", errStub
}

// ComposeNew is Compose for all values of a new task, by field as typed; the
// result is by column key of the table it is to be appended to. A missing
// number gets the next one; the title is required.
func (l *Ledger) ComposeNew(values map[string]string) (t *table.Table, byKey map[string]string, err error) {
	return nil, nil, errStub
}

// ComposeEvent is ComposeNew for an event of that kind. t is nil if the
// workbook has no activities sheet yet; byKey is then by field name, for the
// sheet that ActivitySheet describes.
func (l *Ledger) ComposeEvent(kind string, values map[string]string) (t *table.Table, byKey map[string]string, err error) {
	return nil, nil, errStub
}

// Choices are the values a person may choose from for a field of a task: the
// cell's drop-down list, else for a status the words the ledger uses, else nil.
func (l *Ledger) Choices(t *Task, field string) []string { return nil }
