package due

import "testing"

func TestTerms(t *testing.T) {
	for text, want := range map[string]Term{
		"20 workdays": {20, Workdays}, "20个工作日": {20, Workdays}, "二十个工作日内": {20, Workdays}, "１５日": {15, CalendarDays},
		"15 days": {15, CalendarDays},
		"2 weeks": {14, CalendarDays}, "两周内": {14, CalendarDays}, "3 months": {3, Months}, "3个月": {3, Months},
		"半年": {6, Months}, "1 year": {12, Months}, "一季度": {3, Months},
		"1 working day": {1, Workdays}, "7天之内": {7, CalendarDays},
	} {
		got, ok := ParseTerm(text)
		if !ok || got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		if again, _ := ParseTerm(got.String()); again != got {
			t.Errorf("%v is written %s", got, got)
		}
	}
	for _, text := range []string{"", "0 days", "soon", "20", "工作日", "5000 days", "-3 days", "20 workdays or so"} {
		if got, ok := ParseTerm(text); ok {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestCyclesAsTerms(t *testing.T) {
	for text, want := range map[string]Term{
		"每日": {1, CalendarDays}, "每天更新": {1, CalendarDays}, "每个工作日": {1, Workdays}, "每工作日更新": {1, Workdays},
		"每周": {7, CalendarDays}, "每周至少2条": {7, CalendarDays}, "每周五": {7, CalendarDays},
		"每周更新不少于3次": {7, CalendarDays}, "两周": {14, CalendarDays}, "两周内": {14, CalendarDays}, "每两周": {14, CalendarDays},
		"2周内更新": {14, CalendarDays}, "不超过两周": {14, CalendarDays},
		"每旬": {10, CalendarDays}, "每10天": {10, CalendarDays}, "每月": {1, Months}, "每月25日前": {1, Months},
		"按月更新": {1, Months}, "每月至少1次": {1, Months}, "一个月内": {1, Months}, "月度": {1, Months},
		"每季度": {3, Months}, "每季度末": {3, Months}, "季度": {3, Months}, "半年": {6, Months}, "每半年": {6, Months},
		"半年内": {6, Months}, "6个月内": {6, Months}, "每年": {12, Months}, "每年1次": {12, Months}, "年度": {12, Months},
		"weekly": {7, CalendarDays}, "every month": {1, Months}, "quarterly": {3, Months}, "daily": {1, CalendarDays},
		"15个工作日内": {15, Workdays}, "至少每两周更新一次": {14, CalendarDays},
		"及时更新，至少每月一次": {1, Months}, "20个工作日": {20, Workdays},
	} {
		if got, ok := CycleTerm(text); !ok || got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"", "及时", "实时", "有变化时更新", "长期", "随时", "适时更新", "动态更新", "根据工作需要", "第一时间"} {
		if got, ok := CycleTerm(text); ok {
			t.Errorf("%s: %v", text, got)
		}
	}
}
