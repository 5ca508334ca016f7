package text

import (
	_ "unsafe" // for go:linkname

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
	"github.com/mattn/go-runewidth"
)

// The renderer under Bubble Tea lays the screen out by x/ansi, whose idea of
// ambiguous characters can be set only by an environment variable read before
// main begins. These are its two settings. [Apply] verifies that they took
// effect, so that a renamed variable in a later version of x/ansi shows as a
// refused setting and never as a torn screen.

//go:linkname wcOptions github.com/charmbracelet/x/ansi.wcOptions
var wcOptions *runewidth.Condition

//go:linkname dwOptions github.com/charmbracelet/x/ansi.dwOptions
var dwOptions *displaywidth.Options

// Apply makes the renderer count ambiguous characters as wide or narrow, and
// returns a Measure that agrees with it. Call it before the program starts; it
// does nothing where that is so already, and is not safe otherwise while one runs.
func Apply(wide bool) Measure {
	if wcOptions != nil && dwOptions != nil && (wcOptions.EastAsianWidth != wide || dwOptions.EastAsianWidth != wide) {
		wcOptions.EastAsianWidth = wide
		dwOptions.EastAsianWidth = wide
	}
	return Measure{Wide: ansi.StringWidth("“") == 2 && ansi.StringWidthWc("“") == 2}
}
