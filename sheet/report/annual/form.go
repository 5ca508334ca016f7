package annual

import "taizhang/sheet/ledger"

// The form of 国办公开办函〔2021〕30号, word for word. The report is written in
// Chinese whatever the language of the interface: it is a national form.

// Sections are the titles of the six sections.
var Sections = []string{
	"一、总体情况",
	"二、主动公开政府信息情况",
	"三、收到和处理政府信息公开申请情况",
	"四、政府信息公开行政复议、行政诉讼情况",
	"五、存在的主要问题及改进情况",
	"六、其他需要报告的事项",
}

const (
	balance      = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
	applicants   = "申请人情况"
	legalPersons = "法人或其他组织"
	results      = "三、本年度办理结果"
)

// Columns are the seven columns of table 三.
var Columns = []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"}

// total is the column and row of sums.
const total = "total"

// columnKeys are the columns of table 三 by key: the kinds of applicants and the total.
var columnKeys = append(append([]string{}, ledger.ApplicantKinds...), total)

// line is a row of table 三.
type line struct {
	key   string
	name  string
	group string // of the results: 不予公开, 无法提供, …; "" if it stands by itself
	leaf  bool   // it is one of the 21 results
}

const (
	rowNew       = "new"
	rowCarriedIn = "carried_in"
	rowTotal     = "total"
	rowCarriedOn = "carried_on"
)

// lines are the 25 rows of table 三.
var lines = []line{
	{rowNew, "一、本年新收政府信息公开申请数量", "", false},
	{rowCarriedIn, "二、上年结转政府信息公开申请数量", "", false},
	{"granted", "（一）予以公开", "", true},
	{"partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", true},
	{"state_secret", "1.属于国家秘密", "（三）不予公开", true},
	{"law_forbids", "2.其他法律行政法规禁止公开", "（三）不予公开", true},
	{"security", "3.危及“三安全一稳定”", "（三）不予公开", true},
	{"third_party", "4.保护第三方合法权益", "（三）不予公开", true},
	{"internal", "5.属于三类内部事务信息", "（三）不予公开", true},
	{"process", "6.属于四类过程性信息", "（三）不予公开", true},
	{"enforcement_file", "7.属于行政执法案卷", "（三）不予公开", true},
	{"query_matter", "8.属于行政查询事项", "（三）不予公开", true},
	{"not_held", "1.本机关不掌握相关政府信息", "（四）无法提供", true},
	{"not_existing_to_make", "2.没有现成信息需要另行制作", "（四）无法提供", true},
	{"still_unclear", "3.补正后申请内容仍不明确", "（四）无法提供", true},
	{"petition", "1.信访举报投诉类申请", "（五）不予处理", true},
	{"repeated", "2.重复申请", "（五）不予处理", true},
	{"publication", "3.要求提供公开出版物", "（五）不予处理", true},
	{"excessive", "4.无正当理由大量反复申请", "（五）不予处理", true},
	{"confirm_again", "5.要求行政机关确认或重新出具已获取信息", "（五）不予处理", true},
	{"not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理", true},
	{"not_paid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理", true},
	{"other_handling", "3.其他", "（六）其他处理", true},
	{rowTotal, "（七）总计", "", false},
	{rowCarriedOn, "四、结转下年度继续办理", "", false},
}

// part is one of the tables of section 二.
type part struct {
	article string
	columns []string
	rows    []activeRow
}

type activeRow struct {
	key, name string
	items     []string // keys of 年报数据, one for each column
}

// active are the tables of section 二.
var active = []part{
	{"第二十条第（一）项", []string{"本年制发件数", "本年废止件数", "现行有效件数"}, []activeRow{
		{"rules", "规章", []string{"rules_issued", "rules_repealed", "rules_in_force"}},
		{"normative", "行政规范性文件", []string{"normative_issued", "normative_repealed", "normative_in_force"}},
	}},
	{"第二十条第（五）项", []string{"本年处理决定数量"}, []activeRow{{"licences", "行政许可", []string{"licences"}}}},
	{"第二十条第（六）项", []string{"本年处理决定数量"}, []activeRow{
		{"penalties", "行政处罚", []string{"penalties"}}, {"coercive", "行政强制", []string{"coercive"}}}},
	{"第二十条第（八）项", []string{"本年收费金额（单位：万元）"}, []activeRow{{"charges", "行政事业性收费", []string{"charges"}}}},
}

const content = "信息内容"

// reviewColumns are the five columns of each part of table 四.
var reviewColumns = []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}

// reviewParts are the three parts of table 四.
var reviewParts = []struct{ key, name string }{
	{"reviews", "行政复议"},
	{"suits_direct", "未经复议直接起诉"},
	{"suits_after_review", "复议后起诉"},
}

const suits = "行政诉讼"
