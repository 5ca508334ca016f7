package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/text"
)

var screenTitles = [screens]string{
	"tui.screen.overview", "tui.screen.tasks", "tui.screen.units", "tui.screen.overdue", "tui.screen.year", "tui.screen.sync",
}

// The smallest terminal in which there is room for anything.
const minW, minH = 24, 8

// View draws the frame.
func (r *root) View() tea.View {
	lines, cursor := r.frame()
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = r.title()
	if cursor != nil && cursor.x < r.w && cursor.y < r.h {
		v.Cursor = tea.NewCursor(cursor.x, cursor.y)
		v.Cursor.Shape = tea.CursorBar
	}
	if r.phase == loading || len(r.ops) > 0 {
		if label, _, percent := r.running(); percent > 0 {
			v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, percent)
		} else if label != "" {
			v.ProgressBar = tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
		}
	}
	return v
}

// title is what the terminal's window is called.
func (r *root) title() string {
	if r.ui.x != nil && r.ui.x.Ledger.Title != "" {
		return r.ui.Clean(r.ui.x.Ledger.Title)
	}
	return r.ui.say("tui.title")
}

// frame is the whole screen: exactly r.h lines of r.w cells.
func (r *root) frame() ([]string, *spot) {
	u := r.ui
	if r.w < 1 || r.h < 1 {
		return nil, nil
	}
	if r.w < minW || r.h < minH {
		return u.block(u.Wrap(u.say("tui.too_small", "W", minW, "H", minH), r.w), r.w, r.h), nil
	}
	var lines []string
	var cursor *spot
	body := r.h - 3
	lines = append(lines, r.tabs())
	switch r.phase {
	case ready:
		f := r.current().draw(r.w, body)
		lines = append(lines, u.block(f.lines, r.w, body)...)
		if f.cursor != nil {
			cursor = &spot{f.cursor.x, f.cursor.y + 1}
		}
	case failed:
		lines = append(lines, r.failedBody(body)...)
	case choosing:
		lines = append(lines, u.center([]string{u.th.Title.On(u.say("tui.start.welcome")), "", u.say("tui.start.about")}, r.w, body)...)
	default:
		lines = append(lines, r.loadingBody(body)...)
	}
	lines = append(lines, r.hints(), r.status())
	for i, l := range r.toastLines() {
		lines[r.toastTop()+i] = l
	}
	if d := r.top(); d != nil {
		lines, cursor, r.dialogBox = u.frameDialog(d, lines, r.w, r.h-1)
	}
	return lines, cursor
}

// tabLabels are the tabs, shorter where there is less room.
func (r *root) tabLabels() []string {
	u := r.ui
	out := make([]string, screens)
	total := 0
	for i, k := range screenTitles {
		out[i] = " " + itoa(i+1) + " " + u.say(k) + " "
		total += u.Width(out[i])
	}
	if total > r.w {
		for i := range out {
			if i != r.screen {
				out[i] = " " + itoa(i+1) + " "
			}
		}
	}
	return out
}

func (r *root) tabs() string {
	u := r.ui
	var b strings.Builder
	used := 0
	for i, l := range r.tabLabels() {
		style := u.th.Tab
		if i == r.screen && r.phase == ready {
			style = u.th.TabOn
			l = "[" + l[1:len(l)-1] + "]" // the open one is told without colour too
		}
		b.WriteString(style.On(l))
		used += u.Width(l)
	}
	name := r.ui.opt.File
	if u.x != nil && u.x.Ledger.Title != "" {
		name = u.x.Ledger.Title
	}
	b.WriteString(u.th.Tab.On(u.FitRight(" "+u.Clean(name)+" ", max(0, r.w-used))))
	return u.FitStyled(b.String(), r.w)
}

func (r *root) tabAt(x int) int {
	at := 0
	for i, l := range r.tabLabels() {
		at += r.ui.Width(l)
		if x < at {
			return i
		}
	}
	return -1
}

// hintActions are the actions whose keys stand at the foot of a screen.
var hintActions = [screens][]string{
	{"palette", "help", "unit", "history", "sync", "quit"},
	{"filter", "status", "progress", "add", "mark", "palette", "help", "sort", "group", "undo", "quit"},
	{"unit", "status", "progress", "palette", "help", "copy_reminder", "record", "mark", "quit"},
	{"status", "progress", "copy_reminder", "mark", "palette", "help", "quit"},
	{"record", "palette", "help", "quit"},
	{"history", "undo", "sync", "palette", "help", "quit"},
}

type hint struct {
	key, what string
	action    *action
}

func (r *root) hintList() []hint {
	u := r.ui
	var out []hint
	switch {
	case r.top() != nil:
		for _, h := range r.top().help() {
			out = append(out, hint{h[0], h[1], nil})
		}
		return out
	case r.phase != ready:
		return []hint{{"Ctrl+C", u.say("tui.act.quit"), nil}}
	case r.screen == onTasks && r.tasks.typing:
		return []hint{{"Enter", u.say("tui.filter.keep"), nil}, {"Esc", u.say("tui.filter.drop"), nil}}
	case r.screen == onOverview:
		out = append(out, hint{"Enter", u.say("tui.key.open_unit"), nil})
	case r.screen == onYear:
		out = append(out, hint{"Enter", u.say("tui.key.year_enter"), nil})
	case r.screen == onSync:
		out = append(out, hint{"Enter", u.say("tui.key.sync_enter"), nil})
	case r.screen == onTasks || r.screen == onUnits || r.screen == onOverdue:
		out = append(out, hint{"Enter", u.say("tui.short.edit"), nil})
	}
	for _, id := range hintActions[r.screen] {
		for _, a := range r.actions {
			keys := keysOf(a, u.opt.Keys)
			if a.id == id && len(keys) > 0 {
				// A function key works while an input method is on: it is shown first.
				key := keys[0]
				for _, k := range keys {
					if len(k) > 1 && k[0] == 'f' {
						key = k
					}
				}
				out = append(out, hint{u.keyName(key), u.say(a.short), a})
			}
		}
	}
	return out
}

// toastLines say what has just been done, on as many lines as that takes, up to
// half of the screen.
func (r *root) toastLines() []string {
	u := r.ui
	if r.toast == "" {
		return nil
	}
	style := u.th.Good
	if r.toastBad {
		style = u.th.Bad
	}
	var out []string
	for _, l := range u.Wrap(r.toast, r.w-2) {
		out = append(out, style.On(u.Fit(" "+l, r.w)))
	}
	return out[:min(len(out), r.h/2)]
}

// toastTop is the first line of a message; its last covers the keys.
func (r *root) toastTop() int { return r.h - 1 - len(r.toastLines()) }

// hints is the line of keys.
func (r *root) hints() string {
	u := r.ui
	var b strings.Builder
	used := 0
	for _, h := range r.hintList() {
		w := u.Width(h.key) + u.Width(h.what) + 3
		if used+w > r.w {
			break
		}
		b.WriteString(" " + u.th.Key.On(h.key) + " " + u.th.Dim.On(h.what) + " ")
		used += w
	}
	b.WriteString(text.Blank(r.w - used))
	return b.String()
}

func (r *root) hintAt(x int) *action {
	used := 0
	for _, h := range r.hintList() {
		w := r.ui.Width(h.key) + r.ui.Width(h.what) + 3
		if used+w > r.w {
			return nil
		}
		if used += w; x < used {
			return h.action
		}
	}
	return nil
}

// status is the last line: how the sync stands, the mode, marks, the figures,
// the place. Where there is little room the figures go first; that the ledger is
// read-only, and what is marked, stays.
func (r *root) status() string {
	u := r.ui
	left := " " + r.syncState()
	var parts, figures []string
	if u.opt.ReadOnly {
		parts = append(parts, u.say("tui.status.readonly"))
	}
	if n := len(r.marks()); n > 0 {
		parts = append(parts, u.say("tui.status.marked", "Count", n))
	}
	if u.x != nil {
		c := u.x.Ledger.Totals
		figures = append(figures, u.say("tui.status.figures", "Tasks", c.Tasks, "Done", c.Done, "Overdue", c.Overdue, "Soon", c.DueSoon))
	}
	if r.phase == ready {
		if p := r.current().position(); p != "" {
			figures = append(figures, p)
		}
	}
	for first := range len(figures) + 1 {
		right := strings.Join(append(slices.Clone(parts), figures[first:]...), "  ") + " "
		if lw := r.w - u.Width(right); lw > min(u.Width(left), r.w*2/3) || first == len(figures) {
			lw = max(0, lw)
			return u.th.Bar.On(u.Fit(u.Fit(left, lw)+right, r.w))
		}
	}
	return ""
}

// syncState is how the ledger and the workbook stand to each other, in words.
func (r *root) syncState() string {
	u := r.ui
	if r.mute > 0 {
		// What has been waited for only since it was asked for may as well be long.
		if label, since, _ := r.running(); label != "" && r.mute < since+time.Second {
			return u.say("tui.sync.slow", "What", label, "Seconds", int(since/time.Second))
		}
		return u.say("tui.sync.silent", "Seconds", int(r.mute/time.Second))
	}
	if label, since, percent := r.running(); label != "" {
		if percent > 0 {
			label += " " + bar(percent)
		}
		return u.say("tui.sync.running", "What", label, "Seconds", int(since/time.Second), "Dots", strings.Repeat(".", 1+r.spin%3))
	}
	switch {
	case r.phase == choosing:
		return u.say("tui.start.waiting")
	case r.snap == nil && r.phase == failed:
		return u.say("tui.sync.failed")
	case r.snap == nil:
		return u.say("tui.sync.opening")
	case r.snap.Trouble != nil:
		s, _ := u.why(r.snap.Trouble)
		return u.say("tui.sync.trouble", "Why", s)
	case len(r.snap.Waiting) > 0:
		return u.say("tui.sync.waiting", "Count", len(r.snap.Waiting), "Why", r.whyWaiting())
	case len(r.snap.Conflicts) > 0:
		return u.say("tui.sync.conflicts", "Count", len(r.snap.Conflicts))
	case r.snap.Owner != nil:
		return u.say("tui.sync.open_by", "Who", u.owner(r.snap.Owner.Name), "Program", r.snap.Owner.Program)
	}
	return u.say("tui.sync.saved")
}

// bar is how far something is, in ASCII.
func bar(percent int) string {
	const n = 20
	full := n * percent / 100
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", n-full) + "] " + itoa(percent) + "%"
}

func (r *root) whyWaiting() string {
	if o := r.snap.Owner; o != nil {
		return r.ui.say("tui.sync.because_open", "Who", r.ui.owner(o.Name), "Program", o.Program)
	}
	return r.ui.say("tui.sync.because_next")
}

func (u *ui) owner(name string) string {
	if name == "" {
		return u.say("tui.sync.somebody")
	}
	return u.Clean(name)
}

// detail is one field of a task, to read.
type detail struct{ key, label, value string }

// details are all fields of a task that hold something.
func (u *ui) details(t *ledger.Task) []detail {
	var out []detail
	if s, _ := u.state(t); s != "" {
		out = append(out, detail{"", u.say("tui.field.state"), s})
	}
	for _, c := range u.x.Columns {
		if v := u.fullValue(t, c.Key); v != "" {
			out = append(out, detail{c.Key, u.field(c.Key), v})
		}
	}
	if t.Source.Row > 0 {
		out = append(out, detail{"", u.say("tui.field.source"), u.say("tui.detail.source", "Sheet", u.Clean(t.Source.Sheet), "Row", t.Source.Row)})
	}
	return out
}
