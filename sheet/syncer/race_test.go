package syncer

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// Several commands set one value at the same moment: each is told of its own value
// only, that it stands or that a conflict keeps it.
func TestACommandThatLostARaceSaysSo(t *testing.T) {
	path := tempBook(t, 6)
	first := openAs(t, path, "甲")
	change(t, first, "编制公开目录", "progress", "一稿")
	first.Close()
	var overtaken atomic.Int32
	for round := range 4 {
		var running sync.WaitGroup
		for i := range 4 {
			value := fmt.Sprintf("第%d轮%d", round, i)
			opt := options(value)
			opt.Later = true
			s, err := Open(context.Background(), path, opt)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			running.Go(func() {
				r, err := s.Change(context.Background(),
					[]Edit{{Task: "5", Field: "progress", Value: value, KeepBoth: true}})
				if err != nil && len(r.Changes)+len(r.Moved) == 0 {
					t.Error(err)
					return
				}
				for _, c := range r.Changes {
					if c.Field == "progress" && c.To != value {
						t.Errorf("%s is told of %s → %s", value, c.From, c.To)
					}
				}
				open := s.Snapshot().Conflicts
				for _, m := range r.Moved {
					if overtaken.Add(1); m.Typed != value ||
						!slices.ContainsFunc(open,
							func(c Conflict) bool { return c.ID == m.Conflict && c.Theirs == value }) {
						t.Errorf("%s: %+v", value, m)
					}
				}
				if len(r.Changes) == 0 && len(r.Moved) != 1 {
					t.Errorf("%s is told nothing: %+v", value, r)
				}
			})
		}
		running.Wait()
	}
	t.Logf("%d were overtaken", overtaken.Load())
}
