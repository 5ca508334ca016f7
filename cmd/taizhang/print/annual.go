package print

import (
	"fmt"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/annual"
)

type annualDoc struct {
	File    string           `json:"file"` // "" if none was written
	Year    int              `json:"year"`
	Office  string           `json:"office"`
	Tables  annual.Tables    `json:"tables"`
	Checks  []annualCheckDoc `json:"checks"`
	Missing []string         `json:"missing"`
	Made    int              `json:"made"` // rows of 年报数据 that the ledger got
}

type annualCheckDoc struct {
	Rule     string        `json:"rule"`
	Where    string        `json:"where"`
	OK       bool          `json:"ok"`
	Got      float64       `json:"got"`
	Want     float64       `json:"want"`
	Severity string        `json:"severity"`
	Message  string        `json:"message"`
	Rows     []entryRefDoc `json:"rows"`
}

// mostRows is how many rows a breach names for people; JSON names all.
const mostRows = 10

// Annual shows the yearly report: file is where it was written, "-" if it was not,
// and then text is the whole of it; made is how many rows 年报数据 got.
func (p *Printer) Annual(file string, r *annual.Report, made int, text string) error {
	if p.AsJSON {
		if text != "" {
			file = ""
		}
		doc := annualDoc{File: file, Year: r.Year, Office: r.Office(), Tables: r.Tables(), Made: made,
			Checks: []annualCheckDoc{}, Missing: []string{}}
		for _, c := range r.Checks {
			d := annualCheckDoc{Rule: c.Rule, Where: c.Where, OK: c.OK, Got: c.Got, Want: c.Want, Severity: "error",
				Message: c.Text.In(p.Lang), Rows: entryRefs(c.Rows)}
			if c.Warning {
				d.Severity = "warning"
			}
			doc.Checks = append(doc.Checks, d)
		}
		for _, m := range r.Missing {
			doc.Missing = append(doc.Missing, m.In(p.Lang))
		}
		return p.JSON(doc)
	}
	if text != "" {
		for _, line := range p.Measure().Lines(strings.TrimSuffix(text, "\n")) {
			fmt.Fprintln(p, line)
		}
	} else {
		q := r.Requests
		p.Line(p.Say("cmd.annual_made", "File", file, "Year", r.Year, "New", q["new"][6], "In", q["carried_in"][6],
			"Total", q["total"][6], "On", q["carried_on"][6]))
	}
	if made > 0 {
		p.Note(p.Say("cmd.annual_sheet", "Count", made))
	}
	good := 0
	for _, c := range r.Checks {
		if c.OK {
			good++
			continue
		}
		key := "cmd.annual_broken"
		if c.Warning {
			key = "cmd.annual_doubtful"
		}
		p.Note(p.Say(key, "Text", c.Text.In(p.Lang)))
		for i, e := range c.Rows {
			if i == mostRows {
				p.Note("  " + p.Say("cmd.annual_more", "Count", len(c.Rows)-mostRows))
				break
			}
			p.Note("  " + p.rowOf(e))
		}
	}
	for _, m := range r.Missing {
		p.Note(p.Say("cmd.annual_missing_text", "Text", m.In(p.Lang)))
	}
	if good == len(r.Checks) {
		p.Note(p.Say("cmd.annual_good", "Count", good))
	}
	return p.Err()
}

func (p *Printer) rowOf(e *ledger.Entry) string {
	place := annual.Place(e).In(p.Lang)
	if e.Title == "" || e.Number == "" {
		return place
	}
	return place + " " + e.Title
}
