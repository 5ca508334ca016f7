package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui/grid"
	"taizhang/tui/index"
)

// widths are the cells wished for by columns whose values are of a kind; other
// columns get otherWidth.
var widths = map[string]int{
	ledger.FieldNumber: 4, ledger.FieldCode: 8, ledger.FieldTitle: 24, ledger.FieldLead: 12,
	ledger.FieldStatus: 8, index.StateColumn: 10, ledger.FieldDeadline: 12, ledger.FieldOwner: 8,
	ledger.FieldLeader: 8, ledger.FieldPhone: 12, ledger.FieldCompleted: 10, ledger.FieldProgress: 24,
	ledger.FieldRequirement: 24, ledger.FieldSupport: 16,
}

const otherWidth = 14

// useful is the order of columns where the configuration names none; the rest
// follow as they stand in the workbook.
var useful = []string{
	ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldStatus, index.StateColumn,
	ledger.FieldDeadline, ledger.FieldOwner, ledger.FieldProgress,
}

// columns makes the table's columns of those that the ledger has.
func (s *tasksScreen) columns() {
	s.grid.Columns = s.ui.taskColumns(s.ui.opt.Columns)
	if s.order == nil {
		return
	}
	for i := range s.grid.Columns {
		c := &s.grid.Columns[i]
		if c.Key == s.order.Sorting.Column {
			c.Sort = 1
			if s.order.Sorting.Down {
				c.Sort = -1
			}
		}
	}
}

// taskColumns are table columns for tasks, wished ones first or alone.
func (u *ui) taskColumns(wished []string) []grid.Column {
	var keys []string
	for _, name := range wished {
		if k := u.columnKey(name); k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		keys = slices.Clone(useful)
		for _, c := range u.x.Columns {
			if !slices.Contains(keys, c.Key) {
				keys = append(keys, c.Key)
			}
		}
	}
	var out []grid.Column
	for _, k := range keys {
		known := k == index.StateColumn || slices.ContainsFunc(u.x.Columns, func(c index.Column) bool { return c.Key == k })
		if !known {
			continue
		}
		w := widths[k]
		if w == 0 {
			w = otherWidth
		}
		if k == index.StateColumn && u.lang == msg.EN {
			w = 12
		}
		title := u.field(k)
		if k == index.StateColumn || k == ledger.FieldNumber {
			title = u.fieldName(k)
		}
		out = append(out, grid.Column{
			Key: k, Title: title, Width: max(w, min(u.Width(title)+2, 16)),
			Right: k == ledger.FieldNumber,
			Name:  k == ledger.FieldLead,
			Flex:  k == ledger.FieldTitle || k == ledger.FieldProgress || k == ledger.FieldRequirement,
			Pin:   len(out) < 2 && (k == ledger.FieldNumber || k == ledger.FieldTitle),
		})
	}
	return out
}

func (s *tasksScreen) key(k tea.KeyPressMsg) any {
	if sideKey(&s.grid, k) {
		return nil
	}
	return s.taskList.key(k)
}

// sideKey shows other columns of a table that is wider than the screen.
func sideKey(g *grid.Grid, k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left":
		g.Side(-1)
	case "right":
		g.Side(1)
	default:
		return false
	}
	return true
}

// moveKey moves the cursor of a table; Enter does what enter says.
func moveKey(g *grid.Grid, src grid.Source, k tea.KeyPressMsg, enter func() any) any {
	switch k.String() {
	case "up", "k":
		g.Move(src, -1)
	case "down", "j":
		g.Move(src, 1)
	case "pgup", "ctrl+b":
		g.Move(src, -g.Page())
	case "pgdown", "ctrl+f":
		g.Move(src, g.Page())
	case "home", "ctrl+home":
		g.Go(src, 0)
	case "end", "ctrl+end", "G":
		g.Go(src, src.Len()-1)
	case "enter":
		return enter()
	}
	return nil
}

func (s *tasksScreen) click(x, y int, double bool) any {
	if y == 0 {
		s.typing = true
		return nil
	}
	if !inBox(s.detailAt, x, y) {
		s.typing = false
		if hit := s.grid.At(s, x, y-1); hit.Head && hit.Column >= 0 {
			s.grid.Side(hit.Column - s.grid.Column())
			return runAction{"sort"}
		}
	}
	return s.taskList.click(x, y, 1, double)
}

func inBox(b box, x, y int) bool { return x >= b.x && x < b.x+b.w && y >= b.y && y < b.y+b.h }

func (s *tasksScreen) draw(w, h int) frame {
	u := s.ui
	line, cursor := s.filterLine(w)
	out := []string{line}
	h--
	switch {
	case u.x.Len() == 0:
		out = append(out, u.center([]string{
			u.th.Title.On(u.say("tui.tasks.empty")), "", u.say("tui.tasks.empty_hint"),
		}, w, h)...)
	case s.found == 0:
		s.detailAt = box{}
		out = append(out, u.center([]string{u.say("tui.tasks.no_match"), "", u.th.Dim.On(u.say("tui.tasks.no_match_hint"))}, w, h)...)
	case w >= 150:
		out = append(out, s.beside(w, h, min(72, w*2/5), 1, !s.typing)...)
	case h >= 12:
		out = append(out, s.above(w, h, max(5, min(12, h*2/5)), 1, !s.typing)...)
	default:
		out = append(out, s.alone(w, h, !s.typing)...)
	}
	return frame{lines: out, cursor: cursor}
}

// filterLine is the line over the table: the filter, and what is shown.
func (s *tasksScreen) filterLine(w int) (string, *spot) {
	u := s.ui
	label := " " + u.say("tui.filter.label") + " "
	right := " " + u.say("tui.filter.found", "Found", s.found, "All", u.x.Len())
	if s.sorting.Group != "" {
		right = "  " + u.say("tui.filter.grouped", "By", u.say(groupTitles[s.sorting.Group])) + " " + right
	}
	right += " "
	lw := u.Width(label)
	ew := w - lw - u.Width(right)
	if ew < 12 {
		right, ew = "", max(1, w-lw)
	}
	el, x, _ := s.filter.Draw(ew, 1)
	body := el[0]
	style := u.th.Entry
	if s.filter.Value() == "" && !s.typing {
		body, style = u.Fit(u.say("tui.filter.hint"), ew), u.th.Dim
	}
	line := u.th.Key.On(label) + style.On(body) + u.th.Dim.On(right)
	if !s.typing {
		return u.FitStyled(line, w), nil
	}
	return u.FitStyled(line, w), &spot{lw + x, 0}
}

var groupTitles = map[string]string{
	index.ByUnit: "tui.group.by_unit", index.BySection: "tui.group.by_section",
	index.ByStatus: "tui.group.by_status", index.ByMonth: "tui.group.by_month",
}
