package due

import (
	"strconv"
	"testing"
)

func TestChineseNumerals(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九",
		100: "一百", 101: "一百零一", 110: "一百一十", 250: "二百五十", 999: "九百九十九", 1000: "1000", -3: "-3",
	} {
		if got := Chinese(n); got != want {
			t.Errorf("Chinese(%d) = %s, want %s", n, got, want)
		}
	}
	for text, want := range map[string]string{
		"": "", "abc": "abc", "两次": "2次", "第十五条": "第15条", "二十次": "20次", "廿八日": "28日", "二〇二二年": "2022年", "统一": "统1",
	} {
		if got := Arabic(text); got != want {
			t.Errorf("Arabic(%s) = %s, want %s", text, got, want)
		}
	}
	for n := 1; n < 100; n++ {
		if got := Arabic(Chinese(n)); got != strconv.Itoa(n) {
			t.Errorf("%d comes back as %s", n, got)
		}
	}
}
