package index

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// Query is a parsed filter: every clause must be met.
//
//	公开 目录        both words, in any field
//	逾期|即将到期    one or the other
//	-长期坚持        not that
//	单位:党政办      a word in a field; 状态:推进中|未启动 one of two there
//	时限<10-31       before that day; also > <= >= =, and 逾期>30 for days
//	空:进展 有:佐证  fields without a value, or with one
//	未完成 本月      words for what a task's state and dates say
//	cb               the first letters of 催办, in names and titles
type Query struct{ clauses []clause }

// clause is met by one of its atoms, or by none of them if not is set.
type clause struct {
	text  string // as typed, folded
	not   bool
	atoms []atom
}

// atom is one condition. Where op is set and the ledger has no such field, it is
// the word text.
type atom struct{ text, field, op, value string }

// fields are the terms of a filter by any of their names; headings of the ledger
// are names too.
var fields = map[string]string{
	"unit": "unit", "单位": "unit",
	"lead": ledger.FieldLead, "牵头": ledger.FieldLead, "牵头单位": ledger.FieldLead,
	"support": ledger.FieldSupport, "配合": ledger.FieldSupport, "配合单位": ledger.FieldSupport,
	"status": ledger.FieldStatus, "状态": ledger.FieldStatus, "完成状态": ledger.FieldStatus,
	"section": ledger.FieldSection, "类别": ledger.FieldSection,
	"owner": ledger.FieldOwner, "责任人": ledger.FieldOwner,
	"leader": ledger.FieldLeader, "领导": ledger.FieldLeader, "责任领导": ledger.FieldLeader,
	"phone": ledger.FieldPhone, "电话": ledger.FieldPhone, "联系电话": ledger.FieldPhone,
	"due": ledger.FieldDeadline, "时限": ledger.FieldDeadline, "完成时限": ledger.FieldDeadline,
	"completed": ledger.FieldCompleted, "办结": ledger.FieldCompleted,
	"title": ledger.FieldTitle, "任务": ledger.FieldTitle,
	"requirement": ledger.FieldRequirement, "要求": ledger.FieldRequirement,
	"number": ledger.FieldNumber, "序号": ledger.FieldNumber,
	"code": ledger.FieldCode, "编号": ledger.FieldCode,
	"progress": ledger.FieldProgress, "进展": ledger.FieldProgress,
	"problems": ledger.FieldProblems, "问题": ledger.FieldProblems,
	"evidence": ledger.FieldEvidence, "佐证": ledger.FieldEvidence,
	"remark": ledger.FieldRemark, "备注": ledger.FieldRemark,
	"workbook": ledger.FieldWorkbook, "来源": ledger.FieldWorkbook,
	"overdue": daysField, "逾期": daysField,
}

// daysField is how many days a task is overdue.
const daysField = "\x00days"

// conditions are words that stand alone for what a task's state and dates say, so
// that a filter finds exactly the tasks that the figures count.
var conditions = map[string]func(x *Index, t *ledger.Task) bool{}

func init() {
	state := func(k StateKind) func(*Index, *ledger.Task) bool {
		return func(x *Index, t *ledger.Task) bool { return x.is(t, k) }
	}
	month := func(n int) func(*Index, *ledger.Task) bool {
		return func(x *Index, t *ledger.Task) bool {
			m := x.Ledger.Today.AddDate(0, 0, 1-x.Ledger.Today.Day()).AddDate(0, n, 0)
			d := t.DueNow
			return !d.IsZero() && d.Year() == m.Year() && d.Month() == m.Month()
		}
	}
	put := func(f func(*Index, *ledger.Task) bool, words ...string) {
		for _, w := range words {
			conditions[w] = f
		}
	}
	put(state(Overdue), "overdue", "逾期", "已逾期")
	put(func(_ *Index, t *ledger.Task) bool { return t.DueSoon }, "soon", "即将到期", "将到期", "快到期")
	put(state(Late), "late", "超期完成")
	put(state(Stale), "stale", "久未更新")
	put(func(x *Index, t *ledger.Task) bool { return x.disputed[t.ID] }, "conflict", "冲突")
	put(func(_ *Index, t *ledger.Task) bool { return undated(t) }, "undated", "无时限")
	put(func(x *Index, t *ledger.Task) bool { return x.news[t.ID] != nil }, "new", "新变化")
	put(func(_ *Index, t *ledger.Task) bool { return t.Status.Kind != ledger.Done }, "open", "未完成", "未办结")
	review := func(s ledger.ReviewState) func(*Index, *ledger.Task) bool {
		return func(_ *Index, t *ledger.Task) bool { return t.Review == s }
	}
	put(review(ledger.ReviewWaiting), "in-review", "待审核")
	put(review(ledger.ReviewReturned), "returned", "已退回")
	put(review(ledger.ReviewAccepted), "accepted", "已销号")
	put(func(_ *Index, t *ledger.Task) bool { return t.Extended > 0 }, "extended", "已延期")
	put(func(x *Index, t *ledger.Task) bool { return x.attention()[t.ID] }, "attention", "领导关注")
	put(month(-1), "last-month", "上月")
	put(month(0), "this-month", "本月")
	put(month(1), "next-month", "下月")
	put(func(x *Index, t *ledger.Task) bool { // weeks begin on Monday
		monday := Monday(x.Ledger.Today)
		d := t.DueNow
		return !d.IsZero() && !d.Before(monday) && d.Before(monday.AddDate(0, 0, 7))
	}, "this-week", "本周")
	put(func(x *Index, t *ledger.Task) bool { return t.DueNow.Equal(x.Ledger.Today) }, "today", "今天", "今日")
}

// Monday begins the week of a day.
func Monday(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

var emptiness = map[string]string{"空": "empty", "empty": "empty", "有": "has", "has": "has"}

var comparison = regexp.MustCompile(`^([^<>=:]+)(<=|>=|<|>|=|:)(.*)$`)

// Parse reads a filter. It never fails: what is no term is a word.
func Parse(s string) Query {
	var q Query
	s = strings.NewReplacer("≤", "<=", "≥", ">=").Replace(Fold(s))
	for _, w := range words(s) {
		c := clause{text: w}
		if rest, ok := strings.CutPrefix(w, "-"); ok && rest != "" {
			c.not, w = true, rest
		}
		last := atom{}
		for _, part := range strings.Split(w, "|") {
			if part == "" {
				continue
			}
			a := atom{text: part}
			if m := comparison.FindStringSubmatch(part); m != nil {
				a.field, a.op, a.value = m[1], m[2], m[3]
				last = a
			} else if _, word := conditions[part]; !word && last.op == ":" {
				a.field, a.op, a.value = last.field, last.op, part // 状态:推进中|未启动
			}
			c.atoms = append(c.atoms, a)
		}
		if len(c.atoms) > 0 {
			q.clauses = append(q.clauses, c)
		}
	}
	return q
}

// words parts a filter at its spaces, but not inside of quotation marks, which names
// with spaces stand in.
func words(s string) []string {
	quoted := false
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(r)
	}) {
		if w = strings.ReplaceAll(w, `"`, ""); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// Clauses are the conditions of a filter as they were typed, folded.
func (q Query) Clauses() []string {
	var out []string
	for _, c := range q.clauses {
		out = append(out, c.text)
	}
	return out
}

// Without is the query without its clause i.
func (q Query) Without(i int) Query {
	return Query{slices.Delete(slices.Clone(q.clauses), i, i+1)}
}

// FilterKey is the column that a name means in the filter of the tasks, or of the register
// of a kind; "" if there is none.
func (x *Index) FilterKey(kind, name string) string {
	if kind == "" {
		return x.fieldKey(Fold(name))
	}
	if r := x.Register(kind); r != nil {
		return r.fieldKey(Fold(name))
	}
	return ""
}

// fieldKey is the field, or the column, that a name in a filter means; "" if there
// is none.
func (x *Index) fieldKey(name string) string {
	if key := fields[name]; key != "" {
		return key
	}
	for _, c := range x.Columns {
		if Fold(c.Key) == name || Fold(c.Heading) == name || Fold(c.Short) == name {
			return c.Key
		}
	}
	return ""
}

// test is the condition that an atom is, nil where it is a word. all reports one
// that everything meets.
func (x *Index) test(a atom) (meets func(*ledger.Task) bool, all bool) {
	if f := conditions[a.text]; f != nil {
		return func(t *ledger.Task) bool { return f(x, t) }, false
	}
	if a.op == "" {
		return nil, false
	}
	if kind := emptiness[a.field]; kind != "" && a.op == ":" {
		key := x.fieldKey(a.value)
		if a.value == "" {
			return nil, true
		}
		if key == "" {
			return nil, false
		}
		return func(t *ledger.Task) bool { return (strings.TrimSpace(t.Text(key)) == "") == (kind == "empty") }, false
	}
	key := x.fieldKey(a.field)
	switch {
	case key == "":
		return nil, false
	case a.value == "":
		return nil, true // still being typed
	case a.op == ":":
		if key == daysField {
			return nil, false
		}
		if (key == ledger.FieldDeadline || key == ledger.FieldCompleted) && isMonth(a.value) {
			says, in := x.holds(key, a.value), x.compares(key, "=", a.value)
			dated := x.compares(key, ">=", "1900-1-1")
			return func(t *ledger.Task) bool { return in(t) || !dated(t) && says(t) }, false
		}
		return x.holds(key, a.value), false
	}
	return x.compares(key, a.op, a.value), false
}

// holds is the condition that a field says a word.
func (x *Index) holds(key, value string) func(*ledger.Task) bool {
	letters := isInitials(value) && slices.Contains(letterKeys, key)
	has := func(s string) bool { return strings.Contains(Fold(s), value) || letters && x.hasInitials(s, value) }
	switch key {
	case ledger.FieldNumber:
		return func(t *ledger.Task) bool { return Fold(t.Number) == value }
	case ledger.FieldDeadline:
		return func(t *ledger.Task) bool {
			if f := conditions[value]; f != nil && f(x, t) {
				return true
			}
			return has(t.Deadline.Text) || !t.DueNow.IsZero() && has(t.DueNow.Format(time.DateOnly))
		}
	case "unit":
		return func(t *ledger.Task) bool { return has(t.Lead) || slices.ContainsFunc(t.Support, has) }
	case ledger.FieldStatus:
		return func(t *ledger.Task) bool {
			if f := conditions[value]; f != nil && f(x, t) {
				return true
			}
			return has(t.Status.Text) || has(string(t.Status.Kind)) || has(t.Status.Kind.Text().In(msg.ZH))
		}
	}
	return func(t *ledger.Task) bool { return has(t.Text(key)) }
}

// compares is the condition that a date or a number stands in that relation to
// value. What is neither meets none.
func (x *Index) compares(key, op, value string) func(*ledger.Task) bool {
	switch key {
	case ledger.FieldDeadline:
		meets := x.onDays(op, value)
		return func(t *ledger.Task) bool { return meets(t.DueNow) }
	case ledger.FieldCompleted:
		meets := x.onDays(op, value)
		return func(t *ledger.Task) bool {
			return meets(due.Parse(t.Completed, x.Ledger.Year, x.Ledger.Today).Due)
		}
	case daysField:
		want, err := number(value)
		return func(t *ledger.Task) bool {
			return err == nil && t.Overdue && related(float64(t.DaysOverdue), want, op)
		}
	}
	meets := saysNumber(op, value)
	return func(t *ledger.Task) bool { return meets(strings.TrimSpace(t.Text(key))) }
}

// onDays is the condition that a day stands in that relation to those that value
// names. No day (zero) meets none.
func (x *Index) onDays(op, value string) func(d time.Time) bool {
	from, to, ok := x.period(value)
	return func(d time.Time) bool {
		if !ok || d.IsZero() {
			return false
		}
		switch op {
		case "<":
			return d.Before(from)
		case "<=":
			return !d.After(to)
		case ">":
			return d.After(to)
		case ">=":
			return !d.Before(from)
		}
		return !d.Before(from) && !d.After(to)
	}
}

// saysNumber is the condition that a text is a number in that relation to value.
// Where one of them is no number, they can only be equal.
func saysNumber(op, value string) func(text string) bool {
	want, err := number(value)
	return func(text string) bool {
		have, bad := number(text)
		if err != nil || bad != nil {
			return op == "=" && Fold(text) == value
		}
		return related(have, want, op)
	}
}

// number reads a number, or a percentage.
func number(s string) (float64, error) { return strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64) }

func related(a, b float64, op string) bool {
	switch op {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	}
	return a == b
}

var yearMonth = regexp.MustCompile(`^(?:(\d{4})[-./年])?(\d{1,2})月?$`)

// isMonth reports whether a value names a month, such as 10月 or 2022年10月: a deadline
// in it may be written in other ways.
func isMonth(value string) bool {
	return strings.HasSuffix(value, "月") && yearMonth.MatchString(value)
}

// period is the first and the last day that a date in a filter names: 10-31,
// 2022-10-31, 10月, 今天, or whatever a deadline may say.
func (x *Index) period(value string) (from, to time.Time, ok bool) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	year := x.Ledger.Year
	if m := yearMonth.FindStringSubmatch(value); m != nil && number(m[2]) >= 1 && number(m[2]) <= 12 {
		if m[1] != "" {
			year = number(m[1])
		}
		return day(year, number(m[2]), 1), day(year, number(m[2])+1, 0), true
	}
	d := x.Ledger.ReadDay(value)
	return d.Due, d.Due, !d.Due.IsZero()
}
