package print

import (
	"fmt"
	"taizhang/sheet/syncer"
	"time"
)

type conflictDoc struct {
	ID       string `json:"id"`
	Task     string `json:"task"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Field    string `json:"field"`
	Base     string `json:"base"`
	Mine     string `json:"mine"`
	Theirs   string `json:"theirs"`
	MineBy   string `json:"mine_by"`
	TheirsBy string `json:"theirs_by"`
	Since    string `json:"since"`
	Workbook string `json:"workbook,omitempty"` // which of several
}

// Conflicts shows the open conflicts.
func (p *Printer) Conflicts(list []syncer.Conflict) error {
	if p.AsJSON {
		return p.JSON(conflictDocs(list))
	}
	p.conflictsText(list)
	return nil
}

func conflictDocs(list []syncer.Conflict) []conflictDoc {
	out := make([]conflictDoc, 0, len(list))
	for _, c := range list {
		out = append(out, conflictDoc{c.ID, c.Task, c.Number, c.Title, c.Field, c.Base, c.Mine, c.Theirs, c.MineBy,
			c.TheirsBy,
			moment(c.Since), c.Workbook})
	}
	return out
}

// moment is a time as scripts read it, "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Clock is a time as people read it, in their own time zone.
func Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func (p *Printer) conflictsText(list []syncer.Conflict) {
	if len(list) == 0 {
		p.Line(p.Say("cmd.no_conflicts"))
		return
	}
	for _, c := range list {
		p.Line(p.Say("cmd.conflict_head", "ID", c.ID, "Task", named(c.Number, c.Title), "Field", p.conflictField(c),
			"Since", Clock(c.Since)))
		if c.Workbook != "" {
			p.Line("  " + p.Say("cmd.conflict_workbook", "Workbook", c.Workbook))
		}
		p.Line(p.Say("cmd.conflict_base", "Value", p.orEmptyWord(c.Base)))
		p.Line(p.Say("cmd.conflict_mine", "Value", p.orEmptyWord(c.Mine), "By", p.orSomebody(c.MineBy), "At",
			Clock(c.MineAt)))
		p.Line(p.Say("cmd.conflict_theirs", "Value", p.orEmptyWord(c.Theirs), "By", p.orSomebody(c.TheirsBy), "At",
			Clock(c.TheirsAt)))
		fmt.Fprintln(&p.out)
	}
	p.Line(p.Say("cmd.conflicts_hint", "ID", list[0].ID))
}

func (p *Printer) conflictField(c syncer.Conflict) string {
	switch {
	case c.Field == "":
		return p.Say("cmd.conflict_row")
	case c.Heading != "":
		return c.Heading
	}
	return p.FieldName(c.Field)
}

// orSomebody is a person's name, or that nobody knows it: not every program says
// who saved a workbook.
func (p *Printer) orSomebody(name string) string {
	if name == "" {
		return p.Say("cmd.author_unknown")
	}
	return name
}

func (p *Printer) orEmptyWord(s string) string {
	if s == "" {
		return p.Say("cmd.empty")
	}
	return s
}
