package print

import (
	"taizhang/sheet/ledger"
)

// Steps shows how the clocks of a row of a register come to their days.
func (p *Printer) Steps(l *ledger.Ledger, e *ledger.Entry) error {
	if p.AsJSON {
		out := []stepsDoc{}
		for i := range e.Clocks {
			c := &e.Clocks[i]
			doc := stepsDoc{Name: c.Def.Name, From: Date(c.From), Due: Date(c.Computed), Steps: []stepDoc{}}
			for _, s := range l.Steps(c) {
				doc.Steps = append(doc.Steps, stepDoc{Day: Date(s.Day), Kind: string(s.Kind), N: s.N, Name: s.Name})
			}
			out = append(out, doc)
		}
		return p.JSON(out)
	}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if i > 0 {
			p.Line("")
		}
		p.Line(c.Def.Name + "  " + p.line(e, c))
		if why := l.Why(e, c); !why.IsZero() {
			p.Line(why.In(p.Lang))
		}
		steps := l.Steps(c)
		if len(steps) == 0 {
			p.Line(p.Say("cmd.steps_none"))
			continue
		}
		var rows [][]cell
		for _, s := range steps {
			rows = append(rows, []cell{left(Date(s.Day)), left(ledger.StepText(s).In(p.Lang))})
		}
		p.table(rows)
	}
	return nil
}

type stepsDoc struct {
	Name  string    `json:"name"`
	From  string    `json:"from"`
	Due   string    `json:"due"`
	Steps []stepDoc `json:"steps"`
}

type stepDoc struct {
	Day  string `json:"day"`
	Kind string `json:"kind"` // start, counted, rest, paused, rolled
	N    int    `json:"n"`    // of a counted day: the how manieth
	Name string `json:"name"` // of a holiday
}
