package syncer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

var today = time.Date(2022, 6, 15, 0, 0, 0, 0, time.UTC)

var headings = []string{"序号", "重点任务", "牵头单位", "完成时限", "完成状态", "进展情况", "备注", "责任人"}

// newBook makes a workbook of n tasks with a program that is not ours.
func newBook(t testing.TB, path string, n int) {
	t.Helper()
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "台账")
	f.SetCellStr("台账", "A1", "2022年政务公开工作台账")
	f.MergeCell("台账", "A1", "H1")
	for c, h := range headings {
		f.SetCellStr("台账", cell(c+1, 2), h)
	}
	for i := range n {
		for c, v := range taskRow(i) {
			f.SetCellStr("台账", cell(c+1, i+3), v)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

func taskRow(i int) []string {
	return []string{fmt.Sprint(i + 1), titles[i%len(titles)] + suffix(i/len(titles)), units[i%len(units)], "2022年12月底前",
		"推进中", "", "", ""}
}

func suffix(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("（第%d批）", n+1)
}

var (
	titles = []string{"更新领导信息", "公开财政预决算", "公开重大项目进展", "发布环境质量信息", "编制公开目录", "举办政府开放日", "开展业务培训", "办理依申请公开",
		"回应群众留言", "编制年度报告", "清理失效文件", "维护政策文件库"}
	units = []string{"党政办公室", "财政局", "项目办", "环保分局"}
)

func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

// office edits a workbook as another program does: open, change, save.
func office(t testing.TB, path string, edit func(f *excelize.File)) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	saveOver(t, f, path)
}

// saveOver saves like LibreOffice: beside, and renamed over.
func saveOver(t testing.TB, f *excelize.File, path string) {
	t.Helper()
	tmp := path + ".lu1.tmp"
	out, err := os.Create(tmp)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(out); err != nil {
		t.Fatal(err)
	}
	out.Close()
	if err := os.Rename(tmp, path); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// grid is what another program reads in the sheet: rows of values.
func grid(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("台账")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// at is one value of the workbook as another program reads it, by title and
// heading.
func at(t testing.TB, path, title, heading string) string {
	t.Helper()
	rows := grid(t, path)
	col := -1
	for c, h := range rows[1] {
		if h == heading {
			col = c
		}
	}
	for _, r := range rows[2:] {
		if len(r) > 1 && r[1] == title {
			if col >= 0 && col < len(r) {
				return r[col]
			}
			return ""
		}
	}
	return "no such task"
}

func options(author string) Options {
	return Options{Author: author, Ledger: ledger.Options{Today: today}, Poll: 50 * time.Millisecond}
}

func openAs(t testing.TB, path, author string) *Session {
	t.Helper()
	s, err := Open(context.Background(), path, options(author))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func taskID(t testing.TB, s *Session, title string) string {
	t.Helper()
	for _, x := range s.Snapshot().Ledger.Tasks {
		if x.Title == title {
			return x.ID
		}
	}
	t.Fatalf("no task %s", title)
	return ""
}

func change(t testing.TB, s *Session, title, field, value string) Report {
	t.Helper()
	r, err := s.Change(context.Background(), []Edit{{Task: taskID(t, s, title), Field: field, Value: value}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func pass(t testing.TB, s *Session) Report {
	t.Helper()
	r, err := s.Sync(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func progress(t testing.TB, s *Session, title string) string {
	t.Helper()
	return s.Snapshot().Ledger.Task(taskID(t, s, title)).Progress
}

func tempBook(t testing.TB, n int) string {
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	newBook(t, path, n)
	return path
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
