package ledger

import "testing"

// Where no column says the state, the first words of the progress do, and nothing
// that is not said in so many words.
func TestTheStateIsReadFromTheFirstWordsOfTheProgress(t *testing.T) {
	for text, want := range map[string]StatusKind{
		"已完成验收":                Done,
		"已于5月20日完成":            Done,
		"已于2022年6月底前全部完成整改。":   Done,
		"目前已全部完成，群众反映良好":       Done,
		"通过竣工验收":               Done,
		"截至6月底，已完成":            Done,
		"正在推进，完成80%":           InProgress,
		"完成工程量的60%":            InProgress,
		"正在开展招标，计划9月开工":        InProgress,
		"已签约10个，完成83%":         InProgress,
		"已完成8家，任务已完成":          Done,
		"已完成可研批复，正在办理用地手续":     InProgress,
		"前期工作已完成，征地已完成，尚未开工":   UnknownStatus,
		"已全部投用":                Done,
		"5所全部投用":               Done,
		"12个已建成投用":             Done,
		"全部投入使用3所":             UnknownStatus,
		"有序推进中":                InProgress,
		"尚未启动，等待资金到位":          NotStarted,
		"已完成3场培训，剩余2场计划9月完成":   UnknownStatus,
		"已完成，剩余2户正在整改":         UnknownStatus,
		"已完成可研批复":              UnknownStatus,
		"完成情况良好":               UnknownStatus,
		"召开专题会议研究部署":           UnknownStatus,
		"1月份已报送信息3条；2月份报送信息4条": UnknownStatus,
		"": UnknownStatus,
	} {
		if kind, said := statusWords(Options{}).ofProgress(text); kind != want {
			t.Errorf("%q is %s by %q, want %s", text, kind, said, want)
		}
	}
}
