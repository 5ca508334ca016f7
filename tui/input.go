package tui

import (
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
	if d := r.top(); d != nil {
		if d.waits() && (name == "esc" || name == "ctrl+c") {
			r.close(d) // what was decided goes on, and is told when it is done
			return nil
		}
		return r.answer(d, d.key(k))
	}
	if r.phase != ready {
		return r.pressedEarly(name)
	}
	if r.screen == onTasks && r.tasks.typing {
		if res, taken := r.tasks.typed(k); taken {
			return r.handle(res)
		}
	}
	if a := r.keys.find(name, r.screen); a != nil {
		if name == "esc" && a.why != nil && a.why(r) != "" {
			r.toast = "" // who presses it to be safe is not told off
			return nil
		}
		return r.run(a)
	}
	if why := r.elsewhere(name); why != "" {
		r.say(why, true)
		return r.startTick()
	}
	return r.handle(r.current().key(k))
}

// elsewhere says where the action of a key is to be found that means nothing on
// this screen; "" for keys that move.
func (r *root) elsewhere(name string) string {
	switch name {
	case "left", "right", "esc", "space", "j", "k", "J", "K", "G", "ctrl+b", "ctrl+f":
		return ""
	}
	for _, a := range r.keys[name] {
		return r.ui.say("tui.why.elsewhere", "Action", r.ui.say(a.title), "Screen", r.ui.say(screenTitles[a.on[0]]), "Number", a.on[0]+1)
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
		r.push(r.mapper.list())
	case r.phase == failed && name == "backspace" && r.ui.opt.Start != nil:
		r.phase = choosing
		r.openStart()
	case r.phase == failed && name == "enter" && r.ui.opt.Load != nil:
		return r.open("")
	}
	return nil
}

// answer does what a dialog decided.
func (r *root) answer(d dialog, res any) tea.Cmd {
	switch res.(type) {
	case nil:
		return nil
	case closed:
		r.close(d)
		return nil
	}
	return r.handle(res)
}

func (r *root) pasted(s string) {
	if d := r.top(); d != nil {
		d.paste(s)
	} else if r.screen == onTasks && r.tasks.typing {
		r.tasks.filter.Insert(s)
		r.tasks.refilter()
	}
}

// double is how soon after a click another one makes it a double click.
const double = 400 * time.Millisecond

func (r *root) clicked(m tea.MouseClickMsg) tea.Cmd {
	if m.Button != tea.MouseLeft {
		return nil
	}
	now := r.ui.now()
	at := spot{m.X, m.Y}
	twice := at == r.lastAt && now.Sub(r.lastClick) < double
	r.lastClick, r.lastAt = now, at
	if twice {
		r.lastClick = time.Time{} // a third click begins anew
	}
	if d := r.top(); d != nil {
		b := r.dialogBox
		if m.X < b.x || m.X >= b.x+b.w || m.Y < b.y || m.Y >= b.y+b.h {
			return nil
		}
		return r.answer(d, d.click(m.X-b.x-2, m.Y-b.y-1, twice))
	}
	if r.phase != ready {
		return nil
	}
	if r.toast != "" && m.Y >= r.toastTop() && m.Y < r.h-1 {
		r.toast = "" // what is under it cannot be meant
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
	return r.handle(r.current().click(m.X, m.Y-1, twice))
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
	if d := r.top(); d != nil {
		d.wheel(n)
		return nil
	}
	if r.phase != ready {
		return nil
	}
	return r.handle(r.current().wheel(m.X, m.Y-1, n))
}
