package print

import (
	"cmp"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/tui/theme"
)

// Registers shows the figures of a ledger's registers; workbook is its path.
func (p *Printer) Registers(workbook string, l *ledger.Ledger, csv bool) error {
	switch {
	case p.AsJSON:
		out := []registerDoc{}
		for _, part := range l.Parts() {
			for _, r := range part.Ledger.Registers {
				out = append(out, registerDocOf(cmp.Or(part.Workbook, workbook), r))
			}
		}
		return p.JSON(out)
	case csv:
		records := [][]string{p.withWorkbook(l, p.registerHeads())}
		for _, part := range l.Parts() {
			for _, r := range part.Ledger.Registers {
				records = append(records, inWorkbook(part.Name, registerCells(r)))
			}
		}
		return p.CSV(records)
	case len(l.Registers) == 0:
		p.Line(p.Say("cmd.no_registers"))
		return nil
	}
	rows := [][]cell{{}}
	for i, h := range p.withWorkbook(l, p.registerHeads()) {
		rows[0] = append(rows[0], cell{text: h, right: i > 2})
	}
	th := p.theme()
	for _, part := range l.Parts() {
		for _, r := range part.Ledger.Registers {
			var row []cell
			for i, v := range inWorkbook(part.Name, registerCells(r)) {
				row = append(row, cell{text: v, right: i > 2})
			}
			if r.Counts.Overdue > 0 {
				row[4].style = th.Bad
			}
			if r.Counts.DueSoon > 0 {
				row[5].style = th.Warn
			}
			rows = append(rows, row)
		}
	}
	p.table(rows)
	return nil
}

// withWorkbook is headings with one more for the workbook, where there are several.
func (p *Printer) withWorkbook(l *ledger.Ledger, heads []string) []string {
	if l.Workbooks() == nil {
		return heads
	}
	return append(heads, p.FieldName(ledger.FieldWorkbook))
}

// inWorkbook is the cells of a row with one more for its workbook, where there are
// several.
func inWorkbook(name string, cells []string) []string {
	if name == "" {
		return cells
	}
	return append(cells, name)
}

type registerDoc struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Workbook string `json:"workbook"`
	Sheet    string `json:"sheet"`
	Rows     int    `json:"rows"`
	Open     int    `json:"open"`
	DueSoon  int    `json:"due_soon"`
	Overdue  int    `json:"overdue"`
	Paused   int    `json:"paused"`
	Done     int    `json:"done"`
	Late     int    `json:"late"`
	Ended    int    `json:"ended"`
	Unknown  int    `json:"unknown"`
}

func registerDocOf(workbook string, r *ledger.Register) registerDoc {
	c := r.Counts
	return registerDoc{
		Kind: r.Def.Kind, Name: r.Def.Name, Workbook: workbook, Sheet: r.Tables[0].Sheet, Rows: c.Rows, Open: c.Open,
		DueSoon: c.DueSoon, Overdue: c.Overdue,
		Paused: c.Paused, Done: c.Done, Late: c.Late, Ended: c.Ended, Unknown: c.Unknown,
	}
}

func (p *Printer) registerHeads() []string {
	return []string{
		p.Say("cmd.register_name"), p.Say("cmd.register_kind"), p.Say("cmd.field_sheet"), p.Say("cmd.register_rows"),
		p.StateWord(due.Overdue), p.StateWord(due.DueSoon),
		p.StateWord(due.Open), p.StateWord(due.Paused), p.StateWord(due.Done), p.StateWord(due.Late),
		p.StateWord(due.Ended), p.StateWord(due.Unclear),
	}
}

func registerCells(r *ledger.Register) []string {
	c := r.Counts
	return []string{r.Def.Name, r.Def.Kind, r.Tables[0].Sheet, number(c.Rows), number(c.Overdue), number(c.DueSoon),
		number(c.Open), number(c.Paused),
		number(c.Done), number(c.Late), number(c.Ended), number(c.Unknown)}
}

// StateWord is how people call the state of a clock.
func (p *Printer) StateWord(s due.State) string { return ledger.StateText(s).In(p.Lang) }

// Entries shows rows of a register.
func (p *Printer) Entries(workbook string, l *ledger.Ledger, r *ledger.Register, entries []*ledger.Entry,
	csv bool) error {
	switch {
	case p.AsJSON:
		return List(p.file, entries, func(e *ledger.Entry) rowDoc {
			return rowDocOf(cmp.Or(e.Source.Workbook, workbook),
				e)
		})
	case csv:
		return p.CSV(p.entryRecords(l, r, entries))
	case len(entries) == 0:
		p.Line(p.Say("cmd.no_entries"))
		return nil
	}
	if len(r.Def.Clocks) == 0 {
		p.entriesAsWritten(l, entries)
		return nil
	}
	th := p.theme()
	rows := [][]cell{{right(p.FieldName(ledger.FieldNumber)), left(p.Say("cmd.entry_title")),
		left(p.Say("cmd.entry_unit")), left(p.Say("cmd.entry_due")),
		left(p.Say("cmd.entry_state")), left(p.Say("cmd.entry_line"))}}
	several := l.Workbooks() != nil
	if several {
		rows[0] = slices.Insert(rows[0], 3, left(p.FieldName(ledger.FieldWorkbook)))
	}
	for _, e := range entries {
		state := left(p.StateWord(e.State))
		state.style = stateStyle(th, e.State)
		day, line := "", ""
		if c := e.Main(); c != nil {
			day, line = Date(c.Due), p.line(e, c)
		}
		number := e.Number
		if number == "" {
			number = e.ID
		}
		row := []cell{right(number), left(e.Title), left(e.Unit), left(day), state, left(line)}
		if several {
			row = slices.Insert(row, 3, left(e.Source.Name))
		}
		rows = append(rows, row)
	}
	p.table(rows)
	p.Line(p.Say("cmd.entry_count", "Count", len(entries)))
	return nil
}

// entriesAsWritten prints rows on which no clock runs by the columns of their table, those
// that none of them fills left out.
func (p *Printer) entriesAsWritten(l *ledger.Ledger, entries []*ledger.Entry) {
	t := entries[0].Table
	var rows [][]cell
	var heads []cell
	several := l.Workbooks() != nil
	for _, e := range entries {
		rows = append(rows, nil)
		if several {
			rows[len(rows)-1] = append(rows[len(rows)-1], left(e.Source.Name))
		}
	}
	if several {
		heads = append(heads, left(p.FieldName(ledger.FieldWorkbook)))
	}
	for _, c := range t.Columns {
		if !slices.ContainsFunc(entries, func(e *ledger.Entry) bool { return e.Get(c.Key) != "" }) {
			continue
		}
		heads = append(heads, left(c.Heading))
		for i, e := range entries {
			text := e.Get(c.Key)
			if e.Kind == ledger.KindSupervision && c.Key == ledger.ActTask {
				text = ledger.LabelName(text)
			}
			rows[i] = append(rows[i], left(excerptOf(text, 40)))
		}
	}
	p.table(append([][]cell{heads}, rows...))
	p.Line(p.Say("cmd.entry_count", "Count", len(entries)))
}

func stateStyle(th theme.Theme, s due.State) theme.Style {
	switch s {
	case due.Overdue:
		return th.Bad
	case due.DueSoon, due.Late, due.Unclear:
		return th.Warn
	case due.Done:
		return th.Good
	}
	return theme.Style{}
}

// line is a clock as a line of dates.
func (p *Printer) line(e *ledger.Entry, c *ledger.RowClock) string {
	out := ""
	for i, m := range e.Line(c) {
		if i > 0 {
			out += " · "
		}
		out += m.Text.In(p.Lang)
	}
	return out
}

type rowDoc struct {
	ID     string            `json:"id"`
	Kind   string            `json:"kind"`
	Number string            `json:"number"`
	Title  string            `json:"title"`
	Unit   string            `json:"unit"`
	Fields map[string]string `json:"fields"`
	Clocks []clockDoc        `json:"clocks"`
	Source struct {
		Workbook string `json:"workbook"`
		Sheet    string `json:"sheet"`
		Row      int    `json:"row"`
	} `json:"source"`
}

type clockDoc struct {
	Name        string `json:"name"`
	From        string `json:"from"`
	Due         string `json:"due"`
	Until       string `json:"until"`
	State       string `json:"state"`
	Days        int    `json:"days"`
	Counted     string `json:"counted"`
	PausedDays  int    `json:"paused_days"`
	Extended    bool   `json:"extended"`
	Provisional bool   `json:"provisional"`
}

func rowDocOf(workbook string, e *ledger.Entry) rowDoc {
	d := rowDoc{ID: e.ID, Kind: e.Kind, Number: e.Number, Title: e.Title, Unit: e.Unit, Fields: map[string]string{},
		Clocks: []clockDoc{}}
	for i, c := range e.Table.Columns {
		if i < len(e.Row.Values) {
			d.Fields[c.Key] = e.Row.Values[i]
		}
	}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		d.Clocks = append(d.Clocks, clockDoc{
			Name: c.Def.Name, From: Date(c.From), Due: Date(c.Due), Until: Date(c.Until), State: string(c.State),
			Days: c.Left, Counted: string(c.Counted),
			PausedDays: c.PausedDays, Extended: c.Extended, Provisional: c.Provisional,
		})
	}
	d.Source.Workbook, d.Source.Sheet, d.Source.Row = workbook, e.Source.Sheet, e.Source.Row
	return d
}

// entryRecords are rows of a register for CSV, headings first.
func (p *Printer) entryRecords(l *ledger.Ledger, r *ledger.Register, entries []*ledger.Entry) [][]string {
	var keys, head []string
	for _, t := range r.Tables {
		for _, c := range t.Columns {
			if !slices.Contains(keys, c.Key) {
				keys, head = append(keys, c.Key), append(head, c.Heading)
			}
		}
	}
	head = append(head, p.Say("cmd.entry_due"), p.Say("cmd.entry_state"), p.Say("cmd.entry_left"),
		p.Say("cmd.field_sheet"), p.Say("cmd.field_row"), "ID")
	records := [][]string{p.withWorkbook(l, head)}
	for _, e := range entries {
		var rec []string
		for _, k := range keys {
			rec = append(rec, e.Get(k))
		}
		day, left := time.Time{}, 0
		if c := e.Main(); c != nil {
			day, left = c.Due, c.Left
		}
		rec = append(rec, Date(day), p.StateWord(e.State), number(left), e.Source.Sheet, number(e.Source.Row), e.ID)
		records = append(records, inWorkbook(e.Source.Name, rec))
	}
	return records
}
