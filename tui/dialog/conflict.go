package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Conflict shows the three values of a conflict under each other, and lets a
// person choose: what the ledger holds, what the other side brought, or a value of
// their own. What it shows is what it began with; that something moved meanwhile
// is said, and asked about when the choice is carried out.
type Conflict struct {
	sides
	c    syncer.Conflict
	more int    // other conflicts that are open
	why  string // why nothing can be chosen, "" if it can
}

// NewConflict shows c; more others are open, and why tells why nothing can be
// chosen, "" if it can.
func NewConflict(u *kit.Kit, c syncer.Conflict, more int, why string) *Conflict {
	return &Conflict{sides: sides{ui: u}, c: c, more: more, why: why}
}

func (d *Conflict) choices() []choice {
	u, id, seen := d.ui, d.c.ID, d.c.Mine
	out := []choice{
		{u.Say("tui.conflict.take_mine"), d.why, intent.SettleConflict{ID: id, Choice: syncer.Mine, Seen: seen}},
		{u.Say("tui.conflict.take_theirs"), d.why, intent.SettleConflict{ID: id, Choice: syncer.Theirs, Seen: seen}},
	}
	if d.c.Field != "" {
		out = append(out,
			choice{u.Say("tui.conflict.own"), d.why, intent.TypeConflict{ID: id, Value: d.c.Mine, Seen: seen}},
			choice{u.Say("tui.conflict.join"), d.why, intent.TypeConflict{ID: id,
				Value: kit.Joined(d.c.Base, d.c.Mine, d.c.Theirs), Seen: seen}})
	}
	if n := len(OfOneSave(u, d.c)); n > 1 {
		out = append(out, choice{u.Say("tui.conflicts.all", "Count", n), d.why, intent.OpenSave{ID: id}})
	}
	return append(out, choice{u.Say("tui.conflict.later"), "", intent.Closed{}})
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Conflict) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Conflict) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Conflict) Help() [][2]string { return d.help(d.ui.Say("tui.conflict.later")) }

func (d *Conflict) Draw(w, h int) inside {
	u, c := d.ui, d.c
	d.moved = d.stirred()
	// What is chosen from stands first, so that as much of it as can be is in view.
	body := d.stacked(c.Base, []side{
		{u.Say("tui.conflict.mine"), c.MineBy, c.MineAt, c.Mine},
		{u.Say("tui.conflict.theirs"), c.TheirsBy, c.TheirsAt, c.Theirs},
		{label: u.Say("tui.conflict.base"), text: c.Base},
	}, w)
	note := ""
	if d.more > 0 {
		note = u.Say("tui.conflict.more", "Count", d.more)
	}
	title := u.Say("tui.conflict.title", "Task", u.Ref(c.Number, c.Title), "Field", u.ConflictField(c))
	return d.assemble(title, note, body, d.choices(), w, h)
}

// stirred says what became of the conflict since it is shown; "" if nothing did.
func (d *Conflict) stirred() string {
	u := d.ui
	if u.Index == nil {
		return ""
	}
	now := u.Index.Snap.Conflicts
	i := slices.IndexFunc(now, func(c syncer.Conflict) bool { return c.ID == d.c.ID })
	if i < 0 {
		return u.Say("tui.moved.settled")
	}
	if c := now[i]; c.Mine != d.c.Mine {
		return u.Say("tui.moved.one", "Now", u.ShortPast(d.c.Mine, c.Mine), "By", u.Clean(c.MineBy), "At",
			u.Stamp(c.MineAt))
	}
	return ""
}
