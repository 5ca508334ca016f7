package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
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
		if f != "" && (t.Code != "" && fold.Text(t.Code) == f || t.Number != "" && fold.Text(t.Number) == f ||
			fold.Text(t.ID) == f) {
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
		which = append(which, strings.TrimSpace(t.ID+" "+show(t.Title)+" "+t.Source.Name))
	}
	return nil, &msg.Error{Class: ErrAmbiguous,
		Text: msg.New("ledger.ambiguous", "Ref", show(ref), "N", len(fits), "Tasks", strings.Join(which, "; ")),
		Hint: msg.New("ledger.ambiguous.hint")}
}

// FindAll finds the tasks that refs name: each an id, a code or a number, or a list of
// them (1,2,5 or 1、2、5) or a range of numbers (1-3 or 1至3), unless a task bears that
// very name. Errors are those of Find; where numbers themselves are written like
// ranges (1-3), none is read as one.
func (l *Ledger) FindAll(refs []string) ([]*Task, error) {
	var out []*Task
	add := func(t *Task) {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for _, ref := range refs {
		t, err := l.Find(ref)
		if err == nil {
			add(t)
			continue
		}
		if !errors.Is(err, ErrNoTask) {
			return nil, err
		}
		for _, part := range strings.FieldsFunc(ref, func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
			names := []string{part}
			if _, err := l.Find(part); errors.Is(err, ErrNoTask) {
				names = l.between(part)
			}
			for _, name := range names {
				t, err := l.Find(name)
				if err != nil {
					return nil, err
				}
				add(t)
			}
		}
	}
	return out, nil
}

// IsSeveral reports whether ref may name several tasks, so that only the ledger can
// tell which.
func IsSeveral(ref string) bool {
	return strings.ContainsAny(ref, ",，、;；") || reRange.MatchString(ref)
}

var reRange = regexp.MustCompile(`^(\D*)(\d+)\s*[-–—~～至到]\s*(\D*)(\d+)$`)

// between is the numbers of a range, or what was written if it is none.
func (l *Ledger) between(ref string) []string {
	g := reRange.FindStringSubmatch(strings.TrimSpace(ref))
	if g == nil || g[3] != "" && g[3] != g[1] {
		return []string{ref}
	}
	from, to := number(g[2]), number(g[4])
	written := func(s string) bool { return reRange.MatchString(s) }
	if from >= to || to-from > len(l.Tasks) || slices.ContainsFunc(l.Tasks,
		func(t *Task) bool { return written(t.Number) || written(t.Code) }) {
		return []string{ref}
	}
	width := 0
	if strings.HasPrefix(g[2], "0") {
		width = len(g[2])
	}
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, fmt.Sprintf("%s%0*d", g[1], width, n))
	}
	return out
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

// FieldError is why one of several values was refused, and which; errors.As finds it.
// What is said of it is said by Err.
type FieldError struct {
	Field string // field, or column key, as it was handed over
	Err   error
}

func (e *FieldError) Error() string { return e.Err.Error() }

func (e *FieldError) Unwrap() error { return e.Err }

func atField(field string, err error) error { return &FieldError{field, err} }
