package annual

import (
	"strings"

	"taizhang/sheet/ledger"
)

// isCourt reports whether a case that does not say what it is stands before a court.
func isCourt(e *ledger.Entry) bool {
	return strings.Contains(e.Get("organ"), "法院") || strings.Contains(e.Get("number"), "行初") ||
		strings.Contains(e.Get("number"), "行终")
}

// goneBefore reports whether a suit came after a review: its kind or a column of
// its row says so, or the register holds a review about the same request.
func goneBefore(e *ledger.Entry, reviewed map[string]bool) bool {
	kind := e.Get("kind")
	switch {
	case strings.Contains(kind, "复议后"), strings.Contains(kind, "经复议") && !strings.Contains(kind, "未经"):
		return true
	case strings.Contains(kind, "未经复议"), strings.Contains(kind, "直接"):
		return false
	}
	for _, c := range e.Table.Columns {
		if !strings.Contains(c.Heading, "复议") || e.Def.Field(c.Key) != nil {
			continue
		}
		switch v := squeeze(e.Table.Get(e.Row, c.Key)); v {
		case "是", "经复议", "已复议", "先经复议", "复议后", "√", "有":
			return true
		case "否", "未经复议", "直接起诉", "无", "×":
			return false
		}
	}
	return e.Get("request") != "" && reviewed[squeeze(e.Get("request"))]
}
