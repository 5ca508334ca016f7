package tui

import (
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pressed routes a key: to the dialog on top, else to what is being typed, else
// to an action in force here, else to the screen.
func (r *root) pressed(k tea.KeyPressMsg) tea.Cmd {
	if k.Code == tea.KeyEscape {
		k.Mod = 0 // two quick presses arrive as Alt with Escape
	}
	name := k.String()
	r.said.giveWay(r.ui.Now())
	if d := r.dialogs.top(); d != nil {
		if d.Waits() && (name == "esc" || name == "ctrl+c") {
			r.dialogs.close(d) // what was decided goes on, and is told when it is done
			return nil
		}
		return r.answer(d, d.Key(k))
	}
	if r.phase != ready {
		return r.pressedEarly(name)
	}
	if t := r.typing(); t != nil {
		if res, taken := t.Typed(k); taken {
			return r.handle(res)
		}
	}
	if a := r.keys.find(name, r.screen); a != nil {
		if name == "esc" && a.why != nil && a.why(r) != "" {
			r.said.drop() // who presses it to be safe is not told off
			return nil
		}
		return r.run(a)
	}
	if why := r.elsewhere(name); why != "" {
		r.say(why, true)
		return r.startTick()
	}
	return r.handle(r.current().Key(k))
}

// elsewhere says where the action of a key is to be found that means nothing on
// this screen; "" for keys that move.
func (r *root) elsewhere(name string) string {
	switch name {
	case "left", "right", "esc", "space", "j", "k", "J", "K", "G", "ctrl+b", "ctrl+f":
		return ""
	}
	for _, a := range r.keys[name] {
		room := r.rooms[a.on[0]]
		return r.ui.Say("tui.why.elsewhere", "Action", r.ui.Say(a.title), "Screen", r.ui.Say(room.title), "Key",
			a.on[0]+1)
	}
	return ""
}

// pressedEarly takes keys while there is no ledger on the screen.
func (r *root) pressedEarly(name string) tea.Cmd {
	switch {
	case name == "ctrl+c" || name == "q" || name == "esc":
		return tea.Quit
	case r.phase == choosing:
		r.openStart()
	case r.phase == failed && (name == "f9" || name == "m") && r.mapper != nil:
		r.push(r.mapper.List())
	case r.phase == failed && name == "backspace" && r.opt.Start != nil:
		r.phase = choosing
		r.openStart()
	case r.phase == failed && name == "enter" && r.opt.Load != nil:
		return r.open("")
	}
	return nil
}

// answer does what a dialog decided.
func (r *root) answer(d dialog.Dialog, res intent.Intent) tea.Cmd {
	switch res.(type) {
	case nil:
		return nil
	case intent.Closed:
		r.dialogs.close(d)
		return nil
	}
	return r.handle(res)
}

func (r *stage) pasted(s string) {
	if d := r.dialogs.top(); d != nil {
		d.Paste(s)
	} else if t := r.typing(); t != nil {
		t.Insert(s)
	}
}

// double is how soon after a click another one makes it a double click.
const double = 400 * time.Millisecond

// mouse is what clicks are understood by.
type mouse struct {
	last   time.Time // the last click
	at     kit.Spot  // where it was
	dialog kit.Box   // where the dialog on top was drawn
}

// clicked notes a click, and reports whether it is the second of a double click.
func (m *mouse) clicked(at kit.Spot, now time.Time) bool {
	twice := at == m.at && now.Sub(m.last) < double
	m.last, m.at = now, at
	if twice {
		m.last = time.Time{} // a third click begins anew
	}
	return twice
}

func (r *root) clicked(m tea.MouseClickMsg) tea.Cmd {
	if m.Button != tea.MouseLeft {
		return nil
	}
	twice := r.mouse.clicked(kit.Spot{X: m.X, Y: m.Y}, r.ui.Now())
	if d := r.dialogs.top(); d != nil {
		b := r.mouse.dialog
		if m.X < b.X || m.X >= b.X+b.W || m.Y < b.Y || m.Y >= b.Y+b.H {
			return nil
		}
		return r.answer(d, d.Click(m.X-b.X-2, m.Y-b.Y-1, twice))
	}
	if r.phase != ready {
		return nil
	}
	if r.said.text != "" && m.Y >= r.noticeTop() && m.Y < r.h-1 {
		r.said.drop() // what is under it cannot be meant
		return nil
	}
	if m.Y == 0 {
		if i := r.tabAt(m.X); i >= 0 {
			r.screen = i
		}
		return nil
	}
	if m.Y == r.h-2 {
		if a := r.hintAt(m.X); a != nil {
			return r.run(a)
		}
		return nil
	}
	return r.handle(r.current().Click(m.X, m.Y-1, twice))
}

func (r *root) wheeled(m tea.MouseWheelMsg) tea.Cmd {
	n := 0
	switch m.Button {
	case tea.MouseWheelUp:
		n = -3
	case tea.MouseWheelDown:
		n = 3
	default:
		return nil
	}
	if d := r.dialogs.top(); d != nil {
		d.Wheel(n)
		return nil
	}
	if r.phase != ready {
		return nil
	}
	return r.handle(r.current().Wheel(m.X, m.Y-1, n))
}
