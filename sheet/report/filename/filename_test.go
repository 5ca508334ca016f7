package filename

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	var n Names
	for in, want := range map[string]string{
		"财政局":             "财政局.txt",
		`a<b>:"/\|?*`:     "a_b________.txt",
		"con":             "_con.txt",
		"LPT1.x":          "_LPT1.x.txt",
		" . 甲 .":          "甲.txt",
		"":                "_.txt",
		"\x00\u202e乙\x1b": "乙.txt",
	} {
		if got := n.Name(in, ".txt"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := n.Name("A_B________", ".txt"); got != "A_B________(2).txt" {
		t.Errorf("a name that differs in case only: %q", got)
	}
	if got := n.Name(strings.Repeat("长", 200), ".docx"); len(got) > 200 || strings.Contains(got, "\ufffd") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
