package ooxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/numfmt"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// isStruck reports whether a cell format strikes its cells out.
func (st *styles) isStruck(style int) bool {
	return style >= 0 && style < len(st.struck) && st.struck[style]
}

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
func (b *book) readStyles() (*styles, error) {
	return b.styles.do(func() (*styles, error) {
		none := &styles{}
		if b.stylesPart == "" {
			return none, nil
		}
		data, err := b.Index(b.stylesPart)
		if errors.Is(err, fs.ErrNotExist) {
			return none, nil
		}
		if err != nil {
			return none, err
		}
		st, err := parseStyles(data)
		if err != nil {
			return none, opc.Damaged(b.stylesPart, err)
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
func (b *book) format(style int) *numfmt.Format {
	st, _ := b.readStyles()
	if style < 0 || style >= len(st.formats) {
		return &generalFormat
	}
	return st.formats[style]
}

// isUnlocked reports whether a cell format leaves its cells open to everybody on
// a protected sheet.
func (b *book) isUnlocked(style int) bool {
	st, _ := b.readStyles()
	return st != nil && st.unlocked[style]
}
