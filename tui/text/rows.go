package text

// Row is one line of a wrapped text: the pieces from From to To.
type Row struct{ From, To int }

// Rows breaks a text into lines of at most w cells, as [Measure.Wrap] does, but
// keeps every piece: a space that finds no room at the end of a line stands there
// unseen.
func Rows(p []Piece, w int) []Row {
	var out []Row
	from, used := 0, 0
	best := -1 // the last place in this line where it may end
	prev := "" // what was shown last in this line
	for i := 0; i < len(p); i++ {
		if p[i].Break {
			out = append(out, Row{from, i})
			from, used, best, prev = i+1, 0, -1, ""
			continue
		}
		if p[i].Cells == 0 {
			continue
		}
		if prev != "" && p[i].Shown != " " && MayBreak(prev, p[i].Shown) {
			best = i
		}
		if used+p[i].Cells > w && p[i].Shown != " " {
			if best < 0 {
				best = i
			}
			out = append(out, Row{from, best})
			i = best
			from, used, best = i, 0, -1
		}
		used += p[i].Cells
		prev = p[i].Shown
	}
	return append(out, Row{from, len(p)})
}
