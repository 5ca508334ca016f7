// Package screen is the screens of the dashboard: plain structs with imperative
// methods, not models that pass messages. A screen draws the ledger that its
// [kit.Kit] holds, moves its own cursor, and returns an intent for whatever goes
// beyond that. It does no I/O, and nothing that walks over all tasks while a key
// waits: that is prepared by package index and comes with Refresh.
package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Screen is one of the screens.
type Screen interface {
	// Refresh tells that the kit has another ledger.
	Refresh(p Prepared)
	// Key moves the cursor; what it means beyond that comes back.
	Key(k tea.KeyPressMsg) intent.Intent
	Click(x, y int, double bool) intent.Intent
	Wheel(x, y, n int) intent.Intent
	Draw(w, h int) kit.Frame
	// Target is what actions on tasks apply to.
	Target() Target
	// Looked is the task whose details are shown, nil if none are.
	Looked() *ledger.Task
	// Position is where the cursor is, in words; "" if there is none.
	Position() string
}

// Registered is a screen whose cursor may be on a row of a register.
type Registered interface {
	// LookedEntry is the row whose details are shown, nil if none are.
	LookedEntry() *ledger.Entry
}

// Prepared is all that is made of a snapshot in the background.
type Prepared struct {
	Index     *index.Index
	Order     *index.Order
	Matcher   *index.Matcher
	Widths    map[string]int // see Widths
	Registers []PreparedRegister
}

// Target is what an action applies to: the marked rows, or the one under the
// cursor. They are tasks, or rows of registers.
type Target struct {
	Tasks   []*ledger.Task
	Entries []*ledger.Entry
}

// IDs are the ids of the rows.
func (t Target) IDs() []string {
	out := make([]string, 0, len(t.Tasks)+len(t.Entries))
	for _, task := range t.Tasks {
		out = append(out, task.ID)
	}
	for _, e := range t.Entries {
		out = append(out, e.ID)
	}
	return out
}

// sideKey shows other columns of a table that is wider than the screen.
func sideKey(g *grid.Grid, k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left":
		g.Side(-1)
	case "right":
		g.Side(1)
	default:
		return false
	}
	return true
}

// moveKey moves the cursor of a table; Enter does what enter says.
func moveKey(g *grid.Grid, src grid.Source, k tea.KeyPressMsg, enter func() intent.Intent) intent.Intent {
	switch k.String() {
	case "up", "k":
		g.Move(src, -1)
	case "down", "j":
		g.Move(src, 1)
	case "pgup", "ctrl+b":
		g.Move(src, -g.Page())
	case "pgdown", "ctrl+f":
		g.Move(src, g.Page())
	case "home", "ctrl+home":
		g.Go(src, 0)
	case "end", "ctrl+end", "G":
		g.Go(src, src.Len()-1)
	case "enter":
		return enter()
	}
	return nil
}
