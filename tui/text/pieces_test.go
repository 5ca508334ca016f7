package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What an editor shows piece by piece is what Lines makes of the whole, and no
// byte of the text is outside its pieces.
func TestPiecesShowWhatLinesShow(t *testing.T) {
	for _, wide := range []bool{false, true} {
		m := Measure{Wide: wide}
		rapid.Check(t, func(t *rapid.T) {
			s := anything(t)
			for _, breaks := range []bool{true, false} {
				var lines []string
				var b strings.Builder
				cells, at := 0, 0
				end := func() {
					if line := b.String(); m.Width(line) != cells {
						t.Fatalf("%q: %d cells, by its pieces %d", line, m.Width(line), cells)
					}
					lines = append(lines, b.String())
					b.Reset()
					cells = 0
				}
				for _, p := range m.Pieces(s, breaks) {
					if p.From != at || p.To <= at {
						t.Fatalf("a piece from %d to %d after %d of %q", p.From, p.To, at, s)
					}
					at = p.To
					if p.Break {
						end()
						continue
					}
					b.WriteString(p.Shown)
					cells += p.Cells
				}
				end()
				if at != len(s) {
					t.Fatalf("the pieces of %q end at %d of %d", s, at, len(s))
				}
				want := m.Lines(s)
				if !breaks {
					want = []string{m.Clean(s)}
				}
				if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") {
					t.Fatalf("pieces of %q show %q, Lines %q", s, got, want)
				}
			}
		})
	}
}
