package summary

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// cell is one cell to be written: nothing (only its look), a text, a number, a
// day, or a formula with its cached value.
type cell struct {
	value   any // nil, string, int, float64 or time.Time
	formula string
	style   int
}

// rows writes the rows of a sheet, top down. The first error sticks.
type rows struct {
	w     *bufio.Writer
	row   int // last row written or skipped
	cols  []string
	guard map[int]int // style → the same as text, for texts that look like formulas
	tick  func() error
	err   error
	buf   []byte
}

func newRows(w io.Writer, guard map[int]int, tick func() error) *rows {
	return &rows{w: bufio.NewWriterSize(w, 1<<16), guard: guard, tick: tick}
}

func (r *rows) flush() error {
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}

// skip leaves n rows out.
func (r *rows) skip(n int) { r.row += n }

// add writes the next row. height is in points; 0 leaves it to the reader's
// program.
func (r *rows) add(height float64, cells ...cell) {
	r.row++
	if r.err != nil {
		return
	}
	if r.err = r.tick(); r.err != nil {
		return
	}
	b := append(r.buf[:0], `<row r="`...)
	b = strconv.AppendInt(b, int64(r.row), 10)
	if height > 0 {
		b = append(b, `" ht="`...)
		b = strconv.AppendFloat(b, height, 'f', -1, 64)
		b = append(b, `" customHeight="1`...)
	}
	b = append(b, `">`...)
	for i, c := range cells {
		b = r.cell(b, i, c)
	}
	b = append(b, `</row>`...)
	r.buf = b
	_, r.err = r.w.Write(b)
}

func (r *rows) cell(b []byte, i int, c cell) []byte {
	if c.value == nil && c.formula == "" && c.style == 0 {
		return b
	}
	if s, ok := c.value.(string); ok && c.formula == "" {
		s = clip(s)
		if g := r.guard[c.style]; g != 0 && looksLikeFormula(s) {
			c.style = g
		}
		c.value = s
	}
	b = append(b, `<c r="`...)
	b = append(b, r.col(i)...)
	b = strconv.AppendInt(b, int64(r.row), 10)
	if c.style != 0 {
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(c.style), 10)
	}
	b = append(b, '"')
	switch v := c.value.(type) {
	case string:
		switch {
		case c.formula != "":
			b = append(b, ` t="str">`...)
			b = formula(b, c.formula)
			b = append(b, `<v>`...)
			b = escape(b, v)
			b = append(b, `</v>`...)
		case v == "":
			return append(b, `/>`...)
		default:
			b = append(b, ` t="inlineStr"><is><t xml:space="preserve">`...)
			b = escape(b, v)
			b = append(b, `</t></is>`...)
		}
	case int:
		b = formula(append(b, '>'), c.formula)
		b = append(b, `<v>`...)
		b = strconv.AppendInt(b, int64(v), 10)
		b = append(b, `</v>`...)
	case float64:
		b = formula(append(b, '>'), c.formula)
		b = append(b, `<v>`...)
		b = strconv.AppendFloat(b, v, 'g', -1, 64)
		b = append(b, `</v>`...)
	case time.Time:
		b = formula(append(b, '>'), c.formula)
		b = append(b, `<v>`...)
		b = strconv.AppendInt(b, serial(v), 10)
		b = append(b, `</v>`...)
	default:
		return append(b, `/>`...)
	}
	return append(b, `</c>`...)
}

func formula(b []byte, f string) []byte {
	if f == "" {
		return b
	}
	b = append(b, `<f>`...)
	b = escape(b, f)
	return append(b, `</f>`...)
}

func (r *rows) col(i int) string {
	for len(r.cols) <= i {
		r.cols = append(r.cols, colName(len(r.cols)+1))
	}
	return r.cols[i]
}

// colName is a column's letters; columns are counted from 1.
func colName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "XFD" // a sheet has no more columns
	}
	return name
}

// epoch is day 0 of the 1900 date system, right from March 1900 on.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func serial(t time.Time) int64 { return int64(t.Sub(epoch).Hours() / 24) }

// looksLikeFormula reports a text that a spreadsheet program would take for a
// formula if somebody typed it.
func looksLikeFormula(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError && strings.ContainsRune("=+-@\t\r＝＋－＠", r)
}

// clip shortens a text to what a cell holds.
func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	n := 0
	for i, c := range s {
		if n++; c > 0xffff {
			n++
		}
		if n >= maxText {
			return s[:i] + "…"
		}
	}
	return s
}

// escape appends text as XML has it. Characters that XML cannot hold are left
// out; what would read as an escape of OOXML (_x000D_) is escaped itself.
func escape(b []byte, s string) []byte {
	for i, c := range s {
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c == '_' && isEscape(s[i:]):
			b = append(b, "_x005F_"...)
		case c == '\n' || c == '\t':
			b = append(b, byte(c))
		case c < 0x20 || c == utf8.RuneError || c >= 0x7f && c < 0xa0 || c == 0xfffe || c == 0xffff:
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return b
}

// isEscape reports _xHHHH_ at the beginning of s.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range s[2:6] {
		if !strings.ContainsRune("0123456789abcdefABCDEF", c) {
			return false
		}
	}
	return true
}

// ticker counts rows, tells how far the work is, and ends it when ctx does.
type ticker struct {
	ctx         context.Context
	done, total int
	progress    func(done, total int)
}

func (t *ticker) tick() error {
	t.done++
	if t.done%512 != 0 {
		return nil
	}
	if t.progress != nil {
		t.progress(min(t.done, t.total), t.total)
	}
	return t.ctx.Err()
}
