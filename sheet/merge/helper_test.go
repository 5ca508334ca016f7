package merge

import (
	"strings"
	"testing"

	"taizhang/sheet/table"
)

// taskIdentity is how the ledger's tasks would be told apart.
var taskIdentity = map[string]Identity{"tasks": {
	Ignore: []string{"number"}, Strong: []string{"code"}, Name: []string{"title",
		"lead"}, Owner: []string{"lead"}, Text: []string{"requirement"}, Unit: []string{"owner"},
}}

// sheetOf reads a table written down as lines of cells parted by "|". The first
// line is the column keys; a cell of column "id" is the row's ID.
func sheetOf(kind, sheet, text string) *table.Table {
	t := &table.Table{Kind: kind, Sheet: sheet}
	id := -1
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if n == 0 {
			for i, c := range cells {
				if c == "id" {
					id = i
					continue
				}
				t.Columns = append(t.Columns, table.Column{Key: c, Heading: c})
			}
			continue
		}
		r := table.Row{Row: n + 1}
		for i, c := range cells {
			if i == id {
				r.ID = c
			} else {
				r.Values = append(r.Values, c)
			}
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func tasks(text string) State { return State{Tables: []*table.Table{sheetOf("tasks", "台账", text)}} }

// show writes a state down as sheetOf reads it, without ids.
func show(s State) string {
	var sb strings.Builder
	for i, t := range s.Tables {
		if i > 0 {
			sb.WriteString("-- " + t.Sheet + "\n")
		}
		for i, c := range t.Columns {
			if i > 0 {
				sb.WriteByte('|')
			}
			sb.WriteString(c.Key)
		}
		sb.WriteByte('\n')
		for _, r := range t.Rows {
			sb.WriteString(strings.Join(r.Values, "|") + "\n")
		}
	}
	return sb.String()
}

func trim(s string) string {
	var out []string
	for _, l := range strings.Split(strings.TrimSpace(s), "\n") {
		cells := strings.Split(l, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n") + "\n"
}

func mustMerge(t *testing.T, base, mine, theirs State, opt Options) Result {
	t.Helper()
	if opt.Identity == nil {
		opt.Identity = taskIdentity
	}
	r, err := Merge(base, mine, theirs, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outcomes lists changes as "row key base>theirs outcome".
func outcomes(r Result) []string {
	var out []string
	for _, c := range r.Changes {
		s := c.Row + " "
		switch {
		case c.RowAdded:
			s = "row added "
		case c.RowDeleted:
			s += "deleted "
		case c.MineDeleted:
			s += "deleted by mine "
		default:
			s += c.Key + " " + c.Base + ">" + c.Theirs + " "
		}
		out = append(out, s+string(c.Outcome))
	}
	return out
}
