package dialog

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Conflicts shows all conflicts that one save of somebody else left, whole, and settles
// them together. It shows them as they stand; only what was shown is decided about.
type Conflicts struct {
	sides
	by    string
	at    time.Time
	shown []syncer.Conflict // as drawn last
	of    *index.Index      // what shown was read from
	body  []string          // the conflicts as drawn, nil if they must be drawn anew
	w     int               // and in how many cells
}

// OfOneSave are the open conflicts that came with the same save as c.
func OfOneSave(u *kit.Kit, c syncer.Conflict) []syncer.Conflict {
	var out []syncer.Conflict
	for _, o := range u.Index.Snap.Conflicts {
		if o.TheirsBy == c.TheirsBy && o.TheirsAt.Equal(c.TheirsAt) {
			out = append(out, o)
		}
	}
	return out
}

// NewConflicts shows the conflicts that came with the same save as c.
func NewConflicts(u *kit.Kit, c syncer.Conflict) *Conflicts {
	return &Conflicts{sides: sides{ui: u}, by: c.TheirsBy, at: c.TheirsAt, shown: OfOneSave(u, c), of: u.Index}
}

func (d *Conflicts) choices() []choice {
	u, why := d.ui, d.ui.CannotChange()
	if len(d.shown) == 0 {
		why = u.Say("tui.moved.settled")
	}
	all := func(pick string) intent.Intent {
		var out []syncer.Decision
		for _, c := range d.shown {
			out = append(out, syncer.Decision{Conflict: c.ID, Choice: pick, Seen: syncer.Saw(c.Mine)})
		}
		return intent.SettleAll{Decisions: out}
	}
	return []choice{
		{u.Say("tui.many.back"), "", intent.Closed{}},
		{u.Say("tui.conflicts.mine", "Count", len(d.shown)), why, all(syncer.Mine)},
		{u.Say("tui.conflicts.theirs", "Count", len(d.shown)), why, all(syncer.Theirs)},
	}
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Conflicts) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Conflicts) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Conflicts) Help() [][2]string { return d.help(d.ui.Say("tui.many.back")) }

func (d *Conflicts) Draw(w, h int) inside {
	u := d.ui
	if d.of != u.Index {
		before := d.shown
		d.shown = OfOneSave(u, syncer.Conflict{TheirsBy: d.by, TheirsAt: d.at})
		if !slices.Equal(before, d.shown) {
			d.moved = u.Say("tui.conflicts.moved")
		}
		d.of, d.body = u.Index, nil
	}
	if d.body == nil || d.w != w {
		d.body, d.w = d.drawAll(w), w
	}
	title := u.Say("tui.conflicts.title", "Count", len(d.shown), "By", u.Clean(d.by), "At", u.Stamp(d.at))
	return d.assemble(title, u.Say("tui.conflicts.note"), d.body, d.choices(), w, h)
}

// drawAll draws the conflicts. There may be thousands: not every frame draws them.
func (d *Conflicts) drawAll(w int) []string {
	u := d.ui
	body := []string{}
	for _, c := range d.shown {
		body = append(body, u.FitStyled(u.Theme.Strong.On(u.Ref(c.Number, c.Title))+"  "+
			u.Theme.Dim.On(u.ConflictField(c)), w))
		both := []side{
			{u.Say("tui.conflict.mine"), c.MineBy, c.MineAt, c.Mine},
			{u.Say("tui.conflict.theirs"), c.TheirsBy, c.TheirsAt, c.Theirs},
		}
		for _, l := range d.stacked(c.Base, both, w-2) {
			body = append(body, "  "+l)
		}
	}
	return body
}
