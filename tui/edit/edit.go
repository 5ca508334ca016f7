// Package edit is text entry: one line or many, in Chinese as in English.
//
// It exists because the place of the cursor matters more here than anywhere: a
// Chinese input method opens its window at the terminal's own cursor, so the
// cursor must stand in the right cell after wide characters, in wrapped lines
// and in scrolled ones. [Text.Draw] returns the lines and that cell, measured
// by the one width function of the program.
//
// A [Text] edits grapheme clusters: what looks like one character is deleted
// as one. Pasted text is taken as typed, however long; characters that cannot
// be shown are taken out of it, line breaks are kept where there are lines.
package edit

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"taizhang/tui/text"
)

// Text is a text being edited. The zero Text is an empty single line.
type Text struct {
	Multi   bool // several lines: line breaks may be typed
	Measure text.Measure

	value string
	at    int // byte offset of the cursor, always between clusters
	want  int // column that moving up and down aims at; -1: where the cursor is
	top   int // first wrapped line in view
	left  int // cells scrolled out at the left of a single line
	width int // cells of the last drawing
}

// Value is the text.
func (t *Text) Value() string { return t.value }

// Set replaces the text and puts the cursor at its end.
func (t *Text) Set(s string) {
	t.value = t.tidy(s)
	t.at = len(t.value)
	t.want, t.top, t.left = -1, 0, 0
}

// Insert puts s where the cursor is: a typed character or a pasted text.
func (t *Text) Insert(s string) {
	s = t.tidy(s)
	t.value = t.value[:t.at] + s + t.value[t.at:]
	t.at += len(s)
	t.at = t.boundary(t.at)
	t.want = -1
}

// tidy is s as it may stand in the text.
func (t *Text) tidy(s string) string {
	if t.Multi {
		return strings.Join(t.Measure.Lines(s), "\n")
	}
	return t.Measure.Clean(strings.TrimRight(s, "\r\n"))
}

// boundary is the first place between clusters at or after at.
func (t *Text) boundary(at int) int {
	start := strings.LastIndexByte(t.value[:at], '\n') + 1
	for start < at {
		start += t.next(start)
	}
	return start
}

// next is the length of the cluster at byte i.
func (t *Text) next(i int) int {
	if i >= len(t.value) {
		return 0
	}
	if c := t.value[i]; c == '\n' {
		return 1
	}
	g := displaywidth.StringGraphemes(t.value[i:])
	if g.Next() {
		return len(g.Value())
	}
	return 1
}

// prev is the length of the cluster before byte i.
func (t *Text) prev(i int) int {
	if i == 0 {
		return 0
	}
	if t.value[i-1] == '\n' {
		return 1
	}
	// Clusters are short: begin some way back, at a place that is surely one.
	start := i
	for n := 0; start > 0 && n < 8; n++ {
		_, size := utf8.DecodeLastRuneInString(t.value[:start])
		start -= size
		if t.value[start] == '\n' {
			start++
			break
		}
	}
	last := i - start
	for start < i {
		last = t.next(start)
		start += last
	}
	return last
}

// Left, Right, Home, End, Backspace and Delete are what the keys of these names do.
func (t *Text) Left() { t.at -= t.prev(t.at); t.want = -1 }

// Right moves the cursor one character on.
func (t *Text) Right() { t.at += t.next(t.at); t.want = -1 }

// Home moves the cursor to the beginning of its line.
func (t *Text) Home() { t.at = strings.LastIndexByte(t.value[:t.at], '\n') + 1; t.want = -1 }

// End moves the cursor to the end of its line.
func (t *Text) End() {
	if i := strings.IndexByte(t.value[t.at:], '\n'); i >= 0 {
		t.at += i
	} else {
		t.at = len(t.value)
	}
	t.want = -1
}

// Start moves the cursor to the beginning of the text.
func (t *Text) Start() { t.at, t.want = 0, -1 }

// Finish moves the cursor to the end of the text.
func (t *Text) Finish() { t.at, t.want = len(t.value), -1 }

// Backspace deletes the character before the cursor.
func (t *Text) Backspace() {
	n := t.prev(t.at)
	t.value = t.value[:t.at-n] + t.value[t.at:]
	t.at = t.boundary(t.at - n) // what now stands side by side may be one cluster
	t.want = -1
}

// Delete deletes the character after the cursor.
func (t *Text) Delete() {
	n := t.next(t.at)
	t.value = t.value[:t.at] + t.value[t.at+n:]
	t.at = t.boundary(t.at)
	t.want = -1
}

// Clear empties the text.
func (t *Text) Clear() { t.Set("") }
