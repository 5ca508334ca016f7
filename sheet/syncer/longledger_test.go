package syncer

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/table"
)

// A text that replaces another one in a long ledger is not read again once it is written.
// What the session knows then is what a session that begins anew reads, and both go on
// from it alike.
func TestAWrittenTextOfALongLedgerIsKnown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	newBook(t, path, 520)
	s, err := Open(context.Background(), path, options("王"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	task := s.Snapshot().Ledger.Tasks[450]
	change(t, s, task.Title, "progress", "已开两次会")
	before := s.Snapshot().Found.Tables[0]
	r := change(t, s, task.Title, "progress", "已报送三次")
	if len(r.Changes) != 1 || r.Waiting {
		t.Fatalf("%+v", r)
	}
	after := s.Snapshot().Found.Tables[0]
	if &before.Rows[0].Values[0] != &after.Rows[0].Values[0] {
		t.Error("the workbook was read again")
	}
	if before.Get(&before.Rows[450], "progress") != "已开两次会" {
		t.Error("an older snapshot was changed")
	}
	fresh, err := Open(context.Background(), path, options("王"))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if d := cmp.Diff(fresh.Snapshot().Found, s.Snapshot().Found, cmp.AllowUnexported(table.Candidate{})); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(fresh.book.aligned, s.book.aligned); d != "" {
		t.Error(d)
	}
	if fresh.book.holds != s.book.holds || fresh.head.ID != s.head.ID {
		t.Errorf("the workbook holds %s of %s, and of %s", s.book.holds, s.head.ID, fresh.head.ID)
	}
	// An office that goes on from it is merged like any other.
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "H453", "见附件") })
	pass(t, s)
	if now := s.Snapshot().Ledger.Tasks[450]; now.Progress != "已报送三次" || now.Owner != "见附件" {
		t.Errorf("%+v", now)
	}
	if len(s.Snapshot().Conflicts) > 0 {
		t.Error(s.Snapshot().Conflicts)
	}
}
