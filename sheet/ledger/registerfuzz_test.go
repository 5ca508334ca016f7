package ledger

import (
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Whatever stands in the settings for registers: it is refused with a line and a
// key, or every kind that it defines reads rows, says how they stand, and makes a
// sheet.
func FuzzRegisterDefinitions(f *testing.F) {
	for _, s := range []string{
		petitions, "- {kind: requests, clocks: [{name: 答复, pause_days: between}]}",
		"- kind: a\n  fields: {x: [甲], y: {type: cycle, headings: 乙}}\n  clocks: [{name: b, from: [x], every: y}]\n",
		"- &a {kind: a, fields: {x: [甲]}}\n- *a\n",
		"- {kind: columns, fields: {state: {values: {closed: [停]}}}, need: [[name], []]}",
		"- {kind: a, fields: {x: {headings: [''], values: {v: ['']}}}, title: x}",
		"- kind: a\n  fields: {x: {type: date, headings: [甲]}}\n  clocks: [{name: b, from: x, within: 3660天, pause: " +
			"[[x, x]], waiting: [x, x], confirm: {field: x, when: {x: ['*']}}, extend: {field: x, by: 9年}, until: x, " +
			"due: x}]\n",
	} {
		f.Add(s, "2022-09-05", "9-8")
	}
	f.Fuzz(func(t *testing.T, text, one, two string) {
		var doc yaml.Node
		if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
			return
		}
		defs, mistakes := ReadRegisters(doc.Content[0], Registers())
		for _, m := range mistakes {
			if m.Line < 1 || m.Key == "" || m.Wrong == "" {
				t.Fatalf("a mistake without its place: %+v", m)
			}
		}
		if len(mistakes) > 0 {
			return
		}
		opt := on("2022-09-20")
		opt.Registers = defs
		Schemas(opt)
		for i := range defs {
			d := &defs[i]
			tab := d.blank()
			tab.Sheet, tab.Place = "台账", table.Place{HeaderFirst: 3, HeaderLast: 3, First: 4, Last: 5}
			for r, cells := range [][2]string{{one, two}, {two, one}} {
				row := table.Row{Row: 4 + r, Values: make([]string, len(tab.Columns))}
				for c := range row.Values {
					row.Values[c] = cells[c%2]
				}
				tab.Rows = append(tab.Rows, row)
			}
			l := Build([]*table.Table{tab}, opt)
			checkRegister(t, l, d.Kind)
			l.RegisterSheet(d)
		}
	})
}

// checkRegister looks at all that is said about the rows of a register.
func checkRegister(t *testing.T, l *Ledger, kind string) {
	t.Helper()
	r := l.Register(kind)
	if r == nil {
		return
	}
	for _, e := range r.Entries {
		if e.ID == "" || !slices.Contains(States, e.State) {
			t.Fatalf("row %d has the id %q and the state %q", e.Source.Row, e.ID, e.State)
		}
		for i := range e.Clocks {
			c := &e.Clocks[i]
			if !c.Due.IsZero() && (c.Due.Year() < due.MinYear || c.Due.Year() > due.MaxYear+10) {
				t.Fatalf("row %d, %s: due on %s", e.Source.Row, c.Def.Name, c.Due.Format(time.DateOnly))
			}
			texts := []msg.Text{l.Why(e, c)}
			for _, m := range e.Line(c) {
				texts = append(texts, m.Text)
			}
			for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
				for _, text := range texts {
					if s := text.In(lang); strings.Contains(s, "<no value>") || s == text.Key && s != "" {
						t.Fatalf("row %d, %s: %s", e.Source.Row, c.Def.Name, s)
					}
				}
			}
			l.Steps(c)
		}
	}
	r.Worst()
	l.DueCells(kind)
	l.Figures(r)
	sentences(t, l)
}

// A request with any texts in its cells: every clock has a state and can be told.
func FuzzRequestRow(f *testing.F) {
	f.Add("9-5", "2022.9.8", "9月20日", "是", "20个工作日", "已寄出", "予以公开")
	f.Add("2022年9月31日", "44809", "8-1", "延长10日", "10-21", "/", "征求意见")
	f.Fuzz(func(t *testing.T, received, consulted, opinion, extended, typed, replied, outcome string) {
		row := []string{"1", received, "甲", "乙", consulted, opinion, extended, typed, replied, outcome, consulted,
			opinion}
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "|", " ")
		}
		l := Build([]*table.Table{sheetOf("requests",
			"number received applicant content consulted opinion extended due replied outcome corrected_notice "+
				"corrected",
			strings.Join(row, "|"))}, on("2022-10-13"))
		checkRegister(t, l, "requests")
		l.Fees()
		for year := 2021; year <= 2023; year++ {
			y := l.YearOfRequests(year)
			if in, out := Total(y.New)+Total(y.CarriedIn), Total(y.CarriedOn)+len(y.SettledRows); in != out {
				t.Fatalf("%d: %d in, %d out", year, in, out)
			}
		}
	})
}

// A row of the sheet 节假日 adds at most the days of a long holiday, or is told of.
func FuzzHolidayRow(f *testing.F) {
	f.Add("2022-10-10", "地方休息日", "放假")
	f.Add("10月1日至10月7日", "", "上班")
	f.Add("2022-10-10", "", "也许")
	f.Add("9999年1月1日—3月1日", "长假", "")
	f.Fuzz(func(t *testing.T, date, name, state string) {
		cells := []string{date, name, state}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", " ")
		}
		l := Build([]*table.Table{sheetOf(KindHolidays, "date name state", strings.Join(cells, "|"))}, on("2022-09-20"))
		changed := 0
		for d := parse("2021-12-31"); d.Year() < 2024; d = d.AddDate(0, 0, 1) {
			if l.Calendar.IsWorkday(d) != due.Official().IsWorkday(d) {
				changed++
			}
		}
		if changed > maxHoliday {
			t.Fatalf("%q %q changes %d days", date, state, changed)
		}
		sentences(t, l)
	})
}
