package ooxml

import (
	"errors"
	"io/fs"
)

// styles is what reading needs of styles.xml.
type styles struct {
	formats []numFormat // by cell format (index into cellXfs)
}

// readStyles reads styles.xml once. A workbook without it has only the default
// format.
func (w *Workbook) readStyles() (*styles, error) {
	return w.book.styles.do(func() (*styles, error) {
		none := &styles{}
		if w.book.stylesPart == "" {
			return none, nil
		}
		data, err := w.indexText(w.book.stylesPart)
		if errors.Is(err, fs.ErrNotExist) {
			return none, nil
		}
		if err != nil {
			return none, err
		}
		st, err := parseStyles(data)
		if err != nil {
			return none, w.damagedPart(w.book.stylesPart, err)
		}
		return st, nil
	})
}

func parseStyles(data []byte) (*styles, error) {
	st := &styles{}
	codes := map[int]string{}
	var ids []int
	s := newScanner(data)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty || s.depth() > 2 && s.kind == tokStart {
			continue
		}
		switch string(s.localName()) {
		case "numFmts", "cellXfs":
			if s.kind == tokEmpty {
				continue
			}
			for depth := s.depth(); s.next() && s.depth() >= depth; {
				if s.kind != tokStart && s.kind != tokEmpty {
					continue
				}
				switch {
				case s.is("numFmt"):
					if id, ok := atoi([]byte(s.value("numFmtId"))); ok {
						codes[id] = s.value("formatCode")
					}
				case s.is("xf"):
					id, _ := atoi([]byte(s.value("numFmtId")))
					ids = append(ids, id)
				}
				s.skip()
			}
		}
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	parsed := map[int]numFormat{}
	for _, id := range ids {
		f, ok := parsed[id]
		if !ok {
			code, own := codes[id]
			if !own {
				code = builtinFormats[id]
			}
			f = parseFormat(code)
			parsed[id] = f
		}
		st.formats = append(st.formats, f)
	}
	return st, nil
}

// format is the number format of a cell format. Damage of styles.xml is
// reported by Sheet; here it only means that nothing is known.
func (w *Workbook) format(style int) numFormat {
	st, _ := w.readStyles()
	if style < 0 || style >= len(st.formats) {
		return numFormat{}
	}
	return st.formats[style]
}

// IsDate reports whether a cell format shows numbers as dates. One that shows
// only a time of day or a duration does not.
func (w *Workbook) IsDate(style int) bool { return w.format(style).date }
