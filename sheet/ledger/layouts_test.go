package ledger

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// layout is a sheet as an office may keep it, drawn with | between cells, and
// what a person reads in it.
type layout struct {
	name    string
	drawing string
	merges  []string
	// columns are the fields in the order of the sheet's columns; "-" for one that
	// means none, "?" where two people would differ.
	columns string
	rows    string // the rows that are tasks; "none" if the sheet is no task list
	due     map[int]string
	status  map[int]StatusKind
}

var layouts = []layout{
	{
		name: "three columns and owners only", columns: "title owner deadline", rows: "2 3 4",
		due: map[int]string{2: "2024-05-31", 4: "2024-06-15"},
		drawing: `
要办的事项|谁负责|什么时候完成
搬迁档案室|周敏|5月底前
更换门禁系统|吴海涛|2024年6月1日
组织消防演练|郑洁、周敏|6.15前`,
	},
	{
		name: "planned and actual pairs under groups", columns: "number title owner - deadline - completed status",
		rows:   "3 4 5",
		merges: []string{"A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1", "H1:H2"},
		due:    map[int]string{3: "2024-03-15"},
		drawing: `
序号|工作内容|承办人|计划||实际||状态
|||起|止|起|止|
1|需求调研|林晓|2024-03-01|2024-03-15|2024-03-02|2024-03-20|已完成
2|系统开发|高远|2024-03-16|2024-06-30|2024-03-21||进行中
3|上线试运行|高远|2024-07-01|2024-07-31|||未开始`,
	},
	{
		name: "quarters of progress", columns: "number section title lead support progress - - remark", rows: "4 5 6",
		merges: []string{"A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:H2", "I2:I3", "B4:B5"},
		drawing: `
2024年乡村振兴重点工作推进表
序号|工作类别|年度重点任务|责任单位||工作推进情况|||备注
|||牵头|配合|一季度|二季度|三季度|
1|产业发展|建设高标准农田3000亩|农业农村局|财政局|完成招标|开工建设||
2||培育家庭农场20家|农业农村局|各乡镇|已培育5家|已培育12家||
3|人居环境|改造户厕800户|住建局|卫健局|完成摸底|改造300户||`,
	},
	{
		name: "ticks for what is done", columns: "number title lead deadline status", rows: "3 4 5",
		merges: []string{"A1:E1"}, status: map[int]StatusKind{3: Done, 4: NotStarted},
		drawing: `
安全隐患整改销号表
编号|隐患描述|整改责任单位|整改期限|是否整改到位
1|消防通道堵塞|后勤服务中心|2024-04-10|是
2|配电箱无警示标志|后勤服务中心|2024-04-15|否
3|灭火器过期|保卫处|2024-04-20|是`,
	},
	{
		name: "leaders before units", columns: "number title requirement leader lead owner phone deadline", rows: "2 3",
		drawing: `
序号|民生实事项目|建设内容及标准|包联县领导|责任部门|具体联络人|联系电话（手机）|完成节点
1|老城区供水管网改造|更换管网12公里|李建国|县住建局|马涛|13800000001|2024年10月底
2|新建社区养老服务站|建成并运营5处|王秀英|县民政局|丁娟|13800000002|2024年12月底`,
	},
	{
		name: "bands, totals, signatures and prepared rows", columns: "number title lead deadline status",
		rows:   "4 5 7",
		merges: []string{"A1:E1", "A3:E3", "A6:E6"},
		drawing: `
重点工作台账
序号|工作事项|责任科室|时限|进度状态
一、党建工作
1|开展主题党日活动|机关党委|每月|推进中
2|发展党员2名|机关党委|12月底前|推进中
二、业务工作
3|修订内部控制制度|财务科|9月30日前|已完成
4||||未启动
5||||未启动
合计|3项|||
制表人：王芳||审核人：赵强||填表日期：2024年3月1日`,
	},
	{
		name: "a last row without a title, in whose state somebody wrote", columns: "number title lead deadline status",
		rows: "2 3 4", status: map[int]StatusKind{4: UnknownStatus},
		drawing: `
序号|工作事项|责任科室|时限|进度状态
1|开展主题党日活动|机关党委|每月|推进中
2|修订内部控制制度|财务科|9月30日前|已完成
3||||等王处回来再定`,
	},
	{
		name: "a last row without a title, prepared", columns: "number title lead deadline status", rows: "2 3",
		drawing: `
序号|工作事项|责任科室|时限|进度状态
1|开展主题党日活动|机关党委|每月|推进中
2|修订内部控制制度|财务科|9月30日前|已完成
3||||未启动`,
	},
	{
		name: "titles under a merged task", columns: "number section title owner deadline progress", rows: "2 3 4 5",
		merges: []string{"A2:A3", "B2:B3", "A4:A5", "B4:B5"},
		drawing: `
序号|任务|任务分解|责任人|完成日期要求|目前进展
1|数据治理|梳理数据目录|邓超|2024/4/30|已梳理120项
|||孙悦|2024/5/31|初稿
2|平台建设|确定建设方案|黄磊|2024/5/10|
||采购服务器|黄磊|2024/6/30|`,
	},
	{
		name: "English action log", columns: "code title owner - deadline status completed remark", rows: "2 3 4",
		status: map[int]StatusKind{2: Done, 3: InProgress},
		drawing: `
Ref|Action item|Assigned to|Raised on|Target date|Current status|Closed on|Comments
A-01|Replace pump seals|J. Smith|2024-01-08|2024-02-15|Closed|2024-02-12|
A-02|Review risk register|M. Jones|2024-01-15|2024-03-01|In progress||waiting for audit
A-03|Train new operators|P. Brown|2024-01-22|2024-03-31|Not started||`,
	},
	{
		name: "traditional characters", columns: "number title lead owner deadline status", rows: "2 3",
		drawing: `
項次|工作項目|負責單位|負責人員|預定完成日期|辦理狀態
1|修訂作業手冊|資訊室|陳志明|2024/5/31|辦理中
2|設備汰換|總務科|林美華|2024/8/31|未開始`,
	},
	{
		name: "compatibility characters from a PDF", columns: "number title lead deadline", rows: "2 3",
		drawing: `
序号|重点⼯作|责任单位|完成时间（年⽉⽇）
1|推进⽣态修复|林业局|2024年9⽉底
2|完成河道清淤|⽔利局|2024年6⽉底`,
	},
	{
		name: "share of completion", columns: "title owner - deadline status", rows: "2 3 4",
		status: map[int]StatusKind{2: Done, 3: InProgress, 4: NotStarted},
		drawing: `
子任务|执行人|启动时间|结束时间|完成百分比
接口联调|何静|2024-01-02|2024-01-15|100%
压力测试|罗兵|2024-01-16|2024-01-31|60%
部署上线|罗兵|2024-02-01|2024-02-08|0%`,
	},
	{
		name: "meeting decisions", columns: "number - title lead deadline progress", rows: "3 4",
		merges: []string{"A1:F1"},
		drawing: `
区政府常务会议议定事项落实情况
序号|会议时间|议定事项|承办单位|要求完成时限|落实情况
1|2024-01-12|研究物业管理办法|住建局|2024-03-31|已印发
2|2024-02-05|审议招商引资方案|商务局|2024-04-30|正在征求意见`,
	},
	{
		name: "deadline words and unit of measure", columns: "number title - - lead deadline", rows: "2 3 4",
		drawing: `
序号|指标任务名称|计量单位|目标值|责任单位|时间要求
1|新增城镇就业|人|5000|人社局|年底前
2|植树造林|公里|120|林业局|上半年
3|开展技能培训|次|30|人社局|每季度末`,
	},
	{
		name: "questions of a review with answers", columns: "number title - owner status", rows: "2 3",
		drawing: `
问题编号|问题描述|问题类型|处理人|处理状态
1|列表加载过慢|性能|谭伟|已解决
2|导出文件乱码|缺陷|汪洋|处理中`,
	},
	// Lists that are no task lists.
	{name: "assets", rows: "none", drawing: `
资产编号|资产名称|规格型号|数量|单价|使用部门|保管人|购置日期|状态
ZC001|台式电脑|M430|1|4500|财务科|李静|2021-03-01|在用
ZC002|打印机|P1108|2|1200|办公室|王强|2020-06-15|报废`},
	{name: "contracts", rows: "none", drawing: `
合同编号|合同名称|供应商|合同金额|签订日期|到期日期|经办部门
HT01|物业服务合同|安居物业公司|120000|2024-01-01|2024-12-31|后勤科
HT02|网络运维合同|云联公司|80000|2024-02-01|2025-01-31|信息科`},
	{name: "duty roster", rows: "none", drawing: `
日期|星期|带班领导|值班人员|值班电话
2024-05-01|三|李明|张伟|5550001
2024-05-02|四|王芳|刘洋|5550001`},
	{name: "contact list", rows: "none", drawing: `
姓名|性别|单位|职务|手机号码
张伟|男|财政局|科长|13800000001
李娜|女|教育局|主任|13800000002`},
	{name: "vehicles", rows: "none", drawing: `
车牌号|车型|驾驶员|所属单位|年检到期日|状态
吉A00001|轿车|赵军|机关事务中心|2024-09-30|正常
吉A00002|越野车|钱勇|应急局|2024-11-30|维修`},
	{name: "students", rows: "none", drawing: `
学号|姓名|班级|课程名称|成绩|任课教师
2024001|张三|一班|数学|90|李老师
2024002|李四|二班|语文|85|王老师`},
	{name: "stock", rows: "none", drawing: `
物品名称|规格|单位|入库数量|出库数量|库存|负责人
A4纸|70g|箱|20|5|15|周洁
墨盒|802|个|10|2|8|周洁`},
	{name: "meetings held", rows: "none", drawing: `
会议名称|会议时间|会议地点|主持人|参会人数
周例会|2024-03-04|301会议室|李明|12
月度会|2024-03-29|大会议室|王芳|30`},
	{name: "projects with money", rows: "none", drawing: `
项目名称|建设地点|总投资（万元）|资金来源|建设面积
文化广场|城东|1200|财政|5000
体育馆|城西|8000|债券|12000`},
}

// book makes a workbook of a layout.
func (l *layout) book(t *testing.T) *ooxml.Workbook {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for r, line := range strings.Split(strings.TrimPrefix(l.drawing, "\n"), "\n") {
		for c, text := range strings.Split(line, "|") {
			if text == "" {
				continue
			}
			at := a1.Ref{Row: r + 1, Col: c + 1}.String()
			var value any = text
			if day, err := time.Parse(time.DateOnly, text); err == nil {
				value = day
			} else if n := 0; strings.Trim(text, "0123456789") == "" && len(text) < 8 && text[0] != '0' {
				fmt.Sscan(text, &n)
				value = n
			}
			if err := f.SetCellValue("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, m := range l.merges {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	wb, err := ooxml.Read("", buf.Bytes(), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return wb
}

func TestLayoutsOfManyOfficesAreRead(t *testing.T) {
	for _, l := range layouts {
		t.Run(l.name, func(t *testing.T) {
			opt := Options{Today: time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), Year: 2024}
			found, err := table.Find(l.book(t), Schemas(opt))
			if err != nil {
				t.Fatal(err)
			}
			led := Build(found.Tables, opt)
			var tasks []*table.Table
			for _, x := range found.Tables {
				if x.Kind == KindTasks {
					tasks = append(tasks, x)
				} else if l.rows == "none" {
					t.Errorf("taken for %s", x.Kind)
				}
			}
			if l.rows == "none" {
				if len(tasks) > 0 {
					t.Errorf("taken for a task list: %v", columnsOf(tasks[0]))
				}
				return
			}
			if len(tasks) != 1 {
				t.Fatalf("%d task lists", len(tasks))
			}
			got := columnsOf(tasks[0])
			for i, want := range strings.Fields(l.columns) {
				if want != "?" && got[i+1] != strings.Trim(want, "-") {
					t.Errorf("column %s is %q, want %q", a1.ColumnName(i+1), got[i+1], want)
				}
			}
			var rows []string
			for _, task := range led.Tasks {
				rows = append(rows, fmt.Sprint(task.Source.Row))
				if want, ok := l.due[task.Source.Row]; ok && (task.Deadline.Due.IsZero() ||
					task.Deadline.Due.Format(time.DateOnly) != want) {
					t.Errorf("row %d is due %v, want %s", task.Source.Row, task.Deadline, want)
				}
				if want, ok := l.status[task.Source.Row]; ok && task.Status.Kind != want {
					t.Errorf("row %d is %s, want %s", task.Source.Row, task.Status.Kind, want)
				}
			}
			if got := strings.Join(rows, " "); got != l.rows {
				t.Errorf("tasks in rows %s, want %s", got, l.rows)
			}
		})
	}
}

// columnsOf are the fields of a table by column.
func columnsOf(t *table.Table) map[int]string {
	out := map[int]string{}
	for _, c := range t.Columns {
		out[c.Col] = c.Field
	}
	return out
}

// TestColumnsAreReadInAnyOrder turns the columns of the one-row headers round: what
// they mean does not depend on where they stand.
func TestColumnsAreReadInAnyOrder(t *testing.T) {
	wrong, all := 0, 0
	for _, l := range layouts {
		if l.rows == "none" || len(l.merges) > 1 || slices.Contains(strings.Fields(l.columns), "section") {
			continue
		}
		lines := strings.Split(strings.TrimPrefix(l.drawing, "\n"), "\n")
		fields := strings.Fields(l.columns)
		for i, line := range lines {
			if cells := strings.Split(line, "|"); len(cells) == len(fields) {
				slices.Reverse(cells)
				lines[i] = strings.Join(cells, "|")
			}
		}
		slices.Reverse(fields)
		turned := layout{drawing: strings.Join(lines, "\n")}
		found, err := table.Find(turned.book(t), Schemas(Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Tables) != 1 || found.Tables[0].Kind != KindTasks {
			t.Errorf("%s: not found with its columns turned round", l.name)
			continue
		}
		got := columnsOf(found.Tables[0])
		for i, want := range fields {
			all++
			if want != "?" && got[i+1] != strings.Trim(want, "-") {
				wrong++
				t.Logf("%s: column %d is %q, want %q", l.name, i+1, got[i+1], want)
			}
		}
	}
	if wrong*20 > all {
		t.Errorf("%d of %d columns are read otherwise", wrong, all)
	}
}

func TestALogBesideThePlanIsNoPartOfIt(t *testing.T) {
	l := layout{drawing: `
序号|任务名称|责任人|完成时限||日期|内容
1|编制方案|周敏|2024-05-31||2024-03-01|开会
2|组织实施|吴海涛|2024-06-30||2024-03-02|走访
|||||2024-03-03|培训
|||||2024-03-04|检查
|||||2024-03-05|总结`}
	found, err := table.Find(l.book(t), Schemas(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Tables) != 1 || len(found.Tables[0].Rows) != 2 || len(found.Tables[0].Columns) != 4 {
		t.Fatalf("%d tables, the first %+v", len(found.Tables), found.Tables[0])
	}
}

// What was decided stands in one column and how far it is in another: the decision is the
// outcome, whichever comes first.
func TestTheOutcomeOfARequestIsWhatWasDecidedNotHowFarItIs(t *testing.T) {
	for _, decided := range []string{"处理意见", "办理意见", "答复意见", "处理结果"} {
		for _, state := range []string{"处理状态", "办理状态", "当前状态", "状态"} {
			for i, heads := range [][2]string{{decided, state}, {state, decided}} {
				row := func(day, what, outcome, far, done string) string {
					values := [2]string{outcome, far}
					return day + "|甲某|" + what + "|财政局|" + values[i] + "|" + values[1-i] + "|" + done
				}
				l := layout{drawing: strings.Join([]string{"",
					"收到日期|申请人|申请内容|承办单位|" + heads[0] + "|" + heads[1] + "|答复日期",
					row("2025-09-01", "预算", "予以公开", "已办结", "2025-09-10"),
					row("2025-09-02", "规划", "部分公开", "已办结", "2025-09-20"),
					row("2025-09-20", "合同", "", "办理中", "")}, "\n")}
				found, err := table.Find(l.book(t), Schemas(Options{}))
				if err != nil || len(found.Tables) != 1 || found.Tables[0].Kind != "requests" {
					t.Fatal(err, found.Tables)
				}
				if got := columnsOf(found.Tables[0]); got[5+i] != "outcome" {
					t.Errorf("%v: %v", heads, got)
				}
			}
		}
	}
}
