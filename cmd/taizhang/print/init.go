package print

import (
	"path/filepath"
	"strings"
)

// InitDoc is what init made.
type InitDoc struct {
	Ledger       string     `json:"ledger"`
	Title        string     `json:"title"`
	Year         int        `json:"year"`
	Tasks        int        `json:"tasks"`
	Measures     int        `json:"measures"`
	Units        []string   `json:"units"`
	Collectives  []string   `json:"collectives"`
	Requirements []string   `json:"requirements"`
	Doubts       []DoubtDoc `json:"doubts"`

	Unled int `json:"-"` // tasks without a lead unit
}

// DoubtDoc is a line of a plan document that is not sure.
type DoubtDoc struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// LedgerMade shows the ledger that was made; from is the plan document, "" for none.
func (p *Printer) LedgerMade(doc InitDoc, from string) error {
	for _, d := range doc.Doubts {
		p.Note(p.Say("cmd.init_doubt", "File", filepath.Base(from), "Line", d.Line, "Text", d.Message))
	}
	if len(doc.Collectives) > 0 {
		p.Note(p.Say("cmd.init_collectives", "Units", strings.Join(doc.Collectives, "、")))
	}
	if p.AsJSON {
		return p.JSON(doc)
	}
	if from == "" {
		p.Line(p.Say("cmd.init_blank", "File", doc.Ledger, "Title", doc.Title))
		return nil
	}
	p.Line(p.Say("cmd.init_made", "File", doc.Ledger, "Title", doc.Title))
	p.Line(p.Say("cmd.init_counts", "Tasks", doc.Tasks, "Unled", doc.Unled, "Measures", doc.Measures, "Units",
		len(doc.Units), "Requirements", len(doc.Requirements)))
	return nil
}
