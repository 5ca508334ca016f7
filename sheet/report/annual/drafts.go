package annual

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// passage is a paragraph or heading of sections one, five and six.
type passage struct {
	level int // of a heading; 0 for text
	text  string
}

// prompt stands where no figure tells what the form asks for.
func prompt(what string) string { return "【请补充：" + what + "】" }

var rePrompt = regexp.MustCompile(`【请补充：([^】]*)】`)

// prompts are what the texts still ask for.
func (r *Report) prompts() (out []string) {
	for _, section := range [][]passage{r.overall(), r.problems(), r.others()} {
		for _, p := range section {
			for _, m := range rePrompt.FindAllStringSubmatch(p.text, -1) {
				out = append(out, m[1])
			}
		}
	}
	return out
}

// opening is the paragraph above section one.
func (r *Report) opening() string {
	return fmt.Sprintf("本报告根据《中华人民共和国政府信息公开条例》和"+
		"《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"+
		"（国办公开办函〔2021〕30号）要求编制。本报告中所列数据的统计期限自%d年1月1日起至12月31日止。", r.Year)
}

// overall is section one.
func (r *Report) overall() (out []passage) {
	add := func(heading, key string, draft func() []string) {
		out = append(out, passage{2, heading})
		for _, text := range typedOr(r.typed.text(key), draft) {
			out = append(out, passage{0, text})
		}
	}
	add("（一）主动公开情况", "text_active", r.draftActive)
	add("（二）依申请公开情况", "text_requests", r.draftRequests)
	add("（三）政府信息管理情况", "text_management", func() []string {
		return []string{prompt("政府信息公开属性源头认定、保密审查、动态调整和规范性文件集中发布等情况")}
	})
	add("（四）政府信息公开平台建设情况", "text_platform", r.draftPlatform)
	add("（五）监督保障情况", "text_guarantee", r.draftGuarantee)
	return out
}

// typedOr is what somebody typed, by paragraphs, else a draft.
func typedOr(typed string, draft func() []string) []string {
	if strings.TrimSpace(typed) == "" {
		return draft()
	}
	var out []string
	for _, line := range strings.FieldsFunc(typed, func(c rune) bool { return c == '\n' || c == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// sentence joins parts that say something: commas between them, a full stop at the end.
func sentence(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "。"
}

func when(ok bool, format string, args ...any) string {
	if !ok {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

func (r *Report) draftActive() []string {
	rules, normative := r.Active["rules"], r.Active["normative"]
	known := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(k string) bool {
			v := r.typed[k]
			return v != nil && !v.dash && !v.fault
		})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d年，%s认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，依法做好主动公开工作。",
		r.Year, cmp.Or(r.Office(), "本机关"))
	b.WriteString(sentence(
		when(known("rules_issued", "rules_in_force"), "全年制发规章%s件，废止%s件，现行有效%s件",
			show(rules[0]), show(rules[1]), show(rules[2])),
		when(known("normative_issued", "normative_in_force"), "制发行政规范性文件%s件，废止%s件，现行有效%s件",
			show(normative[0]), show(normative[1]), show(normative[2]))))
	b.WriteString(sentence(when(known("licences"), "公开行政许可处理决定%s件", show(r.Active["licences"][0])),
		when(known("penalties"), "公开行政处罚处理决定%s件", show(r.Active["penalties"][0])),
		when(known("coercive"), "公开行政强制处理决定%s件", show(r.Active["coercive"][0])),
		when(known("charges"), "行政事业性收费%s万元", show(r.Active["charges"][0]))))
	out := []string{b.String()}
	if text := r.proposals(); text != "" {
		out = append(out, text)
	}
	if !known("rules_issued", "normative_issued", "licences", "penalties") {
		out = append(out, prompt("主动公开的数量、重点领域信息公开和政策解读情况"))
	}
	return out
}

// inYear reports whether a day of an entry's field is in the report's year.
func (r *Report) inYear(e *ledger.Entry, field string) bool {
	return yearOfDay(r.Ledger.DayOf(e, field)) == r.Year
}

// proposals are those of deputies and members that were assigned in the year.
func (r *Report) proposals() string {
	reg := r.Ledger.Register("proposals")
	if reg == nil {
		return ""
	}
	all, suggestions, motions, replied, published, satisfied := 0, 0, 0, 0, 0, 0
	for _, e := range reg.Entries {
		if !r.inYear(e, "assigned") {
			continue
		}
		all++
		switch e.Value("class") {
		case "suggestion":
			suggestions++
		case "proposal":
			motions++
		}
		if c := e.Main(); c != nil && c.Finished() {
			replied++
		}
		switch e.Value("public") {
		case "full", "summary", "public":
			published++
		}
		if v := e.Value("satisfied"); v == "satisfied" || v == "fairly" {
			satisfied++
		}
	}
	if all == 0 {
		return ""
	}
	split := when(suggestions+motions == all && suggestions*motions > 0, "（人大代表建议%d件、政协委员提案%d件）", suggestions, motions)
	return sentence(fmt.Sprintf("全年承办人大代表建议和政协委员提案%d件%s", all, split),
		fmt.Sprintf("办复%d件，办复率%s", replied, percent(replied, all)),
		when(satisfied > 0, "代表委员反馈满意或基本满意%d件", satisfied), when(published > 0, "公开办理结果%d件", published))
}

// percent is a share with at most one decimal.
func percent(part, all int) string {
	if all == 0 {
		return "0%"
	}
	tenths := (2000*part + all) / (2 * all)
	if part < all && tenths == 1000 {
		tenths = 999 // not all of them
	}
	s := strconv.Itoa(tenths / 10)
	if tenths%10 > 0 {
		s += "." + strconv.Itoa(tenths%10)
	}
	return s + "%"
}

func (r *Report) draftRequests() []string {
	q := r.Requests
	if r.Ledger.Register("requests") == nil {
		return []string{prompt("依申请公开的受理、办理和答复情况")}
	}
	if q[rowNew][6]+q[rowCarriedIn][6] == 0 {
		return []string{fmt.Sprintf("%d年，未收到政府信息公开申请。", r.Year) + r.reviewText()}
	}
	persons, bodies := q[rowNew][0], q[rowNew][1]+q[rowNew][2]+q[rowNew][3]+q[rowNew][4]+q[rowNew][5]
	than := ""
	if r.Last != nil && r.Last.New[6] > 0 {
		switch d := q[rowNew][6] - r.Last.New[6]; {
		case d > 0:
			than = fmt.Sprintf("（比上年增加%d件）", d)
		case d < 0:
			than = fmt.Sprintf("（比上年减少%d件）", -d)
		default:
			than = "（与上年持平）"
		}
	}
	allKnown := persons+bodies == q[rowNew][6]
	first := sentence(fmt.Sprintf("%d年，新收政府信息公开申请%d件%s", r.Year, q[rowNew][6], than),
		when(allKnown && persons > 0, "其中自然人申请%d件", persons), when(allKnown && bodies > 0, "法人或其他组织申请%d件", bodies),
		fmt.Sprintf("上年结转%d件", q[rowCarriedIn][6]))
	var ways []string
	for _, w := range []struct {
		name string
		n    int
	}{
		{"予以公开", q["granted"][6]}, {"部分公开", q["partial"][6]}, {"不予公开", r.group("（三）不予公开")},
		{"无法提供", r.group("（四）无法提供")}, {"不予处理", r.group("（五）不予处理")}, {"其他处理", r.group("（六）其他处理")},
	} {
		if w.n > 0 {
			ways = append(ways, fmt.Sprintf("%s%d件", w.name, w.n))
		}
	}
	second := fmt.Sprintf("本年度办结%d件", q[rowTotal][6])
	if len(ways) > 0 {
		second += "，其中" + strings.Join(ways, "、")
	}
	second += fmt.Sprintf("；结转下年度继续办理%d件。", q[rowCarriedOn][6])
	if onTime, late := r.answered(); onTime+late > 0 {
		second += sentence(fmt.Sprintf("按期答复%d件", onTime), when(late > 0, "超期答复%d件", late),
			fmt.Sprintf("按期答复率%s", percent(onTime, onTime+late)))
	}
	return []string{first + second + r.reviewText()}
}

// answered counts the requests settled in the year whose reply was on time, and those
// whose reply was late.
func (r *Report) answered() (onTime, late int) {
	for _, e := range r.year.SettledRows {
		switch e.State {
		case due.Done:
			onTime++
		case due.Late:
			late++
		}
	}
	return onTime, late
}

// reviewText tells table 四 in a sentence.
func (r *Report) reviewText() string {
	if r.Ledger.Register("reviews") == nil {
		return ""
	}
	rv, sd, sa := r.Reviews["reviews"], r.Reviews["suits_direct"], r.Reviews["suits_after_review"]
	if rv[4]+sd[4]+sa[4] == 0 {
		return "全年没有因政府信息公开引发的行政复议和行政诉讼。"
	}
	of := func(f [5]int) string {
		var parts []string
		for i, name := range reviewColumns[:4] {
			if f[i] > 0 {
				parts = append(parts, fmt.Sprintf("%s%d件", name, f[i]))
			}
		}
		return "（" + strings.Join(parts, "、") + "）"
	}
	both := [5]int{}
	for i := range both {
		both[i] = sd[i] + sa[i]
	}
	return sentence(when(rv[4] > 0, "因政府信息公开引发的行政复议%d件%s", rv[4], of(rv)),
		when(both[4] > 0, "行政诉讼%d件%s", both[4], of(both)))
}

func (r *Report) draftPlatform() []string {
	var parts []string
	if reg := r.Ledger.Register("columns"); reg != nil && len(reg.Entries) > 0 {
		n, late := 0, 0
		for _, e := range reg.Entries {
			if e.State == due.Ended {
				continue
			}
			n++
			if e.State == due.Overdue {
				late++
			}
		}
		parts = append(parts, sentence(fmt.Sprintf("对政府网站和政务新媒体%d个栏目逐一明确更新周期、责任单位和责任人员", n),
			when(late == 0, "各栏目均按期更新"), when(late > 0, "有%d个栏目更新不及时，已督促整改", late)))
	}
	if reg := r.Ledger.Register("messages"); reg != nil {
		n, replied, onTime, errs := 0, 0, 0, 0
		for _, e := range reg.Entries {
			if !r.inYear(e, "received") {
				continue
			}
			n++
			if e.Value("type") == "find_error" || e.Value("channel") == "find_error" {
				errs++
			}
			if c := e.Main(); c != nil && c.Finished() {
				replied++
				if e.State == due.Done {
					onTime++
				}
			}
		}
		if n > 0 {
			parts = append(parts, sentence(fmt.Sprintf("全年受理网民留言%d条", n), when(errs > 0, "其中“我为政府网站找错”留言%d条", errs),
				fmt.Sprintf("答复%d条，答复率%s", replied, percent(replied, n)), fmt.Sprintf("按期答复%d条", onTime)))
		}
	}
	if len(parts) == 0 {
		return []string{prompt("政府网站、政务新媒体和政府信息公开专栏建设情况")}
	}
	return []string{strings.Join(parts, "")}
}

func (r *Report) draftGuarantee() []string {
	text := ""
	for _, kind := range []struct{ kind, one, people string }{
		{"training", "政务公开培训", "参加"}, {"open_day", "“政府开放日”活动", "参与"},
	} {
		n, people, units := 0, 0, map[string]bool{}
		for _, e := range r.Ledger.Events {
			if e.Kind != kind.kind || !e.Counts || e.Date.Year() != r.Year {
				continue
			}
			n++
			people += leading(e.People)
			for name := range strings.SplitSeq(e.Unit, "、") {
				for _, u := range r.Ledger.Directory.Expand(name) {
					units[u] = true
				}
			}
		}
		if n == 0 {
			continue
		}
		text += sentence(fmt.Sprintf("全年开展%s%d次", kind.one, n), when(len(units) > 1, "覆盖%d个单位", len(units)),
			when(people > 0, "%s%d人次", kind.people, people))
	}
	if text == "" {
		text = prompt("教育培训、“政府开放日”等情况")
	}
	return []string{text, prompt("工作考核、社会评议和责任追究结果")}
}

var reLeading = regexp.MustCompile(`\d+`)

// leading is the first number in a text.
func leading(s string) int {
	n, err := strconv.Atoi(reLeading.FindString(s))
	if err != nil {
		return 0
	}
	return n
}

// problems is section five.
func (r *Report) problems() (out []passage) {
	for _, text := range typedOr(r.typed.text("text_problems"), r.draftProblems) {
		out = append(out, passage{0, text})
	}
	improve := func() []string { return []string{prompt("下一年度的改进措施")} }
	for _, text := range typedOr(r.typed.text("text_improve"), improve) {
		out = append(out, passage{0, text})
	}
	return out
}

func (r *Report) draftProblems() []string {
	var found []string
	if n := r.Ledger.Totals.Overdue; n > 0 {
		found = append(found, fmt.Sprintf("部分重点任务推进较慢，有%d项未按时限完成", n))
	}
	if _, late := r.answered(); late > 0 {
		found = append(found, fmt.Sprintf("依申请公开办理还不够规范，有%d件申请未按期答复", late))
	}
	corrected := 0
	for _, p := range reviewParts {
		corrected += r.Reviews[p.key][1]
	}
	if corrected > 0 {
		found = append(found, fmt.Sprintf("答复质量有待提高，有%d件行政复议、行政诉讼案件的结果为纠正", corrected))
	}
	if reg := r.Ledger.Register("columns"); reg != nil && reg.Counts.Overdue > 0 {
		found = append(found, fmt.Sprintf("栏目内容保障不够到位，有%d个栏目更新不及时", reg.Counts.Overdue))
	}
	open := map[string]int{}
	for _, q := range r.Ledger.Requirements {
		if q.State != ledger.Met && q.Unit != "" {
			open[q.Name]++
		}
	}
	for _, rule := range r.Ledger.Rules {
		if n := open[rule.Name]; n > 0 {
			found = append(found, fmt.Sprintf("“%s”的要求落实不够均衡，有%d个单位尚未完成", rule.Name, n))
			delete(open, rule.Name)
		}
	}
	if len(found) == 0 {
		return []string{prompt("存在的主要问题")}
	}
	var b strings.Builder
	b.WriteString("存在的主要问题：")
	for i, f := range found {
		if i > 0 {
			b.WriteString("；")
		}
		b.WriteString(due.Chinese(i+1) + "是" + f)
	}
	b.WriteString("。")
	return []string{b.String()}
}

// others is section six: fees, how the tasks were carried out, and what else
// somebody typed.
func (r *Report) others() (out []passage) {
	n := 0
	heading := func(text string) {
		n++
		out = append(out, passage{2, "（" + due.Chinese(n) + "）" + text})
	}
	say := func(text string) { out = append(out, passage{0, text}) }
	heading("收取信息处理费情况")
	if r.fees.yuan > 0 {
		say(fmt.Sprintf("%d年，依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）对%d件政府信息公开申请收取信息处理费，共%s元。",
			r.Year, len(r.fees.rows), show(r.fees.yuan)))
	} else {
		say(fmt.Sprintf("%d年，未收取信息处理费。", r.Year))
	}
	if len(r.Ledger.Tasks) > 0 {
		heading(r.taskTitle())
		for _, text := range r.tasks() {
			say(text)
		}
	}
	if texts := r.supervised(); len(texts) > 0 {
		heading("督查督办和佐证材料")
		for _, text := range texts {
			say(text)
		}
	}
	if typed := typedOr(r.typed.text("text_other"), func() []string { return nil }); len(typed) > 0 {
		heading("其他事项")
		for _, text := range typed {
			say(text)
		}
	}
	return out
}

func (r *Report) taskTitle() string {
	if len(r.Ledger.TaskBooks()) > 1 { // none of them alone gives the section its name
		return "各项重点工作任务落实情况"
	}
	if t := strings.Join(strings.Fields(r.Ledger.Title), ""); t != "" {
		return "《" + strings.Trim(t, "《》") + "》落实情况"
	}
	return "重点工作任务落实情况"
}

// mostTasks is how many tasks section six tells one by one.
const mostTasks = 100

// tasks tells how each task was carried out.
func (r *Report) tasks() []string {
	c := r.Ledger.Totals
	states := []string{}
	for _, s := range []struct {
		n    int
		word string
	}{
		{c.Done, "已完成%d项"}, {c.Ongoing, "长期坚持%d项"}, {c.InProgress, "正在推进%d项"}, {c.NotStarted, "尚未启动%d项"},
		{c.Unknown, "未注明进度%d项"},
	} {
		if s.n > 0 {
			states = append(states, fmt.Sprintf(s.word, s.n))
		}
	}
	out := []string{fmt.Sprintf("共有任务%d项，其中%s。各项任务落实情况如下：", c.Tasks, strings.Join(states, "、"))}
	for i, t := range r.Ledger.Tasks {
		if i == mostTasks {
			out = append(out, fmt.Sprintf("另有%d项任务的落实情况见台账。", len(r.Ledger.Tasks)-mostTasks))
			break
		}
		out = append(out, fmt.Sprintf("%d.%s", i+1, r.task(t)))
	}
	return out
}

func (r *Report) task(t *ledger.Task) string {
	lead := ""
	if t.Lead != "" {
		lead = "（" + t.Lead + "牵头）"
	}
	state := map[ledger.StatusKind]string{
		ledger.Done: "已完成", ledger.InProgress: "正在推进", ledger.NotStarted: "尚未启动", ledger.Ongoing: "长期坚持",
	}[t.Status.Kind]
	if state == "" {
		state = cmp.Or(oneLine(t.Status.Text), "未注明进度")
	}
	if t.Overdue {
		state += "，未按时限完成"
	}
	s := title(t) + lead + "：" + state + "。"
	if p := strings.TrimRight(oneLine(t.Progress), "。；;.，, "); p != "" {
		s += p + "。"
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
