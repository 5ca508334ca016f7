package bulletin

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
)

// Options say how a bulletin is set.
type Options struct {
	Lang    msg.Lang
	Date    time.Time // of the signature; zero: the ledger's day
	Sealed  bool
	Chinese bool // the date in Chinese numerals
}

// most is how many tasks a list of the paper names; of more it says how many.
const most = 40

// Paper is the bulletin as an official paper, with a table and two charts; a chart that would
// show nothing but zeros is left out.
func (b *Bulletin) Paper(opt Options) *paper.Paper {
	w := writer{Bulletin: b, lang: opt.Lang}
	date := opt.Date
	if date.IsZero() {
		date = b.Ledger.Today
	}
	w.out = &paper.Paper{Lang: opt.Lang, Title: b.Title(opt.Lang), To: w.say("bulletin.to"),
		Sign: paper.Signature{Unit: b.Ledger.Office, Date: date, Sealed: opt.Sealed, Chinese: opt.Chinese}}
	w.out.Text(w.say("bulletin.opening", "Period", b.Period.Name(opt.Lang), "Ledger", b.Ledger.Called(opt.Lang)))
	w.overall()
	w.units()
	w.list("bulletin.finished", b.Finished, w.finished)
	w.list("bulletin.newly_late", b.NewlyLate, w.late)
	w.list("bulletin.unmoved", b.Unmoved, w.unmoved)
	w.registerText()
	w.supervised()
	w.copies()
	w.heading("bulletin.closing_heading")
	w.out.Text(w.say("bulletin.closing"))
	return w.out
}

// Title is what the bulletin is called.
func (b *Bulletin) Title(lang msg.Lang) string {
	return msg.Say(lang, "bulletin.title", "Period", b.Period.Name(lang), "Subject", subject(b.Ledger, lang))
}

// subject is what the ledger is about: its title without year and the word for
// ledger. Of several workbooks it is no single one's.
func subject(l *ledger.Ledger, lang msg.Lang) string {
	if len(l.TaskBooks()) > 1 {
		return msg.Say(lang, "bulletin.subject")
	}
	s := strings.Join(strings.Fields(l.Title), "")
	for _, year := range []string{fmt.Sprintf("%d年度", l.Year), fmt.Sprintf("%d年", l.Year), strconv.Itoa(l.Year)} {
		s = strings.ReplaceAll(s, year, "")
	}
	for _, end := range []string{"工作台账", "台账", "一览表", "清单", "分工表", "任务表", "表"} {
		if rest, ok := strings.CutSuffix(s, end); ok && rest != "" {
			s = rest
			break
		}
	}
	return cmp.Or(s, msg.Say(lang, "bulletin.subject"))
}

type writer struct {
	*Bulletin
	lang  msg.Lang
	out   *paper.Paper
	parts int
}

func (w *writer) say(key string, pairs ...any) string { return msg.Say(w.lang, key, pairs...) }

func (w *writer) heading(key string, pairs ...any) {
	w.parts++
	number := strconv.Itoa(w.parts)
	if w.lang != msg.EN {
		number = due.Chinese(w.parts)
	}
	w.out.Heading(1, w.say("remind.heading", "Number", number, "Text", w.say(key, pairs...)))
}

// than is a figure beside the one of the period before.
func (w *writer) than(now, before int) string {
	switch {
	case !w.KnownBefore:
		return ""
	case now == before:
		return w.say("bulletin.than_same")
	case now > before:
		return w.say("bulletin.than_more", "Count", now-before)
	}
	return w.say("bulletin.than_fewer", "Count", before-now)
}

func (w *writer) overall() {
	w.heading("bulletin.overall")
	n, p := w.Total.Now, w.Total.Before
	w.out.Text(w.say("bulletin.standing", "Day", paper.Day(w.Ledger.Today, w.lang), "Tasks", n.Tasks, "Done", n.Done,
		"DoneThan", w.than(n.Done, p.Done),
		"Percent", percent(n.Done, n.Tasks), "Going", n.Going, "Overdue", n.Overdue, "OverdueThan",
		w.than(n.Overdue, p.Overdue)))
	w.out.Text(w.say("bulletin.happened", "Finished", n.Finished, "FinishedThan", w.than(n.Finished, p.Finished),
		"OnTime", n.OnTime, "Late", n.Finished-n.OnTime,
		"NewlyLate", n.NewlyLate, "NewlyLateThan", w.than(n.NewlyLate, p.NewlyLate), "Unmoved", n.Unmoved,
		"UnmovedThan", w.than(n.Unmoved, p.Unmoved),
		"Copies", n.Copies, "CopiesThan", w.than(n.Copies, p.Copies)))
	if !w.Since.IsZero() {
		w.out.Text(w.say("bulletin.since", "Day", paper.Day(w.Since.Local(), w.lang)))
	}
	title := w.say("bulletin.chart_period", "Period", w.Period.Name(w.lang))
	if w.KnownBefore {
		title = w.say("bulletin.chart_periods")
	}
	c := paper.Chart{Title: title, Kind: paper.Columns,
		Categories: []string{w.say("bulletin.col_finished"), w.say("bulletin.col_on_time"),
			w.say("bulletin.col_newly_late"), w.say("bulletin.col_unmoved"), w.say("bulletin.col_copies")}}
	figures := func(f Figures) []float64 {
		return []float64{float64(f.Finished), float64(f.OnTime), float64(f.NewlyLate), float64(f.Unmoved),
			float64(f.Copies)}
	}
	if w.KnownBefore {
		c.Series = append(c.Series, paper.Series{Name: w.Before.Name(w.lang), Values: figures(p), Colour: "B7C3D0"})
	}
	c.Series = append(c.Series, paper.Series{Name: w.Period.Name(w.lang), Values: figures(n), Colour: "2F5D8A"})
	if isEmpty(c) { // nothing happened: the chart shows how the tasks stand
		c.Title = w.say("bulletin.chart_standing", "Day", paper.Day(w.Ledger.Today, w.lang))
		c.Categories = []string{ledger.Done.Text().In(w.lang), w.say("bulletin.going"), w.say("bulletin.overdue")}
		c.Series = []paper.Series{{Name: w.Period.Name(w.lang), Values: []float64{float64(n.Done), float64(n.Going),
			float64(n.Overdue)}, Colour: "2F5D8A"}}
	}
	if !isEmpty(c) {
		w.out.Chart(c)
	}
}

// isEmpty reports whether a chart would show nothing but zeros.
func isEmpty(c paper.Chart) bool {
	return !slices.ContainsFunc(c.Series, func(s paper.Series) bool {
		return slices.ContainsFunc(s.Values, func(v float64) bool { return v != 0 })
	})
}

func percent(part, all int) int {
	if all == 0 {
		return 0
	}
	return (200*part + all) / (2 * all)
}

func (w *writer) units() {
	if len(w.Units) == 0 {
		return
	}
	w.heading("bulletin.units", "Count", len(w.Units))
	rule := w.say("bulletin.rule")
	if w.KnownBefore {
		rule = w.say("bulletin.rule_before", "Rule", rule)
	}
	w.out.Text(rule)
	w.out.Flush(w.say("bulletin.table", "Period", w.Period.Name(w.lang)))
	w.out.Table(paper.Table{Head: 1, Rows: w.table(), Size: 21})
	c := paper.Chart{Title: w.say("bulletin.chart_units", "Day", paper.Day(w.Ledger.Today, w.lang)), Kind: paper.Bars,
		Series: []paper.Series{
			{Name: ledger.Done.Text().In(w.lang), Colour: "5B9E6B"}, {Name: w.say("bulletin.going"), Colour: "8FB4DA"},
			{Name: w.say("bulletin.overdue"), Colour: "C8504B"}}}
	for _, u := range w.Units {
		if u.Now.Tasks == 0 { // it has register rows or returned a copy
			continue
		}
		c.Categories = append(c.Categories, u.Name)
		for i, v := range []int{u.Now.Done, u.Now.Going, u.Now.Overdue} {
			c.Series[i].Values = append(c.Series[i].Values, float64(v))
		}
	}
	if !isEmpty(c) {
		w.out.Chart(c)
	}
}

// Columns are the headings of the table of units.
func Columns(lang msg.Lang) []string {
	var out []string
	for _, key := range []string{"bulletin.col_rank", "bulletin.col_unit", "bulletin.col_tasks",
		"bulletin.col_finished", "bulletin.col_on_time", "bulletin.col_overdue",
		"bulletin.col_newly_late", "bulletin.col_unmoved", "bulletin.col_copies", "bulletin.col_rows"} {
		out = append(out, msg.New(key).In(lang))
	}
	return out
}

func (w *writer) table() [][]paper.Cell {
	rows := [][]paper.Cell{paper.Row(Columns(w.lang)...)}
	for _, u := range w.Units {
		row := paper.Row(append([]string{strconv.Itoa(u.Rank), u.Name}, w.figures(u.Now, u.Before)...)...)
		row[1].Left = true
		rows = append(rows, row)
	}
	if n := w.Nobody; n.Now.Tasks+n.Before.Tasks > 0 {
		row := paper.Row(append([]string{"", w.say("bulletin.no_lead")}, w.figures(n.Now, n.Before)...)...)
		row[1].Left = true
		rows = append(rows, row)
	}
	return append(rows, paper.Row(append([]string{"", w.say("bulletin.total")},
		w.figures(w.Total.Now, w.Total.Before)...)...))
}

// figures are those of a row: each with that of the period before in brackets.
func (w *writer) figures(now, before Figures) []string {
	pair := func(n, b int) string {
		if !w.KnownBefore {
			return strconv.Itoa(n)
		}
		return w.say("bulletin.pair", "Now", n, "Before", b)
	}
	return []string{strconv.Itoa(now.Tasks), pair(now.Finished, before.Finished), pair(now.OnTime, before.OnTime),
		pair(now.Overdue, before.Overdue),
		pair(now.NewlyLate, before.NewlyLate), pair(now.Unmoved, before.Unmoved), pair(now.Copies, before.Copies),
		w.rows(now.Rows, before.Rows)}
}

// rows is how many rows of registers were settled on time, of how many.
func (w *writer) rows(now, before RegisterFigures) string {
	s := w.say("bulletin.of", "Part", now.OnTime, "All", now.Settled)
	if !w.KnownBefore {
		return s
	}
	return w.say("bulletin.pair", "Now", s, "Before", w.say("bulletin.of", "Part", before.OnTime, "All",
		before.Settled))
}

func (w *writer) list(heading string, tasks []*ledger.Task, say func(t *ledger.Task) string) {
	if len(tasks) == 0 {
		return
	}
	w.heading(heading, "Count", len(tasks))
	for i, t := range tasks {
		if i == most {
			w.out.Text(w.say("bulletin.and_more", "Count", len(tasks)-most))
			break
		}
		w.out.Text(w.say("remind.item", "Number", i+1, "Text", say(t)))
	}
}

// name is the task and who leads it.
func (w *writer) name(t *ledger.Task) string {
	title := cmp.Or(t.Title, t.Requirement)
	lead := cmp.Or(t.Lead, w.say("bulletin.nobody"))
	if t.Number == "" {
		return w.say("bulletin.task", "Title", title, "Lead", lead)
	}
	return w.say("bulletin.numbered_task", "Title", title, "Number", t.Number, "Lead", lead)
}

// deadline is a task's deadline in its own words, a plain date as papers write it.
func (w *writer) deadline(t *ledger.Task) string {
	if d, err := time.Parse(time.DateOnly, t.Deadline.Text); err == nil {
		return paper.Day(d, w.lang)
	}
	return t.Deadline.Text
}

func (w *writer) finished(t *ledger.Task) string {
	if w.finishedLate[t] {
		return w.say("bulletin.finished_late", "Task", w.name(t), "Deadline", w.deadline(t))
	}
	return w.say("bulletin.finished_task", "Task", w.name(t))
}

func (w *writer) late(t *ledger.Task) string {
	return w.say("bulletin.late_task", "Task", w.name(t), "Deadline", w.deadline(t), "Days", t.DaysOverdue, "Owner",
		t.Owner)
}

func (w *writer) unmoved(t *ledger.Task) string {
	return w.say("bulletin.unmoved_task", "Task", w.name(t), "Status",
		cmp.Or(t.Status.Text, t.Status.Kind.Text().In(w.lang)), "Deadline", w.deadline(t))
}

func (w *writer) copies() {
	if len(w.Copies) == 0 {
		return
	}
	var names []string
	seen := map[string]bool{}
	for _, c := range w.Copies {
		name := cmp.Or(c.Unit, c.File)
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	w.heading("bulletin.copies", "Count", len(names))
	w.out.Text(w.say("bulletin.copies_text", "Units", strings.Join(names, w.say("remind.and"))))
}
