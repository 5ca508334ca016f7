package newledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/plan"
)

// preparedRows are the empty rows below the tasks of a new ledger; a blank one
// gets more.
const (
	preparedRows = 5
	blankRows    = 30
)

// Blank describes a ledger without tasks.
func Blank(year int, rules []ledger.RequirementRule, units []ledger.Unit, today time.Time, lang msg.Lang) Spec {
	return Spec{
		Lang: lang, Made: today, Year: year, Blank: blankRows, Units: units,
		Title:        msg.Say(lang, "newledger.blank_title", "Year", year),
		Filed:        []string{msg.Say(lang, "newledger.filed_by"), msg.Say(lang, "newledger.filed_on")},
		Note:         msg.Say(lang, "newledger.note"),
		Requirements: requirementRows(rules, lang),
	}
}

// OfPlan describes the ledger of a plan's tasks, measures and annual
// requirements. Units that the plan names become the units sheet; open are the
// collectives whose members it does not name. It is in Chinese, as plans
// are.
func OfPlan(p *plan.Plan, year int, today time.Time) (spec Spec, open []string) {
	spec = Spec{
		Lang: msg.ZH, Made: today, Year: year, Blank: preparedRows,
		Title:        planTitle(p.Title, year),
		Filed:        []string{msg.Say(msg.ZH, "newledger.filed_by"), msg.Say(msg.ZH, "newledger.filed_on")},
		Note:         msg.Say(msg.ZH, "newledger.note"),
		Requirements: requirementRows(p.Rules, msg.ZH),
	}
	for _, it := range p.Items {
		n := len(spec.Sections)
		if n == 0 || spec.Sections[n-1].Name != it.Section {
			spec.Sections = append(spec.Sections, Section{Name: it.Section})
			n++
		}
		spec.Sections[n-1].Tasks = append(spec.Sections[n-1].Tasks, planTask(it))
	}
	spec.Units, open = planUnits(p)
	return spec, open
}

// planTask is the row of a plan's task. The state is one of the words that the
// ledger's list offers; another one goes to the remark.
func planTask(it plan.Item) Task {
	t := Task{
		Title: it.Title, Content: it.Requirement, Lead: it.Lead, Support: strings.Join(it.Support, "、"),
		Leader: it.Leader, Owner: it.Owner, Phone: it.Phone, Deadline: it.Deadline,
		Status: msg.Say(msg.ZH, "newledger.not_started"), Completed: it.Completed, Progress: it.Progress,
		Problems: it.Problems, Next: it.Next, Evidence: it.Evidence, Remark: it.Remark,
	}
	if it.Status == "" {
		return t
	}
	kind := ledger.ParseStatus(it.Status, ledger.Options{}).Kind
	for _, word := range usualStatuses(msg.ZH) {
		if ledger.ParseStatus(word, ledger.Options{}).Kind == kind && kind != ledger.UnknownStatus {
			t.Status = word
			return t
		}
	}
	if t.Remark != "" {
		t.Remark += "；"
	}
	t.Remark += it.Status
	return t
}

// planTitle is the ledger's title: the plan's, without what a covering notice
// puts around it, and with the year.
func planTitle(title string, year int) string {
	if from := strings.Index(title, "关于印发"); from >= 0 {
		if inner := strings.TrimSuffix(title[from+len("关于印发"):], "的通知"); inner != "" {
			title = inner
		}
	}
	title = strings.NewReplacer("《", "", "》", "").Replace(strings.TrimSpace(title))
	if title == "" {
		return msg.Say(msg.ZH, "newledger.blank_title", "Year", year)
	}
	if ledger.YearOf(title) != year {
		return msg.Say(msg.ZH, "newledger.year_title", "Year", year, "Plan", title)
	}
	return msg.Say(msg.ZH, "newledger.plan_title", "Plan", title)
}

// planUnits are the units that a plan names, each with the collectives that it
// belongs to, and the collectives without a named member.
func planUnits(p *plan.Plan) (units []ledger.Unit, open []string) {
	var collectives []string
	none := &ledger.Directory{}
	named := slices.Clone(p.Units)
	for _, r := range p.Rules {
		named = append(named, r.Units...)
	}
	for _, name := range named {
		switch {
		case none.Collective(name):
			if !slices.Contains(collectives, name) {
				collectives = append(collectives, name)
			}
		case !slices.ContainsFunc(units, func(u ledger.Unit) bool { return u.Name == name }):
			units = append(units, ledger.Unit{Name: name})
		}
	}
	d := ledger.NewDirectory(slices.Clone(units))
	for _, c := range collectives {
		members := d.Expand(c)
		switch {
		case len(members) == 1 && members[0] == c:
			open = append(open, c)
		case len(members) < len(units): // one of all units needs no mark
			for i := range units {
				if slices.Contains(members, units[i].Name) {
					units[i].Groups = append(units[i].Groups, c)
				}
			}
		}
	}
	return units, open
}
