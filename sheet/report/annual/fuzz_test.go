package annual

import (
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Whatever is typed on 年报数据: the report can be made and told, a figure counts as
// what it says or is named, and only amounts have decimals.
func FuzzTypedData(f *testing.F) {
	f.Add("12", "3.5万元", "全年新收政府信息公开申请1件，予以公开１件，行政复议0件。")
	f.Add("－1", "/", "收取信息处理费0.0元\n\n二、其他\x00")
	f.Add("1,234件", "1e9", "结转下年度99999999999999999999999件")
	f.Add("0x10", "٣", "")
	f.Add("0", "0", "0")
	f.Fuzz(func(t *testing.T, number, money, text string) {
		fields := []string{"number", "year", "item", "value", "remark"}
		rows := [][]string{{"1", "2022", items[5].name, number, ""}, {"2", "2022年", items[9].name, money, ""}}
		for _, it := range items {
			if it.kind == prose {
				rows = append(rows, []string{"", "2022", it.name, text, ""})
			}
		}
		l := ledger.Build([]*table.Table{register(Kind, fields, rows...)}, opt(2022))
		r := Make(l, 2022, nil)
		for key, v := range r.typed {
			if n, whole := v.n, v.n == float64(int64(v.n)); !v.fault && (n < 0 || !whole && key != "charges") {
				t.Fatalf("%s: %q counts as %v", key, v.text, n)
			}
		}
		if v, got := r.typed["normative_in_force"], r.Active["normative"][2]; !v.fault && got != v.n {
			t.Fatalf("%q counts as %v", number, got)
		}
		for _, c := range r.Checks {
			for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
				if s := c.Text.In(lang); s == "" || strings.Contains(s, "<no value>") {
					t.Fatalf("%s: %q", c.Rule, s)
				}
			}
		}
		if _, err := r.Paper(Options{}).Docx(); err != nil {
			t.Fatal(err)
		}
		r.Plain(Options{})
	})
}

// A sheet of any texts as last year's report: what is read of the form never fails,
// and its sums are those of the columns where no sum stands.
func FuzzLastReport(f *testing.F) {
	f.Add("申请人情况|||||||\n|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计\n一、本年新收政府信息公开申请数量|3|/||—|无|1|4\n四、结转下年度继续办理|1|||||２|\n")
	f.Add("信息内容|本年新制作数量|本年新公开数量|对外公开总数量\n规章|1|2|3\n规范性文件|4||十\n")
	f.Add("自然人|自然人\n结转下年|9\n\n自然人\n")
	f.Fuzz(func(t *testing.T, text string) {
		g := &grid{cells: map[a1.Ref]string{}}
		for r, line := range strings.Split(text, "\n") {
			for c, cell := range strings.Split(line, "|") {
				if cell = strings.TrimSpace(cell); cell != "" && r < 60 && c < 40 {
					g.cells[a1.At(r+1, c+1)] = cell
					g.rows, g.far = max(g.rows, r+1), max(g.far, c+1)
				}
			}
		}
		last := &Last{InForce: map[string]float64{}}
		if last.table3(g) && last.Blank < 0 {
			t.Fatalf("%+v", last)
		}
		last.table2(g)
		for key := range last.InForce {
			if key != "rules" && key != "normative" {
				t.Fatalf("%+v", last)
			}
		}
	})
}
