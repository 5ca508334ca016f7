package kit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/syncer"
)

// histories keeps what happened to the tasks that were looked at. A task's
// history is asked for when the cursor has rested on it for a moment, so that
// running down a table asks for nothing; what came is good until the ledger
// changes.
type histories struct {
	Seq     uint64
	Of      map[string][]syncer.Entry // by task
	Resting string                    // the task whose rest is being waited for
	Asking  bool                      // one at a time
}

// History is what happened to a task, as far as it is known yet.
func (u *Kit) History(task string) (entries []syncer.Entry, known bool) {
	if u.Index == nil || u.Past.Seq != u.Index.Snap.Seq {
		return nil, false
	}
	entries, known = u.Past.Of[task]
	return entries, known
}

// Stamp is a moment to the minute; the year only where it is another one.
func (u *Kit) Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if t.Year() != u.Now().Year() {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("01-02 15:04")
}

// Moment is a moment to the second, for what must be told apart.
func (u *Kit) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return u.Stamp(t) + t.Local().Format(":05")
}

// Author is who made a revision.
func (u *Kit) Author(e syncer.Entry) string {
	if a := u.Clean(e.Author); a != "" {
		return a
	}
	return u.Say("tui.history.nobody")
}

// Source is where a revision came from, in words.
func (u *Kit) Source(e syncer.Entry) string { return u.Clean(e.SourceText().In(u.Lang)) }

// SaveLine is a revision in a line: how many rows it changed, and the first of
// them; undoing and restoring are said to be that.
func (u *Kit) SaveLine(e syncer.Entry) string {
	changes := RowsOnce(e.Changes)
	if len(changes) == 0 {
		switch {
		case len(e.Settled) > 0:
			return u.Clean(e.Settled[0].Text().In(u.Lang))
		case len(e.Notes) > 0:
			return u.Clean(e.Notes[0].Text().In(u.Lang))
		case len(e.Opened) > 0:
			return u.Clean(e.Opened[0].Text().In(u.Lang))
		}
		return cmp.Or(u.note(e), u.Source(e))
	}
	rows := map[string]bool{}
	for _, c := range changes {
		rows[c.Kind+" "+c.Task] = true
	}
	if len(e.Parents) == 0 && len(changes) > 1 && !slices.ContainsFunc(changes,
		func(c syncer.Change) bool { return c.What != "added" }) {
		return u.Say("tui.history.first")
	}
	what := u.inSave(changes[0])
	if len(changes) > 1 {
		what = u.Say("tui.done.undone_more", "What", what, "Count", len(changes))
	}
	line := u.Say("tui.history.save", "Count", len(rows), "What", what)
	switch {
	case u.note(e) != "":
		line = u.note(e) + "  " + line
	case e.Source != "" && e.Source != syncer.SourceTerminal && e.Source != syncer.SourceWorkbook:
		line = u.Source(e) + "  " + line
	}
	return line
}

// note says that a revision undoes another one, goes back to one, settles a conflict or
// was made of the workbook after damage; "" for others.
func (u *Kit) note(e syncer.Entry) string {
	kind, _, _ := strings.Cut(e.Note, " ")
	if slices.Contains([]string{"undo", "restore", "resolve", "salvage"}, kind) {
		return u.Say("tui.history.note_" + kind)
	}
	return ""
}

// inSave says the first change of a revision: the row, its unit and the new value.
func (u *Kit) inSave(c syncer.Change) string {
	if c.What != "" {
		return u.Change(c)
	}
	name, unit := u.Clean(c.Title), ""
	if name == "" {
		name = u.Clean(c.Number)
	}
	if n, ok := u.Index.Find(c.Task); ok {
		unit = u.Clean(u.Index.Task(n).Lead)
	} else if e := u.Index.Ledger.Entry(c.Task); e != nil {
		unit = u.Clean(e.Unit)
	}
	to := u.Short(c.To)
	if u.Index.Snap.Disputed(c) {
		to = u.Say("tui.change.disputed", "To", to)
	}
	return u.Say("tui.change.in_save", "Task", name, "Unit", unit, "Field", u.FieldOf(c.Task, c.Field), "To", to)
}

// IsNews reports a revision that came since the person last looked.
func (u *Kit) IsNews(e syncer.Entry) bool {
	return slices.ContainsFunc(u.News, func(n syncer.Entry) bool { return n.Revision == e.Revision })
}

// NewsMark is what stands before a revision: a sign if it is news.
func (u *Kit) NewsMark(e syncer.Entry) string {
	if u.IsNews(e) {
		return "+"
	}
	return " "
}

// PastOf is what the details of a row say of its conflicts and its history.
func (u *Kit) PastOf(id string) []detail {
	var out []detail
	for _, c := range u.Index.Snap.Conflicts {
		if c.Task == id {
			out = append(out, detail{conflictDetail, u.Say("tui.detail.conflict"), u.Say("tui.detail.conflict_values",
				"Field", u.ConflictField(c), "Mine", u.Short(c.Mine), "MineBy", u.Clean(c.MineBy), "Theirs",
				u.Short(c.Theirs), "TheirsBy", u.Clean(c.TheirsBy))})
		}
	}
	entries, known := u.History(id)
	label := u.Say("tui.detail.history")
	if !known {
		return out
	}
	for _, e := range entries {
		for _, c := range e.Changes {
			what := u.Stamp(e.Time) + " " + u.Author(e) + " " + u.Say("tui.detail.change", "Field",
				u.FieldOf(c.Task, c.Field), "From", u.Short(c.From), "To", u.Short(c.To))
			if c.What == "added" {
				what = u.Stamp(e.Time) + " " + u.Author(e) + " " + u.Say("tui.change.new")
			}
			out = append(out, detail{"", label, what})
			label = ""
		}
		for _, c := range e.Settled {
			out = append(out, detail{"", label, u.Stamp(e.Time) + " " + u.Author(e) + " " +
				u.Clean(c.Text().In(u.Lang))})
			label = ""
		}
	}
	return out
}

// conflictDetail marks a detail that tells of a conflict.
const conflictDetail = "\x00conflict"

// Brief makes one change of a row that came or went: the log has one for each
// of its values.
func Brief(entries []syncer.Entry) []syncer.Entry {
	out := slices.Clone(entries)
	for i := range out {
		out[i].Changes = RowsOnce(out[i].Changes)
	}
	return out
}

func RowsOnce(changes []syncer.Change) []syncer.Change {
	var out []syncer.Change
	seen := map[string]bool{}
	for _, c := range changes {
		if c.What != "" {
			if key := c.What + " " + c.Kind + " " + c.Task; seen[key] {
				continue
			} else {
				seen[key] = true
			}
		}
		out = append(out, c)
	}
	return out
}

func Join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "  " + b
}

// Some bounds the changes that a list shows.
func Some(c []syncer.Change) []syncer.Change { return c[:min(len(c), 500)] }

// Change is one change in a line.
func (u *Kit) Change(c syncer.Change) string {
	switch c.What {
	case "added":
		return u.Say("tui.change.added", "Task", u.Ref(c.Number, c.Title))
	case "deleted":
		return u.Say("tui.change.gone", "Task", u.Ref(c.Number, c.Title))
	}
	name := u.Clean(c.Number)
	if name == "" {
		name = u.Clean(c.Title)
	}
	to := u.Short(c.To)
	if u.Index.Snap.Disputed(c) {
		to = u.Say("tui.change.disputed", "To", to)
	}
	return u.Say("tui.change.field", "Task", name, "Field", u.FieldOf(c.Task, c.Field), "To", to)
}

// ChangeCells is one change of the history: what, by whom, when.
func (u *Kit) ChangeCells(e syncer.Entry, c syncer.Change) []string {
	cells := []string{u.Ref(c.Number, c.Title), "", "", u.Clock(e.Time), u.Clean(e.Author)}
	switch c.What {
	case "added":
		cells[1] = u.Say("tui.change.new")
	case "deleted":
		cells[1] = u.Say("tui.change.deleted")
	default:
		cells[1] = u.FieldOf(c.Task, c.Field)
		to := u.Clean(c.To)
		if to == "" {
			to = u.Say("tui.done.empty")
		}
		cells[2] = u.Say("tui.change.was", "To", to, "From", u.Short(c.From))
		if c.From == "" {
			cells[2] = u.Say("tui.change.was_empty", "To", to)
		}
		if u.Index.Snap.Disputed(c) {
			cells[2] = u.Say("tui.change.disputed", "To", to)
		}
	}
	return cells
}

// LastChange is who changed a value of a task last, and when, as far as the latest
// changes tell; field "" is the row as a whole.
func (u *Kit) LastChange(task, field string) (by string, at time.Time) {
	for _, e := range u.Index.Snap.Latest {
		for _, c := range e.Changes {
			if c.Task == task && (c.Field == field || field == "" && c.What != "") {
				return u.Author(e), e.Time
			}
		}
	}
	return "", time.Time{}
}
