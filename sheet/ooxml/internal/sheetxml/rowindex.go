package sheetxml

import (
	"bytes"
	"math"
	"runtime"
	"sync"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// parallelIndex is the size from which all processors look for the rows of a sheet.
const parallelIndex = 4 << 20

// indexRows finds the rows of the sheet.
func (g *Draft) indexRows() error {
	scans := g.scanRows()
	num := 0
	for _, s := range scans {
		if s.err != nil {
			return s.err
		}
		for _, r := range s.rows {
			num++
			if r.Row > 0 {
				g.IsOrdered = g.IsOrdered && r.Row >= num
				num = r.Row
			}
			r.Row = num
			g.Rows = append(g.Rows, r)
		}
		g.Formulas += s.formulas
		g.Arrays = append(g.Arrays, s.arrays...)
	}
	last := scans[len(scans)-1]
	g.body.End, g.SheetData.End = last.body, last.end
	return g.noRowTwice()
}

// noRowTwice refuses a sheet in which two elements stand for one row: an edit
// would have to choose between their cells.
func (g *Draft) noRowTwice() error {
	if g.IsOrdered {
		return nil
	}
	seen := make(map[int]bool, len(g.Rows))
	for _, r := range g.Rows {
		if seen[r.Row] {
			return &RowTwiceError{r.Row}
		}
		seen[r.Row] = true
	}
	return nil
}

// scanRows scans the rows in stretches, all at once. A stretch begins where a
// row seems to; should that turn out to be text in a comment, the stretch
// before does not end there, and all is scanned anew in one.
func (g *Draft) scanRows() []*rowScan {
	starts := []int{g.body.Start}
	if n := len(g.Data) - g.body.Start; n >= parallelIndex {
		tag := []byte("<" + g.Prefix + "row")
		for k := 1; k < runtime.GOMAXPROCS(0); k++ {
			from := max(g.body.Start+n/runtime.GOMAXPROCS(0)*k, starts[len(starts)-1]+1)
			if at := bytes.Index(g.Data[from:], tag); at >= 0 && xmlpart.HasName(g.Data[from+at+1:], tag[1:]) {
				starts = append(starts, from+at)
			}
		}
	}
	scans := make([]*rowScan, len(starts))
	var wg sync.WaitGroup
	for i, start := range starts {
		scans[i] = &rowScan{data: g.Data, prefix: g.Prefix, stop: math.MaxInt}
		if i+1 < len(starts) {
			scans[i].stop = starts[i+1]
		}
		wg.Go(func() { scans[i].err = scans[i].run(start) })
	}
	wg.Wait()
	for _, s := range scans[:len(scans)-1] {
		if s.err != nil || s.body != s.stop {
			whole := &rowScan{data: g.Data, prefix: g.Prefix, stop: math.MaxInt}
			whole.err = whole.run(g.body.Start)
			return []*rowScan{whole}
		}
	}
	return scans
}

// rowScan finds the rows in a stretch of sheetData by walking from tag to tag:
// in well-formed XML "<" is always the beginning of markup.
type rowScan struct {
	data   []byte
	prefix string
	stop   int // a row that begins there or later is left alone

	rows     []rowSpan // num is 0 for a row without number
	formulas int
	arrays   []a1.Range
	body     int // where the scan ended: at stop, or at the end tag of sheetData
	end      int // behind that end tag
	err      error
}

func (r *rowScan) run(pos int) error {
	d := r.data
	rowTag, cellF, dataTag := []byte(r.prefix+"row"), []byte(r.prefix+"f"), []byte(r.prefix+"sheetData")
	for inRow := false; ; {
		n := bytes.IndexByte(d[pos:], '<')
		if n < 0 || pos+n+1 >= len(d) {
			return &xmlpart.SyntaxError{Off: len(d), What: "sheetData never closed"}
		}
		at := pos + n
		pos = at + 1
		switch d[pos] {
		case '!', '?':
			if pos = xmlpart.MarkupEnd(d, at); pos < 0 {
				return &xmlpart.SyntaxError{Off: at, What: "unterminated markup"}
			}
		case '/':
			closing := dataTag
			if inRow {
				closing = rowTag
			}
			if pos+1 == len(d) || d[pos+1] != closing[0] || !xmlpart.HasName(d[pos+1:], closing) {
				continue
			}
			end := bytes.IndexByte(d[pos:], '>')
			if end < 0 {
				return &xmlpart.SyntaxError{Off: at, What: "unterminated tag"}
			}
			pos += end + 1
			if !inRow {
				r.body, r.end = at, pos
				return nil
			}
			r.rows[len(r.rows)-1].End = pos
			inRow = false
		default:
			switch {
			case inRow && d[pos] == cellF[0] && xmlpart.HasName(d[pos:], cellF):
				r.formulas++
				if err := r.noteArray(at); err != nil {
					return err
				}
			case !inRow && xmlpart.HasName(d[pos:], rowTag):
				if at >= r.stop {
					r.body = at
					return nil
				}
				end, selfClosed := xmlpart.TagEnd(d, pos)
				if end < 0 {
					return &xmlpart.SyntaxError{Off: at, What: "unterminated tag"}
				}
				num, ok := xmlpart.Number(xmlpart.RawAttr(d[pos+len(rowTag):end], "r"))
				if !ok {
					num = 0
				}
				if r.rows = append(r.rows, rowSpan{Row: num, Start: at, End: end}); len(r.rows) > a1.MaxRow {
					return &xmlpart.SyntaxError{Off: at, What: "more rows than a sheet can have"}
				}
				inRow = !selfClosed
				pos = end
			}
		}
	}
}

// noteArray keeps the range of an array formula or data table: its other cells
// look like plain values.
func (r *rowScan) noteArray(at int) error {
	end, _ := xmlpart.TagEnd(r.data, at)
	if end < 0 {
		return &xmlpart.SyntaxError{Off: at, What: "unterminated tag"}
	}
	tag := r.data[at:end]
	if ref := xmlpart.RawAttr(tag, "ref"); ref != nil && string(xmlpart.RawAttr(tag, "t")) != "shared" {
		if area, ok := a1.ParseRange(string(ref)); ok {
			r.arrays = append(r.arrays, area)
		}
	}
	return nil
}
