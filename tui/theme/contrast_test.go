package theme

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// What a terminal of each kind makes of a colour.
var depths = map[string]func(color.Color) color.Color{
	"16 million": func(c color.Color) color.Color { return c },
	"256":        func(c color.Color) color.Color { return ansi.Convert256(c) },
}

// Every text can be read on its ground: at least 4.5 : 1, the ratio that WCAG
// 2.1 asks for (1.4.3). The ground of the terminal itself is taken to be one
// that is common with that theme.
func TestTextStandsOutFromItsGround(t *testing.T) {
	for _, name := range []string{"dark", "light"} {
		grounds := []color.Color{color.RGBA{R: 0, G: 0, B: 0, A: 255}, color.RGBA{R: 0x1e, G: 0x1e, B: 0x1e, A: 255}}
		text := color.Color(color.RGBA{R: 0xd0, G: 0xd0, B: 0xd0, A: 255})
		if name == "light" {
			grounds = []color.Color{color.RGBA{R: 255, G: 255, B: 255, A: 255}}
			text = color.RGBA{R: 0, G: 0, B: 0, A: 255}
		}
		v := reflect.ValueOf(New(name, name == "dark"))
		for i := range v.NumField() {
			s, ok := v.Field(i).Interface().(Style)
			role := v.Type().Field(i).Name
			if !ok || role == "Border" {
				continue // a line need not be read
			}
			fg, bg := coloursOf(s)
			for depth, seen := range depths {
				on := grounds
				if bg != nil {
					on = []color.Color{seen(bg)}
				}
				f := text
				if fg != nil {
					f = seen(fg)
				}
				for _, b := range on {
					if got := ratio(f, b); got < 4.5 {
						t.Errorf("%s, %s colours: %s is %.1f : 1 on its ground", name, depth, role, got)
					}
				}
			}
		}
	}
}

// Grey is grey where there are 256 colours, not the teal or violet next to it.
func TestGreysStayGreyWith256Colours(t *testing.T) {
	for name, c := range map[string]colours{"dark": darkColours, "light": lightColours} {
		v := reflect.ValueOf(c)
		for i := range v.NumField() {
			var r, g, b uint8
			if _, err := fmt.Sscanf(v.Field(i).String(), "#%02x%02x%02x", &r, &g, &b); err != nil {
				t.Fatal(err)
			}
			if max(r, g, b)-min(r, g, b) > 16 {
				continue
			}
			x, y, z, _ := ansi.Convert256(color.RGBA{R: r, G: g, B: b, A: 255}).RGBA()
			if x != y || y != z {
				t.Errorf("%s: %s of %s becomes #%02x%02x%02x", name, v.Field(i), v.Type().Field(i).Name, x>>8, y>>8,
					z>>8)
			}
		}
	}
}

// coloursOf reads what a style sets; nil is the terminal's own.
func coloursOf(s Style) (fg, bg color.Color) {
	for _, at := range []struct {
		sign string
		c    *color.Color
	}{{"38;2;", &fg}, {"48;2;", &bg}} {
		if _, rest, ok := strings.Cut(s.pre, at.sign); ok {
			c := color.RGBA{A: 255}
			if _, err := fmt.Sscanf(rest, "%d;%d;%d", &c.R, &c.G, &c.B); err == nil {
				*at.c = c
			}
		}
	}
	return fg, bg
}

// ratio is the contrast of two colours as WCAG 2.1 defines it.
func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}
