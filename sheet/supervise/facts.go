package supervise

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// Facts is what the history tells beyond the ledger itself. Of several workbooks that are
// open as one each has a history of its own, which begins on a day of its own.
type Facts struct {
	Changes []Change  // oldest first; what the ledger held when it was first seen is none
	Sent    []Sending // copies that went out to units, oldest first
	Back    []Sending // copies that came back, oldest first

	begin map[string]beginning // by the name of the workbook, "" where there is one
	byRow map[string][]int     // positions in Changes
}

// beginning is the revision that a history begins with, and when that was.
type beginning struct {
	at       time.Time
	revision string
}

// known is the day on which the history of a task's workbook begins; zero if there is
// none.
func (f *Facts) known(t *ledger.Task) time.Time {
	if f == nil || f.begin[t.Source.Name].at.IsZero() {
		return time.Time{}
	}
	return dayOf(f.begin[t.Source.Name].at)
}

// Change is one value that somebody changed.
type Change struct {
	Kind, Row, Number, Title string
	Field                    string // column key; "" for a row that came or went
	Heading                  string // of the column, as written, in a register of the office's own; else ""
	From, To, What           string
	At                       time.Time
	Revision                 string
	By                       string // author
	// whose change it is: of its copy, or of its own person in the workbook; "" if nobody knows
	Unit string
	File string // the returned copy, "" for the workbook and the terminal
	Here bool   // a coordinator typed it in the terminal
}

// Sending is a copy that went out to a unit or came back from it.
type Sending struct {
	Unit string
	At   time.Time
	File string
}

// Histories is what facts are gathered from: one open ledger, or several that are open as
// one.
type Histories interface {
	Snapshot() *syncer.Snapshot
	Log(ctx context.Context, opt syncer.LogOptions) ([]syncer.Entry, error)
	CopiesBack(ctx context.Context, from, to time.Time) ([]syncer.Returned, error)
	Sendings() []syncer.Returned
}

// From gathers the facts of what is open.
func From(ctx context.Context, s Histories) (*Facts, error) {
	log, err := s.Log(ctx, syncer.LogOptions{})
	if err != nil {
		return nil, err
	}
	back, err := s.CopiesBack(ctx, time.Time{}, time.Now().AddDate(1000, 0, 0))
	if err != nil {
		return nil, err
	}
	return Gather(s.Snapshot().Ledger, log, s.Sendings(), back), nil
}

// Gather makes facts of a log (newest first), the copies that were sent out and those
// that came back.
func Gather(l *ledger.Ledger, log []syncer.Entry, sent, back []syncer.Returned) *Facts {
	f := &Facts{begin: map[string]beginning{}, byRow: map[string][]int{}}
	for _, e := range slices.Backward(log) {
		if _, begun := f.begin[e.Workbook]; !begun {
			f.begin[e.Workbook] = beginning{e.Time, e.Revision}
			if len(e.Parents) == 0 {
				continue // what was there when the ledger was first seen changed nothing
			}
		}
		for _, c := range e.Changes {
			k := Change{Kind: c.Kind, Row: c.Task, Number: c.Number, Title: c.Title, Field: c.Field, From: c.From,
				To: c.To, What: c.What, Heading: c.Heading,
				At: e.Time, Revision: e.Revision, By: e.Author}
			switch e.Source {
			case syncer.SourceTerminal:
				k.Here = true
			case syncer.SourceWorkbook:
				k.Unit = unitOfPerson(l, e.Author)
			default:
				k.File, k.Unit = e.Source, unitOfPerson(l, e.Author)
			}
			f.byRow[k.Row] = append(f.byRow[k.Row], len(f.Changes))
			f.Changes = append(f.Changes, k)
		}
	}
	take := func(list []syncer.Returned, when func(syncer.Returned) time.Time) (out []Sending) {
		for _, r := range list {
			if at := when(r); !at.IsZero() {
				out = append(out, Sending{Unit: l.Directory.Canonical(r.Unit), At: at, File: r.File})
			}
		}
		slices.SortStableFunc(out, func(a, b Sending) int {
			return cmp.Or(a.At.Compare(b.At),
				strings.Compare(a.Unit, b.Unit))
		})
		return out
	}
	f.Sent = take(sent, func(r syncer.Returned) time.Time { return r.Sent })
	f.Back = take(back, func(r syncer.Returned) time.Time { return r.At })
	return f
}

// unitOfPerson is the unit that an author speaks for: the unit itself, or the one whose
// contact it is. "" if nobody knows.
func unitOfPerson(l *ledger.Ledger, author string) string {
	if author == "" {
		return ""
	}
	if l.Directory.Known(author) {
		return l.Directory.Canonical(author)
	}
	for _, u := range l.Directory.Units() {
		if u.Contact == author {
			return u.Name
		}
	}
	return ""
}

// Of are the changes of one row, oldest first.
func (f *Facts) Of(row string) []Change {
	if f == nil {
		return nil
	}
	out := make([]Change, 0, len(f.byRow[row]))
	for _, i := range f.byRow[row] {
		out = append(out, f.Changes[i])
	}
	return out
}

// by is whose change of a task it is. What somebody saved into the shared workbook is
// its lead's, unless the file tells of another unit: there the units write of their own
// tasks.
func (c *Change) by(t *ledger.Task) string {
	switch {
	case c.Here:
		return ""
	case c.Unit != "":
		return c.Unit
	case c.File == "":
		return t.Lead
	}
	return ""
}

// revisionOf is the revision in which a row got the value that it has in a field: the
// last that changed it, else the one in which the history begins.
func (f *Facts) revisionOf(row, workbook, field string) string {
	out := ""
	for _, c := range f.Of(row) {
		if c.Field == field || c.Field == "" {
			out = c.Revision
		}
	}
	if out == "" && f != nil {
		out = f.begin[workbook].revision
	}
	return out
}

// dayOf is the day of a moment here.
func dayOf(at time.Time) time.Time {
	y, m, d := at.Local().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
