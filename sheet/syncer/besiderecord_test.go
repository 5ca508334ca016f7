package syncer

import (
	"context"
	"testing"

	"taizhang/sheet/ledger"
)

// While the supervision record stays beside the workbook, what is written into the
// workbook is read back as what it is: no revision without changes follows.
func TestTheRecordBesideTheWorkbookMakesNoRevisions(t *testing.T) {
	path := tempBook(t, 3)
	s := openAs(t, path, "协调人")
	pass(t, s)
	l := s.Snapshot().Ledger
	if _, _, err := s.Supervise(context.Background(), func(*ledger.Ledger) ([]NewAct, error) {
		return []NewAct{{Values: map[string]string{ledger.ActDate: "2026-11-30", ledger.ActTask: l.Tasks[0].Number,
			ledger.ActKindOf: string(ledger.Proof), ledger.ActContent: "照片"}}}, nil
	}); err != nil {
		t.Fatal(err)
	}
	change(t, s, l.Tasks[1].Title, ledger.FieldProgress, "已办")
	again := openAs(t, path, "协调人")
	pass(t, again)
	entries, err := again.Log(context.Background(), LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 3 {
		t.Errorf("%d revisions, want the first, the act and the change: %+v", len(entries), entries)
	}
}
