package syncer

import (
	"context"
	"errors"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// What people at a screen and at a shell do: they look, and write a good while later.

// dialog is open on one value at one coordinator's screen.
type dialog struct {
	at   int // whose
	edit Edit
	cell string
}

// command was begun and has not written yet.
type command struct {
	s    *Session
	seen map[string]bool // every value that stood anywhere when it began
	held map[string]bool // and of these the ones that a head of the history held
	// parted is where the heads differed then, if there were several.
	parted []store.Change
}

func (w *world) dialogOpens(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	at := w.target(rt, w.sessions[i])
	e := at.edit("")
	e.Seen = Saw(at.shown)
	w.dialogs = append(w.dialogs, dialog{i, e, at.cell})
}

// dialogSaves writes what was typed into a dialog that was opened at any time. Where
// the value moved, the person is shown it, and chooses.
func (w *world) dialogSaves(rt *rapid.T) {
	w.rt = rt
	if len(w.dialogs) == 0 {
		rt.Skip()
	}
	k := rapid.IntRange(0, len(w.dialogs)-1).Draw(rt, "dialog")
	d := w.dialogs[k]
	w.dialogs = slices.Delete(w.dialogs, k, k+1)
	d.edit.Value = w.fresh(d.cell)
	d.edit.KeepBoth = rapid.Bool().Draw(rt, "unattended")
	for {
		r, err := w.sessions[d.at].Change(context.Background(), []Edit{d.edit})
		var moved *MovedError
		if !errors.As(err, &moved) {
			if err != nil {
				rt.Fatal(err)
			}
			w.wrote(w.sessions[d.at], d.edit, r, func(from string) bool { return from == d.edit.Seen.Text })
			w.note(d.at)
			return
		}
		m := moved.Values[0]
		switch choice := rapid.SampledFrom([]string{"theirs", "mine", "both"}).Draw(rt, "choice"); {
		case choice == "theirs":
			return
		case choice == "both" || m.Gone:
			d.edit.KeepBoth = true
		default:
			d.edit.Seen = Saw(m.Now)
		}
	}
}

// wrote notes what an edit did, and that it took nothing that its author had not
// seen.
func (w *world) wrote(s *Session, e Edit, r Report, saw func(string) bool) {
	w.keeps(e.Value)
	for _, m := range r.Moved {
		if m.Conflict == "" {
			w.rt.Fatalf("%s is in no conflict: %+v", e.Value, m)
		}
	}
	for _, c := range r.Changes {
		if c.To != e.Value || len(r.Moved) > 0 {
			continue
		}
		from := c.From
		if x := w.values[from]; !saw(from) && x != nil && x.replaced {
			// The pass took in first that somebody undid that value: what came back is
			// what e was written over.
			from = w.writtenOver(s, e)
		}
		if !saw(from) {
			w.rt.Fatalf("%s replaced %q, which its author had not seen", e.Value, from)
		}
		w.replace(from)
	}
}

// writtenOver is the value that the log says e replaced.
func (w *world) writtenOver(s *Session, e Edit) string {
	log, err := s.Log(context.Background(), LogOptions{})
	if err != nil {
		w.rt.Fatal(err)
	}
	for _, entry := range log {
		for _, c := range entry.Changes {
			if c.Task == e.Task && c.To == e.Value {
				return c.From
			}
		}
	}
	w.rt.Fatalf("the log does not tell of %s", e.Value)
	return ""
}

func (w *world) commandBegins(rt *rapid.T) {
	w.rt = rt
	opt := w.options("命令行")
	opt.Later = true
	s, err := Open(context.Background(), w.path, opt)
	if err != nil {
		rt.Fatal(err)
	}
	seen := map[string]bool{"": true}
	maps.Copy(seen, everyCell(w.t, w.path))
	held := map[string]bool{}
	g, err := s.readHistory()
	if err != nil {
		rt.Fatal(err)
	}
	var last merge.State
	var parted []store.Change
	for k, id := range g.Heads {
		head, err := g.Content(id)
		if err != nil {
			rt.Fatal(err)
		}
		if k > 0 {
			parted = append(parted, store.Diff(last, head)...)
		}
		last = head
		for _, t := range head.Tables {
			for _, r := range t.Rows {
				for _, v := range r.Values {
					seen[v], held[v] = true, v != ""
				}
			}
		}
	}
	w.commands = append(w.commands, command{s, seen, held, parted})
}

func (w *world) commandEnds(rt *rapid.T) {
	w.rt = rt
	if len(w.commands) == 0 {
		rt.Skip()
	}
	k := rapid.IntRange(0, len(w.commands)-1).Draw(rt, "command")
	c := w.commands[k]
	w.commands = slices.Delete(w.commands, k, k+1)
	at := w.target(rt, w.sessions[0])
	if parted := w.placesOf(w.sessions[0], c.parted); len(parted) > 0 && rapid.Bool().Draw(rt, "where heads parted") {
		at = rapid.SampledFrom(parted).Draw(rt, "there")
	}
	e := at.edit(w.fresh(at.cell))
	e.KeepBoth = true
	r, err := c.s.Change(context.Background(), []Edit{e})
	if errors.Is(err, ledger.ErrNoTask) || errors.Is(err, ErrMass) && len(r.Changes) == 0 {
		return
	}
	if err != nil && !errors.Is(err, ErrMass) {
		rt.Fatal(err)
	}
	for _, m := range r.Moved {
		if !m.Gone && c.held[m.Now] {
			rt.Fatalf("%s is disputed with %s, which stood in the history when the command began", e.Value, m.Now)
		}
	}
	w.wrote(c.s, e, r, func(from string) bool { return c.seen[from] })
	c.s.Close()
}

// conflictRead is somebody who looks at a conflict, to decide it at some time.
func (w *world) conflictRead(rt *rapid.T) {
	w.rt = rt
	open := w.sessions[0].Snapshot().Conflicts
	if len(open) == 0 {
		rt.Skip()
	}
	c := rapid.SampledFrom(open).Draw(rt, "conflict")
	if c.Field == "" {
		rt.Skip() // a row as a whole: what was in it is not in the conflict
	}
	w.readings = append(w.readings, c)
}

func (w *world) decided(rt *rapid.T) {
	w.rt = rt
	if len(w.readings) == 0 {
		rt.Skip()
	}
	c := w.readings[0]
	w.readings = w.readings[1:]
	d := Decision{Conflict: c.ID, Seen: Saw(c.Mine)}
	d.Choice = rapid.SampledFrom([]string{Mine, Theirs}).Draw(rt, "choice")
	_, err := w.sessions[0].Resolve(context.Background(), d)
	w.note(0)
	if errors.Is(err, ErrNoConflict) || errors.Is(err, ErrMoved) {
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	w.against(c, d.Choice)
}

// placesOf are the values that changes are about, where people type.
func (w *world) placesOf(s *Session, changes []store.Change) (out []spotted) {
	for _, c := range changes {
		n := s.Snapshot().Ledger.Line(c.Row)
		l := listingOf(c.Kind)
		if c.Key == "" || n == nil || l == nil || n.Table.Index(c.Key) < 0 {
			continue
		}
		heading := n.Table.Columns[n.Table.Index(c.Key)].Heading
		for _, f := range l.fields {
			if l.headings[f] == heading {
				out = append(out, l.spot(n, c.Key, heading))
			}
		}
	}
	return out
}

// marked is a row that a person is asked whether they want it gone.
type marked struct {
	at   int // whose screen it is on
	row  Removal
	seen []string
}

// rowMarked is the question whether a row shall go, as it stands on a screen.
func (w *world) rowMarked(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	lines := w.deletable(w.sessions[i])
	if len(lines) < 8 {
		rt.Skip()
	}
	n := rapid.SampledFrom(lines).Draw(rt, "row")
	seen := map[string]string{}
	for _, c := range n.Table.Columns {
		seen[c.Key] = n.Table.Get(n.Row, c.Key)
	}
	var conflicts []string
	values := slices.Clone(n.Row.Values)
	for _, c := range w.sessions[i].Snapshot().Conflicts {
		if c.Task == n.ID && c.Field != "" {
			conflicts, values = append(conflicts, c.ID), append(values, c.Theirs)
		}
	}
	w.marked = append(w.marked, marked{i, Removal{Row: n.ID, Seen: seen, Conflicts: conflicts}, values})
}

// markedDeleted is the answer to it, at any time later: what was typed into the row
// meanwhile keeps it.
func (w *world) markedDeleted(rt *rapid.T) {
	w.rt = rt
	if len(w.marked) == 0 {
		rt.Skip()
	}
	m := w.marked[0]
	w.marked = w.marked[1:]
	r, err := w.sessions[m.at].Delete(context.Background(), []Removal{m.row})
	if errors.Is(err, ErrMoved) {
		return
	}
	if err != nil && !errors.Is(err, ErrMass) {
		rt.Fatal(err)
	}
	if slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Task == m.row.Row && c.What == store.Deleted }) {
		for _, v := range m.seen {
			w.replace(v)
		}
	}
	w.note(m.at)
}
