package tui

import (
	"strings"

	"taizhang/sheet/ledger"
)

// fullValue is a field with its line breaks.
func (u *ui) fullValue(t *ledger.Task, key string) string {
	v := strings.TrimSpace(t.Text(key))
	if key == ledger.FieldDeadline && !t.Deadline.Due.IsZero() {
		if due := u.date(t.Deadline.Due); !strings.HasPrefix(v, due) {
			v += u.say("tui.detail.due", "Date", due)
		}
	}
	return v
}

// detailPane draws a task with all its text. It returns how many lines there
// are beyond those shown.
func (u *ui) detailPane(t *ledger.Task, w, h, top int) (lines []string, more int) {
	if t == nil {
		return u.block([]string{u.rule(u.say("tui.detail.title"), w)}, w, h), 0
	}
	var body []string
	for _, l := range u.Wrap(u.name(t), w-1) {
		body = append(body, " "+u.th.Strong.On(u.Fit(l, w-1)))
	}
	for _, f := range append(u.details(t), u.pastOf(t)...) {
		if f.key == ledger.FieldTitle || f.key == ledger.FieldNumber {
			continue
		}
		body = u.detailField(body, t, f, w)
	}
	room := h - 1
	more = max(0, len(body)-room)
	top = max(0, min(top, more))
	title := u.say("tui.detail.title")
	if more > 0 {
		title = u.say("tui.detail.more", "From", top+1, "To", top+room, "All", len(body))
	}
	return u.block(append([]string{u.rule(title, w)}, body[top:]...), w, h), more
}

// detailField adds a field: its name, and its text beside it, or below it where
// there is little room.
func (u *ui) detailField(body []string, t *ledger.Task, f detail, w int) []string {
	const labels = 12
	style := u.th.Text
	switch {
	case f.key == conflictDetail:
		style = u.th.Bad
	case f.key == ledger.FieldStatus:
		_, style = u.status(t)
	case f.key == "" && f.label == u.say("tui.field.state"):
		_, style = u.state(t)
	}
	if w < 36 && u.Width(f.value) > w-labels-3 {
		for _, l := range u.Wrap(f.label, w-1) {
			body = append(body, " "+u.th.Dim.On(u.Fit(l, w-1)))
		}
		for _, l := range u.Wrap(f.value, w-3) {
			body = append(body, "   "+style.On(u.Fit(l, w-3)))
		}
		return body
	}
	names, values := u.Wrap(f.label, labels), u.Wrap(f.value, w-labels-3)
	for i := range max(len(names), len(values)) {
		body = append(body, " "+u.th.Dim.On(u.Fit(nth(names, i), labels))+"  "+style.On(u.Fit(nth(values, i), w-labels-3)))
	}
	return body
}
