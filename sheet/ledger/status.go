package ledger

import (
	"regexp"
	"strconv"
	"strings"

	"taizhang/sheet/ledger/internal/fold"
)

// ParseStatus reads a status word, of the built-in ones or those of opt. A word
// with a remark in brackets, or a share such as 完成80%, is read too; any other
// sentence is unknown.
func ParseStatus(text string, opt Options) Status {
	return Status{Text: text, Kind: statusWords(opt).kind(text)}
}

// builtinStatus: the first word of each kind is the one written where a ledger
// has none of its own.
var builtinStatus = map[StatusKind][]string{
	NotStarted: {"未启动", "未开展", "未完成", "未开始", "未实施", "未落实", "未办理", "未着手", "未推进", "未整改", "未办结", "未销号", "尚未启动", "尚未开展",
		"尚未开始", "尚未完成", "尚未办理", "尚未落实",
		"待启动", "待开展", "待办", "待办理", "待落实", "待实施", "还未启动", "暂未启动", "暂未开展", "没有启动", "否", "未", "×", "✗", "✘", "☐", "□",
		"not started", "not yet started", "not begun", "todo", "to do", "to-do", "pending", "new", "no", "n",
		"not_started", "not done", "incomplete", "false"},
	InProgress: {"正在推进", "推进中", "办理中", "进行中", "欠进度", "达进度", "超进度", "正在办理", "正在进行", "正在开展", "正在实施", "正在落实", "正在整改",
		"开展中", "实施中", "落实中", "整改中", "在办", "在推进",
		"已启动", "已开展", "已开始", "启动", "部分完成", "有序推进", "正常推进", "按计划推进", "按序时推进", "稳步推进", "有序推进中", "序时推进", "达到序时进度", "达序时进度",
		"超序时进度", "未达序时进度", "滞后", "进度滞后",
		"进展缓慢", "推进缓慢", "进展顺利", "按进度推进", "取得阶段性进展", "阶段性完成", "未完成(正在推进)", "办理之中", "部分落实", "◐",
		"start", "doing", "processing", "in progress", "in-progress", "in_progress", "started", "underway", "under way",
		"wip", "working", "active", "on track", "behind", "behind schedule", "delayed", "partially done", "partly done",
		"partial"},
	Done: {"已完成", "完成", "办结", "已办结", "销号", "是", "√", "✓", "✔", "☑", "已销号", "已落实", "已整改", "已办理", "已落实到位", "落实到位", "整改完成",
		"完成整改", "已完成整改", "整改到位", "已整改到位", "全部完成", "已全部完成", "全面完成", "已全面完成",
		"按期完成", "按时完成", "如期完成", "提前完成", "超额完成", "逾期完成", "已按期完成", "已按时完成", "已办", "办毕", "完结", "已完结", "结束", "已结束", "对号",
		"已办结销号", "完成销号",
		"done", "completed", "complete", "closed", "finished", "yes", "y", "resolved", "delivered", "fixed", "released",
		"true"},
	Ongoing: {"长期坚持", "持续推进", "持续坚持", "长期推进", "持续开展", "持续落实", "长期整改", "长期", "持续", "常态化", "常态化推进", "常态化开展", "常态化坚持",
		"坚持", "持续推进中", "已完成并长期坚持", "完成并长期坚持", "已完成并持续推进", "长期任务", "持续整改",
		"ongoing", "on-going", "continuous", "continuing", "long-term", "long term", "permanent"},
}

// words maps folded status words to their meaning.
type words map[string]StatusKind

func statusWords(opt Options) words {
	if len(opt.StatusWords) == 0 {
		return builtinWords
	}
	w := make(words, len(builtinWords)+8)
	for k, v := range builtinWords {
		w[k] = v
	}
	for kind, list := range opt.StatusWords {
		for _, word := range list {
			w[fold.Text(word)] = kind
		}
	}
	return w
}

var builtinWords = func() words {
	w := words{}
	for kind, list := range builtinStatus {
		for _, word := range list {
			w[fold.Text(word)] = kind
		}
	}
	return w
}()

var (
	rePercent = regexp.MustCompile(
		`^(?:目前|当前|总体|整体|任务|工作)*(?:已|共|累计)?(?:完成)?(?:率|进度|比例|任务|量)*(?:已|约|达到?|为|:)*(\d{1,3})(?:\.\d+)?%(?:以上|左右)?$`)
	reNumber = regexp.MustCompile(`^(?:\d{1,2}[.、)])`)
)

// kind is what a status text means.
func (w words) kind(text string) StatusKind {
	s := fold.Text(text)
	if s == "" {
		return UnknownStatus
	}
	if k, ok := w[s]; ok {
		return k
	}
	s = strings.Trim(s, ".。,，;；、!！:：")
	s = reNumber.ReplaceAllString(s, "")
	if k, ok := w[s]; ok {
		return k
	}
	if g := rePercent.FindStringSubmatch(s); g != nil {
		switch n := number(g[1]); {
		case n >= 100:
			return Done
		case n == 0 && !strings.Contains(s, "."):
			return NotStarted
		}
		return InProgress
	}
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return w.kind(s[:i])
	}
	return composed(s)
}

// The words that state words are made of, for those that no list has: 未 + 开工,
// 已 + 处理, 复核 + 中.
var (
	reNotYet = regexp.MustCompile(
		`^(?:还|暂|尚)?(?:未|没有?|待)(?:开工|开始|启动|开展|实施|办理?|处理|解决|修复|整改|完成|安排|落实|受理|上线|提交|交付|验收|执行|动工|建设|施工|开发|测试|设计|审核|审批|反馈|回复|答复|推进|进行|完工|竣工|销号|关闭|办结)$|^(?:规划|筹备|计划|谋划|酝酿|准备|拟定)中$`)
	reDoing = regexp.MustCompile(
		`^(?:正在?|已经?)?(?:开工|开始|启动|开展|动工|进场|受理|安排)(?:建设|实施|施工|推进)?$|^(?:正在|在)?(?:处理|解决|修复|开发|测试|设计|施工|建设|审核|审批|复核|验收|调研|起草|编制|招标|采购|制作|执行|跟进|对接|协调|完善|修改|联调|评审|办理|整改|推进|进行|实施|落实|开展|研究|谈判|征求意见|公示|报批)(?:中|阶段)$|^(?:正在|在)(?:处理|解决|修复|开发|测试|设计|施工|建设|审核|审批|复核|验收|调研|起草|编制|招标|采购|制作|执行|跟进|对接|协调|完善|修改|研究|报批|公示)$`)
	reDone = regexp.MustCompile(
		`^(?:已经?|均已|全部)(?:处理|解决|修复|上线|交付|验收|提交|发布|印发|公开|公示|关闭|归档|完工|竣工|办理|执行|回复|答复|反馈|报送|上报|整改|落实|完毕|完成|结案|销号|办结|签订|通过|投用|建成)(?:完毕|完成|到位|通过|并网)?$|^(?:处理|解决|修复|执行|办理|整改|验收|测试|建设|施工)(?:完毕|完成|通过|结束)$|^(?:关闭|结案|完工|竣工|通过验收|验收合格)$`)
)

// What waits, and what is being done, whatever it is: 待评审, 生产中.
var (
	reWaits    = regexp.MustCompile(`^待\p{Han}{1,3}$`)
	reUnderWay = regexp.MustCompile(`^\p{Han}{2}中$`)
	reInUse    = regexp.MustCompile(`^(?:运行|履行|使用|营业|运营|租赁|存续|试用|服役|借用|在职|维护|有效|闲置|停用|暂停|中止)中$`) // of things
)

func composed(s string) StatusKind {
	switch {
	case reNotYet.MatchString(s):
		return NotStarted
	case reDone.MatchString(s):
		return Done
	case reDoing.MatchString(s):
		return InProgress
	case reWaits.MatchString(s) && s != "待定" && s != "待遇":
		return NotStarted
	case reUnderWay.MatchString(s) && !reInUse.MatchString(s):
		return InProgress
	}
	return UnknownStatus
}

// number is a number written in digits; 0 if the text is none.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
