package dialog

import (
	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// History lists revisions, the newest first; nil if none of them changed
// anything.
func History(u *kit.Kit, entries []syncer.Entry) *List {
	var items []Item
	for _, e := range kit.Brief(entries) {
		if len(e.Changes) == 0 && e.Note == "" {
			continue
		}
		items = append(items, Item{Label: u.Stamp(e.Time) + "  " + u.Author(e), Value: u.EntryLine(e), Result: intent.OpenEntry{Entry: e}})
	}
	if len(items) == 0 {
		return nil
	}
	d := NewList(u, u.Say("tui.history.title", "Count", len(items)), items)
	d.Search, d.Wide = true, true
	return d
}

// Revision shows what a revision changed, and offers to return to it.
func Revision(u *kit.Kit, e syncer.Entry, isHead bool) *List {
	why := u.CannotChange()
	restoreWhy := why
	if why == "" && isHead {
		restoreWhy = u.Say("tui.why.is_head")
	}
	if why == "" && len(e.Changes) == 0 {
		why = u.Say("tui.why.no_changes")
	}
	items := []Item{
		{Label: u.Say("tui.history.reverse"), Why: why, Result: intent.Reverse{Entry: e}},
		{Label: u.Say("tui.history.restore"), Why: restoreWhy, Result: intent.AskRestore{Entry: e}},
	}
	for _, c := range kit.Some(e.Changes) {
		cells := u.ChangeCells(e, c)
		items = append(items, Item{Label: cells[0], Value: kit.Join(cells[1], cells[2]), Result: intent.GoTask{Task: c.Task}})
	}
	d := NewList(u, u.Stamp(e.Time)+"  "+u.Author(e)+"  "+u.Source(e), items)
	d.Wide = true
	return d
}

// Restore makes sure before the ledger returns to an earlier state.
func Restore(u *kit.Kit, e syncer.Entry) *List {
	d := NewList(u, u.Say("tui.history.restore"), []Item{
		{Label: u.Say("tui.button.cancel"), Result: intent.Closed{}},
		{Label: u.Say("tui.history.restore_yes", "At", u.Stamp(e.Time)), Result: intent.Restore{Entry: e}},
	})
	d.Note, d.Wide = u.Say("tui.history.restore_hint", "At", u.Stamp(e.Time)), true
	return d
}
