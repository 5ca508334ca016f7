package print

import (
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
)

type scoreDoc struct {
	Unit   string           `json:"unit"`
	Base   supervise.Points `json:"base"`
	Score  supervise.Points `json:"score"`
	Points []pointDoc       `json:"points"`
}

type pointDoc struct {
	Points supervise.Points `json:"points"`
	Why    string           `json:"why"`
	Task   string           `json:"task"`
	Entry  string           `json:"entry"`
}

// Scores shows an appraisal, every point with what it comes from.
func (p *Printer) Scores(list []supervise.UnitScore, csv bool) error {
	if p.AsJSON {
		return p.JSON(p.scoreDocs(list))
	}
	records := [][]string{{p.FieldName(ledger.ActUnit), p.Say("cmd.score_points"), p.Say("cmd.score_why"),
		p.Say("cmd.score_row"),
		p.Say("cmd.score_entry")}}
	for _, u := range list {
		records = append(records, []string{u.Unit, u.Score.String(), p.Say("cmd.score_base", "Base", u.Base.String()),
			"", ""})
		for _, x := range u.Points {
			records = append(records, []string{u.Unit, x.Points.String(), x.Why.In(p.Lang), named(x.Number, x.Title),
				Short(x.Entry)})
		}
	}
	if csv {
		return p.CSV(records)
	}
	th := p.theme()
	var rows [][]cell
	for i, r := range records {
		row := []cell{{text: r[0]}, {text: r[1], right: true}, {text: r[2]}, {text: r[3]}, {text: r[4]}}
		switch {
		case i > 0 && r[4] != "":
			row[0].text = ""
			row[4].style = th.Dim
		case i > 0:
			row[1].style = th.Strong
		}
		rows = append(rows, row)
	}
	p.table(rows)
	return nil
}

func (p *Printer) scoreDocs(list []supervise.UnitScore) []scoreDoc {
	out := []scoreDoc{}
	for _, u := range list {
		d := scoreDoc{Unit: u.Unit, Base: u.Base, Score: u.Score, Points: []pointDoc{}}
		for _, x := range u.Points {
			d.Points = append(d.Points, pointDoc{x.Points, x.Why.In(p.Lang), x.Task, x.Entry})
		}
		out = append(out, d)
	}
	return out
}

type changedDoc struct {
	Task   string `json:"task"`
	Number string `json:"number"`
	Field  string `json:"field"`
	From   string `json:"from"`
	To     string `json:"to"`
	By     string `json:"by"`
	File   string `json:"file"`
	Time   string `json:"time"`
	// what is quiet about it: deadline, requirement, progress, reopened, record; "": nothing
	Kind string `json:"kind"`
}

// Changed shows changes of the history, and what is quiet about each.
func (p *Printer) Changed(l *ledger.Ledger, list []supervise.Quieted, csv bool) error {
	if p.AsJSON {
		out := []changedDoc{}
		for _, c := range list {
			at := c.At.UTC().Format(time.RFC3339)
			out = append(out, changedDoc{c.Row, c.Number, c.Field, c.From, c.To, c.By, c.File, at, string(c.Kind)})
		}
		return p.JSON(out)
	}
	if len(list) == 0 && !csv {
		p.Line(p.Say("cmd.changes_none"))
		return nil
	}
	records := [][]string{{p.Say("cmd.changes_time"), p.Say("cmd.changes_kind"), p.Say("cmd.score_row"),
		p.Say("cmd.changes_field"),
		p.Say("cmd.changes_from"), p.Say("cmd.changes_to"), p.Say("cmd.changes_by"), p.Say("cmd.changes_file")}}
	for _, c := range list {
		kind := ""
		if c.Kind != supervise.NotQuiet {
			kind = p.Say("supervise.quiet_" + string(c.Kind))
		}
		by, file := c.By, c.File
		if by == "" {
			by = c.Unit
		}
		switch {
		case c.Here:
			file = p.Say("syncer.source.terminal")
		case file == "":
			file = p.Say("syncer.source.workbook")
		}
		field := p.Say("report.row_" + c.What)
		if c.Field != "" {
			field = p.changed(c.Heading, c.Field)
		}
		title := c.Title
		if c.Change.Kind == ledger.KindSupervision {
			title = ledger.LabelName(title)
		}
		records = append(records, []string{Clock(c.At), kind, named(c.Number, title), field, c.From, c.To, by, file})
	}
	if csv {
		return p.CSV(records)
	}
	var rows [][]cell
	for _, r := range records {
		var row []cell
		for _, v := range r {
			row = append(row, left(clip(v, 30)))
		}
		rows = append(rows, row)
	}
	p.table(rows)
	return nil
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

type lifeDoc struct {
	Task    string      `json:"task"`
	Number  string      `json:"number"`
	Title   string      `json:"title"`
	Review  string      `json:"review"`
	Silent  int         `json:"silent"` // days without an answer
	Pace    string      `json:"pace"`
	Colour  string      `json:"colour"`
	Moments []momentDoc `json:"moments"`
}

type momentDoc struct {
	Day   string `json:"day"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Entry string `json:"entry"`
}

// Lives shows what happened to tasks.
func (p *Printer) Lives(l *ledger.Ledger, tasks []*ledger.Task, f *supervise.Facts, r supervise.Rules) error {
	if p.AsJSON {
		docs := []lifeDoc{}
		for _, t := range tasks {
			d := lifeDoc{Task: t.ID, Number: t.Number, Title: t.Title, Review: string(t.Review),
				Silent: supervise.Silent(l, t, f),
				Pace:   string(supervise.PaceOf(l, t).State), Colour: string(supervise.ColourOf(l, r, t)),
				Moments: []momentDoc{}}
			for _, m := range supervise.Life(l, t, f) {
				d.Moments = append(d.Moments, momentDoc{Date(m.Day), string(m.Kind), m.Text.In(p.Lang), m.Entry})
			}
			docs = append(docs, d)
		}
		return p.JSON(docs)
	}
	parts := supervise.Children(l)
	for _, t := range tasks {
		p.Line(named(t.Number, t.Title))
		line := supervise.Line(supervise.Life(l, t, f), p.Lang)
		if line == "" {
			line = p.Say("cmd.life_none")
		}
		p.Line("  " + line)
		if word := p.reviewWord(t); word != "" {
			p.Line("  " + word)
		}
		if n := supervise.Silent(l, t, f); n > 0 {
			p.Line("  " + p.Say("cmd.life_silent", "Days", n))
		}
		if pace := supervise.PaceOf(l, t); pace.State != supervise.NoPace {
			p.Line("  " + pace.Text().In(p.Lang))
		}
		if list := parts[t.ID]; len(list) > 0 {
			p.Line("  " + supervise.PartsText(list).In(p.Lang))
		}
	}
	return nil
}

// reviewWord is where a task stands in review, "" if it does in none.
func (p *Printer) reviewWord(t *ledger.Task) string {
	if t.Review == ledger.NotReviewed {
		return ""
	}
	return p.Say("supervise.review_" + string(t.Review))
}

// Reviews shows the tasks that the units reported as done and the office has not yet
// accepted: each is in review, or was returned to its unit.
func (p *Printer) Reviews(l *ledger.Ledger) error {
	var tasks []*ledger.Task
	for _, t := range l.Tasks {
		if t.Review == ledger.ReviewWaiting || t.Review == ledger.ReviewReturned {
			tasks = append(tasks, t)
		}
	}
	if p.AsJSON {
		return List(p.file, tasks, taskDocOf)
	}
	if len(tasks) == 0 {
		p.Line(p.Say("cmd.review_none"))
		return nil
	}
	for _, t := range tasks {
		reason := ""
		if back := t.Last(ledger.SendBack); back != nil && t.Review == ledger.ReviewReturned {
			reason = back.Content
		}
		p.Line(p.Say("cmd.review_line", "Word", p.reviewWord(t), "Task", named(t.Number, t.Title), "Unit", t.Lead,
			"Reason", reason))
	}
	return nil
}
