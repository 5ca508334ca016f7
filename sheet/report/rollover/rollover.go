// Package rollover makes next year's ledger out of this year's: in the same
// workbook's look, with the tasks that are not done, the rows of registers that are
// not settled, inventories, the units and the annual requirements; what was
// reported on the tasks is cleared, and so are the events of the year and what the office
// recorded about its supervision in it: an extension of last year extends nothing now.
//
// [Make] says of everything that it did not carry over what it was, and reads the
// new workbook as anybody would before it hands it over.
package rollover

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// ErrDiffers is the class of the error that the new workbook would not hold what
// is to be carried over.
var ErrDiffers = errors.New("the new ledger would not hold what is carried over")

// Result is the new workbook and what became of the old one's content.
type Result struct {
	Data     []byte
	Year     int
	Carried  int             // tasks
	Entries  int             // rows of registers that are carried over, without figures and logs
	Moved    int             // deadlines that name a year, and now the next
	Left     []*ledger.Task  // tasks that were not carried: they are done
	InReview []*ledger.Task  // tasks that were carried because nobody has accepted yet that they are done
	LeftRows []*ledger.Entry // rows of registers that were not: they are settled
	Events   []*ledger.Event // that were not: they were of the old year
	Cleared  []string        // headings of the columns that were cleared beside the usual ones
	Kept     []Cell          // cells that could not be cleared or moved, such as formulas
	Sheets   []string        // whose names bear the old year still
	Lost     []string        // kinds of content that a new workbook is not given: charts, macros

	heads map[place]*ledger.Task
}

// place is where a task stands in the old workbook.
type place struct {
	sheet string
	row   int
}

// headsOf are the tasks as the history has them, by their place: whether one that was
// reported as done is accepted may be known there only.
func headsOf(o syncer.Original) map[place]*ledger.Task {
	heads := map[place]*ledger.Task{}
	if o.Head != nil {
		for _, t := range o.Head.Tasks {
			heads[place{t.Source.Sheet, t.Source.Row}] = t
		}
	}
	return heads
}

// standing is a task of the old workbook as the history has it.
func (r *Result) standing(t *ledger.Task) *ledger.Task {
	if head := r.heads[place{t.Source.Sheet, t.Source.Row}]; head != nil && head.Title == t.Title {
		return head
	}
	return t
}

func (r *Result) isDone(t *ledger.Task) bool { return r.standing(t).Status.Kind == ledger.Done }

// Cell is a cell of the new workbook.
type Cell struct {
	Sheet string
	At    a1.Ref
}

// reported are the fields that people fill in through the year.
var reported = []string{ledger.FieldProgress, ledger.FieldCompleted, ledger.FieldProblems, ledger.FieldNextSteps,
	ledger.FieldEvidence}

// reReport fits headings under which people report beside the usual columns:
// 一季度进展, 上半年完成情况.
var reReport = regexp.MustCompile(`进展|落实情况|推进情况|完成情况|工作动态|实际完成|完成进度|办理情况`)

// Make makes the ledger of a year out of o. Errors: those of
// ooxml.Workbook.Extract, and ErrDiffers.
func Make(o syncer.Original, year int, opt ledger.Options) (*Result, error) {
	wb, err := ooxml.Read(o.Path, o.Data, ooxml.Options{Password: o.Password})
	if err != nil {
		return nil, err
	}
	r := &Result{Year: year, heads: headsOf(o)}
	e := ooxml.Extraction{Remove: map[string][]int{}, Empty: map[string][]int{}, Properties: map[string]string{
		syncer.StampLedger: "", syncer.StampRevision: "", syncer.StampScope: "", syncer.StampPrevious: o.ID + " " +
			o.Revision}}
	r.choose(o.Ledger)
	for _, t := range r.Left {
		e.Remove[t.Source.Sheet] = append(e.Remove[t.Source.Sheet], t.Source.Row)
	}
	for _, n := range r.LeftRows {
		e.Remove[n.Source.Sheet] = append(e.Remove[n.Source.Sheet], n.Source.Row)
	}
	for _, n := range r.Events {
		e.Empty[n.Source.Sheet] = append(e.Empty[n.Source.Sheet], n.Source.Row)
	}
	for _, rows := range e.Remove {
		slices.Sort(rows)
	}
	for _, t := range o.Ledger.Tables {
		keepOne(&e, t)
	}
	had := wb.Parts()
	data, err := wb.Extract(e)
	if err != nil {
		return nil, err
	}
	if wb, err = ooxml.Read(o.Path, data, ooxml.Options{Password: o.Password}); err != nil {
		return nil, err
	}
	r.Lost = lost(had, wb.Parts())
	l, err := read(wb, opt)
	if err != nil {
		return nil, err
	}
	for _, t := range l.Tasks {
		if err := r.renew(wb, l, t); err != nil {
			return nil, err
		}
	}
	if err := r.renumber(wb, o.Ledger, l); err != nil {
		return nil, err
	}
	if err := r.requirements(wb, l); err != nil {
		return nil, err
	}
	if err := titles(wb, l, o.Ledger.PastYear(), year); err != nil {
		return nil, err
	}
	for _, s := range wb.Sheets() {
		if inTitle(s.Name, o.Ledger.PastYear(), year) != s.Name {
			r.Sheets = append(r.Sheets, s.Name)
		}
	}
	if r.Data, err = wb.Bytes(); err != nil {
		return nil, err
	}
	return r, r.verify(o, opt)
}

// choose finds what of a ledger is not carried over: tasks that are done, rows of
// registers that were settled in its year or before, and events of its year. An
// inventory, whose rows are renewed in cycles, and a register without clocks go
// over whole.
func (r *Result) choose(l *ledger.Ledger) {
	for _, t := range l.Tasks {
		if r.isDone(t) {
			r.Left = append(r.Left, t)
		} else if r.standing(t).Review == ledger.ReviewWaiting {
			r.InReview = append(r.InReview, t)
		}
	}
	for _, reg := range l.Registers {
		for _, e := range reg.Entries {
			if isSettled(l, e) {
				r.LeftRows = append(r.LeftRows, e)
			}
		}
	}
	for _, e := range l.Events {
		if e.Date.IsZero() || e.Date.Year() <= l.PastYear() {
			r.Events = append(r.Events, e)
		}
	}
}

// isSettled reports whether nothing is left to be done about a row, and nothing
// was done about it after the ledger's year: what was settled in the next year
// counts in that one's report. An entry of the supervision record is settled from the
// beginning.
func isSettled(l *ledger.Ledger, e *ledger.Entry) bool {
	if e.Kind == ledger.KindSupervision {
		return l.DayOf(e, ledger.ActDate).Year() <= l.PastYear()
	}
	if e.Def.IsInventory() {
		return e.State == due.Ended
	}
	if e.Def.Field("decided") != nil { // it is over when it is decided, not when it is answered
		result := e.Value("result")
		if decided := l.DayOf(e, "decided"); !decided.IsZero() {
			return decided.Year() <= l.PastYear()
		}
		return result != "" && result != "pending"
	}
	year, is := e.SettledIn(l)
	return is && year <= l.PastYear()
}

// keepOne keeps a row of a table that would lose all of them, empty: a table
// without a row would not be found again.
func keepOne(e *ooxml.Extraction, t *table.Table) {
	gone := e.Remove[t.Sheet]
	if len(t.Rows) == 0 || len(t.Place.Blank) > 0 {
		return
	}
	for i := range t.Rows {
		if _, is := slices.BinarySearch(gone, t.Rows[i].Row); !is {
			return
		}
	}
	row := t.Rows[0].Row
	at, _ := slices.BinarySearch(gone, row)
	e.Remove[t.Sheet] = slices.Delete(gone, at, at+1)
	e.Empty[t.Sheet] = append(e.Empty[t.Sheet], row)
}

// lost names the kinds of parts that the old workbook had and the new has not.
func lost(had, has []string) (out []string) {
	kinds := map[string]string{"xl/charts/chart": "chart", "xl/vbaProject": "macro", "xl/pivotTables/": "pivot",
		"xl/media/": "picture"}
	kindsOf := func(parts []string) map[string]bool {
		found := map[string]bool{}
		for _, name := range parts {
			for prefix, kind := range kinds {
				if strings.HasPrefix(name, prefix) {
					found[kind] = true
				}
			}
		}
		return found
	}
	kept := kindsOf(has)
	for _, kind := range slices.Sorted(maps.Keys(kindsOf(had))) {
		if !kept[kind] {
			out = append(out, kind)
		}
	}
	return out
}

func read(wb *ooxml.Workbook, opt ledger.Options) (*ledger.Ledger, error) {
	found, err := table.Find(wb, ledger.Schemas(opt))
	if err != nil {
		return nil, err
	}
	return ledger.Build(found.Tables, opt), nil
}

// set writes a value of a row; a cell that cannot be written is told of.
func (r *Result) set(wb *ooxml.Workbook, sheet string, at a1.Ref, v ooxml.Value) error {
	err := wb.Set(sheet, at, v)
	if errors.Is(err, ooxml.ErrFormula) {
		r.Kept = append(r.Kept, Cell{sheet, at})
		return nil
	}
	return err
}

// renew clears what was reported on a task, and moves its deadline.
func (r *Result) renew(wb *ooxml.Workbook, l *ledger.Ledger, t *ledger.Task) error {
	r.Carried++
	at := func(i int) a1.Ref { return a1.Ref{Row: t.Source.Row, Col: t.Table.Columns[i].Col} }
	set := func(field string, v ooxml.Value) error {
		i := t.Table.Index(field)
		if i < 0 {
			return nil
		}
		return r.set(wb, t.Source.Sheet, at(i), v)
	}
	for _, field := range reported {
		if t.Text(field) != "" {
			if err := set(field, ooxml.Value{}); err != nil {
				return err
			}
		}
	}
	for i := range t.Table.Columns {
		c := &t.Table.Columns[i]
		if c.Field != "" || !reReport.MatchString(c.Heading) || t.Table.Get(t.Row, c.Key) == "" {
			continue
		}
		if err := r.set(wb, t.Source.Sheet, at(i), ooxml.Value{}); err != nil {
			return err
		}
		if !slices.Contains(r.Cleared, c.Heading) {
			r.Cleared = append(r.Cleared, c.Heading)
		}
	}
	if k := t.Status.Kind; k != ledger.Ongoing && k != ledger.NotStarted && t.Status.Text != "" {
		_, text, err := l.Compose(t, ledger.FieldStatus, string(ledger.NotStarted))
		if err != nil { // its list has no word for it
			if i := t.Table.Index(ledger.FieldStatus); i >= 0 {
				r.Kept = append(r.Kept, Cell{t.Source.Sheet, at(i)})
			}
		} else if err := set(ledger.FieldStatus, ooxml.TextValue(text)); err != nil {
			return err
		}
	}
	value, moves := r.deadline(t.Deadline)
	if !moves {
		return nil
	}
	kept := len(r.Kept)
	if err := set(ledger.FieldDeadline, value); err != nil {
		return err
	}
	if len(r.Kept) == kept {
		r.Moved++
	}
	return nil
}

// deadline is a deadline that names a year before the new one, in the new one.
func (r *Result) deadline(d due.Deadline) (v ooxml.Value, moves bool) {
	last := lastYear(d.Text)
	if d.Kind == due.Dated && last > 0 {
		last = d.Due.Year() // of 2022年3月至2023年1月 the end
	}
	by := r.Year - last
	if last == 0 || by <= 0 {
		return ooxml.Value{}, false // it names no year, or one that is still to come
	}
	if _, err := time.Parse(time.DateOnly, d.Text); err == nil && d.Kind == due.Dated {
		return ooxml.DateValue(due.AddMonths(d.Due, 12*by)), true
	}
	return ooxml.TextValue(moveYears(d.Text, by)), true
}

var (
	reYear        = regexp.MustCompile(`(19|20|21)\d{2}`)
	reWideYear    = regexp.MustCompile(`[１２][０-９]{3}`)
	reChineseYear = regexp.MustCompile(`[一二][〇○零一二三四五六七八九]{3}年`)
)

// years finds the years in a text, in whatever digits, and replaces each.
func years(s string, with func(year int) int) string {
	s = reYear.ReplaceAllStringFunc(s, func(y string) string {
		n, _ := strconv.Atoi(y) // four digits
		return strconv.Itoa(with(n))
	})
	s = reWideYear.ReplaceAllStringFunc(s, func(y string) string {
		return inDigits(with(ofDigits(y, "０１２３４５６７８９")), "０１２３４５６７８９")
	})
	return reChineseYear.ReplaceAllStringFunc(s, func(y string) string {
		zero := "〇"
		for _, z := range []string{"零", "○"} {
			if strings.Contains(y, z) {
				zero = z
			}
		}
		digits := zero + "一二三四五六七八九"
		y = strings.TrimSuffix(strings.NewReplacer("〇", zero, "○", zero, "零", zero).Replace(y), "年")
		return inDigits(with(ofDigits(y, digits)), digits) + "年"
	})
}

func ofDigits(s, digits string) (n int) {
	all := []rune(digits)
	for _, c := range s {
		n = 10*n + slices.Index(all, c)
	}
	return n
}

func inDigits(n int, digits string) string {
	all := []rune(digits)
	var b strings.Builder
	for _, c := range strconv.Itoa(n) {
		b.WriteRune(all[c-'0'])
	}
	return b.String()
}

// moveYears is a text with every year in it moved.
func moveYears(s string, by int) string { return years(s, func(y int) int { return y + by }) }

// lastYear is the last year that a text names, 0 if it names none.
func lastYear(s string) (last int) {
	years(s, func(y int) int { last = max(last, y); return y })
	return last
}

// inTitle is a title with one year in place of another.
func inTitle(s string, from, to int) string {
	return years(s, func(y int) int {
		if y == from {
			return to
		}
		return y
	})
}

// renumber closes the gaps in running numbers (序号) of tasks. Numbers that did not
// run, or say where a task belongs (1.2), stay.
func (r *Result) renumber(wb *ooxml.Workbook, old, now *ledger.Ledger) error {
	done := map[*table.Row]bool{}
	for _, t := range old.Tasks {
		if r.isDone(t) {
			done[t.Row] = true
		}
	}
	nth := map[string]int{} // of the tables of tasks of a sheet
	tables := map[[2]any]*table.Table{}
	count := func(l *ledger.Ledger, visit func(key [2]any, t *table.Table)) {
		clear(nth)
		for _, t := range l.Tables {
			if t.Kind == ledger.KindTasks {
				visit([2]any{t.Sheet, nth[t.Sheet]}, t)
				nth[t.Sheet]++
			}
		}
	}
	count(now, func(key [2]any, t *table.Table) { tables[key] = t })
	var err error
	count(old, func(key [2]any, t *table.Table) {
		want := renumbered(t, done)
		into := tables[key]
		if err != nil || into == nil || len(want) != len(into.Rows) {
			return
		}
		for i, n := range want {
			if err != nil {
				return
			}
			if at := into.Index(ledger.FieldNumber); at >= 0 && strconv.Itoa(n) != into.Get(&into.Rows[i],
				ledger.FieldNumber) {
				err = r.set(wb, into.Sheet, a1.Ref{Row: into.Rows[i].Row, Col: into.Columns[at].Col},
					ooxml.NumberValue(strconv.Itoa(n)))
			}
		}
	})
	return err
}

// renumbered are the numbers of the rows that stay; nil if the rows are not
// numbered 1, 2, 3, …, throughout or anew in every section.
func renumbered(t *table.Table, gone map[*table.Row]bool) (out []int) {
	last, next := 0, 1
	for i := range t.Rows {
		n, err := strconv.Atoi(strings.TrimSpace(t.Get(&t.Rows[i], ledger.FieldNumber)))
		if err != nil || n != last+1 && n != 1 {
			return nil
		}
		if n == 1 {
			next = 1
		}
		last = n
		if !gone[&t.Rows[i]] {
			out = append(out, next)
			next++
		}
	}
	return out
}

// requirements moves the days by which the annual requirements are to be met.
func (r *Result) requirements(wb *ooxml.Workbook, l *ledger.Ledger) error {
	for _, t := range l.Tables {
		col := t.Index(ledger.RuleDue)
		if t.Kind != ledger.KindRequirements || col < 0 {
			continue
		}
		for i := range t.Rows {
			text := t.Get(&t.Rows[i], ledger.RuleDue)
			v, moves := r.deadline(due.Parse(text, l.Year, l.Today))
			if !moves {
				continue
			}
			if err := r.set(wb, t.Sheet, a1.Ref{Row: t.Rows[i].Row, Col: t.Columns[col].Col}, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// titles puts the new year into the lines above the tables.
func titles(wb *ooxml.Workbook, l *ledger.Ledger, from, to int) error {
	for _, t := range l.Tables {
		sheet, err := wb.Sheet(t.Sheet)
		if err != nil {
			return err
		}
		for row := 1; row < t.Place.HeaderFirst; row++ {
			for _, c := range sheet.Row(row) {
				text := wb.Text(c)
				next := inTitle(text, from, to)
				if next == text || c.Kind != ooxml.Text {
					continue
				}
				if err := wb.Set(t.Sheet, c.Ref, ooxml.TextValue(next)); err != nil &&
					!errors.Is(err, ooxml.ErrFormula) {
					return err
				}
			}
		}
	}
	return nil
}

// verify reads the new workbook as anybody would: it holds the tasks that are
// carried, in their order, and is of the new year.
func (r *Result) verify(o syncer.Original, opt ledger.Options) error {
	wb, err := ooxml.Read(o.Path, r.Data, ooxml.Options{Password: o.Password})
	if err != nil {
		return err
	}
	l, err := read(wb, opt)
	if err != nil {
		return err
	}
	var want, got []string
	for _, t := range o.Ledger.Tasks {
		if !r.isDone(t) {
			want = append(want, t.Title+"\n"+t.Requirement+"\n"+t.Lead)
		}
	}
	for _, t := range l.Tasks {
		got = append(got, t.Title+"\n"+t.Requirement+"\n"+t.Lead)
	}
	gone := map[*ledger.Entry]bool{}
	for _, e := range r.LeftRows {
		gone[e] = true
	}
	for _, reg := range o.Ledger.Registers {
		for _, e := range reg.Entries {
			if !gone[e] {
				want = append(want, wholeRow(e))
			}
		}
	}
	r.Entries = 0
	for _, reg := range l.Registers {
		for _, e := range reg.Entries {
			if !reg.Def.Aside {
				r.Entries++
			}
			got = append(got, wholeRow(e))
		}
	}
	if !slices.Equal(want, got) {
		return &msg.Error{Class: ErrDiffers, Text: msg.New("rollover.differs", "File", o.Path, "Want", len(want), "Got",
			len(got)),
			Hint: msg.New("split.differs_hint")}
	}
	return nil
}

// wholeRow is all that a row of a register says.
func wholeRow(e *ledger.Entry) string {
	var b strings.Builder
	b.WriteString(e.Kind)
	for _, f := range e.Def.Fields {
		b.WriteString("\n" + e.Get(f.Name))
	}
	return b.String()
}
