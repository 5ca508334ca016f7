// Package edit is text entry: one line or many, in Chinese as in English.
//
// It exists because the place of the cursor matters more here than anywhere: a
// Chinese input method opens its window at the terminal's own cursor, so the
// cursor must stand in the right cell after wide characters, in wrapped lines
// and in scrolled ones. [Text.Draw] returns the lines and that cell, measured
// by the one width function of the program.
//
// What is stored and what is drawn are two things. A [Text] keeps every
// character that it was given, also those that a screen cannot show: variation
// selectors, joiners, tabs, marks of direction. Only the drawing is cleaned. Of
// what is typed or pasted it changes line ends only: they become line feeds, and
// spaces where there is one line.
//
// A [Text] moves and deletes by what looks like one character. Characters that
// are not seen go with the one before them; but what was just typed is a
// character of its own until the cursor leaves it, so that deleting it leaves
// everything else as it was.
package edit

import (
	"sort"
	"strings"

	"taizhang/tui/text"
)

// Text is a text being edited. The zero Text is an empty single line.
type Text struct {
	Multi   bool // several lines: line breaks may be typed
	Measure text.Measure

	value string
	at    int // byte offset of the cursor, always between characters
	fresh run // what was just typed
	past  history

	pieces []text.Piece // of value; nil: not taken apart yet
	laid   []text.Row   // value in lines of laidAt cells; nil: not laid out yet
	laidAt int

	want  int // cell that moving up and down aims at; -1: where the cursor is
	top   int // first wrapped line in view
	left  int // cells scrolled out at the left of a single line
	width int // cells of the last drawing
}

// run is the bytes from from to to; it is empty if they are equal.
type run struct{ from, to int }

// Value is the text.
func (t *Text) Value() string { return t.value }

// Set replaces the text by s, just as it is, and puts the cursor at its end.
// There is nothing to undo then.
func (t *Text) Set(s string) {
	t.put(s, len(s))
	t.fresh, t.past = run{}, history{}
	t.top, t.left = 0, 0
}

// put makes s the text, with the cursor at byte at.
func (t *Text) put(s string, at int) {
	t.value, t.at, t.want = s, at, -1
	t.pieces, t.laid = nil, nil
}

// Insert puts s where the cursor is: a typed character or a pasted text.
func (t *Text) Insert(s string) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	if !t.Multi {
		s = strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", " ")
	}
	if s == "" {
		return
	}
	t.keep(typing)
	from := t.at
	if t.fresh.from < t.fresh.to && t.fresh.to == t.at {
		from = t.fresh.from
	}
	t.put(t.value[:t.at]+s+t.value[t.at:], t.at+len(s))
	t.fresh = run{from, t.at}
}

// split is the text taken apart.
func (t *Text) split() []text.Piece {
	if t.pieces == nil {
		t.pieces = t.Measure.Pieces(t.value, t.Multi)
	}
	return t.pieces
}

// pieceAt is the piece that holds byte i, or that begins there.
func (t *Text) pieceAt(i int) int {
	p := t.split()
	return sort.Search(len(p), func(n int) bool { return p[n].To > i })
}

// isStop reports whether the cursor may stand before piece n: what is not seen
// belongs to the character before it.
func (t *Text) isStop(n int) bool {
	p := t.split()
	return n == 0 || n == len(p) || p[n-1].Break || p[n].Break || p[n].Cells > 0
}

// next is the place one character on.
func (t *Text) next() int {
	p := t.split()
	n := min(t.pieceAt(t.at)+1, len(p))
	for !t.isStop(n) {
		n++
	}
	to := t.start(n)
	if t.at < t.fresh.to {
		to = min(to, t.fresh.to)
	}
	return to
}

// prev is the place one character back.
func (t *Text) prev() int {
	// What was just typed may have become one with what stood there.
	if f := t.fresh; f.from < t.at && t.at <= f.to {
		typed := Text{Multi: t.Multi, Measure: t.Measure}
		typed.put(t.value[f.from:t.at], t.at-f.from)
		return f.from + typed.prev()
	}
	p := t.split()
	n := t.pieceAt(t.at)
	if n == len(p) || t.at == p[n].From {
		n--
	}
	for n > 0 && !t.isStop(n) {
		n--
	}
	return t.start(max(n, 0))
}

// start is the byte at which piece n begins.
func (t *Text) start(n int) int {
	if p := t.split(); n < len(p) {
		return p[n].From
	}
	return len(t.value)
}

// moved puts the cursor elsewhere.
func (t *Text) moved(at int) {
	t.at, t.want = at, -1
	t.past.group = nothing
	if at < t.fresh.from || at > t.fresh.to {
		t.fresh = run{}
	}
}

// Left, Right, Home, End, Backspace and Delete are what the keys of these names do.
func (t *Text) Left() { t.moved(t.prev()) }

// Right moves the cursor one character on.
func (t *Text) Right() { t.moved(t.next()) }

// Home moves the cursor to the beginning of its line.
func (t *Text) Home() { t.moved(t.lineStart()) }

// End moves the cursor to the end of its line.
func (t *Text) End() { t.moved(t.lineEnd()) }

func (t *Text) lineStart() int {
	p := t.split()
	for n := t.pieceAt(t.at) - 1; n >= 0; n-- {
		if p[n].Break {
			return p[n].To
		}
	}
	return 0
}

func (t *Text) lineEnd() int {
	p := t.split()
	for n := t.pieceAt(t.at); n < len(p); n++ {
		if p[n].Break {
			return p[n].From
		}
	}
	return len(t.value)
}

// Start moves the cursor to the beginning of the text.
func (t *Text) Start() { t.moved(0) }

// Finish moves the cursor to the end of the text.
func (t *Text) Finish() { t.moved(len(t.value)) }

// Backspace deletes the character before the cursor.
func (t *Text) Backspace() { t.remove(t.prev(), t.at, deleting) }

// Delete deletes the character after the cursor.
func (t *Text) Delete() { t.remove(t.at, t.next(), deleting) }

// DeleteToStart deletes what stands before the cursor in its line; at the
// beginning of a line, the break before it.
func (t *Text) DeleteToStart() {
	from := t.lineStart()
	if from == t.at {
		from = t.prev()
	}
	t.remove(from, t.at, nothing)
}

// DeleteToEnd deletes what stands after the cursor in its line; at the end of a
// line, the break after it.
func (t *Text) DeleteToEnd() {
	to := t.lineEnd()
	if to == t.at {
		to = t.next()
	}
	t.remove(t.at, to, nothing)
}

// Clear empties the text.
func (t *Text) Clear() { t.remove(0, len(t.value), nothing) }

// remove deletes the bytes from from to to; kind tells what for.
func (t *Text) remove(from, to int, kind group) {
	if from >= to {
		return
	}
	t.keep(kind)
	if f := t.fresh; from >= f.from && to <= f.to {
		t.fresh.to -= to - from
	} else {
		t.fresh = run{}
	}
	t.put(t.value[:from]+t.value[to:], from)
	if t.fresh.from < t.fresh.to {
		return
	}
	// What now stands side by side may look like one character.
	if n := t.pieceAt(from); n < len(t.split()) && t.split()[n].From < from {
		t.at = t.start(n + 1)
	}
}
