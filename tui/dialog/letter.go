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
	unit    string
	at, all int    // which of the letters that are looked through it is; 0, 0: the only one
	pending bool   // another of them was changed and is not saved
	done    string // what became of it, "" if nothing yet
}

// NewLetter shows the notice to a unit: held is its text as it was made or saved last,
// text what the person made of it. It is letter at of all; pending tells that another
// one is changed and not saved.
func NewLetter(u *kit.Kit, unit, held, text string, at, all int, pending bool) *Letter {
	title := u.Say("tui.letter.title", "Unit", u.Unit(unit))
	if all > 1 {
		title = u.Say("tui.letter.title_of", "Unit", u.Unit(unit), "At", at, "All", all)
	}
	d := &Letter{Entry: *NewEntry(u, title, "", text, true, nil), unit: unit, at: at, all: all, pending: pending}
	d.before = held
	d.Save, d.keys = u.Say("tui.letter.copy"), u.Say("tui.letter.keys", "All", all)
	d.submit = func(v string) intent.Intent { return intent.SendText{Unit: unit, Text: v} }
	d.entry.Start()
	return d
}

// Unit is whom the letter is to, and Text what it says by now.
func (d *Letter) Unit() string { return d.unit }

func (d *Letter) Text() string { return d.entry.Value() }

// Key is as of any text, with keys of its own to save it and to turn to another unit.
func (d *Letter) Key(k tea.KeyPressMsg) intent.Intent {
	if d.busy {
		return nil
	}
	d.done = ""
	switch k.String() {
	case "f2":
		return intent.SaveText{Unit: d.unit, Text: d.entry.Value()}
	case "f5":
		return intent.SaveLetters{}
	case "f6":
		if d.all > 1 {
			return intent.SaveLetters{All: true}
		}
		return nil
	case "f3":
		return intent.NextNotice{By: -1}
	case "f4":
		return intent.NextNotice{By: 1}
	case "f7":
		return intent.PickNotices{}
	case "esc", "ctrl+c":
		if !d.pending || d.leaving {
			break
		}
		d.leaving, d.sentence, d.hint = true, d.ui.Say("tui.letter.unsaved", "All", d.all), ""
		return nil
	}
	return d.Entry.Key(k)
}

// Told shows what became of the text; it stays to be read, and sent elsewhere.
func (d *Letter) Told(line string, pending bool) {
	d.done, d.before, d.pending = line, d.entry.Value(), pending
}

// Help are the keys of a text, and those of a letter.
func (d *Letter) Help() [][2]string {
	u := d.ui
	out := [][2]string{{"F10", u.Say("tui.letter.copy")}, {"F2", u.Say("tui.letter.save")}, {"F5", "Word"}}
	if d.all > 1 {
		out = append(out, [2]string{"F6", u.Say("tui.letter.save_all_short")})
	}
	return append(out, [2]string{"F3 F4", u.Say("tui.letter.turn")}, [2]string{"F7", u.Say("tui.letter.pick")},
		[2]string{"Ctrl+G", u.Say("tui.key.outside")}, [2]string{"Esc", u.Say("tui.key.close")})
}

func (d *Letter) Draw(w, h int) inside {
	d.read = nil
	d.Note = d.done
	if d.done == "" {
		d.Note = d.ui.Say("tui.letter.note")
	}
	return d.Entry.Draw(w, h)
}
