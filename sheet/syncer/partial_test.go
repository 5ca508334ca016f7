package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A unit's copy saved over the ledger by mistake takes nobody's rows away, however few
// are missing in it, with its stamp and without.
func TestAUnitsCopySavedOverTheLedgerDeletesNothing(t *testing.T) {
	rows := []string{"001|公开财政预决算|财政局|推进中|", "002|公布采购目录|财政局|推进中|", "003|公开债务信息|财政局|推进中|", "004|公开三公经费|财政局|推进中|",
		"005|公开惠民补贴|财政局|推进中|", "006|公开教育收费标准|教育局|推进中|已报"}
	for _, stamped := range []bool{true, false} {
		path := sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, rows...)
		s := openAs(t, path, "王")
		change(t, s, "公开债务信息", "progress", "一期")
		o, whole := round(t, s, "财政局"), read(t, path)
		file := unitCopy(t, o, "财政局", codedHeads, slices.Replace(slices.Clone(rows[:5]), 0, 1,
			"001|公开财政预决算|财政局|已完成|已公开")...)
		if !stamped {
			file = sheetBook(t, file, "2022年政务公开工作台账", codedHeads,
				slices.Replace(slices.Clone(rows[:5]), 0, 1, "001|公开财政预决算|财政局|已完成|已公开")...)
		}
		if err := os.WriteFile(path, read(t, file), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := s.Sync(context.Background())
		if !errors.Is(err, ErrMass) || !strings.Contains(err.Error(), "财政局") || len(lines(s)) != 6 {
			t.Errorf("stamped %v: %v\n%v", stamped, err, lines(s))
		}
		if stamped {
			if _, err := s.Force(context.Background()); !errors.Is(err, ErrMass) || len(lines(s)) != 6 {
				t.Errorf("forced: %v\n%v", err, lines(s))
			}
		}
		// The ledger comes back, and the copy is merged as what it is.
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
		pass(t, s)
		if merged(t, s, file); !slices.Contains(lines(s), "001|公开财政预决算|财政局|已公开") ||
			!slices.Contains(lines(s), "006|公开教育收费标准|教育局|已报") {
			t.Errorf("stamped %v: %v", stamped, lines(s))
		}
	}
}

// A unit that keeps its own copy with this program works on it as on any ledger.
func TestAUnitWorksOnItsOwnCopy(t *testing.T) {
	s := openAs(t, sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, codedRows...), "王")
	pass(t, s)
	file := unitCopy(t, round(t, s, "财政局"), "财政局", codedHeads, codedRows[0], "003|公开债务信息|财政局|推进中|")
	own := openAs(t, file, "财政局")
	change(t, own, "公开财政预决算", "progress", "一期")
	office(t, file, func(f *excelize.File) { f.RemoveRow("台账", 4) })
	if _, err := own.Sync(context.Background()); errors.Is(err, ErrMass) && !strings.Contains(err.Error(), "不见了") {
		t.Error(err)
	}
}

// A copy's new row with the name of one that it was given is asked about; the answer
// says which of the two is the task.
func TestANewRowNamedAsAGivenOneIsAskedAbout(t *testing.T) {
	for _, c := range []struct{ heads, given, more string }{
		{codedHeads, "001|公开财政预决算|财政局|推进中|", "009|公开财政预决算|财政局|已完成|另一笔"},
		{plainHeads, "1|公开财政预决算|财政局|推进中|", "9|公开财政预决算|财政局|已完成|另一笔"},
	} {
		rows := append([]string{c.given}, codedRows[1:]...)
		s := openAs(t, sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", c.heads, rows...), "王")
		pass(t, s)
		file := unitCopy(t, round(t, s, "财政局"), "财政局", c.heads, c.given, c.more)
		r := merged(t, s, file).Copies[0]
		if len(r.Asks) != 1 || len(r.Added) > 0 || len(r.Asks[0].Candidates) != 1 {
			t.Errorf("%s: %+v\n%v", c.given, r, lines(s))
			continue
		}
		r2, err := s.Merge(context.Background(), []string{file},
			MergeOptions{Answers: map[string]string{r.Asks[0].ID: "new"}})
		if err != nil || len(r2.Copies[0].Asks) > 0 || len(lines(s)) != 4 ||
			strings.Count(strings.Join(lines(s), "\n"), "公开财政预决算") != 2 {
			t.Errorf("answered new: %v %+v\n%v", err, r2.Copies, lines(s))
		}
		// Returned again, further on, it is the row that was added.
		file = unitCopy(t, round(t, s, "财政局"), "财政局", c.heads, c.given, strings.Replace(c.more, "另一笔", "另一笔，已完成", 1))
		if r := merged(t, s, file).Copies[0]; len(r.Asks) > 0 || len(lines(s)) != 4 {
			t.Errorf("returned again: %+v\n%v", r, lines(s))
		}
	}
}

// A copy from before copies had their own row of the directory alone: another unit's
// row that was edited there is told.
func TestAnOldCopyThatEditsAnothersRowOfTheDirectory(t *testing.T) {
	path := sheetBook(t, filepath.Join(t.TempDir(), "台账.xlsx"), "2022年政务公开工作台账", codedHeads, codedRows...)
	directory := func(path, phone string) {
		office(t, path, func(f *excelize.File) {
			f.NewSheet("单位名录")
			for r, line := range []string{"单位名称|联系人|联系电话", "财政局|张三|111", "教育局|李四|" + phone, "环保分局|赵六|333"} {
				for c, v := range strings.Split(line, "|") {
					f.SetCellStr("单位名录", cell(c+1, r+1), v)
				}
			}
		})
	}
	directory(path, "222")
	s := openAs(t, path, "王")
	change(t, s, "发布水质月报", "progress", "一期")
	file := unitCopy(t, round(t, s, "财政局"), "财政局", codedHeads, codedRows[0])
	directory(file, "999")
	wb, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wb.Close()
	r := merged(t, s, file).Copies[0]
	t.Logf("%+v", r)
	for _, u := range s.Snapshot().Ledger.Directory.Units() {
		if u.Name == "教育局" && u.Phone != "222" {
			t.Errorf("replaced: %+v", u)
		}
	}
	if len(s.Snapshot().Ledger.Directory.Units()) != 3 || len(r.Asks) != 1 || r.Asks[0].Values["phone"] != "999" {
		t.Errorf("%+v", r)
	}
}
