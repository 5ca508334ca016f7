package desk_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/desk"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/syncer"
)

var today = due.Date(2022, 10, 8)

// write makes a workbook of one sheet.
func write(t testing.TB, path, sheet string, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", sheet)
	for i, r := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow(sheet, cell, &r); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func tasks(t testing.TB, dir, name string, rows ...[]any) string {
	head := [][]any{{"2022年重点任务台账"}, {"序号", "工作任务", "牵头单位", "完成时限", "完成状态", "进展情况"}}
	return write(t, filepath.Join(dir, name), "任务", append(head, rows...)...)
}

func requests(t testing.TB, dir, name string, rows ...[]any) string {
	head := [][]any{{"序号", "申请人", "申请内容", "收到日期", "承办单位", "答复日期", "答复类型"}}
	return write(t, filepath.Join(dir, name), "依申请公开", append(head, rows...)...)
}

func options() syncer.Options {
	return syncer.Options{Author: "协调员", Ledger: ledger.Options{Today: today}, Poll: 100 * time.Millisecond}
}

func open(t testing.TB, paths ...string) *desk.Desk {
	t.Helper()
	d, err := desk.Open(context.Background(), paths, func(ctx context.Context, path string) (*syncer.Session, error) {
		return syncer.Open(ctx, path, options())
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func office(t testing.TB) (dir, a, b string, d *desk.Desk) {
	dir = t.TempDir()
	a = tasks(t, dir, "督办.xlsx", []any{1, "道路维修", "党政办公室", "2022年6月底前", "推进中", ""},
		[]any{2, "积案化解", "财政局", "2022年12月底前", "未启动", ""})
	b = requests(t, dir, "申请.xlsx", []any{"2022-1", "张三", "补偿方案", "2022-08-01", "党政办", "", ""},
		[]any{"2022-2", "李四", "财政预算", "2022-09-20", "财政局", "", ""})
	return dir, a, b, open(t, a, b)
}

func TestSeveralWorkbooksAreOneLedger(t *testing.T) {
	_, a, b, d := office(t)
	l := d.Snapshot().Ledger
	if len(l.Tasks) != 2 || l.Register("requests").Counts.Rows != 2 {
		t.Fatalf("%d tasks, %v", len(l.Tasks), l.Registers)
	}
	e := l.Register("requests").Entries[0]
	if e.Unit != "党政办公室" || e.Source.Workbook != b || e.Source.Name != "申请.xlsx" || l.Tasks[0].Source.Workbook != a {
		t.Errorf("the request is %q's in %v, the task in %v", e.Unit, e.Source, l.Tasks[0].Source)
	}
	if names := unitNames(l); slices.Contains(names, "党政办") || !slices.Contains(names, "党政办公室") {
		t.Errorf("units are %v", names)
	}
}

func unitNames(l *ledger.Ledger) (out []string) {
	for _, u := range l.Directory.Units() {
		out = append(out, u.Name)
	}
	return out
}

func TestAChangeGoesToItsOwnWorkbook(t *testing.T) {
	ctx := context.Background()
	_, a, b, d := office(t)
	before := read(t, a)
	if _, err := d.Change(ctx, []syncer.Edit{{Task: "requests:2022-2", Field: "replied", Value: "2022-10-08",
		KeepBoth: true}}); err != nil {
		t.Fatal(err)
	}
	if string(read(t, a)) != string(before) {
		t.Error("the other workbook was written")
	}
	if got := cell(t, b, "依申请公开", "F3"); !strings.Contains(got, "22") {
		t.Errorf("F3 is %q", got)
	}
	if _, err := d.Change(ctx, []syncer.Edit{{Task: "1", Field: "status", Value: "已完成", KeepBoth: true}}); err != nil {
		t.Fatal(err)
	}
	r, err := d.Undo(ctx) // the last was the task's
	if err != nil || len(r.Changes) != 1 || r.Changes[0].Field != "status" {
		t.Fatalf("undo: %v %v", r.Changes, err)
	}
	r, err = d.Undo(ctx) // then the request's
	if err != nil || len(r.Changes) != 1 || r.Changes[0].Field != "replied" {
		t.Fatalf("undo: %v %v", r.Changes, err)
	}
	if r, err = d.Redo(ctx); err != nil || r.Changes[0].Field != "replied" {
		t.Fatalf("redo: %v %v", r.Changes, err)
	}
	log, err := d.Log(ctx, syncer.LogOptions{})
	if err != nil || len(log) < 6 || log[0].Workbook != "申请.xlsx" {
		t.Errorf("log: %v %v", log, err)
	}
}

// All edits of one command are made, or none, in whichever workbooks.
func TestEditsInTwoWorkbooksAreMadeTogetherOrNot(t *testing.T) {
	ctx := context.Background()
	_, _, b, d := office(t)
	_, err := d.Change(ctx, []syncer.Edit{
		{Task: "1", Field: "status", Value: "已完成", KeepBoth: true},
		{Task: "requests:2022-2", Field: "received", Value: "昨日某时", KeepBoth: true},
		{Task: "requests:2022-2", Field: "没有这一列", Value: "x", KeepBoth: true},
	})
	if err == nil {
		t.Fatal("a column that is not there was taken")
	}
	if got := d.Snapshot().Ledger.Tasks[0].Status.Text; got != "推进中" {
		t.Errorf("the task is %q", got)
	}
	if got := cell(t, b, "依申请公开", "D3"); !strings.HasPrefix(got, "2022") && !strings.Contains(got, "09") {
		t.Errorf("D3 is %q", got)
	}
}

func TestANewRowGoesWhereItsTableIs(t *testing.T) {
	ctx := context.Background()
	dir, a, b, _ := office(t)
	c := tasks(t, dir, "另一份.xlsx", []any{1, "绿化", "财政局", "2022年12月底前", "推进中", ""})
	d := open(t, b, a, c)
	id, _, err := d.Add(ctx, map[string]string{"title": "新增任务", "lead": "财政局"})
	if err != nil || d.Snapshot().Ledger.Task(id).Source.Workbook != a {
		t.Fatalf("%v %v", d.Snapshot().Ledger.Task(id), err)
	}
	id, _, err = d.Add(ctx, map[string]string{"title": "又一项", "workbook": "另一份"})
	if err != nil || d.Snapshot().Ledger.Task(id).Source.Workbook != c {
		t.Fatalf("%v %v", d.Snapshot().Ledger.Task(id), err)
	}
	if _, _, err = d.Add(ctx, map[string]string{"title": "又一项", "workbook": "没有"}); !errors.Is(err,
		desk.ErrNoWorkbook) {
		t.Errorf("%v", err)
	}
	id, _, err = d.Record(ctx, "requests", map[string]string{"content": "规划", "received": "2022-10-01"})
	if err != nil || d.Snapshot().Ledger.Entry(id).Source.Workbook != b {
		t.Fatalf("%v", err)
	}
}

// A workbook and its copy beside it have rows of the same ids: they stay apart.
func TestRowsOfTheSameIdStayApart(t *testing.T) {
	ctx := context.Background()
	dir, a, _, first := office(t)
	if _, err := first.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	first.Close()
	c := filepath.Join(dir, "抄件", "督办.xlsx")
	os.Mkdir(filepath.Dir(c), 0o755)
	if err := os.WriteFile(c, read(t, a), 0o644); err != nil {
		t.Fatal(err)
	}
	d := open(t, a, c)
	l := d.Snapshot().Ledger
	ids := map[string]bool{}
	for _, task := range l.Tasks {
		ids[task.ID] = true
	}
	if len(l.Tasks) != 4 || len(ids) != 4 {
		t.Fatalf("%d tasks, ids %v", len(l.Tasks), ids)
	}
	r, err := d.Change(ctx, []syncer.Edit{{Task: l.Tasks[2].ID, Field: "progress", Value: "只改抄件"}})
	if err != nil || r.Changes[0].Task != l.Tasks[2].ID {
		t.Fatalf("%v %v", r.Changes, err)
	}
	if got := cell(t, a, "任务", "F3"); got != "" {
		t.Errorf("the first holds %q", got)
	}
	if got := cell(t, c, "任务", "F3"); got != "只改抄件" {
		t.Errorf("the copy holds %q", got)
	}
	if _, err := d.Change(ctx, []syncer.Edit{{Task: "1", Field: "progress", Value: "哪一项"}}); !errors.Is(err,
		ledger.ErrAmbiguous) || !strings.Contains(err.Error(), "抄件") {
		t.Errorf("a number of two tasks: %v", err)
	}
}

// One that cannot be opened keeps the others from nothing, and is taken in when it can.
func TestAWorkbookThatFailsStopsNoOther(t *testing.T) {
	ctx := context.Background()
	dir, a, _, _ := office(t)
	bad := filepath.Join(dir, "坏.xlsx")
	os.WriteFile(bad, []byte("kein Archiv"), 0o644)
	d := open(t, bad, a)
	n := d.Snapshot()
	if len(n.Ledger.Tasks) != 2 || len(n.Notes) != 1 || n.Workbooks[0].Open || n.Workbooks[0].Trouble == nil ||
		!n.Workbooks[1].Open {
		t.Fatalf("%v %v", n.Workbooks, n.Notes)
	}
	if _, err := d.Change(ctx, []syncer.Edit{{Task: "2", Field: "progress", Value: "已约谈"}}); err != nil {
		t.Fatal(err)
	}
	tasks(t, dir, "坏.xlsx", []any{1, "绿化", "财政局", "2022年12月底前", "推进中", ""})
	if _, err := d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	if n := d.Snapshot(); len(n.Ledger.Tasks) != 3 || len(n.Notes) != 0 {
		t.Errorf("%d tasks, %v", len(n.Ledger.Tasks), n.Notes)
	}
	if _, err := desk.Open(ctx, []string{filepath.Join(dir, "x.xlsx"), filepath.Join(dir, "y.xlsx")},
		func(ctx context.Context, path string) (*syncer.Session, error) {
			return syncer.Open(ctx, path, options())
		}); err == nil {
		t.Error("nothing was opened, without a word")
	}
}

// What an office saves in any of the workbooks appears.
func TestEveryWorkbookIsWatched(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	_, a, b, d := office(t)
	seen := make(chan *syncer.Snapshot, 100)
	go d.Watch(ctx, func(n *syncer.Snapshot) { seen <- n })
	for i, path := range []string{b, a} {
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStr(f.GetSheetName(0), "C3", fmt.Sprintf("局%d", i))
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		end := time.After(10 * time.Second)
		for done := false; !done; {
			select {
			case n := <-seen:
				done = slices.ContainsFunc(n.Ledger.Tasks, func(t *ledger.Task) bool { return t.Lead == "局1" }) &&
					i == 1 ||
					slices.ContainsFunc(n.Ledger.Register("requests").Entries,
						func(e *ledger.Entry) bool { return e.Title == "局0" }) && i == 0
			case <-end:
				t.Fatalf("nothing was heard of %s", path)
			}
		}
	}
}

func TestCopiesComeHomeToTheirWorkbook(t *testing.T) {
	ctx := context.Background()
	dir, a, b, d := office(t)
	var files []string
	for i, s := range d.Sessions() {
		o, err := s.Original(ctx)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, fmt.Sprintf("回%d.xlsx", i))
		os.WriteFile(file, o.Data, 0o644)
		f, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStr(f.GetSheetName(0), "E3", "已完成")
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	slices.Reverse(files)
	r, err := d.Merge(ctx, files, syncer.MergeOptions{})
	if err != nil || len(r.Copies) != 2 || r.Copies[0].Err != nil || r.Copies[1].Err != nil {
		t.Fatalf("%v %v", r.Copies, err)
	}
	if got := cell(t, a, "任务", "E3"); got != "已完成" {
		t.Errorf("E3 is %q", got)
	}
	if got := cell(t, b, "依申请公开", "E3"); got != "已完成" {
		t.Errorf("E3 of the requests is %q", got)
	}
}

func TestAnnualRequirementsAreCountedOnce(t *testing.T) {
	ctx := context.Background()
	dir, a, b, _ := office(t)
	c := tasks(t, dir, "另一份.xlsx", []any{1, "绿化", "财政局", "2022年12月底前", "推进中", ""})
	d := open(t, a, c, b)
	if _, _, err := d.Record(ctx, "training", map[string]string{"unit": "财政局", "date": "2022-05-01", "topic": "培训",
		"workbook": "另一份.xlsx"}); err != nil {
		t.Fatal(err)
	}
	held := 0
	seen := map[string]bool{}
	for _, q := range d.Snapshot().Ledger.Requirements {
		if seen[q.Kind+q.Unit] {
			t.Errorf("%s of %s is counted twice", q.Kind, q.Unit)
		}
		seen[q.Kind+q.Unit] = true
		if q.Kind == "training" && q.Unit == "财政局" {
			held = q.Held
		}
	}
	if held != 1 {
		t.Errorf("held %d", held)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func cell(t testing.TB, path, sheet, ref string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := f.GetCellValue(sheet, ref)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// BenchmarkOpenWorkbooks opens twenty workbooks of 500 rows each, and one of 10,000 rows.
func BenchmarkOpenWorkbooks(b *testing.B) {
	rows := func(n, from int) (out [][]any) {
		for i := range n {
			out = append(out, []any{i + 1, fmt.Sprintf("推进道路维修改造第%d标段", from+i), fmt.Sprintf("第%d局", i%37),
				fmt.Sprintf("2022年%d月底前", i%12+1), []string{"推进中", "已完成", "未启动"}[i%3], "已召开推进会"})
		}
		return out
	}
	dir := b.TempDir()
	var many []string
	for i := range 20 {
		many = append(many, tasks(b, dir, fmt.Sprintf("台账%02d.xlsx", i), rows(500, i*500)...))
	}
	one := tasks(b, dir, "一份.xlsx", rows(10000, 0)...)
	measure := func(paths ...string) func(*testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				d := open(b, paths...)
				if n := len(d.Snapshot().Ledger.Tasks); n != 10000 {
					b.Fatal(n)
				}
			}
		}
	}
	b.Run("rows=10000/workbooks=20", measure(many...))
	b.Run("rows=10000/workbooks=1", measure(one))
}
