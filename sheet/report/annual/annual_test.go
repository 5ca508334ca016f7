package annual

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
	"taizhang/sheet/table"
)

// register is a table of a kind with rows of values, columns named by field.
func register(kind string, fields []string, rows ...[]string) *table.Table {
	t := &table.Table{Kind: kind, Sheet: kind}
	for _, f := range fields {
		t.Columns = append(t.Columns, table.Column{Key: f, Field: f, Heading: f})
	}
	for i, r := range rows {
		t.Rows = append(t.Rows, table.Row{Row: i + 3, Values: r})
	}
	return t
}

var requestFields = []string{"number", "received", "applicant", "applicant_kind", "content", "replied", "outcome",
	"fee", "pages"}

func opt(year int) ledger.Options {
	return ledger.Options{Today: due.Date(year, 12, 31), Year: year, Office: "某区政府办公室"}
}

func byRule(r *Report, rule, where string) Check {
	for _, c := range r.Checks {
		if c.Rule == rule && c.Where == where {
			return c
		}
	}
	return Check{}
}

// Whatever the register holds: new and carried in are settled and carried on, and
// a sum that does not hold names as many rows as it is off.
func TestEverySumHoldsOrNamesItsRows(t *testing.T) {
	kinds := []string{"自然人", "公民", "企业", "高校", "公益组织", "律师事务所", "其他", "", "不清楚"}
	outcomes := []string{"予以公开", "部分公开", "国家秘密", "信息不存在", "重复申请", "撤回", "逾期未缴费", "已答复", "不予公开", "办理中", ""}
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) string {
			return due.Date(2021, 6, 1).AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, label)).Format(time.DateOnly)
		}
		var rows [][]string
		for i := range rapid.IntRange(0, 30).Draw(t, "requests") {
			replied := ""
			if rapid.Bool().Draw(t, "is replied") {
				replied = day("replied")
			}
			rows = append(rows, []string{fmt.Sprint(i), day("received"), "甲", rapid.SampledFrom(kinds).Draw(t, "kind"),
				fmt.Sprintf("内容%d", i), replied,
				rapid.SampledFrom(outcomes).Draw(t, "outcome"), "", ""})
		}
		l := ledger.Build([]*table.Table{register("requests", requestFields, rows...)}, opt(2022))
		for year := 2021; year <= 2023; year++ {
			r := Make(l, year, nil)
			for _, c := range r.Checks {
				switch c.Rule {
				case "balance":
					if !c.OK {
						t.Fatalf("%d %s: %v", year, c.Where, c.Text.In(msg.EN))
					}
				case "results", "columns":
					if off := int(math.Abs(c.Got - c.Want)); off != len(c.Rows) {
						t.Fatalf("%d %s %s is off by %d and names %d rows", year, c.Rule, c.Where, off, len(c.Rows))
					}
				}
			}
			if year > 2021 {
				before := Make(l, year-1, nil)
				if before.Requests[rowCarriedOn] != r.Requests[rowCarriedIn] {
					t.Fatalf("%d carries on %v, %d carries in %v", year-1, before.Requests[rowCarriedOn], year,
						r.Requests[rowCarriedIn])
				}
			}
			if _, err := r.Paper(Options{}).Docx(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestReviewsAndSuitsStandInTheirParts(t *testing.T) {
	fields := []string{"number", "kind", "request", "organ", "received", "result", "decided"}
	cases := register("reviews", fields,
		[]string{"1", "行政复议", "甲案", "市政府", "2022-02-01", "维持", "2022-03-01"},
		[]string{"2", "行政诉讼", "甲案", "法院", "2022-04-01", "败诉", "2022-06-01"},
		[]string{"3", "行政诉讼", "乙案", "法院", "2022-04-01", "尚未审结", ""},
		[]string{"4", "复议后起诉", "丙案", "法院", "2022-04-01", "驳回", "2023-01-05"},
		[]string{"5", "行政复议", "丁案", "市政府", "2021-11-01", "撤回", "2022-01-05"},
		[]string{"6", "行政复议", "戊案", "市政府", "2021-01-01", "维持", "2021-03-01"},
		[]string{"7", "行政复议", "己案", "市政府", "2023-01-01", "", ""},
		[]string{"8", "", "庚案", "某区人民法院", "2022-09-09", "", ""},
		[]string{"9", "行政复议", "辛案", "市政府", "", "维持", ""},
		[]string{"10", "简易程序复议", "壬案", "市政府", "2022-09-09", "另有说法", "2022-10-01"},
	)
	r := Make(ledger.Build([]*table.Table{cases}, opt(2022)), 2022, nil)
	for key, want := range map[string][5]int{
		"reviews":            {1, 0, 2, 0, 3}, // 1, 5, 10
		"suits_direct":       {0, 0, 0, 2, 2}, // 3, 8
		"suits_after_review": {0, 1, 0, 1, 2}, // 2: there was a review about it; 4: decided only in 2023
	} {
		if r.Reviews[key] != want {
			t.Errorf("%s: %v, want %v", key, r.Reviews[key], want)
		}
	}
	if len(r.undatedCases) != 1 || r.undatedCases[0].Number != "9" {
		t.Errorf("undated: %v", places(r.undatedCases))
	}
}

func TestWhatIsTypedIsReadAsPeopleTypeIt(t *testing.T) {
	fields := []string{"number", "year", "item", "value"}
	rows := register(Kind, fields,
		[]string{"a", "2022", "规章：本年制发件数", "/"},
		[]string{"b", "2022年", "行政规范性文件：本年制发件数", "1,200件"},
		[]string{"c", "", "行政许可 : 本年处理决定数量", "－"},
		[]string{"2022-10", "", "行政事业性收费:本年收费金额(万元)", "96171.6万元"},
		[]string{"d", "2022", "行政处罚：本年处理决定数量", "约30"},
		[]string{"e", "2021", "行政强制：本年处理决定数量", "9"},
		[]string{"f", "2022", "行政强制：本年处理决定数量", "-3"},
		[]string{"g", "2022", "第六部分：其他需要报告的事项", "第一段。\n第二段。"},
	)
	r := Make(ledger.Build([]*table.Table{rows}, opt(2022)), 2022, nil)
	if r.Active["normative"][0] != 1200 || r.Active["charges"][0] != 96171.6 || r.Active["rules"][0] != 0 {
		t.Errorf("%v", r.Active)
	}
	for where, ok := range map[string]bool{"行政处罚：本年处理决定数量": false, "行政强制：本年处理决定数量": false, "规章：本年制发件数": true} {
		if c := byRule(r, "number", where); (c.Text.In(msg.ZH) == "") != ok {
			t.Errorf("%s: %+v", where, c)
		}
	}
	plain := r.Plain(Options{})
	for _, want := range []string{"（二）其他事项", "第一段。", "第二段。", "96171.6万元"} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %s in\n%s", want, plain)
		}
	}
}

// The tables come back from the workbook as they were written.
func TestLastYearIsReadBackFromItsTables(t *testing.T) {
	rows := [][]string{
		{"1", "2022-03-01", "甲", "自然人", "一", "2022-03-05", "予以公开", "", ""},
		{"2", "2022-12-30", "乙", "企业", "二", "", "", "", ""},
		{"3", "2022-12-30", "丙", "自然人", "三", "", "", "", ""},
	}
	typed := register(Kind, []string{"number", "year", "item", "value"}, []string{"a", "2022", "行政规范性文件：现行有效件数", "12"})
	l := ledger.Build([]*table.Table{register("requests", requestFields, rows...), typed}, opt(2022))
	r := Make(l, 2022, nil)
	data, err := r.Workbook(msg.ZH)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Workbook(msg.ZH)
	if err != nil || !bytes.Equal(data, again) {
		t.Error("the bytes differ from one time to the next")
	}
	path := t.TempDir() + "/tables.xlsx"
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	last, err := ReadLast(path, "", 2022, opt(2023))
	if err != nil {
		t.Fatal(err)
	}
	if last.New != r.Requests[rowNew] || last.CarriedOn != r.Requests[rowCarriedOn] ||
		last.InForce["normative"] != 12 || last.Old || last.Year != 2022 {
		t.Errorf("%+v", last)
	}
	next := Make(ledger.Build([]*table.Table{register("requests", requestFields, rows[1:]...)}, opt(2023)), 2023, last)
	if len(next.Breaches()) > 0 {
		t.Errorf("%v", next.Breaches())
	}
	fewer := Make(ledger.Build([]*table.Table{register("requests", requestFields, rows[1])}, opt(2023)), 2023, last)
	if c := byRule(fewer, "carried", "自然人"); c.OK || c.Got != 0 || c.Want != 1 {
		t.Errorf("%+v", c)
	}
	if c := byRule(fewer, "carried", "商业企业"); !c.OK {
		t.Errorf("%+v", c)
	}
}

// Last year's report is read from the paper, too, whoever saved it.
func TestLastYearIsReadFromADocument(t *testing.T) {
	rows := [][]string{
		{"1", "2022-03-01", "甲", "自然人", "一", "2022-03-05", "予以公开", "", ""},
		{"2", "2022-12-30", "乙", "企业", "二", "", "", "", ""},
		{"3", "2022-12-30", "丙", "自然人", "三", "", "", "", ""},
	}
	typed := register(Kind, []string{"number", "year", "item", "value"}, []string{"a", "2022", "行政规范性文件：现行有效件数", "12"})
	r := Make(ledger.Build([]*table.Table{register("requests", requestFields, rows...), typed}, opt(2022)), 2022, nil)
	data, err := r.Paper(Options{}).Docx()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := dir + "/报告.docx"
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	last, err := ReadLast(path, "", 2022, opt(2023))
	if err != nil {
		t.Fatal(err)
	}
	if last.New != r.Requests[rowNew] || last.CarriedOn != r.Requests[rowCarriedOn] ||
		last.InForce["normative"] != 12 || last.Year != 2022 {
		t.Errorf("%+v", last)
	}
	if _, err = ReadLast(path, "", 2021, opt(2022)); err == nil || !strings.Contains(err.Error(), "2022") {
		t.Errorf("the report of another year: %v", err)
	}
	p := paper.Paper{Title: "2022年政府信息公开工作年度报告"}
	p.Text("没有表格。")
	if data, err = p.Docx(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = ReadLast(path, "", 2022, opt(2023)); err == nil || !strings.Contains(err.Error(), "报告.docx") {
		t.Errorf("a paper without tables: %v", err)
	}
}

// The form of 2019: other columns in table two, no rows below （六）, blanks for
// nothing, and sums only where they are wanted.
func TestTheFormOf2019(t *testing.T) {
	of := func(rows ...string) *grid {
		g := &grid{cells: map[a1.Ref]string{}}
		for r, row := range rows {
			for c, text := range strings.Split(row, "|") {
				g.put(a1.At(r+1, c+1), text)
			}
		}
		return g
	}
	last, is := readForm([]string{"表格"}, []string{"按照要求，编制本报告。", "2019年政府信息公开工作年度报告"}, []*grid{
		of("第二十条第（一）项", "信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规章|0|0|/", "规范性文件|3|3|41"),
		of("第二十条第（五）项", "信息内容|上一年项目数量|本年增/减|处理决定数量", "行政许可|12|0|300"),
		of("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|||申请人情况", "|||自然人|法人或其他组织|||||总计",
			"||||商业企业|科研机构|社会公益组织|法律服务机构|其他|", "一、本年新收政府信息公开申请数量|||767|61|3||10|18|859",
			"二、上年结转政府信息公开申请数量|||15|3|||||18", "三、本年度办理结果|（一）予以公开||258|31|||4|9|",
			"|（六）其他处理||5|||||1|", "|（七）总计||720|55|3||10|17|805", "四、结转下年度继续办理|||62|9||||1|"),
	})
	want := Last{Year: 2019, Old: true, New: [7]int{767, 61, 3, 0, 10, 18, 859},
		CarriedOn: [7]int{62, 9, 0, 0, 0, 1, 72},
		InForce:   map[string]float64{"rules": 0, "normative": 41}}
	want.Blank = last.Blank
	if d := cmp.Diff(want, *last); !is || last.Blank == 0 || d != "" {
		t.Errorf("is %v, blank %d (-want +got)\n%s", is, last.Blank, d)
	}
}

func TestDocumentsInForceAreCountedOn(t *testing.T) {
	fields := []string{"number", "year", "item", "value"}
	of := func(issued, repealed, inForce string) *ledger.Ledger {
		return ledger.Build([]*table.Table{register(Kind, fields,
			[]string{"a", "2022", "行政规范性文件：本年制发件数", issued}, []string{"b", "2022", "行政规范性文件：本年废止件数", repealed},
			[]string{"c", "2022", "行政规范性文件：现行有效件数", inForce}, []string{"d", "2021", "行政规范性文件：现行有效件数", "10"})},
			opt(2022))
	}
	l := of("5", "2", "13")
	if c := byRule(Make(l, 2022, lastOf(l, 2021, "")), "in_force", "行政规范性文件"); !c.OK || c.Want != 13 {
		t.Errorf("%+v", c)
	}
	if c := byRule(Make(l, 2022, nil), "in_force", "行政规范性文件"); !c.OK || c.Want != 13 {
		t.Errorf("without last year's report: %+v", c)
	}
	l = of("5", "2", "20")
	r := Make(l, 2022, lastOf(l, 2021, ""))
	if c := byRule(r, "in_force", "行政规范性文件"); c.OK || !c.Warning || len(c.Rows) != 3 {
		t.Errorf("%+v", c)
	}
	if len(r.Breaches()) > 0 {
		t.Error("a doubt is told as a breach")
	}
}

func TestTheReportsYear(t *testing.T) {
	for _, c := range []struct {
		stated bool
		today  time.Time
		want   int
	}{{true, due.Date(2026, 1, 5), 2022}, {false, due.Date(2026, 3, 31), 2025}, {false, due.Date(2026, 4, 1), 2026}} {
		l := &ledger.Ledger{Year: 2022, YearStated: c.stated, Today: c.today}
		if got := l.PastYear(); got != c.want {
			t.Errorf("%v: %d", c, got)
		}
	}
}
