package due_test

import (
	"fmt"
	"time"

	"taizhang/sheet/ledger/due"
)

// Deadlines are written in words. A month ends on its last day, a cycle falls
// due next on or after today, and what names no day has none.
func ExampleParse() {
	today := time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{"6月底前", "2022年3月至10月", "每月25日前", "长期坚持", "2月30日前"} {
		d := due.Parse(text, 2022, today)
		day := "—"
		if !d.Due.IsZero() {
			day = d.Due.Format(time.DateOnly)
		}
		fmt.Println(text, d.Kind, day)
	}
	// Output:
	// 6月底前 date 2022-06-30
	// 2022年3月至10月 date 2022-10-31
	// 每月25日前 recurring 2022-10-25
	// 长期坚持 ongoing —
	// 2月30日前 unknown —
}
