package msg

import (
	"regexp"
	"strings"
	"testing"
)

// mended are wordings that an official would not write, or second words for a thing
// that has one, with what is said in their place.
var mended = []struct{ wrong, right string }{
	{`待裁定|未决冲突`, "待处理冲突"}, {`谁在打开|打开着`, "占用情况、无人占用"}, {`看不懂|读不懂|没读懂|不认识|不认得|没有认出`, "无法识别、没有识别到"},
	{`认不准|拿不准是哪`, "需确认对应任务的行、不能确定"}, {`还欠`, "尚未完成"}, {`办过但`, "已举办、不计入"}, {`以前月份`, "往月到期未完成"},
	{`最急`, "紧急"}, {`(^|[^即])将到期`, "即将到期"}, {`没能打开|打不开它|"打不开"`, "无法打开"}, {`退回本身|恢复本身|撤销本身`, "恢复操作也会记入修改记录"},
	{`没有牵头单位|无牵头单位|未填牵头`, "未明确牵头单位"}, {`活动 ?\{\{[^}]*\}\} ?项`, "次"}, {`联系人`, "联络员"}, {`别名`, "简称"},
	{`改为为`, "改为“…”"}, {`交回|回收`, "返回"}, {`怎么办`, "处理办法"}, {`加了密`, "已加密"}, {`样子`, "内容、版本"}, {`台账历史|历史有损坏`, "修改记录"},
}

// One word for one thing, as officials write it: a wording that was mended does not
// come back.
func TestMendedWordingsDoNotComeBack(t *testing.T) {
	all := entries(t)
	for _, m := range mended {
		wrong := regexp.MustCompile(m.wrong)
		for key, s := range all[ZH] {
			if key == "report.sheet.conflicts" {
				continue // the sheet keeps the name by which its readers find it
			}
			if at := wrong.FindString(s); at != "" {
				t.Errorf("%s says %q; say %s:\n%s", key, at, m.right, s)
			}
		}
	}
	// In a sentence, what something was changed to stands in quotation marks.
	unquoted := regexp.MustCompile(`改为\{\{`)
	for key, s := range all[ZH] {
		if unquoted.MatchString(s) {
			t.Errorf("%s: no quotation marks around what it was changed to:\n%s", key, s)
		}
		if strings.Contains(s, "\"") && strings.Contains(s, "改为\"") {
			t.Errorf("%s: quotation marks are “ and ”:\n%s", key, s)
		}
	}
	// English: one word for one thing as well.
	for _, m := range []struct{ wrong, right string }{{`(?i)\bcannot understand\b|\bdon't understand\b`,
		"not recognised"}, {`(?i)\bliaison\b`, "contact"}, {`(?i)\bnickname`, "short name"}} {
		wrong := regexp.MustCompile(m.wrong)
		for key, s := range all[EN] {
			if at := wrong.FindString(s); at != "" {
				t.Errorf("%s says %q; say %s:\n%s", key, at, m.right, s)
			}
		}
	}
}
