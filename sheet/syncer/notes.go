package syncer

import (
	"encoding/json"

	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// Offices write beside the tables of the shared workbook as well: a leader's word right
// of a row, a remark below the table, a comment. Such a text is in no revision's tables,
// so a stale save by somebody else removes it and nothing can put it back. Therefore a
// save that brings one, or lacks one that stood there before, becomes a revision that
// says so, with the words.
//
// What stood there last is kept as a cache of the store. Where that is lost, the next
// save is compared with nothing, and what it brings counts as known.

// notesCache is the name of that cache.
const notesCache = "beside-1"

// Note is a text beside the tables of the shared workbook that appeared or disappeared.
type Note store.Note

// Text says so in a sentence.
func (n Note) Text() msg.Text {
	return msg.New("syncer.note", "Sheet", n.Sheet, "Cell", n.Cell, "Text", n.Said, "What", n.What, "Gone", n.Gone)
}

// wording is what makes two texts beside the tables the same, wherever they stand: rows
// are inserted above them, and sheets get other names.
type wording struct{ what, text string }

// notesOf is the texts beside the tables of a workbook, but for headings and formulas;
// nil if there are too many to be notes.
func (b *book) notesOf() []store.Note {
	out := []store.Note{}
	for _, k := range b.beside(b.state(), false) {
		if k.what == store.BesideHeading || k.what == store.BesideFormula {
			continue
		}
		if len(out) == mostBeside {
			return nil
		}
		said := store.Beside{Sheet: k.Sheet, Cell: k.at.String(), Said: k.Text, What: k.what}
		out = append(out, store.Note{Beside: said})
	}
	return out
}

// newNotes is what stands beside the workbook's tables and did not when it was looked at
// last, and what stood there then and does not any more.
func (s *replica) newNotes() (out []store.Note) {
	if s.book.notes == nil || s.book.ours {
		return nil
	}
	var before []store.Note
	if data := s.hist.Cached(notesCache); data == nil || json.Unmarshal(data, &before) != nil {
		return nil
	}
	out = notIn(s.book.notes, before)
	for _, n := range notIn(before, s.book.notes) {
		n.Gone = true
		out = append(out, n)
	}
	return out
}

// notIn is the notes of one list that another does not have, or not as often.
func notIn(list, other []store.Note) (out []store.Note) {
	have := map[wording]int{}
	for _, n := range other {
		have[wording{n.What, n.Said}]++
	}
	for _, n := range list {
		w := wording{n.What, n.Said}
		if have[w]--; have[w] < 0 {
			out = append(out, n)
		}
	}
	return out
}

// rememberNotes makes what stands beside the workbook's tables what is known to stand
// there.
func (s *replica) rememberNotes() {
	if s.book.notes == nil || s.opt.ReadOnly || s.why != nil || !s.hist.Begun() {
		return
	}
	if data, err := json.Marshal(s.book.notes); err == nil && string(data) != string(s.hist.Cached(notesCache)) {
		s.hist.Cache(notesCache, data)
	}
}
