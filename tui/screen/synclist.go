package screen

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// The parts of the sync screen's list, what waits for a person first.

func (s *Sync) head(key string, n int) {
	s.list = append(s.list, syncLine{heading: s.ui.Say(key, "Count", n)})
}

// listStop is the safety stop: the workbook lost so many rows that a person
// must agree.
func (s *Sync) listStop() {
	if !errors.Is(s.snap.Trouble, syncer.ErrMass) {
		return
	}
	u := s.ui
	s.head("tui.sync.head_stop", 1)
	sentence, _ := u.Why(s.snap.Trouble)
	s.list = append(s.list, syncLine{span: u.Say("tui.sync.decide") + "  " + sentence, style: u.Theme.Bad,
		open: intent.RunAction{ID: "force"}})
}

// listWorkbooks is how each of several workbooks stands.
func (s *Sync) listWorkbooks() {
	u := s.ui
	if len(s.snap.Workbooks) == 0 {
		return
	}
	s.head("tui.sync.head_workbooks", len(s.snap.Workbooks))
	list := slices.Clone(s.snap.Workbooks) // those with trouble first: of many they would stand out of sight
	well := func(w syncer.Workbook) int {
		if w.Trouble == nil {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b syncer.Workbook) int { return well(a) - well(b) })
	for _, w := range list {
		l := syncLine{cells: []string{u.Clean(w.Name), u.Say("tui.sync.workbook_well"),
			u.Say("tui.sync.workbook_holds", "Tasks", w.Totals.Tasks, "Rows", w.Rows, "Overdue", w.Totals.Overdue), "",
			""}}
		if w.Open {
			l.open = intent.Show{Filter: `来源="` + w.Name + `"`}
		}
		if w.Owner != nil {
			l.cells[4] = u.Owner(w.Owner.Name)
		}
		switch {
		case w.Trouble != nil:
			l.cells[1], l.style = u.Say("tui.sync.workbook_trouble"), u.Theme.Bad
			if !w.Open {
				l.cells[1], l.cells[2] = u.Say("tui.sync.workbook_shut"), ""
			}
			l.open = intent.ReadNote{Title: u.Clean(w.Name), Err: w.Trouble}
		case w.Conflicts > 0:
			l.cells[1], l.style = u.Say("tui.sync.conflicts", "Count", w.Conflicts), u.Theme.Warn
		case w.Waiting > 0:
			l.cells[1], l.style = u.Say("tui.sync.state_waiting", "Count", w.Waiting), u.Theme.Warn
		}
		s.list = append(s.list, l)
	}
}

func (s *Sync) listConflicts() {
	u := s.ui
	if n := len(s.snap.Conflicts); n > 0 {
		s.head("tui.sync.head_conflicts", n)
		for _, c := range s.snap.Conflicts {
			s.list = append(s.list, syncLine{style: u.Theme.Bad, open: intent.OpenConflict{ID: c.ID}, cells: []string{
				u.Ref(c.Number, c.Title), u.ConflictField(c), u.Say("tui.conflict.short", "Mine", u.Short(c.Mine),
					"Theirs", u.Short(c.Theirs)), u.Clock(c.Since), u.Clean(c.TheirsBy),
			}})
		}
	}
}

// listAsks lists the rows that a person has to point out: they may be one of several
// tasks, or new.
func (s *Sync) listAsks() {
	u := s.ui
	type asked struct {
		ask  syncer.Ask
		copy string
	}
	var all []asked
	for _, a := range s.snap.Asks {
		all = append(all, asked{a, ""})
	}
	for _, c := range s.snap.Inbox {
		for _, a := range c.Asks {
			all = append(all, asked{a, filepath.Base(c.File)})
		}
	}
	if len(all) == 0 {
		return
	}
	s.head("tui.sync.head_asks", len(all))
	for _, a := range all {
		where := u.Say("tui.detail.source", "Sheet", u.Clean(a.ask.Sheet), "Row", a.ask.Row)
		if a.copy != "" {
			where = u.Say("tui.ask.in_copy", "File", u.Clean(a.copy), "Where", where)
		}
		holds := u.Ref(a.ask.Values[ledger.FieldNumber],
			a.ask.Values[ledger.FieldTitle]+a.ask.Values[ledger.EventTopic])
		s.list = append(s.list, syncLine{style: u.Theme.Warn, open: intent.OpenAsk{Ask: a.ask, Copy: a.copy},
			span: u.Short(holds) + "  " + u.Say("tui.ask.which", "Count", len(a.ask.Candidates)) + "  " + where})
	}
}

func (s *Sync) listWaiting() {
	u := s.ui
	if n := len(s.snap.Waiting); n > 0 {
		s.head("tui.sync.head_waiting", n)
		for _, w := range s.snap.Waiting {
			l := syncLine{style: u.Theme.Warn, open: intent.GoTask{Task: w.Task},
				cells: []string{u.Ref(w.Number, w.Title), u.Field(w.Field), u.Clean(w.Value), u.Clock(w.Since)}}
			if w.Why != nil {
				sentence, _ := u.Why(w.Why)
				l.cells[2] += " " + u.Say("tui.sync.cannot", "Why", sentence)
				l.open = intent.ReadNote{Title: u.Ref(w.Number, w.Title), Err: w.Why}
			}
			s.list = append(s.list, l)
		}
	}
}

// listReturned is who has returned a copy, and when; and the copies that were
// refused, or need a person's attention. Where no copy was sent out and
// none has come back, none was asked for: there is nothing to tick off. Files that
// are not whole yet are said to be awaited.
func (s *Sync) listReturned() {
	u := s.ui
	if slices.ContainsFunc(s.snap.Returned, func(r syncer.Returned) bool { return r.File != "" || !r.Sent.IsZero() }) {
		back := 0
		for _, r := range s.snap.Returned {
			if r.File != "" {
				back++
			}
		}
		s.list = append(s.list, syncLine{heading: u.Say("tui.sync.head_returned", "Back", back, "Count",
			len(s.snap.Returned))})
		for _, r := range s.snap.Returned {
			l := syncLine{open: intent.OpenUnit{Unit: r.Unit}, cells: []string{u.Unit(r.Unit),
				u.Say("tui.sync.returned"), u.Clean(r.File), u.Clock(r.At)}}
			if r.File == "" {
				l.cells[1], l.style = u.Say("tui.sync.not_returned"), u.Theme.Warn
			}
			s.list = append(s.list, l)
		}
	}
	for _, c := range s.snap.Arriving {
		sentence, _ := u.Why(c.Err)
		s.list = append(s.list, syncLine{style: u.Theme.Warn,
			open: intent.ReadNote{Title: u.Clean(filepath.Base(c.File)), Err: c.Err}, span: sentence})
	}
	for _, c := range s.snap.Inbox {
		if c.Err != nil {
			sentence, _ := u.Why(c.Err)
			s.list = append(s.list, syncLine{style: u.Theme.Bad,
				open: intent.ReadNote{Title: u.Clean(filepath.Base(c.File)), Err: c.Err},
				span: u.Clean(filepath.Base(c.File)) + "  " + u.Say("tui.sync.refused") + "  " + sentence})
			continue
		}
		doubt := func(key string) {
			why := &msg.Error{Text: msg.New(key, "File", filepath.Base(c.File), "Unit", c.Unit, "Named", c.Named)}
			sentence, _ := u.Why(why)
			s.list = append(s.list, syncLine{style: u.Theme.Warn,
				open: intent.ReadNote{Title: u.Clean(filepath.Base(c.File)), Err: why}, span: sentence})
		}
		if c.Named != "" {
			doubt("tui.sync.named")
		}
		if c.Earlier {
			doubt("tui.sync.earlier")
		}
		for _, k := range c.Untyped {
			s.unmerged(c, k.Text())
		}
		for _, k := range c.Beside {
			s.unmerged(c, k.Text())
		}
	}
}

// unmerged is a line about a value of a copy that was not taken into the ledger.
func (s *Sync) unmerged(c syncer.CopyReport, text msg.Text) {
	file, sentence := s.ui.Clean(filepath.Base(c.File)), s.ui.Clean(text.In(s.ui.Lang))
	s.list = append(s.list, syncLine{style: s.ui.Theme.Warn, open: intent.ReadText{Title: file, Text: sentence},
		span: file + "  " + sentence})
}

// mostQuiet is how many quiet changes are listed; check --changes tells all.
const mostQuiet = 50

// listQuiet is the changes that nobody approved, with file, author and time; Enter goes to
// the task.
func (s *Sync) listQuiet() {
	u := s.ui
	list := u.Quiet.List
	if len(list) == 0 {
		return
	}
	s.head("tui.sync.head_quiet", len(list))
	for _, q := range list[:min(len(list), mostQuiet)] {
		from := u.Clean(filepath.Base(q.File))
		if q.File == "" {
			from = u.Say("syncer.source.workbook")
		}
		by := u.Clean(cmp.Or(q.By, q.Unit))
		values := u.Say("tui.supervise.change", "From", u.Short(q.From), "To", u.Short(q.To), "File", from)
		if q.Kind == supervise.ProgressRepeated {
			values = u.Say("tui.supervise.repeated", "Text", u.Short(q.To), "File", from)
		}
		s.list = append(s.list, syncLine{style: u.Theme.Warn, open: intent.GoTask{Task: q.Row},
			span: " " + u.Clock(q.At) + "  " + kit.Join(by, u.Say("supervise.quiet_"+string(q.Kind))) + "  " +
				u.Short(u.Ref(q.Number, q.Title)) + "  " + values})
	}
}

// listHistory is the latest revisions, a line each; Enter shows what they changed.
func (s *Sync) listHistory() {
	u := s.ui
	if !slices.ContainsFunc(s.snap.Latest, func(e syncer.Entry) bool { return !e.IsEmpty() }) {
		return
	}
	s.head("tui.sync.head_changes", len(s.snap.Latest))
	for _, e := range s.snap.Latest {
		if e.IsEmpty() {
			continue
		}
		l := syncLine{open: intent.OpenEntry{Entry: e}, span: u.NewsMark(e) + u.Clock(e.Time) + "  " + u.Author(e) +
			"  " + u.SaveLine(e)}
		if u.IsNews(e) {
			l.style = u.Theme.Info
		}
		s.list = append(s.list, l)
	}
}

// problemLine is something in the workbook that could not be read, and where.
func problemLine(u *kit.Kit, q table.Problem) syncLine {
	where := u.Clean(q.Sheet)
	if q.Cell.Row > 0 && q.Cell.Col > 0 {
		where += "!" + q.Cell.String()
	}
	sentence := u.Clean(q.Text.In(u.Lang))
	return syncLine{span: where + "  " + sentence, style: u.Theme.Dim,
		open: intent.ReadText{Title: where, Text: sentence}}
}
