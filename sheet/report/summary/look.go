package summary

import (
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
)

// Fonts of the paper. Offices have them with Windows or WPS; the character set
// that goes with each makes other machines choose a Chinese font in its place.
type fonts struct {
	title, head, body, prose string
	charset                  *int
}

func fontsOf(lang msg.Lang) fonts {
	if lang == msg.EN {
		return fonts{title: "Arial", head: "Arial", body: "Arial", prose: "Arial"}
	}
	gb := 134 // GB2312_CHARSET
	return fonts{title: "方正小标宋简体", head: "黑体", body: "宋体", prose: "仿宋", charset: &gb}
}

// Sizes in points: 五号 for tables, 三号 (near it) for the prose of a report.
const (
	titleSize = 20.0
	bodySize  = 10.5
	proseSize = 14.0
)

// Colours: few, and legible when printed in grey.
const (
	inkLine   = "8EA9C8"
	inkDark   = "1F3864"
	inkGrey   = "595959"
	fillHead  = "DCE6F1"
	fillTotal = "F2F2F2"
	inkBad    = "C00000"
	fillBad   = "FDE9E7"
	inkWarn   = "7F5200"
	fillWarn  = "FFF2CC"
	inkGood   = "375623"
	fillGood  = "E8F3E1"
	inkLink   = "0563C1"

	barDone, barGoing, barIdle, barOngoing, barUnknown = "70AD6F", "5B8FC9", "C9C9C9", "A79BC8", "F0C36D"
)

// look is the styles of one workbook, by their excelize id.
type look struct {
	title, subtitle, sentence, section, nav     int
	tileName, tile, tileRate, tileBad           int
	head, text, centre, number, date, link, end int
	total, totalNumber, rate, totalRate         int
	heading1, heading2, paragraph               int
	bad, warn, good                             int         // of conditional formats
	guard                                       map[int]int // style → its twin with the text format
}

func (b *book) makeLook() {
	f := b.fonts
	font := func(family string, size float64, bold bool, colour string) *excelize.Font {
		return &excelize.Font{Family: family, Size: size, Bold: bold, Color: colour, Charset: f.charset}
	}
	var box []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		box = append(box, excelize.Border{Type: side, Color: inkLine, Style: 1})
	}
	add := func(s *excelize.Style) int {
		id, err := b.NewStyle(s)
		b.do(err)
		return id
	}
	style := func(ft *excelize.Font, align string, boxed bool, fill string) *excelize.Style {
		s := &excelize.Style{Font: ft, Alignment: &excelize.Alignment{Horizontal: align, Vertical: "center",
			WrapText: true}}
		if boxed {
			s.Border = box
		}
		if fill != "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		return s
	}
	format := func(s *excelize.Style, code string) *excelize.Style {
		s.CustomNumFmt = &code
		return s
	}
	l := &b.look
	l.guard = map[int]int{}
	guarded := func(make func() *excelize.Style) int {
		id := add(make())
		s := make()
		s.NumFmt = 49 // "@"
		l.guard[id] = add(s)
		return id
	}
	body := func(bold bool, colour string) *excelize.Font { return font(f.body, bodySize, bold, colour) }
	head := func(size float64) *excelize.Font { return font(f.head, size, false, inkDark) }

	l.title = add(style(font(f.title, titleSize, b.opt.Lang == msg.EN, inkDark), "center", false, ""))
	l.subtitle = add(style(font(f.body, bodySize, false, inkGrey), "center", false, ""))
	l.sentence = add(style(font(f.prose, 12, false, ""), "left", false, ""))
	l.section = add(overflowing(style(head(13), "left", false, "")))
	l.nav = add(style(&excelize.Font{Family: f.body, Size: bodySize, Color: inkLink, Underline: "single",
		Charset: f.charset}, "center", false, ""))
	l.tileName = add(style(font(f.head, bodySize, false, inkDark), "center", true, fillHead))
	tile := func(colour, code string) int {
		return add(format(style(font("Arial", 20, true, colour), "center", true, ""), code))
	}
	l.tile, l.tileRate, l.tileBad = tile(inkDark, "0"), tile(inkDark, "0.0%"), tile(inkBad, "0")

	l.head = add(style(head(bodySize), "center", true, fillHead))
	l.text = guarded(func() *excelize.Style { return style(body(false, ""), "left", true, "") })
	l.centre = guarded(func() *excelize.Style { return style(body(false, ""), "center", true, "") })
	l.number = add(format(style(body(false, ""), "center", true, ""), "0"))
	l.date = add(format(style(body(false, ""), "center", true, ""), "yyyy-mm-dd"))
	l.rate = add(format(style(body(false, ""), "center", true, ""), "0.0%"))
	l.link = guarded(func() *excelize.Style {
		return style(&excelize.Font{Family: f.body, Size: bodySize, Color: inkLink, Underline: "single",
			Charset: f.charset}, "left", true, "")
	})
	l.total = add(style(head(bodySize), "center", true, fillTotal))
	l.totalNumber = add(format(style(body(true, ""), "center", true, fillTotal), "0"))
	l.totalRate = add(format(style(body(true, ""), "center", true, fillTotal), "0.0%"))
	l.end = add(overflowing(style(font(f.body, bodySize, false, inkGrey), "left", false, "")))

	prose := func(ft *excelize.Font, vertical string) *excelize.Style {
		s := style(ft, "left", false, "")
		s.Alignment.Vertical = vertical
		return s
	}
	l.heading1 = guarded(func() *excelize.Style { return prose(font(f.head, proseSize, false, ""), "bottom") })
	l.heading2 = guarded(func() *excelize.Style { return prose(font(f.prose, proseSize, true, ""), "bottom") })
	l.paragraph = guarded(func() *excelize.Style { return prose(font(f.prose, proseSize, false, ""), "top") })

	mark := func(ink, fill string) int {
		id, err := b.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: ink}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}})
		b.do(err)
		return id
	}
	l.bad, l.warn, l.good = mark(inkBad, fillBad), mark(inkWarn, fillWarn), mark(inkGood, fillGood)
}

// overflowing lets a text run on into the empty cells beside it.
func overflowing(s *excelize.Style) *excelize.Style {
	s.Alignment.WrapText = false
	return s
}
