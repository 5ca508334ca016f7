// Package notices tells each unit what it owes: what is overdue, what falls due
// soon, what nobody has touched for long, which annual requirements are unmet.
package notices

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
)

// Notice is what one unit is to be reminded of, most urgent first. A task
// stands in one of the lists only.
type Notice struct {
	Unit           string // "" for tasks that no unit leads
	Contact, Phone string
	Overdue        []*ledger.Task
	DueSoon        []*ledger.Task
	Stale          []*ledger.Task
	Unmet          []ledger.Requirement // missed, at risk and still open
	// Entries are the rows of registers that are overdue or due soon, the worst first.
	Entries []*ledger.Entry
	// Steps are the notices of the ladder that are sent to the unit today; Returned are
	// its tasks that were sent back.
	Steps    []*ledger.Act
	Returned []*ledger.Task
}

// Urgent reports whether the unit owes something now. A requirement that is
// merely still open, with time enough left, is not yet owed.
func (n *Notice) Urgent() bool {
	return len(n.Overdue)+len(n.DueSoon)+len(n.Stale)+len(n.Entries)+len(n.Steps)+len(n.Returned) > 0 ||
		slices.ContainsFunc(n.Unmet, pressing)
}

func pressing(r ledger.Requirement) bool { return r.State == ledger.Missed || r.State == ledger.AtRisk }

// worst is how long the longest overdue task is overdue, in days.
func (n *Notice) worst() int {
	if len(n.Overdue) == 0 {
		return 0
	}
	return n.Overdue[0].DaysOverdue
}

// lateEntries is the number of rows of registers that are overdue.
func (n *Notice) lateEntries() (count int) {
	for _, e := range n.Entries {
		if e.State == due.Overdue {
			count++
		}
	}
	return count
}

// All are those of all units that owe something, the most urgent first:
// by the longest delay, then by the number of overdue tasks, missed
// requirements and tasks due soon, then in the ledger's order. Tasks without a
// lead come last, under Unit "".
func All(l *ledger.Ledger) []Notice {
	var out []Notice
	for _, n := range gather(l) {
		if n.Urgent() {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b Notice) int {
		pressed := func(n *Notice) (count int) {
			for _, r := range n.Unmet {
				if pressing(r) {
					count++
				}
			}
			return count
		}
		return cmp.Or(
			order(a.Unit == "", b.Unit == ""),
			b.worst()-a.worst(), len(b.Overdue)-len(a.Overdue), b.lateEntries()-a.lateEntries(),
			pressed(&b)-pressed(&a), len(b.DueSoon)-len(a.DueSoon))
	})
	return out
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// For is that of one unit, by any of its names, whether it owes something
// or not.
func For(l *ledger.Ledger, unit string) Notice {
	unit = l.Directory.Canonical(unit)
	for _, n := range gather(l) {
		if n.Unit == unit {
			return n
		}
	}
	return Notice{Unit: unit}
}

// gather makes a notice for every unit that has a task or a requirement.
func gather(l *ledger.Ledger) []Notice {
	at := map[string]int{}
	var list []Notice
	of := func(unit string) *Notice {
		i, ok := at[unit]
		if !ok {
			i = len(list)
			at[unit] = i
			list = append(list, Notice{Unit: unit})
		}
		return &list[i]
	}
	for _, u := range l.Directory.Units() {
		n := of(u.Name)
		n.Contact, n.Phone = u.Contact, u.Phone
	}
	for _, t := range l.Tasks {
		n := of(t.Lead)
		switch {
		case t.Overdue:
			n.Overdue = append(n.Overdue, t)
		case t.DueSoon:
			n.DueSoon = append(n.DueSoon, t)
		case t.Stale:
			n.Stale = append(n.Stale, t)
		}
	}
	for _, a := range l.Acts {
		if a.Kind == ledger.NoticeSent && a.Counts() && a.Day.Equal(l.Today) && a.Task != nil {
			n := of(a.Unit)
			n.Steps = append(n.Steps, a)
		}
	}
	for _, t := range l.Tasks {
		if t.Review == ledger.ReviewReturned {
			n := of(t.Lead)
			n.Returned = append(n.Returned, t)
		}
	}
	for _, r := range l.Requirements {
		if r.Unit != "" && r.State != ledger.Met {
			n := of(r.Unit)
			n.Unmet = append(n.Unmet, r)
		}
	}
	for _, r := range l.Registers {
		for _, e := range r.Entries {
			if e.State != due.Overdue && e.State != due.DueSoon {
				continue
			}
			units := e.Units
			if len(units) == 0 {
				units = []string{""}
			}
			for _, u := range units {
				n := of(u)
				n.Entries = append(n.Entries, e)
			}
		}
	}
	for i := range list {
		n := &list[i]
		slices.SortStableFunc(n.Entries, ledger.CompareUrgency)
		slices.SortStableFunc(n.Overdue, func(a, b *ledger.Task) int { return b.DaysOverdue - a.DaysOverdue })
		slices.SortStableFunc(n.DueSoon, func(a, b *ledger.Task) int { return a.DueNow.Compare(b.DueNow) })
		slices.SortStableFunc(n.Unmet, func(a, b ledger.Requirement) int { return a.Due.Compare(b.Due) })
	}
	return list
}

// Options say how notices are set. The unit whose ledger it is signs them.
type Options struct {
	Lang    msg.Lang
	Sealed  bool // room is left for a seal
	Chinese bool // the date in Chinese numerals
}

// Text is the notice to one unit as plain text, for the clipboard.
func Text(l *ledger.Ledger, unit string, opt Options) string {
	n := For(l, unit)
	return n.Paper(l, opt).Plain()
}

// Paper is the notice as a paper to be sent.
func (n *Notice) Paper(l *ledger.Ledger, opt Options) *paper.Paper {
	w := newLetter(l, opt)
	w.out.Title = w.say("remind.title")
	w.out.To = w.say("remind.to", "Unit", n.name(opt.Lang))
	if !n.Urgent() {
		w.text("remind.nothing", "Day", w.day(l.Today), "Ledger", w.l.Called(w.lang))
	} else {
		w.text("remind.opening", "Day", w.day(l.Today), "Ledger", w.l.Called(w.lang))
	}
	w.steps(n.Steps)
	w.returned(n.Returned)
	w.tasks("remind.overdue", n.Overdue)
	w.tasks("remind.due_soon", n.DueSoon)
	w.tasks("remind.stale", n.Stale)
	w.entries("remind.entries", n.Entries)
	w.requirements("remind.unmet", n.Unmet)
	if n.Urgent() {
		w.text("remind.closing")
	}
	return w.out
}

func (n *Notice) name(lang msg.Lang) string {
	if n.Unit == "" {
		return msg.Say(lang, "remind.nobody")
	}
	return n.Unit
}

// letter puts a ledger's facts into sentences.
type letter struct {
	l     *ledger.Ledger
	lang  msg.Lang
	out   *paper.Paper
	parts int // headings so far
	// several workbooks hold tasks, so that a number alone does not say which is meant.
	several bool
}

func newLetter(l *ledger.Ledger, opt Options) *letter {
	sign := paper.Signature{Unit: l.Office, Date: l.Today, Sealed: opt.Sealed, Chinese: opt.Chinese}
	return &letter{l: l, lang: opt.Lang, several: len(l.TaskBooks()) > 1, out: &paper.Paper{Lang: opt.Lang, Sign: sign}}
}

func (w *letter) say(key string, pairs ...any) string { return msg.Say(w.lang, key, pairs...) }

func (w *letter) text(key string, pairs ...any) { w.out.Text(w.say(key, pairs...)) }

func (w *letter) heading(key string, count int, pairs ...any) {
	w.parts++
	number := strconv.Itoa(w.parts)
	if w.lang != msg.EN {
		number = due.Chinese(w.parts)
	}
	w.out.Heading(1, w.say("remind.heading", "Number", number, "Text", w.say(key, append(pairs, "Count", count)...)))
}

// day is a date as it is written in a letter.
func (w *letter) day(t time.Time) string { return paper.Day(t, w.lang) }

func (w *letter) tasks(heading string, list []*ledger.Task) {
	if len(list) == 0 {
		return
	}
	w.heading(heading, len(list))
	for i, t := range list {
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", w.task(t)))
	}
}

// task is all that a reader needs to know of one task.
func (w *letter) task(t *ledger.Task) string {
	title := t.Title
	if title == "" {
		title = t.Requirement
	}
	s := w.say("remind.task", "Title", title)
	switch {
	case t.Number != "" && w.several: // each of them has a task of that number
		s = w.say("remind.numbered_in", "Title", title, "Number", t.Number, "Workbook", t.Source.Name)
	case t.Number != "":
		s = w.say("remind.numbered_task", "Title", title, "Number", t.Number)
	}
	var facts []string
	fact := func(ok bool, key string, pairs ...any) {
		if ok {
			facts = append(facts, w.say(key, pairs...))
		}
	}
	_, err := time.Parse(time.DateOnly, t.Deadline.Text)
	plainDate := err == nil && (t.Overdue || t.DueSoon) // the day stands there anyway
	fact(t.Deadline.Text != "" && !plainDate, "remind.deadline", "Deadline", t.Deadline.Text)
	switch {
	case t.Overdue:
		fact(true, "remind.days_overdue", "Day", w.day(w.l.Today.AddDate(0, 0, -t.DaysOverdue)), "Days", t.DaysOverdue)
	case t.DueSoon:
		if left := int(t.DueNow.Sub(w.l.Today).Hours() / 24); left == 0 {
			fact(true, "remind.due_today")
		} else {
			fact(true, "remind.days_left", "Day", w.day(t.DueNow), "Days", left)
		}
	}
	fact(t.Status.Text != "", "remind.status", "Status", t.Status.Text)
	fact(len(t.Support) > 0, "remind.support", "Units", strings.Join(t.Support, w.say("remind.and")))
	person := t.Owner
	if t.Phone != "" && person != "" {
		fact(true, "remind.owner_phone", "Owner", person, "Phone", t.Phone)
	} else {
		fact(person != "", "remind.owner", "Owner", person)
		fact(t.Phone != "", "remind.phone", "Phone", t.Phone)
	}
	return s + strings.Join(facts, w.say("remind.semicolon")) + w.say("remind.stop")
}

// steps are the notices of the ladder, those of one number under a heading of their own,
// the sharpest first.
func (w *letter) steps(acts []*ledger.Act) {
	var numbers []string
	by := map[string][]*ledger.Act{}
	for _, a := range slices.Backward(acts) {
		if by[a.Number] == nil {
			numbers = append(numbers, a.Number)
		}
		by[a.Number] = append(by[a.Number], a)
	}
	for _, number := range numbers {
		list := by[number]
		slices.Reverse(list)
		w.heading("remind.step", len(list), "Number", number, "Colour", list[0].Result)
		for i, a := range list {
			w.out.Text(w.say("remind.item", "Number", i+1, "Text", w.task(a.Task)))
		}
	}
}

// returned are tasks that were sent back, with the reason.
func (w *letter) returned(list []*ledger.Task) {
	if len(list) == 0 {
		return
	}
	w.heading("remind.returned", len(list))
	for i, t := range list {
		reason, day := "", ""
		if a := t.Last(ledger.SendBack); a != nil {
			reason, day = a.Content, w.day(a.Day)
		}
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", w.say("remind.returned_task", "Task", w.task(t),
			"Reason", reason, "Day", day)))
	}
}

// entries are rows of registers with their clocks.
func (w *letter) entries(heading string, list []*ledger.Entry) {
	if len(list) == 0 {
		return
	}
	w.heading(heading, len(list))
	for i, e := range list {
		c := e.Main()
		s := w.say("remind.entry", "Register", e.Def.Name, "Title", e.Title, "Number", e.Number)
		facts := []string{w.say("remind.clock", "Clock", c.Def.Name, "Day", w.day(c.Due)), c.Standing().In(w.lang)}
		if owner := e.Get("owner"); owner != "" && e.Def.Unit != "owner" {
			facts = append(facts, w.say("remind.owner", "Owner", owner))
		}
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", s+strings.Join(facts,
			w.say("remind.semicolon"))+w.say("remind.stop")))
	}
}

func (w *letter) requirements(heading string, list []ledger.Requirement) {
	if len(list) == 0 {
		return
	}
	w.heading(heading, len(list))
	for i, r := range list {
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", w.requirement(r)))
	}
}

func (w *letter) requirement(r ledger.Requirement) string {
	left := int(r.Due.Sub(w.l.Today).Hours() / 24)
	key := "remind.requirement"
	switch {
	case r.Due.IsZero():
		key = "remind.requirement_undated"
	case left < 0:
		key = "remind.requirement_missed"
	}
	return w.say(key, "Name", r.Name, "Required", r.Required, "Held", r.Held, "Day", w.day(r.Due), "Days",
		max(left, -left))
}
