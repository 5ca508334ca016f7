package ledger

import (
	"strings"
	"testing"
	"time"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// sheetOf makes a table by hand. heads are "key" or "key:heading"; a key that is
// no field of the kind makes a column without a meaning. Rows are values
// joined with "|"; the first stands in sheet row 4.
func sheetOf(kind, heads string, rows ...string) *table.Table {
	t := &table.Table{Kind: kind, Sheet: "台账", Place: table.Place{HeaderFirst: 3, HeaderLast: 3, First: 4,
		Last: 3 + len(rows)}}
	for i, h := range strings.Fields(heads) {
		key, heading, _ := strings.Cut(h, ":")
		c := table.Column{Key: key, Heading: heading, Col: i + 1}
		if fieldNamed(kind, key) == key {
			c.Field = key
		}
		if heading == "" {
			c.Heading = key
		}
		t.Columns = append(t.Columns, c)
	}
	for i, r := range rows {
		values := strings.Split(r, "|")
		for len(values) < len(t.Columns) {
			values = append(values, "")
		}
		t.Rows = append(t.Rows, table.Row{Values: values, Row: 4 + i})
	}
	return t
}

func titled(t *table.Table, lines ...string) *table.Table {
	t.Place.Title = lines
	return t
}

// column gives a column of t a drop-down list and a format.
func column(t *table.Table, key string, format table.Format, choices ...string) *table.Table {
	i := t.Index(key)
	t.Columns[i].Format, t.Columns[i].Choices = format, choices
	return t
}

// on are options for reading on a day.
func on(day string) Options {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return Options{Today: t, Year: 2022}
}

// complaints are the problems as "cell key".
func complaints(l *Ledger) (out []string) {
	for _, p := range l.Problems {
		out = append(out, p.Cell.String()+" "+strings.TrimPrefix(p.Text.Key, "ledger."))
	}
	return out
}

// sentences fails if one of the problems cannot be said in a language.
func sentences(t *testing.T, l *Ledger) {
	t.Helper()
	for _, p := range l.Problems {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			if s := p.Text.In(lang); s == p.Text.Key || strings.Contains(s, "<no value>") {
				t.Errorf("%s in %s: %s", p.Text.Key, lang, s)
			}
		}
	}
}

// history is what a test knows of earlier changes.
type history struct {
	changed, progress map[string]time.Time
	known             time.Time
}

func (h history) Changed(row string) time.Time         { return h.changed[row] }
func (h history) ProgressChanged(row string) time.Time { return h.progress[row] }
func (h history) Known() time.Time                     { return h.known }

func parse(day string) time.Time { return on(day).Today }
