package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// numbering is how far out a mark such as 一、 stands; a lower rank is further out.
type numbering int

const (
	noMark       numbering = iota
	partMark               // 第一部分, 第一章
	chineseMark            // 一、
	bracketMark            // （一）
	digitMark              // 1. 1、 I.
	bracketDigit           // （1） 1） ①
)

const (
	chineseDigits = "一二三四五六七八九十百零〇"
	romanDigits   = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
)

// markOf is the mark with which a text begins, and what follows it.
func markOf(s string) (n numbering, rest string) {
	s = strings.TrimSpace(s)
	if after, ok := strings.CutPrefix(s, "第"); ok {
		num, after := spanOf(after, isNumeral)
		for _, unit := range []string{"部分", "阶段", "大类", "章", "节", "类", "编", "篇", "批"} {
			if rest, ok := strings.CutPrefix(after, unit); ok && num != "" {
				return partMark, rest
			}
		}
		return noMark, s
	}
	if after, ok := cutAny(s, "（(【〔"); ok {
		if num, after := spanOf(after, isChineseDigit); num != "" {
			if rest, ok := cutAny(after, "）)】〕"); ok {
				return bracketMark, rest
			}
		}
		if num, after := spanOf(after, unicode.IsDigit); num != "" {
			if rest, ok := strings.CutPrefix(after, "】"); ok {
				return bracketMark, rest
			}
			if rest, ok := cutAny(after, "）)〕"); ok {
				return bracketDigit, rest
			}
		}
		return noMark, s
	}
	if num, after := spanOf(s, isChineseDigit); num != "" {
		if rest, ok := cutAny(after, "、.．,，:： 　"); ok || after == "" {
			return chineseMark, rest
		}
		return noMark, s
	}
	if num, after := spanOf(s, func(r rune) bool { return strings.ContainsRune(romanDigits, r) }); num != "" {
		rest, _ := cutAny(after, "、.． 　")
		return chineseMark, rest
	}
	if num, after := spanOf(s, unicode.IsDigit); num != "" {
		if rest, ok := cutAny(after, "、.．"); ok {
			return digitMark, rest
		}
		if rest, ok := cutAny(after, "）)"); ok {
			return bracketDigit, rest
		}
	}
	return noMark, s
}

// heads reports whether a mark is one that by itself makes a lone text a category.
func (n numbering) heads() bool { return n == partMark || n == chineseMark || n == bracketMark }

func isChineseDigit(r rune) bool { return strings.ContainsRune(chineseDigits, r) }
func isNumeral(r rune) bool      { return isChineseDigit(r) || unicode.IsDigit(r) }

// spanOf parts s after its leading runes that are in.
func spanOf(s string, in func(rune) bool) (head, rest string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !in(r) })
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i:]
}

// cutAny cuts one leading rune of set off.
func cutAny(s, set string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !strings.ContainsRune(set, r) {
		return s, false
	}
	return s[n:], true
}

// isCounter reports whether s is a row number: 1, ３, 2.1, （4）, A-07.
func isCounter(s string) bool {
	digit := false
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return false
		}
		digit = digit || unicode.IsDigit(r)
	}
	return digit && len(s) <= 24
}

// isDigits reports whether s is a plain counting number, of either width.
func isDigits(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

var sums = []string{"小计", "合计", "总计", "共计", "累计", "汇总", "subtotal", "grandtotal", "total"}

// isSum reports whether s labels a subtotal; bare is true if it says nothing else.
func isSum(s string) (sum, bare bool) {
	if len(s) > 60 {
		return false, false
	}
	folded := Normalize(s)
	for _, w := range sums {
		if folded == w {
			return true, true
		}
	}
	for _, w := range sums[:5] {
		if strings.HasSuffix(folded, w) && utf8.RuneCountInString(folded) <= 12 {
			return true, false
		}
		if rest, ok := strings.CutPrefix(folded, w); ok && strings.IndexFunc(rest, isNumeral) >= 0 &&
			utf8.RuneCountInString(rest) <= 8 {
			return true, false // 合计：10项
		}
	}
	return false, false
}

// What footers and remarks begin with: some with a colon or a number behind
// them, some as they are.
var (
	labels = []string{"注", "附注", "备注", "说明", "note", "notes", "remark", "remarks"}
	signs  = []string{
		"填报人", "填表人", "制表人", "审核人", "复核人", "审批人", "审签人", "经办人", "联系人", "负责人", "单位负责人", "主要负责人", "分管领导",
		"填报单位", "填报部门", "填报时间", "填报日期", "填表时间", "填表日期", "制表时间", "制表日期", "建表时间", "建表人", "建表日期", "制单人", "制表单位", "校对",
		"审定", "打印时间", "打印日期", "单位领导", "科室负责人", "分管领导签字", "主要领导签字", "签字", "签章", "盖章", "日期", "联系电话", "单位盖章", "preparedby",
		"checkedby", "approvedby",
	}
	openings = []string{"填表说明", "填报说明", "填写说明", "使用说明", "备注说明", "注释", "注意事项", "版本描述", "图例"}
)

// noteKind is how surely a row's first text makes it a note.
type noteKind int

const (
	notNote   noteKind = iota
	signature          // 填报人, which may also be a value or a heading
	remark             // 注：…
)

func noteOf(s string) noteKind {
	switch r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s)); r {
	case '*', '＊', '※', '★', '☆', '▲', '◆':
		return remark
	}
	if len(s) > 40 {
		s = s[:40]
	}
	if !noteRunes[firstLetter(s)] {
		return notNote
	}
	folded := foldKeepMarks(s)
	for _, w := range openings {
		if strings.HasPrefix(folded, w) {
			return remark
		}
	}
	for _, w := range labels {
		if rest, ok := strings.CutPrefix(folded, w); ok {
			if r, _ := utf8.DecodeRuneInString(rest); r == ':' || unicode.IsDigit(r) || r == '.' || r == '(' ||
				rest == "" {
				return remark
			}
		}
	}
	for _, w := range signs {
		if rest, ok := strings.CutPrefix(folded, w); ok && (rest == "" || strings.ContainsAny(rest[:1], ":(_")) {
			return signature
		}
	}
	return notNote
}

// noteRunes are the runes with which a note can begin.
var noteRunes = func() map[rune]bool {
	m := map[rune]bool{}
	for _, words := range [][]string{labels, signs, openings} {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			m[r] = true
		}
	}
	return m
}()

func firstLetter(s string) rune {
	for _, r := range s {
		if !unicode.IsSpace(r) && !strings.ContainsRune("(（[【", r) {
			return unicode.ToLower(r)
		}
	}
	return 0
}

// foldKeepMarks folds width, case and white space, and drops brackets before the
// text, but keeps colons.
func foldKeepMarks(s string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, fold(s)), "([【")
}

// isLabelled reports whether s is a label with its value: 联系电话：5550401.
func isLabelled(s string) bool { return strings.ContainsAny(fold(s), ":") }
