package bookxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/numfmt"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// IsStruck reports whether a cell format strikes its cells out.
func (st *Styles) IsStruck(style int) bool {
	return style >= 0 && style < len(st.struck) && st.struck[style]
}

// GeneralFormat is the format of cells that have none.
var GeneralFormat numfmt.Format

// Styles is what reading needs of styles.xml.
type Styles struct {
	Formats  []*numfmt.Format // by cell format (index into cellXfs)
	unlocked map[int]bool     // cell formats of cells that may be written on a protected sheet
	struck   []bool           // by cell format: its font is struck out
	Strikes  bool             // one of struck is
}

// ReadStyles reads styles.xml once. A workbook without it has only the default
// format.
func (b *Book) ReadStyles() (*Styles, error) {
	return b.styles.Do(func() (*Styles, error) {
		none := &Styles{}
		if b.StylesPart == "" {
			return none, nil
		}
		data, err := b.Index(b.StylesPart)
		if errors.Is(err, fs.ErrNotExist) {
			return none, nil
		}
		if err != nil {
			return none, err
		}
		st, err := ParseStyles(data)
		if err != nil {
			return none, opc.Damaged(b.StylesPart, err)
		}
		return st, nil
	})
}

func ParseStyles(data []byte) (*Styles, error) {
	st := &Styles{unlocked: map[int]bool{}}
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
		st.struck, st.Strikes = append(st.struck, struck), st.Strikes || struck
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
		st.Formats = append(st.Formats, f)
	}
	return st, nil
}

// Format is the number format of a cell format. Damage of styles.xml is
// reported by Sheet; here it only means that nothing is known.
func (b *Book) Format(style int) *numfmt.Format {
	st, _ := b.ReadStyles()
	if style < 0 || style >= len(st.Formats) {
		return &GeneralFormat
	}
	return st.Formats[style]
}

// IsUnlocked reports whether a cell format leaves its cells open to everybody on
// a protected sheet.
func (b *Book) IsUnlocked(style int) bool {
	st, _ := b.ReadStyles()
	return st != nil && st.unlocked[style]
}
