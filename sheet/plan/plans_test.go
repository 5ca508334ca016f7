package plan

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The plans in testdata/plans are invented, in the shapes that offices publish.
// Beside each stands what a person reads out of it: the year; number, title,
// lead, support, deadline and section of every task (a measure has no number),
// below it what else is said of it, such as its leader;
// annual requirements; and what a person is asked to look at, by line.
func TestPlansInManyShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/plans/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d plans, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.Split(strings.TrimSpace(string(want)), "\n"),
				told(parse(t, string(data)))); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// told is a plan in the lines of a .want file.
func told(p *Plan) (lines []string) {
	lines = append(lines, fmt.Sprint("year ", p.Year))
	for _, it := range p.Items {
		number := it.Number
		if it.Measure {
			number = "-"
		}
		line := strings.Join([]string{number, it.Title, it.Lead, strings.Join(it.Support, "、"), it.Deadline,
			it.Section}, " | ")
		lines = append(lines, strings.TrimSpace(line))
		for _, f := range [][2]string{{"leader", it.Leader}, {"owner", it.Owner}, {"phone", it.Phone},
			{"status", it.Status},
			{"completed", it.Completed}, {"progress", it.Progress}, {"problems", it.Problems}, {"next", it.Next},
			{"evidence", it.Evidence}, {"remark", it.Remark}} {
			if f[1] != "" {
				lines = append(lines, "  "+f[0]+" "+strings.ReplaceAll(f[1], "\n", "\\n"))
			}
		}
	}
	for _, r := range p.Rules {
		units := "all"
		if r.ByUnit {
			units = strings.Join(r.Units, "、")
		}
		lines = append(lines, fmt.Sprintf("rule %s %d %s", r.Name, r.Min, units))
	}
	for _, d := range p.Doubts {
		lines = append(lines, fmt.Sprintf("doubt %d %s", d.Line, d.Text.Key))
	}
	return lines
}
