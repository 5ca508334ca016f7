package plan

import (
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

var (
	dayRE = lazy(`(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:[-—–－~～]+|至|到)(?:\d{4}年|次年)?\d{1,2}月(?:\d{1,2}日|底` +
		`|末)?(?:之前|以前|前)?|(?:(?:\d{4}|今|本|明|次|当)年)?\d{1,2}月(?:份)?(?:(?:\d{1,2}日|[上中下]旬|底|末)?(?:之前|以前|前)|底|末)` +
		`|(?:(?:\d{4}|今|本|明|次|当)年)?\d{1,2}月[上中下]旬|(?:\d{4}年)?\d{1,2}月(?:份)?(?:、\d{1,2}月(?:份)?)+(?:各|分别|均)` +
		`|(?:(?:\d{4}|今|本|明|次|当)年)?(?:年底|上半年|第?[一二三四]季度末?)(?:之前|以前|前|内)?|\d{4}年底?前` +
		`|(?i:\bby\s+(?:the\s+)?(?:end\s+of\s+|mid-?)?(?:\d{1,2}\s+)?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?` +
		`|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?` +
		`|Dec(?:ember)?)(?:\s+\d{1,2}\b)?(?:,?\s+\d{4})?))`)
	farRE    = lazy(`(?:到|至)\d{4}年(?:底|末)?`)
	withinRE = lazy(`年内`)
	cycleRE  = lazy(`每个?(?:月|季度?|半年|年|周)(?:(?:末|底|\d{1,2}日)前?|([^，。；\n]{0,12}?)(?:[0-9一两二三四五六七八九十]+次))`)
	notDueRE = lazy(`(?:每|每年|截至|截止到?|自|从|前|近|上年|去年|[-－0-9])$`) // before a day: it is no term
	spanRE   = lazy(`[0-9一二两三四五六七八九十几多半数该每往去]$`)               // before 年内: 5年内
	quotedRE = lazy(`《[^》]*》|〔[^〕]*〕`)
)

// deadline is the words of a text that set a date: a day, else a cycle (每季度),
// else 年内. Of several days all are given, and the ledger takes the last; a
// doubt names what was passed over. Days before the plan's year are history.
func deadline(text string, year int) (words string, doubts []msg.Text) {
	text = spaceAfterRE().ReplaceAllString(spaceBeforeRE().ReplaceAllString(text, "$1$2"), "$1$2")
	text = quotedRE().ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	var days, far, cycles, within []string
	for _, at := range dayRE().FindAllStringIndex(text, -1) {
		w := strings.TrimRight(text[at[0]:at[1]], "各分别均")
		before := text[:at[0]]
		if notDueRE().MatchString(before) {
			continue
		}
		if d := due.Parse(w, yearOr(year), time.Time{}); year != 0 && d.Kind == due.Dated && d.Due.Year() < year {
			continue
		}
		days = appendNew(days, w)
	}
	for _, at := range farRE().FindAllStringIndex(text, -1) {
		far = appendNew(far, strings.TrimLeft(text[at[0]:at[1]], "到至"))
	}
	for _, at := range withinRE().FindAllStringIndex(text, -1) {
		if !spanRE().MatchString(text[:at[0]]) {
			within = appendNew(within, "年内")
		}
	}
	for _, m := range cycleRE().FindAllStringSubmatchIndex(text, -1) {
		w := text[m[0]:m[1]]
		if m[2] >= 0 {
			if before := []rune(text[:m[0]]); perRE().MatchString(string(before[max(0, len(before)-3):])) {
				continue // 每座每年…: of each thing, not of the task
			}
			between, behind := text[m[2]:m[3]], afterRE().FindStringSubmatch(text[m[1]:])[1]
			if limitRE().MatchString(between) || limitRE().MatchString(behind[:min(len(behind), len("以内"))]) {
				continue
			}
			if !keepsRE().MatchString(between+behind) && (holdsRE().MatchString(between) || event(behind) != "") {
				continue // an event that is counted, see counts
			}
			w = cycleWordRE().FindString(w)
		}
		cycles = appendNew(cycles, w)
	}
	for _, m := range keptRE().FindAllStringSubmatchIndex(text, -1) {
		if before := []rune(text[:m[0]]); len(cycles) == 0 && !perRE().MatchString(string(before[max(0,
			len(before)-3):])) {
			cycles = append(cycles, text[m[2]:m[3]])
		}
	}
	switch {
	case len(days) > 0:
		words = ordered(days, year)
		if others := append(cycles[:len(cycles):len(cycles)], far...); len(days) > 1 || len(others) > 0 {
			all := strings.Join(append(days, others...), "、")
			doubts = append(doubts, msg.New("plan.several_dates", "Dates", all, "Taken", latest(days, year)))
		}
		return words, doubts
	case len(cycles) > 0:
		return cycles[0], nil
	case len(within) > 0:
		return within[0], nil
	case len(far) > 0:
		return far[0], nil
	}
	return "", nil
}

// Texts taken out of a PDF have spaces around the figures of a date: 4 月 15 日.
var (
	spaceBeforeRE = lazy(`(\d)[ 　]+([年月日号])`)
	spaceAfterRE  = lazy(`([年月])[ 　]+(\d)`)
)

// keptRE is what is done again and again, without a count: 每日上报水库水位, 每季度通报进展.
var keptRE = lazy(
	`(每个?(?:月|季度?|半年|年|周|日|天))[^，。；\n至不]{0,4}?(?:更新|报送|上报|通报|公布|调度|维护|汇总|报告|反馈|对账|核对|巡查|巡检|保洁|清扫|备份|填报|发布|公示|公开|监测)`)

// cycleWordRE is the cycle of a phrase such as 每季度更新一次.
var cycleWordRE = lazy(`^每个?(?:月|季度?|半年|年|周)`)

func yearOr(year int) int {
	if year == 0 {
		return 2000
	}
	return year
}

// ordered is the days as one text whose last is the latest, for of several days
// the ledger takes the last.
func ordered(days []string, year int) string {
	last := latest(days, year)
	var out []string
	for _, d := range days {
		if d != last {
			out = append(out, d)
		}
	}
	return strings.Join(append(out, last), "；")
}

func latest(days []string, year int) (last string) {
	var at time.Time
	for _, d := range days {
		if day := due.Parse(d, yearOr(year), time.Time{}); last == "" || !day.Due.Before(at) {
			last, at = d, day.Due
		}
	}
	return last
}

// appendNew appends s if it is not in list.
func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
