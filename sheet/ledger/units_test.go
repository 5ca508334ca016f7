package ledger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"住建局（人防办、消防办）", "", "住建局(人防办、消防办)|"},
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
	for name, want := range map[string]bool{"各部门": true, "行业主管部门": true, "各成员单位": true, "财政局": false, "教育局": false, "相关部门": true} {
		if zone.Collective(name) != want {
			t.Errorf("Collective(%s) is %v", name, !want)
		}
	}
}

func TestShortFormsThatFitTwoUnitsAreNotUnderstood(t *testing.T) {
	d := NewDirectory([]Unit{{Name: "和平街道办事处"}, {Name: "平安街道办事处"}, {Name: "和平街道", Aliases: []string{"和平"}}})
	for name, want := range map[string]string{"平安街道": "平安街道办事处", "平安街道办": "平安街道办事处", "和平街道": "和平街道", "和平街办": "和平街道办事处", "和平": "和平街道"} {
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
		if lead == "" && len(support) > 0 && !strings.ContainsAny(text, "配协参支同") && !strings.Contains(strings.ToLower(text), "support") {
			t.Fatalf("%q: support %q without a lead", text, support)
		}
	})
}
