package ledger

import (
	"slices"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// maxAlike is how many cells with the same mistake are listed one by one; what
// is over is counted in one more problem, so that a column of a hundred thousand
// unknown words stays readable.
const maxAlike = 20

// problemLog collects problems in the order of the sheets' cells.
type problemLog struct {
	problems []table.Problem
	alike    map[alikeKey]*alike
}

type alikeKey struct {
	t    *table.Table
	key  string
	text string
	col  string
}

type alike struct {
	n    int
	rest table.Problem // the first that is not listed
}

// warn records a problem in the cell of column key in row r (nil: the whole
// sheet). like groups it with others that say the same.
func (p *problemLog) warn(t *table.Table, r *table.Row, key, like, id string, args ...any) {
	p.add(table.Warning, t, r, key, like, id, args...)
}

// warnImpossible records that a text names a day that does not exist.
func (p *problemLog) warnImpossible(t *table.Table, r *table.Row, key string, d due.Deadline) {
	id := "ledger.impossible_date"
	if d.Fault == due.NoSuchYear {
		id = "ledger.impossible_year"
	}
	p.warn(t, r, key, d.Text, id, "Text", d.Text, "Min", due.MinYear, "Max", due.MaxYear)
}

func (p *problemLog) add(sev table.Severity, t *table.Table, r *table.Row, key, like, id string, args ...any) {
	var at a1.Ref
	if r != nil {
		if at = cellOf(t, r, key); at.Col == 0 && r.Row > 0 {
			at = a1.Ref{Row: r.Row, Col: 1}
		}
	}
	if p.alike == nil {
		p.alike = map[alikeKey]*alike{}
	}
	k := alikeKey{t, id, like, key}
	a := p.alike[k]
	if a == nil {
		a = &alike{}
		p.alike[k] = a
	}
	a.n++
	if a.n > maxAlike+1 {
		return
	}
	for i, v := range args {
		if s, ok := v.(string); ok && i%2 == 1 {
			args[i] = show(s)
		}
	}
	problem := table.Problem{Sheet: t.Sheet, Cell: at, Severity: sev, Text: msg.New(id, args...)}
	if a.n == maxAlike+1 {
		a.rest = problem
		return
	}
	p.problems = append(p.problems, problem)
}

// list is all problems: by sheet in the order met, then by row and column.
func (p *problemLog) list() []table.Problem {
	for _, a := range p.alike {
		switch {
		case a.n == maxAlike+1:
			p.problems = append(p.problems, a.rest)
		case a.n > maxAlike:
			a.rest.Text = msg.New("ledger.and_more", "Problem", a.rest.Text, "N", a.n-maxAlike-1)
			p.problems = append(p.problems, a.rest)
		}
	}
	order := map[string]int{}
	for _, q := range p.problems {
		if _, ok := order[q.Sheet]; !ok {
			order[q.Sheet] = len(order)
		}
	}
	slices.SortStableFunc(p.problems, func(a, b table.Problem) int {
		if d := order[a.Sheet] - order[b.Sheet]; d != 0 {
			return d
		}
		if d := a.Cell.Row - b.Cell.Row; d != 0 {
			return d
		}
		return a.Cell.Col - b.Cell.Col
	})
	return p.problems
}

// doubtColumns records the columns of a table whose meaning is not sure.
func (b *builder) doubtColumns(t *table.Table) {
	for _, c := range t.Columns {
		r := &c.Reading
		if c.Field == "" || c.Col == 0 || len(r.Why) == 0 || r.Sure >= table.Doubtful {
			continue
		}
		var heading any = show(c.Heading)
		if c.Heading == "" {
			heading = msg.New("ledger.nameless_column")
		}
		why := whyList(r.Why)
		text := msg.New("ledger.unsure_column", "Heading", heading, "Field", FieldText(c.Field), "Why", why)
		if other := FieldText(r.Else); !other.IsZero() {
			text = msg.New("ledger.unsure_column.else", "Heading", heading, "Field", FieldText(c.Field), "Why", why,
				"Else", other)
		}
		b.log.problems = append(b.log.problems, table.Problem{Sheet: t.Sheet,
			Cell: a1.Ref{Row: t.Place.HeaderLast, Col: c.Col}, Text: text})
	}
}

// whyList joins reasons in the reader's language.
func whyList(why []msg.Text) msg.Text {
	out := why[0]
	for _, w := range why[1:] {
		out = msg.New("ledger.why.more", "First", out, "Next", w)
	}
	return out
}
