package ledger

import (
	"reflect"
	"slices"
	"sync/atomic"

	"taizhang/sheet/table"
)

// Schemas are the kinds of tables a ledger is made of, for table.Find, with the
// further headings of opt.
//
// Each kind demands what the others have not: tasks say what the work is, and by
// whom, by when or how far; units have a name and what only a list of units tells
// of it; activities a date, a type or topic, and where, with whom or by whom they
// were held; requirements a name and a minimum.
//
// Nobody may change the result: it is made once for the same settings, so that table.Find
// has its words ready.
func Schemas(opt Options) []table.Schema {
	settings := schemaSettings{opt.Headings, opt.StatusWords, opt.Hidden, opt.Registers}
	if last := lastSchemas.Load(); last != nil && reflect.DeepEqual(last.settings, settings) {
		return last.schemas
	}
	made := &madeSchemas{settings, makeSchemas(opt)}
	lastSchemas.Store(made)
	return made.schemas
}

// schemaSettings are the options that schemas depend on.
type schemaSettings struct {
	headings    map[string]map[string][]string
	statusWords map[StatusKind][]string
	hidden      bool
	registers   []RegisterDef
}

type madeSchemas struct {
	settings schemaSettings
	schemas  []table.Schema
}

var lastSchemas atomic.Pointer[madeSchemas]

func makeSchemas(opt Options) []table.Schema {
	own := []table.Schema{
		{Kind: KindTasks, Fields: fieldsOf(KindTasks, opt), Min: 2, Least: 1.6, Guess: FieldTitle,
			StandIn: []string{FieldProblems}, Foreign: foreignToTasks,
			Logs: []string{"记录", "日志", "登记", "流水", "花名册", "名册", "通讯录", "审批", "签到"}, Things: thingHeadings,
			Deeds:     deedWords,
			Schedules: []string{"计划", "安排", "进度", "排期", "目标", "任务", "日程", "schedule", "plan", "todo"},
			Work: []string{FieldRequirement, FieldStatus, FieldProgress, FieldCompleted, FieldProblems,
				FieldNextSteps},
			Need: [][]string{{FieldTitle, FieldRequirement},
				{FieldLead, FieldOwner, FieldDeadline, FieldStatus, FieldProgress, FieldCompleted, FieldLeader,
					FieldSupport}}},
		{Kind: KindActivities, Fields: fieldsOf(KindActivities, opt), Min: 3,
			Need: [][]string{{EventDate}, {EventTopic, EventKind}, {EventPlace, EventPeople, EventParts, EventUnit}}},
		{Kind: KindUnits, Fields: fieldsOf(KindUnits, opt), Min: 2, Least: 1.1, Foreign: foreignToUnits,
			Need: [][]string{{UnitName}, {UnitAliases, UnitGroups, UnitContact, UnitPhone}}},
		{Kind: KindRequirements, Fields: fieldsOf(KindRequirements, opt), Min: 2,
			Need: [][]string{{RuleName}, {RuleMin}}},
		{Kind: KindHolidays, Fields: fieldsOf(KindHolidays, opt), Min: 2,
			Words: []string{"节假日", "放假", "调休", "假期", "Holiday"},
			Own:   []string{"放假", "上班", "节", "假", "休", "Off", "Holiday"},
			Need:  [][]string{{HolidayDate}, {HolidayState}}},
	}
	own = append(own, registerSchemas(opt)...)
	for i := range own {
		own[i].Hidden = opt.Hidden
	}
	return own
}

// Unmeant is the name that the configuration gives to headings that mean no
// field: headings: {tasks: {other: [完成时间]}}.
const Unmeant = "other"

// fieldsOf are the fields of a kind with what the configuration adds to them.
// A heading that the configuration gives to a field is taken from the others.
func fieldsOf(kind string, opt Options) []table.Field {
	return withHeadings(kind, fieldData[kind], opt)
}

// withHeadings are fields of a kind with what the configuration adds to them.
func withHeadings(kind string, data []table.Field, opt Options) []table.Field {
	extra := opt.Headings[kind]
	claimed := map[string]string{}
	for field, headings := range extra {
		for _, h := range headings {
			claimed[table.Normalize(h)] = field
		}
	}
	words := statusWords(opt)
	out := make([]table.Field, 0, len(data)+1)
	for _, f := range data {
		var headings []string
		if f.Name != "" {
			headings = slices.Clone(extra[f.Name])
		}
		for _, h := range f.Headings {
			if owner, ok := claimed[table.Normalize(h)]; !ok || owner == f.Name {
				headings = append(headings, h)
			}
		}
		f.Headings = headings
		if f.Type == table.State && f.Means == nil {
			f.Means = func(v string) bool { return words.kind(v) != UnknownStatus }
		}
		out = append(out, f)
	}
	if len(extra[Unmeant]) > 0 {
		out = append(out, table.Field{Headings: extra[Unmeant]})
	}
	return out
}
