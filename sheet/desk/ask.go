package desk

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// ErrNoWorkbook is the class of errors about a workbook that was named and is not open.
var ErrNoWorkbook = errors.New("no such workbook")

// after is the state after something was done, for reports about it.
func (d *Desk) after(b *book) (v *view, part int) {
	v = d.now()
	return v, slices.Index(v.of, b)
}

// did is the report of a session with the ids of all workbooks; open conflicts and
// what waits are counted in all of them.
func (d *Desk) did(b *book, r syncer.Report) syncer.Report {
	v, part := d.after(b)
	return v.counted(v.report(part, r))
}

// counted is a report with the open conflicts and what waits in all workbooks.
func (v *view) counted(r syncer.Report) syncer.Report {
	r.Conflicts, r.Waiting = len(v.snap.Conflicts), len(v.snap.Waiting) > 0
	return r
}

// moved gives the rows of a refused edit the ids that they have here.
func (d *Desk) moved(b *book, err error) error {
	var m *syncer.MovedError
	if errors.As(err, &m) {
		v, part := d.after(b)
		for i := range m.Values {
			m.Values[i].Task = v.joint.ID(part, m.Values[i].Task)
		}
	}
	return err
}

// Change makes the edits, those of each workbook in one change of its own. Where one
// workbook refuses its edits, those that others took already are reversed.
func (d *Desk) Change(ctx context.Context, edits []syncer.Edit) (r syncer.Report, err error) {
	v := d.now()
	of := map[int][]syncer.Edit{}
	for _, e := range edits {
		p, ok := v.joint.Place(e.Task)
		if !ok {
			line, err := v.joint.FindLine(e.Task)
			switch {
			case err == nil:
				p, _ = v.joint.Place(line.ID)
			case errors.Is(err, ledger.ErrNoTask) && v.lastWith(e.Task) >= 0:
				p.Part, p.ID = v.lastWith(e.Task), e.Task // it is gone, which its session tells
			default:
				return r, err
			}
		}
		e.Task = p.ID
		of[p.Part] = append(of[p.Part], e)
	}
	return together(ctx, d, v, of, (*syncer.Session).Change)
}

// Delete takes rows out of whichever workbooks they stand in: all of them, or none.
func (d *Desk) Delete(ctx context.Context, rows []syncer.Removal) (syncer.Report, error) {
	v := d.now()
	of := map[int][]syncer.Removal{}
	for _, row := range rows {
		if p, ok := v.joint.Place(row.Row); ok { // else it is gone already
			row.Row = p.ID
			of[p.Part] = append(of[p.Part], row)
		}
	}
	return together(ctx, d, v, of, (*syncer.Session).Delete)
}

// together has several workbooks do something, each with its own of what is to be done.
// Where one refuses, what others have done already is reversed.
func together[T any](ctx context.Context, d *Desk, v *view, of map[int][]T,
	do func(*syncer.Session, context.Context, []T) (syncer.Report, error)) (r syncer.Report, err error) {
	type taken struct {
		b   *book
		rev string
	}
	var before []taken
	for _, part := range slices.Sorted(maps.Keys(of)) {
		b := v.of[part]
		one, err := do(b.session, ctx, of[part])
		if err != nil && len(one.Changes) == 0 {
			for _, t := range before {
				if _, e := t.b.session.UndoRevision(ctx, t.rev); e != nil {
					err = errors.Join(err, e)
				}
			}
			return r, d.moved(b, err)
		}
		if len(one.Changes) > 0 {
			before = append(before, taken{b, one.Revision})
		}
		r = plus(r, d.did(b, one))
		if err != nil {
			return r, err // in the history; the workbook could not be written, and will be
		}
	}
	return d.now().counted(r), nil
}

// lastWith is the workbook whose latest changes tell of the row, -1 if none does.
func (v *view) lastWith(id string) int {
	return slices.IndexFunc(v.parts, func(p *syncer.Snapshot) bool {
		return slices.ContainsFunc(p.Latest, func(e syncer.Entry) bool {
			return slices.ContainsFunc(e.Changes, func(c syncer.Change) bool { return c.Task == id })
		})
	})
}

// pick is the workbook for a new row: the one that the field
// ledger.FieldWorkbook of values names, by its name or its path, else the first that
// suits, else the first.
func (v *view) pick(values map[string]string, suits func(*ledger.Ledger) bool) (*book, map[string]string, error) {
	name := strings.TrimSpace(values[ledger.FieldWorkbook])
	values = maps.Clone(values)
	delete(values, ledger.FieldWorkbook)
	if name != "" {
		for i, b := range v.of {
			base := filepath.Base(b.path)
			if name == v.joint.Names[i] || name == b.path || name == base ||
				name == strings.TrimSuffix(base, filepath.Ext(base)) {
				return b, values, nil
			}
		}
		return nil, nil, &msg.Error{Class: ErrNoWorkbook, Text: msg.New("desk.no_workbook", "Name", name),
			Hint: msg.New("desk.no_workbook.hint", "Names", strings.Join(v.joint.Names, "、"))}
	}
	for i, p := range v.parts {
		if suits(p.Ledger) {
			return v.of[i], values, nil
		}
	}
	return v.of[0], values, nil
}

func hasTable(kind string) func(*ledger.Ledger) bool {
	return func(l *ledger.Ledger) bool {
		return slices.ContainsFunc(l.Tables, func(t *table.Table) bool { return t.Kind == kind })
	}
}

// Add adds a task.
func (d *Desk) Add(ctx context.Context, values map[string]string) (task string, r syncer.Report, err error) {
	b, values, err := d.now().pick(values, hasTable(ledger.KindTasks))
	if err != nil {
		return "", r, err
	}
	task, r, err = b.session.Add(ctx, values)
	v, part := d.after(b)
	return v.joint.ID(part, task), d.did(b, r), err
}

// Record records an event, or a row of a register.
func (d *Desk) Record(ctx context.Context, kind string, values map[string]string) (event string, r syncer.Report,
	err error) {
	v := d.now()
	suits := hasTable(ledger.KindActivities)
	if def := v.joint.RegisterNamed(kind); def != nil {
		if def.Kind == ledger.KindSupervision {
			if row, name := v.joint.ActRow(values); row != "" {
				return d.recordAbout(ctx, v, kind, values, row, name)
			}
		}
		suits = hasTable(def.Kind)
	} else if !slices.ContainsFunc(v.parts, func(p *syncer.Snapshot) bool { return suits(p.Ledger) }) {
		suits = hasTable(ledger.KindTasks) // the first event makes a sheet beside the tasks
	}
	b, values, err := v.pick(values, suits)
	if err != nil {
		return "", r, err
	}
	event, r, err = b.session.Record(ctx, kind, values)
	v, part := d.after(b)
	return v.joint.ID(part, event), d.did(b, r), err
}

// recordAbout records an entry of the supervision record in the workbook with the row that
// it is about; name is that of the value that names the row.
func (d *Desk) recordAbout(ctx context.Context, v *view, kind string, values map[string]string, row,
	name string) (string, syncer.Report, error) {
	p, _ := v.joint.Place(row)
	values = maps.Clone(values)
	delete(values, ledger.FieldWorkbook)
	values[name] = p.ID
	b := v.of[p.Part]
	id, r, err := b.session.Record(ctx, kind, values)
	now, part := d.after(b)
	return now.joint.ID(part, id), d.did(b, r), err
}

// Resolve settles conflicts of whichever workbooks: all of them, or none.
func (d *Desk) Resolve(ctx context.Context, decisions ...syncer.Decision) (syncer.Report, error) {
	v := d.now()
	of := map[int][]syncer.Decision{}
	for _, c := range decisions {
		at := max(0, slices.IndexFunc(v.parts, func(p *syncer.Snapshot) bool {
			return slices.ContainsFunc(p.Conflicts,
				func(o syncer.Conflict) bool { return c.Conflict != "" && strings.HasPrefix(o.ID, c.Conflict) })
		}))
		of[at] = append(of[at], c)
	}
	return together(ctx, d, v, of, func(s *syncer.Session, ctx context.Context, own []syncer.Decision) (syncer.Report,
		error) {
		return s.Resolve(ctx, own...)
	})
}

// Answer says which row one of the questions is about.
func (d *Desk) Answer(ctx context.Context, ask, task string) (syncer.Report, error) {
	v := d.now()
	asks := func(list []syncer.Ask) bool {
		return slices.ContainsFunc(list, func(a syncer.Ask) bool { return a.ID == ask })
	}
	at := max(0, slices.IndexFunc(v.parts, func(p *syncer.Snapshot) bool {
		return asks(p.Asks) || slices.ContainsFunc(p.Inbox, func(c syncer.CopyReport) bool { return asks(c.Asks) })
	}))
	if p, ok := v.joint.Place(task); ok && task != merge.AnswerNew {
		task = p.ID
	}
	r, err := v.of[at].session.Answer(ctx, ask, task)
	return d.did(v.of[at], r), err
}

// Undo reverses the last change of mine, in the workbook where I made it.
func (d *Desk) Undo(ctx context.Context) (syncer.Report, error) {
	books := d.opened()
	last, _ := d.lastTyped(ctx, books, func(change, _ time.Time) time.Time { return change })
	r, err := books[last].session.Undo(ctx)
	return d.did(books[last], r), err
}

// Redo takes the last undoing of mine back, in the workbook where I made it; not if I
// changed something in another workbook since.
func (d *Desk) Redo(ctx context.Context) (syncer.Report, error) {
	books := d.opened()
	last, undone := d.lastTyped(ctx, books, func(_, undoing time.Time) time.Time { return undoing })
	for i, b := range books {
		if change, undoing, err := b.session.LastTyped(ctx); err == nil && i != last && undoing.IsZero() &&
			change.After(undone) {
			last = i // which has nothing to take back, and says so
		}
	}
	r, err := books[last].session.Redo(ctx)
	return d.did(books[last], r), err
}

// lastTyped is the workbook with the latest of the times that of picks, and the time.
func (d *Desk) lastTyped(ctx context.Context, books []*book, of func(change, undoing time.Time) time.Time) (at int,
	latest time.Time) {
	for i, b := range books {
		if change, undoing, err := b.session.LastTyped(ctx); err == nil && of(change, undoing).After(latest) {
			at, latest = i, of(change, undoing)
		}
	}
	return at, latest
}

// UndoRevision reverses what one revision changed, whichever workbook it is of.
func (d *Desk) UndoRevision(ctx context.Context, revision string) (syncer.Report, error) {
	b := d.withRevision(ctx, revision)
	r, err := b.session.UndoRevision(ctx, revision)
	return d.did(b, r), err
}

// Restore returns the workbook that a revision is of to it.
func (d *Desk) Restore(ctx context.Context, revision string) (syncer.Report, error) {
	b := d.withRevision(ctx, revision)
	r, err := b.session.Restore(ctx, revision)
	return d.did(b, r), err
}

// withRevision is the workbook in whose history the revision stands, else the first.
func (d *Desk) withRevision(ctx context.Context, revision string) *book {
	books := d.opened()
	for _, b := range books {
		list, err := b.session.Log(ctx, syncer.LogOptions{})
		if err == nil && slices.ContainsFunc(list,
			func(e syncer.Entry) bool { return strings.HasPrefix(e.Revision, revision) }) {
			return b
		}
	}
	return books[0]
}

// Log is the history of all workbooks, or that of one row.
func (d *Desk) Log(ctx context.Context, opt syncer.LogOptions) (out []syncer.Entry, err error) {
	v := d.now()
	only := -1
	if p, ok := v.joint.Place(opt.Task); ok {
		only, opt.Task = p.Part, p.ID
	}
	var failed []error
	for i, b := range v.of {
		if only >= 0 && i != only {
			continue
		}
		list, err := b.session.Log(ctx, opt)
		if err != nil {
			failed = append(failed, err)
		}
		out = append(out, v.entries(i, list)...)
	}
	slices.SortStableFunc(out, newestFirst)
	if opt.Max > 0 {
		out = out[:min(len(out), opt.Max)]
	}
	if len(failed) == len(v.of) {
		return out, errors.Join(failed...)
	}
	return out, nil
}

// AsOf is all ledgers as their histories have them at a moment; since is when the
// history begins that begins last.
func (d *Desk) AsOf(ctx context.Context, at time.Time) (l *ledger.Ledger, since time.Time, err error) {
	var parts []ledger.Part
	for _, b := range d.opened() {
		own, from, err := b.session.AsOf(ctx, at)
		if err != nil {
			return nil, since, err
		}
		if from.After(since) {
			since = from
		}
		parts = append(parts, ledger.Part{Ledger: own, Workbook: b.path})
	}
	return ledger.Join(parts).Ledger, since, nil
}

// CopiesBack are the copies that were merged from one moment up to another.
func (d *Desk) CopiesBack(ctx context.Context, from, to time.Time) (out []syncer.Returned, err error) {
	v := d.now()
	for _, b := range v.of {
		list, err := b.session.CopiesBack(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			r.Unit = v.joint.Directory.Canonical(r.Unit)
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b syncer.Returned) int { return a.At.Compare(b.At) })
	return out, nil
}

// Sendings are the copies that were sent out of all workbooks, oldest first.
func (d *Desk) Sendings() (out []syncer.Returned) {
	v := d.now()
	for _, b := range v.of {
		for _, r := range b.session.Sendings() {
			r.Unit = v.joint.Directory.Canonical(r.Unit)
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b syncer.Returned) int { return a.Sent.Compare(b.Sent) })
	return out
}

// Supervise adds entries to the supervision records, each to that of the workbook in which
// the row stands that it is about: all of them, or none. decide says which, from the
// ledgers as one; an entry about no row goes to the first workbook with a record.
func (d *Desk) Supervise(ctx context.Context, decide func(*ledger.Ledger) ([]syncer.NewAct, error)) (acts []string,
	r syncer.Report, err error) {
	v := d.now()
	wanted, err := decide(v.joint.Ledger)
	if err != nil {
		return nil, r, err
	}
	of := map[int][]syncer.NewAct{}
	for _, w := range wanted {
		p, ok := v.joint.Place(w.Values[ledger.ActTask])
		if !ok {
			b, values, err := v.pick(w.Values, hasTable(ledger.KindSupervision))
			if err != nil {
				return nil, r, err
			}
			p.Part, w.Values = slices.Index(v.of, b), values
		} else {
			w.Values = maps.Clone(w.Values)
			w.Values[ledger.ActTask] = p.ID
		}
		of[p.Part] = append(of[p.Part], w)
	}
	r, err = together(ctx, d, v, of, func(s *syncer.Session, ctx context.Context, own []syncer.NewAct) (syncer.Report,
		error) {
		added, one, err := s.Supervise(ctx, func(*ledger.Ledger) ([]syncer.NewAct, error) { return own, nil })
		part := slices.IndexFunc(v.of, func(b *book) bool { return b.session == s })
		for _, id := range added {
			acts = append(acts, v.joint.ID(part, id))
		}
		return one, err
	})
	return acts, r, err
}

// Sync makes a pass over every workbook. Where one fails, the others are synced all the
// same, and the first failure is the error.
func (d *Desk) Sync(ctx context.Context) (syncer.Report, error) {
	d.tryAgain(ctx)
	return d.all(ctx, (*syncer.Session).Sync)
}

// Force is Sync by a person who agrees that most rows of a workbook are gone.
func (d *Desk) Force(ctx context.Context) (syncer.Report, error) {
	return d.all(ctx, func(s *syncer.Session, ctx context.Context) (syncer.Report, error) {
		if errors.Is(s.Snapshot().Trouble, syncer.ErrMass) {
			return s.Force(ctx)
		}
		return s.Sync(ctx)
	})
}

// Refuse writes rows back that are gone from a workbook.
func (d *Desk) Refuse(ctx context.Context) (rows int, r syncer.Report, err error) {
	r, err = d.all(ctx, func(s *syncer.Session, ctx context.Context) (syncer.Report, error) {
		if !errors.Is(s.Snapshot().Trouble, syncer.ErrMass) {
			return syncer.Report{}, nil
		}
		n, r, err := s.Refuse(ctx)
		rows += n
		return r, err
	})
	return rows, r, err
}

// all has every workbook do something, and reports it as one.
func (d *Desk) all(ctx context.Context, do func(*syncer.Session, context.Context) (syncer.Report,
	error)) (r syncer.Report, err error) {
	for _, b := range d.opened() {
		one, failed := do(b.session, ctx)
		if err == nil {
			err = failed
		}
		r = plus(r, d.did(b, one))
	}
	return d.now().counted(r), err
}

// SinceOpened is what the sessions have done so far.
func (d *Desk) SinceOpened() (r syncer.Report) {
	for _, b := range d.opened() {
		r = plus(r, d.did(b, b.session.SinceOpened()))
	}
	return d.now().counted(r)
}

// Merge merges returned copies, each into the workbook that it was taken from. Whose
// a copy without a stamp is, nobody can know where there are several.
func (d *Desk) Merge(ctx context.Context, files []string, opt syncer.MergeOptions) (r syncer.Report, err error) {
	v := d.now()
	own := map[string]string{}
	for ask, task := range opt.Answers {
		if p, ok := v.joint.Place(task); ok {
			task = p.ID
		}
		own[ask] = task
	}
	opt.Answers = own
	left := slices.Clone(files)
	for n, b := range v.of {
		if len(left) == 0 {
			break
		}
		one, failed := b.session.Merge(ctx, left, opt)
		if err == nil {
			err = failed
		}
		var again []string
		if n < len(v.of)-1 {
			one.Copies = slices.DeleteFunc(one.Copies, func(c syncer.CopyReport) bool {
				foreign := errors.Is(c.Err, syncer.ErrForeign)
				if foreign {
					again = append(again, c.File)
				}
				return foreign
			})
		}
		left = again
		r = plus(r, d.did(b, one))
	}
	return d.now().counted(r), err
}

// retry is how often a workbook that could not be opened is tried again.
const retry = 10 * time.Second

// Watch keeps every workbook in step until ctx ends, and calls notify (from one
// goroutine) after each new snapshot of any of them.
func (d *Desk) Watch(ctx context.Context, notify func(*syncer.Snapshot)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	poke := make(chan struct{}, 1)
	watched := map[*book]bool{}
	watch := func() {
		for _, b := range d.opened() {
			if watched[b] {
				continue
			}
			watched[b] = true
			go b.session.Watch(ctx, func(*syncer.Snapshot) { // it ends with ctx, and only then
				select {
				case poke <- struct{}{}:
				default:
				}
			})
		}
	}
	watch()
	again := time.NewTicker(retry)
	defer again.Stop()
	last := d.Snapshot().Seq
	for {
		select {
		case <-ctx.Done():
			return ctx.Err() // a session whose folder does not answer ends when it does
		case <-poke:
		case <-again.C:
			if len(d.Refused()) > 0 {
				d.tryAgain(ctx)
			}
		}
		watch()
		if n := d.Snapshot(); n.Seq != last && ctx.Err() == nil {
			last = n.Seq
			notify(n)
		}
	}
}
