package ledger

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// bigTable is a ledger of n rows and 14 columns whose texts repeat as they do in
// ledgers, with titles of their own.
func bigTable(n int) *table.Table {
	deadlines := []string{"2022-06-30", "6月底前", "年底前", "每季度末", "长期坚持", "2022年3月至10月", "9月30日前", "第三季度"}
	statuses := []string{"推进中", "已完成", "未启动", "长期坚持", "80%", ""}
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(
			"%d|板块%d|第%d项任务：规范政府信息公开|按要求落实第%d项|第%d局牵头，各街道办事处配合|财政局、环保局|李某|王某|0436-0000000|%s|%s|进展正常|备注|%d",
			i+1, i%9, i, i, i%60, deadlines[i%len(deadlines)], statuses[i%len(statuses)], i)
	}
	return sheetOf(KindTasks,
		"number section title requirement lead support leader owner phone deadline status progress remark x:经费",
		rows...)
}

// BenchmarkBuild makes tasks of tables that are already found.
func BenchmarkBuild(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			tables := []*table.Table{bigTable(rows)}
			opt := on("2022-09-15")
			opt.History = history{known: due.Date(2022, 1, 1)}
			b.ReportAllocs()
			for b.Loop() {
				Build(tables, opt)
			}
		})
	}
}

// BenchmarkFindRegister finds a register whose rows read like headings (申请人5) and have
// gaps: each row is dismissed by that alone, and costs no look at those below it.
func BenchmarkFindRegister(b *testing.B) {
	data := gappyRegister(b, 500)
	wb, err := ooxml.Read("登记簿.xlsx", data, ooxml.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		found, err := table.Find(wb, Schemas(Options{}))
		if err != nil || len(found.Tables) != 1 || len(found.Tables[0].Rows) != 500 {
			b.Fatal(len(found.Tables), err)
		}
	}
}

// BenchmarkReadRegister reads a register: the cells, what they mean, and the clock of each
// row. read/cells says how many times as long that takes as reading the cells alone.
func BenchmarkReadRegister(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			data := gappyRegister(b, rows)
			opt := on("2022-09-15")
			var cells, whole time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				wb, err := ooxml.Read("登记簿.xlsx", data, ooxml.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := wb.Sheet("Sheet1"); err != nil {
					b.Fatal(err)
				}
				cells += time.Since(began)
				found, err := table.Find(wb, Schemas(opt))
				if err != nil {
					b.Fatal(err)
				}
				if l := Build(found.Tables, opt); len(l.Registers) != 1 || len(l.Registers[0].Entries) != rows {
					b.Fatal(len(l.Registers))
				}
				whole += time.Since(began)
			}
			b.ReportMetric(float64(whole)/float64(cells), "read/cells")
		})
	}
}

func gappyRegister(b *testing.B, rows int) []byte {
	f := excelize.NewFile()
	defer f.Close()
	head := []any{"登记编号", "收到日期", "申请方式", "申请人", "申请人类型", "申请内容", "承办单位", "征求意见发出日期", "征求意见收到日期", "答复日期", "答复类型"}
	if err := f.SetSheetRow("Sheet1", "A1", &head); err != nil {
		b.Fatal(err)
	}
	for i := range rows {
		row := []any{fmt.Sprintf("1-%d", i), fmt.Sprintf("2022-%02d-%02d", 1+i%12, 1+i%28), "网络",
			fmt.Sprintf("申请人%d", i%80), "公民",
			fmt.Sprintf("公开第%d号文件", i), "财政局", nil, nil, "2022-12-30", "予以公开"}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &row); err != nil {
			b.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}
