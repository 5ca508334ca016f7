package ooxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/numfmt"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// generalFormat is the format of cells that have none.
var generalFormat numfmt.Format

// styles is what reading needs of styles.xml.
type styles struct {
	formats  []*numfmt.Format // by cell format (index into cellXfs)
	unlocked map[int]bool     // cell formats of cells that may be written on a protected sheet
	struck   []bool           // by cell format: its font is struck out
	strikes  bool             // one of struck is
}

// readStyles reads styles.xml once. A workbook without it has only the default
// format.
func (w *Workbook) readStyles() (*styles, error) {
	return w.book.styles.do(func() (*styles, error) {
		none := &styles{}
		if w.book.stylesPart == "" {
			return none, nil
		}
		data, err := w.pkg.Index(w.book.stylesPart)
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
	st := &styles{unlocked: map[int]bool{}}
	codes := map[int]string{}
	var ids, fonts []int // by cell format: its number format, its font
	var struckFonts []bool
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || s.Depth() > 2 && s.Kind == xmlpart.StartTag {
			continue
		}
		switch string(s.LocalName()) {
		case "numFmts", "cellXfs", "fonts":
			s.Alternatives(func() error {
				switch {
				case s.Is("numFmt"):
					if id, ok := xmlpart.Number(s.Value("numFmtId")); ok {
						codes[id] = s.Value("formatCode")
					}
				case s.Is("font"):
					n := len(struckFonts)
					struckFonts = append(struckFonts, false)
					return s.Children(func() error {
						if s.Is("strike") {
							struckFonts[n] = s.Flag("val", true)
						}
						s.Skip()
						return nil
					})
				case s.Is("xf"):
					id, _ := xmlpart.Number(s.Value("numFmtId"))
					n := len(ids)
					ids = append(ids, id)
					font, _ := xmlpart.Number(s.Value("fontId"))
					fonts = append(fonts, font)
					return s.Children(func() error {
						if s.Is("protection") && !s.Flag("locked", true) {
							st.unlocked[n] = true
						}
						s.Skip()
						return nil
					})
				}
				s.Skip()
				return nil
			})
		}
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	for _, font := range fonts {
		struck := font >= 0 && font < len(struckFonts) && struckFonts[font]
		st.struck, st.strikes = append(st.struck, struck), st.strikes || struck
	}
	parsed := map[int]*numfmt.Format{}
	for _, id := range ids {
		f, ok := parsed[id]
		if !ok {
			code, own := codes[id]
			if !own {
				code = numfmt.Builtin[id]
			}
			got := numfmt.Parse(code)
			f = &got
			parsed[id] = f
		}
		st.formats = append(st.formats, f)
	}
	return st, nil
}

// format is the number format of a cell format. Damage of styles.xml is
// reported by Sheet; here it only means that nothing is known.
func (w *Workbook) format(style int) *numfmt.Format {
	st, _ := w.readStyles()
	if style < 0 || style >= len(st.formats) {
		return &generalFormat
	}
	return st.formats[style]
}

// isUnlocked reports whether a cell format leaves its cells open to everybody on
// a protected sheet.
func (w *Workbook) isUnlocked(style int) bool {
	st, _ := w.readStyles()
	return st != nil && st.unlocked[style]
}

// IsDate reports whether a cell format shows numbers as dates. One that shows
// only a time of day or a duration does not.
func (w *Workbook) IsDate(style int) bool { return w.format(style).Date }

// Enter is the number that a person means who types text into a cell of a
// format: 80 or 80% where it shows per cents, 85.50, 1,200, and what it writes
// around a number. ok is false for what a number would not keep as it was typed,
// and in a format that shows dates or times.
func (w *Workbook) Enter(style int, text string) (number string, ok bool) {
	f := w.format(style)
	if f.Date || f.Clock || f.Elapsed {
		return "", false
	}
	return f.Enter(text)
}

// NumberLook is what a cell format does to the numbers that are typed: whether it
// shows them as per cents, and with how many digits behind the decimal point at
// least.
func (w *Workbook) NumberLook(style int) (percent bool, places int) {
	f := w.format(style)
	return f.Percent, f.Places
}

// ShownNumber is how a number shows that somebody types into a cell of such a
// look; ok is false for what is stored as text there.
func ShownNumber(text string, percent bool, places int) (shown string, ok bool) {
	f := numfmt.Format{Percent: percent, Places: places}
	number, ok := f.Enter(text)
	if !ok {
		return "", false
	}
	return numberText(number, &f, false), true
}
