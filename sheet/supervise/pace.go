package supervise

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// PaceState is how far a task is, measured by its time.
type PaceState string

const (
	NoPace PaceState = ""       // 无法判断: it has no start, no day or no percentage
	OnPace PaceState = "onpace" // 达序时
	Behind PaceState = "behind" // 欠序时
)

// Pace is how far a task is (Percent) and how far it should be (Expected).
type Pace struct {
	State             PaceState
	Percent, Expected float64
}

// Text says it in words.
func (p Pace) Text() msg.Text {
	switch p.State {
	case OnPace, Behind:
		return msg.New("supervise.pace_"+string(p.State), "Percent", strconv.FormatFloat(p.Percent, 'f', -1, 64),
			"Expected", strconv.Itoa(int(p.Expected)))
	}
	return msg.New("supervise.pace_none")
}

var (
	reStartHead   = regexp.MustCompile(`^(?:计划)?(?:开始|起始|启动|开工|交办)(?:时间|日期)$`)
	reRange       = regexp.MustCompile(`^\s*(\S*?月\S*?|\d{4}[-./]\d{1,2}[-./]\d{1,2})\s*(?:至|到|—+|–|~|～|起至)`)
	rePercentHead = regexp.MustCompile(`完成率|完成比例|完成进度|百分比|^进度$|完成度`)
	rePercent     = regexp.MustCompile(`^(?:约|已完成|完成|进度)*\s*(\d{1,3}(?:\.\d+)?)\s*[%％]`)
)

// PaceOf compares a percentage with the share of the time from a task's start to its
// day that is over. All three must stand in the ledger, and nothing is guessed.
func PaceOf(l *ledger.Ledger, t *ledger.Task) Pace {
	var p Pace
	start, day := time.Time{}, t.DueNow
	if g := reRange.FindStringSubmatch(t.Deadline.Text); g != nil && t.Deadline.Kind == due.Dated {
		if d := due.Parse(g[1], l.Year, l.Today); d.Kind == due.Dated {
			start = d.From // 2022年3月至10月
		}
	}
	percent, known := percentIn(t.Status.Text)
	if !known {
		percent, known = percentIn(t.Progress)
	}
	for _, e := range t.Extra {
		head := headOf(e)
		switch {
		case reStartHead.MatchString(head):
			if d := due.Parse(e.Value, l.Year, l.Today); d.Kind == due.Dated {
				start = d.From
			}
		case rePercentHead.MatchString(head):
			if v, ok := percentIn(e.Value); ok {
				percent, known = v, true
			} else if v, err := strconv.ParseFloat(strings.TrimSpace(e.Value), 64); err == nil && v >= 0 && v <= 100 {
				if v <= 1 {
					v *= 100
				}
				percent, known = v, true
			}
		}
	}
	if start.IsZero() || day.IsZero() || !day.After(start) || !known {
		return p
	}
	over := float64(due.Days(start, l.Today)+1) / float64(due.Days(start, day)+1)
	p.Percent, p.Expected = percent, 100*max(0, min(over, 1))
	if p.State = OnPace; p.Percent < float64(int(p.Expected)) {
		p.State = Behind
	}
	return p
}

// headOf is the heading of a column without its group and without spaces.
func headOf(e ledger.Extra) string {
	return strings.Join(strings.Fields(e.Heading[strings.LastIndexByte(e.Heading, '/')+1:]), "")
}

func percentIn(s string) (float64, bool) {
	m := rePercent.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(m[1], 64)
	return v, err == nil && v <= 100
}

// Source is who ordered a task.
type Source string

const (
	NoSource    Source = ""
	Directive   Source = "directive" // 领导批示
	FromMeeting Source = "meeting"   // 会议
	Yearly      Source = "yearly"    // 年度任务
	Campaign    Source = "campaign"  // 专项
)

// Text says it in a word; "" for none.
func (s Source) Text() msg.Text {
	if s == NoSource {
		return msg.Text{}
	}
	return msg.New("supervise.source_" + string(s))
}

var sourceWords = []struct {
	source Source
	words  []string
}{{Directive, []string{"批示", "批办", "领导交办", "指示"}}, {FromMeeting, []string{"会议", "常务会", "办公会", "专题会", "例会", "调度会"}},
	{Yearly, []string{"年度", "工作报告", "要点", "任务分工"}}, {Campaign, []string{"专项", "督查", "巡察", "整改"}}}

var reSourceHead = regexp.MustCompile(`^(?:任务|事项|督办|督办事项|工作|交办|交办事项|立项)?来源$`)

// SourceOf is who ordered a task, where a column of the ledger (来源) or an entry of the
// record says so, and the words that say it.
func SourceOf(t *ledger.Task) (Source, string) { return sourceOf(t, isSourceHead) }

func isSourceHead(e ledger.Extra) bool { return reSourceHead.MatchString(headOf(e)) }

func sourceOf(t *ledger.Task, isSource func(ledger.Extra) bool) (Source, string) {
	for _, e := range t.Extra {
		if e.Value == "" || !isSource(e) {
			continue
		}
		for _, s := range sourceWords {
			if slices.ContainsFunc(s.words, func(w string) bool { return strings.Contains(e.Value, w) }) {
				return s.source, e.Value
			}
		}
	}
	if a := t.Last(ledger.Instruction); a != nil {
		return Directive, a.Content
	}
	if a := t.Last(ledger.Meeting); a != nil {
		return FromMeeting, a.Content
	}
	return NoSource, ""
}

// Attention are the tasks that leaders look at (领导关注): ordered by a directive or a
// meeting.
func Attention(l *ledger.Ledger) (out []*ledger.Task) {
	known := map[string]bool{} // headings, which all tasks of a table share
	isSource := func(e ledger.Extra) bool {
		is, ok := known[e.Heading]
		if !ok {
			is = isSourceHead(e)
			known[e.Heading] = is
		}
		return is
	}
	for _, t := range l.Tasks {
		if s, _ := sourceOf(t, isSource); s == Directive || s == FromMeeting {
			out = append(out, t)
		}
	}
	return out
}
