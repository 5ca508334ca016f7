package table_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// longLedger is a ledger with so many rows that what a text in the middle changes is known
// without reading it again. Its titles and its progress read like headings, or do not.
func longLedger(t testing.TB, likeHeadings bool) string {
	const rows = 520
	f := excelize.NewFile()
	defer f.Close()
	title, progress := "把第%d处污水口接入管网", "已挖沟%d米"
	if likeHeadings {
		title, progress = "重点任务%d", "进展情况%d"
	}
	put := func(row int, values ...any) {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &values); err != nil {
			t.Fatal(err)
		}
	}
	put(1, "2022年重点任务台账")
	put(2, "序号", "重点任务", "牵头单位", "责任人", "完成时限", "完成状态", "进展情况", "备注")
	for i := range rows {
		var remark any
		if i%3 == 0 {
			remark = "见文"
		}
		put(3+i, i+1, fmt.Sprintf(title, i), []string{"住建局", "水务局"}[i%2], "张三", "6月底前",
			[]string{"推进中", "已完成"}[i%2], fmt.Sprintf(progress, i), remark)
	}
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// What is told of a written text without reading the workbook again is what reading it
// tells, whatever text and row it is.
func TestTextsAreKnownWithoutReadingThemAgain(t *testing.T) {
	schemas := ledger.Schemas(ledger.Options{})
	for _, likeHeadings := range []bool{false, true} {
		data := longLedger(t, likeHeadings)
		told := 0
		rapid.Check(t, func(t *rapid.T) {
			wb, err := ooxml.Open(data, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			before, err := table.Find(wb, schemas)
			if err != nil {
				t.Fatal(err)
			}
			tasks := before.Tables[0]
			var texts []table.Replaced
			known := true
			for range rapid.IntRange(1, 3).Draw(t, "texts") {
				row := tasks.Rows[rapid.SampledFrom([]int{0, 5, 399, 401, 450, 451, 452, 515, 519}).Draw(t, "row")].Row
				key := tasks.Columns[rapid.IntRange(0, len(tasks.Columns)-1).Draw(t, "column")].Key
				value := rapid.SampledFrom([]string{"已完成公开", "已报送", "合计", "小计", "注：不公开", "一、工程", "序号", "重点任务", "进展情况",
					"牵头单位", "12", "2022-06-30", "6月底前", "是", "", " ", "备注：无", "水务局、住建局", "填报人：李四", "附件1", "=1+1",
					"第二季度已完成三次公开，正在准备第四次，计划于年底以前全部完成", "a\rb", "实际"}).Draw(t, "value")
				x, ok := table.WillReplace(wb, tasks, row, key, value)
				texts, known = append(texts, x), known && ok
				if err := table.Write(wb, tasks, row, key, value); err != nil {
					t.Fatal(err)
				}
			}
			if !known {
				return
			}
			got, ok := before.WithTexts(schemas, texts)
			if !ok {
				return
			}
			told++
			written, err := wb.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			again, err := ooxml.Read(data, written, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			want, err := table.Find(again, schemas)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, cmp.AllowUnexported(table.Candidate{})); d != "" {
				t.Fatalf("%v: %s", texts, d)
			}
		})
		if told == 0 {
			t.Errorf("likeHeadings=%v: nothing was told", likeHeadings)
		}
		t.Logf("likeHeadings=%v: %d told", likeHeadings, told)
	}
}
