package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// Ask asks which task a row is: the candidates to choose from, and under
// them what the row holds beside what the candidate under the cursor holds.
type Ask struct {
	*List
	pairs [][]askPair // by item
	top   int         // first line of the comparison in view
	page  int
}

// askPair is one field of the row and of a candidate.
type askPair struct{ label, row, candidate string }

func (d *Ask) Key(k tea.KeyPressMsg) intent.Intent {
	switch k.String() {
	case "pgdown":
		d.top += d.page
	case "pgup":
		d.top -= d.page
	default:
		at := d.cur
		res := d.List.Key(k)
		if d.cur != at {
			d.top = 0
		}
		return res
	}
	return nil
}

func (d *Ask) Wheel(n int) { d.top += n }

func (d *Ask) Help() [][2]string {
	return append(d.List.Help(), [2]string{"PgUp PgDn", d.ui.Say("tui.key.scroll")})
}

func (d *Ask) Draw(w, h int) inside {
	u := d.ui
	list := d.List.Draw(w, min(h/2, len(d.items)+4))
	w = list.w
	labels := 0
	for _, p := range d.pairs[d.cur] {
		labels = max(labels, u.Width(p.label))
	}
	labels = min(labels, w/4)
	differs := u.Width(u.Say("tui.ask.differs"))
	cw := (w - labels - differs - 6) / 2
	sep := " " + u.Theme.Border.On(u.Lines.V) + " "
	line := func(mark, label, row, candidate string, style func(string) string) string {
		return u.FitStyled(u.Theme.Warn.On(u.Fit(mark, differs))+" "+u.Theme.Dim.On(u.Fit(label, labels))+" "+
			style(u.Fit(row, cw))+sep+style(u.Fit(candidate, cw)), w)
	}
	lines := append(slices.Clone(list.lines), u.Rule(u.Say("tui.ask.compare"), w),
		line("", "", u.Say("tui.ask.row"), u.Say("tui.ask.candidate"), u.Theme.Title.On))
	var body []string
	for _, p := range d.pairs[d.cur] {
		mark, style := "", u.Theme.Text
		if p.row != p.candidate {
			mark, style = u.Say("tui.ask.differs"), u.Theme.Strong
		}
		l, a, b := u.Wrap(p.label, labels), u.Wrap(p.row, cw), u.Wrap(p.candidate, cw)
		for i := range max(len(l), len(a), len(b)) {
			body = append(body, line(mark, kit.Nth(l, i), kit.Nth(a, i), kit.Nth(b, i), style.On))
			mark = ""
		}
	}
	d.page = max(1, h-len(lines)-1)
	d.top = max(0, min(d.top, len(body)-d.page))
	end := min(len(body), d.top+d.page)
	note := ""
	if len(body) > d.page {
		note = u.Say("tui.note.range", "From", d.top+1, "To", end, "All", len(body))
	}
	lines = append(lines, body[d.top:end]...)
	for len(lines) < min(h-1, len(list.lines)+2+d.page) && len(body) > d.page {
		lines = append(lines, text.Blank(w))
	}
	lines = append(lines, u.Theme.Dim.On(u.Fit(note, w)))
	return inside{title: list.title, lines: lines, w: w, cursor: list.cursor}
}

// NewAsk asks which task a row of the workbook, or of a returned copy, is.
func NewAsk(u *kit.Kit, a syncer.Ask, copy string) *Ask {
	where := u.Say("tui.detail.source", "Sheet", u.Clean(a.Sheet), "Row", a.Row)
	if copy != "" {
		where = u.Say("tui.ask.in_copy", "File", u.Clean(copy), "Where", where)
	}
	why := u.CannotChange()
	var d Ask
	var items []Item
	add := func(label, value, answer string, holds func(key string) string, columns []table.Column) {
		items = append(items, Item{Label: label, Value: value, Why: why,
			Result: intent.AnswerAsk{Ask: a.ID, Task: answer}})
		d.pairs = append(d.pairs, askPairs(u, a, holds, columns))
	}
	var columns []table.Column
	for _, id := range a.Candidates {
		if n, ok := u.Index.Find(id); ok {
			t := u.Index.Task(n)
			word, _ := u.Status(t)
			columns = t.Table.Columns
			add(u.Name(t), u.Unit(t.Lead)+"  "+word, id, t.Text, columns)
			continue
		}
		tab, row := otherRow(u.Index.Ledger, id)
		if tab == nil {
			continue // gone since
		}
		columns = tab.Columns
		get := func(key string) string { return tab.Get(row, key) }
		add(u.Clean(get(ledger.EventTopic)+get("name")), u.Clean(get(ledger.EventUnit)+"  "+get(ledger.EventDate)), id,
			get, columns)
	}
	add(u.Say("tui.ask.new"), "", merge.AnswerNew, func(string) string { return "" }, columns)
	d.List = NewList(u, u.Say("tui.ask.title", "Where", where), items)
	d.Note, d.fill = u.Say("tui.ask.note"), true
	return &d
}

// askPairs are the fields that the row or the candidate holds; those that differ
// come first.
func askPairs(u *kit.Kit, a syncer.Ask, holds func(key string) string, columns []table.Column) []askPair {
	var differ, same []askPair
	for _, c := range columns {
		p := askPair{u.Clean(index.LastPart(c.Heading)), u.Clean(a.Values[c.Key]), u.Clean(holds(c.Key))}
		switch {
		case p.row == "" && p.candidate == "":
		case p.row == p.candidate:
			same = append(same, p)
		default:
			differ = append(differ, p)
		}
	}
	return append(differ, same...)
}

// otherRow finds a row that is no task: an event, a unit.
func otherRow(l *ledger.Ledger, id string) (*table.Table, *table.Row) {
	for _, t := range l.Tables {
		if t.Kind == ledger.KindTasks {
			continue
		}
		for i := range t.Rows {
			if t.Rows[i].ID == id {
				return t, &t.Rows[i]
			}
		}
	}
	return nil, nil
}
