package copies

import (
	"slices"
	"testing"

	"taizhang/sheet/ledger"
)

func TestCopiesForTheMembersOfACollective(t *testing.T) {
	var units []ledger.Unit
	for _, n := range []string{"财政局", "建设局", "司法局", "水务局", "卫健局"} {
		units = append(units, ledger.Unit{Name: n})
	}
	l := &ledger.Ledger{Directory: ledger.NewDirectory(units)}
	l.Tasks = []*ledger.Task{{Title: "甲事", Lead: "财政局", Support: []string{"各部门"}},
		{Title: "乙事", Support: []string{"外单位"}}}
	if got, want := Units(l), []string{"财政局", "建设局", "司法局", "水务局", "卫健局", "外单位"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
