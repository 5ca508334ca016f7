package copies_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml/ooxmltest"
)

// The ledger names 教育局, its person and its telephone wherever a workbook can hold
// a text; no byte of 财政局's copy does.
func TestACopyTellsNothingOfAnotherUnitAnywhere(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fill := func(sheet string, row int, values ...any) {
		name, _ := excelize.CoordinatesToCellName(1, row)
		must(f.SetSheetRow(sheet, name, &values))
	}
	must(f.SetSheetName("Sheet1", "任务"))
	fill("任务", 1, "2022年政务公开任务台账")
	fill("任务", 2, "填报单位：党政办公室", nil, nil, "抄送教育局")
	fill("任务", 3, "序号", "重点任务", "牵头单位", "完成状态", "进展情况", "联系电话", "状态代码")
	fill("任务", 4, 1, "清理台账", "财政局", "推进中", "甲")
	fill("任务", 5, 2, "整修校舍", "教育局", "未启动", "乙")
	fill("任务", 6, 3, "编制预算", "财政局", "未启动", "丙")
	for _, row := range []string{"4", "5", "6"} {
		must(f.SetCellDefault("任务", "F"+row, map[string]string{"4": "13900000111", "5": "13900000222",
			"6": "13900000111"}[row]))
		must(f.SetCellFormula("任务", "F"+row, "VLOOKUP(C"+row+",单位名录!$A$2:$D$4,4,FALSE)"))
		must(f.SetCellDefault("任务", "G"+row, "7"))
		must(f.SetCellFormula("任务", "G"+row, "VLOOKUP(D"+row+",选项!$A$2:$B$4,2,FALSE)"))
	}
	fill("任务", 8, "注：每月25日前报送")
	fill("任务", 9, "教育局已全部报送", nil, nil, "联系王密")
	must(f.SetCellDefault("任务", "B10", "13900000222"))
	must(f.SetCellFormula("任务", "B10", "VLOOKUP(\"教育局\",单位名录!A2:D4,4,FALSE)"))
	must(f.SetCellStr("任务", "K5", "教育局的旁注"))
	must(f.SetCellStr("任务", "K6", "请教育局会签"))
	format := `"教育局"0"件"`
	worded, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(err)
	must(f.SetCellInt("任务", "J8", 17))
	must(f.SetCellStyle("任务", "J8", "J8", worded))
	must(f.SetCellStyle("任务", "J5", "J5", worded))
	must(f.SetCellFormula("任务", "I8", `COUNTIF(C4:C6,"教育局")`))
	must(f.MergeCell("任务", "A9", "C9"))
	must(f.AddComment("任务", excelize.Comment{Cell: "A3", Author: "教育局王密", Text: "教育局也看"}))
	must(f.AddComment("任务", excelize.Comment{Cell: "B5", Text: "教育局没报"}))
	must(f.SetHeaderFooter("任务", &excelize.HeaderFooterOptions{OddHeader: "&C政务公开",
		OddFooter: "&L教育局13900000222&R第&P页"}))
	must(f.SetDocProps(&excelize.DocProperties{Title: "教育局任务", Subject: "教育局", Creator: "王密", LastModifiedBy: "王密",
		Category: "教育局", Description: "教育局", Keywords: "教育局"}))
	must(f.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel", Company: "教育局"}))
	must(f.SetCustomProps(excelize.CustomProperty{Name: "教育局文号", Value: "教育局1号"}))
	for i, v := range []struct{ ref, list string }{{"C4:C6", ""}, {"D4:D6", "选项!$A$2:$A$4"},
		{"E4:E6", "选项!$D$2:$D$4"}} {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = v.ref
		if v.list == "" {
			must(dv.SetDropList([]string{"财政局", "教育局", "党政办公室"}))
		} else {
			dv.SetSqrefDropList(v.list)
		}
		dv.SetError(excelize.DataValidationErrorStyleStop, "错", "请找教育局王密")
		dv.SetInput("教育局填法", "照抄")
		if i == 1 {
			dv.SetInput("提示", "选一个")
		}
		must(f.AddDataValidation("任务", dv))
	}
	style, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	must(err)
	must(f.SetConditionalFormat("任务", "C4:C6", []excelize.ConditionalFormatOptions{
		{Type: "cell", Criteria: "equal to", Value: `"教育局"`, Format: &style},
		{Type: "cell", Criteria: "equal to", Value: `"财政局"`, Format: &style}}))
	must(f.SetConditionalFormat("任务", "B4:B6", []excelize.ConditionalFormatOptions{{Type: "text",
		Criteria: "containing", Value: "教育局", Format: &style}}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "教育局任务", RefersTo: "任务!$A$4:$E$6"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "各单位", RefersTo: `{"财政局","教育局"}`}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "全部任务", Comment: "教育局在内", RefersTo: "任务!$A$4:$E$6"}))
	must(f.AddShape("任务", &excelize.Shape{Cell: "I1", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "教育局"}}}))
	for _, sheet := range []string{"单位名录", "选项", "年度要求"} {
		_, err := f.NewSheet(sheet)
		must(err)
	}
	fill("单位名录", 1, "单位名称", "简称", "联系人", "联系电话")
	fill("单位名录", 2, "财政局", nil, "李明", "13900000111")
	fill("单位名录", 3, "教育局", "教体局", "王密", "13900000222")
	fill("单位名录", 4, "党政办公室", nil, "赵主任", "13900000333")
	fill("单位名录", 6, "教育局电话变更见通知")
	fill("选项", 1, "状态", "代码", nil, "填法", "秘", "户名", "口令")
	fill("选项", 2, "未启动", 7, nil, "按月", "校长私宅", "财政局", "口令甲")
	fill("选项", 3, "推进中", 7, nil, "教体局代填", "校长私宅", "教育局", "口令乙")
	fill("选项", 4, "已完成", 7, nil, "按季", "校长私宅")
	must(f.SetCellStr("任务", "H3", "口令"))
	must(f.SetCellDefault("任务", "H4", "口令甲"))
	must(f.SetCellFormula("任务", "H4", "VLOOKUP(C4,选项!F:G,2,FALSE)"))
	fill("年度要求", 1, "要求", "最少次数", "范围", "单位")
	fill("年度要求", 2, "培训", 1, "每个单位")
	fill("年度要求", 3, "开放日", 1, "每个单位", "教育局")
	c, b := copyFor(t, original(t, f), "财政局")
	all := ""
	for name, text := range ooxmltest.Parts(t, c.Data) {
		wide := ""
		for _, secret := range []string{"教育局", "教体局", "王密", "13900000222", "校长私宅", "旁注", "代填", "口令乙"} {
			for _, u := range utf16.Encode([]rune(secret)) {
				wide += string([]byte{byte(u), byte(u >> 8)})
			}
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("%s: …%.80s", name, text[max(0, i-40):])
			}
			if strings.Contains(text, wide) {
				t.Errorf("%s has %s in UTF-16", name, secret)
			}
			wide = ""
		}
		all += text
	}
	for _, want := range []string{"财政局", "清理台账", "编制预算", "每月25日前报送", "党政办公室", "政务公开", "13900000111", "推进中", "按季", "选一个",
		"培训", "口令甲"} {
		if !strings.Contains(all, want) {
			t.Errorf("the copy lacks %s", want)
		}
	}
	for at, want := range map[string]string{"F4": "13900000111", "F5": "13900000111", "G4": "7", "B9": "", "J7": "",
		"I7": ""} {
		if got, err := b.GetCellValue("任务", at); got != want || err != nil {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	if text, _ := b.GetCellFormula("任务", "G4"); text == "" {
		t.Error("a code that its own list gives became a value")
	}
	if rules, _ := b.GetConditionalFormats("任务"); len(rules) == 0 {
		t.Error("its own rule is gone")
	}
	if dvs, _ := b.GetDataValidations("任务"); len(dvs) != 3 {
		t.Errorf("drop-down lists: %+v", dvs)
	}
}
