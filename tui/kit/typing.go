package kit

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
)

// TypeKey does in a text what a key says. "down" has been done by the caller.
func TypeKey(e *edit.Text, k tea.KeyPressMsg) {
	switch k.String() {
	case "left":
		e.Left()
	case "right":
		e.Right()
	case "up":
		e.Vertical(-1)
	case "home", "ctrl+a":
		e.Home()
	case "end", "ctrl+e":
		e.End()
	case "ctrl+home":
		e.Start()
	case "ctrl+end":
		e.Finish()
	case "backspace":
		e.Backspace()
	case "delete":
		e.Delete()
	case "ctrl+u":
		e.DeleteToStart()
	case "ctrl+k":
		e.DeleteToEnd()
	case "ctrl+z":
		e.Undo()
	case "ctrl+y":
		e.Redo()
	case "enter":
		if e.Multi {
			e.Insert("\n")
		}
	case "pgup", "pgdown":
		for range 5 {
			if k.String() == "pgup" {
				e.Vertical(-1)
			} else {
				e.Vertical(1)
			}
		}
	default:
		if k.Text != "" {
			e.Insert(k.Text)
		}
	}
}
