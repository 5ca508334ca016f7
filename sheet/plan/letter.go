package plan

import (
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// letter is what a document says of itself: the years of its number and of the
// dates under its title and signature.
type letter struct {
	number int
	signed int
}

var (
	dateLineRE = lazy(`^[（(]?\s*((?:19|20)\d{2})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*[）)]?(?:印发)?$`)
	stampRE    = lazy(`^[^，。；]{2,30}\s+((?:19|20)\d{2})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:印发)?$|^.{2,24}(?:办公室` +
		`|委员会|政府|厅|局|委|部)\s*.{0,16}印发$`)
	publicRE = lazy(`^[（(]?此件.{0,12}公开.{0,6}[）)]?$`)
	noticeRE = lazy(`^[（(]?(?:主动|依申请|不予)公开[）)]?$|^抄送|^(?:主送|分送|发送|主题词|(?:信息)?公开(?:选项|方式|类别|属性)?)[:：]` +
		`|^[（(]?联系人[:：].*(?:电话|手机|邮箱|\d{7})|^特此(?:通知|通报|公告)|^[-—－]\s*\d+\s*[-—－]$` +
		`|^第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?$|^请.{0,12}(?:贯彻|遵照|认真)(?:.{0,6})?(?:执行|落实|实施)。?$`)
	ownNoRE  = lazy(`[〔\[【（(]((?:19|20)\d{2})[〕\]】）)]\s*\d+\s*号`)
	signerRE = lazy(`(?:人民政府|政府|办公室|委员会|党工委|管委会|工委|局|厅|部|院|组|指挥部|委|办|中心|公司|学校|街道|镇|乡|办事处|(?i:office|department` +
		`|council|committee))$`)
)

// strip takes out what belongs to the letter and to no task: signatures and
// dates, 此件公开发布, 抄送. What follows a signature is a part of its own.
func strip(blocks []Block) (kept []Block, l letter) {
	began, last := false, 0 // whether the first number or table has been seen; where the last is
	for i, b := range blocks {
		if style, _, _ := numbered(b.Text); style != "" || b.Rows != nil {
			last = i
		}
	}
	for i, b := range blocks {
		if b.Rows != nil {
			kept, began = append(kept, b), true
			continue
		}
		style, _, _ := numbered(b.Text)
		began = began || style != ""
		folded := due.Arabic(b.Text)
		date := dateLineRE().FindStringSubmatch(folded)
		if date == nil && began && style == "" {
			date = stampRE().FindStringSubmatch(folded)
		}
		if date != nil && (labelAbove(kept) || began && !signedBy(kept) && !ends(blocks[i+1:])) {
			date = nil // 完成时限： and the date below it, or a date among the tasks
		}
		ended := Block{Line: b.Line, Ends: true}
		switch {
		case !began && i < 12 && l.number == 0 && ownNumber(b.Text):
			l.number = atoiYear(ownNoRE().FindStringSubmatch(b.Text)[1])
			kept = append(kept, b)
		case date != nil:
			if len(date) > 1 && date[1] != "" {
				l.signed = atoiYear(date[1])
			}
			signed := false
			for signedBy(kept) && (began || len(kept) > 2) { // the first lines are the title, which is dated below it
				kept, signed = kept[:len(kept)-1], true
			}
			if began || signed {
				kept = append(kept, ended)
			}
		case style == "" && (publicRE().MatchString(b.Text) || (!began || i > last) && noticeRE().MatchString(b.Text)):
			if began && i > last {
				kept = append(kept, ended)
			}
		case began && i == len(blocks)-1 && style == "" && signer(b.Text) && finished(kept):
			kept = append(kept, ended)
		default:
			kept = append(kept, b)
		}
	}
	return kept, l
}

// ownNumber reports whether a line is the document's own number.
func ownNumber(s string) bool {
	return utf8.RuneCountInString(s) < 40 && ownNoRE().MatchString(s) && documentNoRE().MatchString(s)
}

// signedBy reports whether the last block is the name of an office that signs.
func signedBy(blocks []Block) bool {
	n := len(blocks) - 1
	return n >= 0 && blocks[n].Rows == nil && signer(blocks[n].Text) && !labelAbove(blocks[:n])
}

// finished reports whether the last block ends a sentence.
func finished(blocks []Block) bool {
	return len(blocks) > 0 && strings.HasSuffix(blocks[len(blocks)-1].Text, "。")
}

// labelAbove reports whether the last of the blocks is a label without a value.
func labelAbove(blocks []Block) bool {
	if len(blocks) == 0 {
		return false
	}
	_, _, rest := numbered(blocks[len(blocks)-1].Text)
	return emptyLabelRE().MatchString(rest)
}

// ends reports whether what follows a date is no more of the text that it may
// close: nothing, notices, an attachment or a new title.
func ends(after []Block) bool {
	if len(after) == 0 {
		return true
	}
	s := after[0].Text
	return publicRE().MatchString(s) || noticeRE().MatchString(s) || attachedRE().MatchString(s) ||
		strings.HasSuffix(s, "印发") || titleLine(s)
}

// titleLine reports whether a line can be a title.
func titleLine(s string) bool {
	return utf8.RuneCountInString(s) <= longestName+20 && titleRE().MatchString(s) && !strings.ContainsAny(s, "。；")
}

// signer reports whether a line can be the name of the office that signs.
func signer(s string) bool {
	if style, _, _ := numbered(s); style != "" || utf8.RuneCountInString(s) > 30 || strings.ContainsAny(s, "。，；：:、（(") {
		return false
	}
	return signerRE().MatchString(strings.Join(strings.Fields(s), "")) && !titleRE().MatchString(s)
}

// year is that of the title, else of a title that the text quotes (现将《2023年…方案》
// 印发…), of the document's number, of its date, of the year that the text says
// it is about, and at last of the numbers of the documents that it refers to.
func (p *Plan) year(root *node, l letter) {
	if from, to := yearsOf(p.Title); to != 0 {
		p.Year = to
		if from != to { // 三年行动方案（2023—2025年） is that of the year in which it came out, else of the first
			p.Year = from
			for _, y := range []int{l.number, l.signed} {
				if y >= from && y <= to {
					p.Year = y
					break
				}
			}
		}
		return
	}
	about, quoted, referred := 0, 0, 0
	for _, line := range root.text {
		if about == 0 && titleLine(line.text) {
			about = ledger.YearOf(ownNoRE().ReplaceAllString(line.text, ""))
		}
	}
	for _, line := range root.text {
		for _, q := range bookRE().FindAllStringSubmatch(line.text, -1) {
			y := ledger.YearOf(q[1])
			switch {
			case y == 0 || !titleRE().MatchString(q[1]):
			case about == 0 && strings.Contains(line.text, "印发") && !ownNoRE().MatchString(line.text):
				about = y
			default:
				quoted = max(quoted, y)
			}
		}
		for _, n := range ownNoRE().FindAllStringSubmatch(line.text, -1) {
			referred = max(referred, atoiYear(n[1]))
		}
	}
	for _, y := range []int{about, l.number, l.signed, spoken(root), quoted, referred} {
		if y != 0 {
			p.Year = y
			return
		}
	}
}

var (
	bookRE   = lazy(`[《〈]([^《》〈〉]*)[》〉]`)
	spokenRE = lazy(`((?:19|20)\d{2})年度?(?:的)?(?:全[省市县区镇年]|各项|重点|工作|任务|政务|主要)`)
	rangeRE  = lazy(`((?:19|20)\d{2})年?\s*[-—–－~～至到]+\s*((?:19|20)\d{2})年?`)
	latinYr  = lazy(`\b((?:19|20)\d{2})\b`)
)

// spoken is the year that the opening paragraphs are about (做好2023年重点工作).
func spoken(root *node) int {
	for _, line := range root.text {
		if m := spokenRE().FindStringSubmatch(bookRE().ReplaceAllString(due.Arabic(line.text), "")); m != nil {
			return atoiYear(m[1])
		}
	}
	return 0
}

// yearsOf is the first and last year that a title is about; 0 if it names none.
func yearsOf(title string) (from, to int) {
	title = ownNoRE().ReplaceAllString(title, "")
	if m := rangeRE().FindStringSubmatch(due.Arabic(title)); m != nil {
		return atoiYear(m[1]), atoiYear(m[2])
	}
	y := ledger.YearOf(title)
	if m := latinYr().FindStringSubmatch(title); y == 0 && m != nil {
		y = atoiYear(m[1])
	}
	return y, y
}

func atoiYear(s string) int { return int(atoi(s, 0, 1900, 2199)) }

// guessYear takes the year that most dates of the text name.
func (p *Plan) guessYear(blocks []Block) {
	count, line := map[int]int{}, map[int]int{}
	best := 0
	for _, b := range blocks {
		text := b.Text
		for _, row := range b.Rows {
			text += "\n" + strings.Join(row, "\n")
		}
		for _, m := range datedRE().FindAllStringSubmatch(quotedRE().ReplaceAllString(due.Arabic(text), ""), -1) {
			y := atoiYear(m[1])
			if count[y]++; line[y] == 0 {
				line[y] = b.Line
			}
			if best == 0 || count[y] > count[best] || count[y] == count[best] && y > best {
				best = y
			}
		}
	}
	if p.Year = best; best != 0 {
		p.Doubts = append(p.Doubts, Doubt{line[best], msg.New("plan.year_of_dates", "Year", best)})
	}
}

// datedRE is a date with its year.
var datedRE = lazy(`((?:19|20)\d{2})\s*[年.]\s*(?:\d{1,2}\s*[月.]|年?底|内)`)
