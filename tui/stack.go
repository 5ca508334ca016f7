package tui

import (
	"slices"

	"taizhang/tui/dialog"
)

// stack are the open dialogs; the last one has the keys.
type stack []dialog.Dialog

// top is the dialog that has the keys, nil if none is open.
func (s stack) top() dialog.Dialog {
	if len(s) == 0 {
		return nil
	}
	return s[len(s)-1]
}

// close takes a dialog, and those over it, off the stack.
func (s *stack) close(d dialog.Dialog) {
	if i := slices.Index(*s, d); i >= 0 {
		*s = (*s)[:i]
	}
}

// has reports whether a dialog is open.
func (s stack) has(d dialog.Dialog) bool { return slices.Index(s, d) >= 0 }

// push opens a dialog. What was said before gives way to its keys.
func (r *console) push(d dialog.Dialog) {
	r.said.drop()
	r.dialogs = append(r.dialogs, d)
}

// typed is the dialog in which a person decided something: the one on top, or the
// one below where that asks what is to become of it.
func (r *console) typed() dialog.Dialog {
	n := len(r.dialogs)
	if n > 1 {
		switch r.dialogs[n-1].(type) {
		case *dialog.Moved:
			if _, many := r.dialogs[n-2].(*dialog.Many); many && n > 2 {
				return r.dialogs[n-3]
			}
			return r.dialogs[n-2]
		case *dialog.Many:
			return r.dialogs[n-2]
		}
	}
	return r.dialogs.top()
}
