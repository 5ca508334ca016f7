package xmlpart

import (
	"encoding/xml"
	"testing"

	"pgregory.net/rapid"
)

func TestStringElementsKeepWhatXMLForbids(t *testing.T) {
	for text, want := range map[string]string{
		"a_b":       "a_b",
		"_x000A_":   "_x005F_x000A_",
		"\x01":      "_x0001_",
		"a\x1fb_x":  "a_x001F_b_x",
		"__x0041_":  "__x005F_x0041_",
		"<政务 & 公开>": "&lt;政务 &amp; 公开&gt;",
	} {
		if got := string(AppendXString(nil, text)); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
	if got := string(DecodeXString([]byte("_x0041__xD840__xDC0B__x0g00_"), 7)); got != "_x0041_\U0002000B_x0g00_" {
		t.Errorf("%q", got)
	}
}

// What is written reads back as it was.
func TestStringElementsReadBack(t *testing.T) {
	letter := rapid.SampledFrom([]rune("ax_0041FfX\x00\x01\t\n\x1f&<>\"政\U0002000B\uFFFE"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(letter).Draw(t, "text")
		var element struct {
			Text []byte `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte("<t>"+string(AppendXString(nil, text))+"</t>"), &element); err != nil {
			t.Fatal(err)
		}
		if got := string(DecodeXString(element.Text, 0)); got != text {
			t.Fatalf("%q reads back as %q", text, got)
		}
	})
}
