package syncer

import (
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An error value, as a cell of its kind or as text, and a picture replace nothing that
// somebody typed: in a returned copy and in the shared workbook.
func TestErrorValuesAndPicturesReplaceNothing(t *testing.T) {
	shows := map[string]func(f *excelize.File, at string){
		"error cell": func(f *excelize.File, at string) {
			f.SetCellFormula("台账", at, "=NA()")
			f.SetCellDefault("台账", at, "#N/A")
		},
		"error text":  func(f *excelize.File, at string) { f.SetCellStr("台账", at, "#VALUE!") },
		"small error": func(f *excelize.File, at string) { f.SetCellStr("台账", at, "#n/a") },
		"DISPIMG":     func(f *excelize.File, at string) { f.SetCellFormula("台账", at, `_xlfn.DISPIMG("ID_1",1)`) },
		"its text":    func(f *excelize.File, at string) { f.SetCellStr("台账", at, `=DISPIMG("ID_1",1)`) },
	}
	for name, put := range shows {
		t.Run(name+" in a copy", func(t *testing.T) {
			path := tempBook(t, 6)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "progress", "已印发方案，完成80%")
			file := copyTo(t, path, "党政办公室.xlsx")
			office(t, file, func(f *excelize.File) {
				put(f, "F7")
				put(f, "G8") // where nothing stood
			})
			r := merged(t, s, file)
			c := r.Copies[0]
			if len(c.Changes) > 0 || len(c.Untyped) == 0 || c.Untyped[0].Cell != "F7" ||
				c.Untyped[0].Kept != "已印发方案，完成80%" || progress(t, s, "编制公开目录") != "已印发方案，完成80%" {
				t.Errorf("%+v", c)
			}
			if strings.Contains(strings.Join(column(t, path, 6), "|"), "#") ||
				at(t, path, "编制公开目录", "进展情况") != "已印发方案，完成80%" {
				t.Error("the workbook got it")
			}
		})
		t.Run(name+" in the workbook", func(t *testing.T) {
			path := tempBook(t, 6)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "progress", "已印发方案，完成80%")
			office(t, path, func(f *excelize.File) { put(f, "F7") })
			r := pass(t, s)
			if len(r.Changes) > 0 || progress(t, s, "编制公开目录") != "已印发方案，完成80%" {
				t.Errorf("%+v", r.Changes)
			}
			if len(r.Untyped) != 1 || r.Untyped[0].Cell != "F7" || len(s.SinceOpened().Untyped) != 1 {
				t.Errorf("not told: %+v", r.Untyped)
			}
			formula := name == "error cell" || name == "DISPIMG"
			if got := at(t, path, "编制公开目录", "进展情况"); !formula && got != "已印发方案，完成80%" {
				t.Errorf("the workbook goes on showing %q", got)
			}
			head := s.Snapshot().Revision
			if r := pass(t, s); s.Snapshot().Revision != head || len(r.Untyped) > 0 {
				t.Errorf("a pass more says %+v", r.Untyped)
			}
			if _, err := s.Change(context.Background(),
				[]Edit{{Task: taskID(t, s, "编制公开目录"), Field: "remark", Value: "x"}}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A ledger that has errors and pictures from the start: they are shown, they are no
// history, and who types over an error is not told of a value that moved.
func TestALedgerThatShowsErrors(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.SetCellDefault("台账", "F7", "#N/A")
		f.SetCellStr("台账", "F8", "#REF!")
	})
	s := openAs(t, path, "王")
	pass(t, s)
	if progress(t, s, "编制公开目录") != "#N/A" || len(s.Snapshot().Untyped) > 0 || len(s.Snapshot().Waiting) > 0 {
		t.Errorf("%q %+v", progress(t, s, "编制公开目录"), s.Snapshot().Untyped)
	}
	change(t, s, "编制公开目录", "progress", "已编制")
	if at(t, path, "编制公开目录", "进展情况") != "已编制" || len(s.Snapshot().Waiting) > 0 {
		t.Errorf("%q, %v", at(t, path, "编制公开目录", "进展情况"), s.Snapshot().Waiting)
	}
	later := options("乙")
	later.Later = true
	b, err := Open(context.Background(), path, later)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Change(context.Background(), []Edit{{Task: "6", Field: "progress", Value: "已举办", KeepBoth: true}})
	if err != nil || len(r.Moved) > 0 || at(t, path, "举办政府开放日", "进展情况") != "已举办" {
		t.Errorf("%v %+v", err, r)
	}
}

// column is one column of the workbook as another program reads it.
func column(t *testing.T, path string, c int) (out []string) {
	for _, r := range grid(t, path) {
		if c < len(r) {
			out = append(out, r[c])
		}
	}
	return out
}
