package ledger

import (
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

// YearOf is the year that a title names (2022年, 2022年度, 二〇二二年), 0 if none.
func YearOf(title string) int {
	if g := reTitleYear.FindStringSubmatch(due.Arabic(fold.Text(title))); g != nil {
		return number(g[1])
	}
	return 0
}
