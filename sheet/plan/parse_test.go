package plan

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
)

// row is what a person would write down of an item.
type row struct {
	Number, Title, Lead, Support, Deadline string
}

func parse(t *testing.T, text string) *Plan {
	t.Helper()
	doc, err := Read("plan.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(doc, ledger.DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func rows(p *Plan) []row {
	var out []row
	for _, it := range p.Items {
		out = append(out, row{it.Number, it.Title, it.Lead, strings.Join(it.Support, "、"), it.Deadline})
	}
	return out
}

func TestPlanOfTheFirstUser(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/seeds/*.txt")
	if len(files) == 0 {
		t.Skip("the first user's plan is not beside the project")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	p := parse(t, string(data))
	leads := map[string]int{}
	measures := 0
	for _, it := range p.Items {
		if it.Measure {
			measures++
			continue
		}
		leads[it.Lead]++
		if strings.Contains(it.Requirement, "负责牵头") || it.Requirement == "" {
			t.Errorf("task %s: requirement is %q", it.Number, it.Requirement)
		}
	}
	want := map[string]int{"党政办公室": 16, "财政局": 1, "项目中心": 1, "环保分局": 1}
	if diff := cmp.Diff(want, leads); diff != "" || measures != 3 {
		t.Errorf("%d measures, want 3; leads (-want +got)\n%s", measures, diff)
	}
	support := map[string]string{}
	for _, it := range p.Items {
		if len(it.Support) > 0 {
			support[it.Number] = strings.Join(it.Support, "、")
		}
	}
	if diff := cmp.Diff(map[string]string{"6": "各街道办事处", "7": "各部门、各街道办事处"}, support); diff != "" {
		t.Errorf("support (-want +got)\n%s", diff)
	}
	rules := []ledger.RequirementRule{
		{Kind: "open_day", Min: 1, Needs: []string{"答疑", "座谈", "问卷"}},
		{Kind: "training", Min: 1, ByUnit: true, Units: []string{"各部门", "各街道办事处"}},
	}
	for i := range p.Rules {
		p.Rules[i].Name, p.Rules[i].Words = "", nil
	}
	if diff := cmp.Diff(rules, p.Rules); diff != "" {
		t.Errorf("annual requirements (-want +got)\n%s", diff)
	}
	if p.Year != 2022 || len(p.Doubts) != 0 {
		t.Errorf("year %d, doubts %v", p.Year, p.Doubts)
	}
}

func TestShapesOfPlans(t *testing.T) {
	tests := []struct {
		name, text string
		want       []row
	}{
		{"bracketed units under （一）, closing on the heading's line", `关于印发2023年营商环境工作要点的通知
一、总体要求
坚持问题导向。
二、重点任务
（一）压减办理时限（责任单位：行政审批局、市场监管局）
清理材料。
（二）公开办事指南。公布流程图。（牵头单位：政务服务中心；配合单位：各部门；完成时限：2023年6月底前）
三、保障措施
（一）加强领导。定期会商。`,
			[]row{
				{"1", "压减办理时限", "行政审批局", "市场监管局", ""},
				{"2", "公开办事指南", "政务服务中心", "各部门", "2023年6月底前"},
				{"", "加强领导", "", "", ""},
			}},
		{"units and dates on lines of their own", `2024年安全生产整治计划
1、排查消防通道
逐栋检查。
牵头单位：应急管理局
配合单位：消防救援大队、各街道
完成时限：3月底前
2、更换老旧管线
牵头单位：住建局
完成时限：长期坚持`,
			[]row{
				{"1", "排查消防通道", "应急管理局", "消防救援大队、各街道", "3月底前"},
				{"2", "更换老旧管线", "住建局", "", "长期坚持"},
			}},
		{"articles with shared duties", `某市数据共享管理办法分工方案
第一章 任务
第一条 建立目录，按季更新。（数据局、统计局按职责分工负责）
第二条 开展质量核查，12月底前通报结果。（数据局牵头，各单位配合）`,
			[]row{
				{"1", "建立目录", "数据局", "统计局", ""},
				{"2", "开展质量核查", "数据局", "各单位", "12月底前"},
			}},
		{"a closing below sub-items is that of the whole task", `2025年民生实事方案
一、主要任务
（一）新建口袋公园
1.选址公示。
2.完成种植。
（城管局牵头，自然资源局配合）
（二）改造供水管网
1.入户摸底。
2.更换水表。
（水务局负责）`,
			[]row{
				{"1", "新建口袋公园", "城管局", "自然资源局", ""},
				{"2", "改造供水管网", "水务局", "", ""},
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, rows(parse(t, tt.text))); diff != "" {
				t.Errorf("items (-want +got)\n%s", diff)
			}
		})
	}
}

func TestTextEncodings(t *testing.T) {
	if _, err := Read("a.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")); !errors.Is(err, ErrFormat) {
		t.Errorf(".doc: %v", err)
	}
	if _, err := Read("a.bin", []byte{0xff, 0x00, 0x81}); !errors.Is(err, ErrFormat) {
		t.Errorf("binary: %v", err)
	}
	gb := "\xd2\xbb\xa1\xa2\xc8\xce\xce\xf1" // 一、任务
	doc, err := Read("a.txt", []byte(gb))
	if err != nil || doc.Blocks[0].Text != "一、任务" {
		t.Errorf("GB18030: %v %v", doc, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("一、任务\n（一）某事。内容。（某局负责）")
	f.Add("1.1.1 a\n第一条\n①（牵头单位：（甲）、乙）")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := Read("f.txt", []byte(text))
		if err != nil {
			return
		}
		p, err := Parse(doc, ledger.DefaultRules())
		if err != nil {
			return
		}
		for _, it := range p.Items {
			if it.Title == "" || !it.Measure && it.Number == "" {
				t.Errorf("item without a name or number: %+v", it)
			}
		}
	})
}

// A kind that is known keeps the name that the plan gives its events.
func TestCountedEventsGoByThePlansOwnWords(t *testing.T) {
	for sentence, want := range map[string]ledger.RequirementRule{
		"各部门年内至少举办1次业务培训。":  {Kind: "training", Name: "业务培训", Min: 1, ByUnit: true, Units: []string{"各部门"}},
		"每季度组织一次“政府开放日”活动。": {Kind: "open_day", Name: "政府开放日", Min: 4},
		"全年召开调度会不少于2次。":     {Kind: "调度会", Name: "调度会", Min: 2},
		"每半年开展1次。":          {Kind: "抓好落实", Name: "抓好落实", Min: 2},
	} {
		d, err := Read("方案.txt", []byte("2025年工作方案\n一、重点任务\n（一）抓好落实。"+sentence+"（财政局牵头）\n（二）乙事。按期完成。（财政局牵头）\n"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parse(d, ledger.DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Rules {
			p.Rules[i].Words = nil
		}
		if diff := cmp.Diff([]ledger.RequirementRule{want}, p.Rules); diff != "" {
			t.Errorf("%s (-want +got)\n%s", sentence, diff)
		}
	}
}

// What is counted may stand with the first of several numbers, with the last,
// or in the item's name alone.
func TestSeveralCountsInOneSentence(t *testing.T) {
	rules := func(item string) (out []string) {
		for _, line := range told(parse(t, "2025年方案\n一、重点任务\n1."+item+"（审计局负责）\n2.乙事。（财政局负责）")) {
			if strings.HasPrefix(line, "rule") {
				out = append(out, line)
			}
		}
		return out
	}
	for item, want := range map[string][]string{
		"各镇要加强检查，每年至少开展2次督查，重点镇不少于4次。":    {"rule 督查 2 各镇", "rule 督查 4 各重点镇"},
		"志愿服务。各乡镇年内至少2次、各单位至少3次开展清扫。":     {"rule 清扫 2 各乡镇", "rule 清扫 3 各单位"},
		"补贴发放。每人每年只享受一次，每户不超过2次。":         nil,
		"清单管理。每季度更新一次，每月报送1次进展。":          nil,
		"环境巡查。对同一企业每年检查不超过1次，每座公厕每年维护2次。": nil,
	} {
		if d := cmp.Diff(want, rules(item)); d != "" {
			t.Errorf("%s (-want +got)\n%s", item, d)
		}
	}
}
