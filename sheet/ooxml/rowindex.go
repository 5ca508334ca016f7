package ooxml

import (
	"bytes"
	"math"
	"runtime"
	"sync"

	"taizhang/sheet/a1"
)

// parallelIndex is the size of a sheet from which its rows are looked for by
// all processors.
const parallelIndex = 4 << 20

// indexRows finds the rows of the sheet.
func (g *draft) indexRows() error {
	scans := g.scanRows()
	num := 0
	for _, s := range scans {
		if s.err != nil {
			return s.err
		}
		for _, r := range s.rows {
			num++
			if r.num > 0 {
				g.ordered = g.ordered && r.num >= num
				num = r.num
			}
			r.num = num
			g.rows = append(g.rows, r)
		}
		g.formulas += s.formulas
		g.arrays = append(g.arrays, s.arrays...)
	}
	last := scans[len(scans)-1]
	g.body.end, g.sheetData.end = last.body, last.end
	return g.noRowTwice()
}

// noRowTwice refuses a sheet in which two elements stand for one row: an edit
// would have to choose between their cells.
func (g *draft) noRowTwice() error {
	if g.ordered {
		return nil
	}
	seen := make(map[int]bool, len(g.rows))
	for _, r := range g.rows {
		if seen[r.num] {
			return &rowTwiceError{r.num}
		}
		seen[r.num] = true
	}
	return nil
}

// scanRows scans the rows in stretches, all at once. A stretch begins where a
// row seems to; should that turn out to be text in a comment, the stretch
// before does not end there, and all is scanned anew in one.
func (g *draft) scanRows() []*rowScan {
	starts := []int{g.body.start}
	if n := len(g.data) - g.body.start; n >= parallelIndex {
		tag := []byte("<" + g.prefix + "row")
		for k := 1; k < runtime.GOMAXPROCS(0); k++ {
			from := max(g.body.start+n/runtime.GOMAXPROCS(0)*k, starts[len(starts)-1]+1)
			if at := bytes.Index(g.data[from:], tag); at >= 0 && isName(g.data[from+at+1:], tag[1:]) {
				starts = append(starts, from+at)
			}
		}
	}
	scans := make([]*rowScan, len(starts))
	var wg sync.WaitGroup
	for i, start := range starts {
		scans[i] = &rowScan{data: g.data, prefix: g.prefix, stop: math.MaxInt}
		if i+1 < len(starts) {
			scans[i].stop = starts[i+1]
		}
		wg.Go(func() { scans[i].err = scans[i].run(start) })
	}
	wg.Wait()
	for _, s := range scans[:len(scans)-1] {
		if s.err != nil || s.body != s.stop {
			whole := &rowScan{data: g.data, prefix: g.prefix, stop: math.MaxInt}
			whole.err = whole.run(g.body.start)
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
			return &syntaxError{len(d), "sheetData never closed"}
		}
		at := pos + n
		pos = at + 1
		switch d[pos] {
		case '!', '?':
			if pos = markupEnd(d, at); pos < 0 {
				return &syntaxError{at, "unterminated markup"}
			}
		case '/':
			closing := dataTag
			if inRow {
				closing = rowTag
			}
			if pos+1 == len(d) || d[pos+1] != closing[0] || !isName(d[pos+1:], closing) {
				continue
			}
			end := bytes.IndexByte(d[pos:], '>')
			if end < 0 {
				return &syntaxError{at, "unterminated tag"}
			}
			pos += end + 1
			if !inRow {
				r.body, r.end = at, pos
				return nil
			}
			r.rows[len(r.rows)-1].end = pos
			inRow = false
		default:
			switch {
			case inRow && d[pos] == cellF[0] && isName(d[pos:], cellF):
				r.formulas++
				if err := r.noteArray(at); err != nil {
					return err
				}
			case !inRow && isName(d[pos:], rowTag):
				if at >= r.stop {
					r.body = at
					return nil
				}
				end, selfClosed := tagEnd(d, pos)
				if end < 0 {
					return &syntaxError{at, "unterminated tag"}
				}
				num, ok := atoi(rawAttr(d[pos+len(rowTag):end], "r"))
				if !ok {
					num = 0
				}
				if r.rows = append(r.rows, rowSpan{num: num, start: at, end: end}); len(r.rows) > a1.MaxRow {
					return &syntaxError{at, "more rows than a sheet can have"}
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
	end, _ := tagEnd(r.data, at)
	if end < 0 {
		return &syntaxError{at, "unterminated tag"}
	}
	tag := r.data[at:end]
	if ref := rawAttr(tag, "ref"); ref != nil && string(rawAttr(tag, "t")) != "shared" {
		if area, ok := a1.ParseRange(string(ref)); ok {
			r.arrays = append(r.arrays, area)
		}
	}
	return nil
}

// markupEnd is the offset behind the comment, CDATA section or processing
// instruction at at, -1 if it does not end.
func markupEnd(d []byte, at int) int {
	from, closing := at+2, ">"
	switch rest := d[at:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		from, closing = at+4, "-->"
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		from, closing = at+9, "]]>"
	case bytes.HasPrefix(rest, []byte("<?")):
		closing = "?>"
	}
	n := bytes.Index(d[min(from, len(d)):], []byte(closing))
	if n < 0 {
		return -1
	}
	return from + n + len(closing)
}

// isName reports whether d begins with the whole name.
func isName(d, name []byte) bool {
	return len(d) > len(name) && string(d[:len(name)]) == string(name) && !nameByte[d[len(name)]]
}

// tagEnd is the offset behind the start tag that contains at, -1 if it does not
// end; selfClosed tells that it is an empty element.
func tagEnd(d []byte, at int) (end int, selfClosed bool) {
	for i := at; i < len(d); i++ {
		switch d[i] {
		case '"', '\'':
			n := bytes.IndexByte(d[i+1:], d[i])
			if n < 0 {
				return -1, false
			}
			i += n + 1
		case '>':
			return i + 1, d[i-1] == '/'
		}
	}
	return -1, false
}

// rawAttr is the value of an attribute without prefix as written in a tag, nil
// if it is not there.
func rawAttr(tag []byte, name string) []byte {
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c == '"' || c == '\'':
			n := bytes.IndexByte(tag[i+1:], c)
			if n < 0 {
				return nil
			}
			i += n + 1
		case isSpace(c) && len(tag) > i+1+len(name) && string(tag[i+1:i+1+len(name)]) == name:
			v := bytes.TrimLeft(tag[i+1+len(name):], " \t\r\n")
			if len(v) == 0 || v[0] != '=' {
				continue
			}
			v = bytes.TrimLeft(v[1:], " \t\r\n")
			if len(v) == 0 || v[0] != '"' && v[0] != '\'' {
				return nil
			}
			if n := bytes.IndexByte(v[1:], v[0]); n >= 0 {
				return v[1 : 1+n]
			}
			return nil
		}
	}
	return nil
}
