package dialog

import (
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Choices are what may be chosen for an item of the form.
func (d *Form) Choices(i int) *List {
	var items []Item
	for _, c := range d.items[i].choices {
		items = append(items, Item{Label: d.ui.Clean(c), Result: intent.FillItem{Item: i, Value: c}})
	}
	return NewList(d.ui, d.items[i].label, items).startAt(d.ui.Clean(d.items[i].entry.Value()))
}

// Fill gives an item the value that was chosen for it.
func (d *Form) Fill(i int, value string) {
	d.items[i].entry.Set(value)
	d.cur = min(i+1, len(d.items))
}

// Groups asks what the task table is to be grouped by.
func Groups(u *kit.Kit) *List {
	return NewList(u, u.Say("tui.act.group"), []Item{
		{Label: u.Say("tui.group.by_none"), Result: intent.SetGroup{By: ""}},
		{Label: u.Say("tui.group.by_unit"), Result: intent.SetGroup{By: index.ByUnit}},
		{Label: u.Say("tui.group.by_section"), Result: intent.SetGroup{By: index.BySection}},
		{Label: u.Say("tui.group.by_status"), Result: intent.SetGroup{By: index.ByStatus}},
		{Label: u.Say("tui.group.by_month"), Result: intent.SetGroup{By: index.ByMonth}},
	})
}

// Units asks for a unit to show.
func Units(u *kit.Kit) *List {
	var items []Item
	for _, c := range u.Index.Units {
		items = append(items, Item{Label: u.Unit(c.Unit), Value: u.Say("tui.unit.figures", "Tasks", c.Tasks, "Overdue", c.Overdue), Result: intent.OpenUnit{Unit: c.Unit}})
	}
	d := NewList(u, u.Say("tui.act.unit"), items)
	d.Search = true
	return d
}

// Welcome offers what a person without a ledger can do.
func Welcome(u *kit.Kit, books []string) *List {
	var items []Item
	for _, b := range books {
		items = append(items, Item{Label: u.Say("tui.start.open", "File", u.Clean(b)), Result: intent.ChooseBook{Book: b}})
	}
	items = append(items,
		Item{Label: u.Say("tui.start.sample"), Value: u.Say("tui.start.sample_note"), Result: intent.MakeSample{}},
		Item{Label: u.Say("tui.start.create"), Value: u.Say("tui.start.create_note"), Result: intent.TypeName{}},
		Item{Label: u.Say("tui.start.path"), Result: intent.TypeBook{}},
		Item{Label: u.Say("tui.act.quit"), Result: intent.QuitNow{}})
	d := NewList(u, u.Say("tui.start.title"), items)
	d.Wide = true
	d.Note = u.Say("tui.start.none")
	if n := len(books); n > 0 {
		d.Note = u.Say("tui.start.many", "Count", n)
	}
	return d
}
