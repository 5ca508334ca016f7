package ooxml

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Builtin number formats: a date, and a date with a time of day, both in the
// way of the reader's own country.
const (
	fmtDate     = 14
	fmtDateTime = 22
)

const stylesType = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

// dateStyle is the format for a date in a cell of the given format: -1, which
// keeps it, if it shows dates; else one that differs from it only in the number
// format. Only if there is none yet is one appended to the styles.
func (w *Workbook) dateStyle(style int, serial string) (int, error) {
	if w.IsDate(style) || w.edits.dateStyles[style] {
		return -1, nil
	}
	numFmt := fmtDate
	if strings.Contains(serial, ".") {
		numFmt = fmtDateTime
	}
	part, data, err := w.stylesData()
	if err != nil {
		return 0, err
	}
	xfs, whole, inner, err := cellFormats(data)
	if err != nil {
		return 0, w.damagedPart(part, err)
	}
	if style >= len(xfs) {
		style = 0
	}
	base := "<xf/>"
	if len(xfs) > 0 {
		base = string(data[xfs[style].start:xfs[style].end])
	}
	want := likeness([]byte(base))
	for i, x := range xfs {
		if i == style || likeness(data[x.start:x.end]) != want {
			continue
		}
		if w.IsDate(i) || w.edits.dateStyles[i] {
			return i, nil
		}
	}
	w.put(part, appendFormat(data, whole, inner, withNumFmt(base, numFmt), len(xfs)+1))
	if w.edits.dateStyles == nil {
		w.edits.dateStyles = map[int]bool{}
	}
	w.edits.dateStyles[len(xfs)] = true
	return len(xfs), nil
}

// stylesData is the styles part. A workbook without one gets the least that
// every program accepts.
func (w *Workbook) stylesData() (string, []byte, error) {
	part := w.book.stylesPart
	if part == "" {
		part = relativeTo(w.book.part, "styles.xml")
	}
	data, err := w.current(part)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return part, data, err
	}
	base, space := transitionalNS, mainNS
	if w.strict() {
		base, space = strictNS, strictMainNS
	}
	if w.book.stylesPart == "" {
		if _, err := w.addRel(w.book.part, base+"relationships/styles", part); err != nil {
			return "", nil, err
		}
	}
	if err := w.addType(part, stylesType); err != nil {
		return "", nil, err
	}
	data = []byte(xmlHeader + `<styleSheet xmlns="` + space + `">` +
		`<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
		`</styleSheet>`)
	w.put(part, data)
	return part, data, nil
}

// cellFormats finds the xf elements of cellXfs, in order.
func cellFormats(data []byte) (xfs []span, whole, inner span, err error) {
	whole, inner, _, err = element(data, "cellXfs", 2)
	if err != nil {
		return
	}
	s := newScanner(data)
	for s.pos < inner.start && s.next() {
	}
	s.children(func() error {
		start := s.start
		s.skip()
		if s.is("xf") {
			xfs = append(xfs, span{start, s.end})
		}
		return nil
	})
	err = s.err()
	return
}

// likeness is what a cell format is but for its number format.
func likeness(xf []byte) string {
	s := newScanner(xf)
	s.next()
	var attrs []string
	for _, a := range s.attrs {
		switch name := string(xf[a.name.start:a.name.end]); name {
		case "numFmtId", "applyNumberFormat":
		default:
			attrs = append(attrs, name+"="+s.decode(&a))
		}
	}
	slices.Sort(attrs)
	rest := ""
	if s.kind == tokStart {
		rest = string(bytes.TrimSpace(xf[s.end:]))
		if end := strings.LastIndex(rest, "</"); end >= 0 {
			rest = strings.TrimSpace(rest[:end])
		}
	}
	return strings.Join(attrs, " ") + ">" + rest
}

// withNumFmt is a cell format with another number format.
func withNumFmt(xf string, numFmt int) string {
	s := newScanner([]byte(xf))
	s.next()
	var b strings.Builder
	b.WriteString(xf[:s.name.end])
	b.WriteString(` numFmtId="` + strconv.Itoa(numFmt) + `" applyNumberFormat="1"`)
	for _, a := range s.attrs {
		switch xf[a.name.start:a.name.end] {
		case "numFmtId", "applyNumberFormat":
		default:
			b.WriteString(" " + xf[a.name.start:a.value.end+1])
		}
	}
	rest := s.end - 1
	if s.kind == tokEmpty {
		rest--
	}
	b.WriteString(xf[rest:])
	return b.String()
}

// appendFormat puts xf at the end of cellXfs and sets its count.
func appendFormat(data []byte, whole, inner span, xf string, count int) []byte {
	out := insertLast(data, whole, inner, xf)
	end, _ := tagEnd(out, whole.start)
	if old := rawAttr(out[whole.start:end], "count"); old != nil {
		at := cap(out) - cap(old)
		out = splice(out, span{at, at + len(old)}, strconv.Itoa(count))
	}
	return out
}
