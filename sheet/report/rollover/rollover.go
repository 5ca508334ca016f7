// Package rollover makes next year's ledger out of this year's: in the same
// workbook's look, with the tasks that are not done, the units and the annual
// requirements; what was reported on them is cleared.
package rollover

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// ErrDiffers is the class of the error that the new workbook would not hold what
// is to be carried over.
var ErrDiffers = errors.New("the new ledger would not hold what is carried over")

// Result is the new workbook and what became of the old one's content.
type Result struct {
	Data    []byte
	Year    int
	Carried int            // tasks
	Left    []*ledger.Task // tasks that were not carried: they are done
	Events  int            // rows that were emptied
	Moved   int            // deadlines that name a year, and now the next
	Kept    []a1.Ref       // cells of the tasks that could not be cleared or moved, such as formulas
}

// reported are the fields that people fill in through the year.
var reported = []string{ledger.FieldProgress, ledger.FieldCompleted, ledger.FieldProblems, ledger.FieldNextSteps, ledger.FieldEvidence}

// Make makes the ledger of a year out of o. Errors: those of
// ooxml.Workbook.Extract, and ErrDiffers.
func Make(o syncer.Original, year int, opt ledger.Options) (*Result, error) {
	wb, err := ooxml.Read(o.Path, o.Data, ooxml.Options{Password: o.Password})
	if err != nil {
		return nil, err
	}
	r := &Result{Year: year}
	e := ooxml.Extraction{Remove: map[string][]int{}, Empty: map[string][]int{}, Properties: map[string]string{
		syncer.StampLedger: "", syncer.StampRevision: "", syncer.StampScope: "", syncer.StampPrevious: o.ID + " " + o.Revision}}
	for _, t := range o.Ledger.Tasks {
		if t.Status.Kind == ledger.Done {
			r.Left = append(r.Left, t)
			e.Remove[t.Source.Sheet] = append(e.Remove[t.Source.Sheet], t.Source.Row)
		}
	}
	for _, t := range o.Ledger.Tables {
		if t.Kind != ledger.KindActivities {
			continue
		}
		for _, row := range t.Rows {
			e.Empty[t.Sheet] = append(e.Empty[t.Sheet], row.Row)
			r.Events++
		}
	}
	for _, rows := range e.Remove {
		slices.Sort(rows)
	}
	data, err := wb.Extract(e)
	if err != nil {
		return nil, err
	}
	if wb, err = ooxml.Read(o.Path, data, ooxml.Options{Password: o.Password}); err != nil {
		return nil, err
	}
	l, err := read(wb, opt)
	if err != nil {
		return nil, err
	}
	by := year - o.Ledger.Year
	for _, t := range l.Tasks {
		if err := r.renew(wb, l, t, by); err != nil {
			return nil, err
		}
	}
	if err := titles(wb, l, o.Ledger.Year, year); err != nil {
		return nil, err
	}
	if r.Data, err = wb.Bytes(); err != nil {
		return nil, err
	}
	return r, r.verify(o, opt)
}

func read(wb *ooxml.Workbook, opt ledger.Options) (*ledger.Ledger, error) {
	found, err := table.Find(wb, ledger.Schemas(opt))
	if err != nil {
		return nil, err
	}
	return ledger.Build(found.Tables, opt), nil
}

// renew clears what was reported on a task, and moves its deadline.
func (r *Result) renew(wb *ooxml.Workbook, l *ledger.Ledger, t *ledger.Task, by int) error {
	r.Carried++
	set := func(field string, v ooxml.Value) error {
		i := t.Table.Index(field)
		if i < 0 {
			return nil
		}
		at := a1.Ref{Row: t.Source.Row, Col: t.Table.Columns[i].Col}
		err := wb.Set(t.Source.Sheet, at, v)
		if errors.Is(err, ooxml.ErrFormula) {
			r.Kept = append(r.Kept, at)
			return nil
		}
		return err
	}
	for _, field := range reported {
		if t.Text(field) != "" {
			if err := set(field, ooxml.Value{}); err != nil {
				return err
			}
		}
	}
	if k := t.Status.Kind; k != ledger.Ongoing && k != ledger.NotStarted {
		if _, text, err := l.Compose(t, ledger.FieldStatus, string(ledger.NotStarted)); err == nil {
			if err := set(ledger.FieldStatus, ooxml.TextValue(text)); err != nil {
				return err
			}
		}
	}
	d := t.Deadline
	if d.Kind != due.Dated {
		return nil
	}
	value, moved := ooxml.Value{}, nextYear(d.Text, by)
	switch _, err := time.Parse(time.DateOnly, d.Text); {
	case err == nil:
		value = ooxml.DateValue(due.AddMonths(d.Due, 12*by))
	case moved != d.Text:
		value = ooxml.TextValue(moved)
	default:
		return nil // it names no year
	}
	r.Moved++
	return set(ledger.FieldDeadline, value)
}

var reYear = regexp.MustCompile(`(19|20|21)\d{2}`)

// nextYear is a text with every year in it moved.
func nextYear(s string, by int) string {
	return reYear.ReplaceAllStringFunc(s, func(y string) string {
		n, _ := strconv.Atoi(y) // four digits
		return strconv.Itoa(n + by)
	})
}

// titles puts the new year into the lines above the tables.
func titles(wb *ooxml.Workbook, l *ledger.Ledger, from, to int) error {
	for _, t := range l.Tables {
		sheet, err := wb.Sheet(t.Sheet)
		if err != nil {
			return err
		}
		for row := 1; row < t.Place.HeaderFirst; row++ {
			for _, c := range sheet.Row(row) {
				text := wb.Text(c)
				next := strings.ReplaceAll(text, strconv.Itoa(from), strconv.Itoa(to))
				if next == text || c.Kind != ooxml.Text {
					continue
				}
				if err := wb.Set(t.Sheet, c.Ref, ooxml.TextValue(next)); err != nil && !errors.Is(err, ooxml.ErrFormula) {
					return err
				}
			}
		}
	}
	return nil
}

// verify reads the new workbook as anybody would: it holds the tasks that are
// carried, in their order, and is of the new year.
func (r *Result) verify(o syncer.Original, opt ledger.Options) error {
	wb, err := ooxml.Read(o.Path, r.Data, ooxml.Options{Password: o.Password})
	if err != nil {
		return err
	}
	l, err := read(wb, opt)
	if err != nil {
		return err
	}
	var want, got []string
	for _, t := range o.Ledger.Tasks {
		if t.Status.Kind != ledger.Done {
			want = append(want, t.Title+"\n"+t.Requirement+"\n"+t.Lead)
		}
	}
	for _, t := range l.Tasks {
		got = append(got, t.Title+"\n"+t.Requirement+"\n"+t.Lead)
	}
	if !slices.Equal(want, got) {
		return &msg.Error{Class: ErrDiffers, Text: msg.New("rollover.differs", "File", o.Path, "Want", len(want), "Got", len(got)), Hint: msg.New("split.differs_hint")}
	}
	return nil
}
