package summary_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/syncer"
)

func TestChangesAndConflictsAreListed(t *testing.T) {
	src := sampleSource(t)
	at := time.Date(2022, 9, 2, 1, 0, 0, 0, time.UTC)
	src.Log = slices.Insert(src.Log, 0, syncer.Entry{Revision: "c", Parents: []string{"b"}, Time: at, Author: "财政局",
		Source: "财政局.xlsx", Changes: []syncer.Change{
			{Kind: "tasks", Task: "x", Number: "23", Title: "新任务", What: "added"},
			{Kind: "tasks", Task: "x", Number: "23", Title: "新任务", What: "added", Field: "title", To: "新任务"},
			{Kind: "tasks", Task: "x", Number: "23", Title: "新任务", What: "added", Field: "lead", To: "财政局"},
		}})
	f := open(t, export(t, summary.Options{Zone: time.FixedZone("北京", 8*3600)}, src))
	want := [][]string{
		{"时间", "修改人", "来源", "序号", "任务", "栏目", "原值", "新值"},
		{"2022-09-02 09:00", "财政局", "返回的文件 财政局.xlsx", "23", "新任务", "新增", "", "任务名称：新任务\n牵头单位：财政局"},
		{"2022-09-01 10:30", "王协调", "在本程序中修改", "4", "公开平台", "完成状态", "未启动", "推进中"},
	}
	if d := cmp.Diff(want, rowsOf(t, f, "变更记录")[2:]); d != "" {
		t.Errorf("changes (-want +got)\n%s", d)
	}
	want = [][]string{
		{"序号", "任务", "栏目", "共同原值", "台账现值", "现值修改", "对方的值", "对方修改"},
		{"5", "政策咨询服务", "进展情况", "甲", "乙", "王协调\n2022-09-01 10:30", "丙", "财政局\n2022-09-01 10:30"},
	}
	if d := cmp.Diff(want, rowsOf(t, f, "未决冲突")[2:]); d != "" {
		t.Errorf("conflicts (-want +got)\n%s", d)
	}
}

func TestALongHistoryIsCutWithASentence(t *testing.T) {
	src := sampleSource(t)
	src.Log[0].Changes = nil
	for i := range 3000 {
		src.Log[0].Changes = append(src.Log[0].Changes, syncer.Change{Kind: "tasks", Title: "任务", Field: "remark",
			To: fmt.Sprint(i)})
	}
	rows := rowsOf(t, open(t, export(t, summary.Options{}, src)), "变更记录")
	if len(rows) != 3+2000 || !strings.Contains(rows[1][0], "3000") || !strings.Contains(rows[1][0], "2000") {
		t.Errorf("%d rows, below the title: %q", len(rows), rows[1])
	}
}

func TestOnlySoManyUnitsGetASheet(t *testing.T) {
	var tasks [][5]string
	for i := range 230 {
		for range 1 + i%3 {
			tasks = append(tasks, [5]string{"任务", fmt.Sprintf("第%d局", i), "6月底前", "推进中", ""})
		}
	}
	f := open(t, export(t, summary.Options{}, office("大台账", tasks...)))
	if n := len(f.GetSheetList()); n != 200+7 {
		t.Errorf("%d sheets", n)
	}
	rows := rowsOf(t, f, "汇总")
	if last := rows[len(rows)-1][0]; !strings.Contains(last, "另有30个单位") {
		t.Errorf("the summary ends with %q", last)
	}
}

func TestOverdueIsWorstFirst(t *testing.T) {
	f := open(t, export(t, summary.Options{}, office("台账",
		[5]string{"近", "财政局", "2022-10-10", "推进中", ""}, [5]string{"未到", "财政局", "2022-12-10", "推进中", ""},
		[5]string{"远", "", "2022-01-10", "未启动", ""}, [5]string{"已办", "财政局", "2022-01-10", "已完成", ""})))
	want := [][]string{
		{"序号", "牵头单位", "任务名称", "完成时限", "逾期天数", "完成状态"},
		{"1", "未明确牵头单位", "远", "2022-01-10", "283", "未启动"}, {"2", "财政局", "近", "2022-10-10", "10", "推进中"},
	}
	if d := cmp.Diff(want, rowsOf(t, f, "逾期清单")[2:]); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	links, err := f.GetHyperLinkCells("汇总", "Location")
	if err == nil && len(links) == 0 {
		t.Error("no links on the summary")
	}
	ok, target, err := f.GetCellHyperLink("汇总", "B3")
	if !ok || target != "'逾期清单'!A1" {
		t.Errorf("link %v %q %v", ok, target, err)
	}
}

func TestRequirementsAndEvents(t *testing.T) {
	rows := rowsOf(t, open(t, export(t, summary.Options{}, sampleSource(t))), "年度要求")
	text := func(row []string) string { return strings.Join(row, "|") }
	var got []string
	for _, r := range rows {
		got = append(got, text(r))
	}
	for _, want := range []string{"序号|单位|政务公开工作培训|政府开放日", "1|全台账|—|待完成（0/1）", "2|党政办公室|已达标（1/1）|—",
		"7|建设局|时间紧（0/1）|—"} {
		if !slices.Contains(got, want) {
			t.Errorf("no row %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
}

func TestLedgersOfOneTitleAreToldApart(t *testing.T) {
	a := office("重点任务台账", [5]string{"甲事", "财政局", "6月底前", "推进中", ""})
	b := office("重点任务台账", [5]string{"乙事", "财政局", "6月底前", "推进中", ""})
	a.File, b.File = "春.xlsx", "秋.xlsx"
	rows := rowsOf(t, open(t, export(t, summary.Options{}, a, b)), "任务总表")
	ledgers := map[string]bool{}
	for _, row := range rows[3:] {
		ledgers[row[slices.Index(rows[2], "台账")]] = true
	}
	if !ledgers["重点任务台账 (春.xlsx)"] || !ledgers["重点任务台账 (秋.xlsx)"] || len(ledgers) != 2 {
		t.Errorf("the ledgers are called %v", ledgers)
	}
}

// Plans have long titles, and a narrow sheet breaks them over several lines.
func TestALongTitleIsNotCutByItsRow(t *testing.T) {
	long := "2022年高新技术产业开发区政务公开（政府信息公开）重点工作任务分工实施方案任务台账"
	f := open(t, export(t, summary.Options{}, office(long, [5]string{"甲", "财政局", "2022-12-10", "推进中", ""})))
	g := open(t, export(t, summary.Options{}, office("台账", [5]string{"甲", "财政局", "2022-12-10", "推进中", ""})))
	for _, sheet := range []string{"逾期清单", "落实情况"} {
		h, err := f.GetRowHeight(sheet, 1)
		one, err2 := g.GetRowHeight(sheet, 1)
		if err != nil || err2 != nil || one > 40 || h < 2*25 { // two lines of 20 points
			t.Errorf("%s: %v points, %v of a short title: %v %v", sheet, h, one, err, err2)
		}
	}
}

func TestTheBulletinIsASheetOfTheExport(t *testing.T) {
	src := sampleSource(t)
	sheets := open(t, export(t, summary.Options{}, src)).GetSheetList()
	if slices.Contains(sheets, "通报") {
		t.Error("there is a sheet for no bulletin")
	}
	src.Bulletin = bulletin.Make(bulletin.Input{Period: bulletin.Month(2022, 10), Start: src.Ledger,
		Earlier: src.Ledger, End: src.Ledger})
	f := open(t, export(t, summary.Options{}, src))
	rows := rowsOf(t, f, "通报")
	if got := strings.Join(rows[2], " "); !strings.HasPrefix(got, "名次 单位 任务 已完成 未到期 逾期 完成 上期完成 按时 上期按时") {
		t.Errorf("headings %s", got)
	}
	last := rows[len(rows)-1]
	if last[1] != "合计" || last[2] != strconv.Itoa(len(src.Ledger.Tasks)) {
		t.Errorf("the last row is %q", last)
	}
	if a, b := export(t, summary.Options{}, src), export(t, summary.Options{}, src); !bytes.Equal(a, b) {
		t.Error("the bytes differ from one time to the next")
	}
}
