package screen

import (
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/grid"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Sync is how the ledger and its workbook stand to each other: who has it
// open, what waits, what went wrong, how it was read.
type Sync struct {
	ui   *kit.Kit
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
	open    intent.Intent // what Enter does with it; nil: nothing
}

func NewSync(u *kit.Kit) *Sync { return &Sync{ui: u} }

func (s *Sync) Refresh(p Prepared) {
	u := s.ui
	s.snap = p.Index.Snap
	s.grid.Columns = []grid.Column{
		{Key: "what", Title: u.Say("tui.sync.col_what"), Width: 24, Pin: true, Flex: true},
		{Key: "field", Title: u.Say("tui.sync.col_field"), Width: 12},
		{Key: "value", Title: u.Say("tui.sync.col_value"), Width: 20, Flex: true},
		{Key: "since", Title: u.Say("tui.sync.col_since"), Width: 11},
		{Key: "by", Title: u.Say("tui.sync.col_by"), Width: 8},
	}
	s.list = s.list[:0]
	s.listStop()
	s.listWorkbooks()
	s.listConflicts()
	s.listAsks()
	s.listWaiting()
	s.listReturned()
	s.listQuiet()
	s.listHistory()
	if problems := p.Index.Ledger.Problems; len(problems) > 0 {
		s.head("tui.sync.head_problems", len(problems))
		for _, q := range problems {
			s.list = append(s.list, problemLine(u, q))
		}
	}
	if n := len(u.Complaints); n > 0 {
		s.head("tui.sync.head_settings", n)
		for _, c := range u.Complaints {
			s.list = append(s.list, syncLine{span: c, style: u.Theme.Warn,
				open: intent.ReadText{Title: u.Say("tui.settings.title"), Text: c}})
		}
	}
	for _, err := range s.snap.Notes {
		sentence, _ := u.Why(err)
		s.list = append(s.list, syncLine{span: sentence, style: u.Theme.Warn,
			open: intent.ReadNote{Title: u.Say("tui.sync.note"), Err: err}})
	}
	for _, err := range s.snap.Damage {
		sentence, _ := u.Why(err)
		s.list = append(s.list, syncLine{span: sentence, style: u.Theme.Warn,
			open: intent.ReadNote{Title: u.Say("tui.sync.damage"), Err: err}})
	}
}

// Len, Group and Row lend the table its rows.
func (s *Sync) Len() int { return len(s.list) }

// Group is a heading.
func (s *Sync) Group(i int) (string, bool) {
	return s.list[i].heading, s.list[i].heading != ""
}

// Row is a line of the list.
func (s *Sync) Row(i int) grid.Row {
	l := s.list[i]
	return grid.Row{Cells: l.cells, Span: l.span, Styles: slices.Repeat([]theme.Style{l.style}, max(1, len(l.cells)))}
}

func (s *Sync) Target() Target { return Target{} }

func (s *Sync) Looked() *ledger.Task { return nil }

func (s *Sync) Position() string { return "" }

func (s *Sync) Key(k tea.KeyPressMsg) intent.Intent {
	switch k.String() {
	case "left":
		s.grid.Side(-1)
	case "right":
		s.grid.Side(1)
	}
	return moveKey(&s.grid, s, k, s.open)
}

// open is what Enter means: settle what is under the cursor, or look at it.
func (s *Sync) open() intent.Intent {
	if i := s.grid.Cursor(s); i >= 0 {
		return s.list[i].open
	}
	return nil
}

func (s *Sync) Click(x, y int, double bool) intent.Intent {
	if s.grid.Click(s, s.grid.At(s, x, y-s.at)) && double {
		return s.open()
	}
	return nil
}

func (s *Sync) Wheel(_, _, n int) intent.Intent {
	s.grid.Scroll(s, n)
	return nil
}

func (s *Sync) Draw(w, h int) kit.Frame {
	u := s.ui
	out := []string{u.Rule(u.Say("tui.sync.title"), w)}
	for _, f := range s.facts() {
		for i, l := range u.Wrap(f.value, max(4, w-16)) {
			label := text.Blank(13)
			if i == 0 {
				label = u.Fit(f.label, 13)
			}
			out = append(out, " "+u.Theme.Dim.On(label)+" "+f.style.On(u.Fit(l, max(0, w-15))))
		}
	}
	s.at = len(out)
	if room := h - len(out); room > 1 && len(s.list) > 0 {
		out = append(out, s.grid.Draw(s, w, room, u.Look(true))...)
	} else if room > 1 {
		out = append(out, "", u.Theme.Good.On(u.Fit(" "+u.Say("tui.sync.nothing"), w)))
	}
	return kit.Frame{Lines: out}
}

type fact struct {
	label, value string
	style        theme.Style
}

// facts are the state of the sync, a sentence each.
func (s *Sync) facts() []fact {
	u, p := s.ui, s.snap
	if p == nil {
		return nil
	}
	name := u.Clean(filepath.Base(p.Path))
	if n := len(p.Workbooks); n > 0 {
		name = u.Say("tui.sync.head_workbooks", "Count", n)
	}
	out := []fact{{u.Say("tui.sync.file"), name, u.Theme.Strong}}
	switch {
	case len(p.Waiting) > 0:
		out = append(out, fact{u.Say("tui.sync.state"), u.Say("tui.sync.state_waiting", "Count", len(p.Waiting)),
			u.Theme.Warn})
	case len(p.Conflicts) > 0: // the workbook may hold what the other side typed
		out = append(out, fact{u.Say("tui.sync.state"), u.Say("tui.sync.state_disputed"), u.Theme.Warn})
	default:
		out = append(out, fact{u.Say("tui.sync.state"), u.Say("tui.sync.state_saved"), u.Theme.Good})
	}
	if o := p.Owner; o != nil {
		out = append(out, fact{u.Say("tui.sync.opened_by"), u.Say("tui.sync.open_by", "Who", u.Owner(o.Name), "Program",
			o.Program), u.Theme.Warn})
	} else {
		out = append(out, fact{u.Say("tui.sync.opened_by"), u.Say("tui.sync.nobody"), u.Theme.Text})
	}
	out = append(out, fact{u.Say("tui.sync.last"), u.Clock(p.ReadAt), u.Theme.Text})
	if p.Revision != "" && len(p.Workbooks) == 0 {
		rev := p.Revision
		if len(rev) > 12 {
			rev = rev[:12]
		}
		out = append(out, fact{u.Say("tui.sync.revision"), u.Clean(rev), u.Theme.Dim})
	}
	if p.Trouble != nil {
		sentence, hint := u.Why(p.Trouble)
		out = append(out, fact{u.Say("tui.sync.wrong"), sentence, u.Theme.Bad})
		if hint != "" {
			out = append(out, fact{u.Say("tui.sync.todo"), hint, u.Theme.Info})
		}
	}
	return out
}
