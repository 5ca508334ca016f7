package tui

import (
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/kit"
)

// reworded is a history in which a unit reworded what was asked of it.
func reworded(l *ledger.Ledger) []syncer.Entry {
	t := l.Tasks[0]
	at := time.Date(2022, 5, 6, 9, 0, 0, 0, time.Local)
	change := syncer.Change{Kind: ledger.KindTasks, Task: t.ID, Number: t.Number, Title: t.Title,
		Field: ledger.FieldTitle, From: "原来的要求", To: "改过的要求"}
	return []syncer.Entry{{Revision: "r2", Parents: []string{"r1"}, Time: at, Author: "财政局", Source: "回/财政局.xlsx",
		Changes: []syncer.Change{change}},
		{Revision: "r1", Time: at.AddDate(0, -1, 0), Source: syncer.SourceWorkbook}}
}

// An office that supervises sees on the sync screen what nobody approved, with file and
// author; one that does not sees nothing of it.
func TestTheSyncScreenListsChangesThatNobodyApproved(t *testing.T) {
	for _, supervises := range []bool{true, false} {
		l := ledger.Build(tables(12), ledger.Options{Today: today, Supervision: ledger.Supervision{On: supervises}})
		d := newDesk(t, l, Options{}, 120, 30)
		d.f.log = reworded(l)
		d.keys("6")
		if got := strings.Contains(d.screen(), "未经同意的改动 1 处"); got != supervises {
			t.Errorf("supervises %v, but it is listed: %v\n%s", supervises, got, d.screen())
		}
		if supervises {
			d.sees("改动任务或要求", "财政局.xlsx")
		}
	}
}

// What waits for review and what was returned stand in the totals.
func TestTasksInReviewStandInTheTotals(t *testing.T) {
	l := ledger.Build(tables(12), ledger.Options{Today: today, Supervision: ledger.Supervision{Review: true}})
	if l.Totals.InReview == 0 {
		t.Fatal("no task is done")
	}
	d := newDesk(t, l, Options{}, 80, 24)
	d.sees("待审核" + kit.Itoa(l.Totals.InReview) + "项")
}
