package print

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormulasInCSVAreInert(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "张三": "张三", "=1+1": "'=1+1", "+86": "+86", "+86 431": "'+86 431", "-5": "-5", "-": "'-",
		"@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1", "a=b": "a=b",
	} {
		if got := inert(in); got != want {
			t.Errorf("inert(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHiddenCharactersAreEscapedInJSON(t *testing.T) {
	in := "\"a\u009b31m\u202e\u200b\ufeff\x7f中\""
	var b strings.Builder
	if err := escapeHidden(&b, []byte(in)); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	if strings.ContainsAny(out, "\u009b\u202e\u200b\ufeff\x7f") {
		t.Errorf("%q", out)
	}
	var back string
	if err := json.Unmarshal([]byte(out), &back); err != nil || "\""+back+"\"" != in {
		t.Errorf("%q comes back as %q, %v", in, back, err)
	}
}

func TestShrinkTakesFromTheWidest(t *testing.T) {
	widths := []int{4, 40, 20}
	shrink(widths, 44)
	if d := cmp.Diff([]int{4, 20, 20}, widths); d != "" {
		t.Error(d)
	}
	widths = []int{3, 9}
	shrink(widths, 1)
	if d := cmp.Diff([]int{3, 6}, widths); d != "" {
		t.Error(d)
	}
}
