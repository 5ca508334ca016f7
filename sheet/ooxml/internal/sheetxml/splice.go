package sheetxml

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// empty reports whether s leaves nothing in the cell.
func (s Setting) empty() bool { return s.Value.Kind == Blank && s.Formula == "" }

// Splice is the part with the waiting edits made, in one pass; what no edit
// touches is copied.
func (g *Draft) Splice() ([][]byte, error) {
	if len(g.Sets) == 0 {
		return [][]byte{g.Data}, nil
	}
	rows := slices.Sorted(maps.Keys(g.Sets))
	b := &xmlpart.Splicer{Old: g.Data}
	if dim, ok := g.newDimension(); ok {
		b.CopyTo(g.Dimension.Start)
		b.Text.WriteString(dim)
		b.Done = g.Dimension.End
	}
	if g.empty {
		b.CopyTo(g.SheetData.Start)
		tag := g.Data[g.SheetData.Start:g.SheetData.End]
		b.Text.Write(bytes.TrimRight(bytes.TrimSuffix(tag, []byte("/>")), " \t\r\n"))
		b.Text.WriteByte('>')
		for _, row := range rows {
			g.writeRow(&b.Text, row, g.Sets[row])
		}
		b.Text.WriteString("</" + g.Prefix + "sheetData>")
		b.Done = g.SheetData.End
		return b.Finish(), nil
	}
	// Rows out of order are visited in the order of the part.
	type visit struct {
		row, index int
		there      bool
	}
	var visits []visit
	for _, row := range rows {
		i, there := g.Find(row)
		visits = append(visits, visit{row, i, there})
	}
	slices.SortStableFunc(visits, func(a, b visit) int { return a.index - b.index })
	for _, v := range visits {
		if v.there {
			if err := g.spliceRow(b, v.index, g.Sets[v.row]); err != nil {
				return nil, err
			}
			continue
		}
		at := g.body.End
		if v.index < len(g.Rows) {
			at = g.Rows[v.index].Start
		} else if len(g.Rows) > 0 {
			at = g.Rows[len(g.Rows)-1].End
		}
		b.CopyTo(at)
		g.writeRow(&b.Text, v.row, g.Sets[v.row])
	}
	return b.Finish(), nil
}

// writeRow writes a row that was not there.
func (g *Draft) writeRow(out *bytes.Buffer, row int, sets map[int]Setting) {
	var cells bytes.Buffer
	for _, col := range slices.Sorted(maps.Keys(sets)) {
		g.WriteNewCell(&cells, a1.At(row, col), sets[col], -1)
	}
	if cells.Len() == 0 {
		return
	}
	out.WriteString("<" + g.Prefix + `row r="` + strconv.Itoa(row) + `"` + g.RowAttrs[row] + ">")
	out.Write(cells.Bytes())
	out.WriteString("</" + g.Prefix + "row>")
}

// spliceRow writes the i-th row with edits.
func (g *Draft) spliceRow(b *xmlpart.Splicer, i int, sets map[int]Setting) error {
	out := &b.Text
	row, err := g.ReadRow(i)
	if err != nil {
		return err
	}
	num := g.Rows[i].Row
	cols := slices.Sorted(maps.Keys(sets))
	if row.empty {
		var cells bytes.Buffer
		for _, col := range cols {
			g.WriteNewCell(&cells, a1.At(num, col), sets[col], row.Style)
		}
		if cells.Len() == 0 {
			return nil
		}
		b.CopyTo(row.Tag.Start)
		out.Write(bytes.TrimRight(bytes.TrimSuffix(g.rowTag(row, cols), []byte("/>")), " \t\r\n"))
		out.WriteByte('>')
		out.Write(cells.Bytes())
		out.WriteString("</" + g.Prefix + "row>")
		b.Done = row.Tag.End
		return nil
	}
	b.CopyTo(row.Tag.Start)
	out.Write(g.rowTag(row, cols))
	b.Done = row.Tag.End
	type place struct {
		at, col int
		cell    CellSpan
		there   bool
	}
	var places []place
	for _, col := range cols {
		if c, ok := row.Cell(col); ok {
			places = append(places, place{c.Start, col, c, true})
			continue
		}
		at := row.end
		if n := len(row.Cells); n > 0 {
			at = row.Cells[n-1].End
		}
		for _, c := range row.Cells {
			if c.Col > col {
				at = c.Start
				break
			}
		}
		places = append(places, place{at: at, col: col})
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.at - b.at })
	for _, p := range places {
		b.CopyTo(p.at)
		if !p.there {
			g.WriteNewCell(out, a1.At(num, p.col), sets[p.col], row.Style)
			continue
		}
		g.RewriteCell(out, p.cell, sets[p.col])
		b.Done = p.cell.End
	}
	return nil
}

// rowTag is a row's start tag with its spans attribute, a hint for readers,
// widened to hold cols.
func (g *Draft) rowTag(row *RowCells, cols []int) []byte {
	tag := g.Data[row.Tag.Start:row.Tag.End]
	spans := xmlpart.RawAttr(tag, "spans")
	if spans == nil || len(cols) == 0 || bytes.ContainsRune(spans, ' ') {
		return tag
	}
	from, to, ok := strings.Cut(string(spans), ":")
	first, ok1 := xmlpart.Number(from)
	last, ok2 := xmlpart.Number(to)
	if !ok || !ok1 || !ok2 || cols[0] >= first && cols[len(cols)-1] <= last {
		return tag
	}
	wide := strconv.Itoa(min(first, cols[0])) + ":" + strconv.Itoa(max(last, cols[len(cols)-1]))
	return replaceInside(tag, spans, wide)
}

// replaceInside replaces part, a slice of tag, by text.
func replaceInside(tag, part []byte, text string) []byte {
	at := cap(tag) - cap(part)
	return slices.Concat(tag[:at], []byte(text), tag[at+len(part):])
}

// newDimension is the dimension widened to hold the edits.
func (g *Draft) newDimension() (string, bool) {
	if g.Dimension.End == 0 {
		return "", false
	}
	d, ok := a1.ParseRange(string(g.Data[g.Dimension.Start:g.Dimension.End]))
	if !ok {
		return "", false
	}
	old := d
	for row, sets := range g.Sets {
		for col, s := range sets {
			if s.empty() && s.Style < 0 {
				continue
			}
			d.First = a1.At(min(d.First.Row, row), min(d.First.Col, col))
			d.Last = a1.At(max(d.Last.Row, row), max(d.Last.Col, col))
		}
	}
	return d.String(), d != old
}

// WriteNewCell writes a cell that was not there, in the format that the empty
// cell showed. An empty one without a format of its own stays away.
func (g *Draft) WriteNewCell(out *bytes.Buffer, at a1.Ref, s Setting, rowStyle int) {
	style := s.Style
	if style < 0 {
		if s.empty() {
			return
		}
		if style = rowStyle; style < 0 {
			style = g.ColStyle(at.Col)
		}
	}
	out.WriteString("<" + g.Prefix + `c r="` + at.String() + `"`)
	if style > 0 {
		out.WriteString(` s="` + strconv.Itoa(style) + `"`)
	}
	g.writeContent(out, s, nil)
}

// RewriteCell writes a cell with a new value. Its attributes stay as they are
// written, but for those that describe the old value: type, cell and value
// metadata, phonetic guide.
func (g *Draft) RewriteCell(out *bytes.Buffer, c CellSpan, set Setting) {
	s := xmlpart.NewScanner(g.Data[c.Start:c.End])
	s.Next()
	out.Write(s.Data[:s.Name.End])
	styled := false
	for _, a := range s.Attrs {
		value := s.Data[a.Value.Start:a.Value.End]
		switch name := string(s.Data[a.Name.Start:a.Name.End]); name {
		case "t", "cm", "vm", "ph":
			continue
		case "s":
			styled = true
			if set.Style >= 0 {
				value = strconv.AppendInt(nil, int64(set.Style), 10)
			}
		}
		quote := s.Data[a.Value.End]
		out.WriteByte(' ')
		out.Write(s.Data[a.Name.Start:a.Name.End])
		out.WriteByte('=')
		out.WriteByte(quote)
		out.Write(value)
		out.WriteByte(quote)
	}
	if !styled && set.Style > 0 {
		out.WriteString(` s="` + strconv.Itoa(set.Style) + `"`)
	}
	g.writeContent(out, set, extension(s))
}

// extension is what a cell holds besides its value: an extLst, copied as it is.
func extension(s *xmlpart.Scanner) []byte {
	for s.Next() {
		if s.Depth() == 2 && s.Kind == xmlpart.StartTag && s.Is("extLst") {
			start := s.Start
			s.Skip()
			return s.Data[start:s.End]
		}
	}
	return nil
}

// writeContent closes a cell's start tag, which has been written up to its
// type, and writes the value. Text is written inline, so that the table of
// shared strings, and with it every other cell, stays as it was stored.
func (g *Draft) writeContent(out *bytes.Buffer, set Setting, ext []byte) {
	p, v := g.Prefix, set.Value
	if set.Formula != "" {
		out.WriteString("><" + p + "f>")
		out.WriteString(xmlpart.EscapeText(set.Formula))
		out.WriteString("</" + p + "f>")
		out.Write(ext)
		out.WriteString("</" + p + "c>")
		return
	}
	value := func(typ, s string) {
		out.WriteString(typ + "><" + p + "v>" + s + "</" + p + "v>")
	}
	switch v.Kind {
	case Blank:
		if ext == nil {
			out.WriteString("/>")
			return
		}
		out.WriteByte('>')
	case Text:
		out.WriteString(` t="inlineStr"><` + p + "is><" + p + "t")
		if keepSpace(v.Text) {
			out.WriteString(` xml:space="preserve"`)
		}
		out.WriteByte('>')
		out.Write(xmlpart.AppendXString(nil, v.Text))
		out.WriteString("</" + p + "t></" + p + "is>")
	case Bool:
		value(` t="b"`, v.Text)
	case Error:
		value(` t="e"`, string(xmlpart.AppendXString(nil, v.Text)))
	default:
		value("", v.Text)
	}
	out.Write(ext)
	out.WriteString("</" + p + "c>")
}

// keepSpace reports whether readers would trim text without being told not to.
func keepSpace(s string) bool {
	return s != "" && (s[0] <= ' ' || s[len(s)-1] <= ' ' || strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  "))
}

// NormalText is text as cells hold it: line breaks are line feeds.
func NormalText(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// TextUnits is the length that Excel counts, in UTF-16 units.
func TextUnits(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Serial is the number that stands for the wall clock time of t in the 1900 or
// the 1904 date system; ok is false for days before its first.
func Serial(t time.Time, date1904 bool) (number string, ok bool) {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days := float64((day.Unix() - epoch.Unix()) / 86400) // a Duration holds 292 years only
	if !date1904 {
		// Excel takes 1900 for a leap year: before 1 March it is a day behind.
		if days < 61 {
			days--
		}
		if days < 1 {
			return "", false
		}
	}
	if days < 0 || t.Year() > 9999 {
		return "", false
	}
	seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
	if seconds == 0 {
		return strconv.FormatFloat(days, 'f', -1, 64), true
	}
	return strconv.FormatFloat(days+float64(seconds)/86400, 'f', -1, 64), true
}
