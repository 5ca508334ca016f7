package merge

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const four = `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|未启动
b |2|组织公众开放日|项目建设局|未启动
c |3|公开财政预决算|财政金融局|推进中
d |4|发布环境信息|生态环境分局|未启动`

// Every failure that the field's table mergers are known for.
func TestKnownFailures(t *testing.T) {
	for _, c := range []struct {
		name               string
		base, mine, theirs string
		mode               Mode
		merged             string
		changes            []string
	}{
		{
			name: "one side inserts a row and renumbers, the other marks a row done",
			base: four,
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|未启动
x |2|公开行政许可事项|行政审批局|未启动
b |3|组织公众开放日|项目建设局|未启动
c |4|公开财政预决算|财政金融局|推进中
d |5|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|已完成
4|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|公开行政许可事项|行政审批局|未启动
3|组织公众开放日|项目建设局|未启动
4|公开财政预决算|财政金融局|已完成
5|发布环境信息|生态环境分局|未启动`,
			changes: []string{"c status 推进中>已完成 applied"},
		},
		{
			name: "the copy inserts a row and renumbers, the coordinator marks a row done",
			base: four, mode: Copy,
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|未启动
b |2|组织公众开放日|项目建设局|未启动
c |3|公开财政预决算|财政金融局|已完成
d |4|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|公开行政许可事项|行政审批局|未启动
3|组织公众开放日|项目建设局|未启动
4|公开财政预决算|财政金融局|推进中
5|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|公开行政许可事项|行政审批局|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|已完成
4|发布环境信息|生态环境分局|未启动`,
			changes: []string{"b number 2>3 kept", "c number 3>4 kept", "d number 4>5 kept", "row added applied"},
		},
		{
			name: "one deletes a row that the other edits",
			base: four,
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|未启动
b |2|组织公众开放日|项目建设局|已完成
c |3|公开财政预决算|财政金融局|推进中
d |4|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|公开财政预决算|财政金融局|推进中
3|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|已完成
2|公开财政预决算|财政金融局|推进中
3|发布环境信息|生态环境分局|未启动`,
			changes: []string{"b deleted conflict", "c number 3>2 applied", "d number 4>3 applied"},
		},
		{
			name: "one edits a row that the other deletes",
			base: four,
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|未启动
c |2|公开财政预决算|财政金融局|推进中
d |3|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|已完成
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|已完成
2|公开财政预决算|财政金融局|推进中
3|发布环境信息|生态环境分局|未启动`,
			changes: []string{"b deleted by mine conflict", "b status 未启动>已完成 applied"},
		},
		{
			name: "both add the same row",
			base: four,
			mine: four + "\nx|5|开展业务培训|党政办公室|未启动",
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动
5|开展业务培训|党政办公室|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动
5|开展业务培训|党政办公室|未启动`,
			changes: []string{"row added same"},
		},
		{
			name: "both add the same column",
			base: four,
			mine: `
id|number|title|lead|status|备注
a |1|编制公开目录|党政办公室|未启动|
b |2|组织公众开放日|项目建设局|未启动|五月
c |3|公开财政预决算|财政金融局|推进中|
d |4|发布环境信息|生态环境分局|未启动|`,
			theirs: `
number|title|备注|lead|status
1|编制公开目录||党政办公室|未启动
2|组织公众开放日||项目建设局|未启动
3|公开财政预决算|已报人大|财政金融局|推进中
4|发布环境信息||生态环境分局|未启动`,
			merged: `
number|title|lead|status|备注
1|编制公开目录|党政办公室|未启动|
2|组织公众开放日|项目建设局|未启动|五月
3|公开财政预决算|财政金融局|推进中|已报人大
4|发布环境信息|生态环境分局|未启动|`,
			changes: []string{"c 备注 >已报人大 applied"},
		},
		{
			name: "a conflict writes no markers into cells",
			base: four,
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|推进中
b |2|组织公众开放日|项目建设局|未启动
c |3|公开财政预决算|财政金融局|推进中
d |4|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead|status
1|编制公开目录|党政办公室|已完成
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|推进中
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动`,
			changes: []string{"a status 未启动>已完成 conflict"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := mustMerge(t, tasks(c.base), tasks(c.mine), tasks(c.theirs), Options{Mode: c.mode})
			if d := cmp.Diff(trim(c.merged), show(r.Merged)); d != "" {
				t.Errorf("merged (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.changes, outcomes(r)); d != "" {
				t.Errorf("changes (-want +got):\n%s", d)
			}
			if len(r.Asks) > 0 {
				t.Errorf("asks %v", r.Asks)
			}
		})
	}
}

func TestTooManyRowsGone(t *testing.T) {
	base := tasks(four)
	for _, c := range []struct {
		name   string
		theirs string
		stops  bool
	}{
		{"one of four", "number|title|lead|status\n1|编制公开目录|党政办公室|未启动\n2|组织公众开放日|项目建设局|未启动\n3|公开财政预决算|财政金融局|推进中",
			false},
		{"two of four", "number|title|lead|status\n1|编制公开目录|党政办公室|未启动\n2|组织公众开放日|项目建设局|未启动", true},
		{"all", "number|title|lead|status", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Merge(base, base, tasks(c.theirs), Options{Identity: taskIdentity})
			if errors.Is(err, ErrTooMany) != c.stops {
				t.Errorf("err = %v", err)
			}
			r, err := Merge(base, base, tasks(c.theirs), Options{Identity: taskIdentity, Force: true})
			if err != nil || len(r.Missing) != 4-len(tasks(c.theirs).Tables[0].Rows) {
				t.Errorf("forced: %v, missing %v", err, r.Missing)
			}
			r, err = Merge(base, base, tasks(c.theirs), Options{Identity: taskIdentity, Mode: Copy})
			if err != nil || len(r.Merged.Tables[0].Rows) != 4 {
				t.Errorf("copy: %v, %d rows", err, len(r.Merged.Tables[0].Rows))
			}
		})
	}
}

// More than a quarter stops, a quarter does not: of the rows, and of the values
// that were emptied.
func TestTheSafetyStopIsAtAQuarter(t *testing.T) {
	ledger := func(rows, without, emptied int) State {
		var sb strings.Builder
		sb.WriteString("id|title|lead|status|progress\n")
		for i := range rows - without {
			fmt.Fprintf(&sb, "r%d|第%d号%s事项|%s|", i, i, strings.Repeat(string(rune(0x4e00+i*37)), 4), units[i%4])
			for c := range 2 {
				if i*2+c >= emptied {
					fmt.Fprintf(&sb, "值%d", i*2+c)
				}
				sb.WriteString(strings.Repeat("|", 1-c))
			}
			sb.WriteString("\n")
		}
		return tasks(sb.String())
	}
	for _, c := range []struct {
		rows, gone, emptied int
		stops               bool
	}{
		{8, 2, 0, false}, {8, 3, 0, true}, {9, 3, 0, true}, {12, 3, 0, false},
		{30, 0, 30, false}, {30, 0, 31, true}, {4, 0, 8, false}, // few values may always be emptied
	} {
		base := ledger(c.rows, 0, 0)
		_, err := Merge(base, base, ledger(c.rows, c.gone, c.emptied), Options{Identity: taskIdentity})
		if errors.Is(err, ErrTooMany) != c.stops {
			t.Errorf("%d rows, %d gone, %d values emptied: %v", c.rows, c.gone, c.emptied, err)
		}
	}
}

// A code says which row it is whatever became of its words.
func TestACodeTellsWhatNoWordDoes(t *testing.T) {
	base := tasks("id|code|title|lead\na|ZW-01|编制公开目录|党政办公室\nb|ZW-02|组织公众开放日|项目建设局\nc|ZW-03|公开财政预决算|财政金融局")
	r := mustMerge(t, base, base, tasks(
		"code|title|lead\nZW-03|公开财政预决算|财政金融局\nZW-02|按月发布水质监测|生态环境分局\nZW-01|编制公开目录|党政办公室"), Options{})
	if rows := r.Theirs.Tables[0].Rows; rows[1].ID != "b" || len(r.Added)+len(r.Missing)+len(r.Asks) > 0 {
		t.Errorf("it is %q, added %v, missing %v, asks %v", rows[1].ID, r.Added, r.Missing, r.Asks)
	}
}
