package tui

import (
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
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
	span    string // in place of cells: a sentence over the whole line
	style   theme.Style
	open    any // what Enter does with it; nil: nothing
}

func newSync(u *ui) *syncScreen { return &syncScreen{ui: u} }

func (s *syncScreen) refresh(p prepared) {
	u := s.ui
	s.snap = p.x.Snap
	s.grid.Columns = []grid.Column{
		{Key: "what", Title: u.say("tui.sync.col_what"), Width: 24, Pin: true, Flex: true},
		{Key: "field", Title: u.say("tui.sync.col_field"), Width: 12},
		{Key: "value", Title: u.say("tui.sync.col_value"), Width: 20, Flex: true},
		{Key: "since", Title: u.say("tui.sync.col_since"), Width: 11},
		{Key: "by", Title: u.say("tui.sync.col_by"), Width: 8},
	}
	s.list = s.list[:0]
	s.listStop()
	s.listConflicts()
	s.listAsks()
	s.listWaiting()
	s.listReturned()
	s.listHistory()
	if problems := p.x.Ledger.Problems; len(problems) > 0 {
		s.head("tui.sync.head_problems", len(problems))
		for _, q := range problems {
			s.list = append(s.list, u.problemLine(q))
		}
	}
	if n := len(u.complaints); n > 0 {
		s.head("tui.sync.head_settings", n)
		for _, c := range u.complaints {
			s.list = append(s.list, syncLine{span: c, style: u.th.Warn, open: readText{u.say("tui.settings.title"), c}})
		}
	}
	for _, err := range s.snap.Damage {
		sentence, _ := u.why(err)
		s.list = append(s.list, syncLine{span: sentence, style: u.th.Warn, open: readNote{u.say("tui.sync.damage"), err}})
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
	return grid.Row{Cells: l.cells, Span: l.span, Styles: slices.Repeat([]theme.Style{l.style}, max(1, len(l.cells)))}
}

func (s *syncScreen) target() target       { return target{} }
func (s *syncScreen) looked() *ledger.Task { return nil }
func (s *syncScreen) position() string     { return "" }

func (s *syncScreen) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "left":
		s.grid.Side(-1)
	case "right":
		s.grid.Side(1)
	}
	return moveKey(&s.grid, s, k, s.open)
}

// open is what Enter means: settle what is under the cursor, or look at it.
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
	case len(p.Conflicts) > 0: // the workbook may hold what the other side typed
		out = append(out, fact{u.say("tui.sync.state"), u.say("tui.sync.state_disputed"), u.th.Warn})
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
