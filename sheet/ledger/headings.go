package ledger

// Fields of the units sheet (单位名录).
const (
	UnitName    = "name"
	UnitAliases = "aliases"
	UnitGroups  = "groups" // collectives the unit is a member of
	UnitContact = "contact"
	UnitPhone   = "phone"
)

// Fields of the requirements sheet (年度要求).
const (
	RuleKind  = "kind"
	RuleName  = "name"
	RuleMin   = "min"
	RuleScope = "scope" // each unit for itself, or the ledger as a whole
	RuleUnits = "units"
	RuleDue   = "due"
	RuleNeeds = "needs"
)

// heading lists, by kind of table and field. The order of the fields is that in
// which they are shown; each list begins with the name used for new sheets.
type vocabulary []struct {
	field    string
	headings []string
}

var numberHeadings = []string{"序号", "编号", "项次", "序", "顺序号", "行号", "No.", "No", "Number", "#", "S/N", "Item No."}

var taskHeadings = vocabulary{
	{FieldNumber, numberHeadings},
	{FieldCode, []string{"任务编号", "任务编码", "任务代码", "事项编号", "事项编码", "督办编号", "项目编号", "清单编号", "Code", "Task Code", "Task ID", "ID", "Ref", "Reference"}},
	{FieldSection, []string{"类别", "重点领域", "一级任务", "任务类别", "工作类别", "事项类别", "任务分类", "分类", "领域", "板块", "一级指标", "重点方面", "所属领域", "工作领域", "专项",
		"Section", "Category", "Area", "Group", "Workstream"}},
	{FieldTitle, []string{"重点任务", "工作任务", "任务事项", "督办事项", "主要任务", "任务名称", "任务", "事项", "工作事项", "事项名称", "重点工作", "重点工作任务", "工作名称", "二级任务", "具体任务",
		"具体事项", "任务清单", "目标任务", "年度任务", "年度重点任务", "重点事项", "工作项目", "项目名称", "督查事项", "整改事项", "问题清单", "整改任务", "任务标题", "工作要点", "二级指标", "公开事项",
		"Task", "Title", "Task Name", "Task Title", "Item", "Action", "Action Item", "Subject", "Key Task"}},
	{FieldRequirement, []string{"工作内容", "具体要求", "具体措施", "工作举措", "工作目标", "任务内容", "工作要求", "任务要求", "主要内容", "具体内容", "任务目标", "目标要求", "工作措施", "主要措施", "整改措施",
		"落实举措", "落实措施", "工作标准", "内容及要求", "具体任务内容", "任务描述", "举措", "措施", "责任内容", "年度目标",
		"Requirement", "Requirements", "Description", "Details", "Content", "Measures", "Deliverable", "Deliverables"}},
	{FieldLead, []string{"牵头单位", "牵头部门", "主办单位", "主责单位", "牵头(责任)单位", "牵头责任单位", "责任(牵头)单位", "主责部门", "主办部门", "主要责任单位", "牵头科室", "牵头处室", "承办单位", "承办部门", "主体责任单位", "第一责任单位",
		"Lead Unit", "Lead", "Lead Department", "Lead Agency", "Owner Unit", "Responsible Unit", "Responsible Department", "Department", "Unit"}},
	{FieldSupport, []string{"配合单位", "协办单位", "协同单位", "参与单位", "责任(配合)单位", "配合部门", "协办部门", "协同部门", "参加单位", "配合责任单位", "支持单位", "参与部门", "协作单位", "落实单位",
		"Supporting Units", "Support", "Supporting Unit", "Support Units", "Supporting Departments", "Cooperating Units", "Co-organizer"}},
	{FieldLeader, []string{"责任领导", "牵头领导", "分管领导", "包保领导", "包联领导", "挂帅领导", "责任区领导", "主管领导", "包抓领导", "市级领导", "区级领导", "县级领导", "区领导", "Leader", "Responsible Leader", "Sponsor", "Supervisor"}},
	{FieldOwner, []string{"责任人", "责任人员", "具体责任人", "经办人", "联系人", "联络员", "直接责任人", "承办人", "负责人", "经办人员", "具体负责人", "工作人员", "责任科室负责人", "Owner", "Responsible", "Responsible Person", "Person in Charge", "Assignee", "Contact", "Contact Person"}},
	{FieldPhone, []string{"联系电话", "联系方式", "电话", "手机", "办公电话", "联系人电话", "手机号", "手机号码", "Phone", "Telephone", "Tel", "Contact Number", "Mobile"}},
	{FieldDeadline, []string{"完成时限", "时限要求", "办结时限", "责任时限", "整改时限", "时间节点", "完成期限", "时限", "办理时限", "工作时限", "要求完成时间", "计划完成时间", "预计完成时间", "截止时间", "截止日期", "期限", "完成节点",
		"规定时限", "落实时限", "整改期限", "办理期限", "进度安排", "时间要求", "时间安排", "计划完成日期", "要求时限", "限办日期", "限时", "要求完成时限",
		"Deadline", "Due", "Due Date", "Due By", "Target Date", "Planned Completion"}},
	{FieldStatus, []string{"完成状态", "办理状态", "是否完成", "当前状态", "状态", "任务状态", "进展状态", "工作状态", "整改状态", "是否办结", "完成与否", "推进状态", "落实状态", "是否销号", "销号情况", "目前状态", "进度状态", "Status", "State", "Completed?", "Done?"}},
	{FieldProgress, []string{"进展情况", "落实情况", "推进情况", "工作进展", "工作动态", "工作进展情况", "落实进展", "办理情况", "整改情况", "最新进展", "目前进展", "当前进展", "工作推进情况", "任务进展情况", "任务落实情况",
		"进展", "办理进展", "整改落实情况", "整改进展", "开展情况", "工作完成情况", "Progress", "Progress Notes", "Latest Progress", "Update", "Updates", "Actions Taken"}},
	{FieldCompleted, []string{"实际完成时间", "办结时间", "完成日期", "实际完成日期", "办结日期", "销号时间", "整改完成时间", "实际办结时间", "销号日期", "Completed", "Completed On", "Completion Date", "Date Completed", "Actual Completion", "Finished On"}},
	{FieldProblems, []string{"存在问题", "困难", "存在的问题", "存在困难", "问题", "存在问题及困难", "存在困难和问题", "困难和问题", "问题及困难", "主要问题", "存在的困难和问题", "未完成原因", "滞后原因", "Problems", "Issues", "Obstacles", "Difficulties", "Risks"}},
	{FieldNextSteps, []string{"下一步打算", "下步措施", "下一步措施", "下步打算", "下一步工作", "下一步工作打算", "下一步计划", "下步工作", "下步工作计划", "下一步工作计划", "下一步安排", "Next Steps", "Next Step", "Plan", "Next Actions"}},
	{FieldEvidence, []string{"佐证材料", "印证材料", "支撑材料", "公开链接", "佐证", "证明材料", "链接", "公开网址", "附件材料", "网址", "Evidence", "Link", "Links", "URL", "Proof", "Supporting Documents"}},
	{FieldRemark, []string{"备注", "说明", "备注说明", "其他", "Remark", "Remarks", "Note", "Notes", "Comment", "Comments"}},
}

var eventHeadings = vocabulary{
	{FieldNumber, numberHeadings},
	{EventKind, []string{"类型", "活动类型", "类别", "活动类别", "事项类型", "培训类型", "Type", "Kind", "Event Type", "Activity Type"}},
	{EventUnit, []string{"单位", "举办单位", "主办单位", "组织单位", "承办单位", "开展单位", "单位名称", "部门", "培训单位", "Unit", "Organizer", "Organiser", "Department", "Held By"}},
	{EventDate, []string{"日期", "举办日期", "活动日期", "举办时间", "活动时间", "开展时间", "时间", "培训时间", "培训日期", "开展日期", "Date", "Held On", "Event Date"}},
	{EventTopic, []string{"主题", "活动主题", "活动名称", "内容", "活动内容", "培训主题", "培训内容", "名称", "培训名称", "Topic", "Subject", "Title", "Theme", "Event"}},
	{EventPlace, []string{"地点", "活动地点", "举办地点", "培训地点", "Place", "Venue", "Location"}},
	{EventPeople, []string{"人数", "参加人数", "参与人数", "参训人数", "参会人数", "培训人数", "People", "Participants", "Attendance", "Attendees"}},
	{EventParts, []string{"环节", "活动环节", "设置环节", "活动形式", "形式", "互动环节", "Parts", "Elements", "Format", "Segments"}},
	{FieldEvidence, []string{"佐证", "佐证材料", "印证材料", "支撑材料", "证明材料", "链接", "公开链接", "Evidence", "Link", "Links", "URL"}},
	{FieldRemark, []string{"备注", "说明", "Remark", "Remarks", "Note", "Notes"}},
}

var unitHeadings = vocabulary{
	{FieldNumber, numberHeadings},
	{UnitName, []string{"单位名称", "规范名称", "单位全称", "部门名称", "标准名称", "名称", "单位", "全称", "部门", "Unit Name", "Unit"}},
	{UnitAliases, []string{"简称", "别名", "简称或别名", "别称", "曾用名", "其他名称", "简称/别名", "又称", "单位简称", "Aliases", "Alias", "Short Name", "Short Names", "Abbreviation", "Also Known As"}},
	{UnitGroups, []string{"所属类别", "类别", "所属集合", "分组", "所属", "统称", "单位类别", "单位性质", "集合名称", "Groups", "Collectives", "Collective", "Unit Group"}},
	{UnitContact, []string{"联络员", "联系人", "联系人员", "信息联络员", "负责人", "Contact", "Contact Person", "Liaison"}},
	{UnitPhone, []string{"联系电话", "电话", "联系方式", "手机", "办公电话", "Phone", "Telephone", "Tel", "Contact Number"}},
}

var ruleHeadings = vocabulary{
	{FieldNumber, numberHeadings},
	{RuleName, []string{"要求", "年度要求", "要求名称", "事项", "Requirement", "Annual Requirement", "Name"}},
	{RuleKind, []string{"类型", "活动类型", "对应类型", "Type", "Kind"}},
	{RuleMin, []string{"最少次数", "次数", "至少次数", "年度次数", "最低次数", "次数要求", "Minimum", "Min", "Times", "At Least", "Required"}},
	{RuleScope, []string{"范围", "统计范围", "计算范围", "统计方式", "Scope", "Counted"}},
	{RuleUnits, []string{"单位", "适用单位", "责任单位", "涉及单位", "Units", "Unit", "Applies To"}},
	{RuleDue, []string{"时限", "完成时限", "截止时间", "截止日期", "期限", "时间要求", "Due", "Deadline", "Due Date"}},
	{RuleNeeds, []string{"计入条件", "条件", "计入要求", "认定条件", "统计条件", "Counts If", "Condition", "Conditions", "Needs"}},
}

// vocabularies by kind of table.
var vocabularies = map[string]vocabulary{
	KindTasks: taskHeadings, KindActivities: eventHeadings, KindUnits: unitHeadings, KindRequirements: ruleHeadings,
}
