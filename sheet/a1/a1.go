// Package a1 reads and writes the references of cells, rows and columns as they
// stand in files and formulas: "B7", "$A$1:C3", "A:C".
package a1

import "strconv"

// Ref is the place of a cell: 1-based row and column. The zero Ref is no cell.
type Ref struct{ Row, Col int }

// At is the cell in a row and a column.
func At(row, col int) Ref { return Ref{row, col} }

// Range is a rectangle of cells, both corners included.
type Range struct{ First, Last Ref }

// Contains reports whether at lies in r.
func (r Range) Contains(at Ref) bool {
	return at.Row >= r.First.Row && at.Row <= r.Last.Row && at.Col >= r.First.Col && at.Col <= r.Last.Col
}

// The size of a sheet in every spreadsheet program that writes this format.
const (
	MaxRow = 1048576
	MaxCol = 16384
)

// ParseRef reads a cell reference such as "B7" or "$B$7"; case does not matter.
func ParseRef[T string | []byte](s T) (Ref, bool) {
	i := 0
	if i < len(s) && s[i] == '$' {
		i++
	}
	col, letters := 0, 0
	for ; i < len(s); i++ {
		c := s[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
		if letters++; letters > 3 {
			return Ref{}, false
		}
	}
	if i < len(s) && s[i] == '$' {
		i++
	}
	row, digits := 0, 0
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return Ref{}, false
		}
		row = row*10 + int(s[i]-'0')
		if digits++; digits > 7 {
			return Ref{}, false
		}
	}
	if col < 1 || col > MaxCol || row < 1 || row > MaxRow {
		return Ref{}, false
	}
	return Ref{Row: row, Col: col}, true
}

// String is the reference as written in a formula, such as "B7"; "" for the
// zero Ref.
func (r Ref) String() string {
	if r == (Ref{}) {
		return ""
	}
	return ColumnName(r.Col) + strconv.Itoa(r.Row)
}

// Before reports whether r comes before o row by row.
func (r Ref) Before(o Ref) bool { return r.Row < o.Row || r.Row == o.Row && r.Col < o.Col }

// ColumnName is the letters of a 1-based column; "" if there is no such column.
func ColumnName(col int) string {
	if col < 1 {
		return ""
	}
	var buf [8]byte
	i := len(buf)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		buf[i] = byte('A' + (col-1)%26)
	}
	return string(buf[i:])
}

// columnNumber is the 1-based number of a column by its letters.
func ColumnNumber(letters string) (int, bool) {
	r, ok := ParseRef(letters + "1")
	if !ok || len(letters) == 0 || letters[len(letters)-1] <= '9' {
		return 0, false
	}
	return r.Col, true
}

// ParseRange reads "A1:C3", "A1", whole columns "A:C" and whole rows "2:5", with
// or without $. Corners given the wrong way round are put right.
func ParseRange(s string) (Range, bool) {
	first, last := s, s
	colon := false
	for i := range len(s) {
		if s[i] == ':' {
			first, last, colon = s[:i], s[i+1:], true
			break
		}
	}
	a, okA := ParseRef(first)
	b, okB := ParseRef(last)
	if !okA || !okB {
		if !colon {
			return Range{}, false
		}
		if c1, ok := wholeColumn(first); ok {
			c2, ok := wholeColumn(last)
			a, b, okA = Ref{1, c1}, Ref{MaxRow, c2}, ok
		} else if r1, ok := wholeRow(first); ok {
			r2, ok := wholeRow(last)
			a, b, okA = Ref{r1, 1}, Ref{r2, MaxCol}, ok
		} else {
			okA = false
		}
		if !okA {
			return Range{}, false
		}
	}
	return Range{
		First: Ref{min(a.Row, b.Row), min(a.Col, b.Col)},
		Last:  Ref{max(a.Row, b.Row), max(a.Col, b.Col)},
	}, true
}

func wholeColumn(s string) (int, bool) {
	if len(s) > 0 && s[0] == '$' {
		s = s[1:]
	}
	return ColumnNumber(s)
}

func wholeRow(s string) (int, bool) {
	if len(s) > 0 && s[0] == '$' {
		s = s[1:]
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return int(n), err == nil && n >= 1 && n <= MaxRow
}

// String is the range as written in a formula, such as "A1:C3", or "A1" for a
// single cell.
func (r Range) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + ":" + r.Last.String()
}
