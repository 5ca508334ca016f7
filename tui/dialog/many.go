package dialog

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// ManyRows is how many rows may change at once without a question.
const ManyRows = 20

// Many shows what many rows become, before and after, and asks whether that is
// meant. It stands over the dialog in which the value was chosen.
type Many struct {
	sides
	set intent.SetField
}

// NewMany asks about a change of many rows.
func NewMany(u *kit.Kit, set intent.SetField) *Many { return &Many{sides: sides{ui: u}, set: set} }

func (d *Many) choices() []choice {
	sure := d.set
	sure.Sure = true
	return []choice{
		{d.ui.Say("tui.many.back"), "", intent.Closed{}},
		{d.ui.Say("tui.many.yes", "Count", len(d.set.Tasks)), "", sure},
	}
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Many) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Many) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Many) Help() [][2]string { return d.help(d.ui.Say("tui.many.back")) }

func (d *Many) Draw(w, h int) inside {
	u := d.ui
	half := max(6, (w-4)*2/3/2)
	name := max(6, w-4-2*half)
	line := func(a, b, c string) string { return u.Fit(a, name) + "  " + u.Fit(b, half) + "  " + u.Fit(c, half) }
	body := []string{u.FitStyled(u.Theme.Title.On(line(u.Say("tui.many.task"), u.Say("tui.history.before"),
		u.Say("tui.history.after"))), w)}
	var same []string // what does not change stands last
	for _, id := range d.set.Tasks[:min(len(d.set.Tasks), 2000)] {
		before, ok := u.HeldBy(id, d.set.Field)
		if !ok {
			continue
		}
		row := u.FitStyled(line(u.RowName(id), u.Short(before), u.Short(d.set.Value)), w)
		if before == d.set.Value {
			same = append(same, u.Theme.Dim.On(row))
			continue
		}
		body = append(body, row)
	}
	body = append(body, same...)
	note := u.Say("tui.many.note", "Same", len(same))
	return d.assemble(u.Say("tui.many.title", "Count", len(d.set.Tasks), "Field",
		u.FieldOf(d.set.Tasks[0], d.set.Field)), note, body, d.choices(), w, h)
}
