package merge

import (
	"slices"
	"testing"
)

// One of several rows that share title, unit and requirement was deleted (found by
// long random histories). Nobody can know which is which, so the merge must not
// claim to know.
func TestDoubtIsAskedAbout(t *testing.T) {
	for _, c := range []struct {
		name, base, theirs string
		candidates         []string
	}{
		{
			name: "of two identical rows one was deleted, the other reworded, and a row inserted above",
			base: `
id|number|title|lead|requirement|status
a |1|开展业务培训活动|党政办公室|各单位每年至少组织一次专题培训|未启动
b |2|开展业务培训活动|党政办公室|各单位每年至少组织一次专题培训|未启动
c |3|公开财政预决算|财政金融局|二十日内在门户网站公开|推进中`,
			theirs: `
number|title|lead|requirement|status
1|发布环境质量信息|生态环境分局|按月发布空气和水质监测结果|未启动
2|开展业务培训活动|党政办公室|各单位每年组织一次专题培训|未启动
3|公开财政预决算|财政金融局|二十日内在门户网站公开|推进中`,
			candidates: []string{"a", "b"},
		},
		{
			name: "one says what its neighbour's likeness said, and stands in its own place",
			base: `
id|number|title|lead|requirement|status
a |1|编制公开目录|党政办公室|梳理本单位事项|推进中
b |2|开展业务培训活动|党政办公室|组织专题培训|已完成
c |3|公开财政预决算|财政金融局|二十日内在门户网站公开|推进中
d |4|开展业务培训活动|党政办公室|组织专题培训|未启动
e |5|发布环境质量信息|生态环境分局|按月发布监测结果|推进中`,
			theirs: `
number|title|lead|requirement|status
1|编制公开目录|党政办公室|梳理本单位事项|推进中
2|公开财政预决算|财政金融局|二十日内在门户网站公开|推进中
3|开展业务培训活动|党政办公室|组织专题培训|已完成
4|发布环境质量信息|生态环境分局|按月发布监测结果|推进中`,
			candidates: []string{"b", "d"},
		},
		{
			name: "a task was deleted, and another of its unit, of whose title a few common words agree, added " +
				"elsewhere",
			base: `
id|number|title|lead|status|progress
a |1|更新领导信息|党政办公室|推进中|
b |2|公开财政预决算|财政局|推进中|
c |3|公开重大项目进展|项目办|推进中|
d |4|新任务2号乊乊乊乊|环保分局||已报送
e |5|举办政府开放日|财政局|推进中|`,
			theirs: `
number|title|lead|status|progress
1|新任务38号卾卾卾卾|环保分局||刚起步
2|更新领导信息|党政办公室|推进中|
3|公开财政预决算|财政局|推进中|
4|公开重大项目进展|项目办|推进中|
5|举办政府开放日|财政局|推进中|`,
			candidates: []string{"d"},
		},
		{
			name: "the same, where half of the title agrees",
			base: `
id|number|title|lead|status|progress
a |1|更新领导信息|党政办公室|推进中|
b |2|公开财政预决算|财政局|推进中|
c |3|公开重大项目进展|项目办|推进中|
d |4|新任务4号五五五五|环保分局||已报送
e |5|举办政府开放日|财政局|推进中|`,
			theirs: `
number|title|lead|status|progress
1|新任务40号又又又又|环保分局||刚起步
2|更新领导信息|党政办公室|推进中|
3|公开财政预决算|财政局|推进中|
4|公开重大项目进展|项目办|推进中|
5|举办政府开放日|财政局|推进中|`,
			candidates: []string{"d"},
		},
		{
			name: "the same, where its date is the other's as well",
			base: `
id|number|title|lead|deadline|status
a |1|更新领导信息|党政办公室|3月底前|推进中
b |2|公开财政预决算|财政局|5月底前|推进中
c |3|公开重大项目进展|项目办|9月底前|推进中
d |4|新任务4号五五五五|环保分局|11月7日前|推进中
e |5|举办政府开放日|财政局|7月底前|推进中`,
			theirs: `
number|title|lead|deadline|status
1|新任务40号又又又又|环保分局|11月7日前|推进中
2|更新领导信息|党政办公室|3月底前|推进中
3|公开财政预决算|财政局|5月底前|推进中
4|公开重大项目进展|项目办|9月底前|推进中
5|举办政府开放日|财政局|7月底前|推进中`,
			candidates: []string{"d"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := tasks(c.base)
			r := mustMerge(t, base, base, tasks(c.theirs), Options{Identity: taskIdentity, Force: true})
			if len(r.Asks) != 1 {
				t.Fatalf("asks %v, changes %v", r.Asks, outcomes(r))
			}
			got := slices.Sorted(slices.Values(r.Asks[0].Candidates))
			if !slices.Equal(got, c.candidates) || len(r.Missing) > 0 {
				t.Errorf("candidates %v, missing %v", got, r.Missing)
			}
		})
	}
}

// The same rows where their place leaves no doubt: nobody is bothered.
func TestNoDoubtWhereOneOfAGroupWasDeleted(t *testing.T) {
	base := tasks(`
id|number|title|lead|requirement|status
a |1|编制公开目录|党政办公室|梳理本单位事项|推进中
b |2|开展业务培训活动|党政办公室|组织专题培训|已完成
d |3|开展业务培训活动|党政办公室|组织专题培训|未启动
e |4|发布环境质量信息|生态环境分局|按月发布监测结果|推进中`)
	r := mustMerge(t, base, base, tasks(`
number|title|lead|requirement|status
1|编制公开目录|党政办公室|梳理本单位事项|推进中
2|开展业务培训活动|党政办公室|组织专题培训|未启动
3|发布环境质量信息|生态环境分局|按月发布监测结果|推进中`), Options{Identity: taskIdentity, Force: true})
	if len(r.Asks) > 0 || !slices.Equal(r.Missing, []string{"b"}) {
		t.Errorf("asks %v, missing %v", r.Asks, r.Missing)
	}
}

// A title that was touched up is known wherever its row now stands.
func TestRewordedAndMovedIsKnown(t *testing.T) {
	base := tasks(four)
	r := mustMerge(t, base, base, tasks(`
number|title|lead|status
1|按月发布环境信息|生态环境分局|推进中
2|编制公开目录|党政办公室|未启动
3|组织公众开放日|项目建设局|未启动
4|公开财政预决算|财政金融局|推进中`), Options{})
	if len(r.Asks)+len(r.Added)+len(r.Missing) > 0 || r.Theirs.Tables[0].Rows[0].ID != "d" {
		t.Errorf("asks %v, changes %v", r.Asks, outcomes(r))
	}
}
