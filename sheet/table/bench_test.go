package table

import (
	"fmt"
	"strconv"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// bigSheet is a ledger of n tasks in 14 columns, with a merged lead cell every
// tenth row. title formats the texts; no two are the same.
func bigSheet(n int, title string) *ooxml.Sheet {
	s := &ooxml.Sheet{Name: "S"}
	add := func(row, col int, kind ooxml.Kind, style int, v string) {
		s.Cells = append(s.Cells, ooxml.Cell{Ref: a1.Ref{Row: row, Col: col}, Kind: kind, Style: int32(style),
			Value: v})
	}
	add(1, 1, ooxml.Text, 0, "2022年重点任务台账")
	for i, h := range []string{"序号", "重点领域", "重点任务", "工作举措", "牵头单位", "配合单位", "责任人", "联系电话", "完成时限", "完成状态", "进展情况",
		"存在问题", "下步措施", "备注"} {
		add(3, 1+i, ooxml.Text, 0, h)
	}
	for i := range n {
		row := 4 + i
		for col := 1; col <= 14; col++ {
			switch col {
			case 1:
				add(row, col, ooxml.Number, 0, strconv.Itoa(i+1))
			case 9:
				add(row, col, ooxml.Number, 14, strconv.Itoa(44000+i%365))
			case 3, 4, 11:
				add(row, col, ooxml.Text, 0, fmt.Sprintf(title, i, col))
			case 10:
				add(row, col, ooxml.Text, 0, []string{"已完成", "推进中", "未启动"}[i%3])
			case 14:
				add(row, col, ooxml.Blank, 0, "")
			default:
				add(row, col, ooxml.Text, 0, []string{"住建局", "交通局", "水利局", "财政局"}[(i+col)%4])
			}
		}
		if i%10 == 0 {
			s.Merges = append(s.Merges, a1.Range{First: a1.Ref{Row: row, Col: 5}, Last: a1.Ref{Row: row + 9, Col: 5}})
		}
	}
	return s
}

const plainTitle = "工作任务第%d项第%d列"

// BenchmarkFind finds the table in cells that are already read.
func BenchmarkFind(b *testing.B) {
	for _, bench := range []struct {
		name, title string
		rows        int
	}{
		{"rows=10000", plainTitle, 10_000},
		{"rows=100000", plainTitle, 100_000},
		{"rows=10000/titles like headings", "第%d项第%d标段完成情况", 10_000},
	} {
		b.Run(bench.name, func(b *testing.B) {
			rows := bench.rows
			s := bigSheet(rows, bench.title)
			b.ReportAllocs()
			for b.Loop() {
				sf, _ := findSheet(s, plain{}, newMatcher(testSchemas()))
				if len(sf.Tables) != 1 || len(sf.Tables[0].Rows) != rows {
					b.Fatal("the table was not found")
				}
			}
		})
	}
}
