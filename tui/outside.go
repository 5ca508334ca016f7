package tui

import (
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
func (r *root) editOutside(text string) tea.Cmd {
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

func (r *root) edited(m editedMsg) {
	if m.err != nil {
		sentence, hint := r.ui.Why(m.err)
		m.entry.Wait(false, sentence, hint)
		return
	}
	m.entry.Replace(m.text)
}
