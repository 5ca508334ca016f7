package paper

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// titleLine is how much of a title of 2号 stands in a line, in quarters of a character:
// 20 characters.
const titleLine = 4 * 20

// quarters are the widths of the beginnings of a title, in quarters of a character. Word
// and LibreOffice leave a quarter free between a Chinese character and a Latin one.
func quarters(r []rune) []int {
	widths := make([]int, len(r)+1)
	for i, c := range r {
		widths[i+1] = widths[i] + 2
		if isWide(c) || width.LookupRune(c).Kind() == width.EastAsianAmbiguous { // “ and … are as wide as characters
			widths[i+1] += 2
		}
		if i > 0 && (isWord(c) && unicode.Is(unicode.Han, r[i-1]) || unicode.Is(unicode.Han, c) && isWord(r[i-1])) {
			widths[i+1]++
		}
	}
	return widths
}

// titleLines breaks a title by sense into lines of about the same length: a
// line does not end within a name in brackets or quotes, within a number, or
// between a word and what belongs to it, as far as this can be told without
// reading.
func titleLines(title string) []string {
	r := []rune(title)
	widths := quarters(r)
	total := widths[len(r)]
	if total <= titleLine {
		return []string{title}
	}
	n := (total + titleLine - 1) / titleLine
	for ; ; n++ {
		if lines := breakInto(r, n, widths); lines != nil {
			return lines
		}
		if n > len(r) {
			return []string{title}
		}
	}
}

// breakInto finds the n lines with the least cost, nil if they do not fit.
func breakInto(r []rune, n int, widths []int) []string {
	const far = 1 << 30
	cost := breakCosts(r)
	best := make([][]int, n+1) // by lines and runes taken
	from := make([][]int, n+1)
	for k := range best {
		best[k], from[k] = make([]int, len(r)+1), make([]int, len(r)+1)
		for i := range best[k] {
			best[k][i] = far
		}
	}
	best[0][0] = 0
	ideal := widths[len(r)] / n
	for k := 1; k <= n; k++ {
		for end := 1; end <= len(r); end++ {
			for start := end - 1; start >= 0 && widths[end]-widths[start] <= titleLine; start-- {
				if best[k-1][start] == far {
					continue
				}
				off := (widths[end] - widths[start] - ideal) / 2
				c := best[k-1][start] + off*off
				if end < len(r) {
					c += cost[end]
				}
				if c < best[k][end] {
					best[k][end], from[k][end] = c, start
				}
			}
		}
	}
	if best[n][len(r)] == far {
		return nil
	}
	lines := make([]string, n)
	for k, end := n, len(r); k > 0; k-- {
		start := from[k][end]
		lines[k-1] = strings.TrimSpace(string(r[start:end]))
		end = start
	}
	return lines
}

// breakCosts is how bad a break before each rune is: little after 关于, 的, a
// comma or a closing bracket, much within brackets, numbers and Latin words.
func breakCosts(r []rune) []int {
	cost := make([]int, len(r)+1)
	depth := 0
	for i := range r {
		if i > 0 {
			before := string(r[:i])
			switch {
			case strings.ContainsRune("，。、；：）》”’！？)", r[i]), strings.ContainsRune("（《“‘(", r[i-1]):
				cost[i] = 100_000
			case isWord(r[i-1]) && isWord(r[i]), isWord(r[i-1]) && strings.ContainsRune("年月日号第季", r[i]), r[i-1] == '第':
				cost[i] = 50_000
			case depth > 0:
				cost[i] = 600
			case strings.HasSuffix(before, "政府") && strings.HasPrefix(string(r[i:]), "信息公开"): // one word
				cost[i] = 800
			case strings.HasSuffix(before, "关于"), strings.ContainsRune("》”、", r[i-1]), strings.HasSuffix(before, "年度"),
				strings.HasPrefix(string(r[i:]), "关于"):
				cost[i] = 0
			case r[i] == '的', r[i-1] == '第':
				cost[i] = 800
			case r[i-1] == '的', startsPhrase(string(r[i:])):
				cost[i] = 30
			default:
				cost[i] = 150
			}
		}
		switch {
		case strings.ContainsRune("（《“‘(", r[i]):
			depth++
		case strings.ContainsRune("）》”’)", r[i]) && depth > 0:
			depth--
		}
	}
	return cost
}

// phrases are words with which a part of a title begins.
var phrases = []string{"重点", "政务", "政府", "信息公开", "任务", "落实", "贯彻", "做好", "开展", "加强", "有关", "通报", "通知", "年度报告", "完成情况"}

func startsPhrase(s string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.HasPrefix(s, p) })
}

func isWord(r rune) bool {
	return r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
}
