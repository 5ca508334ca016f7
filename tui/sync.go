package tui

import (
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/grid"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// syncScreen is how the ledger and its workbook stand to each other: who has it
// open, what waits, what went wrong, how it was read.
type syncScreen struct {
	ui   *ui
	snap *syncer.Snapshot
	grid grid.Grid
	list []syncLine
	at   int
}

// syncLine is a line of the list: a heading, a value that waits, a change, or a
// problem.
type syncLine struct {
	heading string
	cells   []string
	style   theme.Style
	open    any // what Enter does with it; nil: nothing
}

func newSync(u *ui) *syncScreen { return &syncScreen{ui: u} }

func (s *syncScreen) refresh(p prepared) {
	u := s.ui
	s.snap = p.x.Snap
	s.grid.Columns = []grid.Column{
		{Key: "what", Title: u.say("tui.sync.col_what"), Width: 26, Pin: true, Flex: true},
		{Key: "field", Title: u.say("tui.sync.col_field"), Width: 12},
		{Key: "value", Title: u.say("tui.sync.col_value"), Width: 20, Flex: true},
		{Key: "since", Title: u.say("tui.sync.col_since"), Width: 11},
		{Key: "by", Title: u.say("tui.sync.col_by"), Width: 10},
	}
	s.list = s.list[:0]
	head := func(key string, n int) {
		s.list = append(s.list, syncLine{heading: u.say(key, "Count", n)})
	}
	if n := len(s.snap.Conflicts); n > 0 {
		head("tui.sync.head_conflicts", n)
		for _, c := range s.snap.Conflicts {
			s.list = append(s.list, syncLine{style: u.th.Bad, open: openConflict{c.ID}, cells: []string{
				u.ref(c.Number, c.Title), u.conflictField(c), u.say("tui.conflict.short", "Mine", u.short(c.Mine), "Theirs", u.short(c.Theirs)), u.clock(c.Since),
			}})
		}
	}
	if n := len(s.snap.Waiting); n > 0 {
		head("tui.sync.head_waiting", n)
		for _, w := range s.snap.Waiting {
			value := u.Clean(w.Value)
			if w.Why != nil {
				sentence, _ := u.why(w.Why)
				value += " " + u.say("tui.sync.cannot", "Why", sentence)
			}
			s.list = append(s.list, syncLine{style: u.th.Warn, cells: []string{u.ref(w.Number, w.Title), u.field(w.Field), value, u.clock(w.Since)}})
		}
	}
	// Where no copy has come back yet, none was asked for: there is nothing to tick off.
	if slices.ContainsFunc(s.snap.Returned, func(r syncer.Returned) bool { return r.File != "" }) {
		head("tui.sync.head_returned", len(s.snap.Returned))
		for _, r := range s.snap.Returned {
			l := syncLine{cells: []string{u.unit(r.Unit), u.say("tui.sync.returned"), u.Clean(r.File), u.clock(r.At)}}
			if r.File == "" {
				l.cells[1], l.style = u.say("tui.sync.not_returned"), u.th.Warn
			}
			s.list = append(s.list, l)
		}
	}
	if slices.ContainsFunc(s.snap.Latest, func(e syncer.Entry) bool { return len(e.Changes) > 0 }) {
		head("tui.sync.head_changes", len(s.snap.Latest))
		for _, e := range s.snap.Latest {
			for _, c := range e.Changes {
				s.list = append(s.list, u.historyLine(e, c))
			}
		}
	}
	if problems := p.x.Ledger.Problems; len(problems) > 0 {
		head("tui.sync.head_problems", len(problems))
		for _, q := range problems {
			s.list = append(s.list, u.problemLine(q))
		}
	}
}

// clock is a time of today, or a day.
func (u *ui) clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if now := u.now(); t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04:05")
	}
	return t.Format("01-02 15:04")
}

// Len, Group and Row lend the table its rows.
func (s *syncScreen) Len() int { return len(s.list) }

// Group is a heading.
func (s *syncScreen) Group(i int) (string, bool) {
	return s.list[i].heading, s.list[i].heading != ""
}

// Row is a line of the list.
func (s *syncScreen) Row(i int) grid.Row {
	l := s.list[i]
	return grid.Row{Cells: l.cells, Styles: slices.Repeat([]theme.Style{l.style}, len(l.cells))}
}

func (s *syncScreen) target() target   { return target{} }
func (s *syncScreen) position() string { return "" }

func (s *syncScreen) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "left":
		s.grid.Side(-1)
	case "right":
		s.grid.Side(1)
	}
	return moveKey(&s.grid, s, k, s.open)
}

// open is what Enter means: settle the conflict under the cursor.
func (s *syncScreen) open() any {
	if i := s.grid.Cursor(s); i >= 0 {
		return s.list[i].open
	}
	return nil
}

func (s *syncScreen) click(x, y int, double bool) any {
	if s.grid.Click(s, s.grid.At(s, x, y-s.at)) && double {
		return s.open()
	}
	return nil
}

func (s *syncScreen) wheel(_, _, n int) any {
	s.grid.Scroll(s, n)
	return nil
}

func (s *syncScreen) draw(w, h int) frame {
	u := s.ui
	out := []string{u.rule(u.say("tui.sync.title"), w)}
	for _, f := range s.facts() {
		for i, l := range u.Wrap(f.value, max(4, w-16)) {
			label := text.Blank(13)
			if i == 0 {
				label = u.Fit(f.label, 13)
			}
			out = append(out, " "+u.th.Dim.On(label)+" "+f.style.On(u.Fit(l, max(0, w-15))))
		}
	}
	s.at = len(out)
	if room := h - len(out); room > 1 && len(s.list) > 0 {
		out = append(out, s.grid.Draw(s, w, room, u.look(true))...)
	} else if room > 1 {
		out = append(out, "", u.th.Good.On(u.Fit(" "+u.say("tui.sync.nothing"), w)))
	}
	return frame{lines: out}
}

type fact struct {
	label, value string
	style        theme.Style
}

// facts are the state of the sync, a sentence each.
func (s *syncScreen) facts() []fact {
	u, p := s.ui, s.snap
	if p == nil {
		return nil
	}
	out := []fact{{u.say("tui.sync.file"), u.Clean(filepath.Base(p.Path)), u.th.Strong}}
	switch {
	case len(p.Waiting) > 0:
		out = append(out, fact{u.say("tui.sync.state"), u.say("tui.sync.state_waiting", "Count", len(p.Waiting)), u.th.Warn})
	default:
		out = append(out, fact{u.say("tui.sync.state"), u.say("tui.sync.state_saved"), u.th.Good})
	}
	if o := p.Owner; o != nil {
		out = append(out, fact{u.say("tui.sync.opened_by"), u.say("tui.sync.open_by", "Who", u.owner(o.Name), "Program", o.Program), u.th.Warn})
	} else {
		out = append(out, fact{u.say("tui.sync.opened_by"), u.say("tui.sync.nobody"), u.th.Text})
	}
	out = append(out, fact{u.say("tui.sync.last"), u.clock(p.ReadAt), u.th.Text})
	if p.Revision != "" {
		rev := p.Revision
		if len(rev) > 12 {
			rev = rev[:12]
		}
		out = append(out, fact{u.say("tui.sync.revision"), u.Clean(rev), u.th.Dim})
	}
	if p.Trouble != nil {
		sentence, hint := u.why(p.Trouble)
		out = append(out, fact{u.say("tui.sync.wrong"), sentence, u.th.Bad})
		if hint != "" {
			out = append(out, fact{u.say("tui.sync.todo"), hint, u.th.Info})
		}
	}
	return out
}

// historyLine is one change of the history: what, by whom, when.
func (u *ui) historyLine(e syncer.Entry, c syncer.Change) syncLine {
	l := syncLine{cells: []string{u.ref(c.Number, c.Title), "", "", u.clock(e.Time), u.Clean(e.Author)}}
	switch c.What {
	case "added":
		l.cells[1] = u.say("tui.change.new")
	case "deleted":
		l.cells[1] = u.say("tui.change.deleted")
	default:
		l.cells[1] = u.field(c.Field)
		to := u.Clean(c.To)
		if to == "" {
			to = u.say("tui.done.empty")
		}
		l.cells[2] = u.say("tui.change.was", "To", to, "From", u.short(c.From))
	}
	return l
}

// problemLine is something in the workbook that could not be read.
func (u *ui) problemLine(q table.Problem) syncLine {
	return syncLine{cells: []string{u.Clean(q.Text.In(u.lang)), "", u.Clean(q.Sheet), ""}, style: u.th.Dim}
}
