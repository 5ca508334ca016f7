package dialog

import (
	"strings"
	"taizhang/sheet/ledger"
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
	if held := d.items[i].entry.Value(); d.items[i].adds && held != "" {
		if strings.Contains(held, value) {
			value = held
		} else {
			value = held + "、" + value
		}
	}
	d.items[i].entry.Set(value)
	if d.items[i].key == d.wrong {
		d.sentence, d.hint, d.wrong = "", "", ""
	}
	d.cur = min(i+1, len(d.items))
}

// Groups asks what the table is to be grouped by: that of a register, or that of the
// tasks if r is nil.
func Groups(u *kit.Kit, r *index.Register) *List {
	if r != nil {
		items := []Item{{Label: u.Say("tui.group.by_none"), Result: intent.SetGroup{By: ""}}}
		for _, by := range append([]string{index.ByUnit, index.ByStatus, index.ByMonth}, r.Groupings()...) {
			items = append(items, Item{Label: u.EntryGrouping(r, by), Result: intent.SetGroup{By: by}})
		}
		return NewList(u, u.Say("tui.act.group"), items)
	}
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
		items = append(items, Item{Label: u.Unit(c.Unit), Value: u.Say("tui.unit.figures", "Tasks", c.Tasks, "Overdue",
			c.Overdue), Result: intent.OpenUnit{Unit: c.Unit}})
	}
	d := NewList(u, u.Say("tui.act.unit"), items)
	d.Search = true
	return d
}

// Welcome offers what a person without a ledger can do.
func Welcome(u *kit.Kit, books []string) *List {
	var items []Item
	for _, b := range books {
		items = append(items, Item{Label: u.Say("tui.start.open", "File", u.Clean(b)),
			Result: intent.ChooseBook{Book: b}})
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

// Figures lists every figure of the ledger, and leads to the rows it counts.
func Figures(u *kit.Kit) *List {
	x := u.Index
	c := x.Ledger.Totals
	var items []Item
	add := func(label string, n int, filter string) {
		if n > 0 {
			items = append(items, Item{Label: label, Value: u.Say("tui.figures.rows", "Count", n),
				Result: intent.Show{Filter: filter}})
		}
	}
	add(u.Say("tui.count.tasks"), c.Tasks, "")
	for _, k := range []struct {
		kind ledger.StatusKind
		n    int
	}{{ledger.Done, c.Done}, {ledger.InProgress, c.InProgress}, {ledger.NotStarted, c.NotStarted},
		{ledger.Ongoing, c.Ongoing}, {ledger.UnknownStatus, c.Unknown}} {
		add(k.kind.Text().In(u.Lang), k.n, "状态:"+string(k.kind))
	}
	add(u.Say("tui.count.overdue"), c.Overdue, "逾期")
	add(u.Say("tui.count.soon"), c.DueSoon, "即将到期")
	add(u.Say("tui.figures.undated"), x.Undated, "无时限")
	add(u.Say("tui.figures.conflicts"), len(x.Snap.Conflicts), "冲突")
	add(u.Say("tui.figures.news"), x.NewTasks(), "新变化")
	for _, m := range x.Months {
		add(u.Say("tui.figures.month", "Month", u.Month(m.First), "Open", m.Open), m.All, "时限="+
			m.First.Format("2006-01"))
	}
	for _, q := range x.Ledger.Requirements {
		if q.Unit != "" && q.State != ledger.Met {
			word, _ := u.Requirement(q.State)
			items = append(items, Item{Label: u.Clean(q.Name) + "  " + u.Unit(q.Unit), Value: word,
				Result: intent.OpenUnit{Unit: q.Unit}})
		}
	}
	d := NewList(u, u.Say("tui.act.figures"), items)
	d.Search = true
	return d
}

// ViewName is a saved view by its name, and the table that it is of.
type ViewName struct {
	Name, Table string
	Current     bool // the table on the screen stands as in it
}

// Views lists the saved views; why says why none can be kept or dropped, "" if they can.
func Views(u *kit.Kit, views []ViewName, why string) *List {
	var items []Item
	for _, v := range views {
		value := v.Table
		if v.Current {
			value = kit.Join(value, u.Say("tui.view.current"))
		}
		items = append(items, Item{Label: u.Clean(v.Name), Value: value, Result: intent.UseView{Name: v.Name}})
	}
	items = append(items, Item{Label: u.Say("tui.view.keep"), Why: why, Result: intent.NameView{}})
	for _, v := range views {
		drop := u.Say("tui.view.drop", "Name", u.Clean(v.Name))
		items = append(items, Item{Label: drop, Why: why, Result: intent.DropView{Name: v.Name}})
	}
	d := NewList(u, u.Say("tui.act.views"), items)
	d.Note = u.Say("tui.view.note")
	return d
}
