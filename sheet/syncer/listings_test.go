package syncer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
)

// listing is one of the lists in the workbook of the random histories: the tasks, or a
// register of requests. Offices and coordinators type into both alike.
type listing struct {
	kind, sheet string
	headings    []string
	title, unit int   // columns of what a row is called and of whose it is
	typed       []int // columns that offices type into
	fields      []int // of these the ones that coordinators type into
	numbered    bool  // the first column counts the rows
	fewest      int   // rows that offices leave in it
}

var listings = []*listing{
	{ledger.KindTasks, "台账", headings, 1, 2, []int{4, 5, 6}, []int{5, 6}, true, 4},
	{requestsKind, requestsSheet, requestHeadings, 3, 4, []int{5, 6}, []int{5, 6}, false, 4},
	{ledger.KindActivities, "年度活动", eventHeadings, 3, 1, []int{7, 8}, []int{4, 8}, false, 1},
}

// eventHeadings are those of the sheet that is made when the first event is recorded.
var eventHeadings = []string{"类型", "单位", "日期", "主题", "地点", "人数", "环节", "佐证", "备注"}

func listingOf(kind string) *listing {
	i := slices.IndexFunc(listings, func(l *listing) bool { return l.kind == kind })
	if i < 0 {
		return nil
	}
	return listings[i]
}

// anyListing draws one; the tasks are likelier.
func anyListing(rt *rapid.T) *listing {
	return listings[rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2}).Draw(rt, "list")]
}

// rows is the rows of a list in a document, from the first below the headings.
func (l *listing) rows(d *document) [][]string {
	rows, _ := d.f.GetRows(l.sheet)
	return rows[min(2, len(rows)):]
}

// isRow reports whether a row was not emptied.
func (l *listing) isRow(row []string) bool { return len(row) > l.unit }

func (l *listing) cell(row []string, c int) string {
	return l.named(row[l.title], row[l.unit], l.headings[c])
}

// named names a cell in the model. Events are called otherwise from time to time: of
// them it is known only whose they are.
func (l *listing) named(title, unit, heading string) string {
	if l.kind == ledger.KindActivities {
		return cellOf("活动", unit, "")
	}
	return cellOf(title, unit, heading)
}

// spot is the value of a row under a heading.
func (l *listing) spot(n *ledger.Line, key, heading string) spotted {
	return spotted{id: n.ID, kind: l.kind, field: key, shown: n.Table.Get(n.Row, key),
		cell: l.named(n.Title, unitOf(n), heading)}
}

// spotted is a value that a coordinator is about to type over.
type spotted struct {
	id, kind, field, shown string
	cell                   string
}

func (p spotted) edit(v string) Edit { return Edit{Task: p.id, Kind: p.kind, Field: p.field, Value: v} }

// target draws a value of a task or a request, often the one of the time before.
func (w *world) target(rt *rapid.T, s *Session) spotted {
	l := anyListing(rt)
	at, nth := rapid.IntRange(0, bookRows-1).Draw(rt, "row"), rapid.IntRange(0, len(l.fields)-1).Draw(rt, "column")
	if rapid.IntRange(0, 2).Draw(rt, "the place of the last one") == 0 && w.last.l != nil {
		l, at, nth = w.last.l, w.last.at, w.last.nth
	}
	w.last.l, w.last.at, w.last.nth = l, at, nth
	var lines []*ledger.Line
	for _, t := range s.Snapshot().Ledger.Tables {
		for r := range t.Rows {
			if line := s.Snapshot().Ledger.Line(t.Rows[r].ID); t.Kind == l.kind && line != nil {
				lines = append(lines, line)
			}
		}
	}
	if len(lines) == 0 {
		rt.Skip()
	}
	n := lines[at%len(lines)]
	heading := l.headings[l.fields[nth]]
	key := ledger.ColumnNamed(n.Table, heading)
	if key == "" {
		key = ledger.FieldProgress // the column was renamed
	}
	return l.spot(n, key, heading)
}

func unitOf(n *ledger.Line) string {
	if n.Table.Kind == requestsKind || n.Table.Kind == ledger.KindActivities {
		return n.Table.Get(n.Row, "unit")
	}
	return n.Table.Get(n.Row, ledger.FieldLead)
}

// eventRecorded is an event that a coordinator records, or one whose topic is typed anew.
func (w *world) eventRecorded(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	s := w.sessions[i]
	events := s.Snapshot().Ledger.Events
	if len(events) > 0 && rapid.Bool().Draw(rt, "an old one") {
		e := rapid.SampledFrom(events).Draw(rt, "event")
		v := w.fresh(cellOf("活动", e.Unit, ""))
		if _, err := s.Change(context.Background(),
			[]Edit{{Task: e.ID, Kind: ledger.KindActivities, Field: ledger.EventTopic, Value: v}}); err != nil {
			rt.Fatal(err)
		}
		w.keeps(v)
		w.replace(e.Topic)
		w.note(i)
		return
	}
	unit := rapid.SampledFrom(units).Draw(rt, "unit")
	v := w.fresh(cellOf("活动", unit, ""))
	values := map[string]string{"unit": unit, "date": "2022-06-01", "topic": v}
	if _, _, err := s.Record(context.Background(), "training", values); errors.Is(err, ledger.ErrValue) {
		return // a unit that came after the sheet was made stands in none of its drop-down lists
	} else if err != nil {
		rt.Fatal(err)
	}
	w.keeps(v)
	w.note(i)
}

// supervised is an entry of the supervision record, which is only ever added to.
func (w *world) supervised(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	tasks := w.sessions[i].Snapshot().Ledger.Tasks
	if len(tasks) == 0 {
		rt.Skip()
	}
	t := rapid.SampledFrom(tasks).Draw(rt, "task")
	v := w.fresh(cellOf("督办", "", ""))
	act := NewAct{Values: map[string]string{ledger.ActDate: "2022-06-10", ledger.ActTask: t.ID,
		ledger.ActKindOf: string(ledger.Proof), ledger.ActContent: v}}
	if _, _, err := w.sessions[i].Supervise(context.Background(),
		func(*ledger.Ledger) ([]NewAct, error) { return []NewAct{act}, nil }); err != nil {
		rt.Fatal(err)
	}
	w.keeps(v)
	w.note(i)
}

// rowDeleted is a row that a coordinator deletes, who sees what stands in it.
func (w *world) rowDeleted(rt *rapid.T) {
	w.rt = rt
	i := w.who(rt)
	w.sync(i)
	s := w.sessions[i]
	lines := w.deletable(s)
	if len(lines) < 8 {
		rt.Skip()
	}
	n := rapid.SampledFrom(lines).Draw(rt, "row")
	shown := s.Snapshot().Conflicts
	_, err := s.Delete(context.Background(), []Removal{{Row: n.ID}})
	if errors.Is(err, ErrMoved) {
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	for _, v := range n.Row.Values {
		w.replace(v)
	}
	for _, c := range shown {
		if c.Task == n.ID {
			w.replace(c.Theirs)
		}
	}
	w.note(i)
}

// deletable are the rows that a session shows and a coordinator may delete.
func (w *world) deletable(s *Session) (lines []*ledger.Line) {
	for _, t := range s.Snapshot().Ledger.Tables {
		for r := range t.Rows {
			if n := s.Snapshot().Ledger.Line(t.Rows[r].ID); n != nil && t.Kind != ledger.KindSupervision {
				lines = append(lines, n)
			}
		}
	}
	return lines
}

// known is what a person, who knows rows by what they are called, answers when asked
// which row one is. To ask is right only of a row whose name is new, when one of its
// unit is gone: that one may have been rewritten into it.
func (w *world) known(i int, a Ask) string {
	w.rt.Logf("asked about %v", a.Values)
	n := w.sessions[i].Snapshot()
	title, unit := a.Values[ledger.FieldTitle], a.Values[ledger.FieldLead]
	switch a.Sheet {
	case requestsSheet:
		title, unit = a.Values["content"], a.Values["unit"]
	case "年度活动":
		title, unit = a.Values[ledger.EventTopic], a.Values[ledger.EventUnit]
	}
	for _, t := range n.Ledger.Tables {
		for r := range t.Rows {
			if line := n.Ledger.Line(t.Rows[r].ID); line != nil && line.Title == title && unitOf(line) == unit {
				w.rt.Fatalf("asked about %s, which is told apart by its title", title)
			}
		}
	}
	for _, id := range a.Candidates {
		if line := n.Ledger.Line(id); line != nil && unitOf(line) != unit {
			w.rt.Fatalf("asked whether %v is %s of another unit", a.Values, line.Title)
		}
	}
	return merge.AnswerNew
}

// placeOf is the cell in which a value of a row must have been typed; "" if nobody types
// there.
func (w *world) placeOf(n *ledger.Line, c int) string {
	switch n.Table.Kind {
	case ledger.KindActivities:
		return cellOf("活动", n.Table.Get(n.Row, ledger.EventUnit), "")
	case ledger.KindSupervision:
		return cellOf("督办", "", "")
	}
	heading := n.Table.Columns[c].Heading
	if n.Table.Kind == ledger.KindTasks && strings.Contains(heading, headings[5]) {
		heading = headings[5] // the column was renamed
	}
	return cellOf(n.Title, unitOf(n), heading)
}

// insert puts a row into a list of a document.
func (l *listing) insert(title, unit, v string, n int) []string {
	switch l.kind {
	case ledger.KindActivities:
		return []string{"业务培训", unit, fmt.Sprintf("2022-06-%02d", 1+n%28), title, "", "", "", "", v}
	case requestsKind:
		return []string{fmt.Sprintf("2022-%03d", 100+n), "2022-06-02", "申请人" + fmt.Sprint(n), title, unit, v, ""}
	}
	return []string{"", title, unit, "", "", v, ""}
}
