package print

import (
	"fmt"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/bulletin"
)

type bulletinDoc struct {
	File       string            `json:"file"` // "" if none was written
	From       string            `json:"from"`
	To         string            `json:"to"`
	Before     spanDoc           `json:"before"`
	Since      string            `json:"since"` // when the history begins, where that is not before the period; else ""
	Totals     bulletinPair      `json:"totals"`
	Units      []bulletinUnitDoc `json:"units"` // in order
	Finished   []bulletinTaskDoc `json:"finished"`
	NewlyLate  []bulletinTaskDoc `json:"newly_late"`
	Unmoved    []bulletinTaskDoc `json:"unmoved"`
	CopiesBack []bulletinCopyDoc `json:"copies"`
	Registers  []bulletinRegDoc  `json:"registers"`

	Supervision *bulletinSupervisionDoc `json:"supervision,omitempty"` // of an office that supervises
}

type bulletinSupervisionDoc struct {
	Now      tallyDoc   `json:"now"`
	Before   tallyDoc   `json:"before"`
	InReview int        `json:"in_review"` // at the end
	Returned int        `json:"returned"`
	Scores   []scoreDoc `json:"scores"`
}

type tallyDoc struct {
	Assigned int `json:"assigned"`
	Notices  int `json:"notices"`
	Extended int `json:"extended"`
	Denied   int `json:"denied"`
	Refused  int `json:"refused"`
	SentBack int `json:"sent_back"`
	Accepted int `json:"accepted"`
}

type spanDoc struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Known bool   `json:"known"`
}

type bulletinPair struct {
	Now    figuresDoc `json:"now"`
	Before figuresDoc `json:"before"`
}

type figuresDoc struct {
	Tasks     int `json:"tasks"`
	Done      int `json:"done"`
	Overdue   int `json:"overdue"`
	Finished  int `json:"finished"`
	OnTime    int `json:"on_time"`
	NewlyLate int `json:"newly_late"`
	Unmoved   int `json:"unmoved"`
	Copies    int `json:"copies"`

	Rows rowFiguresDoc `json:"rows"` // of registers
}

type rowFiguresDoc struct {
	Settled int `json:"settled"`
	OnTime  int `json:"on_time"`
	Open    int `json:"open"`
	Overdue int `json:"overdue"`
}

type bulletinRegDoc struct {
	Kind   string        `json:"kind"`
	Name   string        `json:"name"`
	Now    rowFiguresDoc `json:"now"`
	Before rowFiguresDoc `json:"before"`
}

type bulletinUnitDoc struct {
	Rank int    `json:"rank"`
	Unit string `json:"unit"`
	bulletinPair
}

type bulletinTaskDoc struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Lead   string `json:"lead"`
}

type bulletinCopyDoc struct {
	Unit string `json:"unit"`
	File string `json:"file"`
	At   string `json:"at"`
}

// Bulletin shows the bulletin of a period: file is where it was written, "" if
// it was not, and then text is the whole of it.
func (p *Printer) Bulletin(file string, b *bulletin.Bulletin, text string) error {
	if p.AsJSON {
		return p.JSON(p.bulletinDocOf(file, b))
	}
	if file == "" {
		for _, line := range p.Measure().Lines(text) {
			fmt.Fprintln(p, line)
		}
		return p.Err()
	}
	n := b.Total.Now
	p.Line(p.Say("cmd.bulletin_made", "File", file, "Period", b.Period.Name(p.Lang), "Finished", n.Finished,
		"NewlyLate", n.NewlyLate, "Unmoved", n.Unmoved, "Copies", n.Copies))
	return nil
}

func (p *Printer) bulletinDocOf(file string, b *bulletin.Bulletin) bulletinDoc {
	d := bulletinDoc{File: file, From: Date(b.Period.From), To: Date(b.Period.To), Since: moment(b.Since),
		Before: spanDoc{Date(b.Before.From), Date(b.Before.To), b.KnownBefore},
		Totals: bulletinPair{figuresOf(b.Total.Now), figuresOf(b.Total.Before)},
		Units:  []bulletinUnitDoc{}, Finished: bulletinTasks(b.Finished), NewlyLate: bulletinTasks(b.NewlyLate),
		Unmoved:    bulletinTasks(b.Unmoved),
		CopiesBack: []bulletinCopyDoc{}, Registers: []bulletinRegDoc{}}
	if s := b.Supervision; s != nil {
		d.Supervision = &bulletinSupervisionDoc{Now: tallyDoc(s.Now), Before: tallyDoc(s.Before), InReview: s.InReview,
			Returned: s.Returned,
			Scores:   p.scoreDocs(s.Scores)}
	}
	for _, r := range b.Registers {
		d.Registers = append(d.Registers, bulletinRegDoc{r.Def.Kind, r.Def.Name, rowFiguresDoc(r.Now),
			rowFiguresDoc(r.Before)})
	}
	for _, u := range b.Units {
		d.Units = append(d.Units, bulletinUnitDoc{u.Rank, u.Name, bulletinPair{figuresOf(u.Now), figuresOf(u.Before)}})
	}
	for _, c := range b.Copies {
		d.CopiesBack = append(d.CopiesBack, bulletinCopyDoc{c.Unit, c.File, moment(c.At)})
	}
	return d
}

func figuresOf(f bulletin.Figures) figuresDoc {
	return figuresDoc{f.Tasks, f.Done, f.Overdue, f.Finished, f.OnTime, f.NewlyLate, f.Unmoved, f.Copies,
		rowFiguresDoc(f.Rows)}
}

func bulletinTasks(list []*ledger.Task) []bulletinTaskDoc {
	out := make([]bulletinTaskDoc, 0, len(list))
	for _, t := range list {
		out = append(out, bulletinTaskDoc{t.ID, t.Number, t.Title, t.Lead})
	}
	return out
}
