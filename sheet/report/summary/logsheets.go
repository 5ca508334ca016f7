package summary

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// listing is a plain table: 变更记录 and 未决冲突.
type listing struct {
	sheet, title, subtitle, empty string
	heads                         []string
	widths                        []float64
	left                          []bool  // columns with long texts
	rows                          [][]any // of values, or of cells with a formula
	tab                           string
	below                         int // rows kept on paper below the table
}

func (b *book) listing(t listing) {
	if !b.many { // the second column tells the ledger
		t.heads, t.widths, t.left = slices.Delete(t.heads, 1, 2), slices.Delete(t.widths, 1, 2),
			slices.Delete(t.left, 1, 2)
		for i := range t.rows {
			t.rows[i] = slices.Delete(t.rows[i], 1, 2)
		}
	}
	l := &b.look
	n := len(t.widths)
	last := headRow + max(len(t.rows), 1)
	b.setUp(t.sheet, page{widths: t.widths, last: last + t.below, head: [2]int{headRow, headRow},
		filter: len(t.rows) > 0, tab: t.tab}, func(r *rows) {
		r.add(titleHeight(t.title, t.widths, 34), append([]cell{{value: t.title, style: l.title}},
			blanks(n-1, l.title)...)...)
		r.add(20, append([]cell{{value: t.subtitle, style: l.subtitle}}, blanks(n-1, l.subtitle)...)...)
		cells := make([]cell, n)
		for i, h := range t.heads {
			cells[i] = cell{value: h, style: l.head}
		}
		r.add(26, cells...)
		if len(t.rows) == 0 {
			r.add(minHeight, cell{value: t.empty, style: l.end})
		}
		for _, row := range t.rows {
			high := 1
			for i, v := range row {
				c, reckoned := v.(cell)
				if !reckoned {
					c.value = v
				}
				if c.style = l.centre; t.left[i] {
					c.style = l.text
				}
				cells[i] = c
				if s, ok := v.(string); ok {
					high = max(high, linesIn(s, t.widths[i]))
				}
			}
			r.add(heightFor(high, bodySize), cells...)
		}
	})
	b.merge(t.sheet, 1, 1, n)
	b.merge(t.sheet, 2, 1, n)
	if len(t.rows) == 0 {
		b.merge(t.sheet, last, 1, n)
	}
}

// heads looks the headings up.
func (b *book) heads(keys ...string) []string {
	var out []string
	for _, k := range keys {
		out = append(out, b.say(k))
	}
	return out
}

func (b *book) changeSheet() {
	type entry struct {
		syncer.Entry
		src int
	}
	var log []entry
	for i, src := range b.in {
		for _, e := range src.Log {
			if len(e.Parents) > 0 { // the first revision is the ledger as it was found
				log = append(log, entry{e, i})
			}
		}
	}
	slices.SortStableFunc(log, func(x, y entry) int { return y.Time.Compare(x.Time) })
	var rows [][]any
	all := 0
	for _, e := range log {
		for _, c := range b.byRow(e.src, e.Changes) {
			if all++; all <= maxChanges {
				rows = append(rows, []any{b.moment(e.Time), b.labels[e.src], e.Author,
					clean(e.SourceText().In(b.opt.Lang)), figure(c.Number), clean(c.Title), c.Field, c.From, c.To})
			}
		}
	}
	line := b.say("report.changes_line", "Count", all)
	if all > len(rows) {
		line = b.say("report.changes_some", "Count", all, "Shown", len(rows))
	}
	b.listing(listing{
		sheet: b.names.changes, title: b.say("report.changes_title", "Title", b.title()), subtitle: line,
		empty: b.say("report.no_changes"),
		heads: b.heads("report.col.time", "report.col.ledger", "report.col.author", "report.col.source",
			"report.col.number", "report.col.task", "report.col.field", "report.col.from", "report.col.to"),
		widths: []float64{17, 20, 14, 14, 6, 28, 12, 30, 30}, left: []bool{false, true, false, false, false, true,
			false, true, true},
		rows: rows, tab: "7F7F7F",
	})
}

// byRow is changes as people read them: a row that came or went is one line
// with all its values, and fields go by their headings.
func (b *book) byRow(src int, changes []syncer.Change) []syncer.Change {
	var out []syncer.Change
	at := map[string]int{} // row → its line
	for _, c := range changes {
		if c.What == "" {
			c.Field = b.heading(src, c.Kind, c.Field)
			out = append(out, c)
			continue
		}
		i, ok := at[c.What+c.Task]
		if !ok || c.Task == "" {
			i = len(out)
			at[c.What+c.Task] = i
			line := syncer.Change{Number: c.Number, Title: c.Title, Field: b.say("report.row_added")}
			if c.What == "deleted" {
				line.Field = b.say("report.row_deleted")
			}
			out = append(out, line)
		}
		for _, v := range []struct {
			line *string
			text string
		}{{&out[i].From, c.From}, {&out[i].To, c.To}} {
			if text := strings.TrimSpace(v.text); text != "" && c.Field != "" {
				if *v.line != "" {
					*v.line += "\n"
				}
				*v.line += b.heading(src, c.Kind, c.Field) + b.say("report.colon") + text
			}
		}
	}
	return out
}

func (b *book) conflictSheet() {
	var rows [][]any
	for i, src := range b.in {
		for _, c := range src.Conflicts {
			field := clean(c.Heading)
			switch {
			case c.Field == "":
				field = b.say("report.whole_row")
			case field == "":
				field = b.heading(i, c.Kind, c.Field)
			}
			rows = append(rows, []any{figure(c.Number), b.labels[i], clean(c.Title), field, c.Base, c.Mine,
				b.by(c.MineBy, c.MineAt), c.Theirs, b.by(c.TheirsBy, c.TheirsAt)})
		}
	}
	b.listing(listing{
		sheet: b.names.conflicts, title: b.say("report.conflicts_title", "Title", b.title()),
		subtitle: b.say("report.conflicts_line", "Count", len(rows)), empty: b.say("report.no_conflicts"),
		heads: b.heads("report.col.number", "report.col.ledger", "report.col.task", "report.col.field",
			"report.col.base", "report.col.mine", "report.col.mine_by", "report.col.theirs", "report.col.theirs_by"),
		widths: []float64{6, 20, 28, 12, 24, 24, 18, 24, 18}, left: []bool{false, true, true, false, true, true, false,
			true, false},
		rows: rows, tab: "BF9000",
	})
}

// heading is what a column of a ledger is called: as in 任务总表, else as the
// ledger has it.
func (b *book) heading(src int, kind, key string) string {
	if name := b.columnHeading(key); kind == ledger.KindTasks && name != "" {
		return name
	}
	for _, t := range b.in[src].Ledger.Tables {
		if t.Kind != kind {
			continue
		}
		if i := t.Index(key); i >= 0 && t.Columns[i].Heading != "" {
			return clean(t.Columns[i].Heading)
		}
	}
	return clean(key)
}

func (b *book) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(b.opt.Zone).Format("2006-01-02 15:04")
}

func (b *book) by(who string, at time.Time) string {
	return strings.TrimSpace(clean(who) + "\n" + b.moment(at))
}
