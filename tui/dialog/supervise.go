package dialog

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// SuperviseForm asks for an entry of the supervision record about a task: receipt,
// return, acceptance, extension, evidence. What goes without saying (the task, its unit,
// today) stands in it already. nil where the record is not known.
func SuperviseForm(u *kit.Kit, t *ledger.Task) *Form {
	l := u.Index.Ledger
	def := l.RegisterDef(ledger.KindSupervision)
	if def == nil {
		return nil
	}
	held := map[string]string{ledger.ActDate: u.Date(l.Today), ledger.ActTask: l.Label(t.ID), ledger.ActUnit: t.Lead}
	if !t.DueNow.IsZero() {
		held[ledger.ActOldDue] = u.Date(t.DueNow)
	}
	items := entryItems(u, def, l.EntryTable(def, nil), nil, held)
	order := map[string]int{ledger.ActKindOf: 0, ledger.ActContent: 1, ledger.ActNewDue: 2}
	var first, rest []formItem
	first = make([]formItem, len(order))
	for _, it := range items {
		if at, ok := order[it.key]; ok {
			first[at] = it
		} else {
			rest = append(rest, it)
		}
	}
	first[0].must = true
	return newForm(u, u.Say("tui.supervise.form", "Task", u.Name(t)), append(first, rest...),
		func(v map[string]string) intent.Intent {
			return intent.AddEntry{Kind: def.Kind, Values: v}
		})
}

// Scores lists how the units are appraised; Enter tells where each point comes from.
func Scores(u *kit.Kit, list []supervise.UnitScore) *List {
	ranks := supervise.Ranks(list)
	var items []Item
	for i, s := range list {
		lines := []string{u.Say("cmd.score_base", "Base", s.Base.String())}
		for _, p := range s.Points {
			lines = append(lines, u.Say("tui.supervise.point", "Points", p.Points.String(), "Why", p.Why.In(u.Lang),
				"Task", u.Ref(p.Number, p.Title)))
		}
		title := u.Say("tui.supervise.score_of", "Unit", u.Unit(s.Unit), "Score", s.Score.String())
		items = append(items, Item{Label: u.Say("tui.supervise.ranked", "Rank", ranks[i], "Unit", u.Unit(s.Unit)),
			Value:  u.Say("tui.supervise.score", "Score", s.Score.String(), "Points", len(s.Points)),
			Result: intent.ReadText{Title: title, Text: strings.Join(lines, "\n")}})
	}
	d := NewList(u, u.Say("tui.act.score"), items)
	d.Wide, d.Note = true, u.Say("tui.supervise.score_note")
	return d
}
