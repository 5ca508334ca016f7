package syncer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// realBooks are workbooks that other programs made: those kept beside the
// reader of tables, and the public ones of the corpus where it is at hand.
func realBooks(t *testing.T) []string {
	var out []string
	roots := []string{filepath.Join("..", "table", "testdata")}
	for dir, _ := filepath.Abs("."); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			roots = append(roots, filepath.Join(filepath.Dir(dir), "shared", "corpus"))
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	for _, root := range roots {
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".xlsx") || strings.HasSuffix(path, ".xlsm")) {
				out = append(out, path)
			}
			return nil
		})
	}
	if len(out) == 0 {
		t.Skip("no workbooks at hand")
	}
	return out
}

// Of every real ledger: it opens, looking leaves it as it is, a change stands
// in it or is refused with a reason, and after that everything is at rest.
func TestRealLedgersTakeAChangeAndComeToRest(t *testing.T) {
	ledgers, changed := 0, 0
	for _, file := range realBooks(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), filepath.Base(file))
		os.WriteFile(path, data, 0o644)
		s, err := Open(context.Background(), path, options("王"))
		if err != nil {
			continue // no ledger, or not readable: the readers' own tests are about that
		}
		if s.Snapshot().Trouble != nil {
			t.Errorf("%s: %v", filepath.Base(file), s.Snapshot().Trouble)
			continue
		}
		if len(s.Snapshot().Ledger.Tasks) == 0 {
			continue
		}
		ledgers++
		pass(t, s)
		if string(read(t, path)) != string(data) {
			t.Errorf("%s: looking changed it", filepath.Base(file))
		}
		if takeChange(t, s, filepath.Base(file)) {
			changed++
		}
		s.Close()
	}
	t.Log(ledgers, "ledgers,", changed, "changed")
	if changed == 0 && ledgers > 0 {
		t.Error("none took a change")
	}
}

func takeChange(t *testing.T, s *Session, name string) bool {
	for _, field := range []string{ledger.FieldProgress, ledger.FieldRemark, ledger.FieldOwner, ledger.FieldTitle,
		ledger.FieldRequirement} {
		x := s.Snapshot().Ledger.Tasks[len(s.Snapshot().Ledger.Tasks)/2]
		_, err := s.Change(context.Background(), []Edit{{Task: x.ID, Field: field, Value: "已按要求办理"}})
		switch {
		case errors.Is(err, ledger.ErrNoField), errors.Is(err, table.ErrShared), errors.Is(err,
			ErrFormula), errors.Is(err, ledger.ErrValue):
			continue
		case errors.Is(err, ooxml.ErrSigned):
			return false
		case err != nil:
			t.Errorf("%s: %s: %v", name, field, err)
			return false
		}
		n := s.Snapshot()
		for _, w := range n.Waiting {
			t.Errorf("%s: %s waits: %v", name, field, w.Why)
			return false
		}
		after := n.Ledger.Task(x.ID)
		if after == nil || after.Source.Row == 0 {
			t.Errorf("%s: the task is lost", name)
			return false
		}
		head := n.Revision
		if r := pass(t, s); r.Revision != head || len(r.Changes) > 0 || r.Waiting {
			t.Errorf("%s: not at rest: %+v", name, r)
		}
		if n := s.Snapshot(); n.LedgerID == "" || n.Revision != head {
			t.Errorf("%s: no stamp", name)
		}
		return true
	}
	return false
}
