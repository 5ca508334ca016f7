package ledger

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/table"
)

func TestAYearOfRequestsAddsUp(t *testing.T) {
	opt := on("2022-12-31")
	l := Build([]*table.Table{sheetOf("requests",
		"number received applicant applicant_kind content replied outcome remark",
		"1|2021-12-20|甲|自然人|a|2022-01-10|予以公开", "2|2021-12-20|甲|公民|a|2021-12-30|予以公开",
		"3|2022-01-05|乙公司|企业|a|2022-02-01|部分公开",
		"4|2022-03-05|甲|自然人|a|2022-03-20|不予公开（商业秘密）", "5|2022-04-05|甲||a||撤回", "6|2022-05-05|甲|自然人|a|2022-05-20|酌情答复",
		"7|2022-12-20|丙律所|律师事务所|a||办理中", "8||甲|自然人|a||", "9|2022-06-01|甲|自然人|a|2022-06-05|不属于本机关公开职责权限范围",
		"10|2023-01-05|甲|自然人|a||", "11|2022-06-01|甲|其他组织|a|2022-06-05|重复申请")}, opt)
	y := l.YearOfRequests(2022)
	got := fmt.Sprint(y.New, y.CarriedIn, y.CarriedOn, len(y.Unmapped), len(y.Undated), y.Settled())
	want := "map[:1 company:1 legal:1 other_body:1 person:3] map[person:1] map[legal:1] 1 1 7"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for key, want := range map[string]int{"granted": 1, "partial": 1, "third_party": 1, "other_handling": 1,
		"not_held": 1, "repeated": 1, "state_secret": 0} {
		if n := Total(y.Outcomes[key]); n != want {
			t.Errorf("%s: %d, want %d", key, n, want)
		}
	}
	if Total(y.New)+Total(y.CarriedIn) != y.Settled()+Total(y.CarriedOn) {
		t.Errorf("%+v does not add up", y)
	}
	if before := l.YearOfRequests(2021); Total(before.CarriedOn) != Total(y.CarriedIn) {
		t.Errorf("%d carried on, %d carried in", Total(before.CarriedOn), Total(y.CarriedIn))
	}
	if len(Outcomes) != 21 {
		t.Errorf("%d outcomes", len(Outcomes))
	}
}

// Whatever stands in the register: what came in went out or is carried on, and
// what one year carries on the next one carries in.
func TestEveryYearAddsUp(t *testing.T) {
	words := []string{"", "予以公开", "部分公开", "撤回", "逾期不补正", "不予公开", "办理中", "天知道", "已答复", "信息不存在", "延期答复告知"}
	rapid.Check(t, func(t *rapid.T) {
		var rows []string
		for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
			day := func(name string) string {
				if !rapid.Bool().Draw(t, name) {
					return ""
				}
				return parse("2021-01-01").AddDate(0, 0, rapid.IntRange(0, 1200).Draw(t, name+
					" on")).Format("2006-01-02")
			}
			rows = append(rows, fmt.Sprintf("%d|%s|甲|%s|a|%s|%s", i, day("received"),
				rapid.SampledFrom([]string{"自然人", "企业", "", "外星人"}).Draw(t, "kind"), day("replied"),
				rapid.SampledFrom(words).Draw(t, "outcome")))
		}
		l := Build([]*table.Table{sheetOf("requests",
			"number received applicant applicant_kind content replied outcome", rows...)}, on("2024-06-30"))
		carried := -1
		for year := 2021; year <= 2024; year++ {
			y := l.YearOfRequests(year)
			if Total(y.New)+Total(y.CarriedIn) != y.Settled()+Total(y.CarriedOn) {
				t.Fatalf("%d: %+v", year, y)
			}
			if carried >= 0 && Total(y.CarriedIn) != carried {
				t.Fatalf("%d: %d carried in, %d were carried on", year, Total(y.CarriedIn), carried)
			}
			carried = Total(y.CarriedOn)
		}
	})
}

func TestWordsOfOutcomes(t *testing.T) {
	f := Registers()[0].Field("outcome")
	for text, want := range map[string]string{
		"予以公开": "granted", "同意公开": "granted", "不同意公开": "refused", "不予公开": "refused", "不予公开（属于国家秘密）": "state_secret",
		"部分公开": "partial", "政府信息不存在": "not_held",
		"不属于本机关公开职责权限范围": "not_held", "过程中信息": "process", "危及安全稳定": "security", "非政府信息公开申请": "petition",
		"多次重复不作处理": "repeated", "申请人主动放弃申请": "withdrawn",
		"补正申请告知": "correcting", "逾期未补正": "not_corrected", "待答复": "waiting", "已答复": "answered", "延期答复告知": "extending",
		"没有现成信息需要另行制作": "not_existing_to_make", "要求提供公开出版物": "publication",
	} {
		if got := f.Value(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := f.Value("酌情答复"); got != "answered" {
		t.Error(got)
	}
}

func TestFees(t *testing.T) {
	for items, want := range map[int]int{0: 0, 10: 0, 11: 100, 30: 2000, 31: 2200, 40: 4000, 50: 7000} {
		if got, _ := ItemFee(items); got != want {
			t.Errorf("%d items: %d, want %d", items, got, want)
		}
	}
	for pages, want := range map[int]int{0: 0, 30: 0, 31: 10, 68: 380, 86: 560, 100: 700, 200: 2700, 201: 2740,
		240: 4300} {
		if got, _ := PageFee(pages); got != want {
			t.Errorf("%d pages: %d, want %d", pages, got, want)
		}
	}
	var rows []string
	for i := range 12 {
		rows = append(rows, fmt.Sprintf("%d|2022-09-%02d|甲|a|%d页", i, 30-i, 20+i))
	}
	rows = append(rows, "12|2022-10-01|甲|a|240", "13|2022-09-01|乙|a|", "14||乙|a|")
	l := Build([]*table.Table{sheetOf("requests", "number received applicant content pages", rows...)},
		on("2022-10-08"))
	fees := l.Fees()
	if f := fees[0]; f.Nth != 12 || f.ByItem != 100 || f.Band != (Band{11, 30, 100}) || f.Pages != 20 || f.ByPage != 0 {
		t.Errorf("%+v", f)
	}
	if f := fees[12]; f.Nth != 1 || f.ByItem != 0 || f.ByPage != 4300 || len(f.Bands) != 4 {
		t.Errorf("%+v", f)
	}
	if f := fees[14]; f.Nth != 0 || f.Pages != 0 {
		t.Errorf("%+v", f)
	}
}
