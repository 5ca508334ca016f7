package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/dialog"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// The smallest terminal in which there is room for anything.
const minW, minH = 24, 8

// View draws the frame.
func (r *root) View() tea.View {
	lines, cursor := r.frame()
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = r.title()
	if cursor != nil && cursor.X < r.w && cursor.Y < r.h {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Shape = tea.CursorBar
	}
	if r.phase == loading || len(r.jobs.open) > 0 {
		if label, _, percent := r.jobs.running(r.ui.Now()); percent > 0 {
			v.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, percent)
		} else if label != "" {
			v.ProgressBar = tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
		}
	}
	return v
}

// title is what the terminal's window is called.
func (r *console) title() string {
	if r.ui.Index != nil && r.ui.Index.Ledger.Title != "" {
		return r.ui.Clean(r.ui.Index.Ledger.Title)
	}
	return r.ui.Say("tui.title")
}

// frame is the whole screen: exactly r.h lines of r.w cells.
func (r *root) frame() ([]string, *kit.Spot) {
	u := r.ui
	if r.w < 1 || r.h < 1 {
		return nil, nil
	}
	if r.w < minW || r.h < minH {
		return u.Block(u.Wrap(u.Say("tui.too_small", "W", minW, "H", minH), r.w), r.w, r.h), nil
	}
	var lines []string
	var cursor *kit.Spot
	body := r.h - 3
	lines = append(lines, r.tabs())
	switch r.phase {
	case ready:
		f := r.current().Draw(r.w, body)
		lines = append(lines, u.Block(f.Lines, r.w, body)...)
		if f.Cursor != nil {
			cursor = &kit.Spot{X: f.Cursor.X, Y: f.Cursor.Y + 1}
		}
	case failed:
		lines = append(lines, r.failedBody(body)...)
	case choosing:
		lines = append(lines, u.Center([]string{u.Theme.Title.On(u.Say("tui.start.welcome")), "",
			u.Say("tui.start.about")}, r.w, body)...)
	default:
		lines = append(lines, r.loadingBody(body)...)
	}
	lines = append(lines, r.hints(), r.Status())
	for i, l := range r.said.lines(u, r.w, r.h) {
		lines[r.noticeTop()+i] = l
	}
	if d := r.dialogs.top(); d != nil {
		lines, cursor, r.mouse.dialog = dialog.Overlay(u, d, lines, r.w, r.h-1)
	}
	return lines, cursor
}

// tabLabels are the tabs, shorter where there is less room. What came since the
// person last looked, and what waits for them, is counted on the tab where it stands.
func (r *root) tabLabels() []string {
	u := r.ui
	out := make([]string, len(r.rooms))
	total := 0
	for i, room := range r.rooms {
		mark := ""
		if u.Index != nil && i == onTasks && u.Index.NewTasks() > 0 {
			mark = "+" + kit.Itoa(u.Index.NewTasks())
		}
		if u.Index != nil && i == onRegisters && u.Index.NewRows() > 0 {
			mark = "+" + kit.Itoa(u.Index.NewRows())
		}
		if u.Index != nil && i == onSync && len(u.Index.Snap.Conflicts) > 0 {
			mark = "!" + kit.Itoa(len(u.Index.Snap.Conflicts))
		}
		out[i] = " " + kit.Itoa(i+1) + " " + u.Say(room.title) + mark + " "
		total += u.Width(out[i])
	}
	if total > r.w {
		for i := range out {
			if i != r.screen {
				out[i] = " " + kit.Itoa(i+1) + " "
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
		style := u.Theme.Tab
		if i == r.screen && r.phase == ready {
			style = u.Theme.TabOn
			l = "[" + l[1:len(l)-1] + "]" // the open one is told without colour too
		}
		b.WriteString(style.On(l))
		used += u.Width(l)
	}
	name := r.opt.File
	if u.Index != nil && u.Index.Ledger.Title != "" {
		name = u.Index.Ledger.Title
	}
	b.WriteString(u.Theme.Tab.On(u.FitRight(" "+u.Clean(name)+" ", max(0, r.w-used))))
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

type hint struct {
	key, what string
	action    *action
}

func (r *root) hintList() []hint {
	u := r.ui
	var out []hint
	switch {
	case r.dialogs.top() != nil:
		for _, h := range r.dialogs.top().Help() {
			out = append(out, hint{h[0], h[1], nil})
		}
		return out
	case r.phase != ready:
		return []hint{{"Ctrl+C", u.Say("tui.act.quit"), nil}}
	case r.typing() != nil:
		return []hint{{"Enter", u.Say("tui.filter.keep"), nil}, {"Esc", u.Say("tui.filter.drop"), nil}}
	}
	here := r.rooms[r.screen]
	out = append(out, hint{"Enter", u.Say(here.enter), nil})
	for _, id := range here.hints {
		for _, a := range r.actions {
			keys := keysOf(a, r.opt.Keys)
			if a.id == id && len(keys) > 0 && !(a.rare && a.why(r) != "") {
				// A function key works while an input method is on: it is shown first.
				key := keys[0]
				for _, k := range keys {
					if len(k) > 1 && k[0] == 'f' {
						key = k
					}
				}
				out = append(out, hint{keyName(u, key), u.Say(a.short), a})
			}
		}
	}
	return out
}

// noticeTop is the first line of a message; its last covers the keys.
func (r *root) noticeTop() int { return r.h - 1 - len(r.said.lines(r.ui, r.w, r.h)) }

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
		b.WriteString(" " + u.Theme.Key.On(h.key) + " " + u.Theme.Dim.On(h.what) + " ")
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

// Status is the last line: how the sync stands, the mode, marks, the figures,
// the place. Where there is little room the figures go first; that the ledger is
// read-only, and what is marked, stays.
func (r *root) Status() string {
	u := r.ui
	left := " " + r.syncState()
	var parts, figures []string
	if r.opt.ReadOnly {
		parts = append(parts, u.Say("tui.status.readonly"))
	}
	if n := len(r.marks()); n > 0 {
		parts = append(parts, u.Say("tui.status.marked", "Count", n))
	}
	if u.Index != nil {
		c := u.Index.Ledger.Totals
		figures = append(figures, u.Say("tui.status.figures", "Tasks", c.Tasks, "Done", c.Done, "Overdue", c.Overdue,
			"Soon", c.DueSoon))
	}
	if r.phase == ready {
		if p := r.current().Position(); p != "" {
			figures = append(figures, p)
		}
	}
	for first := range len(figures) + 1 {
		right := strings.Join(append(slices.Clone(parts), figures[first:]...), "  ") + " "
		if lw := r.w - u.Width(right); lw > min(u.Width(left), r.w*2/3) || first == len(figures) {
			lw = max(0, lw)
			return u.Theme.Bar.On(u.Fit(u.Fit(left, lw)+right, r.w))
		}
	}
	return ""
}

// syncState is how the ledger and the workbook stand to each other, in words.
func (r *root) syncState() string {
	u := r.ui
	if r.feed.stalled > 0 {
		// What has been waited for only since it was asked for may as well be long.
		if label, since, _ := r.jobs.running(r.ui.Now()); label != "" && r.feed.stalled < since+time.Second {
			return u.Say("tui.sync.slow", "What", label, "Seconds", int(since/time.Second))
		}
		return u.Say("tui.sync.silent", "Seconds", int(r.feed.stalled/time.Second))
	}
	if label, since, percent := r.jobs.running(r.ui.Now()); label != "" {
		if percent > 0 {
			label += " " + bar(percent)
		}
		return u.Say("tui.sync.running", "What", label, "Seconds", int(since/time.Second), "Dots",
			strings.Repeat(".", 1+r.jobs.spin%3))
	}
	switch {
	case r.phase == choosing:
		return u.Say("tui.start.waiting")
	case r.feed.snap == nil && r.phase == failed:
		return u.Say("tui.sync.failed")
	case r.feed.snap == nil:
		return u.Say("tui.sync.opening")
	case r.feed.snap.Trouble != nil:
		s, _ := u.Why(r.feed.snap.Trouble)
		return u.Say("tui.sync.trouble", "Why", s)
	case r.shut() != "":
		return u.Say("tui.sync.shut", "Names", r.shut())
	case len(r.feed.snap.Waiting) > 0:
		return u.Say("tui.sync.waiting", "Count", len(r.feed.snap.Waiting), "Why", r.whyWaiting())
	case len(r.feed.snap.Conflicts) > 0:
		return u.Say("tui.sync.conflicts", "Count", len(r.feed.snap.Conflicts))
	case r.feed.snap.Owner != nil:
		return u.Say("tui.sync.open_by", "Who", u.Owner(r.feed.snap.Owner.Name), "Program", r.feed.snap.Owner.Program)
	}
	return u.Say("tui.sync.saved")
}

// shut names the workbooks of several that could not be opened, "" if all are open: their
// rows are missing from every screen.
func (r *console) shut() string {
	var names []string
	for _, w := range r.feed.snap.Workbooks {
		if !w.Open {
			names = append(names, r.ui.Clean(w.Name))
		}
	}
	return strings.Join(names, r.ui.Say("tui.register.comma"))
}

// bar is how far something is, in ASCII.
func bar(percent int) string {
	const n = 20
	full := n * percent / 100
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", n-full) + "] " + kit.Itoa(percent) + "%"
}

func (r *console) whyWaiting() string {
	if o := r.feed.snap.Owner; o != nil {
		return r.ui.Say("tui.sync.because_open", "Who", r.ui.Owner(o.Name), "Program", o.Program)
	}
	return r.ui.Say("tui.sync.because_next")
}
