package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/table"
)

var zone = NewDirectory([]Unit{
	{Name: "党政办公室", Aliases: []string{"党办政办合署办公室"}, Groups: []string{"各部门"}},
	{Name: "财政局", Groups: []string{"各部门"}},
	{Name: "发展和改革局", Aliases: []string{"发改局"}, Groups: []string{"各部门"}},
	{Name: "环保分局", Aliases: []string{"生态环境分局"}},
	{Name: "幸福街道办事处", Groups: []string{"各街道办事处"}},
	{Name: "保平街道办事处", Groups: []string{"各街道办事处"}},
})

func TestUnitCellsAreSplit(t *testing.T) {
	cases := []struct{ lead, support, want string }{
		{"党政办公室", "", "党政办公室|"},
		{"党政办", "", "党政办公室|"},
		{"党政办公室牵头，各街道办事处配合", "", "党政办公室|各街道办事处"},
		{"党政办公室负责牵头，各街道办事处负责落实", "", "党政办公室|各街道办事处"},
		{"（党政办公室负责牵头落实）", "", "党政办公室|"},
		{"党政办公室牵头、财政局配合", "", "党政办公室|财政局"},
		{"党政办公室牵头，财政局、环保分局配合", "", "党政办公室|财政局,环保分局"},
		{"党政办公室、财政局牵头，环保分局配合", "", "党政办公室|财政局,环保分局"},
		{"牵头单位：党政办；配合单位：财政局、生态环境分局", "", "党政办公室|财政局,环保分局"},
		{"牵头单位：党政办公室\n配合单位：财政局、环保分局", "", "党政办公室|财政局,环保分局"},
		{"牵头部门:党政办公室 配合部门:财政局", "", "党政办公室|财政局"},
		{"牵头：党政办；配合：财政局、环保分局", "", "党政办公室|财政局,环保分局"},
		{"主办：财政局 协办：环保分局", "", "财政局|环保分局"},
		{"责任单位：财政局、环保分局", "", "财政局|环保分局"},
		{"财政局（牵头）、环保分局、党政办公室", "", "财政局|环保分局,党政办公室"},
		{"环保分局、财政局（牵头）", "", "财政局|环保分局"},
		{"财政局（环保分局、党政办配合）", "", "财政局|环保分局,党政办公室"},
		{"财政局会同环保分局", "", "财政局|环保分局"},
		{"财政局牵头会同环保分局、党政办", "", "财政局|环保分局,党政办公室"},
		{"发展和改革局", "", "发展和改革局|"},
		{"发展和改革局、财政局", "", "发展和改革局|财政局"},
		{"财政局和环保分局", "", "财政局|环保分局"},
		{"科技和信息化局", "", "科技和信息化局|"},
		{"财政局（国资局）", "", "财政局|"},
		{"区财政局", "", "财政局|"},
		{"住建局（人防办、消防办）", "", "住建局（人防办、消防办）|"},
		{"财政局 环保分局", "", "财政局|环保分局"},
		{"财 政 局", "", "财政局|"},
		{"党政办\n公室", "", "党政办公室|"},
		{"财政局\n环保分局", "", "财政局|环保分局"},
		{"1.财政局\n2.环保分局", "", "财政局|环保分局"},
		{"财政局/环保分局；党政办", "", "财政局|环保分局,党政办公室"},
		{"财政局，环保分局，财政局", "", "财政局|环保分局"},
		{"财政局", "环保分局、财政局、各相关部门", "财政局|环保分局,各相关部门"},
		{"财政局、环保分局", "党政办", "财政局|环保分局,党政办公室"},
		{"", "财政局牵头，环保分局配合", "财政局|环保分局"},
		{"各部门按职责分工负责", "", "各部门|"},
		{"财政局、环保分局按职责分工负责", "", "财政局|环保分局"},
		{"财政局、环保分局等部门", "", "财政局|环保分局"},
		{"各部门、街道办事处负责落实", "", "各部门|街道办事处"},
		{"由财政局负责", "", "财政局|"},
		{"Finance Office, Party Office", "", "Finance Office|Party Office"},
		{"Finance Office (lead); Party Office", "", "Finance Office|Party Office"},
		{"", "", "|"},
		{"、，；", "", "|"},
	}
	for _, c := range cases {
		lead, support := zone.assign(zone.splitUnits(c.lead), zone.splitUnits(c.support))
		if got := lead + "|" + strings.Join(support, ","); got != c.want {
			t.Errorf("%q + %q: %s, want %s", c.lead, c.support, got, c.want)
		}
	}
}

func TestCollectivesExpand(t *testing.T) {
	bare := NewDirectory([]Unit{{Name: "党政办公室"}, {Name: "财政局"}, {Name: "幸福街道办事处"}, {Name: "保平街道办事处"}})
	cases := []struct {
		d          *Directory
		name, want string
	}{
		{zone, "各部门", "党政办公室,财政局,发展和改革局"},
		{zone, "各相关部门", "党政办公室,财政局,发展和改革局"},
		{zone, "各有关部门", "党政办公室,财政局,发展和改革局"},
		{zone, "县政府各部门", "党政办公室,财政局,发展和改革局"},
		{zone, "区直有关部门", "党政办公室,财政局,发展和改革局"},
		{zone, "全县各街道办事处", "幸福街道办事处,保平街道办事处"},
		{zone, "各街道办事处", "幸福街道办事处,保平街道办事处"},
		{zone, "各街道", "幸福街道办事处,保平街道办事处"},
		{zone, "街道办事处", "幸福街道办事处,保平街道办事处"},
		{zone, "各单位", "党政办公室,财政局,发展和改革局,环保分局,幸福街道办事处,保平街道办事处"},
		{zone, "行业主管部门", "行业主管部门"},
		{zone, "发改局", "发展和改革局"},
		{zone, "教育局", "教育局"},
		{bare, "各部门", "党政办公室,财政局"},
		{bare, "各街道办事处", "幸福街道办事处,保平街道办事处"},
		{&Directory{}, "各部门", "各部门"},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, strings.Join(c.d.Expand(c.name), ",")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	for name, want := range map[string]bool{"各部门": true, "行业主管部门": true, "各成员单位": true, "财政局": false, "教育局": false,
		"相关部门": true, "县政府各部门": true, "县直各单位": true, "县政府办公室": false} {
		if zone.Collective(name) != want {
			t.Errorf("Collective(%s) is %v", name, !want)
		}
	}
}

func TestShortFormsThatFitTwoUnitsAreNotUnderstood(t *testing.T) {
	d := NewDirectory([]Unit{{Name: "和平街道办事处"}, {Name: "平安街道办事处"}, {Name: "和平街道", Aliases: []string{"和平"}}})
	for name, want := range map[string]string{"平安街道": "平安街道办事处", "平安街道办": "平安街道办事处", "和平街道": "和平街道", "和平街办": "和平街道办事处",
		"和平": "和平街道"} {
		if got := d.Canonical(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func FuzzSplitUnits(f *testing.F) {
	for _, s := range []string{"A牵头，B、C配合", "牵头单位：A；配合单位：B", "A（牵头）、B", "财政局（环保分局、党政办配合）", "会同会同", "((（"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lead, support := zone.assign(zone.splitUnits(text), nil)
		if lead == "" && len(support) > 0 && !strings.ContainsAny(text, "配协参支同") &&
			!strings.Contains(strings.ToLower(text), "support") {
			t.Fatalf("%q: support %q without a lead", text, support)
		}
	})
}

// Names joined by a word instead of a comma, and what lists add to a name.
func TestUnitsThatAWordJoins(t *testing.T) {
	for text, want := range map[string]string{
		"财政部等和各省级人民政府":                   "财政部|各省级人民政府",
		"发展改革委、财政部等14部门按职责分工负责":          "发展改革委|财政部",
		"市场监管局等有关部门负责":                   "市场监管局|",
		"水利厅牵头，自然资源厅等省有关部门及各市人民政府配合":     "水利厅|自然资源厅,各市人民政府",
		"由民政局会同卫健局、医保局负责":                "民政局|卫健局,医保局",
		"民政局会同卫健局牵头，各镇配合":                "民政局|卫健局,各镇",
		"负责部门：统计局、档案局":                   "统计局|档案局",
		"牵头（责任）单位：统计局；责任（配合）单位：档案局":      "统计局|档案局",
		"科技局和教育局牵头":                      "科技局|教育局",
		"文化和旅游局、住房和城乡建设局共同牵头，农业农村和水利局配合": "文化和旅游局|住房和城乡建设局,农业农村和水利局",
		"各镇和林草局":                   "各镇|林草局",
		"县委宣传部及融媒体中心":              "县委宣传部|融媒体中心",
		"公安局以及各有关单位":               "公安局|各有关单位",
		"水利局、林业局按职责分工":             "水利局|林业局",
		"水利局牵头抓总，林业局、各镇按照各自职责分工负责": "水利局|林业局,各镇",
		"教育局高等教育科":                 "教育局高等教育科|",
		"实施主体：城投集团，责任部门：住建局":       "城投集团|住建局",
	} {
		lead, support := SplitUnits(text)
		if got := lead + "|" + strings.Join(support, ","); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// Names are folded to be compared and written as they are spelt: in the directory, or
// where a ledger without one names them first.
func TestNamesStayAsTheyAreSpelt(t *testing.T) {
	const full, half = "经济发展局（统计局）", "经济发展局(统计局)"
	tasks := func(leads ...string) *table.Table {
		t := &table.Table{Kind: KindTasks, Sheet: "台账", Columns: []table.Column{{Key: FieldTitle, Heading: "重点任务"},
			{Key: FieldLead, Heading: "牵头单位"}, {Key: FieldSupport, Heading: "配合单位"}}}
		for i, l := range leads {
			t.Rows = append(t.Rows, table.Row{ID: fmt.Sprint("t", i), Row: i + 3,
				Values: []string{fmt.Sprint("任务", i), l, "ＡＢ中心、" + l}})
		}
		return t
	}
	directory := &table.Table{Kind: KindUnits, Sheet: "单位名录", Columns: []table.Column{{Key: UnitName, Heading: "单位"}},
		Rows: []table.Row{{Row: 2, Values: []string{full}}, {Row: 3, Values: []string{"规划 局"}}}}
	for name, c := range map[string]struct {
		tables []*table.Table
		want   string
	}{
		"a directory":            {[]*table.Table{tasks(half, full, "经济发展局"), directory}, full},
		"no directory":           {[]*table.Table{tasks(full, half)}, full},
		"no directory, half":     {[]*table.Table{tasks(half, full)}, half},
		"not in the directory":   {[]*table.Table{tasks("社会事业局（民政局）", "社会事业局(民政局)"), directory}, "社会事业局（民政局）"},
		"with words about roles": {[]*table.Table{tasks(full+"牵头，财政局配合", half+"（牵头）")}, full},
	} {
		l := Build(c.tables, Options{})
		for _, x := range l.Tasks[:2] {
			if x.Lead != c.want || len(x.Support) == 0 {
				t.Errorf("%s: lead %q, want %q; support %q", name, x.Lead, c.want, x.Support)
			}
			if !slices.Contains(x.Support, "ＡＢ中心") {
				t.Errorf("%s: support %q", name, x.Support)
			}
		}
		if u := l.ByUnit[len(l.ByUnit)-1]; name != "with words about roles" && name != "a directory" &&
			u.Unit == half && c.want == full {
			t.Errorf("%s: counted as %q too", name, u.Unit)
		}
	}
	l := Build([]*table.Table{tasks("财政局"), directory}, Options{})
	for typed, want := range map[string]string{half: full, "规划局": "规划 局", "财政局、" + half + "牵头": "财政局、" + full + "牵头",
		"城建局（住建局）": "城建局（住建局）"} {
		if _, got, err := l.Compose(l.Tasks[0], FieldLead, typed); err != nil || got != want {
			t.Errorf("%s is written as %q, want %q (%v)", typed, got, want, err)
		}
	}
}
