package notices

import (
	"strconv"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// Overview is the coordinator's page over the notices: who owes how much and
// whom to call, the requirements on the ledger as a whole, and the tasks that
// nobody leads.
func Overview(l *ledger.Ledger, notices []Notice, lang msg.Lang) *Letter {
	w := letterWriter{l: l, lang: lang, out: newLetter(lang)}
	w.add(titleLine, "remind.summary_title")
	w.add(bodyLine, "remind.summary_opening", "Day", w.day(l.Today), "Ledger", w.ledger(), "Tasks", l.Totals.Tasks,
		"Done", l.Totals.Done, "Overdue", l.Totals.Overdue, "DueSoon", l.Totals.DueSoon)
	var units []Notice
	for _, n := range notices {
		if n.Unit != "" {
			units = append(units, n)
		}
	}
	if len(units) > 0 {
		w.heading("remind.summary_units", len(units))
		w.out.lines = append(w.out.lines, letterLine{kind: tableLines, rows: w.unitTable(units)})
		for _, n := range units {
			if len(n.Overdue) > 0 {
				w.line(subheadingLine, n.Unit)
				for i, t := range n.Overdue {
					w.line(itemLine, w.say("remind.item", "Number", i+1, "Text", w.task(t)))
				}
			}
		}
	}
	var whole []ledger.Requirement
	for _, r := range l.Requirements {
		if r.Unit == "" && r.State != ledger.Met {
			whole = append(whole, r)
		}
	}
	w.requirements("remind.summary_whole", whole)
	for _, n := range notices {
		if n.Unit == "" {
			w.tasks("remind.summary_nobody", append(append(append([]*ledger.Task(nil), n.Overdue...), n.DueSoon...), n.Stale...))
		}
	}
	w.add(signature, "remind.day", "Day", w.day(l.Today))
	return w.out
}

// unitTable is a row for every unit, under a row of headings.
func (w *letterWriter) unitTable(units []Notice) [][]string {
	var head []string
	for _, key := range []string{"remind.col_unit", "remind.col_overdue", "remind.col_longest", "remind.col_due_soon", "remind.col_stale",
		"remind.col_unmet", "remind.col_contact", "remind.col_phone"} {
		head = append(head, msg.New(key).In(w.lang))
	}
	rows := [][]string{head}
	for _, n := range units {
		longest := ""
		if d := n.worst(); d > 0 {
			longest = strconv.Itoa(d)
		}
		rows = append(rows, []string{plainText(n.Unit), strconv.Itoa(len(n.Overdue)), longest, strconv.Itoa(len(n.DueSoon)), strconv.Itoa(len(n.Stale)),
			strconv.Itoa(len(n.Unmet)), plainText(n.Contact), plainText(n.Phone)})
	}
	return rows
}
