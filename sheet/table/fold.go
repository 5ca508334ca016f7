package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Normalize folds a heading for matching: width, case, white space, line
// breaks, bracketed suffixes and marks around it do not count. A heading that is all
// brackets keeps what is in them.
func Normalize(heading string) string { return dropSuffix(foldWhole(heading)) }

// variants are the forms under which a heading is looked up, the most literal
// first.
func variants(heading string) []string {
	whole := foldWhole(heading)
	if whole == "" {
		return nil
	}
	forms := []string{whole}
	for _, f := range []string{dropSuffix(whole), dropBrackets(whole)} {
		if f != "" && f != forms[len(forms)-1] {
			forms = append(forms, f)
		}
	}
	if f := firstOfTwo(whole); f != whole {
		forms = append(forms, f)
	}
	if strings.Contains(whole, "%") {
		forms = append(forms, strings.Trim(strings.ReplaceAll(whole, "%", "百分比"), "()"))
	}
	return append(forms, scripts(whole)...)
}

// emptyTails end a heading without changing what it means: 责任人姓名, 备注栏, 支撑材料名称.
var emptyTails = []string{"名称", "姓名", "描述", "说明", "简述", "概述", "简介", "信息", "一栏", "栏", "号码", "内容", "等", "如下", "清单", "列表",
	"汇总"}

// withoutTail is a heading without an empty tail, "" if it has none.
func withoutTail(heading string) string {
	heading = dropBrackets(heading)
	for _, w := range emptyTails {
		if rest, ok := strings.CutSuffix(heading, w); ok && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return ""
}

// firstOfTwo is the first of two things that a heading names: 责任人及电话 is 责任人, 整改措施和时限
// is 整改措施.
func firstOfTwo(heading string) string {
	for _, and := range []string{"及", "和", "与", "、", "/", "&"} {
		first, second, ok := strings.Cut(heading, and)
		if ok && utf8.RuneCountInString(first) >= 3 && utf8.RuneCountInString(second) >= 2 &&
			!strings.ContainsAny(second, "及和与、/") {
			return first
		}
	}
	return heading
}

// scripts are the Chinese and the Latin letters of a heading that has both, each by
// themselves: 负责人Owner, 目标O.
func scripts(heading string) (out []string) {
	var han, latin strings.Builder
	for _, r := range dropBrackets(heading) {
		switch {
		case unicode.Is(unicode.Han, r):
			han.WriteRune(r)
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			latin.WriteRune(r)
		}
	}
	if han.Len() == 0 || latin.Len() == 0 {
		return nil
	}
	if utf8.RuneCountInString(han.String()) >= 2 {
		out = append(out, han.String())
	}
	if latin.Len() >= 3 {
		out = append(out, latin.String())
	}
	return out
}

// fold makes full-width characters half-width, and the characters that a PDF or an
// old font stands in for common ones (⼯ ⽣ ⻚) those common ones.
func fold(s string) string {
	if strings.ContainsFunc(s, isCompatible) {
		s = strings.Map(func(r rune) rune {
			if c, ok := radicals[r]; ok {
				return c
			}
			return r
		}, norm.NFKC.String(s))
	}
	return width.Fold.String(s)
}

// isCompatible reports whether a rune is a radical or a compatibility ideograph,
// which look like common characters and compare as others.
func isCompatible(r rune) bool { return r >= 0x2e80 && r <= 0x2fdf || r >= 0xf900 && r <= 0xfaff }

// foldRune folds one rune of a heading.
func foldRune(r rune) rune {
	if isCompatible(r) {
		for _, c := range fold(string(r)) {
			r = c
		}
	}
	if f := width.LookupRune(r).Folded(); f != 0 {
		r = f
	}
	if s, ok := simplified[r]; ok {
		r = s
	}
	return unicode.ToLower(r)
}

// radicals are those that have no compatibility mapping in Unicode.
var radicals = runeMap(
	"⻅见 ⻋车 ⻓长 ⻔门 ⻚页 ⻛风 ⻜飞 ⻢马 ⻥鱼 ⻦鸟 ⻩黄 ⻬齐 ⻰龙 ⻄西 ⺠民 ⻁虎 ⻆角 ⻝食 ⻘青 ⻳龟 ⻣骨 ⻤鬼 ⻙韦 ⻉贝 ⻨麦 ⺟母 ⺫目 ⺼月 ⻎之 ⻮齿 ⻧卤 ⻪黾")

// simplified are the traditional characters that stand in headings.
var simplified = runeMap(
	"務务 項项 責责 單单 門门 負负 時时 間间 點点 狀状 態态 進进 況况 標标 題题 備备 註注 說说 內内 類类 別别 領领 導导 協协 辦办 計计 劃划 預预 實实 際际 結结 開开 啟启 " +
		"終终 編编 號号 碼码 級级 優优 聯联 絡络 電电 話话 執执 員员 組组 長长 參参 與与 難难 問问 決决 證证 據据 鏈链 網网 區区 縣县 鄉乡 鎮镇 處处 達达 應应 週周 後后 來来 階阶 個个 專专 " +
		"業业 監监 " +
		"測测 試试 設设 術术 經经 費费 動动 幹干 採采 購购 擬拟 訂订 誌志 檢检 驗验 審审 覆复 復复 報报 總总 圖图 資资 訊讯 關关 鍵键 雜杂 無无 對对 屬属 黨党 農农 節节 環环 產产 從从 補补 " +
		"發发 " +
		"視视 確确 認认 識识 轉转 遲迟 變变 過过 還还 連连 運运 選选 裡里 離离 屆届 質质 舉举 舊旧 並并 佈布 範范 圍围 規规 約约 擔担 貨货 價价 稱称 緊紧 積积 極极 續续 緩缓 滯滞 銷销 閉闭 " +
		"暫暂 停停 " +
		"記记 錄录 調调 查查 負负 創创 建建 維维 護护 論论 議议 題题 課课 訓训 練练 導导 團团 隊队 職职 權权 號号 歷历 曆历 適适 擇择 檔档 佔占 個个 們们 這这 樣样 幾几 條条 筆笔 數数 額额 " +
		"預预 算算")

// traditional is simplified the other way: the forms that fold to a character.
var traditional = func() map[rune][]rune {
	m := map[rune][]rune{}
	for t, c := range simplified {
		m[c] = append(m[c], t)
	}
	return m
}()

func runeMap(pairs string) map[rune]rune {
	m := map[rune]rune{}
	for p := range strings.FieldsSeq(pairs) {
		r := []rune(p)
		m[r[0]] = r[1]
	}
	return m
}

// foldWhole is Normalize without dropping brackets; all brackets become round.
func foldWhole(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '[', '{', '【', '〔', '〖', '〈', '《':
			return '('
		case ']', '}', '】', '〕', '〗', '〉', '》':
			return ')'
		}
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) {
			return -1
		}
		if c, ok := simplified[r]; ok {
			return c
		}
		return unicode.ToLower(r)
	}, fold(s))
	return trimMarks(s)
}

// trimMarks drops marks that decorate a heading: a colon behind it, the asterisk
// of a required column, and the like. A heading that is nothing but marks stays.
func trimMarks(s string) string {
	trimmed := strings.TrimFunc(s, func(r rune) bool {
		return r != '(' && r != ')' && r != '%' && (unicode.IsPunct(r) || unicode.IsSymbol(r))
	})
	if trimmed == "" {
		return s // # numbers the rows
	}
	return trimmed
}

func dropSuffix(s string) string {
	for strings.HasSuffix(s, ")") {
		open := openingOfLast(s)
		if open <= 0 {
			break
		}
		s = trimMarks(s[:open])
	}
	return s
}

// openingOfLast is where the bracket opens that closes at the end of s, -1 if
// it does not.
func openingOfLast(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func dropBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return trimMarks(b.String())
}

// clean is a heading as a person would copy it: line breaks and runs of white space
// become one space, none where a Chinese character stands beside it.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) }) {
		return s
	}
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) {
			gap = true
			continue
		}
		if gap && last != 0 && !isWide(last) && !isWide(r) {
			b.WriteByte(' ')
		}
		gap, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// isBlank reports whether a person sees nothing in s.
func isBlank(s string) bool {
	if s == "" {
		return true
	}
	if c := s[0]; c > ' ' && c < utf8.RuneSelf || c >= 0xe4 && c <= 0xe9 {
		return false // a printable ASCII or a common Chinese character: the usual case
	}
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.C, r) {
			return false
		}
	}
	return true
}
