package print

import "strings"

// SplitDoc is what split wrote.
type SplitDoc struct {
	Ledger   string        `json:"ledger"`
	Revision string        `json:"revision"`
	Copies   []UnitCopyDoc `json:"copies"`
	Waiting  int           `json:"waiting"`
	Unled    int           `json:"unled"`
}

// UnitCopyDoc is the copy of one unit.
type UnitCopyDoc struct {
	Unit     string   `json:"unit"`
	File     string   `json:"file"`
	Leads    int      `json:"leads"`
	Supports int      `json:"supports"`
	LeftOut  []string `json:"left_out"`
}

// AllCopies shows the copies of several workbooks.
func (p *Printer) AllCopies(docs []SplitDoc, unit string) error {
	if p.AsJSON {
		return p.JSON(append([]SplitDoc{}, docs...))
	}
	for _, d := range docs {
		if err := p.Copies(d, unit); err != nil {
			return err
		}
	}
	return nil
}

// Copies shows the copies that were written; unit is "" if for all.
func (p *Printer) Copies(doc SplitDoc, unit string) error {
	if doc.Waiting > 0 {
		p.Note(p.Say("cmd.split_waiting", "Count", doc.Waiting))
	}
	if doc.Unled > 0 && unit == "" {
		p.Note(p.Say("cmd.split_unled", "Count", doc.Unled))
	}
	if p.AsJSON {
		return p.JSON(doc)
	}
	left := ""
	for _, c := range doc.Copies {
		p.Line(p.Say("cmd.split_copy", "Unit", c.Unit, "Leads", c.Leads, "Supports", c.Supports, "File", c.File))
		if names := strings.Join(c.LeftOut, "、"); names != "" && names != left {
			left = names
			p.Line(p.Say("cmd.split_left", "Sheets", names))
		}
	}
	return nil
}
