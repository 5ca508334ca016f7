package merge

import (
	"slices"
	"strings"
	"testing"
)

// A task stands where another of its unit stood, and says in part what that one
// said: it was reworded, or it was deleted and another put in its place. What
// stands beside the title tells; where it does not, somebody is asked.
func TestRewordedOrReplaced(t *testing.T) {
	const head = "id|number|title|lead|requirement|owner|deadline|status|progress\n"
	const above = "a|1|编制公开目录|党政办公室|梳理本单位事项|王五|3月底前|推进中|已报初稿\n" +
		"e|1|受理依申请公开|生态环境分局|按时答复|张三|长期坚持|长期坚持|一季度五件\n"
	const below = "c|4|公开财政预决算|财政金融局|二十日内在门户网站公开|李四|5月底前|推进中|已报人大\n" +
		"d|5|更新机构职能目录|党政办公室|人员变动后及时更新|王五|7月底前|未启动|\n"
	for _, c := range []struct {
		name, was, is string
		asks, fresh   bool
	}{
		{
			name: "the title was lightly reworded",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
			is:   "按月发布环境质量的监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
		},
		{
			name: "the title was lightly reworded, and everything went on in the meantime",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
			is:   "按月发布环境质量的监测信息|生态环境分局||张三|9月底前|已完成|六月已全部发布完毕",
		},
		{
			name: "half of the title was rewritten and nothing else",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
			is:   "按月发布环境执法检查信息|生态环境分局||张三|6月底前|推进中|一月已发布",
		},
		{
			name: "half of the title was rewritten, and what was empty was filled in",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|",
			is:   "按月发布环境执法检查信息|生态环境分局||张三|6月底前|推进中|一月已发布",
		},
		{
			name: "half of the title was rewritten, and its progress went on",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已经发布到门户网站",
			is:   "按月发布环境执法检查信息|生态环境分局||张三|6月底前|推进中|一月已经发布到门户网站，二月也已发布",
		},
		{
			name: "half of the title was rewritten, and its requirement stands",
			was:  "按月发布环境质量监测信息|生态环境分局|每月五日前在门户网站发布空气和水质监测结果|张三|6月底前|推进中|一月已发布",
			is:   "按月发布环境执法检查信息|生态环境分局|每月五日前在门户网站发布空气和水质监测结果|张三|8月底前|已完成|",
		},
		{
			name: "half of the title is another, and so are date and status",
			was:  "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
			is:   "按月发布环境执法检查信息|生态环境分局||张三|11月底前|未启动|",
			asks: true,
		},
		{
			name:  "half of the title is another, and so is the requirement",
			was:   "按月发布环境质量监测信息|生态环境分局|空气和水质结果每月五日前上网|张三|6月底前|推进中|",
			is:    "按月发布环境执法检查信息|生态环境分局|处罚决定七个工作日内公示|张三|6月底前|推进中|",
			fresh: true,
		},
		{
			name: "most of the title stands, and the requirement, date and status are others",
			was:  "按月发布环境质量监测信息|生态环境分局|空气水质上网|张三|6月底前|推进中|",
			is:   "按月发布环境质量检查信息|生态环境分局|处罚决定公示|张三|8月底前|未启动|",
			asks: true,
		},
		{
			name: "half of the title is another, and nothing else says anything",
			was:  "按月发布环境质量监测信息|生态环境分局||||未启动|",
			is:   "按月发布环境执法检查信息|生态环境分局||||未启动|",
			asks: true,
		},
		{
			name: "one character of the title is another, and nothing is left beside it",
			was:  "组织第一季度政务公开业务培训|生态环境分局||张三|3月底前|已完成|三月二日已办，四十二人",
			is:   "组织第二季度政务公开业务培训|生态环境分局||张三|6月底前|未启动|",
			asks: true,
		},
		{
			name: "one character of the title is another, and what was recorded stands",
			was:  "组织第一季度政务公开业务培训|生态环境分局||张三|3月底前|已完成|三月二日已办，四十二人",
			is:   "组织第二季度政务公开业务培训|生态环境分局||张三|6月底前|已完成|三月二日已办，四十二人",
		},
		{
			name:  "nothing of the title is left",
			was:   "按月发布环境质量监测信息|生态环境分局||张三|6月底前|推进中|一月已发布",
			is:    "公示行政处罚决定|生态环境分局||张三|11月底前|未启动|",
			fresh: true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := tasks(head + above + "b|3|" + c.was + "\n" + below)
			in := strings.Split(head+above+"b|3|"+c.is+"\n"+below, "\n")
			for i := range in { // a workbook has no ids
				_, in[i], _ = strings.Cut(in[i], "|")
			}
			r := mustMerge(t, base, base, tasks(strings.Join(in, "\n")), Options{Force: true})
			switch id := r.Theirs.Tables[0].Rows[2].ID; {
			case c.asks:
				if len(r.Asks) != 1 || !slices.Equal(r.Asks[0].Candidates, []string{"b"}) || len(r.Missing) > 0 {
					t.Errorf("it is %q, asks %v, missing %v, changes %v", id, r.Asks, r.Missing, outcomes(r))
				}
			case len(r.Asks) > 0:
				t.Errorf("asks %v", r.Asks)
			case (id != "b") != c.fresh:
				t.Errorf("it is %q, changes %v", id, outcomes(r))
			}
		})
	}
}
