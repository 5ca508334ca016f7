package ledger

import (
	"regexp"
	"strings"
)

// Many lists have no column for the state of a task: the progress says it, mostly in its
// first words (已完成验收；正在推进，完成80%). What is not said in so many words is
// unknown.

// ofProgress is the state that the first clause of a progress with any says, and the
// words that say it; UnknownStatus if none does. A text that goes on with what is left
// to do is not done.
func (w words) ofProgress(text string) (kind StatusKind, said string) {
	clauses := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,。；;、\n\r", r) })
	before := false
	for i, c := range clauses {
		c = strings.TrimSpace(reLeadIn.ReplaceAllString(strings.TrimSpace(c), ""))
		if c == "" {
			continue
		}
		switch kind = w.kind(c); {
		case kind != UnknownStatus:
		case reFinished.MatchString(c):
			kind = Done
		case reUnderway.MatchString(c) || partly(c):
			kind = InProgress
		default:
			before = true
			continue
		}
		if kind == NotStarted && before {
			return UnknownStatus, "" // something was done, if not this
		}
		if kind == Done && hasRest(clauses[i+1:]) {
			return UnknownStatus, ""
		}
		return kind, c
	}
	return UnknownStatus, ""
}

// hasRest reports whether one of the clauses tells of something that is still to be done.
func hasRest(clauses []string) bool {
	for _, c := range clauses {
		if reRest.MatchString(c) || partly(c) {
			return true
		}
	}
	return false
}

// partly reports whether a clause names a share that is not the whole.
func partly(c string) bool {
	for _, g := range reShare.FindAllStringSubmatch(c, -1) {
		if n := number(g[1]); n < 100 {
			return true
		}
	}
	return false
}

var (
	reLeadIn   = regexp.MustCompile(`^(?:截[至止].*$|目前|现|该项工作|此项工作|该?任务|项目|工程)`)
	reFinished = regexp.MustCompile(`^(?:\d+[个所项家处条户座栋件])?(?:均|全部|都)?已(?:经|全部|按期|按时|如期|提前|基本)?` +
		`(?:于\d[\d年月日./-]{0,10}(?:日|前|底前|底)?)?(?:全部|按期|按时|如期|提前)?` +
		`(?:完成|办结|竣工|完工|销号|建成|整改|投用|投入使用|交付使用)(?:全部)?(?:投入使用|验收|竣工验收|整改|销号|备案|投用|交付|到位|完毕|建设|任务|工作)?$|` +
		`^(?:\d+[个所项家处条户座栋件])?全部(?:完成|办结|竣工|完工|销号|建成|投用|投入使用|交付使用)$|^(?:已)?通过(?:竣工)?验收$|^验收(?:合格|通过)$`)
	reUnderway = regexp.MustCompile(`^(?:正在?|正?有序|正?稳步|正?持续|正?积极|正?加快|正?全面)(?:推进|开展|实施|办理|进行|建设|施工|整改|落实)`)
	reRest     = regexp.MustCompile(`剩余|尚[未待]|还[有需未差]|仍[有需未]|未完|待(?:完成|整改|验收|办)|其余|正在|下一步|计划`)
	reShare    = regexp.MustCompile(`(\d{1,3})(?:\.\d+)?[%％]`)
)
