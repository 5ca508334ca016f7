package ledger

import (
	"errors"

	"taizhang/sheet/table"
)

// The declarations of this file are the agreed interface. Each moves to the
// file that implements it; this file goes when it is empty.

var errStub = errors.New("being built")

// Schemas are the kinds of tables a ledger is made of, for table.Find.
func Schemas(opt Options) []table.Schema { return nil }

// Build reads tables as a ledger. It does no I/O and never fails: what it
// cannot read is in Problems. Rows without an ID get a provisional one derived
// from their code, or their title and lead.
func Build(tables []*table.Table, opt Options) *Ledger { return &Ledger{Directory: &Directory{}} }

// ParseStatus reads a status word.
func ParseStatus(text string, opt Options) Status { return Status{Text: text} }

// Directory knows the units, their aliases and collectives. Methods on the
// zero Directory know no unit.
type Directory struct{}

// Units in the directory's order.
func (d *Directory) Units() []Unit { return nil }

// Canonical is the unit's name for any of its names; a name that is not in the
// directory comes back folded but otherwise as it is.
func (d *Directory) Canonical(name string) string { return name }

// Expand is the members of a collective, or the unit itself.
func (d *Directory) Expand(name string) []string { return []string{name} }

// Find finds the task that ref names: an id, a code or a number. The errors
// are ErrNoTask and ErrAmbiguous, which names the tasks it could be.
func (l *Ledger) Find(ref string) (*Task, error) { return nil, errStub }

// Task is the task with that id, nil if there is none.
func (l *Ledger) Task(id string) *Task { return nil }

var (
	ErrNoTask    = errors.New("no such task")
	ErrAmbiguous = errors.New("more than one task fits")
	ErrNoField   = errors.New("the ledger has no such column")
	ErrValue     = errors.New("value cannot be used")
)

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
