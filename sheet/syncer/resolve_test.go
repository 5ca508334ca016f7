package syncer

import (
	"context"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A save that others' work crosses leaves several conflicts; they are settled as one,
// and one undo opens them again.
func TestAllConflictsOfASaveAreSettledAtOnce(t *testing.T) {
	names := []string{"公开财政预决算", "编制公开目录", "更新领导信息"}
	for _, choice := range []string{Mine, Theirs} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, "回应群众留言", "remark", "起头")
		stale, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			change(t, s, n, "progress", "甲")
			setCell(t, stale, n, "进展情况", "乙")
		}
		saveOver(t, stale, path)
		pass(t, s)
		open := s.Snapshot().Conflicts
		if len(open) != 3 || open[0].TheirsBy != open[2].TheirsBy || !open[0].TheirsAt.Equal(open[2].TheirsAt) {
			t.Fatalf("%+v", open)
		}
		var all []Decision
		for _, c := range open {
			all = append(all, Decision{Conflict: c.ID, Choice: choice, Seen: Saw(c.Mine)})
		}
		wrong := append([]Decision{}, all...)
		wrong[1].Seen = Saw("别的")
		if _, err := s.Resolve(context.Background(), wrong...); !errors.Is(err, ErrMoved) ||
			len(s.Snapshot().Conflicts) != 3 {
			t.Fatal("one that moved does not stop the others:", err)
		}
		r, err := s.Resolve(context.Background(), all...)
		if err != nil || r.Conflicts != 0 {
			t.Fatal(err, r)
		}
		want := map[string]string{Mine: "甲", Theirs: "乙"}[choice]
		for _, n := range names {
			if got := at(t, path, n, "进展情况"); got != want {
				t.Errorf("%s: %q", n, got)
			}
		}
		if choice == Theirs {
			if _, err := s.Undo(context.Background()); err != nil || len(s.Snapshot().Conflicts) != 3 ||
				at(t, path, names[0], "进展情况") != "甲" {
				t.Errorf("undo: %v, %d open", err, len(s.Snapshot().Conflicts))
			}
		}
		if r := pass(t, s); r.Waiting {
			t.Errorf("not at rest: %+v", r)
		}
	}
}
