package table

import (
	"strings"
	"testing"
)

func TestNormalizeFoldsWhatPeopleVary(t *testing.T) {
	for in, want := range map[string]string{
		"牵 头 单 位":      "牵头单位",
		"牵头\n单位":       "牵头单位",
		"序　号":          "序号",
		"完成时限：":        "完成时限",
		"佐证材料（链接）":     "佐证材料",
		"佐证材料(链接)【必填】": "佐证材料",
		"*任务名称":        "任务名称",
		"ＮＯ．":          "no",
		"Lead  Unit":   "leadunit",
		"牵头（责任）单位":     "牵头(责任)单位",
		"（备注）":         "(备注)",
		"备注)(":         "备注)(",
		"":             "",
		"：（）":          "()",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHeadersAreFound(t *testing.T) {
	tests := []struct {
		name, drawing string
		merges        []string
		header        [2]int
		keys, rows    string
	}{
		{
			name: "groups that are not merged", header: [2]int{1, 2}, rows: "3 4",
			keys: "A=number B=title C=lead D=support E=deadline",
			drawing: `
序号|重点任务|责任分工||完成时限
||牵头单位|配合单位|
1|修路|住建局|交通局|6月底
2|架桥|交通局||年内`[1:],
		},
		{
			name: "a row of nothing but groups over the header", header: [2]int{2, 3}, rows: "4",
			keys:   "A=number B=title C=lead D=support E=status F=progress",
			merges: []string{"A1:F1", "A2:B2", "C2:D2", "E2:F2"},
			drawing: `
台账
基本情况||责任分工||进度
序号|重点任务|牵头单位|配合单位|完成状态|进展情况
1|修路|住建局||完成|通车`,
		},
		{
			name: "merged label lines are no groups", header: [2]int{2, 2}, rows: "3",
			keys:   "A=number B=title C=lead D=deadline",
			merges: []string{"A1:B1", "C1:D1"},
			drawing: `
填报单位：住建局||填报时间：7月
序号|重点任务|牵头单位|完成时限
1|修路|住建局|年内`,
		},
		{
			name: "a heading merged over columns, as the cells below it, is one column", header: [2]int{2, 2},
			rows:   "3 4",
			keys:   "A=number B=title D=lead E=deadline",
			merges: []string{"A1:E1", "B2:C2", "B3:C3", "B4:C4"},
			drawing: `
台账
序号|重点任务||牵头单位|完成时限
1|修路||住建局|年内
2|架桥||交通局|6月底`,
		},
		{
			name: "a heading merged over columns that each hold something", header: [2]int{1, 1}, rows: "2 3",
			keys:   "A=number B=title C=重点任务 D=lead",
			merges: []string{"B1:C1"},
			drawing: `
序号|重点任务||牵头单位
1|修路|东段|住建局
2|架桥|西桥|交通局`,
		},
		{
			name: "group and sub-heading make the word together", header: [2]int{1, 2}, rows: "3",
			keys:   "A=title B=leader C=owner D=lead",
			merges: []string{"A1:A2", "B1:C1", "D1:D2"},
			drawing: `
主要任务|责任||责任单位
|领导|人|
修路|张|李|住建局`,
		},
		{
			name: "a group's meaning goes to its first column", header: [2]int{1, 2}, rows: "3",
			keys:   "A=title B=progress C=进展情况/二季度 D=lead",
			merges: []string{"A1:A2", "B1:C1", "D1:D2"},
			drawing: `
主要任务|进展情况||牵头单位
|一季度|二季度|
修路|开工|通车|住建局`,
		},
		{
			name: "label lines above that hold headings are no header", header: [2]int{2, 2}, rows: "3",
			keys: "A=title B=lead C=deadline",
			drawing: `
牵头单位：|住建局|联系人：
主要任务|牵头单位|完成时限
修路|住建局|年内`,
		},
		{
			name: "责任单位 supports where somebody leads", header: [2]int{1, 1}, rows: "2",
			keys: "A=title B=support C=lead D=completed E=deadline",
			drawing: `
主要任务|责任单位|牵头单位|完成时间|完成时限
修路|交通局|住建局||年内`,
		},
		{
			name: "完成情况 in prose is progress", header: [2]int{1, 1}, rows: "2 3",
			keys: "A=title B=lead C=deadline D=progress",
			drawing: `
主要任务|责任单位|完成时间|完成情况
修路|住建局|年内|完成
架桥|交通局|年内|桩基打了一半`,
		},
		{
			name: "a bracketed heading listed that way wins over the bare one", header: [2]int{1, 1}, rows: "2",
			keys: "A=title B=lead C=support",
			drawing: `
主要任务|牵头（责任）单位|责任（配合）单位
修路|住建局|交通局`,
		},
		{
			name: "a row that numbers the columns", header: [2]int{1, 1}, rows: "3",
			keys: "A=number B=title C=lead D=deadline",
			drawing: `
序号|主要任务|牵头单位|完成时限
1|2|3|4
1|修路|住建局|年内`,
		},
		{
			name: "columns without heading that hold values", header: [2]int{1, 1}, rows: "2 3",
			keys: "A=column A B=title C=column C D=lead E=deadline F=column F",
			drawing: `
|主要任务||牵头单位|完成时限
1|修路|甲|住建局|年内|看现场
2|架桥|乙|交通局|年内`,
		},
		{
			name: "the stronger of two names has the field", header: [2]int{1, 1}, rows: "2",
			keys: "A=title B=联系人 C=owner D=lead",
			drawing: `
主要任务|联系人|责任人|牵头单位
修路|王|李|住建局`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tables, _ := find(t, 1, tt.drawing, tt.merges...)
			got := tables[0]
			if h := [2]int{got.Place.HeaderFirst, got.Place.HeaderLast}; h != tt.header {
				t.Errorf("header %v, want %v", h, tt.header)
			}
			if k := keysOf(got); k != tt.keys {
				t.Errorf("columns %s\n   want %s", k, tt.keys)
			}
			if r := rowsOf(got); r != tt.rows {
				t.Errorf("data rows %s, want %s", r, tt.rows)
			}
		})
	}
}

func TestTablesSideBySideAndStacked(t *testing.T) {
	tables, _ := find(t, 3, `
任务||||单位
主要任务|牵头单位|完成时限||单位名称|联系电话
修路|住建局|年内||住建局|1
架桥|交通局|年内||交通局|2
||||水利局|3

年度活动
类型|单位|日期
培训|住建局|3月`)
	for i, want := range []struct{ kind, rows, title string }{
		{"tasks", "3 4", "任务"}, {"units", "3 4 5", "单位"}, {"activities", "9", "年度活动"},
	} {
		if got := tables[i]; got.Kind != want.kind || rowsOf(got) != want.rows || got.Place.Title[0] != want.title {
			t.Errorf("table %d: %s, rows %s, title %q; want %v", i, got.Kind, rowsOf(got), got.Place.Title, want)
		}
	}
	if f := tables[0].Place.Footer; f != 7 {
		t.Errorf("the first table ends at %d, want 7, the next one's title", f)
	}
}

func TestMergedCaptionsOfNeighboursAreTitles(t *testing.T) {
	tables, _ := find(t, 2, `
任务||||单位
主要任务|牵头单位|完成时限||单位名称|联系电话
修路|住建局|年内||住建局|1`, "A1:C1", "E1:F1")
	if got := tables[0]; got.Place.HeaderFirst != 2 || got.Place.Title[0] != "任务" ||
		keysOf(got) != "A=title B=lead C=deadline" {
		t.Errorf("header from %d, titles %q, columns %s", got.Place.HeaderFirst, got.Place.Title, keysOf(got))
	}
}

func TestATableSetInTwoColumnsIsTwoTables(t *testing.T) {
	tables, _ := find(t, 2, `
序号|主要任务|牵头单位|序号|主要任务|牵头单位
1|修路|住建局|3|架桥|交通局
2|清淤|水利局`)
	if keysOf(tables[1]) != "D=number E=title F=lead" || rowsOf(tables[0]) != "2 3" || rowsOf(tables[1]) != "2" {
		t.Errorf("%s rows %s and %s", keysOf(tables[1]), rowsOf(tables[0]), rowsOf(tables[1]))
	}
}

func TestBlocksOfOneLayoutAreOneTable(t *testing.T) {
	tables, _ := find(t, 1, `
一、城区
序号|主要任务|牵头单位
1|修路|住建局
二、乡镇
序号|主要任务|牵头单位
1|清淤|水利局`)
	got := tables[0]
	if rowsOf(got) != "3 6" || skippedOf(got) != "4:category 5:header" || got.Rows[1].Section != "二、乡镇" {
		t.Errorf("rows %s, skipped %s, section %q", rowsOf(got), skippedOf(got), got.Rows[1].Section)
	}
}

func TestDuplicateHeadingsAreNamed(t *testing.T) {
	_, problems := find(t, 1, `
主要任务|责任人|牵头单位|责 任 人|联系人|责任人
修路|张|住建局|李|王|赵`)
	if len(problems) != 3 {
		t.Fatalf("%d problems, want 3", len(problems))
	}
	for i, want := range []struct {
		cell     string
		severity Severity
	}{{"D1", Err}, {"E1", Warning}, {"F1", Err}} {
		if p := problems[i]; p.Cell.String() != want.cell || p.Severity != want.severity ||
			p.Text.Args["First"] != "B1" || p.Text.Args["Second"] != want.cell {
			t.Errorf("problem %d: %s, %v, %v", i, p.Cell, p.Severity, p.Text.Args)
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	tables, _ := find(t, 1, `
主要任务|责任人|牵头单位|责任人|责任人|title|title
修路|张|住建局|李|王|x|y`)
	if got, want := keysOf(tables[0]), "A=title B=owner C=lead D=责任人 E=责任人#2 F=title#2 G=title#3"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}

func TestTheLikeliestRowIsShownWhereNoneFits(t *testing.T) {
	for _, tt := range []struct {
		drawing    string
		row        int
		recognised int
	}{
		{"台账\n事情|谁|备注|完成时限\n搬家|甲||周五", 2, 2},
		{"牵头部门|数\n甲|1", 1, 1},
		{"一|二\n三|四|五|备注", 2, 1},
		{"只有一句话", 0, 0},
	} {
		sf, _ := findSheet(sheetOf(tt.drawing), plain{}, newMatcher(testSchemas()))
		switch c := sf.Candidate; {
		case c == nil && tt.row != 0:
			t.Errorf("%q: no candidate", tt.drawing)
		case c != nil && (c.Row != tt.row || len(c.Recognised) != tt.recognised):
			t.Errorf("%q: row %d with %v, want row %d with %d fields", tt.drawing, c.Row, c.Recognised, tt.row,
				tt.recognised)
		}
	}
}

func TestValuesThatReadLikeHeadingsCostNothing(t *testing.T) {
	tables, _ := find(t, 1, "序号|重点任务|牵头单位|类型\n"+strings.Repeat("1|修路|住建局|类型\n", 20_000))
	if n := len(tables[0].Rows); n != 20_000 {
		t.Errorf("%d rows", n)
	}
}

// One date beside figures is a row of values, whatever its texts read like; days of a
// calendar are headings.
func TestARowWithADateAndFiguresIsNoHeader(t *testing.T) {
	for _, c := range []struct {
		row   string
		dates []int // columns
		want  bool
	}{
		{"第二季度重点任务|45440|各科室|17", []int{2}, true},
		{"重点任务|45440|45441|45442", []int{2, 3, 4}, false},
		{"重点任务|牵头单位|1|2|3", nil, false},
		{"重点任务|牵头单位|45440", []int{3}, false},
	} {
		s := sheetOf(c.row)
		for _, col := range c.dates {
			s.Cells[col-1].Style = 14
		}
		if got := newGrid(s, plain{}).holdsValues(1); got != c.want {
			t.Errorf("%s: %v, want %v", c.row, got, c.want)
		}
	}
}
