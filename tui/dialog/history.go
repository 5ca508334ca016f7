package dialog

import (
	"strings"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
	"taizhang/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// History lists revisions, the newest first; nil if none of them changed
// anything.
func History(u *kit.Kit, entries []syncer.Entry) *List {
	var items []Item
	for _, e := range kit.Brief(entries) {
		if e.IsEmpty() {
			continue
		}
		value := u.SaveLine(e)
		if source := u.Source(e); e.Source == syncer.SourceWorkbook && !strings.HasPrefix(value, source) {
			value = source + "  " + value
		}
		items = append(items, Item{Label: u.NewsMark(e) + u.Moment(e.Time) + "  " + u.Author(e), Value: value,
			Result: intent.OpenEntry{Entry: e}})
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
	if undecides := len(e.Settled) > 0 && e.Source == syncer.SourceTerminal; why == "" && len(e.Changes) == 0 &&
		!undecides {
		why = u.Say("tui.why.no_changes")
	}
	items := []Item{
		{Label: u.Say("tui.history.reverse"), Why: why, Result: intent.Reverse{Entry: e}},
		{Label: u.Say("tui.history.restore"), Why: restoreWhy, Result: intent.AskRestore{Entry: e}},
	}
	for _, c := range kit.Some(e.Changes) {
		cells := u.ChangeCells(e, c)
		items = append(items, Item{Label: cells[0], Value: kit.Join(cells[1], cells[2]),
			Result: intent.ReadChange{Entry: e, Change: c}})
	}
	for _, b := range e.Beside {
		items = append(items, said(u, e, b.Text()))
	}
	for _, n := range e.Notes {
		items = append(items, said(u, e, n.Text()))
	}
	for _, c := range e.Opened {
		items = append(items, said(u, e, c.Text()))
	}
	for _, c := range e.Settled {
		items = append(items, said(u, e, c.Text()))
	}
	d := NewList(u, u.Stamp(e.Time)+"  "+u.Author(e)+"  "+u.Source(e), items)
	d.Wide = true
	if why == "" { // Enter reads on; what changes the ledger is gone to on purpose
		d.cur = min(2, len(items)-1)
	}
	return d
}

// said is a sentence about a revision; Enter shows it whole.
func said(u *kit.Kit, e syncer.Entry, t msg.Text) Item {
	text := u.Clean(t.In(u.Lang))
	return Item{Label: text, Result: intent.ReadText{Title: u.Source(e), Text: text}}
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

// Change is one change of a revision: what stood there before and after it, whole.
type Change struct {
	sides
	e syncer.Entry
	c syncer.Change
}

// NewChange shows a change.
func NewChange(u *kit.Kit, e syncer.Entry, c syncer.Change) *Change {
	return &Change{sides: sides{ui: u}, e: e, c: c}
}

func (d *Change) choices() []choice {
	u := d.ui
	why := ""
	if _, ok := u.Index.Find(d.c.Task); !ok {
		why = u.Say("tui.why.task_gone")
	}
	return []choice{
		{u.Say("tui.button.close"), "", intent.Closed{}},
		{u.Say("tui.history.go"), why, intent.GoTask{Task: d.c.Task}},
		{u.Say("tui.history.reverse"), u.CannotChange(), intent.Reverse{Entry: d.e}},
	}
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Change) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Change) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Change) Help() [][2]string { return d.help(d.ui.Say("tui.key.close")) }

func (d *Change) Draw(w, h int) inside {
	u, c := d.ui, d.c
	cells := u.ChangeCells(d.e, c)
	body := d.stacked(c.From, []side{
		{label: u.Say("tui.history.before"), text: c.From},
		{u.Say("tui.history.after"), u.Author(d.e), d.e.Time, c.To},
	}, w)
	return d.assemble(kit.Join(cells[0], cells[1]), u.Source(d.e), body, d.choices(), w, h)
}
