// Package text measures and shapes everything that the dashboard puts on the
// screen. There is one idea of width in the program, and it is here: cells of a
// terminal, as the renderer counts them.
//
// Three things go wrong in other programs, and are kept from happening here:
//
//   - A cell of a workbook holds control characters, escape sequences, or
//     characters that turn the writing direction. [Measure.Clean] makes each of
//     them visible or takes it out; what it returns is safe to print.
//   - Terminals disagree about sequences of several code points (family emoji,
//     flags): some count each code point, some the whole cluster. Clean breaks
//     such sequences into parts about which they agree.
//   - East Asian "ambiguous" characters (“ ” … · ● ─) take one cell or two,
//     depending on the terminal's font and settings, and no terminal says which.
//     [Measure.Wide] is that setting; [Apply] tells the renderer.
//
// A character that is two cells wide is never cut in half: where only one cell
// is left, a space fills it.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
)

// Measure measures text. The zero value counts ambiguous characters as one cell.
type Measure struct {
	Wide bool // ambiguous characters take two cells
}

// Ellipsis marks text that was cut: two ASCII dots, because "…" is itself
// ambiguous and would move the border of the column it ends.
const Ellipsis = ".."

// Width is the number of cells that s takes. s is clean text without escape
// sequences.
func (m Measure) Width(s string) int {
	if w, ok := plainWidth(s); ok {
		return w
	}
	return m.slow(s)
}

func (m Measure) slow(s string) int { return m.options().String(s) }

func (m Measure) options() displaywidth.Options {
	return displaywidth.Options{EastAsianWidth: m.Wide}
}

// ideograph reports characters that are two cells wide everywhere and start a
// cluster of their own: nearly all of what a ledger holds.
func ideograph(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3001 && r <= 0x3029 || r >= 0xff01 && r <= 0xff60
}

// plainWidth is the width of text made only of printable ASCII and ideographs;
// ok is false for any other.
func plainWidth(s string) (w int, ok bool) {
	for _, r := range s {
		switch {
		case r >= 0x20 && r < 0x7f:
			w++
		case ideograph(r):
			w += 2
		default:
			return 0, false
		}
	}
	return w, true
}

func isPlain(s string) bool {
	_, ok := plainWidth(s)
	return ok
}

// Clean makes one line of printable text out of anything. Line breaks and tabs
// become a space; other control characters become their visible pictures, so
// that an escape sequence shows as text and nothing after it is swallowed;
// characters that are invisible or change the direction of writing go.
func (m Measure) Clean(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Join(m.clean(s, false), "")
}

// Lines is Clean for text of several lines: line breaks are kept.
func (m Measure) Lines(s string) []string {
	if isPlain(s) {
		return []string{s}
	}
	return m.clean(s, true)
}

func (m Measure) clean(s string, breaks bool) []string {
	var out []string
	w := cleaner{m: m}
	g := displaywidth.StringGraphemes(s)
	for g.Next() {
		c := g.Value()
		if isBreak(c) {
			if breaks {
				out = append(out, w.b.String())
				w = cleaner{m: m}
			} else {
				w.write(" ")
			}
			continue
		}
		w.cluster(c)
	}
	return append(out, w.b.String())
}

// isBreak reports a cluster that ends a line.
func isBreak(cluster string) bool {
	switch cluster {
	case "\r\n", "\n", "\r", "\v", "\f", "\u2028", "\u2029", "\u0085":
		return true
	}
	return false
}

// Piece is one character of a text as it is stored, and what the screen shows
// for it.
type Piece struct {
	From, To int    // bytes of the stored text
	Shown    string // clean; "" if nothing is shown for it
	Cells    int    // that Shown takes after what is shown before it; 0 if it takes no place of its own
	Break    bool   // it ends a line; Shown is "" then
}

// Pieces takes a text apart into characters for an editor, which must keep every
// one of them and show only what is safe to print: what the pieces of a line show
// is what [Measure.Lines] makes of it. Without breaks, a line break shows as a space.
func (m Measure) Pieces(s string, breaks bool) []Piece {
	var out []Piece
	w := cleaner{m: m}
	g := displaywidth.StringGraphemes(s)
	for at := 0; g.Next(); {
		c := g.Value()
		p := Piece{From: at, To: at + len(c)}
		at = p.To
		if isBreak(c) && breaks {
			p.Break = true
			w = cleaner{m: m}
			out = append(out, p)
			continue
		}
		before, cells := w.b.Len(), w.cells
		if isBreak(c) {
			w.write(" ")
		} else {
			w.cluster(c)
		}
		p.Shown, p.Cells = w.b.String()[before:], w.cells-cells
		out = append(out, p)
	}
	return out
}

// cleaner writes cleaned clusters one after the other.
type cleaner struct {
	m     Measure
	b     strings.Builder
	last  string // the cluster written last
	cells int    // taken by all that is written
}

// write adds a cluster. Two that stand side by side only because something
// between them was taken out could join to one of another width: the second is
// left out then.
func (w *cleaner) write(c string) {
	if len(c) > 1 && (firstCluster(" "+c) > 1 && w.last == "" || firstCluster(c+" ") > len(c)) {
		return // it would join to what the screen puts beside the text
	}
	if len(c) > 1 && w.last != "" {
		joined := w.last + c
		if firstCluster(joined) > len(w.last) {
			if w.m.agreed(joined) && w.m.slow(joined) == w.m.slow(w.last) {
				w.b.WriteString(c)
				w.last = joined
			}
			return
		}
	}
	w.b.WriteString(c)
	w.cells += w.m.Width(c)
	w.last = c
}

// cluster writes one grapheme cluster, or what terminals agree on of it.
func (w *cleaner) cluster(c string) {
	if r, n := utf8.DecodeRuneInString(c); n == len(c) {
		w.single(r)
		return
	}
	if w.m.agreed(c) && !strings.ContainsFunc(c, disputed) {
		w.write(c)
		return
	}
	for _, r := range c {
		w.single(r)
	}
}

// disputed reports code points that never stay within a cluster.
func disputed(r rune) bool {
	return hidden(r) || r >= 0x1f1e6 && r <= 0x1f1ff || r >= 0x1f3fb && r <= 0x1f3ff
}

// agreed reports a cluster that takes the same cells whether code points or
// clusters are counted, and at least one.
func (m Measure) agreed(c string) bool {
	w := ansi.StringWidth(c)
	return w > 0 && w == ansi.StringWidthWc(c) && w == m.slow(c)
}

// single writes a code point that stands for itself.
func (w *cleaner) single(r rune) {
	switch {
	case r == '\t':
		w.write(" ")
	case r < 0x20:
		w.write(string(0x2400 + r))
	case r == 0x7f:
		w.write("\u2421")
	case r < 0x7f:
		w.write(string(r))
	case r >= 0x80 && r < 0xa0: // C1 controls: one of them starts a sequence in some terminals
		w.write("?")
	case r == 0xa0:
		w.write(" ")
	case r == utf8.RuneError:
		w.write("?")
	case r >= 0x1f1e6 && r <= 0x1f1ff: // halves of flags
		w.write(string('A' + r - 0x1f1e6))
	case r >= 0x1f3fb && r <= 0x1f3ff, hidden(r): // skin tones, joiners, direction
	default:
		s := string(r)
		if w.m.agreed(s) {
			w.write(s)
		} else if ansi.StringWidth(s) > 0 || ansi.StringWidthWc(s) > 0 {
			w.write("?")
		}
	}
}

// hidden reports characters that take no place of their own and change how
// others are shown: joiners, direction marks, variation selectors, tags.
func hidden(r rune) bool {
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r == 0xad, r == 0x061c, r == 0x180e, r == 0xfeff, r >= 0xfe00 && r <= 0xfe0f, r >= 0xfff9 && r <= 0xfffb:
		return true
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.Is(unicode.Cc, r)
}
