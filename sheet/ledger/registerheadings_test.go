package ledger_test

import (
	"testing"

	"taizhang/sheet/ledger"
)

// Offices call the columns of registers by words of a few families, in any combination:
// who handles (承办 经办 转交 … 科室 站所 机构 …), what it was until (最晚 截止 届满 …), what was
// made of it (答复 办结 … 结论 类别 …).
func TestHeadingsOfRegistersByTheirFamilies(t *testing.T) {
	want := map[string]map[string]string{
		"requests": {"收文日期": "received", "收到申请日": "received", "受理号": "number", "经办站所": "unit", "承办机构": "unit",
			"牵头科室": "unit", "最晚答复时间": "due", "截止日": "due",
			"办结日": "replied", "发出日期": "replied", "实际答复时间": "replied", "答复结论": "outcome", "答复类别": "outcome",
			"件数/页数": "pages", "法定答复期限": "due",
			"收件序": "number", "来件日": "received", "身份类别": "applicant_kind", "申请主题": "content",
			"补正告知书发出": "corrected_notice", "补正材料收悉": "corrected",
			"第三方征询去函": "consulted", "权利人复函": "opinion", "经办": "owner"},
		"reviews": {"应诉通知书送达日期": "received", "举证期限届满日": "due", "提交证据日期": "submitted", "审级": "kind", "结案情况": "result",
			"收到文书日期": "received", "裁判文书日期": "decided"},
		"messages": {"网民留言时间": "received", "要求回复时间": "due", "承办时限": "due", "诉求详情": "content", "转交部门": "unit",
			"回复要点": "reply", "网民评价": "satisfied",
			"登记编号": "number", "回信日期": "replied", "复信时间": "replied", "回信摘要": "reply", "回复正文": "reply",
			"回访评价": "satisfied"},
		"columns": {"三级栏目": "name", "最近一次更新": "last_update", "上次更新时间": "last_update", "是否达标": "state", "账号状态": "state",
			"运维人员": "owner", "牵头部门": "unit",
			"平台类型": "section", "更新频次": "every",
			"刊载内容": "content", "撰稿人": "owner", "办公电话": "phone", "账号主体": "unit", "抽查结果": "state",
			"栏目层级": "section"},
		"proposals": {"建议提案号": "number", "提案复文号": "reply_number", "代表委员反馈": "satisfied", "复文日期": "replied",
			"收文日期": "assigned", "委员满意程度": "satisfied",
			"协办": "support", "会同办理单位": "support", "主办": "unit"},
	}
	for _, s := range ledger.Schemas(ledger.Options{}) {
		for heading, field := range want[s.Kind] {
			if got := s.Likeliest(heading); got != field {
				t.Errorf("%s: %s means %q, want %q", s.Kind, heading, got, field)
			}
		}
		delete(want, s.Kind)
	}
	for kind := range want {
		t.Errorf("no register %s", kind)
	}
}
