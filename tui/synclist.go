package tui

import (
	"errors"
	"path/filepath"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// The parts of the sync screen's list, what waits for a person first.

func (s *syncScreen) head(key string, n int) {
	s.list = append(s.list, syncLine{heading: s.ui.say(key, "Count", n)})
}

// listStop is the safety stop: the workbook lost so many rows that a person
// must agree.
func (s *syncScreen) listStop() {
	if !errors.Is(s.snap.Trouble, syncer.ErrMass) {
		return
	}
	u := s.ui
	s.head("tui.sync.head_stop", 1)
	sentence, _ := u.why(s.snap.Trouble)
	s.list = append(s.list, syncLine{span: u.say("tui.sync.decide") + "  " + sentence, style: u.th.Bad, open: runAction{"force"}})
}

func (s *syncScreen) listConflicts() {
	u := s.ui
	if n := len(s.snap.Conflicts); n > 0 {
		s.head("tui.sync.head_conflicts", n)
		for _, c := range s.snap.Conflicts {
			s.list = append(s.list, syncLine{style: u.th.Bad, open: openConflict{c.ID}, cells: []string{
				u.ref(c.Number, c.Title), u.conflictField(c), u.say("tui.conflict.short", "Mine", u.short(c.Mine), "Theirs", u.short(c.Theirs)), u.clock(c.Since), u.Clean(c.TheirsBy),
			}})
		}
	}
}

// listAsks are the rows of which nobody knows which task they are.
func (s *syncScreen) listAsks() {
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
		where := u.say("tui.detail.source", "Sheet", u.Clean(a.ask.Sheet), "Row", a.ask.Row)
		if a.copy != "" {
			where = u.say("tui.ask.in_copy", "File", u.Clean(a.copy), "Where", where)
		}
		holds := u.ref(a.ask.Values[ledger.FieldNumber], a.ask.Values[ledger.FieldTitle]+a.ask.Values[ledger.EventTopic])
		s.list = append(s.list, syncLine{style: u.th.Warn, open: openAsk(a), span: u.short(holds) + "  " + u.say("tui.ask.which", "Count", len(a.ask.Candidates)) + "  " + where})
	}
}

func (s *syncScreen) listWaiting() {
	u := s.ui
	if n := len(s.snap.Waiting); n > 0 {
		s.head("tui.sync.head_waiting", n)
		for _, w := range s.snap.Waiting {
			l := syncLine{style: u.th.Warn, open: goTask{w.Task}, cells: []string{u.ref(w.Number, w.Title), u.field(w.Field), u.Clean(w.Value), u.clock(w.Since)}}
			if w.Why != nil {
				sentence, _ := u.why(w.Why)
				l.cells[2] += " " + u.say("tui.sync.cannot", "Why", sentence)
				l.open = readNote{u.ref(w.Number, w.Title), w.Why}
			}
			s.list = append(s.list, l)
		}
	}
}

// listReturned is who has returned a copy, and when; and the copies that were
// refused, or of which a person should know more. Where no copy was sent out and
// none has come back, none was asked for: there is nothing to tick off. Files that
// are not whole yet are said to be awaited.
func (s *syncScreen) listReturned() {
	u := s.ui
	if slices.ContainsFunc(s.snap.Returned, func(r syncer.Returned) bool { return r.File != "" || !r.Sent.IsZero() }) {
		back := 0
		for _, r := range s.snap.Returned {
			if r.File != "" {
				back++
			}
		}
		s.list = append(s.list, syncLine{heading: u.say("tui.sync.head_returned", "Back", back, "Count", len(s.snap.Returned))})
		for _, r := range s.snap.Returned {
			l := syncLine{open: openUnit{r.Unit}, cells: []string{u.unit(r.Unit), u.say("tui.sync.returned"), u.Clean(r.File), u.clock(r.At)}}
			if r.File == "" {
				l.cells[1], l.style = u.say("tui.sync.not_returned"), u.th.Warn
			}
			s.list = append(s.list, l)
		}
	}
	for _, c := range s.snap.Arriving {
		sentence, _ := u.why(c.Err)
		s.list = append(s.list, syncLine{style: u.th.Warn, open: readNote{u.Clean(filepath.Base(c.File)), c.Err}, span: sentence})
	}
	for _, c := range s.snap.Inbox {
		if c.Err != nil {
			sentence, _ := u.why(c.Err)
			s.list = append(s.list, syncLine{style: u.th.Bad, open: readNote{u.Clean(filepath.Base(c.File)), c.Err}, span: u.Clean(filepath.Base(c.File)) + "  " + u.say("tui.sync.refused") + "  " + sentence})
			continue
		}
		doubt := func(key string) {
			why := &msg.Error{Text: msg.New(key, "File", filepath.Base(c.File), "Unit", c.Unit, "Named", c.Named)}
			sentence, _ := u.why(why)
			s.list = append(s.list, syncLine{style: u.th.Warn, open: readNote{u.Clean(filepath.Base(c.File)), why}, span: sentence})
		}
		if c.Named != "" {
			doubt("tui.sync.named")
		}
		if c.Earlier {
			doubt("tui.sync.earlier")
		}
	}
}

// listHistory is the latest revisions, each with what it changed.
func (s *syncScreen) listHistory() {
	u := s.ui
	if !slices.ContainsFunc(s.snap.Latest, func(e syncer.Entry) bool { return len(e.Changes) > 0 }) {
		return
	}
	s.head("tui.sync.head_changes", len(s.snap.Latest))
	const most = 8 // of one revision; Enter shows the rest
	for _, e := range brief(s.snap.Latest) {
		for i, c := range e.Changes {
			l := u.historyLine(e, c)
			l.open = openEntry{e}
			if i == most-1 && len(e.Changes) > most {
				l.cells = []string{u.say("tui.history.more", "Count", len(e.Changes)-i), "", "", u.clock(e.Time), u.Clean(e.Author)}
				s.list = append(s.list, l)
				break
			}
			s.list = append(s.list, l)
		}
	}
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
		if c.From == "" {
			l.cells[2] = u.say("tui.change.was_empty", "To", to)
		}
		if u.x.Snap.Disputed(c) {
			l.cells[2] = u.say("tui.change.disputed", "To", to)
		}
	}
	return l
}

// problemLine is something in the workbook that could not be read, and where.
func (u *ui) problemLine(q table.Problem) syncLine {
	where := u.Clean(q.Sheet)
	if q.Cell.Row > 0 && q.Cell.Col > 0 {
		where += "!" + q.Cell.String()
	}
	sentence := u.Clean(q.Text.In(u.lang))
	return syncLine{span: where + "  " + sentence, style: u.th.Dim, open: readText{where, sentence}}
}
