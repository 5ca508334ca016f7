package notices

import (
	"strconv"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
)

// Overview is the coordinator's page over the notices: who owes how much and
// whom to call, the requirements on the ledger as a whole, and the tasks that
// nobody leads.
func Overview(l *ledger.Ledger, notices []Notice, opt Options) *paper.Paper {
	w := newLetter(l, opt)
	w.out.Title = w.say("remind.summary_title")
	w.text("remind.summary_opening", "Day", w.day(l.Today), "Ledger", l.Called(w.lang), "Tasks", l.Totals.Tasks,
		"Done", l.Totals.Done, "Overdue", l.Totals.Overdue, "DueSoon", l.Totals.DueSoon)
	var units []Notice
	for _, n := range notices {
		if n.Unit != "" {
			units = append(units, n)
		}
	}
	if len(units) > 0 {
		w.heading("remind.summary_units", len(units))
		w.out.Table(paper.Table{Rows: w.unitTable(units), Head: 1})
		for _, n := range units {
			if len(n.Overdue) > 0 {
				w.out.Heading(2, n.Unit)
				for i, t := range n.Overdue {
					w.out.Text(w.say("remind.item", "Number", i+1, "Text", w.task(t)))
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
			w.tasks("remind.summary_nobody", append(append(append([]*ledger.Task(nil), n.Overdue...), n.DueSoon...),
				n.Stale...))
			w.entries("remind.entries", n.Entries)
		}
	}
	return w.out
}

// unitTable is a row for every unit, under a row of headings.
func (w *letter) unitTable(units []Notice) [][]paper.Cell {
	var head []string
	for _, key := range []string{"remind.col_unit", "remind.col_overdue", "remind.col_longest", "remind.col_due_soon",
		"remind.col_stale",
		"remind.col_entries", "remind.col_unmet", "remind.col_contact", "remind.col_phone"} {
		head = append(head, msg.New(key).In(w.lang))
	}
	rows := [][]paper.Cell{paper.Row(head...)}
	for _, n := range units {
		longest := ""
		if d := n.worst(); d > 0 {
			longest = strconv.Itoa(d)
		}
		rows = append(rows, paper.Row(n.Unit, strconv.Itoa(len(n.Overdue)), longest, strconv.Itoa(len(n.DueSoon)),
			strconv.Itoa(len(n.Stale)),
			strconv.Itoa(len(n.Entries)), strconv.Itoa(len(n.Unmet)), n.Contact, n.Phone))
	}
	return rows
}
