package store

import (
	"os"
	"testing"
	"time"
)

// A revision whose file is lost must not make heads of what it came from.
func TestLostRevisionLeavesOneHead(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	var parents []string
	for i := range 6 {
		id, err := s.Put(Revision{Parents: parents, Time: time.Unix(int64(1000+i), 0)}, ledgerOf(3+i))
		if err != nil {
			t.Fatal(err)
		}
		ids, parents = append(ids, id), []string{id}
	}
	for _, lost := range [][]int{{3}, {2}, {2, 3}, {1, 2, 3}} {
		t.Run("", func(t *testing.T) {
			copied := t.TempDir()
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			c, err := Open(copied, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range lost {
				os.Remove(c.revisionFile(ids[i]))
			}
			heads, _, err := c.Heads()
			if err != nil || len(heads) != 1 || heads[0] != ids[5] {
				t.Errorf("%v lost: %d heads %v", lost, len(heads), err)
			}
		})
	}
}
