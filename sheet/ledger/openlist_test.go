package ledger

import (
	"errors"
	"testing"

	"taizhang/sheet/table"
)

// A drop-down list that only warns takes what is typed beside its items; one that stops does not.
func TestAListThatWarnsTakesOtherValues(t *testing.T) {
	choices := []string{"财政局", "教育局"}
	events := column(sheetOf(KindActivities, "kind unit date"), EventUnit, table.AsText, choices...)
	requests := sheetOf("requests", "number received content unit outcome")
	column(requests, "unit", table.AsText, choices...)
	column(requests, "outcome", table.AsText, "予以公开", "不予公开")
	l := Build([]*table.Table{events, requests}, on("2022-06-01"))
	for _, c := range []struct {
		t          *table.Table
		key, typed string
	}{{events, EventUnit, "新区管委会"}, {requests, "unit", "新区管委会"}, {requests, "outcome", "转其他机关"}} {
		compose := func() (string, error) {
			if c.t == events {
				return l.value(c.t, c.t.Index(c.key), c.typed)
			}
			_, text, err := l.composeEntry(l.RegisterDef("requests"), c.t, c.key, c.typed)
			return text, err
		}
		if text, err := compose(); !errors.Is(err, ErrValue) {
			t.Errorf("%s=%s beside a strict list: %q, %v", c.key, c.typed, text, err)
		}
		c.t.Columns[c.t.Index(c.key)].Open = true
		if text, err := compose(); err != nil || text != c.typed {
			t.Errorf("%s=%s beside an open list: %q, %v", c.key, c.typed, text, err)
		}
	}
}
