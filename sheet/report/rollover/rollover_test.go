package rollover

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
)

var opt = ledger.Options{Today: due.Date(2023, 1, 10)}

// page is a sheet of a workbook that a test makes: rows of texts; one that is a day
// becomes a date, one that is a whole number a number.
type page struct {
	name  string
	title string
	rows  [][]string
}

func workbook(tb rapid.TB, pages ...page) []byte {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			tb.Fatalf("%v", err)
		}
	}
	format := "yyyy-mm-dd"
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(err)
	for i, p := range pages {
		if i == 0 {
			must(f.SetSheetName("Sheet1", p.name))
		} else {
			_, err := f.NewSheet(p.name)
			must(err)
		}
		must(f.SetCellStr(p.name, "A1", p.title))
		for r, row := range p.rows {
			for c, text := range row {
				if text == "" {
					continue
				}
				cell, err := excelize.CoordinatesToCellName(c+1, r+2)
				must(err)
				if d, err := time.Parse(time.DateOnly, text); err == nil {
					must(f.SetCellValue(p.name, cell, d))
					must(f.SetCellStyle(p.name, cell, cell, date))
				} else if n, err := strconv.Atoi(text); err == nil {
					must(f.SetCellInt(p.name, cell, int64(n)))
				} else if formula, is := strings.CutPrefix(text, "="); is {
					must(f.SetCellFormula(p.name, cell, formula))
				} else {
					must(f.SetCellStr(p.name, cell, text))
				}
			}
		}
	}
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func original(tb rapid.TB, data []byte) syncer.Original {
	wb, err := ooxml.Read("旧.xlsx", data, ooxml.Options{})
	if err != nil {
		tb.Fatalf("%v", err)
	}
	l, err := read(wb, opt)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	return syncer.Original{Path: "旧.xlsx", Data: data, Ledger: l, ID: "old-ledger", Revision: "abc"}
}

func rolled(tb rapid.TB, data []byte, year int) (*Result, *ledger.Ledger, *ooxml.Workbook) {
	r, err := Make(original(tb, data), year, opt)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	wb, err := ooxml.Read("新.xlsx", r.Data, ooxml.Options{})
	if err != nil {
		tb.Fatalf("%v", err)
	}
	l, err := read(wb, opt)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	return r, l, wb
}

var taskHead = []string{"序号", "重点任务", "牵头单位", "完成时限", "完成状态", "进展情况", "一季度落实情况"}

func tasks(rows ...[]string) page {
	return page{"任务台账", "2022年重点任务台账", append([][]string{taskHead}, rows...)}
}

func TestWhatNamesTheYearMovesToTheNext(t *testing.T) {
	_, l, wb := rolled(t, workbook(t, tasks(
		[]string{"1", "甲", "财政局", "2022-06-10", "推进中", "已收集", "第一稿"},
		[]string{"2", "乙", "财政局", "2022年9月底前", "已完成", "", ""},
		[]string{"3", "丙", "建设局", "2022年3月至2022年10月", "未启动", "", ""},
		[]string{"4", "丁", "建设局", "2021年12月底前", "推进中", "拖了一年", ""},
		[]string{"5", "戊", "建设局", "2023-05-01", "推进中", "", ""},
		[]string{"6", "己", "建设局", "２０２２年年底", "推进中", "", ""},
		[]string{"7", "庚", "建设局", "二〇二二年六月底", "推进中", "", ""},
		[]string{"8", "辛", "建设局", "6月30日前", "长期坚持", "", ""},
		[]string{"9", "壬", "建设局", "2024-02-29", "推进中", "", ""},
	)), 2023)
	want := []string{"2023-06-10", "2023年3月至2023年10月", "2023年12月底前", "2023-05-01", "２０２３年年底", "二〇二三年六月底", "6月30日前",
		"2024-02-29"}
	for i, task := range l.Tasks {
		if task.Deadline.Text != want[i] || task.Number != strconv.Itoa(i+1) {
			t.Errorf("%s %s: %q, want %q", task.Number, task.Title, task.Deadline.Text, want[i])
		}
		if task.Progress != "" || len(task.Extra) > 0 && task.Extra[0].Value != "" {
			t.Errorf("%s still reports %q %v", task.Title, task.Progress, task.Extra)
		}
	}
	if l.Year != 2023 || l.Title != "2023年重点任务台账" {
		t.Errorf("%d %s", l.Year, l.Title)
	}
	if got, _ := wb.Property(syncer.StampPrevious); got != "old-ledger abc" {
		t.Errorf("the old ledger is remembered as %q", got)
	}
	if got, _ := wb.Property(syncer.StampLedger); got != "" {
		t.Errorf("the new ledger has the identity %q", got)
	}
}

func TestNumbersRunAnewWhereTheyRan(t *testing.T) {
	for name, c := range map[string]struct{ numbers, states, want []string }{
		"throughout":       {[]string{"1", "2", "3", "4"}, []string{"已完成", "", "已完成", ""}, []string{"1", "2"}},
		"anew in sections": {[]string{"1", "2", "1", "2"}, []string{"已完成", "", "已完成", ""}, []string{"1", "1"}},
		"they have gaps":   {[]string{"1", "3", "7", "9"}, []string{"已完成", "", "", ""}, []string{"3", "7", "9"}},
		"they say where": {[]string{"1.1", "1.2", "2.1", "2.2"}, []string{"已完成", "", "", ""},
			[]string{"1.2", "2.1", "2.2"}},
		"the last stays one": {[]string{"1", "2"}, []string{"已完成", "推进中"}, []string{"1"}},
	} {
		var rows [][]string
		for i, n := range c.numbers {
			rows = append(rows, []string{n, fmt.Sprintf("任务%d", i), "财政局", "年底前", c.states[i]})
		}
		_, l, _ := rolled(t, workbook(t, tasks(rows...)), 2023)
		var got []string
		for _, task := range l.Tasks {
			got = append(got, task.Number)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestALedgerWithNothingLeftIsALedgerStill(t *testing.T) {
	r, l, wb := rolled(t, workbook(t, tasks([]string{"1", "甲", "财政局", "年底前", "已完成"},
		[]string{"2", "乙", "财政局", "年底前", "已完成"}),
		page{"依申请公开", "登记簿", [][]string{requestHead, {"1", "2022-03-01", "甲", "自然人", "一", "2022-03-05", "予以公开"}}}),
		2023)
	if len(r.Left) != 2 || len(r.LeftRows) != 1 || len(l.Tasks) != 0 {
		t.Errorf("left %d and %d, tasks %d", len(r.Left), len(r.LeftRows), len(l.Tasks))
	}
	for _, s := range []string{"任务台账", "依申请公开"} {
		sheet, err := wb.Sheet(s)
		if err != nil {
			t.Fatal(err)
		}
		if len(sheet.Row(2)) == 0 {
			t.Errorf("%s has lost its head", s)
		}
	}
}

var requestHead = []string{"登记编号", "收到日期", "申请人", "申请人类型", "申请内容", "答复日期", "答复类型"}

func TestRowsOfRegistersAreCarriedUntilTheyAreSettled(t *testing.T) {
	r, l, _ := rolled(t, workbook(t, tasks([]string{"1", "甲", "财政局", "年底前", "推进中"}),
		page{"依申请公开", "登记簿", [][]string{requestHead,
			{"A1", "2022-03-01", "甲", "自然人", "一", "2022-03-05", "予以公开"},
			{"A2", "2022-12-20", "乙", "自然人", "二", "", ""},
			{"A3", "2022-12-20", "丙", "自然人", "三", "2023-01-05", "予以公开"}, // settled next year: it counts there
			{"A4", "2022-05-01", "丁", "自然人", "四", "", "撤回"},
			{"A5", "", "戊", "自然人", "五", "", ""},
		}},
		page{"复议诉讼", "登记簿", [][]string{{"案号", "类型", "涉及的申请编号", "复议机关", "收到日期", "提交日期", "结果", "决定日期"},
			{"B1", "行政复议", "A1", "市政府", "2022-05-01", "2022-05-05", "尚未审结", ""},
			{"B2", "行政复议", "A4", "市政府", "2022-05-01", "2022-05-05", "维持", "2022-07-01"},
		}},
		page{"栏目更新", "登记簿", [][]string{{"序号", "栏目名称", "更新周期", "责任单位", "责任人员", "最近更新日期", "更新情况"},
			{"1", "要闻", "每周", "财政局", "张三", "2022-12-28", "正常"}, {"2", "公告", "每月", "财政局", "张三", "2022-01-28", "超期"},
			{"3", "旧栏目", "每月", "财政局", "张三", "2021-01-28", "关停"}}},
		page{"年报数据", "年报数据登记簿", [][]string{{"年报编号", "报告年度", "年报项目", "填报内容", "填报说明"},
			{"2022-06", "2022", "行政规范性文件：现行有效件数", "12", ""}}},
		page{"年度活动", "年度活动", [][]string{{"类型", "单位", "日期", "主题", "地点"}, {"培训", "财政局", "2022-05-18", "旧培训", "会议室"},
			{"培训", "财政局", "2023-01-08", "新培训", "会议室"}}},
	), 2023)
	has := func(kind string) (out []string) {
		if reg := l.Register(kind); reg != nil {
			for _, e := range reg.Entries {
				out = append(out, e.Number)
			}
		}
		return out
	}
	for kind, want := range map[string][]string{"requests": {"A2", "A3", "A5"}, "reviews": {"B1"},
		"columns": {"1", "2"}, "annual": {"2022-06"}} {
		if got := has(kind); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
	var listed []string
	for _, e := range r.LeftRows {
		listed = append(listed, e.Number)
	}
	if want := []string{"A1", "A4", "B2", "3"}; !slices.Equal(listed, want) {
		t.Errorf("listed as left out: %q, want %q", listed, want)
	}
	if len(r.Events) != 1 || r.Events[0].Topic != "旧培训" || len(l.Events) != 1 || l.Events[0].Topic != "新培训" {
		t.Errorf("events left out %v, carried %v", r.Events, l.Events)
	}
}

// What the office recorded about its supervision belongs to its year: last year's
// extension must not be the deadline of a task whose own deadline moved to the next.
func TestLastYearsSupervisionStaysBehind(t *testing.T) {
	r, l, _ := rolled(t, workbook(t, tasks(
		[]string{"1", "甲", "财政局", "2022-06-10", "推进中"}, []string{"2", "乙", "财政局", "2022-06-10", "推进中"}),
		page{"督办记录", "督办记录", [][]string{{"日期", "任务", "单位", "类别", "文号", "内容", "原时限", "新时限", "结论", "经办"},
			{"2022-06-01", "1 甲", "财政局", "同意延期", "", "材料未齐", "2022-06-10", "2022-11-30", "", "王"},
			{"2023-01-05", "2 乙", "财政局", "会议", "", "新年部署", "", "", "", "王"}}},
		page{"年报数据", "年报数据登记簿", [][]string{{"年报编号", "报告年度", "年报项目", "填报内容", "填报说明"},
			{"2022-06", "2022", "行政规范性文件：现行有效件数", "12", ""}}},
	), 2023)
	if got := l.Tasks[0]; got.Extended != 0 || !got.DueNow.Equal(due.Date(2023, 6, 10)) {
		t.Errorf("extended %d times, due %v", got.Extended, got.DueNow)
	}
	if len(r.LeftRows) != 1 || r.LeftRows[0].Kind != ledger.KindSupervision {
		t.Errorf("listed as left behind: %v", r.LeftRows)
	}
	if r.Entries != 0 {
		t.Errorf("%d rows carried over, want none: figures and logs do not count", r.Entries)
	}
}

// Also of an encrypted workbook.
func TestWhatANewWorkbookIsNotGivenIsTold(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook(t, tasks([]string{"1", "甲", "财政局", "2022-06-10", "推进中"}))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.AddChart("任务台账", "J3", &excelize.Chart{Type: excelize.Col,
		Series: []excelize.ChartSeries{{Values: "任务台账!$A$3:$A$3"}}}); err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "2022年度"} {
		var out bytes.Buffer
		if err := f.Write(&out, excelize.Options{Password: password}); err != nil {
			t.Fatal(err)
		}
		wb, err := ooxml.Read("旧.xlsx", out.Bytes(), ooxml.Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		l, err := read(wb, opt)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Make(syncer.Original{Path: "旧.xlsx", Data: out.Bytes(), Password: password, Ledger: l, ID: "old",
			Revision: "abc"}, 2023, opt)
		if err != nil || !slices.Equal(r.Lost, []string{"chart"}) {
			t.Errorf("with the password %q: %v, lost %q", password, err, r.Lost)
		}
		if wb, err = ooxml.Read("新.xlsx", r.Data, ooxml.Options{Password: password}); err != nil ||
			wb.Encrypted() != (password != "") {
			t.Errorf("with the password %q: %v, encrypted %v", password, err, wb.Encrypted())
		}
	}
}

func TestFormulasAreKeptAndTold(t *testing.T) {
	r, _, _ := rolled(t, workbook(t, tasks(
		[]string{"1", "甲", "财政局", "2022-06-10", "推进中", `=CONCATENATE("已","办")`},
		[]string{"2", "乙", "财政局", "2022-06-10", "已完成", ""})), 2023)
	if len(r.Kept) > 1 {
		t.Errorf("%v", r.Kept)
	}
}

// Nothing that is open is lost, every row that is not carried over is listed, and
// what is carried says what it said but for what was reported.
func TestNothingOpenIsLostAndAllElseIsListed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
		day := func(label string) string {
			return due.Date(2021, 10, 1).AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, label)).Format(time.DateOnly)
		}
		var rows [][]string
		for i := range rapid.IntRange(1, 8).Draw(t, "tasks") {
			deadline := pick("deadline", "年底前", "2022年6月底前", "长期坚持", "每月25日前", "")
			if rapid.Bool().Draw(t, "dated") {
				deadline = day("due")
			}
			rows = append(rows, []string{strconv.Itoa(i + 1), fmt.Sprintf("第%d项任务", i), pick("lead", "财政局", "建设局", ""),
				deadline,
				pick("status", "已完成", "推进中", "未启动", "长期坚持", "没定", ""), pick("progress", "", "已收集"),
				pick("report", "", "第一稿")})
		}
		requests := [][]string{requestHead}
		for i := range rapid.IntRange(1, 8).Draw(t, "requests") {
			replied := ""
			if rapid.Bool().Draw(t, "is replied") {
				replied = day("replied")
			}
			requests = append(requests, []string{fmt.Sprintf("S%d", i), day("received"), "甲", "自然人",
				fmt.Sprintf("文件%d", i), replied, pick("outcome", "予以公开", "撤回", "办理中", "", "看不懂的话")})
		}
		data := workbook(t, tasks(rows...), page{"依申请公开", "登记簿", requests})
		o := original(t, data)
		r, l, _ := rolled(t, data, 2023)
		if l.Year != 2023 {
			t.Fatalf("it is of %d", l.Year)
		}
		left := map[string]bool{}
		for _, task := range r.Left {
			left[task.Title] = true
		}
		for _, e := range r.LeftRows {
			left[e.Title] = true
		}
		now := map[string]bool{}
		for i, task := range l.Tasks {
			now[task.Title] = true
			if task.Progress != "" || task.Number != strconv.Itoa(i+1) || task.Overdue &&
				task.Deadline.Due.Year() < 2023 {
				t.Fatalf("%+v", task)
			}
		}
		if reg := l.Register("requests"); reg != nil {
			for _, e := range reg.Entries {
				now[e.Title] = true
			}
		}
		total := len(o.Ledger.Tasks) + len(o.Ledger.Register("requests").Entries)
		if len(now)+len(left) != total {
			t.Fatalf("%d rows, %d carried over, %d listed as left out", total, len(now), len(left))
		}
		for _, task := range o.Ledger.Tasks {
			if (task.Status.Kind == ledger.Done) != left[task.Title] || now[task.Title] == left[task.Title] {
				t.Fatalf("%s (%s): left out %v, carried %v", task.Title, task.Status.Text, left[task.Title],
					now[task.Title])
			}
		}
		y, next := o.Ledger.YearOfRequests(2022), l.YearOfRequests(2023)
		if ledger.Total(y.CarriedOn) != ledger.Total(next.CarriedIn) {
			t.Fatalf("%v are carried on, and %v carried in", y.CarriedOn, next.CarriedIn)
		}
	})
}

// A ledger that states no year is last year's until March: what was settled in January
// already counts in the new one.
func TestALedgerWithoutAYearIsLastYears(t *testing.T) {
	p := tasks([]string{"1", "甲", "财政局", "年底前", "推进中"})
	p.title = "重点任务台账"
	data := workbook(t, p,
		page{"依申请公开", "登记簿", [][]string{requestHead,
			{"A1", "2022-12-01", "甲", "自然人", "一", "2022-12-20", "予以公开"},
			{"A2", "2022-12-20", "乙", "自然人", "二", "2023-01-05", "予以公开"}}},
		page{"年度活动", "年度活动", [][]string{{"类型", "单位", "日期", "主题", "地点"},
			{"培训", "财政局", "2022-05-18", "旧培训", "会议室"}, {"培训", "财政局", "2023-01-08", "新培训", "会议室"}}})
	if got := original(t, data).Ledger.PastYear(); got != 2022 {
		t.Fatalf("it is of %d", got)
	}
	r, l, _ := rolled(t, data, 2023)
	if len(r.LeftRows) != 1 || r.LeftRows[0].Number != "A1" || len(r.Events) != 1 || r.Events[0].Topic != "旧培训" ||
		len(l.Events) != 1 {
		t.Errorf("left out %v and %v", r.LeftRows, r.Events)
	}
}
