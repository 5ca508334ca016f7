package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// besideFrom is the width from which details stand beside a table, not below it.
const besideFrom = 150

func (s *Tasks) Key(k tea.KeyPressMsg) intent.Intent {
	if k.String() == "enter" && s.unfold() {
		return nil
	}
	if s.time.on && (k.String() == "left" || k.String() == "right") {
		s.time.shift++
		if k.String() == "left" {
			s.time.shift -= 2
		}
		return nil
	}
	if sideKey(&s.Grid, k) {
		return nil
	}
	return s.taskList.Key(k)
}

func (s *Tasks) Click(x, y int, double bool) intent.Intent {
	if y == 0 {
		s.Typing = true
		return nil
	}
	if !kit.InBox(s.detailAt, x, y) {
		s.Typing = false
		if hit := s.Grid.At(s, x, y-s.top()); hit.Head && hit.Column >= 0 {
			s.Grid.Side(hit.Column - s.Grid.Column())
			return intent.RunAction{ID: "sort"}
		}
	}
	res := s.taskList.Click(x, y, s.top(), double)
	if double && res == nil && !kit.InBox(s.detailAt, x, y) {
		s.unfold()
	}
	return res
}

// top is the line of the screen on which the table begins.
func (s *Tasks) top() int {
	if s.time.on {
		return 2
	}
	return 1
}

func (s *Tasks) Draw(w, h int) kit.Frame {
	u := s.ui
	line, cursor := s.filterLine(w)
	out := []string{line}
	h--
	switch {
	case u.Index.Len() == 0:
		out = append(out, u.Center([]string{
			u.Theme.Title.On(u.Say("tui.tasks.empty")), "", u.Say("tui.tasks.empty_hint"),
		}, w, h)...)
	case s.Found == 0:
		s.detailAt = kit.Box{}
		out = append(out, u.Center(s.nothing(w), w, h)...)
	case s.time.on:
		out = append(out, s.drawTimeline(w, h, 1)...)
	case w >= besideFrom:
		out = append(out, s.Beside(w, h, min(72, w*2/5), 1, !s.Typing)...)
	case h >= 12:
		out = append(out, s.above(w, h, max(5, min(12, h*2/5)), 1, !s.Typing)...)
	default:
		out = append(out, s.alone(w, h, !s.Typing)...)
	}
	return kit.Frame{Lines: out, Cursor: cursor}
}

// filterLine is the line over the table: the filter, and what is shown.
func (s *Tasks) filterLine(w int) (string, *kit.Spot) {
	u := s.ui
	right := " " + u.Say("tui.filter.found", "Found", s.Found, "All", u.Index.Len())
	if s.Sorting.Group != "" {
		right = "  " + u.Say("tui.filter.grouped", "By", u.Say(groupTitles[s.Sorting.Group])) + " " + right
	}
	return filterLine(u, &s.Filter, s.Typing, 0, w, u.Say("tui.filter.hint"), right+" ")
}

// filterLine draws a filter at line y, with hint in place of an empty one, and what
// is said at its right.
func filterLine(u *kit.Kit, filter *edit.Text, typing bool, y, w int, hint, right string) (string, *kit.Spot) {
	label := " " + u.Say("tui.filter.label") + " "
	lw := u.Width(label)
	ew := w - lw - u.Width(right)
	if ew < 12 {
		right, ew = "", max(1, w-lw)
	}
	el, x, _ := filter.Draw(ew, 1)
	body := el[0]
	style := u.Theme.Entry
	if filter.Value() == "" && !typing {
		body, style = u.Fit(hint, ew), u.Theme.Dim
	}
	line := u.Theme.Key.On(label) + style.On(body) + u.Theme.Dim.On(right)
	if !typing {
		return u.FitStyled(line, w), nil
	}
	return u.FitStyled(line, w), &kit.Spot{X: lw + x, Y: y}
}

var groupTitles = map[string]string{
	index.ByUnit: "tui.group.by_unit", index.BySection: "tui.group.by_section",
	index.ByStatus: "tui.group.by_status", index.ByMonth: "tui.group.by_month",
}

// nothing is what stands in place of a table without rows.
func (s *Tasks) nothing(w int) []string {
	return s.noMatch(s.ui, s.ui.Say("tui.tasks.no_match"), s.ui.Say("tui.tasks.examples"), w)
}

// noMatch says that the filter leaves nothing: which condition to leave out for some rows
// to be found, and what can be typed.
func (a *Arranged) noMatch(u *kit.Kit, says, examples string, w int) []string {
	out := []string{u.Theme.Strong.On(says), ""}
	q := index.Parse(a.Filter.Value())
	clauses := q.Clauses()
	for i, c := range clauses {
		if len(clauses) < 2 || i == 6 {
			break
		}
		if n := a.Matcher.Count(q.Without(i)); n > 0 {
			without := u.Say("tui.tasks.without", "Word", u.Clean(c), "Count", n)
			out = append(out, u.FitStyled(u.Theme.Info.On(without), min(w-2, 70)))
		}
	}
	if len(out) > 2 {
		out = append(out, "")
	}
	lines, wide := u.Wrap(examples, min(w-2, 70)), 0
	for _, l := range lines {
		wide = max(wide, u.Width(l))
	}
	for _, l := range lines {
		out = append(out, u.Theme.Dim.On(u.Fit(l, wide)))
	}
	return append(out, "", u.Theme.Dim.On(u.Say("tui.tasks.no_match_hint")))
}
