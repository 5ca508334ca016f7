package summary

import (
	"strings"
	"testing"
)

func TestSheetNames(t *testing.T) {
	long := strings.Repeat("经济技术开发区", 8)
	var n namer
	for _, c := range []struct{ in, want string }{
		{"财政局", "财政局"}, {"财政局", "财政局(2)"}, {"a/b:c*[d]?\\", "a_b_c__d___"}, {"'引号'", "引号"}, {"", "单位"},
		{"\x01", "单位(2)"},
		{"History", "History(2)"}, {"HISTORY", "HISTORY(3)"}, {long, string([]rune(long)[:31])},
		{long, string([]rune(long)[:28]) + "(2)"},
		{strings.Repeat("𠮷", 20), strings.Repeat("𠮷", 15)}, {"甲\n乙", "甲 乙"},
	} {
		if got := n.name(c.in, "单位"); got != c.want {
			t.Errorf("%q is named %q, want %q", c.in, got, c.want)
		}
	}
}
