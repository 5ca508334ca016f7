package dialog

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Letter is a text that is to leave the office: it is read, and changed where it
// needs to be, before it is copied or saved.
type Letter struct {
	Entry
	unit string
	done string // what became of it, "" if nothing yet
}

// NewLetter shows the notice to a unit.
func NewLetter(u *kit.Kit, unit, text string) *Letter {
	d := &Letter{Entry: *NewEntry(u, u.Say("tui.letter.title", "Unit", u.Unit(unit)), u.Say("tui.letter.note"), text, true, nil), unit: unit}
	d.Save, d.keys = u.Say("tui.letter.copy"), u.Say("tui.letter.keys")
	d.submit = func(v string) intent.Intent { return intent.SendText{Unit: unit, Text: v} }
	d.entry.Start()
	return d
}

// Key is as of any text, with keys of its own to save it and to turn to another unit.
func (d *Letter) Key(k tea.KeyPressMsg) intent.Intent {
	if d.busy {
		return nil
	}
	d.done = ""
	switch k.String() {
	case "f2":
		return intent.SaveText{Unit: d.unit, Text: d.entry.Value()}
	case "f3", "f4":
		by := 1
		if k.String() == "f3" {
			by = -1
		}
		if d.leave(d.ui, d.entry.Value() != d.before) {
			return intent.NextNotice{By: by}
		}
		return nil
	}
	return d.Entry.Key(k)
}

// Told shows what became of the text; it stays to be read, and sent elsewhere.
func (d *Letter) Told(line string) { d.done, d.before = line, d.entry.Value() }

// Help are the keys of a text, and those of a letter.
func (d *Letter) Help() [][2]string {
	u := d.ui
	return [][2]string{{"F10", u.Say("tui.letter.copy")}, {"F2", u.Say("tui.letter.save")}, {"F3 F4", u.Say("tui.letter.turn")}, {"Ctrl+G", u.Say("tui.key.outside")}, {"Esc", u.Say("tui.key.close")}}
}

func (d *Letter) Draw(w, h int) inside {
	d.read = nil
	if d.done != "" {
		d.Note = d.done
	} else {
		d.Note = d.ui.Say("tui.letter.note")
	}
	return d.Entry.Draw(w, h)
}
