package merge

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/table"
)

// What happens to columns, sheets and order.
func TestColumnsAndOrder(t *testing.T) {
	for _, c := range []struct {
		name           string
		mine, theirs   string
		mode           Mode
		merged         string
		changes        []string
		columns        []ColumnWhat
		theirsKeyOfTwo string // key of theirs' third column in Result.Theirs
	}{
		{
			name: "a renamed heading over the same values is the same column",
			mine: four,
			theirs: `
number|title|责任科室|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|已完成
4|发布环境信息|生态环境分局|未启动`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|已完成
4|发布环境信息|生态环境分局|未启动`,
			changes: []string{"c status 推进中>已完成 applied"}, columns: []ColumnWhat{ColumnRenamed}, theirsKeyOfTwo: "lead",
		},
		{
			name: "a column removed from the shared workbook takes its values along, but for those edited since",
			mine: `
id|number|title|lead|status
a |1|编制公开目录|党政办公室|已完成
b |2|组织公众开放日|项目建设局|未启动
c |3|公开财政预决算|财政金融局|推进中
d |4|发布环境信息|生态环境分局|未启动`,
			theirs: `
number|title|lead
1|编制公开目录|党政办公室
2|组织公众开放日|项目建设局
3|公开财政预决算|财政金融局
4|发布环境信息|生态环境分局`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|已完成
2|组织公众开放日|项目建设局|
3|公开财政预决算|财政金融局|
4|发布环境信息|生态环境分局|`,
			changes: []string{"a status 未启动> conflict", "b status 未启动> applied", "c status 推进中> applied",
				"d status 未启动> applied"},
			columns: []ColumnWhat{ColumnRemoved},
		},
		{
			name: "a column missing from a copy is reported",
			mine: four, mode: Copy,
			theirs: `
number|title|lead
1|编制公开目录|党政办公室`,
			merged: `
number|title|lead|status
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动`,
			columns: []ColumnWhat{ColumnAbsent},
		},
		{
			name: "a shared workbook sorted anew is followed",
			mine: four,
			theirs: `
number|title|lead|status
1|发布环境信息|生态环境分局|未启动
2|编制公开目录|党政办公室|未启动
3|组织公众开放日|项目建设局|未启动
4|公开财政预决算|财政金融局|推进中`,
			merged: `
number|title|lead|status
1|发布环境信息|生态环境分局|未启动
2|编制公开目录|党政办公室|未启动
3|组织公众开放日|项目建设局|未启动
4|公开财政预决算|财政金融局|推进中`,
			changes: []string{"a number 1>2 applied", "b number 2>3 applied", "c number 3>4 applied",
				"d number 4>1 applied"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := mustMerge(t, tasks(four), tasks(c.mine), tasks(c.theirs), Options{Mode: c.mode})
			if d := cmp.Diff(trim(c.merged), show(r.Merged)); d != "" {
				t.Errorf("merged (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.changes, outcomes(r)); d != "" {
				t.Errorf("changes (-want +got):\n%s", d)
			}
			var what []ColumnWhat
			for _, col := range r.Columns {
				what = append(what, col.What)
			}
			if d := cmp.Diff(c.columns, what); d != "" {
				t.Errorf("columns (-want +got):\n%s", d)
			}
			if k := r.Theirs.Tables[0].Columns[2].Key; c.theirsKeyOfTwo != "" && k != c.theirsKeyOfTwo {
				t.Errorf("key in theirs %q", k)
			}
		})
	}
}

// A row that was split keeps its identity where more of it is left.
func TestSplitRow(t *testing.T) {
	base := tasks(`
id|number|title|lead|status
a|1|编制并公开行政许可事项目录和重大建设项目清单|党政办公室|推进中
b|2|组织公众开放日|项目建设局|未启动`)
	theirs := tasks(`
number|title|lead|status
1|编制并公开行政许可事项目录|党政办公室|已完成
2|编制重大建设项目的清单|项目建设局|推进中
3|组织公众开放日|项目建设局|未启动`)
	r := mustMerge(t, base, base, theirs, Options{})
	if rows := r.Theirs.Tables[0].Rows; rows[0].ID != "a" || rows[1].ID == "a" || rows[2].ID != "b" {
		t.Errorf("ids %q %q %q", rows[0].ID, rows[1].ID, rows[2].ID)
	}
}

// A row that could be two is asked about, stays as it is until then, and goes
// where the answer says.
func TestAskAndAnswer(t *testing.T) {
	base := tasks(`
id|number|title|lead|status
a|1|开展政务公开业务培训|社会事务局|推进中
b|2|开展政务公开业务培训|社会事务局|未启动
c|3|开展政务公开业务培训|社会事务局|长期坚持
d|4|组织公众开放日|项目建设局|未启动`)
	theirs := tasks(`
number|title|lead|status
1|组织公众开放日|项目建设局|未启动
2|开展政务公开业务培训|社会事务局|推进中
3|开展政务公开业务培训|社会事务局|已完成`)
	r := mustMerge(t, base, base, theirs, Options{Force: true})
	if len(r.Asks) != 1 || !slices.Equal(r.Asks[0].Candidates, []string{"b", "c"}) || len(r.Missing) != 0 ||
		len(r.Changes) == 0 {
		t.Fatalf("asks %v, missing %v", r.Asks, r.Missing)
	}
	if len(r.Merged.Tables[0].Rows) != 4 {
		t.Errorf("a row in question is gone")
	}
	again := mustMerge(t, base, r.Merged, theirs, Options{Force: true})
	if again.Asks[0].ID != r.Asks[0].ID {
		t.Errorf("the same question has another id")
	}
	for _, c := range []struct {
		answer string
		status map[string]string
	}{
		{"c", map[string]string{"a": "推进中", "c": "已完成", "d": "未启动"}},
		{"b", map[string]string{"a": "推进中", "b": "已完成", "d": "未启动"}},
	} {
		r := mustMerge(t, base, base, theirs, Options{Force: true, Answers: map[string]string{r.Asks[0].ID: c.answer}})
		got := map[string]string{}
		for _, row := range r.Merged.Tables[0].Rows {
			got[row.ID] = row.Values[3]
		}
		if d := cmp.Diff(c.status, got); d != "" || len(r.Asks) > 0 {
			t.Errorf("%s: %s %v", c.answer, d, r.Asks)
		}
	}
	n := mustMerge(t, base, base, theirs, Options{Force: true, Answers: map[string]string{r.Asks[0].ID: AnswerNew}})
	if len(n.Added) != 1 || len(n.Merged.Tables[0].Rows) != 3 {
		t.Errorf("new: added %v", n.Added)
	}
}

// Rows move between the sheets of a kind, sheets are renamed and removed, and
// other kinds are merged beside them.
func TestSheets(t *testing.T) {
	one := sheetOf("tasks", "党政办公室", "id|title|lead|status\na|编制公开目录|党政办公室|未启动\nb|开展业务培训|党政办公室|未启动")
	two := sheetOf("tasks", "财政金融局", "id|title|lead|status\nc|公开财政预决算|财政金融局|推进中\nd|公开采购信息|财政金融局|未启动")
	reg := sheetOf("register", "申请登记", "id|事项|日期\nx|申请公开征地补偿标准|1月2日\ny|申请公开环评批复文件|1月3日")
	base := State{Tables: []*table.Table{one, two, reg}}
	theirs := State{Tables: []*table.Table{
		sheetOf("tasks", "党政办", "title|lead|status\n编制公开目录|党政办公室|未启动"),
		sheetOf("tasks", "财政金融局", "title|lead|status\n公开财政预决算|财政金融局|推进中\n开展业务培训|党政办公室|已完成\n公开采购信息|财政金融局|未启动"),
		sheetOf("register", "申请登记", "事项|日期\n申请公开征地补偿标准|1月2日\n申请公开环评批复文件|1月4日\n查询财政资金流向|1月5日"),
	}}
	r := mustMerge(t, base, base, theirs, Options{})
	want := trim(`
title|lead|status
编制公开目录|党政办公室|未启动
-- 财政金融局
title|lead|status
公开财政预决算|财政金融局|推进中
开展业务培训|党政办公室|已完成
公开采购信息|财政金融局|未启动
-- 申请登记
事项|日期
申请公开征地补偿标准|1月2日
申请公开环评批复文件|1月4日
查询财政资金流向|1月5日`)
	if d := cmp.Diff(want, show(r.Merged)); d != "" || r.Merged.Tables[0].Sheet != "党政办" {
		t.Errorf("%s\n%s", r.Merged.Tables[0].Sheet, d)
	}
	if len(r.Missing) > 0 || len(r.Asks) > 0 || len(r.Added) != 1 {
		t.Errorf("missing %v, asks %v, added %v", r.Missing, r.Asks, r.Added)
	}
	// The copy of one unit says nothing about the others.
	c := mustMerge(t, base, base, State{Tables: theirs.Tables[:1]}, Options{Mode: Copy})
	if d := cmp.Diff(base, c.Merged, cmp.Transformer("rows", func(s State) string { return show(s) })); d != "" ||
		len(c.Missing) != 3 {
		t.Errorf("copy: missing %v %s", c.Missing, d)
	}
}

// The first reading of a workbook, twice: the same ids.
func TestFirstReading(t *testing.T) {
	theirs := tasks("number|title|lead\n1|开展培训|甲\n2|开展培训|甲\n3|编制目录|乙")
	x := mustMerge(t, State{}, State{}, theirs, Options{})
	y := mustMerge(t, State{}, State{}, theirs, Options{})
	if d := cmp.Diff(x, y); d != "" || len(x.Added) != 3 {
		t.Errorf("added %v %s", x.Added, d)
	}
	again := mustMerge(t, State{}, x.Merged, theirs, Options{})
	if len(again.Added) != 0 || len(again.Merged.Tables[0].Rows) != 3 {
		t.Errorf("read again: added %v", again.Added)
	}
}

func TestRowsWithoutIdentityAreRefused(t *testing.T) {
	base := tasks(four)
	bad := tasks("title\n甲")
	if _, err := Merge(base, bad, base, Options{}); !errors.Is(err, ErrIdentity) {
		t.Errorf("mine without ids: %v", err)
	}
	twice := tasks("id|title\na|甲\na|乙")
	if _, err := Merge(twice, base, base, Options{}); !errors.Is(err, ErrIdentity) {
		t.Errorf("base with one id twice: %v", err)
	}
	if r, err := Merge(base, base, twice, Options{Mode: Copy}); err != nil || len(r.Theirs.Tables[0].Rows) != 2 ||
		r.Theirs.Tables[0].Rows[1].ID == "a" {
		t.Errorf("theirs with one id twice: %v", err)
	}
}

// A unit calls a column of its copy something that the ledger knows as another field.
// Where the very values stand in the very place it is the column that was given.
func TestAColumnOfACopyUnderAHeadingThatMeansSomethingElse(t *testing.T) {
	known := func(text string) State {
		st := tasks(text)
		for c := range st.Tables[0].Columns {
			st.Tables[0].Columns[c].Field = st.Tables[0].Columns[c].Key
		}
		return st
	}
	theirs := `
number|title|lead|progress
1|编制公开目录|党政办公室|未启动
2|组织公众开放日|项目建设局|未启动
3|公开财政预决算|财政金融局|推进中
4|发布环境信息|生态环境分局|未启动`
	r := mustMerge(t, known(four), known(four), known(theirs), Options{Mode: Copy})
	if got := outcomes(r); len(got) > 0 {
		t.Errorf("a copy: %v", got)
	}
	if len(r.Columns) != 1 || r.Columns[0].What != ColumnRenamed {
		t.Errorf("a copy: %+v", r.Columns)
	}
	// The ledger's own workbook says what its columns are.
	r = mustMerge(t, known(four), known(four), known(theirs), Options{Force: true})
	if len(r.Columns) != 2 {
		t.Errorf("the shared workbook: %+v", r.Columns)
	}
}
