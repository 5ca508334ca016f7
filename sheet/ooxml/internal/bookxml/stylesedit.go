package bookxml

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Builtin number formats: a date, and a date with a time of day, both in the
// way of the reader's own country.
const (
	FormatDate     = 14
	FormatDateTime = 22
)

const stylesType = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

// DateStyle is the format for a date in a cell of the given format: -1, which
// keeps it, if it shows the date whole, with its time of day if it has one; else
// one that differs from it only in the number format: that of v.Like if it shows
// the date whole. Only if there is none yet is one appended to the styles.
func (b *Book) DateStyle(style int, v sheetxml.Value) (int, error) {
	clock := strings.Contains(v.Text, ".")
	whole := func(style int) bool {
		return b.Pending.dateStyles[style] >= showsDate(clock) || b.Format(style).IsWhole(clock)
	}
	if whole(style) {
		return -1, nil
	}
	numFmt := FormatDate
	if clock {
		numFmt = FormatDateTime
	}
	like := v.Like - 1
	if !whole(like) {
		like = -1
	}
	part, data, err := b.StylesData()
	if err != nil {
		return 0, err
	}
	xfs, err := StyleList(data, "cellXfs")
	if err != nil {
		return 0, opc.Damaged(part, err)
	}
	style = min(max(style, 0), max(len(xfs.Items)-1, 0))
	base := "<" + xfs.Prefix + `xf numFmtId="0"/>`
	if len(xfs.Items) > 0 {
		base = string(data[xfs.Items[style].Start:xfs.Items[style].End])
	} else {
		data, _ = xfs.Add(data, base) // cells without a format keep the default one
		if xfs, err = StyleList(data, "cellXfs"); err != nil {
			return 0, opc.Damaged(part, err)
		}
	}
	if like >= 0 && like < len(xfs.Items) {
		numFmt = numFmtOf(data[xfs.Items[like].Start:xfs.Items[like].End])
	}
	want := likeness([]byte(base))
	for i, x := range xfs.Items {
		if i != style && whole(i) && likeness(data[x.Start:x.End]) == want &&
			(like < 0 || numFmtOf(data[x.Start:x.End]) == numFmt) {
			return i, nil
		}
	}
	data, n := xfs.Add(data, withNumFmt(base, numFmt))
	b.Put(part, data)
	b.NoteDate(n, clock)
	return n, nil
}

// shownDate is how much an appended format shows of a date.
type shownDate uint8

const (
	wholeDate     shownDate = 1 + iota // year, month and day
	wholeDateTime                      // and the time of day
)

func showsDate(clock bool) shownDate {
	if clock {
		return wholeDateTime
	}
	return wholeDate
}

// NoteDate remembers that an appended format shows dates whole.
func (b *Book) NoteDate(style int, clock bool) {
	if b.Pending.dateStyles == nil {
		b.Pending.dateStyles = map[int]shownDate{}
	}
	b.Pending.dateStyles[style] = max(b.Pending.dateStyles[style], showsDate(clock))
}

// StylesData is the styles part. A workbook without one gets the least that
// every program accepts.
func (b *Book) StylesData() (string, []byte, error) {
	part := b.StylesPart
	if part == "" {
		part = opc.Beside(b.Part, "styles.xml")
	}
	data, err := b.Current(part)
	if err == nil {
		// Some programs write a part that says nothing.
		if _, _, _, lacks := xmlpart.Element(data, "cellXfs", 2); !errors.Is(lacks, xmlpart.ErrNoElement) {
			return part, data, nil
		}
		data = b.blankStyles()
		b.Put(part, data)
		return part, data, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return part, nil, err
	}
	base := opc.TransitionalNS
	if b.Strict() {
		base = opc.StrictNS
	}
	if b.StylesPart == "" {
		if _, err := b.AddRel(b.Part, base+"relationships/styles", part); err != nil {
			return "", nil, err
		}
	}
	if err := b.AddType(part, stylesType); err != nil {
		return "", nil, err
	}
	data = b.blankStyles()
	b.Put(part, data)
	return part, data, nil
}

// blankStyles are the styles of a workbook that has none: one font, one format.
func (b *Book) blankStyles() []byte {
	space := MainNS
	if b.Strict() {
		space = StrictMainNS
	}
	return []byte(xmlpart.Header + `<styleSheet xmlns="` + space + `">` +
		`<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
		`</styleSheet>`)
}

// StylesList is one of the lists of the styles part, such as fonts or cellXfs.
type StylesList struct {
	Items  []xmlpart.Span
	whole  xmlpart.Span // the list's element
	inner  xmlpart.Span
	Prefix string // of its elements, with colon
}

// StyleList finds a list of the styles part.
func StyleList(data []byte, name string) (l StylesList, err error) {
	l.whole, l.inner, l.Prefix, err = xmlpart.Element(data, name, 2)
	if err != nil {
		return
	}
	s := xmlpart.NewScanner(data)
	for s.End < l.whole.End && s.Next() && s.Start < l.whole.Start {
	}
	s.Alternatives(func() error {
		start := s.Start
		s.Skip()
		if name != "cellXfs" || s.Is("xf") {
			l.Items = append(l.Items, xmlpart.Between(start, s.End))
		}
		return nil
	})
	return l, s.Err()
}

// Add puts an item at the end of the list, unless it is there already, and
// returns its number.
func (l StylesList) Add(data []byte, item string) ([]byte, int) {
	for i, at := range l.Items {
		if string(data[at.Start:at.End]) == item {
			return data, i
		}
	}
	out := xmlpart.InsertLast(data, l.whole, l.inner, item)
	end, _ := xmlpart.TagEnd(out, l.whole.Start)
	if old := xmlpart.RawAttr(out[l.whole.Start:end], "count"); old != nil {
		at := cap(out) - cap(old)
		out = xmlpart.Splice(out, xmlpart.Between(at, at+len(old)), strconv.Itoa(len(l.Items)+1))
	}
	return out, len(l.Items)
}

// numFmtOf is the number format of a cell format.
func numFmtOf(xf []byte) int {
	s := xmlpart.NewScanner(xf)
	s.Next()
	for _, a := range s.Attrs {
		if string(xf[a.Name.Start:a.Name.End]) == "numFmtId" {
			if n, err := strconv.Atoi(s.Decode(&a)); err == nil {
				return n
			}
		}
	}
	return 0
}

// likeness is what a cell format is but for its number format.
func likeness(xf []byte) string {
	s := xmlpart.NewScanner(xf)
	s.Next()
	var attrs []string
	for _, a := range s.Attrs {
		switch name := string(xf[a.Name.Start:a.Name.End]); name {
		case "numFmtId", "applyNumberFormat":
		default:
			attrs = append(attrs, name+"="+s.Decode(&a))
		}
	}
	slices.Sort(attrs)
	rest := ""
	if s.Kind == xmlpart.StartTag {
		rest = string(bytes.TrimSpace(xf[s.End:]))
		if end := strings.LastIndex(rest, "</"); end >= 0 {
			rest = strings.TrimSpace(rest[:end])
		}
	}
	return strings.Join(attrs, " ") + ">" + rest
}

// withNumFmt is a cell format with another number format.
func withNumFmt(xf string, numFmt int) string {
	s := xmlpart.NewScanner([]byte(xf))
	s.Next()
	var b strings.Builder
	b.WriteString(xf[:s.Name.End])
	b.WriteString(` numFmtId="` + strconv.Itoa(numFmt) + `" applyNumberFormat="1"`)
	for _, a := range s.Attrs {
		switch xf[a.Name.Start:a.Name.End] {
		case "numFmtId", "applyNumberFormat":
		default:
			b.WriteString(" " + xf[a.Name.Start:a.Value.End+1])
		}
	}
	rest := s.End - 1
	if s.Kind == xmlpart.EmptyTag {
		rest--
	}
	b.WriteString(xf[rest:])
	return b.String()
}
