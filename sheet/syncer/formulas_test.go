package syncer

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// hintBook is a ledger with a column that a formula makes of the status.
func hintBook(t *testing.T) string {
	path := tempBook(t, 8)
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "I2", "提示")
		for row := 3; row <= 10; row++ {
			f.SetCellStr("台账", cell(9, row), "待办")
			if err := f.SetCellFormula("台账", cell(9, row), `IF(`+cell(5, row)+`="已完成","√","待办")`); err != nil {
				t.Fatal(err)
			}
		}
	})
	rewrite(t, path, func(name string, part []byte) []byte {
		return textResult.ReplaceAll(part, []byte(`t="str"$1<v>待办</v>`))
	})
	return path
}

var (
	// excelize leaves a number of its list of texts there
	textResult   = regexp.MustCompile(`t="str"(><f>[^<]*</f>)<v>[^<]*</v>`)
	formulaValue = regexp.MustCompile(`(</f>)<v>[^<]*</v>`)
)

// forgetful saves the workbook as openpyxl does: no formula keeps the value that
// it had, and no custom property is left.
func forgetful(t *testing.T, path string) {
	rewrite(t, path, func(name string, part []byte) []byte {
		switch {
		case strings.HasPrefix(name, "xl/worksheets/"):
			return formulaValue.ReplaceAll(part, []byte("$1"))
		case name == "docProps/custom.xml":
			return []byte(
				`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`)
		}
		return part
	})
}

func rewrite(t *testing.T, path string, change func(name string, part []byte) []byte) {
	t.Helper()
	data := read(t, path)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(e.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(change(e.Name, part)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestAProgramThatForgetsWhatFormulasSaidChangesNothing(t *testing.T) {
	path := hintBook(t)
	s := openAs(t, path, "王")
	hint := func(title string) string {
		for _, e := range s.Snapshot().Ledger.Task(taskID(t, s, title)).Extra {
			if e.Key == "提示" {
				return e.Value
			}
		}
		return ""
	}
	if got := hint("公开财政预决算"); got != "待办" {
		t.Fatalf("the formula says %q", got)
	}
	change(t, s, "公开财政预决算", "status", "已完成")
	if _, _, err := s.Add(context.Background(), map[string]string{"title": "新增事项", "lead": "财政局"}); err != nil {
		t.Fatal(err)
	}
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F5", "已开工") })
	forgetful(t, path)
	r := pass(t, s)
	if len(r.Changes) != 1 || r.Changes[0].To != "已开工" || r.Conflicts > 0 || r.Waiting || len(r.Asks) > 0 {
		t.Errorf("it took %+v", r)
	}
	if got := hint("公开财政预决算"); got != "√" {
		t.Errorf("what the formula said became %q", got)
	}
	if got := at(t, path, "新增事项", "牵头单位"); got != "财政局" {
		t.Errorf("the new row: %q", got)
	}
	if r := pass(t, s); len(r.Changes) > 0 || r.Waiting {
		t.Errorf("not at rest: %+v", r)
	}
}

// A row that comes back gets the column's formula, not what it said.
func TestARowWithAFormulaComesBack(t *testing.T) {
	path := hintBook(t)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "先记一笔")
	office(t, path, func(f *excelize.File) {
		if err := f.RemoveRow("台账", 6); err != nil {
			t.Fatal(err)
		}
	})
	if r := pass(t, s); len(r.Changes) == 0 {
		t.Fatal("the deletion was not seen")
	}
	r, err := s.UndoRevision(context.Background(), s.Snapshot().Revision)
	if err != nil {
		t.Fatal(err)
	}
	if r.Waiting || at(t, path, "发布环境质量信息", "牵头单位") != "环保分局" {
		t.Errorf("it did not come back: %+v", r)
	}
}

// Another program works formulas out anew whenever it saves: a count of days
// says something else every morning. That shows, and nobody did it.
func TestWhatAFormulaSaysAnewIsNobodysChange(t *testing.T) {
	path := hintBook(t)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "先记一笔")
	entries := func() []Entry {
		log, err := s.Log(context.Background(), LogOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return log
	}
	hint := func(title string) string {
		x := s.Snapshot().Ledger.Task(taskID(t, s, title))
		return x.Table.Get(x.Row, "提示")
	}
	recalculate := func(says string) {
		rewrite(t, path, func(name string, part []byte) []byte {
			return textResult.ReplaceAll(part, []byte(`t="str"$1<v>`+says+`</v>`))
		})
	}
	before, changed := len(entries()), s.past.Changed(taskID(t, s, "发布环境质量信息"))
	recalculate("剩三天")
	if r := pass(t, s); len(r.Changes) > 0 || r.Conflicts > 0 || r.Waiting {
		t.Errorf("somebody is said to have done it: %+v", r)
	}
	if got := hint("发布环境质量信息"); got != "剩三天" {
		t.Errorf("the ledger shows %q", got)
	}
	if log := entries(); len(log) != before {
		t.Errorf("it stands in the log: %+v", log[0])
	}
	if now := s.past.Changed(taskID(t, s, "发布环境质量信息")); !now.Equal(changed) {
		t.Errorf("the task counts as changed %v", now)
	}

	// A copy whose formulas say something else brings nothing either.
	data := read(t, path)
	recalculate("剩一天")
	copied := path + ".copy.xlsx"
	if err := os.Rename(path, copied); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := s.Merge(context.Background(), []string{copied}, MergeOptions{Unit: "财政局"})
	if err != nil || len(r.Changes) > 0 || len(r.Copies[0].Changes) > 0 || r.Conflicts > 0 ||
		hint("发布环境质量信息") != "剩三天" {
		t.Errorf("%v, %+v, it shows %q", err, r, hint("发布环境质量信息"))
	}

	// What somebody types over a formula, and beside one, is a change.
	recalculate("剩两天")
	office(t, path, func(f *excelize.File) {
		f.SetCellFormula("台账", "I6", "")
		f.SetCellStr("台账", "I6", "不再催办")
		f.SetCellStr("台账", "G7", "已核")
	})
	r = pass(t, s)
	var said []string
	for _, c := range r.Changes {
		said = append(said, c.Title+" "+c.To)
	}
	if got := strings.Join(said, "; "); got != "发布环境质量信息 不再催办; 编制公开目录 已核" {
		t.Errorf("it took %s", got)
	}
	if hint("公开财政预决算") != "剩两天" || hint("发布环境质量信息") != "不再催办" {
		t.Errorf("the ledger shows %q, %q", hint("公开财政预决算"), hint("发布环境质量信息"))
	}
}
