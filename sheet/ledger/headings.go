package ledger

import "taizhang/sheet/table"

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

// What the columns of the four kinds of tables are called, and what their values
// look like; see table.Field. The order of the fields is that in which they are
// shown; the headings of each begin with the one used for new sheets.
//
// Headings are names that offices really use, each for one field. Parts read the
// names that nobody has listed by what they are made of (完成 + 时间, 责任 + 人).

var numberHeadings = []string{"序号", "编号", "项次", "序", "顺序号", "行号", "No.", "No", "Number", "#", "S/N", "Item No."}

var numberField = table.Field{Name: FieldNumber, Headings: numberHeadings, Type: table.Counter, Fill: true,
	Parts: []string{"序号|项次|顺序号|行号", "问题|意见|建议|隐患|线索 编号"}, Hints: []string{"编号|号|no"}}

var taskFieldData = []table.Field{
	numberField,
	{Name: FieldCode, Type: table.Code,
		Headings: []string{"任务编号", "任务编码", "任务代码", "事项编号", "事项编码", "督办编号", "项目编号", "清单编号", "WBS", "WBS编码", "Code",
			"Task Code", "Task ID", "ID", "Ref", "Reference"},
		Parts: []string{"编号|编码|代码|代号|单号|文号"},
		Hints: []string{"号|id|key"},
		Not:   []string{"电话", "手机", "账号"}},
	{Name: FieldSection, Type: table.Group,
		Headings: []string{"类别", "重点领域", "一级任务", "任务类别", "工作类别", "事项类别", "任务分类", "分类", "领域", "板块",
			"一级指标", "重点方面", "所属领域", "工作领域", "专项", "Section", "Category", "Area", "Group",
			"Workstream"},
		Parts: []string{"任务|工作|事项|项目|指标|责任|问题|所属|重点 类别|分类|大类|领域|板块|方面|模块|行动|专题", "^所属|所在 板块|专班|专项|领域|行动|战线",
			"一级 任务|指标|事项|项目|目标", "大分类|大类|大项|板块|领域"},
		Hints: []string{
			"类别|分类|领域|板块|大类|模块|模组|项目|方面|大项|里程碑|章节|系统|任务项|目标o|条线|条块|战线|专题|阶段|category|module|area|phase|group"},
		Not: []string{"小", "子", "二级", "三级", "名称", "描述", "说明"}},
	{Name: FieldTitle, Type: table.Name,
		Headings: []string{"重点任务", "工作任务", "任务事项", "督办事项", "主要任务", "任务名称", "任务", "事项", "工作事项",
			"事项名称", "重点工作", "重点工作任务", "工作名称", "二级任务", "具体任务", "具体事项", "任务清单",
			"目标任务", "年度任务", "年度重点任务", "重点事项", "工作项目", "项目名称", "督查事项", "整改事项",
			"问题清单", "整改任务", "任务标题", "工作要点", "二级指标", "公开事项", "Task", "Title", "Task Name",
			"Task Title", "Item", "Action", "Action Item", "Subject", "Key Task"},
		Parts: []string{"任务|事项|工作|活动|问题|项目|措施|指标|议题|需求|决策|检查|抽查|民生|计划|实事 名称|标题|主题|题目",
			"任务|工作|督办|督查|整改|重点|民生|决策|议定|交办|待办|行动|检查|目标|具体|公开|责任|改革|服务 任务|事项|明细|细项|要点|清单|项|工作|实事",
			"任务|事项|问题|行动项|工作项|待办|实事|督办件|要点|工作要点",
			"任务|工作|目标|指标|事项 分解|细化|拆解|细分|明细", "问题|隐患|风险|缺陷|任务|事项|工作|需求|整改 描述|说明|内容|明细|清单|概述",
			"年度|目标|计划|责任 任务|工作|目标任务|内容|事项", "work item|items",
			"接口|功能|任务|项目|事项|工作|模块|页面|文档|子项|活动 名", "action item", "task|deliverable|deliverables|activity|todo", "to do",
			"任务|检查|考核|评价|测评|改革|工作 点|项", "关键|主要|阶段 结果|节点", "事情|做什么|干什么|要做的事|要办的事|做的事",
			"反映|发现|反馈|存在|突出|交办|督察|巡察|审计|检查|报告|反映的|发现的|反馈的 问题", "问题摘要|问题概要|反馈意见|意见建议|客诉现象|里程碑|要做什么|干啥|办什么|什么事",
			"工作|任务|活动|事项 安排|部署", "user story|stories", "key result|results"},
		Hints: []string{
			"测评|报告|督查|督察|督办|检查|考核|活动|评审|条款|图纸|服务|创建|反映 内容", "故事|举措|成果|事由|案件|诉求",
			"名称|标题|主题|项目|功能|问题|目标|指标|工作|环节|小分类|小类|子项|页面|模块|模组|需求|措施|要点|计划|工作内容|细目|项目进度|工作进度|任务进度|name|title|subject|topic|item|feature|summary|issue"},
		Not: []string{"姓名", "人名", "单位", "部门", "公司", "学院", "客户", "用户", "户名", "文件名", "学校", "班级",
			"产品", "商品", "物料", "设备", "供应商", "人员", "存在", "下步", "下一步", "要求", "编号", "上级", "量化",
			"前置", "进展", "来源", "位置", "类型", "原因", "序号", "对象", "时间", "责任人", "负责人", "分值"}},
	{Name: FieldRequirement, Type: table.Prose,
		Headings: []string{"工作内容", "具体要求", "具体措施", "工作举措", "工作目标", "任务内容", "工作要求", "任务要求",
			"主要内容", "具体内容", "任务目标", "目标要求", "工作措施", "主要措施", "整改措施", "落实举措",
			"落实措施", "工作标准", "内容及要求", "具体任务内容", "任务描述", "举措", "措施", "责任内容",
			"年度目标", "Requirement", "Requirements", "Description", "Details", "Content", "Measures"},
		Parts: []string{
			"工作|任务|具体|主要|目标|质量|考核|完成|落实|整改|实施|解决|处理|推进|年度|责任|达到|预期|阶段|建设|详细|计划|改进|改革|化解|治理 " +
				"内容|措施|举措|描述|说明|做法|详情|途径|办法|方案",
			"工作|任务|具体|主要|目标|质量|考核|完成|落实|整改|实施|解决|处理|推进|年度|责任|达到|预期|阶段|建设|详细|计划|治理 要求|目标|标准|效果|成果",
			"措施|举措|做法|详情|步骤", "要求|目标|目的|标准", "预期|预计|目标 成效|成果|效果", "化解|攻坚|整改|解决|推进 路径|思路", "整改|工作|处理|处置 建议", "量化 目标|指标",
			"目标值|指标值", "衡量 标准", "对策", "定措施"},
		Hints: []string{
			"方案|路径|对策|内容|描述|说明|明细|成果|成果形式|思路|重点|详情|产出|指标|事项|description|detail|details|content|goal|deliverables|requirement"},
		Not: []string{"存在", "下步", "下一步", "时间", "日期", "期限", "进度", "时限", "问题原因", "进展", "备注", "意见", "分类", "材料"}},
	{Name: FieldLead, Type: table.UnitName, Fill: true,
		Headings: []string{"牵头单位", "牵头部门", "主办单位", "主责单位", "牵头(责任)单位", "牵头责任单位", "责任(牵头)单位",
			"主责部门", "主办部门", "主要责任单位", "牵头科室", "牵头处室", "承办单位", "承办部门", "主体责任单位",
			"第一责任单位", "Lead Unit", "Lead", "Lead Department", "Lead Agency", "Owner Unit",
			"Responsible Unit", "Responsible Department", "Department", "Unit"},
		Parts: []string{
			"牵头|主办|主责|承办|主抓|责任|负责|主管|发起|落实|实施|执行|整改|办理|组织|归口|主体|主要|对口|承担|完成|承建 " +
				"单位|部门|科室|处室|科|处|局|主体|机构|中心|股室|镇街|街镇|乡镇|村|社区|区县|方|班组|小组|专班|车间|条线",
			"牵头|主办|主责|责任主体", "^牵头", "^主办", "^主责", "^承办",
			"lead|responsible|owner|owning|implementing unit|department|agency|office|team|dept"},
		Hints: []string{"单位|部门|主体|科室|处室|机构|股室|责任方|班组|组别|条线|车间|专业组|属地|业主|department|dept|unit|team|agency",
			"^责任|负责|属地|承办|主管"},
		Not: []string{"配合", "协办", "协同", "参与", "协作", "参加", "协助", "计量", "人", "领导", "施工", "监理", "设计",
			"建设规模", "检查", "监督", "督导", "督查", "督办", "验收", "考核", "审核", "审批", "评审", "举报", "反馈", "提出", "发布", "客户", "工作单位",
			"所在", "来文", "交办", "下达", "电话", "支持", "其他", "相关", "辅助", "协调", "共建", "联动", "(个)", "support",
			"co"}},
	{Name: FieldSupport, Type: table.UnitName,
		Headings: []string{"配合单位", "协办单位", "协同单位", "参与单位", "责任(配合)单位", "配合部门", "协办部门", "协同部门",
			"参加单位", "配合责任单位", "支持单位", "参与部门", "协作单位", "落实单位", "Supporting Units",
			"Support", "Supporting Unit", "Support Units", "Supporting Departments", "Cooperating Units",
			"Co-organizer"},
		Parts: []string{"配合|协办|协同|参与|协作|支持|参加|协助|会办|成员|辅助|共建|联动|协调|其他责任|相关责任|协管 单位|部门|科室|处室|机构|方|处|科|局|庭|股|镇街",
			"配合|协办|协助", "^配合"},
		Hints: []string{"责任|落实|实施|相关|涉及|整改 单位|部门|科室|处室|主体"},
		Not:   []string{"人", "电话"}},
	{Name: FieldLeader, Type: table.Person,
		Headings: []string{"责任领导", "牵头领导", "分管领导", "包保领导", "包联领导", "挂帅领导", "责任区领导", "主管领导",
			"包抓领导", "市级领导", "区级领导", "县级领导", "区领导", "Leader", "Responsible Leader", "Sponsor",
			"Supervisor"},
		Parts: []string{
			"分管|责任|牵头|包保|包联|挂帅|主管|包抓|联系|带队|领衔|督办|市|县|区|局|镇|委|政府|包案|挂点|蹲点|领题 领导|县长|市长|区长|局长|主任|书记|校长|院长",
			"分管|主管|牵头|包联|包保|挂联|市级|县级|区级 负责人|责任人|负责同志|同志|人", "领导", "河长|湖长|林长|路长|链长|田长|点长|街长"},
		Hints: []string{"^分管|挂牌|挂点|挂联|包保|包联|包案|领衔"},
		Not:   []string{"小组", "批示", "意见", "时间", "单位$", "部门$", "电话", "部$", "科$", "局$"}},
	{Name: FieldOwner, Type: table.Person, Fill: true,
		Headings: []string{"责任人", "责任人员", "具体责任人", "经办人", "联系人", "联络员", "直接责任人", "承办人", "负责人",
			"经办人员", "具体负责人", "工作人员", "责任科室负责人", "资源名称", "Owner", "Responsible", "Responsible Person",
			"Person in Charge", "Assignee", "Assign", "Assigned", "Assigned To", "Contact", "Contact Person"},
		Parts: []string{
			"责任|负责|经办|承办|执行|主办|具体|联系|联络|办理|开发|处理|跟进|完成|落实|整改|实施|牵头|指派|认领|编写|工作|推进|对接|第一|设计|测试|服务|首席|包联|包保|帮办|代办|督导|挂钩|挂点|主责|主讲|主笔|起草|撰写|制作|跟踪|管理|帮扶|分管|绘图|编制 人|人员|人名|同志|者|员|人姓名|组员|工程师|设计师|经理|专员|干部|岗位|岗",
			"责任人|负责人|联络员|承办人|经办人|执行人", "负责|经手|主责人", "组长|班长|队长|负责岗位|项目经理|责任岗位|网格员|带头人", "担当|定人|执行", "action|done by",
			"^找谁", "^指派", "^分配", "^谁|由谁", "assigned to",
			"assignee|owner|responsible|pic|resource", "person charge"},
		Hints: []string{"工程师|专员|经理|主管|岗位|开发|设计|资源|主讲|主持|干事|人|人员|组员|成员|谁|经办|姓名|员工|同学|同志|分工|分配|者|who|name|by|人力",
			"^责任|负责|包保|包联|承办|经办"},
		Not: []string{"数", "人次", "协助", "配合", "参与", "审核", "审批", "复核", "监督", "申请", "投资", "发布", "创建",
			"提出", "订阅", "检查", "客户", "电话", "学生", "老师", "教师", "家长", "使用", "验收", "领导",
			"计划人", "单位$", "部门$", "科室$", "主体$", "内容$", "抄送", "信访", "上访", "来访", "来信", "反馈", "复查", "督办", "督查", "当事", "户主",
			"业主", "举报", "投诉", "报修", "反映", "被", "受理", "发现", "录入", "监护", "签发", "测试用", "自动", "填", "制表", "报告", "法人", "法定",
			"角色"}},
	{Name: FieldPhone, Type: table.Phone,
		Headings: []string{"联系电话", "联系方式", "电话", "手机", "办公电话", "联系人电话", "手机号", "手机号码", "Phone",
			"Telephone", "Tel", "Contact Number", "Mobile"},
		Parts: []string{"联系|联络|办公|手机|移动|固定|值班 电话|方式|号码|手机", "电话|手机|tel|phone|mobile"}},
	{Name: FieldDeadline, Type: table.DateValue, Fill: true,
		Plans: []string{"计划", "预计", "预定", "要求", "目标", "限", "期限", "完成", "截止", "截至", "节点", "应", "拟", "due", "plan",
			"target", "deadline"},
		Headings: []string{"完成时限", "时限要求", "办结时限", "责任时限", "整改时限", "时间节点", "完成期限", "时限", "办理时限",
			"工作时限", "要求完成时间", "计划完成时间", "预计完成时间", "截止时间", "截止日期", "期限", "完成节点",
			"规定时限", "落实时限", "整改期限", "办理期限", "进度安排", "时间要求", "时间安排", "计划完成日期",
			"要求时限", "限办日期", "限时", "要求完成时限", "预计完成日期", "要求完成日期", "拟完成时间", "Deadline",
			"ETA", "ETC", "ECD", "DDL", "Due", "Due Date", "Due By", "Target Date",
			"Planned Completion"},
		Parts: []string{
			"计划|预计|预定|预期|期望|希望|拟|要求|目标|应|限定|规定|约定|最迟|最晚|拟定|承诺|最终|规划|需|须|年度|限期|建议 " +
				"完成|完工|竣工|投产|投用|结束|办结|交付|上线|开发|实施|达成|整改|销号|解决|提交|反馈|回复|答复|报送|报告|上报|举办|召开|开展|出图|发布|验收|开业|化解|投运|建成|交货|交工 时间|日期|时限|期限|节点|日|月份|月|年月",
			"计划|预计|预定|预期|拟|要求|目标|最迟|最晚|限 完成|完工|竣工|投产|投用|结束|办结|交付|上线|出图|开业|验收|交工|解决|建成",
			"目标|限定|规定|最迟|最晚|限|限改|限办|期望|要求|计划|推进|落实|化解|整改|销号|完成|计划完成|限期 时间|日期|时限|期限|节点|月份|月|日|时点|时段",
			"计划|预计|预定|预期|期望|拟|要求|目标|最迟|最晚|承诺|限|应|截止|约定 时间|日期|时限|期限|节点|日|月份|月|时点|时段", "^截止", "^最晚", "^最迟", "计划完了|预定完了",
			"定时|定时间|攻坚时限|^target",
			"交期|交货期|完成期|完工期|死线|限期", "^哪天|^几时|^多久|^几号|^什么时间",
			"完成|办结|整改|截止|截至|到期|限办|交付|交稿|报送|办理 日",
			"送审|报审|提请审议|提请|上会|出台|交稿|定稿|上报|报备|交卷 时间|日期|时限|期限|节点",
			"完成|办结|整改|截止|截至|结束|终止|终结|到期|办理|落实|报送|交付|提交|实施|抽查|检查|限办|解决|销号|责任|工作|任务|计划 时限|期限|时间|日期|节点|限期",
			"计划|预计|预定|拟定|要求 止|讫|终|完", "^什么时候", "^何时", "时限|期限|截止|限期|最后期限|完成时|deadline",
			"时间|日期|期限|进度|节点|时限|完成 要求|安排|节点|计划",
			"起止|起讫|工作|实施|执行|检查|时间|开展|计划 时间|日期|区间|范围|时段|时间段|期间|时限|年月",
			"计划|预计|预期 时间|日期|完成",
			"plan|planned|target|expected|estimated|scheduled end|finish|completion|complete|date",
			"end|due|finish|target|completion date|time|by", "due"},
		Hints: []string{"时间|时候|节点|完成|结束|竣工|完工|date|end|finish|进度", "by when"},
		Not: []string{"实际", "开始", "起始", "启动", "开工", "创建", "添加", "更新", "登记", "填报", "发布", "下达", "交办",
			"接收", "收到", "提出", "批示", "来文", "生成", "会议", "出生", "采集", "通车", "入库", "最后", "复查", "购买", "购置", "施行",
			"发起", "start", "begin", "actual", "created", "updated", "情况", "率", "次数", "频次", "立项", "记录",
			"上次", "下次", "状态", "率", "责任人", "自动"}},
	{Name: FieldStatus, Type: table.State, Fill: true,
		Headings: []string{"完成状态", "办理状态", "是否完成", "当前状态", "状态", "任务状态", "进展状态", "工作状态", "整改状态",
			"是否办结", "完成与否", "推进状态", "落实状态", "是否销号", "销号情况", "目前状态", "进度状态",
			"Status", "State", "Completed?", "Done?"},
		Parts: []string{
			"任务|工作|办理|完成|进展|推进|整改|落实|当前|目前|处理|执行|项目|销号|实施|进度|事项|督办|目前 状态|标识|标志",
			"^是否 完成|办结|解决|销号|落实|整改|结束|到位|关闭|上线|完结|达标|达成|办理|答复|回复|化解|处理|完工|闭环|闭合|关单|结案|了结|交付|报送|实施|执行|兑现",
			"状态|status|state",
			"完成|办结|搞定|办好|做完|落实|销号 打勾|打钩|没|了没|了吗|否|与否", "搞定没|办了没|做了没|rag", "好没|完没|没|了没|没有|了吗|打√", "完成打|做完打|办结打|完成打√",
			"^done", "^completed?", "复查销项|复查销号|闭环情况|闭合情况"},
		Hints: []string{"完成|办理|落实|整改|推进|处理|执行|任务|工作|进展|解决|达成|销号 情况|结果|进度|与否",
			"完成|结果|结论|进度|情况|进展|完成率|完成度|完成比例|完成百分比|完成比|百分比|办结"},
		Not: []string{"审批", "逾期", "延期", "超期", "必填", "领取", "空置", "优先", "风险", "更新", "提醒", "存在", "基本", "计划", "下一步", "时间",
			"日期"}},
	{Name: FieldProgress, Type: table.Prose,
		Headings: []string{"进展情况", "落实情况", "推进情况", "工作进展", "工作动态", "工作进展情况", "落实进展", "办理情况",
			"整改情况", "最新进展", "目前进展", "当前进展", "工作推进情况", "任务进展情况", "任务落实情况", "进展",
			"办理进展", "整改落实情况", "整改进展", "开展情况", "工作完成情况", "Progress", "Progress Notes",
			"Latest Progress", "Update", "Updates", "Actions Taken"},
		Parts: []string{
			"进展|推进|落实|完成|办理|整改|开展|实施|工作|执行|任务|进度|最新|阶段|目标|处理|解决|跟进|更新|化解|改善|处置|改进 " +
				"情况|情形|状况|进展|动态|成效|进度|描述|说明|记录|结果|意见|情况说明|值",
			"进展|进度|动态|成效|progress|update", "^已 完成|开展|做|落实|采取", "目前|当前|现在|最新 状况|现状|近况", "阶段|阶段性|取得|已有 成果|成效"},
		Hints: []string{"情况|情形|结果|反馈|记录|汇报|总结|意见|跟踪|完成"},
		Not: []string{"存在", "问题", "下步", "下一步", "计划", "基本", "人员", "客户", "时间", "日期", "是否", "要求", "预期", "目标",
			"状态", "审核", "审批", "领导", "上期", "上月", "上个月", "上周", "上季", "上次", "上旬", "上一", "往期", "previous"}},
	{Name: FieldCompleted, Type: table.DateValue,
		Headings: []string{"实际完成时间", "办结时间", "完成日期", "实际完成日期", "办结日期", "销号时间",
			"实际办结时间", "销号日期", "Completed", "Completed On", "Completion Date", "Date Completed",
			"Actual Completion", "Finished On"},
		Parts: []string{"实际 止|讫|终|完", "实际|真实 完成|结束|办结|交付|上线|竣工|整改|销号|完工 时间|日期",
			"实际 完成|结束|办结|时间|日期|完工|完结|月份|完成日|完成月份", "实际 时间|日期|日|月份|月|完了", "关闭|修复|闭合|解决|办结|销号|完结|竣工|结案|归档 日|日期|时间",
			"^closed|resolved|finished", "^实际 完|结|交|竣|投|上线|出|反馈|报送|整改|解决|办", "办结|销号|完结|整改完成|解决|关闭|竣工|完工|验收通过 时间|日期",
			"actual end|finish|completion|date|completed", "completed|finished|closed|done on|date|at"},
		Hints: []string{"完成|结束|终止|上线|交付 时间|日期"},
		Past:  true,
		Not: []string{"计划", "预计", "预期", "期望", "要求", "开始", "启动", "限", "plan", "start", "target", "due", "拟", "起始", "开工",
			"投资", "工期", "工时", "进度", "情况", "人"}},
	{Name: FieldProblems, Type: table.Prose,
		Headings: []string{"存在问题", "困难", "存在的问题", "存在困难", "存在问题及困难", "存在困难和问题", "困难和问题",
			"问题及困难", "主要问题", "存在的困难和问题", "未完成原因", "滞后原因", "需协调解决的问题", "需要协调解决的问题", "需解决的问题",
			"需要解决的问题", "需协调解决问题", "Problems", "Issues",
			"Obstacles", "Difficulties", "Risks"},
		Parts: []string{"存在|主要|遇到|面临|需要|需 问题|困难|难点|风险", "困难|难点|堵点|障碍|疑难|疑难杂症|瓶颈", "需要|需|希望 帮助|支持|协调|协助|解决|支援",
			"未完成|未按时|未按期|未办结|未销号|滞后|延期|逾期|超期|慢 原因|说明|情况", "问题 原因|困难|建议|意见|反馈",
			"需要|需|待|提请|请求|拟请 协调|帮助|支持|解决 问题|事项|困难|诉求", "困难|矛盾|制约 问题|因素|原因"},
		Hints: []string{"问题|原因|风险|风险点|因素|短板|不足|卡点|issues|problems"},
		Not:   []string{"整改", "解决", "序号", "编号", "清单", "位置", "来源", "类型", "责任"}},
	{Name: FieldNextSteps, Type: table.Prose,
		Headings: []string{"下一步打算", "下步措施", "下一步措施", "下步打算", "下一步工作", "下一步工作打算", "下一步计划",
			"下步工作", "下步工作计划", "下一步工作计划", "下一步安排", "Next Steps", "Next Step", "Plan",
			"Next Actions"},
		Parts: []string{
			"下一步|下步|下阶段|下一阶段|接下来|今后|后续|下周|下月|次月|明日|明天|下季度|下半年 打算|措施|举措|计划|工作|安排|思路|建议|内容|重点|任务",
			"下一步|下步|后续|下阶段|下周|下月", "^next", "预计 计划", "拟|将 采取|开展|推进 措施|举措|工作"},
		Hints: []string{"计划|打算|思路"}},
	{Name: FieldEvidence, Type: table.Link,
		Headings: []string{"佐证材料", "印证材料", "支撑材料", "公开链接", "佐证", "证明材料", "链接", "公开网址", "附件材料",
			"网址", "Evidence", "Link", "Links", "URL", "Proof", "Supporting Documents"},
		Parts: []string{"佐证|印证|支撑|证明|公开|成果|相关|验收|见证|备查 材料|链接|资料|网址|附件|地址|文件",
			"链接|网址|url|link", "佐证|印证|凭证", "整改|现场|完成|销号|办结|台账 照片|图片|影像|资料|材料"},
		Hints: []string{"附件|文件|材料|资料|照片|图片|网站地址|url"}},
	{Name: FieldRemark, Type: table.AnyValue,
		Headings: []string{"备注", "说明", "备注说明", "其他", "备", "Remark", "Remarks", "Note", "Notes", "Comment", "Comments"},
		Parts: []string{"备注|附注|注", "其他|其它|remark|note|comment|comments", "^备注|附注",
			"其他|其它|另|特殊 说明|情况|事项|说明事项|补充"},
		Hints: []string{"说明|意见|补充"}},
	// Columns that often stand in such lists and mean none of the above.
	{Type: table.DateValue, Parts: []string{
		"开始|起始|启动|开工|立项|下达|交办|发起|创建|添加|登记|填报|提报|签发|进点|签订|收文|提出|更新|发布|接收|收到|来文|批示|会议|生成|申请|反馈|上报|开展 时间|日期|年月",
		"实际|计划|预计 开始|启动|开工", "^start",
		"start|begin|created|updated|submitted|reported date|time|on|at", "start|begin"},
		Hints: []string{"日期|开始|起始|day"}},
	{Type: table.Group, Parts: []string{
		"优先级|优先|紧急程度|重要程度|重要性|难度|严重程度|等级|级别|层级|风险等级|风险评估|评级|priority|level|severity|risk",
		"类型|性质|方式|形式|来源|依据|出处|对象|范围|阶段|期数|版本|地点|位置|地区|区域|模式|标签|type|source|stage|version|location|tag"}},
	{Type: table.Amount, Parts: []string{"工期|工时|历时|天数|时长|周期|耗时|用时|人天|工日|工作量|人力投入|人力|duration|effort|days|hours",
		"比例|频次|频率|占比|权重|分值|得分|评分|比重|分数|weight|score",
		"预算|金额|投资|资金|费用|经费|单价|造价|万元|元|总价|cost|budget|amount|price",
		"人数|人次|数量|户数|个数|次数|总数|目标值|指标值|count|qty"}},
	{Type: table.Person, Parts: []string{
		"实际|计划|预计|预定 起|始",
		"审核|审批|复核|复查|监督|督办|督查|检查|验收|参与|协助|配合|创建|提出|申请|反馈|举报|来信|信访|抄送|订阅|填报|填表|制表|计划|报告|记录|评审 人|人员|者|组|员"}},
	{Type: table.UnitName, Not: []string{"被"}, Parts: []string{
		"监督|督导|督查|督办|检查|验收|考核|审核|审批|评审|来文|交办|下达|举报|反馈|提出|发布 单位|部门|科室|机关|机构"}},
	{Type: table.AnyValue, Parts: []string{
		"父任务|上级任务|前置任务|关键节点|关联任务|parent|predecessor|predecessors|所属项目|计量单位|督办人|测试结果|审核意见|审批意见|领导批示", "blocked by"}},
}

var eventFieldData = []table.Field{
	numberField,
	{Name: EventKind, Type: table.Group,
		Headings: []string{"类型", "活动类型", "类别", "活动类别", "事项类型", "培训类型", "Type", "Kind", "Event Type",
			"Activity Type"}},
	{Name: EventUnit, Type: table.UnitName,
		Headings: []string{"单位", "举办单位", "主办单位", "组织单位", "承办单位", "开展单位", "单位名称", "部门", "培训单位",
			"Unit", "Organizer", "Organiser", "Department", "Held By"},
		Parts: []string{"举办|主办|组织|承办|开展|培训|参训 单位|部门|科室"}},
	{Name: EventDate, Type: table.DateValue,
		Headings: []string{"日期", "举办日期", "活动日期", "举办时间", "活动时间", "开展时间", "时间", "培训时间", "培训日期",
			"开展日期", "Date", "Held On", "Event Date"},
		Parts: []string{"举办|活动|开展|培训|宣传 时间|日期"}},
	{Name: EventTopic, Type: table.Name,
		Headings: []string{"主题", "活动主题", "活动名称", "内容", "活动内容", "培训主题", "培训内容", "名称", "培训名称",
			"Topic", "Subject", "Title", "Theme", "Event"},
		Parts: []string{"活动|培训|宣传|讲座 主题|名称|内容|题目"}},
	{Name: EventPlace, Type: table.AnyValue,
		Headings: []string{"地点", "活动地点", "举办地点", "培训地点", "Place", "Venue", "Location"},
		Parts:    []string{"举办|活动|培训 地点|场所"}},
	{Name: EventPeople, Type: table.Amount,
		Headings: []string{"人数", "参加人数", "参与人数", "参训人数", "参会人数", "培训人数", "People", "Participants",
			"Attendance", "Attendees"},
		Parts: []string{"参加|参与|参训|参会|到场 人数|人次"}},
	{Name: EventParts, Type: table.Prose,
		Headings: []string{"环节", "活动环节", "设置环节", "活动形式", "形式", "互动环节", "Parts", "Elements", "Format",
			"Segments"}},
	{Name: FieldEvidence, Type: table.Link,
		Headings: []string{"佐证", "佐证材料", "印证材料", "支撑材料", "证明材料", "链接", "公开链接", "Evidence", "Link",
			"Links", "URL"}},
	{Name: FieldRemark, Type: table.AnyValue,
		Headings: []string{"备注", "说明", "Remark", "Remarks", "Note", "Notes"}},
}

var unitFieldData = []table.Field{
	numberField,
	{Name: UnitName, Type: table.UnitName,
		Headings: []string{"单位名称", "规范名称", "单位全称", "部门名称", "标准名称", "名称", "单位", "全称", "部门",
			"Unit Name", "Unit"},
		Unique: true},
	{Name: UnitAliases, Type: table.AnyValue,
		Headings: []string{"简称", "别名", "简称或别名", "别称", "曾用名", "其他名称", "简称/别名", "又称", "单位简称", "Aliases",
			"Alias", "Short Name", "Short Names", "Abbreviation", "Also Known As"}},
	{Name: UnitGroups, Type: table.Group,
		Headings: []string{"所属类别", "类别", "所属集合", "分组", "所属", "统称", "单位类别", "单位性质", "集合名称", "Groups",
			"Collectives", "Collective", "Unit Group"}},
	{Name: UnitContact, Type: table.Person,
		Headings: []string{"联络员", "联系人", "联系人员", "信息联络员", "负责人", "Contact", "Contact Person", "Liaison"}},
	{Name: UnitPhone, Type: table.Phone,
		Headings: []string{"联系电话", "电话", "联系方式", "手机", "办公电话", "Phone", "Telephone", "Tel", "Contact Number"},
		Parts:    []string{"电话|手机"}},
}

var ruleFieldData = []table.Field{
	numberField,
	{Name: RuleName, Type: table.AnyValue,
		Headings: []string{"要求", "年度要求", "要求名称", "事项", "Requirement", "Annual Requirement", "Name"}},
	{Name: RuleKind, Type: table.AnyValue,
		Headings: []string{"类型", "活动类型", "对应类型", "Type", "Kind"}},
	{Name: RuleMin, Type: table.AnyValue,
		Headings: []string{"最少次数", "次数", "至少次数", "年度次数", "最低次数", "次数要求", "Minimum", "Min", "Times",
			"At Least", "Required"}},
	{Name: RuleScope, Type: table.AnyValue,
		Headings: []string{"范围", "统计范围", "计算范围", "统计方式", "Scope", "Counted"}},
	{Name: RuleUnits, Type: table.AnyValue,
		Headings: []string{"单位", "适用单位", "责任单位", "涉及单位", "Units", "Unit", "Applies To"}},
	{Name: RuleDue, Type: table.AnyValue,
		Headings: []string{"时限", "完成时限", "截止时间", "截止日期", "期限", "时间要求", "Due", "Deadline", "Due Date"}},
	{Name: RuleNeeds, Type: table.AnyValue,
		Headings: []string{"计入条件", "条件", "计入要求", "认定条件", "统计条件", "Counts If", "Condition", "Conditions",
			"Needs"}},
}

// foreignToTasks are headings of lists of goods, people, accounts and the like, which
// often have a name, a state and a date as tasks do.
var foreignToTasks = []string{"值班|带班 人员|电话|领导|地点|时间|人", "星期|职务", "公开 主体|依据|渠道|载体|渠道和载体|层级|对象|方式",
	"教师|学生|导师|学员|客户|患者|会员 姓名|人数|性别|名称|电话",
	"学号|性别|民族|出生日期|出生年月|生日|籍贯|国籍|年龄|学历|学位|身份证|身份证号|证件号|职称|工号|学分|课程|班级|教师|老师|学生|院系|学院|专业|成绩",
	"单价|规格|型号|品牌|库存|供应商|客户|客户名称|订单号|快递|物流|车牌|车型|里程|密码|账号|用户名|ip|返回值|收益|利率|收益率|票号|发票|合同额|合同金额|价格|售价|成本|利润|销售额|工资|津贴|科目|条码|条码号|物料|物料号|物料名称|经度|纬度|gps|长度|宽度|高度|重量|站点|线别|起息日|得分|英文名|面积|产地|数量|金额|库位|保质期|批号",
	"price|qty|sku|password|username|salary|gender|age|invoice",
	"预算|预算数|调整数|决算|支出|收入|结余|余额|执行率|支付率|应收|实收|应付|实付|拨款|税额|budget|spent|balance",
	"签到|签名|签字|签收|签退|到会", "成员|组员|评委|专家|互评|最终 评分|打分|得分",
	"评分|计分|扣分|加分 标准|细则|办法", "自评|考核|考评 评分|得分|分|分数",
	"用例 编号|标题|名称|步骤|描述", "测试 步骤|数据|用例", "实际结果|是否通过",
	"召开|主持|参会|出席|列席|与会 人|人员|人数|单位|部门|日期|时间|地点", "主持", "拨付|支付|发放|缴费|付款|缴存 状态|情况|时间|日期", "^报销", "^请假", "^领用", "^借阅",
	"^借用", "^出差",
	"权力|职权|审批|许可|办件|服务 类型|类别|层级|对象", "承诺|法定|法定办结|承诺办结 时限|期限", "法律|设定|实施 依据",
	"办理|受理 条件|地点|窗口|流程", "收费 标准|依据"}

// thingHeadings are headings of names of what an office keeps, buys or issues.
var thingHeadings = []string{
	"制度|规定|规章|办法|法规|标准|文件|合同|协议|证照|证书|许可证|执照|资质|资产|设备|仪器|器材|设施|车辆|房屋|房产|土地|物品|物资|用品|" +
		"图书|刊物|档案|节目|作品|展品|课程|赛事|点位|断面|站点|路段|小区|软件|账号|域名|商标|专利|印章|产品|商品|耗材|药品|试剂|预案|证件|保险|保单|场所|场地|品名 名称|名",
	"品名|物品|asset|contract|licence|license|equipment"}

// deedWords in a heading tell that its table is about work to be done.
var deedWords = []string{"完成", "办结", "整改", "落实", "进展", "销号", "推进", "任务", "待办", "交办", "修订", "工作", "due", "task", "done",
	"complete"}

// foreignToUnits are headings of lists of people.
var foreignToUnits = []string{"签到|签名|签字|签退", "姓名|性别|职务|职称|年龄|民族|学历|身份证|身份证号|工号|学号|数量|金额|单价|规格|型号"}

var holidayFieldData = []table.Field{
	numberField,
	{Name: HolidayDate, Type: table.DateValue,
		Headings: []string{"日期", "放假日期", "时间", "起止日期", "Date", "Day", "Days"}},
	{Name: HolidayName, Type: table.AnyValue,
		Headings: []string{"名称", "节日", "节日名称", "节假日", "节假日名称", "事由", "Name", "Holiday"}},
	{Name: HolidayState, Type: table.State,
		Headings: []string{"放假/上班", "放假或上班", "类型", "状态", "安排", "是否放假", "State", "Off/Work", "Type"},
		Means:    func(v string) bool { _, ok := holidayState(v); return ok }},
	{Name: FieldRemark, Type: table.AnyValue, Headings: []string{"备注", "说明", "Remark"}},
}

// fieldData by kind of table.
var fieldData = map[string][]table.Field{
	KindTasks: taskFieldData, KindActivities: eventFieldData, KindUnits: unitFieldData, KindRequirements: ruleFieldData,
	KindHolidays: holidayFieldData,
}
