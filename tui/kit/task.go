package kit

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/tui/theme"
)

// fullValue is a field with its line breaks.
func (u *Kit) fullValue(t *ledger.Task, key string) string {
	v := strings.TrimSpace(t.Text(key))
	if key == ledger.FieldDeadline && !t.Deadline.Due.IsZero() {
		if due := u.Date(t.Deadline.Due); !strings.HasPrefix(v, due) {
			v += u.Say("tui.detail.due", "Date", due)
		}
	}
	return v
}

// DetailPane draws a task with all its text. It returns how many lines there
// are beyond those shown.
func (u *Kit) DetailPane(t *ledger.Task, w, h, top int) (lines []string, more int) {
	if t == nil {
		return u.Block([]string{u.Rule(u.Say("tui.detail.title"), w)}, w, h), 0
	}
	var body []string
	for _, l := range u.Wrap(u.Name(t), w-1) {
		body = append(body, " "+u.Theme.Strong.On(u.Fit(l, w-1)))
	}
	for _, f := range append(u.Details(t), u.PastOf(t.ID)...) {
		if f.key == ledger.FieldTitle || f.key == ledger.FieldNumber {
			continue
		}
		body = u.detailField(body, t, f, w)
	}
	return u.detailPane(body, w, h, top)
}

// detailPane draws the lines of details from line top on, under their title.
func (u *Kit) detailPane(body []string, w, h, top int) (lines []string, more int) {
	room := h - 1
	more = max(0, len(body)-room)
	top = max(0, min(top, more))
	title := u.Say("tui.detail.title")
	if more > 0 {
		title = u.Say("tui.detail.more", "From", top+1, "To", top+room, "All", len(body))
	}
	return u.Block(append([]string{u.Rule(title, w)}, body[top:]...), w, h), more
}

// detailField adds a field: its name, and its text beside it, or below it where
// there is little room.
func (u *Kit) detailField(body []string, t *ledger.Task, f detail, w int) []string {
	style := u.Theme.Text
	switch {
	case f.key == conflictDetail:
		style = u.Theme.Bad
	case f.key == ledger.FieldStatus:
		_, style = u.Status(t)
	case f.key == "" && f.Label == u.Say("tui.field.state"):
		_, style = u.State(t)
	}
	return u.detailLines(body, f.Label, f.Value, style, w)
}

func (u *Kit) detailLines(body []string, label, value string, style theme.Style, w int) []string {
	const labels = 12
	if w < 36 && u.Width(value) > w-labels-3 {
		for _, l := range u.Wrap(label, w-1) {
			body = append(body, " "+u.Theme.Dim.On(u.Fit(l, w-1)))
		}
		for _, l := range u.Wrap(value, w-3) {
			body = append(body, "   "+style.On(u.Fit(l, w-3)))
		}
		return body
	}
	names, values := u.Wrap(label, labels), u.Wrap(value, w-labels-3)
	for i := range max(len(names), len(values)) {
		body = append(body, " "+u.Theme.Dim.On(u.Fit(Nth(names, i), labels))+"  "+
			style.On(u.Fit(Nth(values, i), w-labels-3)))
	}
	return body
}

// detail is one field of a task, to read.
type detail struct{ key, Label, Value string }

// inBook is a sheet's name with that of its workbook, where there are several.
func inBook(s ledger.Source) string {
	if s.Name == "" {
		return s.Sheet
	}
	return "[" + s.Name + "]" + s.Sheet
}

// Details are all fields of a task that hold something.
func (u *Kit) Details(t *ledger.Task) []detail {
	var out []detail
	if s, _ := u.State(t); s != "" {
		out = append(out, detail{"", u.Say("tui.field.state"), s})
	}
	out = append(out, u.LifeOf(t)...)
	for _, c := range u.Index.Columns {
		if v := u.fullValue(t, c.Key); v != "" {
			out = append(out, detail{c.Key, u.Field(c.Key), v})
		}
	}
	for _, r := range u.Index.OrderedBy(t) {
		out = append(out, detail{"", u.Clean(r.Def.Name), u.Clean(r.Figures().In(u.Lang))})
	}
	if t.Source.Row > 0 {
		out = append(out, detail{"", u.Say("tui.field.source"), u.Say("tui.detail.source", "Sheet",
			u.Clean(inBook(t.Source)), "Row", t.Source.Row)})
	}
	return out
}
