package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/notices"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
)

// Notices to units, which are read before they go out, and whatever is copied.

// letters are the notices that are looked through one after the other.
type letters struct {
	units []string
	at    int
	made  string            // the text of the one that is shown, as it was made
	texts map[string]string // what the person made of those that they changed, by unit
	saved map[string]string // what is saved of them
}

func newLetters(units ...string) letters {
	return letters{units: units, texts: map[string]string{}, saved: map[string]string{}}
}

// pending reports whether the notice to another unit was changed and is not saved.
func (l *letters) pending() bool {
	for unit, text := range l.texts {
		if unit != l.unit() && l.saved[unit] != text {
			return true
		}
	}
	return false
}

// one is a notice by itself, from which the person may turn to any other unit.
func (l *letters) one() bool { return len(l.units) < 2 }

// unit is the unit whose notice is shown.
func (l *letters) unit() string { return l.units[l.at] }

// openLetter shows the notice to the unit that the cursor stands for, to be read
// before it goes out.
func (r *stage) openLetter() tea.Cmd {
	unit, _ := r.unitHere()
	r.letters = newLetters(unit)
	return r.letter()
}

// letterMsg is a notice, made away from the interface.
type letterMsg struct {
	op         int
	unit, text string
}

// noticeOptions are how notices are set.
func (r *console) noticeOptions() notices.Options {
	opt := r.opt.Notice
	opt.Lang = r.ui.Lang
	return opt
}

func (r *console) letter() tea.Cmd {
	u, unit, opt := r.ui, r.letters.unit(), r.noticeOptions()
	l := u.Index.Ledger
	id := r.jobs.begin(u.Say("tui.op.remind"), nil, r.ui.Now())
	return tea.Batch(r.startTick(), func() tea.Msg { return letterMsg{id, unit, notices.Text(l, unit, opt)} })
}

func (r *console) tookLetter(m letterMsg) {
	r.jobs.end(m.op)
	if d, ok := r.dialogs.top().(*dialog.Letter); ok {
		r.dialogs.close(d) // the one to the unit before
	}
	k := &r.letters
	k.made = m.text
	text, held := m.text, m.text
	if changed, ok := k.texts[m.unit]; ok {
		text = changed
	}
	if saved, ok := k.saved[m.unit]; ok {
		held = saved
	}
	r.push(dialog.NewLetter(r.ui, m.unit, held, text, k.at+1, len(k.units), k.pending()))
}

// keepLetter keeps what the person made of the notice that is shown.
func (r *console) keepLetter() {
	d, ok := r.dialogs.top().(*dialog.Letter)
	if !ok {
		return
	}
	if d.Text() != r.letters.made {
		r.letters.texts[d.Unit()] = d.Text()
	} else {
		delete(r.letters.texts, d.Unit())
	}
}

// nextNotice shows the notice to the next unit, or the one before: of those that were
// chosen, or else of all.
func (r *console) nextNotice(by int) tea.Cmd {
	r.keepLetter()
	k := &r.letters
	if k.one() {
		all := r.ui.Index.Units
		if len(all) == 0 {
			return nil
		}
		i := slices.IndexFunc(all, func(c ledger.UnitCounts) bool { return c.Unit == k.unit() })
		k.units = []string{all[(i+by+len(all))%len(all)].Unit}
	} else {
		k.at = (k.at + by + len(k.units)) % len(k.units)
	}
	return r.letter()
}

// noticesMsg is the units that can get a notice.
type noticesMsg struct {
	op            int
	names, values []string
	owing         map[string]bool
}

// pickNotices asks which units get a notice; those that owe something are marked.
func (r *console) pickNotices() tea.Cmd {
	r.keepLetter()
	u := r.ui
	l := u.Index.Ledger
	id := r.jobs.begin(u.Say("tui.op.remind"), nil, u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		m := noticesMsg{op: id, owing: map[string]bool{}}
		known := map[string]bool{"": true}
		add := func(unit, value string) {
			if !known[unit] {
				known[unit] = true
				m.names, m.values = append(m.names, unit), append(m.values, value)
			}
		}
		for _, n := range notices.All(l) { // the most urgent first
			m.owing[n.Unit] = n.Unit != ""
			add(n.Unit, strings.TrimSpace(u.Say("tui.letter.owes", "Overdue", len(n.Overdue), "Soon", len(n.DueSoon),
				"Stale", len(n.Stale), "Unmet", len(n.Unmet), "Entries", len(n.Entries))))
		}
		for _, c := range l.ByUnit {
			add(c.Unit, "")
		}
		return m
	})
}

func (r *console) tookNotices(m noticesMsg) {
	r.jobs.end(m.op)
	u := r.ui
	labels := make([]string, len(m.names))
	for i, n := range m.names {
		labels[i] = u.Unit(n)
	}
	r.push(dialog.NewPick(u, u.Say("tui.letter.pick_title"), u.Say("tui.letter.pick_note"), m.names, labels, m.values,
		m.owing,
		func(units []string) intent.Intent { return intent.ShowNotices{Units: units} }))
}

// saveLetters saves the notice on the screen, or all that are looked through, as Word
// documents.
func (r *console) saveLetters(all bool) tea.Cmd {
	r.keepLetter()
	u, save, ctx, opt := r.ui, r.opt.SaveLetters, r.ctx, r.noticeOptions()
	units := []string{r.letters.unit()}
	if all {
		units = slices.Clone(r.letters.units)
	}
	l := u.Index.Ledger
	list := make([]Letter, len(units))
	for i, unit := range units {
		list[i] = Letter{unit, r.letters.texts[unit]}
	}
	id := r.jobs.begin(u.Say("tui.op.save"), r.dialogs.top(), u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		m := sentMsg{op: id, saved: units}
		if save == nil {
			m.err = errNotOffered
			return m
		}
		for i := range list {
			if list[i].Text == "" {
				list[i].Text = notices.Text(l, list[i].Unit, opt)
			}
		}
		var path string
		path, m.err = save(ctx, list)
		m.made = path
		m.line = u.Say("tui.letter.saved_word", "Count", len(list), "File", path)
		return m
	})
}

// sentMsg tells what became of a text.
type sentMsg struct {
	op    int
	line  string
	err   error
	osc   string   // to be sent to the terminal's clipboard as well; "" for nothing
	made  string   // the file or folder that was made, "" if none was
	saved []string // the units whose notices are saved or copied by now
}

// sendText copies a text: to the desktop's clipboard if there is one, which can be
// known to have worked; else by the terminal, which says nothing, and a file holds the
// text too.
func (r *console) sendText(a intent.SendText) tea.Cmd {
	return r.copy(a.Text, r.ui.Unit(a.Unit), r.dialogs.top(), a.Unit)
}

// copy copies a text and says truly what became of it; name is what a file of it is
// called. units are those whose notice it is.
func (r *console) copy(text, name string, d dialog.Dialog, units ...string) tea.Cmd {
	u, clip, save, ctx := r.ui, r.opt.Clipboard, r.opt.Save, r.ctx
	id := r.jobs.begin(u.Say("tui.op.copy"), d, u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		if clip != nil && clip(ctx, text) == nil {
			return sentMsg{op: id, line: u.Say("tui.copy.done"), saved: units}
		}
		if save == nil {
			return sentMsg{op: id, line: u.Say("tui.copy.terminal"), osc: text}
		}
		file, err := save(ctx, name, text)
		if err != nil {
			return sentMsg{op: id, line: u.Say("tui.copy.terminal"), osc: text}
		}
		return sentMsg{op: id, line: u.Say("tui.copy.terminal_file", "File", file), osc: text, saved: units}
	})
}

// saveText writes a text beside the ledger.
func (r *console) saveText(a intent.SaveText) tea.Cmd {
	u, save, ctx := r.ui, r.opt.Save, r.ctx
	id := r.jobs.begin(u.Say("tui.op.save"), r.dialogs.top(), u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		if save == nil {
			return sentMsg{op: id, err: errNotOffered}
		}
		file, err := save(ctx, u.Unit(a.Unit), a.Text)
		return sentMsg{op: id, line: u.Say("tui.letter.saved", "File", file), err: err, made: file,
			saved: []string{a.Unit}}
	})
}

func (r *console) sent(m sentMsg) tea.Cmd {
	o := r.jobs.end(m.op)
	var cmds []tea.Cmd
	if m.osc != "" {
		cmds = append(cmds, tea.SetClipboard(m.osc))
	}
	if m.err == nil && m.made != "" {
		r.made = m.made
	}
	letter, ok := o.dialog.(*dialog.Letter)
	switch {
	case m.err != nil && o.dialog != nil && r.dialogs.has(o.dialog):
		sentence, hint := r.ui.Why(m.err)
		o.dialog.Wait(false, sentence, hint)
	case m.err != nil:
		r.fail(m.err)
	case ok && r.dialogs.has(letter):
		letter.Wait(false, "", "")
		r.keepLetter()
		for _, unit := range m.saved {
			if text, ok := r.letters.texts[unit]; ok {
				r.letters.saved[unit] = text
			}
		}
		letter.Told(m.line, r.letters.pending())
	default:
		r.say(m.line, false)
	}
	return tea.Batch(append(cmds, r.startTick())...)
}

func canPickNotices(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if len(r.ui.Index.Units) == 0 {
		return r.ui.Say("tui.why.no_units")
	}
	return ""
}
