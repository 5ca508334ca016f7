package main

import (
	"strings"
	"testing"
)

func TestScreensBecomePictures(t *testing.T) {
	var out strings.Builder
	if err := draw(strings.NewReader("\x1b[1;31m逾期\x1b[0m a<b\n\x1b[48;5;16m██\x1b[m─│"), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`font-weight="bold"`, `>逾期</text>`, // bold red Chinese, two cells a character
		// as long as its cells
		`x="10.0" y="23.7" textLength="33.6"`,
		`x="52.0" y="23.7" textLength="25.2" lengthAdjust="spacingAndGlyphs" fill="#d8dee9">a&lt;b`,
		`opacity="1.00"`, `<polyline`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}
