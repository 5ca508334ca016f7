package syncer

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

func (s *subject) readOnly() error {
	return &msg.Error{Class: ErrReadOnly, Text: msg.New("syncer.read_only", "File", filepath.Base(s.path)),
		Hint: msg.New("syncer.read_only.hint")}
}

// denied reports whether there is a history that may not be read: what is shown is
// the workbook alone, and nothing is changed.
func (s *chronicle) denied() bool { return errors.Is(s.why, store.ErrDenied) }

// cannotKeep: without a history that lasts, a change could be lost.
func (s *chronicle) cannotKeep() error {
	if s.denied() {
		return s.why
	}
	return &msg.Error{Text: msg.New("syncer.cannot_keep", "File", filepath.Base(s.path)),
		Hint: msg.New("syncer.cannot_keep.hint"), Err: s.why}
}

// Change edits tasks: all or nothing. What becomes of each edit the package comment
// tells, under What a person saw. Errors: ErrMoved.
func (s *Session) Change(ctx context.Context, edits []Edit) (r Report, err error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	var tasks []string
	var kept []Moved
	var listed []Listed
	var todo []setting
	began := s.begins()
	r, err = s.pass(ctx, passOptions{}, func() error {
		l, st := s.build().ledger, s.head.state.Copy()
		var moved []Moved
		wanted := map[string]bool{}
		for _, e := range edits {
			d, m, err := s.editor.compose(e, began)
			if err != nil {
				return err
			}
			if m != nil {
				tasks = append(tasks, m.Task)
				if moved = append(moved, *m); e.KeepBoth {
					kept = append(kept, *m)
				}
				continue
			}
			tasks = append(tasks, d.at.Row.ID)
			if t := l.Line(d.at.Row.ID); ledger.FromList(t.Table, d.key, e.Value, d.text) {
				listed = append(listed, Listed{Task: t.ID, Number: t.Number, Title: t.Title, Field: d.key,
					Heading: headingOf(t.Table, d.key), Typed: e.Value, Written: d.text})
			}
			todo = append(todo, d)
			wanted[d.at.Row.ID] = true
			for _, id := range d.mates {
				wanted[id] = true
			}
		}
		if len(moved) > len(kept) {
			kept = nil
			s.blameMoved(moved)
			return refused(moved)
		}
		s.blameMoved(kept)
		where := placesOf(st, wanted) // one walk, however many edits
		for _, d := range todo {
			if !where[d.at.Row.ID].Set(d.key, d.text) {
				return s.noColumn(d.at.Table, headingOf(d.at.Table, d.key))
			}
		}
		for _, d := range todo {
			if err := s.agree(where, d); err != nil {
				return err
			}
		}
		st, opened, err := s.editor.dispute(st, kept)
		if err != nil {
			return err
		}
		if len(opened) == 0 && len(store.Diff(s.head.state, st)) == 0 {
			return nil
		}
		return s.commit(st, store.Revision{Opened: opened})
	})
	var lost []Moved
	r.Changes, lost = s.Snapshot().overtaken(todo, r.Changes)
	r.Moved = append(kept, lost...)
	r.Changes = slices.DeleteFunc(r.Changes, func(c Change) bool { // another's, which this pass took in
		return slices.ContainsFunc(r.Moved, func(m Moved) bool {
			return m.Kind == c.Kind && m.Task == c.Task &&
				m.Field == c.Field && c.Field != ""
		})
	})
	if len(tasks) > 0 {
		r.Task = tasks[len(tasks)-1]
		slices.Sort(tasks)
		r.Tasks = slices.Compact(tasks)
	}
	if err == nil {
		r.Listed = listed
	}
	return r, err
}

// compose makes of an edit what is to be set, or says that its place moved.
func (s *editor) compose(e Edit, began began) (setting, *Moved, error) {
	l := s.build().ledger
	t := l.Line(e.Task)
	if t == nil {
		var err error
		if t, err = l.FindLine(e.Task); err != nil {
			if m := s.goneRow(e, began); m != nil {
				return setting{}, m, nil
			}
			return setting{}, nil, err
		}
	}
	key, text, err := l.ComposeLine(t, e.Field, e.Value)
	if err != nil {
		return setting{}, nil, &ledger.FieldError{Field: e.Field, Err: err}
	}
	at := merge.Place{Table: t.Table, Row: t.Row}
	if at.Computed(key) {
		return setting{}, nil, &ledger.FieldError{Field: e.Field, Err: s.isFormula(at, key)}
	}
	held := t.Table.Get(t.Row, key)
	if at.Unsaid(key) {
		held = s.head.state.Value(t.Table.Kind, t.ID, key)
	}
	seen, is := s.standing(t, key, held, e, began)
	switch editTable[is][typingOf(seen, held, text)] {
	case editMoved:
		m := movedOf(t, key, seen, text)
		return setting{}, &m, nil
	case editNothing:
		text = held
	}
	return setting{at: at, key: key, text: text, mates: mates(at, key)}, nil, nil
}

// setting is an edit of one value; mates are the rows over which the cell is
// merged, by id.
type setting struct {
	at        merge.Place
	key, text string
	mates     []string
}

// mates are the rows over which the cell of a row in that column is merged, by
// id; nil if it is the row's own.
func mates(p merge.Place, key string) []string {
	if p.Row.Row == 0 {
		return nil
	}
	shared := p.Table.Shared(p.Row.Row, key)
	if len(shared) <= 1 {
		return nil
	}
	from, _ := slices.BinarySearchFunc(p.Table.Rows, shared[0], func(r table.Row, at int) int { return r.Row - at })
	var out []string
	for _, r := range p.Table.Rows[from:] {
		if r.Row > shared[len(shared)-1] {
			break
		}
		out = append(out, r.ID)
	}
	return out
}

// placesOf finds the rows of those ids.
func placesOf(st merge.State, ids map[string]bool) map[string]merge.Place {
	out := make(map[string]merge.Place, len(ids))
	for _, t := range st.Tables {
		for r := range t.Rows {
			if ids[t.Rows[r].ID] {
				out[t.Rows[r].ID] = merge.Place{Table: t, Row: &t.Rows[r]}
			}
		}
	}
	return out
}

// agree refuses a value of a cell that is merged over several rows, unless all
// of them get the same.
func (s *subject) agree(where map[string]merge.Place, d setting) error {
	here := where[d.at.Row.ID]
	for _, id := range d.mates {
		if p, ok := where[id]; ok && p.Table.Get(p.Row, d.key) != here.Table.Get(here.Row, d.key) {
			return sharedCell(s.path, d.at.Table, d.at.Row.Row, d.key, len(d.mates))
		}
	}
	return nil
}

// sharedCell refuses to write in a cell that is merged over n rows for one of
// them only.
func sharedCell(path string, t *table.Table, row int, key string, n int) error {
	at := a1.Ref{Row: row}
	if c := t.Index(key); c >= 0 {
		at.Col = t.Columns[c].Col
	}
	var names []string // by which a person can name these rows
	shared := t.Shared(row, key)
	for i := range t.Rows {
		if r := &t.Rows[i]; slices.Contains(shared, r.Row) {
			names = append(names, cmp.Or(t.Get(r, ledger.FieldNumber), t.Get(r, ledger.FieldCode), r.ID))
		}
	}
	return &msg.Error{Class: table.ErrShared, Text: msg.New("syncer.shared", "File", filepath.Base(path), "Sheet",
		t.Sheet, "Cell", at.String(), "N", n),
		Hint: msg.New("syncer.shared.hint", "Tasks", strings.Join(names, " "), "Column", headingOf(t, key))}
}

// isFormula refuses to write over the formula in a column of a row.
func (s *subject) isFormula(at merge.Place, key string) error {
	return &msg.Error{Class: ErrFormula, Text: msg.New("syncer.formula", "File", filepath.Base(s.path), "Sheet",
		at.Table.Sheet, "Row", at.Row.Row, "Column", headingOf(at.Table, key)), Hint: msg.New("syncer.formula.hint")}
}

// noColumn says that a table has no column of that name.
func (s *subject) noColumn(t *table.Table, name string) error {
	return &msg.Error{Class: ledger.ErrNoField, Text: msg.New("syncer.no_column", "File", filepath.Base(s.path),
		"Sheet", t.Sheet, "Column", name), Hint: msg.New("syncer.no_column.hint")}
}

// Add adds a task; values are by field, as typed.
func (s *Session) Add(ctx context.Context, values map[string]string) (task string, r Report, err error) {
	if s.opt.ReadOnly {
		return "", Report{}, s.readOnly()
	}
	r, err = s.pass(ctx, passOptions{}, func() error {
		t, byKey, err := s.build().ledger.ComposeNew(values)
		if err != nil {
			return err
		}
		st := s.head.state.Copy()
		if task, err = s.editor.append(&st, t, byKey); err != nil {
			return err
		}
		return s.commit(st, store.Revision{})
	})
	return task, r, err
}

// Record adds an event or a row of a register, and a sheet for it if there is none.
func (s *Session) Record(ctx context.Context, kind string, values map[string]string) (event string, r Report,
	err error) {
	ids, r, err := s.RecordAll(ctx, kind, []map[string]string{values})
	if len(ids) > 0 {
		event = ids[0]
	}
	return event, r, err
}

// RecordAll is Record for several rows of one kind, as one change. Rows that are to
// have different numbers name them.
func (s *Session) RecordAll(ctx context.Context, kind string, rows []map[string]string) (ids []string, r Report,
	err error) {
	if s.opt.ReadOnly {
		return nil, Report{}, s.readOnly()
	}
	r, err = s.pass(ctx, passOptions{}, func() error {
		l := s.build().ledger
		compose, blank := l.ComposeEvent, activities
		if def := l.RegisterNamed(kind); def != nil {
			compose = func(_ string, values map[string]string) (*table.Table, map[string]string, error) {
				return l.ComposeEntry(def, values)
			}
			blank = func(l *ledger.Ledger) *table.Table {
				return emptyTable(def.Kind, l.RegisterSheet(def), def.FieldNames())
			}
		}
		st := s.head.state.Copy()
		ids = ids[:0]
		for _, values := range rows {
			t, byKey, err := compose(kind, values)
			if err != nil {
				return err
			}
			if t == nil {
				t = blank(l)
			}
			id, err := s.editor.append(&st, t, byKey)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return s.commit(st, store.Revision{})
	})
	return ids, r, err
}

// NewAct is an entry of the supervision record that is to be added.
type NewAct struct {
	// ID makes what two machines add at the same time one entry; "": it gets one of its own.
	ID     string
	Values map[string]string // by field, as typed
}

// Supervise adds entries to the supervision record, in one revision: decide says
// which, from the ledger as it is when nobody else changes it here. What decide
// returns with an ID that the record has already is not added again. acts are the
// ids of the entries.
func (s *Session) Supervise(ctx context.Context, decide func(*ledger.Ledger) ([]NewAct, error)) (acts []string,
	r Report, err error) {
	if s.opt.ReadOnly {
		return nil, Report{}, s.readOnly()
	}
	r, err = s.pass(ctx, passOptions{}, func() error {
		l := s.build().ledger
		wanted, err := decide(l)
		if err != nil {
			return err
		}
		def := l.RegisterDef(ledger.KindSupervision)
		st, fresh := s.head.state.Copy(), 0
		for _, w := range wanted {
			if w.ID != "" && l.Entry(w.ID) != nil {
				acts = append(acts, w.ID)
				continue
			}
			t, byKey, err := l.ComposeEntry(def, w.Values)
			if err != nil {
				return err
			}
			if t == nil {
				t = emptyTable(def.Kind, l.RegisterSheet(def), def.FieldNames())
			}
			id := w.ID
			if id == "" {
				id = store.NewID()
			}
			if err := s.editor.appendTo(&st, t, byKey, id); err != nil {
				return err
			}
			acts, fresh = append(acts, id), fresh+1
		}
		if fresh == 0 {
			return nil
		}
		return s.commit(st, store.Revision{})
	})
	return acts, r, err
}

// activities is an empty activities table as ledger describes its sheet.
func activities(l *ledger.Ledger) *table.Table {
	return emptyTable(ledger.KindActivities, l.ActivitySheet(), ledger.ActivityFields())
}

// emptyTable is a table without rows as a sheet that is to be made describes it.
func emptyTable(kind string, n ooxml.NewSheet, fields []string) *table.Table {
	t := &table.Table{Kind: kind, Sheet: n.Name}
	for i, f := range fields {
		t.Columns = append(t.Columns, table.Column{Key: f, Field: f, Heading: n.Header[i]})
	}
	return t
}

// append adds a row to the table of st that t stands for; st is a copy of head.
func (s *editor) append(st *merge.State, t *table.Table, byKey map[string]string) (id string, err error) {
	id = store.NewID()
	return id, s.appendTo(st, t, byKey, id)
}

// appendTo adds a row with that id to the table of st that t stands for.
func (s *editor) appendTo(st *merge.State, t *table.Table, byKey map[string]string, id string) (err error) {
	var into *table.Table
	for i, o := range s.build().view.Tables {
		if o == t {
			into = st.Tables[i]
		}
	}
	if into == nil {
		if into = history.TableFor(*st, t); into == nil {
			into = &table.Table{Kind: t.Kind, Sheet: t.Sheet, Columns: t.Columns}
			st.Tables = append(st.Tables, into)
		}
	}
	row := table.Row{ID: id, Values: make([]string, len(into.Columns))}
	if n := len(into.Rows); n > 0 {
		row.Section = into.Rows[n-1].Section
	}
	look := merge.Place{Table: t, Row: nil} // whose formulas the new row gets
	if n := len(t.Rows); n > 0 {
		look.Row = &t.Rows[n-1]
	}
	for key, v := range byKey {
		if look.Row != nil && look.Row.Row > 0 && key != ledger.FieldNumber && look.Computed(key) {
			goesOn := true
			if s.book != nil {
				if goesOn, err = table.GoesOn(s.book.wb, t, key); err != nil {
					return err
				}
			}
			if goesOn {
				return &ledger.FieldError{Field: key, Err: s.isFormula(look, key)}
			}
		}
		c := into.Index(key)
		if c < 0 {
			return &ledger.FieldError{Field: key, Err: s.noColumn(into, key)}
		}
		row.Values[c] = v
	}
	into.Rows = append(into.Rows, row)
	return nil
}
