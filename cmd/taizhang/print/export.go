package print

import (
	"taizhang/sheet/ledger"
	"taizhang/sheet/report/summary"
)

// exportDoc is what export printed or wrote.
type exportDoc struct {
	File    string            `json:"file"` // "" if none was written
	Today   string            `json:"today"`
	Ledgers []exportLedgerDoc `json:"ledgers"`
	Totals  countsDoc         `json:"totals"`
	Units   []unitDoc         `json:"units"`
	Tasks   []exportTaskDoc   `json:"tasks"`
}

type exportLedgerDoc struct {
	Ledger       string           `json:"ledger"`
	Title        string           `json:"title"`
	Year         int              `json:"year"`
	Revision     string           `json:"revision"`
	Totals       countsDoc        `json:"totals"`
	Requirements []requirementDoc `json:"requirements"`
}

type exportTaskDoc struct {
	Ledger string `json:"ledger"`
	taskDoc
}

// Exported shows the consolidated workbook that was made of the sources, which
// were called named: file is its path, "" if only the figures were asked for.
func (p *Printer) Exported(file string, sources []summary.Source, named []string, csv bool) error {
	switch {
	case p.AsJSON:
		return p.JSON(exportDocOf(file, sources, named))
	case csv:
		return p.exportCSV(sources, named)
	}
	tasks := 0
	for _, s := range sources {
		tasks += len(s.Ledger.Tasks)
	}
	p.Line(p.Say("cmd.exported", "File", file, "Ledgers", len(sources), "Tasks", tasks))
	return nil
}

func exportDocOf(out string, sources []summary.Source, named []string) exportDoc {
	d := exportDoc{File: out, Ledgers: []exportLedgerDoc{}, Units: []unitDoc{}, Tasks: []exportTaskDoc{}}
	at := map[string]int{}
	var totals ledger.Counts
	units := []ledger.UnitCounts{}
	for n, s := range sources {
		l := s.Ledger
		d.Today = Date(l.Today)
		e := exportLedgerDoc{Ledger: named[n], Title: l.Title, Year: l.Year, Revision: s.Revision,
			Totals: countsOf(l.Totals), Requirements: requirementDocs(l.Requirements)}
		e.Totals.Conflicts = len(s.Conflicts)
		d.Ledgers = append(d.Ledgers, e)
		d.Totals.Conflicts += len(s.Conflicts)
		totals = totals.Plus(l.Totals)
		for _, u := range l.ByUnit {
			i, ok := at[u.Unit]
			if !ok {
				i = len(units)
				at[u.Unit] = i
				units = append(units, ledger.UnitCounts{Unit: u.Unit})
			}
			units[i].Counts = units[i].Plus(u.Counts)
		}
		for _, task := range l.Tasks {
			t := taskDocOf(task)
			d.Tasks = append(d.Tasks, exportTaskDoc{named[n], t})
		}
	}
	conflicts := d.Totals.Conflicts
	d.Totals = countsOf(totals)
	d.Totals.Conflicts = conflicts
	for _, u := range units {
		d.Units = append(d.Units, unitDoc{u.Unit, countsOf(u.Counts)})
	}
	return d
}

// exportCSV prints all tasks, with the ledger in front.
func (p *Printer) exportCSV(sources []summary.Source, named []string) error {
	var tasks []*ledger.Task
	var files []string
	for n, s := range sources {
		for _, t := range s.Ledger.Tasks {
			tasks, files = append(tasks, t), append(files, named[n])
		}
	}
	records := p.taskRecords(sources[0].Ledger, tasks)
	records[0] = append([]string{p.Say("cmd.field_ledger")}, records[0]...)
	for i, file := range files {
		records[i+1] = append([]string{file}, records[i+1]...)
	}
	return p.CSV(records)
}
