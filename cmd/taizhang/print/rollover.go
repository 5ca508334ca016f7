package print

import (
	"strings"

	"taizhang/sheet/report/rollover"
)

type rolloverDoc struct {
	File    string            `json:"file"`
	Year    int               `json:"year"`
	Carried int               `json:"carried"`
	Left    []bulletinTaskDoc `json:"left"`
	Events  int               `json:"events"` // rows that were emptied
	Moved   int               `json:"moved"`  // deadlines
	Kept    []string          `json:"kept"`   // cells that could not be cleared or moved
	Waiting int               `json:"waiting"`
}

// RolledOver shows what became next year's ledger. waiting are values that the
// old workbook does not hold yet.
func (p *Printer) RolledOver(file string, r *rollover.Result, waiting int) error {
	kept := []string{}
	for _, at := range r.Kept {
		kept = append(kept, at.String())
	}
	if waiting > 0 {
		p.Note(p.Say("cmd.rollover_waiting", "Count", waiting))
	}
	if len(kept) > 0 {
		p.Note(p.Say("cmd.rollover_kept", "Cells", strings.Join(kept, ", ")))
	}
	if p.AsJSON {
		return p.JSON(rolloverDoc{file, r.Year, r.Carried, bulletinTasks(r.Left), r.Events, r.Moved, kept, waiting})
	}
	p.Line(p.Say("cmd.rolled_over", "File", file, "Year", r.Year, "Carried", r.Carried, "Moved", r.Moved, "Events", r.Events))
	if len(r.Left) > 0 {
		p.Line(p.Say("cmd.rollover_left", "Count", len(r.Left)))
		for _, t := range r.Left {
			p.Line("  " + named(t.Number, t.Title))
		}
	}
	return nil
}
