package print

import (
	"fmt"
	"strconv"
	"strings"
	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
	"taizhang/tui/theme"
)

// Reading is how a workbook was understood. It is made of the workbook alone,
// without the store: what is asked is what stands in the file.
type Reading struct {
	Path     string
	Found    *table.Found
	Problems []table.Problem
	Tasks    int
	Year     int // of the ledger: its title's, else as set, else today's
	// Registers are the kinds of registers in force.
	Registers []ledger.RegisterDef
}

// registerName is what people call a kind of register.
func (r *Reading) registerName(kind string) string {
	for _, d := range r.Registers {
		if d.Kind == kind {
			return d.Name
		}
	}
	return kind
}

// ownField is a field of a register of the office's own, which goes by its first heading;
// nil for a field of any other table.
func (r *Reading) ownField(kind, field string) *ledger.RegisterField {
	if ledger.Known(kind) {
		return nil
	}
	for i := range r.Registers {
		if r.Registers[i].Kind == kind {
			return r.Registers[i].Field(field)
		}
	}
	return nil
}

// Check shows how workbooks were read.
func (p *Printer) Check(list []*Reading) error {
	if !p.AsJSON {
		for i, r := range list {
			if i > 0 {
				fmt.Fprintln(&p.out)
			}
			p.checkText(r)
		}
		return nil
	}
	all := checkDocument{Sheets: []sheetDoc{}, Problems: []problemDoc{}}
	for _, r := range list {
		d := p.checkDoc(r)
		if len(list) > 1 {
			for i := range d.Sheets {
				d.Sheets[i].Workbook = d.Ledger
			}
			for i := range d.Problems {
				d.Problems[i].Workbook = d.Ledger
			}
			all.Workbooks = append(all.Workbooks, d.Ledger)
		}
		if all.Ledger != "" {
			all.Ledger += p.Say("cmd.comma")
		}
		all.Ledger += d.Ledger
		all.Sheets, all.Problems = append(all.Sheets, d.Sheets...), append(all.Problems, d.Problems...)
	}
	return p.JSON(all)
}

type checkDocument struct {
	Ledger   string       `json:"ledger"`
	Sheets   []sheetDoc   `json:"sheets"` // one for each table; a sheet without a table is one of role "other"
	Problems []problemDoc `json:"problems"`

	Workbooks []string `json:"workbooks,omitempty"` // where they are several; each sheet and problem then names its own
}

type sheetDoc struct {
	Name       string      `json:"name"`
	Role       string      `json:"role"`
	HeaderRows []int       `json:"header_rows"`
	FirstRow   int         `json:"first_row"`
	LastRow    int         `json:"last_row"`
	Rows       int         `json:"rows"`
	Columns    []columnDoc `json:"columns"`
	Workbook   string      `json:"workbook,omitempty"`
}

type columnDoc struct {
	Column  string   `json:"column"`
	Heading string   `json:"heading"`
	Field   string   `json:"field"`
	Sure    float64  `json:"sure"`
	Why     []string `json:"why"`
	Else    string   `json:"else"`
}

type problemDoc struct {
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Workbook string `json:"workbook,omitempty"`
}

func (p *Printer) checkDoc(r *Reading) checkDocument {
	d := checkDocument{Ledger: r.Path, Sheets: []sheetDoc{}, Problems: []problemDoc{}}
	for _, s := range r.Found.Sheets {
		if len(s.Tables) == 0 {
			d.Sheets = append(d.Sheets, sheetDoc{Name: s.Name, Role: "other", HeaderRows: []int{},
				Columns: []columnDoc{}})
		}
		for _, t := range s.Tables {
			d.Sheets = append(d.Sheets, p.sheetDocOf(t))
		}
	}
	for _, q := range r.Problems {
		d.Problems = append(d.Problems, problemDoc{Sheet: q.Sheet, Cell: cellName(q.Cell),
			Severity: severity(q.Severity), Message: q.Text.In(p.Lang)})
	}
	return d
}

func (p *Printer) sheetDocOf(t *table.Table) sheetDoc {
	d := sheetDoc{
		Name: t.Sheet, Role: t.Kind, HeaderRows: []int{t.Place.HeaderFirst, t.Place.HeaderLast},
		FirstRow: t.Place.First, LastRow: t.Place.Last, Rows: len(t.Rows), Columns: []columnDoc{},
	}
	for _, c := range t.Columns {
		d.Columns = append(d.Columns, columnDoc{a1.ColumnName(c.Col), c.Heading, c.Field, c.Reading.Sure, p.reasons(c),
			c.Reading.Else})
	}
	return d
}

// certain is the surety from which on the reasons are not shown in words.
const certain = 0.9

// whyText is what speaks for a column's meaning, and what it could be else.
func (p *Printer) whyText(c table.Column) string {
	why := p.reasons(c)
	if c.Reading.Else != "" {
		why = append(why, p.Say("cmd.check_else", "Field", p.FieldName(c.Reading.Else)))
	}
	return strings.Join(why, p.Say("cmd.check_and"))
}

// reasons are what speaks for a column's meaning.
func (p *Printer) reasons(c table.Column) []string {
	out := []string{}
	for _, w := range c.Reading.Why {
		out = append(out, w.In(p.Lang))
	}
	return out
}

func severity(s table.Severity) string {
	if s == table.Err {
		return "error"
	}
	return "warning"
}

// cellName is a cell as people name it, "" for none; a whole column by its
// letters.
func cellName(at a1.Ref) string {
	if at.Row == 0 {
		return a1.ColumnName(at.Col)
	}
	return at.String()
}

func (p *Printer) checkText(r *Reading) {
	p.Line(p.Say("cmd.check_head", "File", r.Path, "Sheets", len(r.Found.Sheets), "Tables", len(r.Found.Tables),
		"Tasks", r.Tasks, "Year", number(r.Year)))
	for _, s := range r.Found.Sheets {
		fmt.Fprintln(&p.out)
		for _, t := range s.Tables {
			p.checkTable(r, t)
		}
		if len(s.Tables) > 0 {
			continue
		}
		if s.Hidden {
			p.Line(p.Say("cmd.check_hidden", "Sheet", s.Name))
			continue
		}
		p.Line(p.Say("cmd.check_other", "Sheet", s.Name))
		if c := s.Candidate; c != nil {
			var known []string
			for _, field := range c.Recognised {
				known = append(known, p.FieldName(field))
			}
			p.Line(p.Say("cmd.check_candidate", "Row", c.Row, "Headings", strings.Join(c.Headings, " | "), "Fields",
				orNone(p, known)))
		}
	}
	fmt.Fprintln(&p.out)
	if len(r.Problems) == 0 {
		if !ledger.IsLedger(r.Found) {
			return // that no task was found is said as an error
		}
		p.Line(p.Say("cmd.check_clean"))
		return
	}
	p.Line(p.Say("cmd.check_problems", "Count", len(r.Problems)))
	th := p.theme()
	rows := [][]cell{{left(p.Say("cmd.check_severity")), left(p.Say("cmd.check_place")), left(p.Say("cmd.check_what"))}}
	for _, q := range r.Problems {
		word, style := p.Say("cmd.warning"), th.Warn
		if q.Severity == table.Err {
			word, style = p.Say("cmd.error"), th.Bad
		}
		place := q.Sheet
		if name := cellName(q.Cell); name != "" {
			place += "!" + name
		}
		rows = append(rows, []cell{{text: word, style: style}, left(place), left(q.Text.In(p.Lang))})
	}
	p.table(rows)
}

func orNone(p *Printer, list []string) string {
	if len(list) == 0 {
		return p.Say("cmd.none")
	}
	return strings.Join(list, ", ")
}

func (p *Printer) checkTable(r *Reading, t *table.Table) {
	var role string
	switch t.Kind {
	case ledger.KindTasks:
		role = p.Say("cmd.role_tasks")
	case ledger.KindActivities:
		role = p.Say("cmd.role_activities")
	case ledger.KindUnits:
		role = p.Say("cmd.role_units")
	case ledger.KindRequirements:
		role = p.Say("cmd.role_requirements")
	case ledger.KindHolidays:
		role = p.Say("cmd.role_holidays")
	default:
		role = p.Say("cmd.role_register", "Name", r.registerName(t.Kind))
	}
	place := t.Place
	head := number(place.HeaderFirst)
	if place.HeaderLast != place.HeaderFirst {
		head += "-" + number(place.HeaderLast)
	}
	if len(t.Rows) == 0 {
		p.Line(p.Say("cmd.check_empty", "Sheet", t.Sheet, "Role", role, "Header", head))
	} else {
		p.Line(p.Say("cmd.check_table", "Sheet", t.Sheet, "Role", role, "Header", head, "First", place.First, "Last",
			place.Last, "Rows", len(t.Rows)))
	}
	rows := [][]cell{{left(p.Say("cmd.check_column")), left(p.Say("cmd.check_heading")), left(p.Say("cmd.check_field")),
		left(p.Say("cmd.check_key")), left(p.Say("cmd.check_sure")), left(p.Say("cmd.check_why"))}}
	dim := p.theme().Dim
	for _, c := range t.Columns {
		field := left(p.FieldName(c.Field))
		if f := r.ownField(t.Kind, c.Field); f != nil {
			field = left(f.Heading())
		}
		if c.Field == "" {
			field = cell{text: p.Say("cmd.check_carried"), style: dim}
		}
		sure, why := cell{}, cell{}
		if c.Field != "" {
			sure = left(strconv.Itoa(int(c.Reading.Sure*100+0.5)) + "%")
			if c.Reading.Sure < table.Doubtful {
				sure.style = p.theme().Warn
			}
			if c.Reading.Sure < certain {
				why = cell{text: p.whyText(c), style: dim}
			}
		}
		rows = append(rows, []cell{left(a1.ColumnName(c.Col)), left(c.Heading), field, {text: c.Field, style: dim},
			sure, why})
	}
	for i := range rows {
		rows[i][0].style = theme.Style{}
	}
	p.table(rows)
}
