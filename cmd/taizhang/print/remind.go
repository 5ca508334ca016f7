package print

import "slices"

// RemindDoc is what remind wrote.
type RemindDoc struct {
	Today   string      `json:"today"`
	Notices []NoticeDoc `json:"notices"`
	Summary []string    `json:"summary"`
}

// NoticeDoc is what one unit is reminded of, and in which files.
type NoticeDoc struct {
	Unit         string   `json:"unit"`
	Overdue      int      `json:"overdue"`
	LongestDays  int      `json:"longest_days"`
	DueSoon      int      `json:"due_soon"`
	Stale        int      `json:"stale"`
	Requirements int      `json:"requirements"`
	Clocks       int      `json:"clocks"` // rows of registers overdue or due soon
	Files        []string `json:"files"`
	// Steps are the notices of the ladder that the unit is sent today.
	Steps []StepDoc `json:"steps,omitempty"`
}

// StepDoc is one notice of the ladder, for one task.
type StepDoc struct {
	Task   string `json:"task"`
	Step   string `json:"step"`
	Number string `json:"number"`
	Due    string `json:"due"`
	Entry  string `json:"entry"`
}

// Reminders shows the notices that were written; unit is "" if for all.
func (p *Printer) Reminders(doc RemindDoc, unit string) error {
	if p.AsJSON {
		return p.JSON(doc)
	}
	switch {
	case len(doc.Notices) == 0 && unit != "":
		p.Line(p.Say("cmd.remind_not_unit", "Unit", unit))
	case len(doc.Notices) == 0 && len(doc.Summary) == 0:
		p.Line(p.Say("cmd.remind_nobody"))
	}
	var said []string // numbers that several tasks share
	for _, n := range doc.Notices {
		p.Line(p.Say("cmd.remind_unit", "Unit", n.Unit, "Overdue", n.Overdue, "Days", n.LongestDays, "DueSoon",
			n.DueSoon, "Stale", n.Stale,
			"Requirements", n.Requirements, "Clocks", n.Clocks, "File", n.Files[1]))
		for _, s := range n.Steps {
			if numbers := "  " + s.Number; !slices.Contains(said, numbers) {
				said = append(said, numbers)
				p.Line(numbers)
			}
		}
	}
	if len(doc.Summary) > 0 {
		p.Line(p.Say("cmd.remind_summary", "File", doc.Summary[1]))
	}
	return nil
}
