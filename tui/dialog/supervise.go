package dialog

import (
	"taizhang/sheet/ledger"
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
	return newForm(u, u.Say("tui.supervise.form", "Task", u.Name(t)), append(first, rest...), func(v map[string]string) intent.Intent {
		return intent.AddEntry{Kind: def.Kind, Values: v}
	})
}
