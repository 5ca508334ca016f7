package supervise_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

// office is a ledger in a folder of its own, with a clock that the test sets.
type office struct {
	t    testing.TB
	path string
	now  time.Time
	opt  syncer.Options
}

// heads are the columns of the made-up ledgers.
var heads = []string{"序号", "任务名称", "工作内容", "牵头单位", "配合单位", "完成时限", "完成状态", "进展情况", "完成日期", "佐证材料", "开始时间", "完成率"}

// newOffice makes a ledger of 2022 with these rows, by heads.
func newOffice(t testing.TB, units []string, rows ...[]string) *office {
	t.Helper()
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "任务台账")
	set := func(sheet string, row int, values []string) {
		for i, v := range values {
			if err := f.SetCellStr(sheet, a1.At(row, i+1).String(), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	set("任务台账", 1, []string{"2022年重点工作任务台账"})
	set("任务台账", 2, heads)
	for i, r := range rows {
		set("任务台账", 3+i, append([]string{strconv.Itoa(i + 1)}, r...))
	}
	if len(units) > 0 {
		f.NewSheet("单位名录")
		set("单位名录", 1, []string{"单位名称", "简称", "所属类别", "联系人", "电话"})
		for i, u := range units {
			set("单位名录", 2+i, []string{u, "", "各部门", "", ""})
		}
	}
	o := &office{t: t, path: filepath.Join(t.TempDir(), "台账.xlsx"), now: time.Date(2022, 3, 1, 9, 0, 0, 0, time.Local)}
	if err := f.SaveAs(o.path); err != nil {
		t.Fatal(err)
	}
	os.Chtimes(o.path, o.now, o.now)
	o.opt = syncer.Options{Author: "督查室", Now: func() time.Time { return o.now }}
	return o
}

// on sets the clock to nine o'clock of a day of 2022.
func (o *office) on(month, day int) *office {
	o.now = time.Date(2022, time.Month(month), day, 9, 0, 0, 0, time.Local)
	return o
}

// sheet adds a sheet to the workbook before it is opened for the first time.
func (o *office) sheet(name string, rows ...[]string) *office {
	o.t.Helper()
	f, err := excelize.OpenFile(o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	f.NewSheet(name)
	for i, r := range rows {
		for j, v := range r {
			if err := f.SetCellStr(name, a1.At(1+i, j+1).String(), v); err != nil {
				o.t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		o.t.Fatal(err)
	}
	os.Chtimes(o.path, o.now, o.now)
	return o
}

// write writes texts in cells of the shared workbook, as an office does.
func (o *office) write(name string, cells map[string]string) {
	o.t.Helper()
	o.edit(o.path, func(tasks, _ *sheet) {
		for at, v := range cells {
			ref, ok := a1.ParseRef(at)
			if !ok {
				o.t.Fatal(at)
			}
			if err := tasks.wb.Set(name, ref, ooxml.TextValue(v)); err != nil {
				o.t.Fatal(err)
			}
		}
	})
}

func (o *office) options() syncer.Options {
	opt := o.opt
	y, m, d := o.now.Date()
	opt.Ledger.Today = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return opt
}

// open opens the ledger on the day of the clock.
func (o *office) open() *syncer.Session {
	o.t.Helper()
	s, err := syncer.Open(context.Background(), o.path, o.options())
	if err != nil {
		o.t.Fatal(err)
	}
	if tr := s.Snapshot().Trouble; tr != nil {
		o.t.Fatal(tr)
	}
	return s
}

// at looks back to the end of a day.
func (o *office) at(day time.Time) *syncer.Session {
	o.t.Helper()
	opt := o.opt
	y, m, d := day.Date()
	opt.Ledger.Today = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	opt.At = time.Date(y, m, d+1, 0, 0, 0, -1, time.Local)
	s, err := syncer.Open(context.Background(), o.path, opt)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// during opens the ledger for one thing.
func (o *office) during(do func(*syncer.Session)) {
	o.t.Helper()
	s := o.open()
	do(s)
	if err := s.Close(); err != nil {
		o.t.Fatal(err)
	}
}

// record adds an entry: "task=3" "kind=退回" ….
func (o *office) record(pairs ...string) {
	o.t.Helper()
	values := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	o.during(func(s *syncer.Session) {
		if _, _, err := s.Record(context.Background(), ledger.KindSupervision, values); err != nil {
			o.t.Fatal(err)
		}
	})
}

// set changes a task in the terminal.
func (o *office) set(task, field, value string) {
	o.t.Helper()
	o.during(func(s *syncer.Session) {
		if _, err := s.Change(context.Background(), []syncer.Edit{{Task: task, Field: field, Value: value,
			KeepBoth: true}}); err != nil {
			o.t.Fatal(err)
		}
	})
}

// split makes the copies of the units, in a folder beside.
func (o *office) split() map[string]string {
	o.t.Helper()
	out := map[string]string{}
	o.during(func(s *syncer.Session) {
		orig, err := s.Original(context.Background())
		if err != nil {
			o.t.Fatal(err)
		}
		var names filename.Names
		var sent []string
		for _, u := range copies.Units(orig.Ledger) {
			c, err := copies.Make(orig, u, &names)
			if err != nil {
				o.t.Fatal(err)
			}
			dir := o.t.TempDir()
			out[u] = filepath.Join(dir, c.Name)
			if err := os.WriteFile(out[u], c.Data, 0o666); err != nil {
				o.t.Fatal(err)
			}
			sent = append(sent, u)
		}
		if err := s.Sent(context.Background(), orig, sent); err != nil {
			o.t.Fatal(err)
		}
	})
	return out
}

// merge takes a copy back.
func (o *office) merge(file string) syncer.Report {
	o.t.Helper()
	var r syncer.Report
	o.during(func(s *syncer.Session) {
		var err error
		if r, err = s.Merge(context.Background(), []string{file}, syncer.MergeOptions{}); err != nil {
			o.t.Fatal(err)
		}
		for _, c := range r.Copies {
			if c.Err != nil {
				o.t.Fatal(c.Err)
			}
		}
	})
	return r
}

// sheet is a workbook in which a test writes as an office does.
type sheet struct {
	t    testing.TB
	wb   *ooxml.Workbook
	name string
	head int // row of the headings
	used int // rows that add wrote in; the workbook does not show them yet
}

// edit opens a workbook, lets do write and saves it at the moment of the clock.
func (o *office) edit(file string, do func(tasks, record *sheet)) {
	o.t.Helper()
	wb, err := ooxml.Open(file, ooxml.Options{})
	if err != nil {
		o.t.Fatal(err)
	}
	of := func(name, heading string) *sheet {
		s, err := wb.Sheet(name)
		if err != nil {
			return nil
		}
		for row := 1; row < 10; row++ {
			for _, c := range s.Row(row) {
				if c.Value == heading {
					return &sheet{t: o.t, wb: wb, name: name, head: row}
				}
			}
		}
		o.t.Fatalf("%s has no heading %s", name, heading)
		return nil
	}
	do(of("任务台账", "任务名称"), of("督办记录", "类别"))
	if err := wb.Save(); err != nil {
		o.t.Fatal(err)
	}
	os.Chtimes(file, o.now, o.now)
}

// col is the column of a heading.
func (s *sheet) col(heading string) int {
	sh, err := s.wb.Sheet(s.name)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range sh.Row(s.head) {
		if c.Value == heading {
			return c.Ref.Col
		}
	}
	s.t.Fatalf("%s has no column %s", s.name, heading)
	return 0
}

// put writes a text in the row in which key stands in the column of a heading.
func (s *sheet) put(keyHeading, key, heading, value string) {
	s.t.Helper()
	sh, err := s.wb.Sheet(s.name)
	if err != nil {
		s.t.Fatal(err)
	}
	for row := s.head + 1; row < s.head+2000; row++ {
		if c, ok := sh.Cell(a1.At(row, s.col(keyHeading))); ok && c.Value == key {
			if err := s.wb.Set(s.name, a1.At(row, s.col(heading)), ooxml.TextValue(value)); err != nil {
				s.t.Fatal(err)
			}
			return
		}
	}
	s.t.Fatalf("%s: no row with %s %q", s.name, keyHeading, key)
}

// add writes a row in the first empty one.
func (s *sheet) add(pairs ...string) {
	s.t.Helper()
	sh, err := s.wb.Sheet(s.name)
	if err != nil {
		s.t.Fatal(err)
	}
	row := max(s.head+1, s.used+1)
	for ; ; row++ {
		used := false
		for _, c := range sh.Row(row) {
			used = used || c.Kind != ooxml.Blank && c.Value != ""
		}
		if !used {
			break
		}
	}
	s.used = row
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := s.wb.Set(s.name, a1.At(row, s.col(pairs[i])), ooxml.TextValue(pairs[i+1])); err != nil {
			s.t.Fatal(err)
		}
	}
}

// choices are the drop-down list of a column.
func (s *sheet) label(o *office, task string) string {
	out := ""
	o.during(func(ses *syncer.Session) {
		l := ses.Snapshot().Ledger
		t, err := l.Find(task)
		if err != nil {
			o.t.Fatal(err)
		}
		out = l.Label(t.ID)
	})
	return out
}
