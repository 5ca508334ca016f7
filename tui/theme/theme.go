// Package theme is how the dashboard looks: a fixed set of roles, and for each
// theme the style of every role.
//
// Colour never carries meaning alone. Whatever a role tells, the word stands
// beside it, so that the theme without colour loses nothing but beauty.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is a compiled style: painting is two concatenations. The zero Style
// paints nothing.
type Style struct{ pre, post string }

// On paints s, which is one line without styles of its own.
func (s Style) On(text string) string {
	if s.pre == "" || text == "" {
		return text
	}
	return s.pre + text + s.post
}

// compile asks lipgloss how it would paint, once.
func compile(s lipgloss.Style) Style {
	const mark = "x"
	pre, post, _ := strings.Cut(s.Render(mark), mark)
	return Style{pre, post}
}

// Theme is the style of every role.
type Theme struct {
	Name   string
	Text   Style // ordinary text
	Dim    Style // captions, hints, what matters less
	Strong Style // names and figures
	Title  Style // the title of a panel
	Border Style // lines between panels

	Tab, TabOn Style // the tabs of the screens
	Bar        Style // the status line
	Key        Style // keys in help and menus

	Head, HeadOn Style // column headings; the one under the column cursor
	Cursor       Style // the row under the cursor
	CursorCell   Style // the cell under the cursor
	Blur         Style // the cursor's row in a table without the focus
	Mark         Style // marked rows
	Group        Style // group headings

	Good, Warn, Bad, Info, Idle Style // done, due soon, overdue, in progress, not started
	Changed                     Style // the part of a text that somebody changed
	Entry                       Style // text being typed
	Button, ButtonOn            Style
}

// Names are the themes there are; "" and "auto" stand for light or dark by the
// terminal's background.
var Names = []string{"auto", "light", "dark", "high-contrast", "none"}

// New is the theme of that name; dark tells the terminal's background, for
// "auto". A name that is not known is "auto".
func New(name string, dark bool) Theme {
	switch name {
	case "none":
		return plain()
	case "high-contrast":
		return contrast()
	case "light":
		return build("light", lightColours)
	case "dark":
		return build("dark", darkColours)
	}
	if dark {
		return build("dark", darkColours)
	}
	return build("light", lightColours)
}

type colours struct {
	dim, accent, border           string
	onAccent                      string
	barFg, barBg                  string
	rowFg, rowBg, cellFg, cellBg  string
	blurBg                        string
	good, warn, bad, info, idle   string
	mark, group, entryFg, entryBg string
}

// The colours are such that the nearest of a terminal with 256 is like them: a
// bluish grey would become teal there, or violet.
var darkColours = colours{
	dim: "#949494", accent: "#7aa2f7", border: "#585858", onAccent: "#101317",
	barFg: "#d7dae0", barBg: "#303238", rowFg: "#ffffff", rowBg: "#264f78", cellFg: "#101317", cellBg: "#a8c7fa",
	blurBg: "#3a3d44",
	good:   "#8fc97f", warn: "#e2bf72", bad: "#ff7b85", info: "#6cc0f5", idle: "#a8a8a8",
	mark: "#e2bf72", group: "#c3a6ff", entryFg: "#ffffff", entryBg: "#3a4150",
}

var lightColours = colours{
	dim: "#5c6470", accent: "#1a56b0", border: "#a7aeb9", onAccent: "#ffffff",
	barFg: "#1c1f24", barBg: "#dedee2", rowFg: "#10131a", rowBg: "#bcd6f7", cellFg: "#ffffff", cellBg: "#1a56b0",
	blurBg: "#e8e8ea",
	good:   "#1c7a2e", warn: "#875f00", bad: "#b3121f", info: "#0b63a5", idle: "#4c535e",
	mark: "#875f00", group: "#6a35b5", entryFg: "#10131a", entryBg: "#eceef2",
}

func build(name string, c colours) Theme {
	hex := func(s string) color.Color { return lipgloss.Color(s) }
	fg := func(s string) lipgloss.Style { return lipgloss.NewStyle().Foreground(hex(s)) }
	on := func(f, b string) lipgloss.Style { return fg(f).Background(hex(b)) }
	return Theme{
		Name: name,
		Dim:  compile(fg(c.dim)), Strong: compile(lipgloss.NewStyle().Bold(true)),
		Title: compile(fg(c.accent).Bold(true)), Border: compile(fg(c.border)),
		Tab: compile(on(c.barFg, c.barBg)), TabOn: compile(on(c.onAccent, c.accent).Bold(true)),
		Bar: compile(on(c.barFg, c.barBg)), Key: compile(fg(c.accent).Bold(true)),
		Head: compile(fg(c.accent).Bold(true).Underline(true)), HeadOn: compile(on(c.onAccent, c.accent).Bold(true)),
		Cursor: compile(on(c.rowFg, c.rowBg)), CursorCell: compile(on(c.cellFg, c.cellBg)),
		Blur: compile(lipgloss.NewStyle().Background(hex(c.blurBg))),
		Mark: compile(fg(c.mark).Bold(true)), Group: compile(fg(c.group).Bold(true)),
		Good: compile(fg(c.good)), Warn: compile(fg(c.warn)), Bad: compile(fg(c.bad).Bold(true)),
		Info: compile(fg(c.info)), Idle: compile(fg(c.idle)), Changed: compile(fg(c.warn).Underline(true)),
		Entry: compile(on(c.entryFg, c.entryBg)), Button: compile(on(c.barFg, c.barBg)),
		ButtonOn: compile(on(c.onAccent, c.accent).Bold(true)),
	}
}

// contrast uses only the terminal's sixteen colours at full strength.
func contrast() Theme {
	fg := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c).Bold(true) }
	rev := compile(lipgloss.NewStyle().Bold(true).Reverse(true))
	strong := compile(lipgloss.NewStyle().Bold(true))
	return Theme{
		Name: "high-contrast", Strong: strong,
		Title: compile(lipgloss.NewStyle().Bold(true).Underline(true)),
		TabOn: rev, Bar: compile(lipgloss.NewStyle().Reverse(true)), Key: strong,
		Head: compile(lipgloss.NewStyle().Bold(true).Underline(true)), HeadOn: rev,
		Cursor: rev, CursorCell: compile(lipgloss.NewStyle().Bold(true).Underline(true).Reverse(true)),
		Blur: compile(lipgloss.NewStyle().Underline(true)),
		Mark: compile(fg(lipgloss.BrightYellow)), Group: strong,
		Good: compile(fg(lipgloss.BrightGreen)), Warn: compile(fg(lipgloss.BrightYellow)),
		Bad:  compile(fg(lipgloss.BrightRed)),
		Info: compile(fg(lipgloss.BrightCyan)), Idle: strong,
		Changed: compile(fg(lipgloss.BrightYellow).Underline(true)),
		Entry:   compile(lipgloss.NewStyle().Underline(true)), ButtonOn: rev,
	}
}

// plain uses no colour: bold, underline and reverse only.
func plain() Theme {
	bold := compile(lipgloss.NewStyle().Bold(true))
	rev := compile(lipgloss.NewStyle().Reverse(true))
	under := compile(lipgloss.NewStyle().Underline(true))
	return Theme{
		Name: "none", Strong: bold, Title: bold,
		TabOn: rev, Key: bold,
		Head: under, HeadOn: compile(lipgloss.NewStyle().Bold(true).Underline(true)),
		Cursor: rev, CursorCell: compile(lipgloss.NewStyle().Bold(true).Underline(true).Reverse(true)), Blur: under,
		Mark: bold, Group: bold, Bad: bold, Warn: bold,
		Changed: under, Entry: under, Bar: rev, ButtonOn: rev,
	}
}
