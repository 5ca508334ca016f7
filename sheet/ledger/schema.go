package ledger

import (
	"slices"

	"taizhang/sheet/table"
)

// Schemas are the kinds of tables a ledger is made of, for table.Find, with the
// further headings of opt.
//
// Each kind demands what the others have not: tasks a title or a requirement;
// units a name and what only a list of units tells of it; activities a date and
// a type or topic; requirements a name and a minimum.
func Schemas(opt Options) []table.Schema {
	return []table.Schema{
		{Kind: KindTasks, Fields: fieldsOf(KindTasks, opt), Rules: taskRules(opt),
			Any: []string{FieldTitle, FieldRequirement}, Min: 3},
		{Kind: KindActivities, Fields: fieldsOf(KindActivities, opt),
			All: []string{EventDate}, Any: []string{EventKind, EventTopic}, Min: 3},
		{Kind: KindUnits, Fields: fieldsOf(KindUnits, opt),
			All: []string{UnitName}, Any: []string{UnitAliases, UnitGroups, UnitContact, UnitPhone}, Min: 2},
		{Kind: KindRequirements, Fields: fieldsOf(KindRequirements, opt),
			All: []string{RuleName, RuleMin}, Min: 2},
	}
}

// fieldsOf is the vocabulary of a kind with what the configuration adds to it.
// A heading that the configuration gives to a field is taken from the others.
func fieldsOf(kind string, opt Options) []table.Field {
	extra := opt.Headings[kind]
	claimed := map[string]string{}
	for field, headings := range extra {
		for _, h := range headings {
			claimed[table.Normalize(h)] = field
		}
	}
	var out []table.Field
	for _, v := range vocabularies[kind] {
		f := table.Field{Name: v.field, Headings: slices.Clone(extra[v.field])}
		for _, h := range v.headings {
			if owner, ok := claimed[table.Normalize(h)]; !ok || owner == v.field {
				f.Headings = append(f.Headings, h)
			}
		}
		out = append(out, f)
	}
	return out
}

// taskRules decide the headings whose meaning depends on their neighbours.
func taskRules(opt Options) []table.Rule {
	first := func(fields ...string) func(func(string) bool, []string) string {
		return func(taken func(string) bool, _ []string) string {
			for _, f := range fields {
				if !taken(f) {
					return f
				}
			}
			return ""
		}
	}
	rules := []table.Rule{
		{Headings: []string{"责任单位", "责任部门", "责任科室", "责任处室", "责任主体", "实施单位", "单位", "部门", "单位名称", "单位(部门)", "科室"}, Choose: first(FieldLead, FieldSupport)},
		{Headings: []string{"完成时间", "时间", "办理时间", "整改时间", "落实时间"}, Choose: first(FieldDeadline, FieldCompleted)},
		{Headings: []string{"完成情况", "落实完成情况", "任务完成情况", "办结情况", "整改完成情况", "完成进度", "进度"}, Choose: func(taken func(string) bool, sample []string) string {
			if !taken(FieldStatus) && (mostlyStatus(sample, opt) || taken(FieldProgress) && len(sample) == 0) {
				return FieldStatus
			}
			return first(FieldProgress)(taken, sample)
		}},
		{Headings: []string{"要求", "内容", "目标"}, Choose: first(FieldRequirement)},
		{Headings: []string{"名称", "工作"}, Choose: first(FieldTitle)},
	}
	claimed := map[string]bool{}
	for _, headings := range opt.Headings[KindTasks] {
		for _, h := range headings {
			claimed[table.Normalize(h)] = true
		}
	}
	for i := range rules {
		rules[i].Headings = slices.DeleteFunc(rules[i].Headings, func(h string) bool { return claimed[table.Normalize(h)] })
	}
	return rules
}

// mostlyStatus reports whether values are status words: at least two in three.
func mostlyStatus(values []string, opt Options) bool {
	words := statusWords(opt)
	known := 0
	for _, v := range values {
		if words.kind(v) != UnknownStatus {
			known++
		}
	}
	return known > 0 && known*3 >= len(values)*2
}
