package index

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// Register is one register, prepared as the tasks are.
type Register struct {
	*ledger.Register
	Entries []*ledger.Entry // most urgent first
	Columns []Column        // of all its tables, without doubles

	x       *Index
	corpus  func() *corpus
	letters func() [2]*corpus
	figures func() msg.Text
	due     []time.Time // when the clock of each row ends
	unit    []int32     // of each row the place in units of a row with the same units
	units   []*ledger.Entry
	states  map[due.State]string // every state in the words that a filter may use
	days    sync.Map             // dates by their text: the same ones come again and again
}

// The columns of a register's list that no cell says: how the clock of a row stands, and
// when it ends.
const (
	ClockColumn = "clock.state"
	DueColumn   = "clock.due"
)

// firstEntry is where lines that stand for rows of registers begin; those before it
// stand for tasks.
const firstEntry = 1 << 30

// RowAt is what a line of LateRows, SoonRows or OwedRows stands for: a task or a
// row of a register.
func (x *Index) RowAt(n int32) (*ledger.Task, *ledger.Entry) {
	if n < firstEntry {
		return x.Ledger.Tasks[n], nil
	}
	n -= firstEntry
	for _, r := range x.Registers {
		if int(n) < len(r.Entries) {
			return nil, r.Entries[n]
		}
		n -= int32(len(r.Entries))
	}
	return nil, nil
}

// registers prepares the registers, and what of them is urgent or owed.
func (x *Index) registers() {
	x.LateRows, x.SoonRows, x.OwedRows = slices.Clone(x.Overdue), slices.Clone(x.Soon), map[string][]int32{}
	line := int32(firstEntry)
	for _, reg := range x.Ledger.Registers {
		r := &Register{Register: reg, Entries: reg.Worst(), x: x}
		r.columns()
		r.due, r.unit = make([]time.Time, len(r.Entries)), make([]int32, len(r.Entries))
		cells := map[string]int32{}
		for i, e := range r.Entries {
			r.due[i] = DueOf(e)
			cell := e.Get(r.Def.Unit)
			at, known := cells[cell]
			if !known {
				at = int32(len(r.units))
				cells[cell] = at
				r.units = append(r.units, e)
			}
			r.unit[i] = at
		}
		r.states = map[due.State]string{}
		for _, s := range ledger.States {
			r.states[s] = Fold(ledger.StateText(s).In(msg.ZH)) + gap + Fold(
				ledger.StateText(s).In(msg.EN)) + gap + string(s) + gap
		}
		r.corpus = sync.OnceValue(r.buildCorpus)
		r.letters = sync.OnceValue(func() [2]*corpus {
			return lettersOf(r.Len(), func(n int) []string {
				e := r.Entries[n]
				return append([]string{e.Title, e.Get("owner"), e.Get("applicant")}, e.Units...)
			})
		})
		r.figures = sync.OnceValue(func() msg.Text { return x.Ledger.Figures(reg) })
		go func() {
			r.corpus()
			r.letters()
			r.figures()
		}()
		x.Registers = append(x.Registers, r)
		for _, e := range r.Entries {
			switch e.State {
			case due.Overdue:
				x.LateRows = append(x.LateRows, line)
			case due.DueSoon:
				x.SoonRows = append(x.SoonRows, line)
			}
			if IsOpen(e) {
				for _, unit := range UnitsOf(e) {
					x.OwedRows[unit] = append(x.OwedRows[unit], line)
				}
			}
			line++
		}
	}
	if len(x.Registers) == 0 {
		return
	}
	count := func() { x.requests.Store(countRequests(x.Ledger)) }
	if r := x.Register("requests"); r != nil && r.Len() > manyRequests {
		go count() // no frame waits for it
	} else {
		count()
	}
	by := func(key func(n int32) int64) func(a, b int32) int {
		return func(a, b int32) int { return cmp.Compare(key(a), key(b)) }
	}
	slices.SortStableFunc(x.LateRows, by(func(n int32) int64 { return -int64(x.daysOver(n)) }))
	slices.SortStableFunc(x.SoonRows, by(func(n int32) int64 { return x.dueOf(n).Unix() }))
	for _, rows := range x.OwedRows {
		slices.SortStableFunc(rows, func(a, b int32) int {
			_, ea := x.RowAt(a)
			_, eb := x.RowAt(b)
			return ledger.CompareUrgency(ea, eb)
		})
	}
}

// requestCounts are what is counted over all requests for disclosure.
type requestCounts struct {
	year ledger.YearOfRequests
	fees map[*ledger.Entry]ledger.Fee
}

// manyRequests is how many are counted beside the first frame, and not before it.
const manyRequests = 5_000

func countRequests(l *ledger.Ledger) *requestCounts {
	if l.Register("requests") == nil {
		return nil
	}
	out := &requestCounts{l.YearOfRequests(l.Year), map[*ledger.Entry]ledger.Fee{}}
	for _, f := range l.Fees() {
		if f.Nth > 0 || f.Pages > 0 {
			out.fees[f.Entry] = f
		}
	}
	return out
}

// YearOfRequests is the annual count of requests in the ledger's year; ok is false
// if there is no register of them, or they are still being counted.
func (x *Index) YearOfRequests() (y ledger.YearOfRequests, ok bool) {
	if c := x.requests.Load(); c != nil {
		return c.year, true
	}
	return y, false
}

// FeeOf is what a request may cost; ok is false where the register does not say
// enough, or while that is still being counted.
func (x *Index) FeeOf(e *ledger.Entry) (f ledger.Fee, ok bool) {
	if c := x.requests.Load(); c != nil {
		f, ok = c.fees[e]
	}
	return f, ok
}

// daysOver are the calendar days since a row fell due.
func (x *Index) daysOver(n int32) int {
	t, e := x.RowAt(n)
	if t != nil {
		return t.DaysOverdue
	}
	return due.Days(e.Main().Due, x.Ledger.Today)
}

func (x *Index) dueOf(n int32) time.Time {
	t, e := x.RowAt(n)
	if t != nil {
		return t.DueNow
	}
	return e.Main().Due
}

// IsOpen reports a row of a register that somebody still has to do something about.
func IsOpen(e *ledger.Entry) bool {
	switch e.State {
	case due.Overdue, due.DueSoon, due.Open, due.Paused, due.Unclear:
		return true
	}
	return false
}

// UnitsOf are the units of a row, the first one before its members.
func UnitsOf(e *ledger.Entry) []string {
	if e.Unit == "" || slices.Contains(e.Units, e.Unit) {
		return e.Units
	}
	return append([]string{e.Unit}, e.Units...)
}

// Register is the prepared register of a kind, nil if the ledger has none.
func (x *Index) Register(kind string) *Register {
	for _, r := range x.Registers {
		if r.Def.Kind == kind {
			return r
		}
	}
	return nil
}

// Figures are the register in a sentence, see ledger.Ledger.Figures. They are counted
// once, for they stand in frames.
func (r *Register) Figures() msg.Text { return r.figures() }

// OrderedBy are the registers that a task orders.
func (x *Index) OrderedBy(t *ledger.Task) []*Register {
	var out []*Register
	for _, r := range x.Ledger.OrderedBy(t) {
		out = append(out, x.Register(r.Def.Kind))
	}
	return out
}

// NewRows is how many rows of registers changed since the person last looked.
func (x *Index) NewRows() int { return len(x.news) - x.newTasks }

func (r *Register) columns() {
	for _, t := range r.Tables {
		for _, c := range t.Columns {
			if !slices.ContainsFunc(r.Columns, func(o Column) bool { return o.Key == c.Key }) {
				r.Columns = append(r.Columns, Column{c.Key, c.Heading, LastPart(c.Heading)})
			}
		}
	}
	uses := map[string]int{}
	for _, c := range r.Columns {
		uses[c.Short]++
	}
	for i, c := range r.Columns {
		if uses[c.Short] > 1 || c.Short == "" {
			r.Columns[i].Short = c.Heading
		}
	}
}

// Len is the number of rows.
func (r *Register) Len() int { return len(r.Entries) }

// NewRegisterMatcher is a Matcher over the rows of r.
func NewRegisterMatcher(r *Register) *Matcher { return &Matcher{x: r, parts: map[string]Set{}} }

func (r *Register) texts() *corpus { return r.corpus() }

func (r *Register) firstLetters() [2]*corpus { return r.letters() }

func (r *Register) buildCorpus() *corpus {
	var b strings.Builder
	c := &corpus{at: make([]int, 0, r.Len()+1)}
	for _, e := range r.Entries {
		c.at = append(c.at, b.Len())
		for _, v := range e.Row.Values {
			if v != "" {
				b.WriteString(Fold(v))
				b.WriteString(gap)
			}
		}
		b.WriteString(r.states[e.State])
	}
	return c.close(b.String())
}

// entryConditions are the words that stand alone in the filter of a register, as
// conditions are in that of the tasks.
var entryConditions = map[string]func(r *Register, n int) bool{}

func init() {
	put := func(f func(*Register, int) bool, words ...string) {
		for _, w := range words {
			entryConditions[w] = f
		}
	}
	state := func(states ...due.State) func(*Register, int) bool {
		return func(r *Register, n int) bool { return slices.Contains(states, r.Entries[n].State) }
	}
	between := func(span func(today time.Time) (from, to time.Time)) func(*Register, int) bool {
		return func(r *Register, n int) bool {
			from, to := span(r.x.Ledger.Today)
			d := r.due[n]
			return !d.IsZero() && !d.Before(from) && !d.After(to)
		}
	}
	month := func(n int) func(time.Time) (time.Time, time.Time) {
		return func(today time.Time) (time.Time, time.Time) {
			first := today.AddDate(0, 0, 1-today.Day()).AddDate(0, n, 0)
			return first, first.AddDate(0, 1, -1)
		}
	}
	put(state(due.Overdue), "overdue", "逾期", "已逾期", "超期", "已超期")
	put(state(due.DueSoon), "soon", "即将到期", "将到期", "快到期")
	put(state(due.Paused), "paused", "暂停", "暂停计时")
	put(state(due.Late), "late", "超期办结")
	put(state(due.Done, due.Late, due.Ended), "done", "已办结", "办结")
	put(state(due.NoClock, due.Unclear), "undated", "无时限", "未起算")
	put(func(r *Register, n int) bool { return IsOpen(r.Entries[n]) || r.Entries[n].State == due.NoClock }, "open",
		"未完成", "未办结", "在办")
	put(func(r *Register, n int) bool { return r.x.disputed[r.Entries[n].ID] }, "conflict", "冲突")
	put(func(r *Register, n int) bool { return r.x.news[r.Entries[n].ID] != nil }, "new", "新变化")
	put(between(month(-1)), "last-month", "上月")
	put(between(month(0)), "this-month", "本月")
	put(between(month(1)), "next-month", "下月")
	put(between(func(today time.Time) (time.Time, time.Time) { return today, today }), "today", "今天", "今日")
	put(between(func(today time.Time) (time.Time, time.Time) {
		monday := Monday(today)
		return monday, monday.AddDate(0, 0, 6)
	}), "this-week", "本周")
}

// DueOf is the day on which the clock ends that a row is judged by; zero if it has
// none.
func DueOf(e *ledger.Entry) time.Time {
	if c := e.Main(); c != nil {
		return c.Due
	}
	return time.Time{}
}

// fieldKey is the column that a name in a filter means: by its key or heading, or
// by any heading that the register knows for it; "" if there is none.
func (r *Register) fieldKey(name string) string {
	if name == ClockColumn || name == DueColumn {
		return name
	}
	for _, c := range r.Columns {
		if Fold(c.Key) == name || Fold(c.Heading) == name || Fold(c.Short) == name {
			return c.Key
		}
	}
	key := fields[name]
	switch {
	case key == ledger.FieldLead || key == "unit":
		return "unit"
	case key == ledger.FieldDeadline || name == "期限":
		return DueColumn
	case key == ledger.FieldStatus || name == "时限情况" || name == "timing":
		return ClockColumn
	}
	for _, f := range r.Def.Fields {
		if slices.ContainsFunc(f.Headings, func(h string) bool { return Fold(h) == name }) {
			return f.Name
		}
	}
	return key
}

// isDue reports whether a column holds the due days that people type: as a condition
// it means the day that counts.
func (r *Register) isDue(key string) bool {
	return slices.ContainsFunc(r.Def.Clocks, func(c ledger.ClockDef) bool { return c.Due == key })
}

// condition makes a Register searched.
func (r *Register) condition(a atom) (meets func(n int) bool, all bool) {
	if f := entryConditions[a.text]; f != nil {
		return func(n int) bool { return f(r, n) }, false
	}
	if a.op == "" {
		return nil, false
	}
	if kind := emptiness[a.field]; kind != "" && a.op == ":" {
		key := r.fieldKey(a.value)
		if a.value == "" {
			return nil, true
		}
		if key == "" {
			return nil, false
		}
		return func(n int) bool { return r.isEmpty(n, key) == (kind == "empty") }, false
	}
	key := r.fieldKey(a.field)
	switch {
	case key == "":
		return nil, false
	case a.value == "":
		return nil, true // still being typed
	case a.op == ":":
		return r.holds(key, a.value), false
	}
	if r.isDue(key) {
		key = DueColumn
	}
	return r.compares(key, a.op, a.value), false
}

func (r *Register) isEmpty(n int, key string) bool {
	switch key {
	case DueColumn:
		return r.due[n].IsZero()
	case ClockColumn:
		return false
	case "unit":
		return r.Entries[n].Unit == ""
	}
	return r.Entries[n].Get(key) == ""
}

// holds is the condition that a column says a word.
func (r *Register) holds(key, value string) func(n int) bool {
	letters := isInitials(value) && slices.Contains([]string{"unit", "owner", "applicant", "title", "content", "name"},
		key)
	has := func(s string) bool { return strings.Contains(Fold(s), value) || letters && r.x.hasInitials(s, value) }
	named := entryConditions[value]
	switch key {
	case r.Def.Number:
		return func(n int) bool { return Fold(r.Entries[n].Number) == value }
	case ClockColumn:
		return func(n int) bool {
			return named != nil && named(r, n) || strings.Contains(r.states[r.Entries[n].State], value)
		}
	case DueColumn:
		return func(n int) bool {
			d := r.due[n]
			return named != nil && named(r, n) || !d.IsZero() && strings.Contains(d.Format(time.DateOnly), value)
		}
	case "unit":
		return r.whoseUnits(func(e *ledger.Entry) bool {
			return has(e.Unit) || slices.ContainsFunc(e.Units, has) || has(e.Get(r.Def.Unit))
		})
	}
	return func(n int) bool { return has(r.Entries[n].Get(key)) }
}

// whoseUnits is the condition that the units of a row meet f, which is asked once for
// all rows with the same ones.
func (r *Register) whoseUnits(f func(*ledger.Entry) bool) func(n int) bool {
	met := make([]bool, len(r.units))
	for i, e := range r.units {
		met[i] = f(e)
	}
	return func(n int) bool { return met[r.unit[n]] }
}

// day is what a date column says of row n as a day; zero if it is none.
func (r *Register) day(n int, key string) time.Time {
	if d, ok := r.Entries[n].ShortDay(key); ok {
		return d
	}
	text := r.Entries[n].Get(key)
	if d, ok := r.days.Load(text); ok {
		return d.(time.Time)
	}
	d := due.Parse(text, r.x.Ledger.Year, r.x.Ledger.Today).Due
	r.days.Store(text, d)
	return d
}

// compares is the condition that a date or a number stands in that relation to
// value. What is neither meets none.
func (r *Register) compares(key, op, value string) func(n int) bool {
	switch f := r.Def.Field(key); {
	case key == DueColumn:
		meets := r.x.onDays(op, value)
		return func(n int) bool { return meets(r.due[n]) }
	case f != nil && f.Type == ledger.DateField:
		meets := r.x.onDays(op, value)
		return func(n int) bool { return meets(r.day(n, key)) }
	case key == ClockColumn:
		return func(n int) bool {
			s := r.Entries[n].State
			says := ledger.StateText(s)
			return op == "=" && (value == string(s) || value == Fold(says.In(msg.ZH)) || value == Fold(says.In(msg.EN)))
		}
	case key == daysField:
		want, err := number(value)
		today := r.x.Ledger.Today
		return func(n int) bool {
			return err == nil && r.Entries[n].State == due.Overdue &&
				related(float64(due.Days(r.due[n], today)), want, op)
		}
	case key == "unit":
		is := func(s string) bool { return Fold(s) == value }
		return r.whoseUnits(func(e *ledger.Entry) bool { return op == "=" && slices.ContainsFunc(UnitsOf(e), is) })
	}
	meets := saysNumber(op, value)
	return func(n int) bool { return meets(r.Entries[n].Get(key)) }
}

// Order puts the rows in order; without a column, the most urgent come first. Rows
// without a value come last in either direction. Call it away from the interface.
func (r *Register) Order(s Sorting) *Order {
	o := &Order{Sorting: s, Rows: make([]int32, r.Len())}
	for i := range o.Rows {
		o.Rows[i] = int32(i)
	}
	if s.Column == ClockColumn && s.Down {
		slices.Reverse(o.Rows)
	}
	o.group(r.Len(), r.grouping(s.Group))
	o.sort(r.comparer(s.Column))
	return o
}

// Groupings are what the rows can be grouped by, beside their unit, state and month: the
// columns with a few values that come again, by key.
func (r *Register) Groupings() []string {
	var out []string
	for _, c := range r.Columns {
		f := r.Def.Field(c.Key)
		if c.Key == BySection || f != nil && f.Type == ledger.ChoiceField {
			out = append(out, c.Key)
		}
	}
	return out
}

// grouping is what the rows are grouped by.
func (r *Register) grouping(by string) grouping {
	emptyAfter := func(a, b string) int { return emptyLast(a == "", b == "", 0, false) }
	switch by {
	case ByUnit:
		return grouping{func(n int32) string { return r.Entries[n].Unit }, emptyAfter}
	case ByStatus:
		return grouping{func(n int32) string { return string(r.Entries[n].State) }, func(a, b string) int {
			return cmp.Compare(slices.Index(ledger.States, due.State(a)), slices.Index(ledger.States, due.State(b)))
		}}
	case ByMonth:
		return byMonth(func(n int32) time.Time { return r.due[n] })
	case "":
		return grouping{}
	}
	if !slices.ContainsFunc(r.Columns, func(c Column) bool { return c.Key == by }) {
		return grouping{}
	}
	return grouping{func(n int32) string { return strings.TrimSpace(r.Entries[n].Get(by)) }, emptyAfter}
}

// comparer compares two rows by a column; nil where the most urgent come first.
func (r *Register) comparer(column string) func(a, b int32, down bool) int {
	f := r.Def.Field(column)
	switch {
	case column == "" || column == ClockColumn:
		return nil
	case column == DueColumn:
		return byDay(r.Len(), func(i int) time.Time { return r.due[i] })
	case f != nil && f.Type == ledger.DateField:
		return byDay(r.Len(), func(i int) time.Time { return r.day(i, column) })
	}
	return byText(r.Len(), func(i int) string { return r.Entries[i].Get(column) })
}
