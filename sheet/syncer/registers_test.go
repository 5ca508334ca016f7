package syncer

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

// requestsKind is the register of requests for disclosure; its sheet is named for it.
const requestsKind, requestsSheet = "requests", "依申请公开"

var requestHeadings = []string{"受理号", "收到日期", "申请人", "申请内容", "承办单位", "备注", "办理文号"}

// addRequests puts a register of n requests beside the tasks of a workbook, with a
// program that is not ours.
func addRequests(t testing.TB, path string, n int) {
	office(t, path, func(f *excelize.File) {
		f.NewSheet(requestsSheet)
		f.SetCellStr(requestsSheet, "A1", "2022年依申请公开登记簿")
		f.MergeCell(requestsSheet, "A1", "G1")
		for c, h := range requestHeadings {
			f.SetCellStr(requestsSheet, cell(c+1, 2), h)
		}
		for i := range n {
			for c, v := range requestRow(i) {
				f.SetCellStr(requestsSheet, cell(c+1, i+3), v)
			}
		}
	})
}

var asked = []string{"拆迁补偿方案", "财政预算明细", "学区划分依据", "河道整治合同", "道路验收报告", "低保名单公示"}

func requestRow(i int) []string {
	return []string{fmt.Sprintf("2022-%03d", i+1), fmt.Sprintf("2022-05-%02d", i+3), "申请人" + string(rune('甲'+i)),
		asked[i%len(asked)], units[i%len(units)], "", ""}
}

func requestID(t testing.TB, s *Session, title string) string {
	t.Helper()
	for _, e := range s.Snapshot().Ledger.Register(requestsKind).Entries {
		if e.Title == title {
			return e.ID
		}
	}
	t.Fatalf("no request %s", title)
	return ""
}

// requestAt is a cell of the register as another program reads it.
func requestAt(t testing.TB, path, title, heading string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(requestsSheet)
	if err != nil {
		t.Fatal(err)
	}
	col := slices.Index(rows[1], heading)
	for _, r := range rows[2:] {
		if len(r) > 3 && r[3] == title {
			return append(r, make([]string, len(requestHeadings))...)[col]
		}
	}
	return "no such request"
}

// A row of a register is disputed as a task is, wherever the other value comes from, and
// settled either way; the log keeps both values.
func TestRowsOfARegisterInConflict(t *testing.T) {
	const title, heading, field = "财政预算明细", "备注", "remark"
	ctx := context.Background()
	type world struct {
		path    string
		s       *Session
		dialog  *Session
		seen    string
		stale   *excelize.File
		oldCopy string
	}
	typeInto := func(t *testing.T, f *excelize.File, v string) {
		rows, _ := f.GetRows(requestsSheet)
		for r := range rows {
			if len(rows[r]) > 3 && rows[r][3] == title {
				f.SetCellStr(requestsSheet, cell(slices.Index(requestHeadings, heading)+1, r+1), v)
				return
			}
		}
		t.Fatal("no such request")
	}
	origins := map[string]func(*testing.T, *world){
		"a second coordinator": func(t *testing.T, w *world) {
			r, err := w.dialog.Change(ctx, []Edit{{Task: requestID(t, w.s, title), Kind: requestsKind, Field: field,
				Value: "对方的", Seen: Saw(w.seen), KeepBoth: true}})
			if err != nil || len(r.Moved) != 1 || r.Moved[0].Kind != requestsKind {
				t.Fatal(err, r.Moved)
			}
			pass(t, w.s)
		},
		"a stale save": func(t *testing.T, w *world) {
			typeInto(t, w.stale, "对方的")
			saveOver(t, w.stale, w.path)
			pass(t, w.s)
		},
		"a copy that comes home late": func(t *testing.T, w *world) {
			for i := range 3 { // months pass
				change(t, w.s, "更新领导信息", "progress", fmt.Sprintf("%d月", 6+i))
			}
			office(t, w.oldCopy, func(f *excelize.File) { typeInto(t, f, "对方的") })
			if r := merged(t, w.s, w.oldCopy); len(r.Copies[0].Changes) != 1 ||
				r.Copies[0].Changes[0].Outcome != "conflict" {
				t.Fatalf("%+v", r.Copies[0])
			}
		},
	}
	for origin, brings := range origins {
		for choice, want := range map[string]string{Mine: "我方的", Theirs: "对方的", "=两边商定": "两边商定"} {
			t.Run(origin+" "+choice, func(t *testing.T) {
				w := &world{path: tempBook(t, 6)}
				addRequests(t, w.path, 5)
				w.s, w.dialog = openAs(t, w.path, "王"), openAs(t, w.path, "李")
				change(t, w.s, "更新领导信息", "remark", "起头")
				w.oldCopy = copyTo(t, w.path, "回传.xlsx")
				var err error
				if w.stale, err = excelize.OpenFile(w.path); err != nil {
					t.Fatal(err)
				}
				e := Edit{Task: requestID(t, w.s, title), Kind: requestsKind, Field: field, Value: "我方的"}
				if _, err := w.s.Change(ctx, []Edit{e}); err != nil {
					t.Fatal(err)
				}
				brings(t, w)
				open := w.s.Snapshot().Conflicts
				if len(open) != 1 || open[0].Kind != requestsKind || open[0].Mine != "我方的" || open[0].Theirs != "对方的" ||
					open[0].Number != "2022-002" || open[0].Title != title || open[0].Heading != heading {
					t.Fatalf("%+v", open)
				}
				if _, err := w.s.Resolve(ctx, Decision{Conflict: open[0].ID, Choice: choice}); err != nil {
					t.Fatal(err)
				}
				pass(t, w.dialog)
				for _, s := range []*Session{w.s, w.dialog} {
					n := s.Snapshot()
					row := n.Ledger.Line(requestID(t, s, title))
					if len(n.Conflicts) > 0 || len(n.Waiting) > 0 || row.Table.Get(row.Row, field) != want {
						t.Errorf("%d conflicts, %d wait, %q", len(n.Conflicts), len(n.Waiting),
							row.Table.Get(row.Row, field))
					}
				}
				if got := requestAt(t, w.path, title, heading); got != want {
					t.Errorf("the workbook has %q", got)
				}
				log, err := w.s.Log(ctx, LogOptions{Task: requestID(t, w.s, title)})
				if err != nil {
					t.Fatal(err)
				}
				told := map[string]bool{}
				var ends []string
				for _, e := range log {
					for _, c := range e.Changes {
						told[c.To] = true
					}
					for _, c := range e.Opened {
						told[c.Mine], told[c.Theirs] = true, true
					}
					for _, c := range e.Settled {
						ends = append(ends, c.Kept)
					}
				}
				if !told["我方的"] || !told["对方的"] || !slices.Equal(ends, []string{want}) {
					t.Errorf("the log has %v, and ended with %q", told, ends)
				}
			})
		}
	}
}

// A register row that one side edited and an office deleted comes to a person, and
// either answer holds.
func TestARowOfARegisterThatWasDeletedAndEdited(t *testing.T) {
	const title = "财政预算明细"
	for choice, want := range map[string]string{Mine: "新进展", Theirs: "no such request"} {
		path := tempBook(t, 6)
		addRequests(t, path, 5)
		s := openAs(t, path, "王")
		change(t, s, "更新领导信息", "remark", "起头")
		stale, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		id := requestID(t, s, title)
		if _, err := s.Change(context.Background(),
			[]Edit{{Task: id, Kind: requestsKind, Field: "remark", Value: "新进展"}}); err != nil {
			t.Fatal(err)
		}
		stale.RemoveRow(requestsSheet, 4)
		saveOver(t, stale, path)
		pass(t, s)
		open := s.Snapshot().Conflicts
		if len(open) != 1 || open[0].Kind != requestsKind || open[0].Field != "" || open[0].Mine != title ||
			open[0].Theirs != "" {
			t.Fatalf("%+v", open)
		}
		if _, err := s.Resolve(context.Background(), Decision{Conflict: open[0].ID, Choice: choice}); err != nil {
			t.Fatal(err)
		}
		pass(t, s)
		if got := requestAt(t, path, title, "备注"); got != want || len(s.Snapshot().Conflicts) > 0 ||
			len(s.Snapshot().Waiting) > 0 {
			t.Errorf("%s: the workbook has %q", choice, got)
		}
		if there := slices.ContainsFunc(s.Snapshot().Ledger.Register(requestsKind).Entries,
			func(e *ledger.Entry) bool { return e.ID == id }); there != (choice == Mine) {
			t.Errorf("%s: in the ledger: %v", choice, there)
		}
	}
}
