package table

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/sheet/ooxml"
)

func TestRowsAreTold(t *testing.T) {
	const head = "序号|主要任务|牵头单位|总投资|完成时限|备注\n"
	tests := []struct {
		name, drawing string
		merges        []string
		rows, skipped string
		footer        int
		blank         string
	}{
		{"subtotals of every kind", head + `
1|修路|住建局|5|年内
小计|||5
2|架桥|交通局|6|年内
|交通局小计||6
|合 计：||=11
3|费用合计|财政局
总计|3项`, nil, "2 4 7", "3:subtotal 5:subtotal 6:subtotal", 8, "[]"},
		{"a title that sounds like a subtotal", head + `
1|能耗累计
2|费用合计|财政局`, nil, "2 3", "", 0, "[]"},
		{"notes inside and below", head + `
1|修路|住建局
注：以上为续建项目。
其余见附表。
2|架桥|交通局
说明：1.按月报送。
2.盖章。
填表人：张|||审核人：李||日期：`, nil, "2 5", "3:note 4:note", 6, "[]"},
		{"signatures without colon", head + `
1|修路|住建局
填报人|张三||审核人|李四`, nil, "2", "", 3, "[]"},
		{"numbered rows wait below", head + `
1|修路|住建局
2
3
注：此表一式两份`, nil, "2", "", 5, "[3 4]"},
		{"formatted rows wait below", head + `
1|修路|住建局|5|年内|无
.|.|.|.|.|.
.|.|.|.|.|.`, nil, "2", "", 0, "[3 4]"},
		{"formatted rows below a total do not", head + `
1|修路|住建局|5|年内|无
合计|||5||.
.|.|.|.|.|.`, nil, "2", "", 3, "[]"},
		{"formulas in prepared rows are no content", head + `
=1|修路|住建局|=5
=2|||=0
=3|||=0`, nil, "2", "", 0, "[3 4]"},
		{"blank and numbered rows between data", head + `
1|修路|住建局
.|.
3

4|架桥|交通局`, nil, "2 6", "3:blank 4:blank", 0, "[]"},
		{"a row with anything typed is data", head + `
1|修路|住建局
2||||6月底
|架桥`, nil, "2 3 4", "", 0, "[]"},
		{"a title repeated at the page break", "2022年台账\n" + head + `
1|修路|住建局
2022年台账
序号|主要任务|牵头单位|总投资|完成时限|备注
2|架桥|交通局`, nil, "3 6", "4:note 5:header", 0, "[]"},
		{"a header of two rows repeated as one", `序号|主要任务|责任|.|完成时限|备注
.|.|牵头单位|配合单位|.|.
1|修路|住建局|交通局
序号|主要任务|牵头单位|配合单位|完成时限|备注
2|架桥|交通局`, []string{"A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"}, "3 5", "4:header", 0, "[]"},
		{"categories without data below are the footer", head + `
1|修路|住建局
二、其他`, nil, "2", "", 3, "[]"},
		{"rows of a merge with text of their own are data", head + `
1|修路|住建局|5
||交通局
2|架桥`, []string{"A2:A3", "B2:B3"}, "2 3 4", "", 0, "[]"},
		{"rows of a merge with none are not", head + `
1|修路|住建局|5
.|.
2|架桥`, []string{"A2:A3", "B2:B3", "C2:C3", "D2:D3"}, "2 4", "3:blank", 0, "[]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tables, _ := find(t, 1, dropBreaks(tt.drawing), tt.merges...)
			got := tables[0]
			if r := rowsOf(got); r != tt.rows {
				t.Errorf("data rows %s, want %s", r, tt.rows)
			}
			if s := skippedOf(got); s != tt.skipped {
				t.Errorf("skipped %s, want %s", s, tt.skipped)
			}
			if got.Place.Footer != tt.footer {
				t.Errorf("footer %d, want %d", got.Place.Footer, tt.footer)
			}
			if b := fmt.Sprint(got.Place.Blank); b != tt.blank {
				t.Errorf("blank %s, want %s", b, tt.blank)
			}
		})
	}
}

// dropBreaks takes out the line break with which a raw string begins.
func dropBreaks(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] == '\n' && s[i-1] == '\n' {
			return s[:i] + s[i+1:]
		}
	}
	return s
}

func TestSectionsNest(t *testing.T) {
	tables, _ := find(t, 1, dropBreaks(`序号|主要任务|牵头单位|完成时限

第一部分 城乡
一、交通||5
（一）公路
1|修路|住建局|年内
2|一、二期厂房|招商局|年内
（二）桥梁
3|架桥|交通局|年内
二|水务
4|清淤|水利局|年内
（一）|水厂
5|扩容|水利局|年内
第二部分 产业
6|招商|招商局|年内
其他
7|保洁|城管局|年内`), "A16:D16")
	want := []string{
		"第一部分城乡 / 一、交通 / （一）公路",
		"第一部分城乡 / 一、交通 / （一）公路",
		"第一部分城乡 / 一、交通 / （二）桥梁",
		"第一部分城乡 / 二、水务",
		"第一部分城乡 / 二、水务 / （一）水厂",
		"第二部分产业",
		"第二部分产业 / 其他",
	}
	var got []string
	for _, r := range tables[0].Rows {
		got = append(got, r.Section)
	}
	if !slices.Equal(got, want) {
		t.Errorf("sections\n%q, want\n%q", got, want)
	}
}

// Where the header is repeated under every category, the first category stands
// above the first header.
func TestTheCategoryAboveARepeatedHeader(t *testing.T) {
	for name, c := range map[string]struct {
		top  string
		want []string
	}{
		"category": {"一、交通", []string{"一、交通", "一、交通", "二、水务"}},
		"title":    {"2022年任务", []string{"", "", "二、水务"}},
	} {
		tables, _ := find(t, 1, dropBreaks(`2022年工作台账
`+c.top+`
序号|主要任务|牵头单位|完成时限
1|修路|住建局|年内
2|架桥|交通局|年内
二、水务
序号|主要任务|牵头单位|完成时限
1|清淤|水利局|年内`))
		var got []string
		for _, r := range tables[0].Rows {
			got = append(got, r.Section)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: sections %q, want %q", name, got, c.want)
		}
	}
}

func TestChineseRowNumbersAreNumbers(t *testing.T) {
	tables, _ := find(t, 1, `
序号|主要任务|牵头单位
一|修路
二|架桥|交通局
三`)
	if got := tables[0]; rowsOf(got) != "2 3" || fmt.Sprint(got.Place.Blank) != "[4]" || got.Rows[0].Section != "" {
		t.Errorf("rows %s, blank %v, section %q", rowsOf(got), got.Place.Blank, got.Rows[0].Section)
	}
}

func TestMergesAreFilledDown(t *testing.T) {
	tables, _ := find(t, 1, `
序号|主要任务|牵头单位
1|修路|住建局
2|架桥|看不见
小计|2
3|清淤
4|保洁|城管局`, "C2:C5")
	got := tables[0]
	var leads []string
	for i := range got.Rows {
		leads = append(leads, got.Get(&got.Rows[i], "lead"))
	}
	if want := []string{"住建局", "住建局", "住建局", "城管局"}; !slices.Equal(leads, want) {
		t.Errorf("leads %q, want %q", leads, want)
	}
	if rows := got.Shared(3, "lead"); !slices.Equal(rows, []int{2, 3, 5}) {
		t.Errorf("rows %v share the cell, want 2, 3, 5", rows)
	}
	if rows := got.Shared(6, "lead"); !slices.Equal(rows, []int{6}) {
		t.Errorf("row 6 shares with %v", rows)
	}
}

// A cell that shows an error or a picture holds what nobody typed.
func TestErrorsAndPicturesAreNoTypedText(t *testing.T) {
	sheet := sheetOf("主要任务|进展|牵头单位|备注\n修路|#N/A|住建局|\n架桥|〔图片〕|住建局|\n种树||住建局|\n植草|#N/A|住建局|", "B3:B4")
	for i := range sheet.Cells {
		switch c := &sheet.Cells[i]; c.Ref.String() {
		case "B2":
			c.Kind = ooxml.Error
		case "B3":
			c.Kind = ooxml.Picture
		}
	}
	found, _ := findSheet(sheet, plain{}, newMatcher(testSchemas()))
	if len(found.Tables) != 1 || len(found.Tables[0].Rows) != 4 {
		t.Fatalf("read %v", found.Tables)
	}
	tb := found.Tables[0]
	for i, want := range []ooxml.Kind{ooxml.Error, ooxml.Picture, ooxml.Picture, ooxml.Blank} {
		if got := tb.Untyped(&tb.Rows[i], 1); got != want || tb.Untyped(&tb.Rows[i], 0) != ooxml.Blank {
			t.Errorf("row %d: %v, want %v", tb.Rows[i].Row, got, want)
		}
	}
}
