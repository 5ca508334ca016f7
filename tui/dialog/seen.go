package dialog

import (
	"taizhang/tui/index"
	"taizhang/tui/kit"
)

// seen is what stood in a column of some rows when a dialog opened. It watches
// whether it still does.
type seen struct {
	ui    *kit.Kit
	field string
	texts map[string]string // by row

	at   *index.Index // the ledger that says was found in
	says string
}

func newSeen(u *kit.Kit, ids []string, field string) *seen {
	s := &seen{ui: u, field: field, texts: make(map[string]string, len(ids)), at: u.Index}
	for _, id := range ids {
		if text, ok := u.HeldBy(id, field); ok {
			s.texts[id] = text
		}
	}
	return s
}

// stirred says what became of the values since; "" if they stand as they did.
func (s *seen) stirred() string {
	u := s.ui
	if s.at == u.Index {
		return s.says
	}
	s.at, s.says = u.Index, ""
	moved, gone := 0, 0
	last := ""
	for id, text := range s.texts {
		switch held, ok := u.HeldBy(id, s.field); {
		case !ok:
			gone++
			last = id
		case held != text:
			moved++
			last = id
		}
	}
	switch {
	case moved+gone == 0:
	case len(s.texts) > 1:
		s.says = u.Say("tui.moved.some", "Count", moved+gone)
	case gone > 0:
		by, at := u.LastChange(last, "")
		s.says = u.Say("tui.moved.gone", "By", u.Clean(by), "At", u.Stamp(at))
	default:
		by, at := u.LastChange(last, s.field)
		now, _ := u.HeldBy(last, s.field)
		s.says = u.Say("tui.moved.one", "Now", u.ShortPast(s.texts[last], now), "By", u.Clean(by), "At", u.Stamp(at))
	}
	return s.says
}
