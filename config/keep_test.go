package config

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeadingsAreKeptBesideEverythingElse(t *testing.T) {
	add := map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}
	for _, c := range []struct {
		name, file, want string
		headings         map[string][]string // of tasks, as they are read again
	}{
		{"no file", "", `headings:
  tasks:
    lead: ["谁来办"]
    title: ["办啥"]
`, map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
		{"only comments", "# 本单位\n#年份\n", "# 本单位\n#年份\nheadings:\n",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
		{"other keys, as they are written", "# 甲\nyear:   2022   # 年\ncolumns: [ number,title ]",
			"# 甲\nyear:   2022   # 年\ncolumns: [ number,title ]\nheadings:\n",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
		{"headings already", "headings: # 表头\n  tasks:\n    lead: [主抓] # 牵头\n  activities: {topic: [题目]}\nyear: 2022\n",
			"# 牵头\n", map[string][]string{"title": {"办啥"}, "lead": {"主抓", "谁来办"}}},
		{"the heading moves", "headings: {tasks: {owner: [谁来办, 经手人], title: }}\n", "",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}, "owner": {"经手人"}}},
		{"UTF-16", "\xff\xfey\x00e\x00a\x00r\x00:\x00 \x002\x000\x002\x002\x00\n\x00", "year: 2022\n",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
		{"a key without value", "headings:\nyear: 2022\n", "year: 2022\n",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := bench(t, nil)
			src.Words.Fields = nil
			got, err := AddHeadings(FileName, []byte(c.file), "tasks", add)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(FileName, got, 0o600); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(got), c.want) {
				t.Errorf("the file lacks %q:\n%s", c.want, got)
			}
			s, err := Load(src)
			if err != nil {
				t.Fatalf("%v\n%s", err, got)
			}
			if d := cmp.Diff(c.headings, s.Headings["tasks"]); d != "" {
				t.Errorf("%s\n%s", d, got)
			}
			if strings.Contains(c.file, "2022") && s.Year != 2022 {
				t.Errorf("year %d", s.Year)
			}
			if strings.Contains(c.file, "activities") && s.Headings["activities"]["topic"][0] != "题目" {
				t.Error("the headings of activities are gone")
			}
		})
	}
}

func TestNothingIsAddedToAFileWithMistakes(t *testing.T) {
	for _, text := range []string{"year: [", "yeer: 2022\n", "headings: 5\n"} {
		out, err := AddHeadings("甲.yaml", []byte(text), "tasks", map[string][]string{"title": {"办啥"}})
		var errs Errors
		if !errors.As(err, &errs) || errs[0].File != "甲.yaml" {
			t.Errorf("%q: %v", text, err)
		}
		if out != nil {
			t.Errorf("%q became %q", text, out)
		}
	}
}
