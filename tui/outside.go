package tui

import (
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/dialog"
)

// editedMsg is what a person's own editor left.
type editedMsg struct {
	entry *dialog.Entry
	text  string
	err   error
}

// editOutside has a text edited in the person's own editor; what it leaves replaces
// the text in the dialog, where it can be undone and is saved as ever.
func (r *console) editOutside(text string) tea.Cmd {
	entry, ok := r.dialogs.top().(*dialog.Entry)
	if !ok {
		return nil
	}
	if r.opt.Editor == nil {
		entry.Wait(false, r.ui.Say("tui.why.not_offered"), "")
		return nil
	}
	cmd, read, err := r.opt.Editor(text)
	if err != nil {
		sentence, hint := r.ui.Why(err)
		entry.Wait(false, sentence, hint)
		return nil
	}
	return tea.ExecProcess(cmd, func(err error) tea.Msg {
		text, failed := read()
		if err == nil {
			err = failed
		}
		return editedMsg{entry, text, err}
	})
}

func (r *console) edited(m editedMsg) {
	if m.err != nil {
		sentence, hint := r.ui.Why(m.err)
		m.entry.Wait(false, sentence, hint)
		return
	}
	m.entry.Replace(m.text)
}

// openedOutsideMsg tells whether the desktop took a file or folder.
type openedOutsideMsg struct {
	op   int
	path string
	err  error
}

// openOutside has the desktop open a file, with the program that it has for it, or a
// folder.
func (r *console) openOutside(path string) tea.Cmd {
	open, ctx := r.opt.Open, r.ctx
	id := r.jobs.begin(r.ui.Say("tui.op.open_outside"), nil, r.ui.Now())
	return tea.Batch(r.startTick(), func() tea.Msg { return openedOutsideMsg{id, path, open(ctx, path)} })
}

func (r *console) tookOutside(m openedOutsideMsg) {
	r.jobs.end(m.op)
	if m.err != nil {
		r.fail(m.err)
		return
	}
	r.say(r.ui.Say("tui.done.opened_outside", "File", filepath.Base(m.path)), false)
}

func canOpenBook(r *root) string { return r.offered(r.opt.Open != nil, needsLedger) }

func canOpenMade(r *root) string {
	if why := canOpenBook(r); why != "" {
		return why
	}
	if r.made == "" {
		return r.ui.Say("tui.why.nothing_made")
	}
	return ""
}
