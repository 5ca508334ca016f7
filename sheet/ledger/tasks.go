package ledger

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/table"
)

// columns is the position of each field's column.
type columns map[string]int

// tasks reads the rows of a task table.
func (b *builder) tasks(t *table.Table) {
	cols := columns{}
	var extra []int
	for i, c := range t.Columns {
		if slices.Contains(taskFields, c.Key) {
			cols[c.Key] = i
		} else {
			extra = append(extra, i)
		}
	}
	b.checkColumns(t, cols)
	slab := make([]Task, len(t.Rows))
	extras := make([]Extra, 0, len(t.Rows)*len(extra))
	read := rowReader{t: t}
	b.byProgress = 0
	for _, f := range taskFields {
		read.at = append(read.at, cols.index(f))
	}
	what := slices.DeleteFunc([]int{cols.index(FieldTitle), cols.index(FieldRequirement)},
		func(c int) bool { return c < 0 })
	for i := range t.Rows {
		if b.isStruck(t, &t.Rows[i], what) {
			continue
		}
		task := &slab[i]
		read.into(task, &t.Rows[i])
		from := len(extras)
		for _, c := range extra {
			v := ""
			if c < len(t.Rows[i].Values) {
				v = t.Live(&t.Rows[i], c)
			}
			extras = append(extras, Extra{Key: t.Columns[c].Key, Heading: t.Columns[c].Heading, Value: v})
		}
		task.Extra = extras[from:len(extras):len(extras)]
		b.understand(task, read.deadline, read.status, read.lead, read.support)
		b.l.Tasks = append(b.l.Tasks, task)
	}
	if b.byProgress > 0 {
		b.log.warn(t, nil, FieldProgress, "", "ledger.by_progress", "Count", b.byProgress)
	}
}

// isStruck reports whether a row is no task any more, because what says what it is about
// (the first of the columns what that is filled in) is struck out. It says so; of a row
// that stays it says which values are struck out.
func (b *builder) isStruck(t *table.Table, r *table.Row, what []int) bool {
	if len(t.Place.Struck) == 0 {
		return false
	}
	for _, c := range what {
		if c < len(r.Values) && strings.TrimSpace(r.Values[c]) != "" {
			if t.IsStruck(r, c) {
				b.log.warn(t, r, t.Columns[c].Key, "", "ledger.struck_task", "Title", r.Values[c])
				return true
			}
			break
		}
	}
	for c := range t.Columns {
		if live := t.Live(r, c); c < len(r.Values) && live != r.Values[c] {
			b.log.warn(t, r, t.Columns[c].Key, "", "ledger.struck_value", "Value", r.Values[c], "Live", live)
		}
	}
	return false
}

func (c columns) index(field string) int {
	if i, ok := c[field]; ok {
		return i
	}
	return -1
}

// rowReader copies the texts of a row into a task.
type rowReader struct {
	t                               *table.Table
	at                              []int // by position in taskFields, -1 if there is no such column
	deadline, status, lead, support string
}

func (rr *rowReader) into(task *Task, r *table.Row) {
	into := [...]*string{&task.Number, &task.Code, &task.Section, &task.Title, &task.Requirement, &rr.lead, &rr.support,
		&task.Leader, &task.Owner, &task.Phone, &rr.deadline, &rr.status, &task.Progress, &task.Completed,
		&task.Problems,
		&task.NextSteps, &task.Evidence, &task.Remark}
	for i, p := range into {
		*p = ""
		if c := rr.at[i]; c >= 0 && c < len(r.Values) {
			*p = rr.t.Live(r, c)
		}
	}
	if strings.TrimSpace(task.Section) == "" {
		task.Section = r.Section
	}
	if strings.TrimSpace(task.Title) == "" {
		task.Title = task.Requirement
	}
	if task.Phone == "" {
		task.Owner, task.Phone = splitPhone(task.Owner)
	}
	task.Number = strings.TrimSpace(task.Number)
	task.Code = strings.TrimSpace(task.Code)
	task.ID = r.ID
	task.Source = Source{Sheet: rr.t.Sheet, Row: r.Row}
	task.Row, task.Table = r, rr.t
}

// rePhone is a telephone number that stands behind a name, with what ties it to the name.
var rePhone = regexp.MustCompile(
	`[ \t　]*[（(:：,，、/]?[ \t　]*((?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8})(?:-\d{1,5})?)[ \t　]*[）)]?`)

// splitPhone parts the names of people from the telephones that stand with them: 张某 13900000001.
func splitPhone(owner string) (name, phone string) {
	var phones []string
	name = rePhone.ReplaceAllStringFunc(owner, func(s string) string {
		phones = append(phones, rePhone.FindStringSubmatch(s)[1])
		return ""
	})
	if name = strings.TrimSpace(name); len(phones) == 0 || name == "" || strings.IndexFunc(name, unicode.IsDigit) >= 0 {
		return owner, ""
	}
	return name, strings.Join(phones, "、")
}

// understand gives the texts of a task their meaning.
func (b *builder) understand(task *Task, deadline, status, lead, support string) {
	t, r := task.Table, task.Row
	d := b.date(deadline)
	task.Deadline = d
	switch {
	case d.Fault != due.NoFault:
		b.log.warnImpossible(t, r, FieldDeadline, d)
	case d.Kind == due.Unknown:
		b.log.warn(t, r, FieldDeadline, deadline, "ledger.unknown_deadline", "Text", deadline)
	case d.Slip:
		b.log.warn(t, r, FieldDeadline, deadline, "ledger.slip_deadline", "Text", deadline, "Date",
			d.Due.Format(time.DateOnly))
	}
	if d.Kind == due.Dated && b.l.Year != 0 && (d.Due.Year() < b.l.Year-yearsBack ||
		d.Due.Year() > b.l.Year+yearsAhead) {
		b.log.warn(t, r, FieldDeadline, "", "ledger.far_year", "Date", d.Due.Format(time.DateOnly), "Year",
			strconv.Itoa(b.l.Year))
	}
	if strings.TrimSpace(task.Title) == "" {
		b.log.warn(t, r, FieldTitle, "", "ledger.no_title")
	}
	task.Status = b.status(status)
	if task.Status.Kind == UnknownStatus {
		if strings.TrimSpace(status) != "" {
			b.log.warn(t, r, FieldStatus, status, "ledger.unknown_status", "Text", status)
		} else {
			b.statusWithoutWord(task)
		}
	}
	key := [2]string{lead, support}
	u, ok := b.units[key]
	if !ok {
		u.lead, u.support = b.l.Directory.assign(b.parties(lead), b.parties(support))
		u.leads = b.l.Directory.leading(b.parties(lead), u.lead)
		b.units[key] = u
	}
	task.Lead, task.Leads, task.Support = u.lead, u.leads, u.support
	if task.Lead == "" && (t.Index(FieldLead) >= 0 || t.Index(FieldSupport) >= 0) {
		b.log.warn(t, r, FieldLead, "", "ledger.no_lead", "Title", task.Title)
	}
	if b.l.Directory.explicit {
		b.checkUnits(task)
	}
}

// statusWithoutWord reads the state of a task whose status cell is empty or
// missing from what else states it: the first words of its progress where there is
// no status column, or a date of completion.
func (b *builder) statusWithoutWord(task *Task) {
	if task.Table.Index(FieldStatus) < 0 {
		if s := b.status(task.Progress); s.Kind != UnknownStatus {
			task.Status = s
			return
		}
		if kind, said := b.words.ofProgress(task.Progress); kind != UnknownStatus {
			task.Status = Status{Text: said, Kind: kind}
			b.byProgress++
			return
		}
	}
	if strings.TrimSpace(task.Completed) == "" || task.Deadline.Kind == due.Recurring {
		return
	}
	if c := b.date(task.Completed); c.Kind == due.Dated && !c.From.After(b.l.Today) {
		task.Status.Kind = Done
	}
}

// A deadline further than this from the year of the ledger is asked about.
const (
	yearsBack  = 3
	yearsAhead = 5
)

func (b *builder) status(text string) Status {
	s, ok := b.statuses[text]
	if !ok {
		s = Status{Text: text, Kind: b.words.kind(text)}
		b.statuses[text] = s
	}
	return s
}

// date reads a deadline or a date of completion.
func (b *builder) date(text string) due.Deadline {
	d, ok := b.deadlines[text]
	if !ok {
		d = due.Parse(text, b.l.Year, b.l.Today)
		b.deadlines[text] = d
	}
	return d
}

func (b *builder) parties(cell string) []party {
	p, ok := b.cells[cell]
	if !ok {
		p = b.l.Directory.splitUnits(cell)
		b.cells[cell] = p
	}
	return p
}

// checkUnits records units that the directory does not know.
func (b *builder) checkUnits(task *Task) {
	check := func(name, key string) {
		if name == "" {
			return
		}
		known, asked := b.asked[name]
		if !asked {
			known = b.l.Directory.Known(name)
			b.asked[name] = known
		}
		if !known {
			b.log.warn(task.Table, task.Row, key, name, "ledger.unknown_unit", "Unit", name)
		}
	}
	check(task.Lead, FieldLead)
	for _, s := range task.Support {
		key := FieldSupport
		if task.Table.Index(FieldSupport) < 0 {
			key = FieldLead
		}
		check(s, key)
	}
}

// writable are the fields that a coordinator changes, and in which formulas
// therefore stand in the way.
var writable = []string{FieldStatus, FieldProgress, FieldDeadline, FieldCompleted, FieldOwner}

// checkColumns records what is wrong with a table's columns as a whole.
func (b *builder) checkColumns(t *table.Table, cols columns) {
	if cols.index(FieldLead) < 0 && cols.index(FieldSupport) < 0 {
		b.log.warn(t, nil, "", "", "ledger.no_lead_column")
	}
	if len(t.Place.Formulas) == 0 {
		return
	}
	for _, f := range []string{FieldNumber, FieldCode} {
		var first *table.Row
		n := 0
		for j, i := 0, cols.index(f); i >= 0 && j < len(t.Rows); j++ {
			if t.Silent(&t.Rows[j], i) {
				if n++; first == nil {
					first = &t.Rows[j]
				}
			}
		}
		if n > 0 {
			b.log.warn(t, first, f, "", "ledger.silent", "Heading", t.Columns[cols.index(f)].Heading, "N", n)
			b.l.silent = true
		}
	}
	for i := range t.Columns {
		if f := t.Columns[i].Field; f != "" && f != FieldNumber && f != FieldCode {
			b.checkResults(t, i)
		}
	}
	for _, f := range writable {
		i := cols.index(f)
		if i < 0 || t.Columns[i].Col == 0 {
			continue
		}
		var first *table.Row
		n := 0
		for j := range t.Rows {
			if t.Place.Formulas[a1.Ref{Row: t.Rows[j].Row, Col: t.Columns[i].Col}] {
				if n++; first == nil {
					first = &t.Rows[j]
				}
			}
		}
		if n > 0 {
			b.log.warn(t, first, f, "", "ledger.formula", "Heading", t.Columns[i].Heading, "N", n)
		}
	}
}

// checkResults records that none of the formulas of a column has a result: some programs keep
// none. Where others have one, an empty result is what the formula says.
func (b *builder) checkResults(t *table.Table, i int) {
	var first *table.Row
	n := 0
	for j := range t.Rows {
		switch r := &t.Rows[j]; {
		case !t.Computed(r, i):
		case !t.Silent(r, i):
			return
		default:
			if n++; first == nil {
				first = r
			}
		}
	}
	if n > 0 {
		b.log.warn(t, first, t.Columns[i].Field, "", "ledger.no_results", "Heading", t.Columns[i].Heading, "N", n)
	}
}

// identify gives the tasks that the store does not know yet a provisional id,
// which does not depend on their number or place, and records duplicates.
func (b *builder) identify() {
	codes := map[string]*Task{}
	hashes := make([]uint64, len(b.l.Tasks))
	count := make(map[uint64]int32, len(b.l.Tasks))
	for i, t := range b.l.Tasks {
		if t.Code != "" {
			if other := codes[fold.Text(t.Code)]; other == nil {
				codes[fold.Text(t.Code)] = t
			} else {
				b.log.warn(t.Table, t.Row, FieldCode, fold.Text(t.Code), "ledger.code_twice", "Code", t.Code, "Row",
					other.Source.Row, "Sheet", other.Source.Sheet)
			}
			hashes[i] = hashOf("code", t.Code)
		} else {
			hashes[i] = hashOf("title", t.Title, t.Lead)
		}
		count[hashes[i]]++
	}
	full := map[uint64]*Task{}
	for i, t := range b.l.Tasks {
		if count[hashes[i]] > 1 {
			// Rows that share a merged title are told apart by their requirement,
			// which unlike a running number survives sorting.
			hashes[i] = hashOf("row", t.Code, t.Title, t.Lead, t.Requirement)
			if other := full[hashes[i]]; other == nil {
				full[hashes[i]] = t
			} else if strings.TrimSpace(t.Title) != "" {
				b.log.warn(t.Table, t.Row, FieldTitle, fold.Text(t.Title), "ledger.task_twice", "Title", t.Title, "Row",
					other.Source.Row, "Sheet", other.Source.Sheet)
			}
		}
	}
	for i, t := range b.l.Tasks {
		if t.ID == "" {
			t.ID = shortID('t', hashes[i])
		}
		id := t.ID
		for n := 2; b.l.byID[t.ID] != nil; n++ {
			t.ID = fmt.Sprintf("%s-%d", id, n)
		}
		b.l.byID[t.ID] = t
	}
}

// hashOf is FNV-1a over the letters and digits of the parts, width and case
// aside, each part ended by a zero.
func hashOf(parts ...string) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for _, p := range parts {
		for _, r := range p {
			if r < 0x4e00 || r > 0x9fff {
				if r >= 0x80 {
					if f := width.LookupRune(r).Folded(); f != 0 {
						r = f
					}
				}
				if r <= ' ' || unicode.IsSpace(r) {
					continue
				}
				r = unicode.ToLower(r)
			}
			h = (h ^ uint64(r)) * prime
		}
		h *= prime
	}
	return h
}

const idDigits = "0123456789abcdefghjkmnpqrstvwxyz" // without letters that look like digits

// shortID is a letter and nine digits: short enough to type, and two of a
// hundred thousand rows meet less than once in a thousand ledgers.
func shortID(kind byte, h uint64) string {
	out := [10]byte{kind}
	for i := 1; i < len(out); i++ {
		out[i] = idDigits[h&31]
		h >>= 5
	}
	return string(out[:])
}
