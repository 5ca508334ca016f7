package ledger

import (
	"regexp"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
)

// SplitUnits reads who leads and who supports from one text, such as a cell
// that names both or the closing bracket of a plan's item: "A牵头，B、C配合",
// "责任单位：A、B". Names are spelt as in the text and not resolved: there is no
// directory.
func SplitUnits(text string) (lead string, support []string) {
	var d Directory
	return d.assign(d.splitUnits(text), nil)
}

var reSchoolYear = regexp.MustCompile(`(\d{4})年?[-~至到—–]+(\d{4})学年.*(?:第[二2]|下)学期`)

// YearOf is the year that a title names (2022年, 2022年度, 二〇二二年), 0 if none. The second
// term of a school year falls in the later of its years.
func YearOf(title string) int {
	title = due.Arabic(fold.Text(title))
	if g := reSchoolYear.FindStringSubmatch(title); g != nil {
		return number(g[2])
	}
	if g := reTitleYear.FindStringSubmatch(title); g != nil {
		return number(g[1])
	}
	return 0
}
