package syncer

import (
	"context"
	"errors"
	"testing"

	"taizhang/sheet/ledger"
)

// An event that was recorded wrongly is corrected in place, with what the person saw,
// and undone like any change.
func TestAnEventIsCorrected(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	ctx := context.Background()
	kind := s.Snapshot().Ledger.Rules[0].Kind
	id, _, err := s.Record(ctx, kind, map[string]string{"unit": "财政局",
		"date": s.Snapshot().Ledger.Today.Format("2006-01-02"), "topic": "条例", "people": "4"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Change(ctx, []Edit{{Task: id, Field: "people", Value: "42", Seen: Saw("4")},
		{Task: id, Field: "topic", Value: "条例解读", Seen: Saw("条例")}}); err != nil {
		t.Fatal(err)
	}
	event := func() *ledger.Event {
		for _, e := range openAs(t, path, "李").Snapshot().Ledger.Events {
			if e.ID == id {
				return e
			}
		}
		t.Fatal("the event is gone")
		return nil
	}
	if e := event(); e.People != "42" || e.Topic != "条例解读" {
		t.Errorf("%+v", e)
	}
	if _, err := s.Change(ctx, []Edit{{Task: id, Field: "people", Value: "7", Seen: Saw("4")}}); !errors.Is(err,
		ErrMoved) {
		t.Errorf("over a value that moved: %v", err)
	}
	if _, err := s.Change(ctx, []Edit{{Task: id, Field: "date", Value: "没有这天"}}); !errors.Is(err, ledger.ErrValue) {
		t.Errorf("a date that is none: %v", err)
	}
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if e := event(); e.People != "4" {
		t.Errorf("undone: %+v", e)
	}
}
