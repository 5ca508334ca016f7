// Command ledgers_excelize makes the test ledgers that come from excelize.
// Every name, unit and sentence here is invented.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

func main() {
	for name, fill := range map[string]func(*excelize.File) error{
		"minsheng-excelize.xlsx": minsheng,
		"stacked-excelize.xlsx":  stacked,
	} {
		f := excelize.NewFile()
		if err := fill(f); err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		if err := f.SaveAs(filepath.Join(os.Args[1], name)); err != nil {
			log.Fatal(err)
		}
	}
}

func put(f *excelize.File, sheet string, rows map[string][]any) error {
	for at, row := range rows {
		if err := f.SetSheetRow(sheet, at, &row); err != nil {
			return err
		}
	}
	return nil
}

// minsheng: prepared, numbered, bordered rows below the data; full-width digits;
// 完成情况 holds status words; 完成时间 is the only deadline; lead cells merged.
func minsheng(f *excelize.File) error {
	const sheet = "民生实事"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if err := put(f, sheet, map[string][]any{
		"A1": {"２０２３年区政府民生实事项目进度表"},
		"A2": {"填报人：苏晴", nil, nil, nil, nil, "填报日期：2023年9月1日"},
		"A3": {"序号", "任务事项", "工作目标", "主责单位", "参与单位", "完成时间", "完成情况", "联络员", "联系方式", "佐证\n材料（链接）"},
		"A4": {"１", "新增公办幼儿园学位", "新增学位一千二百个", "教育局", "财政局、住建局", "８月３１日前", "已完成", "孟晚", "0102-5550301",
			"https://example.invalid/b"},
		"A5":  {"２", "中小学午间躺睡", "覆盖三十所学校", nil, nil, "２０２３年１０月底前", "推进中", "孟晚", "0102-5550301"},
		"A6":  {"３", "口袋公园", "建成五座", "园林局", "各街道办事处", "年底前", "推进中", "叶舟", "0102-5550302"},
		"A7":  {"４", "农贸市场快检室", "每个市场一间", "市场监管局", nil, "第二季度", "未完成", "高明", "0102-5550303"},
		"A8":  {"５", "独居老人安装烟感", "应装尽装", "民政局", "消防大队", "2023年7月至11月", "推进中", "苏晴", "0102-5550304"},
		"A9":  {"６"},
		"A10": {"７"},
		"A11": {"８"},
		"A13": {"填表说明：完成情况从下拉列表中选取。"},
	}); err != nil {
		return err
	}
	for _, m := range [][2]string{{"A1", "J1"}, {"D4", "D5"}, {"H4", "H5"}, {"I4", "I5"}} {
		if err := f.MergeCell(sheet, m[0], m[1]); err != nil {
			return err
		}
	}
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "000000", Style: 1} }
	box, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{line("left"), line("right"), line("top"),
		line("bottom")}})
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(sheet, "A3", "J11", box); err != nil {
		return err
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref("G4:G11")
	if err := dv.SetDropList([]string{"未完成", "推进中", "已完成"}); err != nil {
		return err
	}
	return f.AddDataValidation(sheet, dv)
}

// stacked: two task tables one above the other, each with its own title, the
// second with other columns and a heading twice.
func stacked(f *excelize.File) error {
	return put(f, "Sheet1", map[string][]any{
		"A1":  {"表一 巡查发现问题（2022年）"},
		"A2":  {"序号", "主要任务", "整改措施", "牵头部门", "整改时限", "办理状态"},
		"A3":  {1, "台账更新不及时", "每月末核对一次", "综合科", "2022年3月31日前", "销号"},
		"A4":  {2, "公车派车单缺项", "改用电子派车", "后勤科", "2022年4月15日前", "办理中"},
		"A7":  {"表二 群众来信事项"},
		"A8":  {"编号", "工作任务", "承办科室", "联系人", "办结时限", "进展情况", "办结时限"},
		"A9":  {"X-01", "窗口午间无人值守", "政务科", "龙门", "2022-05-10", "已安排轮班", "2022-05-20"},
		"A10": {"X-02", "停车收费不开票", "财务科", "钱进", "2022-06-10", "补开发票", nil},
		"A11": {"X-03", "路灯不亮", "后勤科", "石磊", "2022-06-20", "已报修", nil},
	})
}
