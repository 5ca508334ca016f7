package plan

import (
	"strings"
	"testing"

	"taizhang/sheet/ledger"
)

func TestWhoASentenceSaysDoesIt(t *testing.T) {
	for sentence, want := range map[string]string{
		"农业农村局指导各村做好秋收。":                 "农业农村局",
		"由县林业局会同县公安局在清明前后设卡检查。":          "县林业局 县公安局",
		"10月底前由水利站牵头、农业服务中心配合，完成水毁工程核查。": "水利站 农业服务中心",
		"4月20日前，由水利站对全镇水库开展检查。":          "水利站",
		"县林业局牵头，县应急局、县气象局配合，4月底前修订预案。":   "县林业局 县应急局 县气象局",
		"每季度，财政所、经管站对村级账目进行核对。":          "财政所 经管站",
		"遇橙色以上预警，由各村负责转移群众。":             "各村",
		"教育局的校舍安全档案要健全。":                 "",
		"认真贯彻县委、县政府关于防汛的部署，财政局已下达资金。":    "",
		"今年我镇粮食产量稳中有增，农业服务中心统计显示增幅达3%。":  "",
		"": "",
	} {
		a, ok := agent(sentence)
		if got := strings.TrimSpace(a.lead + " " + strings.Join(a.support, " ")); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v, want %q", sentence, got, ok, want)
		}
	}
}

// A text that only tells what happened, or one in which few sentences say who does
// something, is no plan.
func TestProseIsNoPlan(t *testing.T) {
	for _, text := range []string{
		"防汛工作简报\n入汛以来\n全镇降雨量比往年多两成，水库水位平稳。\n群众反映良好，没有发生险情。\n下一步\n预计七月还有三次强降雨，形势不容乐观。",
		"随笔\n春天来了，花都开了。\n人们走出家门，到公园里散步。",
	} {
		doc, err := Read("a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := Parse(doc, ledger.DefaultRules()); err == nil {
			t.Errorf("%q: %d items", text[:12], len(p.Items))
		}
	}
}
