package screen

import (
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// urgent lists the worst rows below the table of units.
func (s *Overview) urgent(w, h int) []string {
	u := s.ui
	title := "tui.overview.urgent"
	if len(u.Index.Registers) > 0 {
		title = "tui.overview.urgent_all"
	}
	out := []string{u.Rule(u.Say(title), w)}
	var rows []urgentRow
	numbers, units := 0, 12
	most := units
	if w >= 100 {
		most = 26
	}
	for _, list := range [][]int32{u.Index.LateRows, u.Index.SoonRows} {
		for _, n := range list[:min(len(list), h-1-len(rows))] {
			r := urgentOf(u, n)
			rows = append(rows, r)
			numbers = min(6, max(numbers, u.Width(r.number)))
			units = min(most, max(units, u.Width(u.Unit(r.unit))))
		}
	}
	// What has long been overdue must not hide a clock that is about to run out.
	if len(rows) > 0 && len(rows) < len(u.Index.LateRows)+len(u.Index.SoonRows) && len(rows) <= len(u.Index.LateRows) {
		for _, n := range u.Index.SoonRows {
			if _, e := u.Index.RowAt(n); e != nil {
				rows[len(rows)-1] = urgentOf(u, n)
				break
			}
		}
	}
	s.hot = s.hot[:0]
	for _, r := range rows {
		s.hot = append(s.hot, r.id)
		out = append(out, r.line(u, numbers, units, w))
	}
	if len(rows) == 0 {
		out = append(out, u.Theme.Good.On(u.Fit(" "+u.Say("tui.overdue.none"), w)))
	}
	return append(out, undated(u, w-1, h-len(out))...)
}

// undated says in at most h lines how many tasks have no deadline, so that nobody can
// say whether they are overdue.
func undated(u *kit.Kit, w, h int) []string {
	if u.Index.Undated == 0 {
		return nil
	}
	var out []string
	for _, l := range u.Wrap(u.Say("tui.overview.undated", "Count", u.Index.Undated), w) {
		out = append(out, " "+u.Theme.Warn.On(u.Fit(l, w)))
	}
	if len(out) > h {
		return nil
	}
	return out
}

// urgentRow is a task, or a row of a register, that burns, in words.
type urgentRow struct {
	id, word, unit, number, title, due, owner, progress string
	style                                               theme.Style
}

func urgentOf(u *kit.Kit, n int32) urgentRow {
	t, e := u.Index.RowAt(n)
	if e != nil {
		word, style := u.EntryStateShort(e)
		return urgentRow{e.ID, word, e.Unit, "", u.Clean(e.Def.Name) + u.Say("tui.register.names") + u.Clean(e.Title),
			u.Date(index.DueOf(e)), u.Clean(e.Get("owner")), u.ClockLine(e, e.Main()), style}
	}
	word, style := u.State(t)
	title := u.Clean(t.Title)
	if title == "" {
		title = u.Clean(t.Requirement)
	}
	return urgentRow{t.ID, word, t.Lead, u.Clean(t.Number), title, u.Clean(t.Deadline.Text), u.Clean(t.Owner),
		u.Clean(t.Progress), style}
}

// line tells how much it burns, whose it is, what it is; and, where there is room, by
// when, who does it, and how far that person is.
func (r urgentRow) line(u *kit.Kit, numbers, units, w int) string {
	unit := u.UnitIn(r.unit, units)
	line := " " + r.style.On(u.Fit(r.word, 12)) + " " + u.Theme.Dim.On(u.FitName(unit, units)) + " " +
		u.FitRight(r.number, numbers) + " "
	room := w - 16 - units - numbers
	if w < 100 {
		return line + u.Fit(r.title, max(0, room))
	}
	const names = 32
	line += u.Fit(r.title, names) + " " + u.Fit(r.due, 16) + " " + u.Fit(r.owner, 8) + " "
	return line + u.Theme.Dim.On(u.Fit(r.progress, max(0, room-names-27)))
}

// registerLines is a line a register: how many rows are open, and how many of them
// are overdue or due soon.
func registerLines(u *kit.Kit, w int) []string {
	var out []string
	names := 0
	for _, r := range u.Index.Registers {
		names = min(w/2, max(names, u.Width(u.Clean(r.Def.Name))))
	}
	for _, r := range u.Index.Registers {
		c := r.Counts
		line := " " + u.Fit(u.Clean(r.Def.Name), names) + " " + u.Say("tui.register.open", "Count", kit.Running(c))
		if c.Overdue > 0 {
			line += u.Theme.Bad.On(u.Say("tui.register.tab_overdue", "Count", c.Overdue))
		}
		if c.DueSoon > 0 {
			line += u.Theme.Warn.On(u.Say("tui.register.tab_soon", "Count", c.DueSoon))
		}
		out = append(out, u.FitStyled(line, w))
	}
	return out
}

// registered is all registers in a line, nil if the ledger has no rows that count.
func (s *Overview) registered(w int) []string {
	u := s.ui
	if len(u.Index.Registers) == 0 {
		return nil
	}
	c := ledger.CountsOf(u.Index.Ledger.Registers)
	if c.Rows == 0 {
		return nil // figures and logs alone: nothing is to be done about them
	}
	line := " " + u.Say("tui.register.all", "Rows", c.Rows, "Open", kit.Running(c))
	if c.Overdue > 0 {
		line += "  " + u.Theme.Bad.On(u.Say("tui.register.over", "Count", c.Overdue))
	}
	if c.DueSoon > 0 {
		line += "  " + u.Theme.Warn.On(u.Say("tui.register.soon", "Count", c.DueSoon))
	}
	return []string{u.FitStyled(line, w)}
}

// registersOnly is the overview of a workbook that holds registers and no tasks.
func (s *Overview) registersOnly(w, h int) []string {
	u := s.ui
	out := append([]string{u.Rule(u.Say("tui.screen.registers"), w)}, s.registered(w)...)
	for i, line := range registerLines(u, w) {
		s.links = append(s.links, link{kit.Box{Y: len(out), W: w, H: 1},
			intent.ShowRegister{Kind: u.Index.Registers[i].Def.Kind}})
		out = append(out, line)
	}
	if room := h - len(out); room >= 3 {
		s.low = kit.Box{Y: len(out) + 1, W: w, H: room - 1}
		out = append(out, s.urgent(w, room)...)
	}
	return u.Block(out, w, h)
}

// side is the right-hand part: months, requirements, changes.
func (s *Overview) side(x, w, h int) []string {
	u := s.ui
	months, leads := s.months(w)
	reqs := s.requirements(w)
	// Each part gets its share, and what the others leave over.
	nm := min(len(months), max(3, h/3))
	var regs []string
	if h >= 30 && len(u.Index.Registers) > 0 {
		regs = append([]string{u.Rule(u.Say("tui.screen.registers"), w)}, registerLines(u, w)...)
		for i, r := range u.Index.Registers {
			s.links = append(s.links, link{kit.Box{X: x, Y: nm + 1 + i, W: w, H: 1},
				intent.ShowRegister{Kind: r.Def.Kind}})
		}
		nm += len(regs) // they stand below the months
	}
	nr := min(len(reqs), max(3, (h-nm)/2))
	if left := h - nm - nr; left > 4 {
		nr = min(len(reqs), h-nm-4)
	}
	for y, filter := range leads[:min(nm-len(regs), len(leads))] {
		if filter != "" {
			s.links = append(s.links, link{kit.Box{X: x, Y: y, W: w, H: 1}, intent.Show{Filter: filter}})
		}
	}
	s.links = append(s.links, link{kit.Box{X: x, Y: nm + 1, W: w, H: max(0, nr-1)}, intent.RunAction{ID: "figures"}})
	s.links = append(s.links, link{kit.Box{X: x, Y: nm + nr, W: w, H: max(0, h-nm-nr)},
		intent.RunAction{ID: "history"}})
	out := append(append([]string{}, months[:nm-len(regs)]...), regs...)
	out = append(out, reqs[:nr]...)
	if room := h - len(out); room >= 2 {
		out = append(out, s.changes(w, room)...)
	}
	return u.Block(out, w, h)
}

// months is what falls due, from the present month on, and for each line the filter
// that finds it.
func (s *Overview) months(w int) (out, leads []string) {
	u := s.ui
	out, leads = []string{u.Rule(u.Say("tui.overview.months"), w)}, []string{""}
	today := u.Index.Ledger.Today
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	most, earlier := 1, 0
	var list []index.Month
	for _, m := range u.Index.Months {
		switch {
		case m.First.Before(first):
			earlier += m.Open
		default:
			most = max(most, m.All)
			list = append(list, m)
		}
	}
	if earlier > 0 {
		out = append(out, u.Theme.Bad.On(u.Fit(" "+u.Say("tui.overview.earlier", "Count", earlier), w)))
		leads = append(leads, "时限<"+first.Format("2006-01")+" 未完成")
	}
	for _, m := range list {
		label := u.Fit(u.MonthFrom(m.First, first), 10)
		figures := u.Say("tui.overview.month_open", "Open", m.Open, "All", m.All)
		fw := u.Width(figures)
		bw := max(0, w-14-fw)
		open := m.Open * bw / most
		if m.Open > 0 && open == 0 {
			open = min(1, bw)
		}
		g := "▒"
		if u.Wide {
			g = "="
		}
		out = append(out, " "+label+" "+u.Theme.Info.On(strings.Repeat(g, open))+text.Blank(bw-open)+" "+figures+" ")
		leads = append(leads, "时限="+m.First.Format("2006-01"))
	}
	if len(out) == 1 {
		out = append(out, u.Theme.Dim.On(u.Fit(" "+u.Say("tui.overview.no_months"), w)))
	}
	return out, leads
}

// requirements is a few lines a rule: how many units have met it by when, which
// have not, and whether something was held that does not count.
func (s *Overview) requirements(w int) []string {
	u := s.ui
	out := []string{u.Rule(u.Say("tui.overview.requirements"), w)}
	for _, rule := range u.Index.Ledger.Rules {
		met, all := 0, 0
		worst := ledger.Met
		var last ledger.Requirement
		var owing []string
		for _, q := range u.Index.Ledger.Requirements {
			if q.Kind != rule.Kind {
				continue
			}
			all++
			last = q
			if q.State == ledger.Met {
				met++
				continue
			}
			if rank(q.State) > rank(worst) {
				worst = q.State
			}
			if q.Unit != "" {
				owing = append(owing, u.Unit(q.Unit))
			}
		}
		if all == 0 {
			continue
		}
		word, style := u.Requirement(worst)
		for _, l := range u.Wrap(word+"  "+u.Clean(rule.Name), w-1) {
			out = append(out, style.On(u.Fit(" "+l, w)))
		}
		figure := u.Say("tui.overview.met", "Met", met, "All", all)
		if all == 1 {
			figure = u.Say("tui.overview.held", "Held", last.Held, "Required", last.Required)
		}
		if worst != ledger.Met && !last.Due.IsZero() {
			figure += u.Say("tui.overview.due", "Date", u.Date(last.Due))
		}
		for _, l := range u.Wrap(figure, w-3) {
			out = append(out, style.On(u.Fit("   "+l, w)))
		}
		if n := uncounted(u.Index.Ledger.Events, rule.Kind); n > 0 && worst != ledger.Met {
			out = append(out, u.Theme.Warn.On(u.Fit("   "+u.Say("tui.overview.uncounted", "Count", n), w)))
		}
		if len(owing) > 0 {
			lines := u.Wrap(u.Say("tui.overview.owing", "Units", strings.Join(owing, "、")), w-3)
			for i, l := range lines {
				if i == 3 && len(lines) > 4 {
					out = append(out, "   "+u.Theme.Dim.On(u.Fit(u.Say("tui.overview.and_more", "Count", len(owing)),
						w-3)))
					break
				}
				out = append(out, "   "+u.Theme.Dim.On(u.Fit(l, w-3)))
			}
		}
	}
	if len(out) == 1 {
		out = append(out, u.Theme.Dim.On(u.Fit(" "+u.Say("tui.why.no_rules"), w)))
	}
	return out
}

// uncounted is how many events of a kind do not count.
func uncounted(events []*ledger.Event, kind string) int {
	n := 0
	for _, e := range events {
		if e.Kind == kind && !e.Counts {
			n++
		}
	}
	return n
}

func rank(s ledger.RequirementState) int {
	switch s {
	case ledger.Missed:
		return 3
	case ledger.AtRisk:
		return 2
	case ledger.Open:
		return 1
	}
	return 0
}

// changes are the latest changes, whoever made them.
func (s *Overview) changes(w, h int) []string {
	u := s.ui
	out := []string{u.Rule(u.Say("tui.overview.changes"), w)}
	for _, e := range u.Index.Snap.Latest {
		if len(e.Changes) == 0 && e.Note == "" {
			continue
		}
		if len(out) == h {
			return out
		}
		style := u.Theme.Text
		if u.IsNews(e) {
			style = u.Theme.Info
		}
		when := u.NewsMark(e) + u.Hour(e.Time)
		line := u.Author(e) + " " + u.SaveLine(e)
		out = append(out, u.Theme.Dim.On(when)+" "+style.On(u.Fit(line, max(0, w-1-u.Width(when)))))
	}
	if len(out) == 1 {
		out = append(out, u.Theme.Dim.On(u.Fit(" "+u.Say("tui.overview.no_changes"), w)))
	}
	return out[:min(len(out), h)]
}
