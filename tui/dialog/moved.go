package dialog

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Moved asks what is to become of what a person typed over values that are not what
// they saw. It stands over the dialog in which they typed, which keeps their text:
// Esc leads back to it. What they choose is carried out with what they see now.
type Moved struct {
	sides
	asked  intent.Intent // intent.SetField or intent.SettleConflict
	values []syncer.Moved
}

// NewMoved asks about an intent that was refused because of values.
func NewMoved(u *kit.Kit, asked intent.Intent, values []syncer.Moved) *Moved {
	return &Moved{sides: sides{ui: u}, asked: asked, values: values}
}

func (d *Moved) choices() []choice {
	u := d.ui
	drop := choice{u.Say("tui.moved.drop"), "", intent.Abandon{}}
	one := d.values[0]
	switch a := d.asked.(type) {
	case intent.SettleConflict:
		a.Seen = one.Now
		join := intent.TypeConflict{ID: a.ID, Value: kit.Joined(one.Seen, one.Now, one.Typed), Seen: one.Now}
		return []choice{{u.Say("tui.moved.overwrite"), "", a}, {u.Say("tui.moved.join"), "", join}, drop}
	case intent.ChangeEvent:
		a.Seen = maps.Clone(a.Seen)
		for _, m := range d.values {
			a.Seen[m.Field] = m.Now
		}
		return []choice{{u.Say("tui.moved.overwrite"), "", a}, drop}
	case intent.SetField:
		over, later := a, a
		later.KeepBoth = true
		over.Seen = maps.Clone(a.Seen)
		gone := ""
		for _, m := range d.values {
			if over.Seen[m.Task] = m.Now; m.Gone {
				gone = u.Say("tui.moved.why_gone")
			}
		}
		if len(d.values) == 1 && len(a.Tasks) == 1 {
			join := over
			join.Value = kit.Joined(one.Seen, one.Now, one.Typed)
			why := gone
			if why == "" && hasChoices(u, a.Tasks, a.Field) {
				why = u.Say("tui.moved.why_choice")
			}
			return []choice{
				{u.Say("tui.moved.overwrite"), gone, over}, {u.Say("tui.moved.join"), why,
					intent.TypeJoined{Set: join}},
				{u.Say("tui.moved.later"), "", later}, drop,
			}
		}
		rest, none := over, ""
		rest.Tasks = slices.DeleteFunc(slices.Clone(a.Tasks), func(id string) bool {
			return slices.ContainsFunc(d.values, func(m syncer.Moved) bool { return m.Task == id })
		})
		if len(rest.Tasks) == 0 {
			none = u.Say("tui.moved.why_none")
		}
		return []choice{
			{u.Say("tui.moved.overwrite_all", "Count", len(a.Tasks)), gone, over},
			{u.Say("tui.moved.rest", "Count", len(rest.Tasks)), none, rest},
			{u.Say("tui.moved.later"), "", later}, drop,
		}
	}
	return []choice{drop}
}

// hasChoices reports whether a field of those rows is chosen from a list.
func hasChoices(u *kit.Kit, ids []string, field string) bool {
	if e := u.FirstEntry(ids); e != nil {
		return len(u.EntryChoices(e, field)) > 0
	}
	t := u.First(ids)
	return t != nil && len(u.Choices(t, field)) > 0
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Moved) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Moved) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Moved) Help() [][2]string { return d.help(d.ui.Say("tui.key.back_to_text")) }

func (d *Moved) Draw(w, h int) inside {
	u := d.ui
	one := d.values[0]
	field := u.ConflictField(syncer.Conflict{Field: one.Field, Heading: one.Heading})
	if len(d.values) == 1 {
		now := one.Now
		if one.Gone {
			now = u.Say("tui.moved.row_gone")
		}
		body := d.stacked(one.Seen, []side{
			{label: u.Say("tui.moved.seen"), text: one.Seen},
			{u.Say("tui.moved.now"), one.By, one.At, now},
			{label: u.Say("tui.moved.typed"), text: one.Typed},
		}, w)
		return d.assemble(u.Say("tui.moved.title", "Task", u.Ref(one.Number, one.Title), "Field", field),
			u.Say("tui.moved.note"), body, d.choices(), w, h)
	}
	var body []string
	for _, m := range d.values {
		now := u.Short(m.Now)
		if m.Gone {
			now = u.Say("tui.moved.row_gone")
		}
		body = append(body, u.Theme.Strong.On(u.Fit(u.Ref(m.Number, m.Title), w)))
		line := u.Say("tui.moved.line", "Seen", u.Short(m.Seen), "Now", now, "Typed", u.Short(m.Typed), "By",
			u.Clean(m.By), "At", u.Stamp(m.At))
		for _, l := range u.Wrap(line, w-2) {
			body = append(body, "  "+u.Fit(l, w-2))
		}
	}
	return d.assemble(u.Say("tui.moved.title_many", "Count", len(d.values), "Field", field), u.Say("tui.moved.note"),
		body, d.choices(), w, h)
}
