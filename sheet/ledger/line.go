package ledger

import (
	"strings"

	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Line is a row that people change by name: a task, a row of a register, or an event.
type Line struct {
	ID, Number, Title string
	Table             *table.Table
	Row               *table.Row

	task  *Task
	entry *Entry // task and entry are nil for an event
}

// Text is the value of a column as it shows.
func (n *Line) Text(key string) string {
	if n.task != nil {
		return n.task.Text(key)
	}
	return n.Table.Get(n.Row, key)
}

// Source is where the row stands; the zero Source for an event.
func (n *Line) Source() Source {
	switch {
	case n.task != nil:
		return n.task.Source
	case n.entry != nil:
		return n.entry.Source
	}
	return Source{}
}

func (t *Task) line() *Line {
	return &Line{ID: t.ID, Number: t.Number, Title: t.Title, Table: t.Table, Row: t.Row, task: t}
}

func (e *Entry) line() *Line {
	return &Line{ID: e.ID, Number: e.Number, Title: e.Title, Table: e.Table, Row: e.Row, entry: e}
}

// eventLine is the event with that id, nil if there is none.
func (l *Ledger) eventLine(id string) *Line {
	if l.joint != nil {
		return l.joint.jointEvent(id)
	}
	for _, t := range l.Tables {
		if t.Kind != KindActivities {
			continue
		}
		for i := range t.Rows {
			if r := &t.Rows[i]; r.ID == id && id != "" {
				return &Line{ID: id, Title: t.Get(r, EventTopic), Table: t, Row: r}
			}
		}
	}
	return nil
}

// Line is the task, row of a register or event with that id, nil if there is none.
func (l *Ledger) Line(id string) *Line {
	if t := l.byID[id]; t != nil {
		return t.line()
	}
	if e := l.entries[id]; e != nil {
		return e.line()
	}
	return l.eventLine(id)
}

// FindLine finds the task or row that ref names: an id, of a task also a code or
// number, of a row of a register KIND:NUMBER. The errors are ErrNoTask and
// ErrAmbiguous.
func (l *Ledger) FindLine(ref string) (*Line, error) {
	ref = strings.TrimSpace(ref)
	if n := l.Line(ref); n != nil {
		return n, nil
	}
	if kind, number, ok := strings.Cut(strings.ReplaceAll(ref, "：", ":"), ":"); ok {
		if def := l.RegisterNamed(strings.TrimSpace(kind)); def != nil {
			return l.findEntry(def, strings.TrimSpace(number), ref)
		}
	}
	t, err := l.Find(ref)
	if err != nil {
		return nil, err
	}
	return t.line(), nil
}

// findEntry is the row of a register with that number.
func (l *Ledger) findEntry(def *RegisterDef, number, ref string) (*Line, error) {
	var fits []*Entry
	if r := l.Register(def.Kind); r != nil {
		for _, e := range r.Entries {
			if e.Number != "" && fold.Text(e.Number) == fold.Text(number) || e.ID == number {
				fits = append(fits, e)
			}
		}
	}
	switch len(fits) {
	case 1:
		return fits[0].line(), nil
	case 0:
		return nil, &msg.Error{Class: ErrNoTask, Text: msg.New("ledger.no_entry", "Ref", show(ref), "Register",
			show(def.Name)),
			Hint: msg.New("ledger.no_entry.hint", "Kind", def.Kind)}
	}
	var which []string
	for i, e := range fits {
		if i == 5 {
			which = append(which, "…")
			break
		}
		which = append(which, strings.TrimSpace(e.ID+" "+show(e.Title)+" "+e.Source.Name))
	}
	return nil, &msg.Error{Class: ErrAmbiguous,
		Text: msg.New("ledger.ambiguous_entry", "Ref", show(ref), "N", len(fits), "Rows", strings.Join(which, "; ")),
		Hint: msg.New("ledger.ambiguous.hint")}
}

// RegisterNamed is the register that a person means by its kind or its name, nil
// if there is none.
func (l *Ledger) RegisterNamed(word string) *RegisterDef {
	defs := l.opt.registers()
	for i := range defs {
		if strings.EqualFold(defs[i].Kind, word) || defs[i].Name == word {
			return &defs[i]
		}
	}
	return nil
}
