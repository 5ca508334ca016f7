package ledger

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What dismisses a text without asking the expressions must never dismiss one
// that they match.
func TestQuickDismissalsAgreeWithTheExpressions(t *testing.T) {
	pieces := append(strings.Split(strings.Trim(verbRE, "()")+"|"+verbHow+"|"+verbWhat, "|"),
		"财政局", "由", "各街道", "共同", "按职责分工", "(", ")", "（", "]", "【", "】", "等", "等3个单位", "有关", " ", "1.", "①", "-", "12、",
		"abc", "\n", "")
	rapid.Check(t, func(t *rapid.T) {
		item := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "")
		if got, want := verb(item), reVerb.FindStringSubmatch(item); !slices.Equal(got, want) {
			t.Fatalf("verb(%q) = %q, the expression says %q", item, got, want)
		}
		if got, want := bracketed(item), reBracket.FindStringSubmatch(item); !slices.Equal(got, want) {
			t.Fatalf("bracketed(%q) = %q, the expression says %q", item, got, want)
		}
		if startsPlain(item) && reItemNo.MatchString(item) {
			t.Fatalf("%q begins with a number of an item", item)
		}
		if !strings.HasPrefix(item, "(") && !strings.HasPrefix(item, "【") && reEnclosed.MatchString(item) {
			t.Fatalf("%q is enclosed", item)
		}
		if !strings.Contains(item, "等") && reEtc.MatchString(item) {
			t.Fatalf("%q ends in 等", item)
		}
		if !strings.Contains(item, ":") && (reLabel.MatchString(item) || reLabelled.MatchString(item)) {
			t.Fatalf("%q has a label", item)
		}
	})
}
