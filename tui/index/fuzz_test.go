package index

import (
	"slices"
	"testing"

	"taizhang/sheet/ledger"
)

// Whatever is typed as a filter: it finds rows, every clause finds no more than all
// clauses let through, and a clause turned round finds all others.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		"公开 目录", "逾期|即将到期", "-长期坚持", "单位:党政办", "状态:推进中|未启动", "时限<10-31", "逾期>30", "空:进展 有:佐证", "未完成 本月", `单位:"财政 分局"`,
		"时限>=2022年6月底",
		"cb", "-|-", ":<>=", "空:", `"`, "-逾期>-1", "序号:1|2 办结≤今天", "－ＡＢ＝１",
	} {
		f.Add(s)
	}
	x := of(
		&ledger.Task{Number: "10", Title: "公开目录", Lead: "党政办公室", Deadline: dated("2022-06-30"),
			Status: ledger.Status{Kind: ledger.Done, Text: "已完成"}, Completed: "2022.6.1"},
		&ledger.Task{Number: "9", Title: "催办 A", Lead: "财政分局", Support: []string{"党政办公室"}, Progress: "已收集",
			Status: ledger.Status{Kind: ledger.NotStarted}},
		&ledger.Task{Title: "长期坚持", Deadline: dated("2022-03-31"), Overdue: true, DaysOverdue: 173, Evidence: "链接",
			Status: ledger.Status{Kind: ledger.InProgress}},
		&ledger.Task{Number: "1.2", Deadline: dated("2022-09-30"), DueSoon: true,
			Status: ledger.Status{Kind: ledger.UnknownStatus}},
	)
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text)
		rows := func(q Query) (out []bool) {
			set := NewMatcher(x).Match(q)
			for n := range x.Len() {
				out = append(out, set == nil || set.Has(int32(n)))
			}
			return out
		}
		all := rows(q)
		for i := range q.clauses {
			one := Query{q.clauses[i : i+1]}
			alone := rows(one)
			turned := one.clauses[0]
			turned.not = !turned.not
			others := rows(Query{[]clause{turned}})
			typing := NewMatcher(x).Match(one) == nil // it lets everything through, turned round or not
			for n := range all {
				if all[n] && !alone[n] {
					t.Fatalf("%q finds row %d, its clause %q does not", text, n, q.clauses[i].text)
				}
				if alone[n] == others[n] && !typing {
					t.Fatalf("%q: row %d meets the clause %q and its opposite: %v", text, n, q.clauses[i].text,
						alone[n])
				}
			}
			if i == 0 && len(q.clauses) > 1 {
				rest := rows(q.Without(0))
				for n := range all {
					if all[n] != (alone[n] && rest[n]) {
						t.Fatalf("%q: row %d", text, n)
					}
				}
			}
		}
		if again := Parse(text); !slices.Equal(again.Clauses(), q.Clauses()) {
			t.Fatalf("%q is read as %q and %q", text, q.Clauses(), again.Clauses())
		}
	})
}
