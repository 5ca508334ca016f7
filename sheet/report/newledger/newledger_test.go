package newledger

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/plan"
	"taizhang/sheet/table"
)

var made = time.Date(2022, 3, 1, 0, 0, 0, 0, time.UTC)

// back reads a new ledger as every workbook is read.
func back(t interface {
	Helper()
	Fatal(...any)
}, spec Spec) *ledger.Ledger {
	t.Helper()
	data, err := Make(spec)
	if err != nil {
		t.Fatal(err)
	}
	wb, err := ooxml.Read("new.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Build(found.Tables, ledger.Options{Today: made})
}

type planned struct {
	Section, Title, Requirement, Lead, Deadline, Leader, Owner string
	Progress, Evidence, Remark                                 string
	Support                                                    []string
}

func linesOf(p *plan.Plan) (out []planned) {
	for _, it := range p.Items {
		out = append(out, planned{it.Section, it.Title, it.Requirement, it.Lead, it.Deadline, it.Leader, it.Owner,
			it.Progress, it.Evidence, it.Remark, it.Support})
	}
	return out
}

func linesBack(l *ledger.Ledger) (out []planned) {
	for _, t := range l.Tasks {
		out = append(out, planned{t.Section, t.Title, t.Requirement, t.Lead, t.Deadline.Text, t.Leader, t.Owner,
			t.Progress, t.Evidence, t.Remark, t.Support})
	}
	return out
}

// On the first user's own plan: 19 tasks and 3 measures come back as they are,
// with both annual requirements.
func TestThePlanOfTheFirstUserComesBack(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/seeds/*.txt")
	if len(files) == 0 {
		t.Skip("the first user's plan is not beside the project")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	doc, err := plan.Read("plan.txt", data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(doc, ledger.DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	spec, open := OfPlan(p, p.Year, made)
	l := back(t, spec)
	if d := cmp.Diff(linesOf(p), linesBack(l)); d != "" {
		t.Errorf("tasks (-plan +ledger)\n%s", d)
	}
	if len(l.Tasks) != 22 || l.Year != 2022 || len(l.Rules) != 2 {
		t.Errorf("%d tasks of %d, %d rules", len(l.Tasks), l.Year, len(l.Rules))
	}
	if d := cmp.Diff(p.Rules, l.Rules); d != "" {
		t.Errorf("annual requirements (-plan +ledger)\n%s", d)
	}
	if d := cmp.Diff([]string{"各街道办事处"}, open); d != "" {
		t.Errorf("units that nobody named (-want +got)\n%s", d)
	}
	for _, problem := range l.Problems {
		if problem.Text.Key != "ledger.no_lead" {
			t.Errorf("%s!%s: %s", problem.Sheet, problem.Cell, problem.Text)
		}
	}
}

// Whatever a plan says comes back from the ledger as it was.
func TestPlansComeBack(t *testing.T) {
	sections := []string{"一、甲项", "一、甲项 / （一）乙项", "一、甲项 / （二）丙项", "二、丁项", "二、丁项 / （一）戊项", "三、己项"}
	units := []string{"财政局", "水利局", "城管局", "各部门", "各街道"}
	rapid.Check(t, func(t *rapid.T) {
		p := &plan.Plan{Title: "2022年某某方案", Year: 2022}
		section := 0
		for i := range rapid.IntRange(1, 8).Draw(t, "items") {
			section = min(section+rapid.IntRange(0, 2).Draw(t, "section"), len(sections)-1)
			it := plan.Item{Section: sections[section], Title: fmt.Sprintf("任务%c", '甲'+i),
				Lead: rapid.SampledFrom(units[:3]).Draw(t, "lead")}
			it.Requirement = rapid.StringMatching(`(逐项登记|=1\+1|2022-03-01日志|[a-z]{1,5}|按月通报。){1,4}`).Draw(t, "text")
			for _, u := range units[1:] {
				if u != it.Lead && rapid.Bool().Draw(t, "supports") {
					it.Support = append(it.Support, u)
				}
			}
			it.Deadline = rapid.SampledFrom([]string{"", "年底前", "每月25日前", "2022年6月底前", "长期坚持"}).Draw(t, "deadline")
			it.Leader = rapid.SampledFrom([]string{"", "", "王某", "李某、赵某"}).Draw(t, "leader")
			it.Progress = rapid.SampledFrom([]string{"", "已完成招标", "=1"}).Draw(t, "progress")
			it.Evidence = rapid.SampledFrom([]string{"", "照片"}).Draw(t, "evidence")
			it.Remark = rapid.SampledFrom([]string{"", "重点"}).Draw(t, "remark")
			p.Items = append(p.Items, it)
			p.Units = append(append(p.Units, it.Lead), it.Support...)
		}
		spec, _ := OfPlan(p, 2022, made)
		if d := cmp.Diff(linesOf(p), linesBack(back(t, spec))); d != "" {
			t.Fatalf("(-plan +ledger)\n%s", d)
		}
	})
}

func TestBlankLedgerInBothLanguages(t *testing.T) {
	for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
		units := []ledger.Unit{{Name: "党政办公室", Aliases: []string{"党政办", "党办"}, Groups: []string{"各部门"}, Contact: "张三",
			Phone: "0436-1"}, {Name: "财政局"}}
		l := back(t, Blank(2030, ledger.DefaultRules(), units, made, lang))
		if len(l.Tasks) != 0 || l.Year != 2030 || len(l.Tables) != 4 || len(l.Problems) != 0 || l.Lang() != lang {
			t.Errorf("%s: %d tasks of %d, %d tables, problems %v", lang, len(l.Tasks), l.Year, len(l.Tables),
				l.Problems)
		}
		if d := cmp.Diff(units, l.Directory.Units()); d != "" {
			t.Errorf("%s: units %s", lang, d)
		}
		if d := cmp.Diff(ledger.DefaultRules(), l.Rules); d != "" {
			t.Errorf("%s: rules %s", lang, d)
		}
	}
	if l := back(t, Blank(2030, nil, nil, made, msg.ZH)); len(l.Rules) != 0 {
		t.Errorf("a sheet without rules means no rules: %+v", l.Rules)
	}
}

// A program that keeps the name of the last editor without setting its own
// would otherwise make this one the author of whatever an office types.
func TestANewLedgerNamesNobodyAsItsLastEditor(t *testing.T) {
	data, err := Make(Blank(2022, ledger.DefaultRules(), nil, made, "zh"))
	if err != nil {
		t.Fatal(err)
	}
	wb, err := ooxml.Read("new.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if by := wb.LastModifiedBy(); by != "" {
		t.Errorf("last modified by %q", by)
	}
}

// The state that a plan's table gives a task becomes the ledger's own word for
// it; a word that the ledger has none for stays as a remark.
func TestStatesOfAPlansTable(t *testing.T) {
	for state, want := range map[string][2]string{
		"":       {"未启动", "重点"},
		"办结":     {"已完成", "重点"},
		"办理中":    {"推进中", "重点"},
		"长期坚持":   {"长期坚持", "重点"},
		"待上级批复后": {"未启动", "重点；待上级批复后"},
	} {
		task := planTask(plan.Item{Title: "甲", Status: state, Remark: "重点"})
		if task.Status != want[0] || task.Remark != want[1] {
			t.Errorf("%q: %q, %q", state, task.Status, task.Remark)
		}
	}
}
