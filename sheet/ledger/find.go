package ledger

import (
	"errors"
	"strings"
	"unicode"

	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
)

// What Find and Compose may answer; the errors themselves are *msg.Error.
var (
	ErrNoTask    = errors.New("no such task")
	ErrAmbiguous = errors.New("more than one task fits")
	ErrNoField   = errors.New("the ledger has no such column")
	ErrValue     = errors.New("value cannot be used")
)

// Options are those that the ledger was read with.
func (l *Ledger) Options() Options { return l.opt }

// Task is the task with that id, nil if there is none.
func (l *Ledger) Task(id string) *Task { return l.byID[id] }

// Find finds the task that ref names: an id, a code or a number. The errors
// are ErrNoTask and ErrAmbiguous, which names the tasks it could be.
func (l *Ledger) Find(ref string) (*Task, error) {
	ref = strings.TrimSpace(ref)
	if t := l.byID[ref]; t != nil {
		return t, nil
	}
	f := fold.Text(ref)
	var fits []*Task
	for _, t := range l.Tasks {
		if f != "" && (t.Code != "" && fold.Text(t.Code) == f || t.Number != "" && fold.Text(t.Number) == f || fold.Text(t.ID) == f) {
			fits = append(fits, t)
		}
	}
	switch len(fits) {
	case 1:
		return fits[0], nil
	case 0:
		hint := msg.New("ledger.no_task.hint")
		if l.silent {
			hint = msg.New("ledger.silent.hint")
		}
		return nil, &msg.Error{Class: ErrNoTask, Text: msg.New("ledger.no_task", "Ref", show(ref)), Hint: hint}
	}
	var which []string
	for i, t := range fits {
		if i == 5 {
			which = append(which, "…")
			break
		}
		which = append(which, t.ID+" "+show(t.Title))
	}
	return nil, &msg.Error{Class: ErrAmbiguous,
		Text: msg.New("ledger.ambiguous", "Ref", show(ref), "N", len(fits), "Tasks", strings.Join(which, "; ")),
		Hint: msg.New("ledger.ambiguous.hint")}
}

// show is how a text from a cell or a person appears in a sentence: on one
// line, without control characters, cut where it grows long.
func show(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
