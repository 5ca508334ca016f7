package syncer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// heads is the headings of the workbook and of the ledger.
func heads(t *testing.T, s *Session, path string) (book, ledger []string) {
	book = grid(t, path)[1]
	for _, c := range s.Snapshot().Ledger.Tables[0].Columns {
		ledger = append(ledger, c.Heading)
	}
	return book, ledger
}

// A heading gets another month in front and most of its values change with it: it is
// the same column, in the workbook and in a copy.
func TestARenamedColumnIsTheSame(t *testing.T) {
	values := []string{"一", "二", "三", "四", "五"}
	for _, heading := range []string{"6月进展情况", "进展情况（6月底）", "本月有关进展情况汇总", "落实进度说明"} {
		for _, changed := range []int{0, 2, 5} {
			if heading == "落实进度说明" && changed == 5 {
				continue // another heading and other values: who could know
			}
			fill := func(f *excelize.File) {
				for i, v := range values {
					f.SetCellStr("台账", cell(6, 3+i), v)
				}
			}
			rename := func(f *excelize.File) {
				f.SetCellStr("台账", "F2", heading)
				for i := range changed {
					f.SetCellStr("台账", cell(6, 3+i), values[i]+"六月")
				}
			}
			path := tempBook(t, 5)
			office(t, path, fill)
			s := openAs(t, path, "王")
			change(t, s, titles[0], "remark", "x")
			office(t, path, rename)
			r := pass(t, s)
			if book, ledger := heads(t, s, path); len(book) != len(headings) || len(ledger) != len(headings) ||
				book[5] != heading || ledger[5] != heading || r.Conflicts > 0 {
				t.Errorf("%s, %d changed: workbook %v, ledger %v", heading, changed, book, ledger)
			}
			if got := progress(t, s, titles[4]); changed < 5 && got != "五" {
				t.Errorf("%s, %d changed: %q", heading, changed, got)
			}

			path = tempBook(t, 5)
			office(t, path, fill)
			s = openAs(t, path, "王")
			change(t, s, titles[0], "remark", "x")
			file := copyTo(t, path, "交回.xlsx")
			office(t, file, rename)
			change(t, s, titles[4], "progress", "其间改的")
			r = merged(t, s, file)
			if book, ledger := heads(t, s, path); len(book) != len(headings) || len(ledger) != len(headings) ||
				book[5] != headings[5] {
				t.Errorf("a copy with %s, %d changed: workbook %v, ledger %v", heading, changed, book, ledger)
			}
			if n := len(r.Copies[0].Changes); n != changed || changed < 5 && progress(t, s, titles[4]) != "其间改的" {
				t.Errorf("a copy with %s: %d changes, want %d", heading, n, changed)
			}
		}
	}
}

// A note beside the table has no heading, and brings none: neither into the workbook
// nor is it called by a key of ours.
func TestANoteBesideTheTableBringsNoHeading(t *testing.T) {
	path := tempBook(t, 5)
	s := openAs(t, path, "王")
	change(t, s, titles[0], "remark", "x")
	file := copyTo(t, path, "交回.xlsx")
	office(t, file, func(f *excelize.File) { f.SetCellStr("台账", "I5", "请核对") })
	r := merged(t, s, file)
	book, _ := heads(t, s, path)
	for _, row := range grid(t, path) {
		for _, v := range row {
			if strings.Contains(strings.ToLower(v), "column") {
				t.Errorf("the workbook says %q", v)
			}
		}
	}
	if len(book) > len(headings) && book[len(headings)] != "" {
		t.Errorf("headings %v", book)
	}
	if !slices.Contains(grid(t, path)[4], "请核对") {
		t.Errorf("the note is lost: %v, %+v", grid(t, path)[4], r.Copies)
	}
	head := s.Snapshot().Revision
	if pass(t, s); s.Snapshot().Revision != head || len(s.Snapshot().Waiting) > 0 {
		t.Errorf("a pass more changes the ledger; waits %v", s.Snapshot().Waiting)
	}
}

// A column for the period before is put left of the progress, which is renamed to that of
// this period: what was reported stays what is reported, in the workbook and in a copy.
func TestTheColumnOfThePeriodBeforeIsNotTheProgress(t *testing.T) {
	for _, names := range [][2]string{{"上期办理情况", "本期办理情况"}, {"上月进展情况", "进展情况"},
		{"上季度落实情况", "本季度落实情况"}} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, "编制公开目录", "progress", "已编制")
		copied := copyTo(t, path, "回传.xlsx")
		edit := func(f *excelize.File) {
			f.InsertCols("台账", "F", 1)
			f.SetCellStr("台账", "F2", names[0])
			f.SetCellStr("台账", "G2", names[1])
			for r := 3; r < 15; r++ {
				f.SetCellStr("台账", cell(6, r), fmt.Sprint("上期", r))
			}
			f.SetCellStr("台账", "G3", "本期新填")
		}
		office(t, copied, edit)
		merged(t, s, copied)
		for _, want := range []struct{ title, progress string }{{"编制公开目录", "已编制"}, {opened, "本期新填"}} {
			if got := progress(t, s, want.title); got != want.progress {
				t.Errorf("%s: the progress of %s is %q after the copy", names[0], want.title, got)
			}
		}
		office(t, path, edit)
		pass(t, s)
		for _, want := range []struct{ title, progress string }{{"编制公开目录", "已编制"}, {opened, "本期新填"}} {
			if got := progress(t, s, want.title); got != want.progress {
				t.Errorf("%s: the progress of %s is %q", names[0], want.title, got)
			}
		}
		if n := s.Snapshot(); len(n.Conflicts) > 0 {
			t.Errorf("%s: %+v", names[0], n.Conflicts)
		}
	}
}
