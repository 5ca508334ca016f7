package config

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestViewsAreKept(t *testing.T) {
	late := View{Name: "逾期督办", Filter: "逾期 -长期坚持", Sort: "deadline", Down: true, Group: "unit",
		Columns: []string{"number", "title:40"}}
	month := View{Name: "本月", Filter: "本月 未完成", Columns: []string{}}
	requests := View{
		Name: "在办申请", Register: "requests", Filter: "在办", Group: "channel", Columns: []string{"number", "clock.due:12"},
	}
	for name, text := range map[string]string{
		"no file": "", "only comments": "# 本单位\n", "other keys": "# 甲\nyear: 2022 # 年\n",
		"views already":       "views: # 视图\n  - name: 逾期督办\n    filter: 逾期\nyear: 2022\n",
		"a key without value": "views:\nyear: 2022\n",
	} {
		t.Run(name, func(t *testing.T) {
			src := bench(t, nil)
			data := []byte(text)
			var err error
			for _, v := range []View{late, month, requests} {
				if data, err = PutView(FileName, data, v); err != nil {
					t.Fatal(err)
				}
			}
			load := func() *Settings {
				if err := os.WriteFile(FileName, data, 0o600); err != nil {
					t.Fatal(err)
				}
				s, err := Load(src)
				if err != nil {
					t.Fatalf("%v\n%s", err, data)
				}
				return s
			}
			s := load()
			if d := cmp.Diff([]View{late, month, requests}, s.Views); d != "" {
				t.Errorf("%s\n%s", d, data)
			}
			for _, c := range []string{"# 本单位", "# 甲", "# 年"} {
				if strings.Contains(text, c) && !strings.Contains(string(data), c) {
					t.Errorf("the comment %s is gone:\n%s", c, data)
				}
			}
			if data, err = DropView(FileName, data, "逾期督办"); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]View{month, requests}, load().Views); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestMistakesInViewsAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"views: [{filter: 逾期}]": "views.name", "views: [{name: 甲}, {name: 甲}]": "甲",
		"views: [{name: 甲, group: 颜色}]": "group", "views: [{name: 甲, fliter: x}]": "fliter",
	} {
		src := bench(t, nil)
		if err := os.WriteFile(FileName, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(src); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
