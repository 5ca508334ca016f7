package desk

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// Desk is several open ledgers. Methods may be called concurrently.
type Desk struct {
	open  func(ctx context.Context, path string) (*syncer.Session, error)
	books []*book

	mu   sync.Mutex
	view *view // of the newest snapshots; nil before the first
	seq  uint64
}

// book is one of the workbooks.
type book struct {
	path    string
	session *syncer.Session // nil: it could not be opened; why says
	why     error
}

// view is what all workbooks show at one moment.
type view struct {
	snap  *syncer.Snapshot
	joint *ledger.Joint
	of    []*book            // the parts of joint
	parts []*syncer.Snapshot // theirs
	shut  []error            // of the books that are not open
}

// Open opens the workbooks, several at a time, by calling open for each. It fails only if
// none can be opened, with the error of the workbook that was named first.
func Open(ctx context.Context, paths []string, open func(ctx context.Context, path string) (*syncer.Session,
	error)) (*Desk, error) {
	d := &Desk{open: open}
	for _, p := range paths {
		d.books = append(d.books, &book{path: p})
	}
	d.tryAgain(ctx)
	for _, b := range d.books {
		if b.session != nil {
			return d, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return nil, d.books[0].why
}

// tryAgain opens what is not open.
func (d *Desk) tryAgain(ctx context.Context) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	for _, b := range d.books {
		d.mu.Lock()
		shut := b.session == nil
		d.mu.Unlock()
		if !shut {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			s, err := d.open(ctx, b.path)
			d.mu.Lock()
			defer d.mu.Unlock()
			if b.session != nil { // somebody else was faster
				if s != nil {
					s.Close()
				}
				return
			}
			b.session, b.why = s, err
		}()
	}
	wg.Wait()
}

// opened are the books that are open.
func (d *Desk) opened() (out []*book) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range d.books {
		if b.session != nil {
			out = append(out, b)
		}
	}
	return out
}

// Sessions returns the sessions of the open workbooks, in the order in which the
// workbooks were named.
func (d *Desk) Sessions() (out []*syncer.Session) {
	for _, b := range d.opened() {
		out = append(out, b.session)
	}
	return out
}

// Refused tells why workbooks could not be opened.
func (d *Desk) Refused() (out []error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range d.books {
		if b.session == nil {
			out = append(out, b.why)
		}
	}
	return out
}

// Close closes every session.
func (d *Desk) Close() error {
	var failed []error
	for _, s := range d.Sessions() {
		failed = append(failed, s.Close())
	}
	return errors.Join(failed...)
}

// Busy is how long the folder has been waited for that has been waited for longest.
func (d *Desk) Busy() (longest time.Duration) {
	for _, s := range d.Sessions() {
		longest = max(longest, s.Busy())
	}
	return longest
}

// Snapshot is the current state of all workbooks.
func (d *Desk) Snapshot() *syncer.Snapshot { return d.now().snap }

// now brings the newest snapshots together, if there are newer ones.
func (d *Desk) now() *view {
	books := d.opened()
	parts := make([]*syncer.Snapshot, len(books))
	var wg sync.WaitGroup
	for i, b := range books { // a session that made no pass makes its first
		wg.Add(1)
		go func() {
			defer wg.Done()
			parts[i] = b.session.Snapshot()
		}()
	}
	wg.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	var shut []error
	for _, b := range d.books {
		if b.session == nil {
			shut = append(shut, b.why)
		}
	}
	if v := d.view; v != nil && slices.Equal(v.parts, parts) && slices.Equal(v.shut, shut) {
		return v
	}
	d.seq++
	d.view = &view{of: books, parts: parts, shut: shut}
	d.view.join(d.seq, d.books)
	return d.view
}

// join makes one snapshot of several.
func (v *view) join(seq uint64, books []*book) {
	var ledgers []ledger.Part
	for i, p := range v.parts {
		ledgers = append(ledgers, ledger.Part{Ledger: p.Ledger, Workbook: v.of[i].path})
	}
	v.joint = ledger.Join(ledgers)
	first := v.parts[0]
	n := &syncer.Snapshot{Seq: seq, Path: first.Path, ReadAt: first.ReadAt, Ledger: v.joint.Ledger,
		Found: &table.Found{}}
	for i, p := range v.parts {
		name := v.joint.Names[i]
		if p.ReadAt.After(n.ReadAt) {
			n.ReadAt = p.ReadAt
		}
		if p.LedgerID != "" {
			n.LedgerID += p.LedgerID + "+"
		}
		n.Revision += p.Revision + "+"
		if n.Owner == nil {
			n.Owner = p.Owner
		}
		if p.Found != nil {
			n.Found.Tables = append(n.Found.Tables, p.Found.Tables...)
			n.Found.Sheets = append(n.Found.Sheets, p.Found.Sheets...)
			n.Found.Problems = append(n.Found.Problems, p.Found.Problems...)
		}
		for _, w := range p.Waiting {
			w.Task, w.Workbook = v.joint.ID(i, w.Task), name
			n.Waiting = append(n.Waiting, w)
		}
		for _, c := range p.Conflicts {
			v.conflict(i, &c)
			n.Conflicts = append(n.Conflicts, c)
		}
		if slices.ContainsFunc(p.Returned, func(r syncer.Returned) bool { return r.File != "" || !r.Sent.IsZero() }) {
			n.Returned = append(n.Returned, p.Returned...)
		}
		n.Latest = append(n.Latest, v.entries(i, p.Latest)...)
		n.Inbox = append(n.Inbox, v.copies(i, p.Inbox)...)
		n.Arriving = append(n.Arriving, v.copies(i, p.Arriving)...)
		n.Asks = append(n.Asks, v.asks(i, p.Asks)...)
		n.Untyped = append(n.Untyped, p.Untyped...)
		n.Damage = append(n.Damage, p.Damage...)
		n.Notes = append(n.Notes, p.Notes...)
		switch {
		case p.Trouble == nil:
		case n.Trouble == nil || errors.Is(p.Trouble, syncer.ErrMass): // what a person must answer goes first
			if n.Trouble != nil {
				n.Notes = append(n.Notes, n.Trouble)
			}
			n.Trouble = p.Trouble
		default:
			n.Notes = append(n.Notes, p.Trouble)
		}
	}
	n.Notes = append(n.Notes, v.shut...)
	n.Inbox, n.Arriving = notForeign(n.Inbox), notForeign(n.Arriving)
	slices.SortStableFunc(n.Conflicts, func(a, b syncer.Conflict) int { return a.Since.Compare(b.Since) })
	slices.SortStableFunc(n.Latest, newestFirst)
	n.Latest = n.Latest[:min(len(n.Latest), 20)]
	for _, b := range books {
		w := syncer.Workbook{Name: filepath.Base(b.path), Path: b.path, Trouble: b.why}
		if i := slices.Index(v.of, b); i >= 0 {
			p := v.parts[i]
			w.Name, w.Open = v.joint.Names[i], true
			w.Revision, w.Year, w.Totals, w.Owner = p.Revision, p.Ledger.Year, p.Ledger.Totals, p.Owner
			w.Waiting, w.Conflicts, w.Trouble = len(p.Waiting), len(p.Conflicts), p.Trouble
			w.Rows = ledger.CountsOf(p.Ledger.Registers).Rows
		}
		n.Workbooks = append(n.Workbooks, w)
	}
	v.snap = n
}

func newestFirst(a, b syncer.Entry) int { return b.Time.Compare(a.Time) }

// notForeign leaves out what one workbook says of copies that another has taken: an
// inbox may be that of several.
func notForeign(list []syncer.CopyReport) (out []syncer.CopyReport) {
	taken := map[string]bool{}
	for _, c := range list {
		if !errors.Is(c.Err, syncer.ErrForeign) {
			taken[c.File] = true
		}
	}
	said := map[string]bool{}
	for _, c := range list {
		if errors.Is(c.Err, syncer.ErrForeign) {
			if taken[c.File] || said[c.File] {
				continue
			}
			said[c.File] = true
		}
		out = append(out, c)
	}
	return out
}

func (v *view) entries(part int, list []syncer.Entry) []syncer.Entry {
	out := slices.Clone(list)
	for i := range out {
		out[i].Workbook, out[i].Changes = v.joint.Names[part], v.changes(part, out[i].Changes)
		out[i].Opened, out[i].Settled = slices.Clone(out[i].Opened), slices.Clone(out[i].Settled)
		for k := range out[i].Opened {
			v.conflict(part, &out[i].Opened[k])
		}
		for k := range out[i].Settled {
			v.conflict(part, &out[i].Settled[k].Conflict)
		}
	}
	return out
}

// conflict names the workbook that a conflict is in.
func (v *view) conflict(part int, c *syncer.Conflict) {
	c.Task, c.Workbook = v.joint.ID(part, c.Task), v.joint.Names[part]
}

func (v *view) changes(part int, list []syncer.Change) []syncer.Change {
	out := slices.Clone(list)
	for i := range out {
		out[i].Task = v.joint.ID(part, out[i].Task)
	}
	return out
}

func (v *view) asks(part int, list []syncer.Ask) []syncer.Ask {
	out := slices.Clone(list)
	for i := range out {
		out[i].Sheet = "[" + v.joint.Names[part] + "]" + out[i].Sheet
		out[i].Candidates = v.ids(part, out[i].Candidates)
	}
	return out
}

func (v *view) ids(part int, own []string) []string {
	out := slices.Clone(own)
	for i := range out {
		out[i] = v.joint.ID(part, out[i])
	}
	return out
}

func (v *view) copies(part int, list []syncer.CopyReport) []syncer.CopyReport {
	out := slices.Clone(list)
	for i := range out {
		c := &out[i]
		c.Added, c.Missing, c.Asks, c.Changes = v.ids(part, c.Added), v.ids(part, c.Missing), v.asks(part,
			c.Asks), slices.Clone(c.Changes)
		for n := range c.Changes {
			c.Changes[n].Task = v.joint.ID(part, c.Changes[n].Task)
		}
	}
	return out
}

// report is what one workbook's session did, with the ids of all of them.
func (v *view) report(part int, r syncer.Report) syncer.Report {
	r.Task, r.Tasks, r.Changes = v.joint.ID(part, r.Task), v.ids(part, r.Tasks), v.changes(part, r.Changes)
	r.Asks, r.Copies = v.asks(part, r.Asks), v.copies(part, r.Copies)
	r.Listed, r.Moved = slices.Clone(r.Listed), slices.Clone(r.Moved)
	for i := range r.Listed {
		r.Listed[i].Task = v.joint.ID(part, r.Listed[i].Task)
	}
	for i := range r.Moved {
		r.Moved[i].Task = v.joint.ID(part, r.Moved[i].Task)
	}
	return r
}

// plus joins what the sessions of two workbooks did. The numbers of conflicts and of what
// waits come from b, which counts them in all workbooks.
func plus(a, b syncer.Report) syncer.Report {
	a.Changes = append(a.Changes, b.Changes...)
	a.Copies = notForeign(append(a.Copies, b.Copies...))
	a.Asks = append(a.Asks, b.Asks...)
	a.Untyped = append(a.Untyped, b.Untyped...)
	a.Listed = append(a.Listed, b.Listed...)
	a.Moved = append(a.Moved, b.Moved...)
	a.Tasks = append(a.Tasks, b.Tasks...)
	a.Conflicts, a.Waiting = b.Conflicts, b.Waiting
	if b.Task != "" {
		a.Task = b.Task
	}
	if b.Revision != "" {
		a.Revision = b.Revision
	}
	return a
}
