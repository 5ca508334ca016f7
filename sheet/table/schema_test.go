package table

import (
	"slices"
	"strings"
)

// testSchemas are like those of a ledger, as DESIGN.md section 3 lists them.
func testSchemas() []Schema {
	f := func(name, headings string) Field { return Field{Name: name, Headings: strings.Fields(headings)} }
	words := strings.Fields("已完成 完成 办结 已办结 销号 是 否 √ 未启动 未开展 未完成 推进中 办理中 进行中 整改中 持续推进")
	isState := func(v string) bool { return slices.Contains(words, v) }
	return []Schema{
		{
			Kind: "tasks",
			Fields: []Field{
				{Name: "number", Headings: []string{"序号", "编号", "项次", "No.", "No"}},
				f("code", "任务编号"),
				f("section", "类别 重点领域 一级任务"),
				{Name: "title", Headings: []string{"重点任务", "工作任务", "任务事项", "督办事项", "主要任务", "任务名称", "Task"}},
				f("requirement", "工作内容 具体要求 具体措施 工作举措 工作目标 任务内容"),
				{Name: "lead", Headings: []string{"牵头单位", "牵头部门", "主办单位", "主责单位", "牵头(责任)单位", "Lead unit"},
					Parts: []string{"责任 单位"}, Type: UnitName},
				{Name: "support", Headings: []string{"配合单位", "协办单位", "协同单位", "参与单位", "责任(配合)单位", "Supporting units"},
					Hints: []string{"责任 单位"}, Type: UnitName},
				f("leader", "责任领导 牵头领导 分管领导 包保领导"),
				f("owner", "责任人 责任人员 具体责任人 经办人 联系人 联络员 Owner"),
				f("phone", "联系电话 联系方式 Phone"),
				{Name: "deadline", Headings: []string{"完成时限", "时限要求", "办结时限", "责任时限", "整改时限", "时间节点", "完成期限",
					"Due date"}, Parts: []string{"完成 时间"}, Type: DateValue},
				{Name: "status", Headings: strings.Fields("完成状态 办理状态 是否完成 当前状态 状态 Status"), Hints: []string{"完成 情况"},
					Type: State, Means: isState},
				{Name: "progress", Headings: strings.Fields("进展情况 落实情况 推进情况 工作进展 工作动态 Progress"),
					Parts: []string{"完成 情况"}, Type: Prose},
				{Name: "completed", Headings: strings.Fields("实际完成时间 办结时间 完成日期"), Hints: []string{"完成 时间"},
					Type: DateValue},
				f("problems", "存在问题 困难"),
				f("next_steps", "下一步打算 下步措施"),
				f("evidence", "佐证材料 印证材料 支撑材料 公开链接"),
				f("remark", "备注 说明 Remarks"),
			},
			Need: [][]string{{"title", "requirement"}},
			Min:  3,
		},
		{
			Kind: "activities",
			Fields: []Field{
				f("number", "序号"), f("kind", "类型 活动类型"), f("unit", "单位"), f("date", "日期"), f("topic", "主题"),
				f("place", "地点"),
				f("people", "人数"), f("parts", "环节"), f("evidence", "佐证 佐证材料"), f("remark", "备注"),
			},
			Need: [][]string{{"kind"}, {"date"}},
			Min:  3,
		},
		{
			Kind: "units",
			Fields: []Field{
				f("number", "序号"), f("name", "单位名称"), f("alias", "别名 简称"), f("group", "类别"), f("contact", "联系人"),
				f("phone", "联系电话"),
			},
			Need: [][]string{{"name"}},
			Min:  2,
		},
		{
			Kind: "requirements",
			Fields: []Field{
				f("name", "要求"), f("min", "最少次数"), f("scope", "范围"), f("units", "单位"), f("due", "时限"),
				f("needs", "计入条件"),
			},
			Need: [][]string{{"name"}, {"min"}},
			Min:  3,
		},
	}
}
