package tui

import (
	"errors"
	"slices"
	"strings"
	"taizhang/sheet/ledger"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ooxml"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/theme"
)

// openPalette lists every action, with its keys, and why it is not available.
func (r *root) openPalette() {
	u := r.ui
	var items []dialog.Item
	for _, a := range r.actions {
		if a.quiet {
			continue
		}
		it := dialog.Item{Label: u.Say(a.title), Value: r.keyNames(a), Result: intent.RunAction{ID: a.id}}
		if a.why != nil {
			if it.Why = a.why(r); it.Why != "" {
				it.Value = u.Say("tui.list.not_now") // its keys are of no use just now
			}
		}
		items = append(items, it)
	}
	d := dialog.NewList(u, u.Say("tui.act.palette"), items)
	d.Search, d.Extra = true, r.lines
	r.push(d)
}

// openHelp lists the keys in force here.
func (r *root) openHelp() {
	u := r.ui
	var rows [][2]string
	add := func(k, what string) { rows = append(rows, [2]string{k, what}) }
	add(u.Say("tui.keys.updown")+" PgUp PgDn Home End", u.Say("tui.key.move"))
	for _, h := range r.rooms[r.screen].help {
		if key := h[0]; strings.HasPrefix(key, "tui.") {
			h[0] = u.Say(key)
		}
		add(h[0], u.Say(h[1]))
	}
	for _, a := range r.actions {
		if a.on == nil || slices.Contains(a.on, r.screen) {
			if k := r.keyNames(a); k != "" {
				add(k, u.Say(a.title))
			}
		}
	}
	add(u.Say("tui.keys.mouse"), u.Say("tui.key.mouse"))
	rows = append(rows, [2]string{"", ""}, [2]string{u.Say("tui.help.filter"), ""},
		[2]string{u.Say("tui.help.ime"), ""})
	r.push(dialog.NewNote(u, u.Say("tui.help.title", "Screen", u.Say(r.rooms[r.screen].title)), rows...))
}

// keyNames are the keys of an action as they stand on a keyboard.
func (r *console) keyNames(a *action) string {
	names := make([]string, 0, 3)
	for _, k := range keysOf(a, r.opt.Keys) {
		names = append(names, keyName(r.ui, k))
	}
	return strings.Join(names, "  ")
}

func keyName(u *kit.Kit, k string) string {
	switch k {
	case "space":
		return u.Say("tui.keys.space")
	case "left":
		return u.Say("tui.keys.left")
	case "right":
		return u.Say("tui.keys.right")
	}
	if k == "+" {
		return k
	}
	parts := strings.Split(k, "+")
	for i, p := range parts {
		if len(p) > 1 || i < len(parts)-1 {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		} else if len(parts) > 1 {
			parts[i] = strings.ToUpper(p)
		}
	}
	return strings.Join(parts, "+")
}

var themeTitles = map[string]string{
	"light": "tui.theme.light", "dark": "tui.theme.dark", "high-contrast": "tui.theme.contrast",
	"none": "tui.theme.none",
}

// nextTheme changes to the next theme, for this run.
func (r *root) nextTheme() {
	i := slices.Index(theme.Names, r.ui.Theme.Name)
	name := theme.Names[1:][i%(len(theme.Names)-1)]
	r.opt.Theme = name
	r.ui.Theme = theme.New(name, r.dark)
	r.say(r.ui.Say("tui.done.theme", "Name", r.ui.Say(themeTitles[name])), false)
}

// askPassword asks for the password of an encrypted workbook.
func (r *console) askPassword(err error) {
	u := r.ui
	note, _ := u.Why(err)
	d := dialog.NewEntry(u, u.Say("tui.password.title"), note, "", false,
		func(v string) intent.Intent { return intent.SetPassword{Password: v} })
	d.Secret, d.Save = true, u.Say("tui.button.open")
	if errors.Is(err, ooxml.ErrPassword) {
		d.Note = ""
		d.Wait(false, note, "")
	}
	r.push(d)
}

// quit ends the program; what still waits to be written is said first.
func (r *stage) quit() tea.Cmd {
	u := r.ui
	if len(r.jobs.open) == 0 && (r.feed.snap == nil || len(r.feed.snap.Waiting) == 0) {
		return r.leave()
	}
	note := u.Say("tui.quit.busy")
	if len(r.jobs.open) == 0 {
		note = u.Say("tui.quit.waiting", "Count", len(r.feed.snap.Waiting), "Why", r.whyWaiting())
	}
	d := dialog.NewList(u, u.Say("tui.quit.title"), []dialog.Item{
		{Label: u.Say("tui.quit.stay"), Result: intent.Closed{}},
		{Label: u.Say("tui.quit.leave"), Result: intent.QuitNow{}},
	})
	d.Note, d.Wide = note, true
	r.push(d)
	return nil
}

// lookedAt is the task whose details are shown, or else the first of those that
// actions apply to.
func (r *stage) lookedAt() *ledger.Task {
	if t := r.current().Looked(); t != nil {
		return t
	}
	return r.current().Target().Tasks[0]
}
