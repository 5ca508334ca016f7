package index

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/syncer"
)

var today = time.Date(2022, 9, 20, 0, 0, 0, 0, time.UTC)

func of(tasks ...*ledger.Task) *Index {
	l := &ledger.Ledger{Today: today, Tasks: tasks, ByUnit: []ledger.UnitCounts{{Unit: "财政分局"}, {Unit: "党政办公室"}}}
	for i, t := range tasks {
		if t.ID == "" {
			t.ID = fmt.Sprint("t", i)
		}
		t.DueNow = t.Deadline.Due // nobody was granted an extension
	}
	return Build(&syncer.Snapshot{Ledger: l}, nil)
}

func dated(s string) due.Deadline {
	t, _ := time.Parse(time.DateOnly, s)
	return due.Deadline{Text: s, Kind: due.Dated, Due: t}
}

func titles(x *Index, rows []int32) string {
	var out []string
	for _, n := range rows {
		out = append(out, x.Task(n).Title)
	}
	return strings.Join(out, " ")
}

func TestOrders(t *testing.T) {
	x := of(
		&ledger.Task{Number: "10", Title: "张", Lead: "党政办公室", Deadline: dated("2022-06-30"),
			Status: ledger.Status{Kind: ledger.Done}},
		&ledger.Task{Number: "9", Title: "李", Lead: "财政分局", Status: ledger.Status{Kind: ledger.NotStarted}},
		&ledger.Task{Number: "", Title: "安", Lead: "", Deadline: dated("2022-03-31"), Overdue: true, DaysOverdue: 173,
			Status: ledger.Status{Kind: ledger.InProgress}},
		&ledger.Task{Number: "1.2", Title: "2号", Lead: "党政办公室", Deadline: dated("2022-09-30"), DueSoon: true,
			Status: ledger.Status{Kind: ledger.UnknownStatus}},
	)
	for _, c := range []struct {
		name string
		s    Sorting
		want string
	}{
		{"as in the workbook", Sorting{}, "张 李 安 2号"},
		{"numbers by value, none last", Sorting{Column: "number"}, "2号 李 张 安"},
		{"the other way, none last still", Sorting{Column: "number", Down: true}, "张 李 2号 安"},
		{"Chinese by pronunciation", Sorting{Column: "title"}, "2号 安 李 张"},
		{"dates", Sorting{Column: "deadline"}, "安 张 2号 李"},
		{"units as in the directory", Sorting{Column: "lead"}, "李 张 2号 安"},
		{"how far", Sorting{Column: "status"}, "李 安 张 2号"},
		{"worst first", Sorting{Column: StateColumn}, "安 2号 张 李"},
		{"by unit", Sorting{Group: ByUnit}, "安 李 张 2号"},
		{"by month, none last", Sorting{Group: ByMonth}, "安 张 2号 李"},
		{"by status", Sorting{Group: ByStatus, Column: "title"}, "李 安 张 2号"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := titles(x, x.Order(c.s).Rows); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestWorstFirst(t *testing.T) {
	x := of(
		&ledger.Task{Title: "a", Overdue: true, DaysOverdue: 3},
		&ledger.Task{Title: "b", Overdue: true, DaysOverdue: 90, DueSoon: true},
		&ledger.Task{Title: "c", DueSoon: true, Deadline: dated("2022-10-10")},
		&ledger.Task{Title: "d", DueSoon: true, Deadline: dated("2022-09-21")},
	)
	if x.Both != 1 {
		t.Errorf("%d overdue and due soon", x.Both)
	}
	if got := titles(x, x.Overdue) + "|" + titles(x, x.Soon); got != "b a|d c" {
		t.Errorf("got %s", got)
	}
}

func TestMonthsCountWhatIsOpen(t *testing.T) {
	x := of(
		&ledger.Task{Deadline: dated("2022-06-30")}, &ledger.Task{Deadline: dated("2022-06-01"),
			Status: ledger.Status{Kind: ledger.Done}},
		&ledger.Task{Deadline: dated("2022-03-01")}, &ledger.Task{},
	)
	month := func(m time.Month) time.Time { return time.Date(2022, m, 1, 0, 0, 0, 0, time.UTC) }
	if diff := cmp.Diff([]Month{{month(3), 1, 1}, {month(6), 1, 2}}, x.Months); diff != "" {
		t.Error(diff)
	}
}

// The filter's shortcuts (the rarest byte first, what was found before kept)
// find what looking at every task finds.
func TestMatchFindsWhatAPlainSearchFinds(t *testing.T) {
	word := rapid.SampledFrom([]string{"公开", "目录", "开目", "A", "ａ", "办公室", "办", "逾期", "2", "完", "unit:党", "状态:done", ":",
		"单位:", "x"})
	rapid.Check(t, func(rt *rapid.T) {
		var tasks []*ledger.Task
		for range rapid.IntRange(0, 200).Draw(rt, "n") {
			tasks = append(tasks, &ledger.Task{
				Title: strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"公开", "目录", "A", "办", "开"}), 0,
					4).Draw(rt, "title"), ""),
				Lead: rapid.SampledFrom([]string{"", "党政办公室", "财政分局"}).Draw(rt, "lead"),
			})
		}
		x := of(tasks...)
		text := ""
		m := NewMatcher(x)
		for range 4 {
			text += word.Draw(rt, "word") + rapid.SampledFrom([]string{"", " "}).Draw(rt, "gap")
			got := m.Match(Parse(text))
			for n, task := range tasks {
				if found := got == nil || got.Has(int32(n)); found != plainly(task, text) {
					rt.Fatalf("filter %q, task %q of %q: found %v", text, task.Title, task.Lead, found)
				}
			}
		}
	})
}

func plainly(t *ledger.Task, text string) bool {
	for _, w := range strings.Fields(strings.ToLower(strings.ReplaceAll(text, "ａ", "a"))) {
		ok := strings.Contains(strings.ToLower(t.Title)+"|"+t.Lead, w)
		if v, term := strings.CutPrefix(w, "unit:"); term {
			ok = strings.Contains(t.Lead, v)
		} else if v, term := strings.CutPrefix(w, "单位:"); term {
			ok = strings.Contains(t.Lead, v)
		} else if _, term := strings.CutPrefix(w, "状态:"); term {
			ok = strings.TrimPrefix(w, "状态:") == ""
		} else if w == "逾期:" {
			ok = true // a term that is still being typed
		}
		if !ok {
			return false
		}
	}
	return true
}

func TestOpenTasksWithoutADateAreFoundAndCounted(t *testing.T) {
	x := of(
		&ledger.Task{Title: "空", Deadline: due.Deadline{Kind: due.None},
			Status: ledger.Status{Kind: ledger.NotStarted}},
		&ledger.Task{Title: "看不懂", Deadline: due.Deadline{Text: "等通知", Kind: due.Unknown},
			Status: ledger.Status{Kind: ledger.InProgress}},
		&ledger.Task{Title: "办完了", Deadline: due.Deadline{Kind: due.None}, Status: ledger.Status{Kind: ledger.Done}},
		&ledger.Task{Title: "长期做", Deadline: due.Deadline{Kind: due.None}, Status: ledger.Status{Kind: ledger.Ongoing}},
		&ledger.Task{Title: "每月", Deadline: due.Deadline{Kind: due.Recurring},
			Status: ledger.Status{Kind: ledger.InProgress}},
		&ledger.Task{Title: "有日子", Deadline: dated("2022-09-30"), Status: ledger.Status{Kind: ledger.NotStarted}},
	)
	if x.Undated != 2 {
		t.Errorf("%d are counted", x.Undated)
	}
	for _, word := range []string{"无时限", "undated"} {
		set := NewMatcher(x).Match(Parse(word))
		var rows []int32
		for n := range int32(x.Len()) {
			if set.Has(n) {
				rows = append(rows, n)
			}
		}
		if got := titles(x, rows); got != "空 看不懂" {
			t.Errorf("%s finds %s", word, got)
		}
	}
}

// A month finds every deadline in it, however it is written, and no other month.
func TestAMonthFindsDeadlinesHoweverTheyAreWritten(t *testing.T) {
	x := of(
		&ledger.Task{Title: "日期", Deadline: dated("2022-10-15")},
		&ledger.Task{Title: "词", Deadline: due.Deadline{Text: "10月底前", Kind: due.Dated, Due: dated("2022-10-31").Due}},
		&ledger.Task{Title: "十一月", Deadline: due.Deadline{Text: "2022年11月底前", Kind: due.Dated,
			Due: dated("2022-11-30").Due}},
		&ledger.Task{Title: "一月", Deadline: dated("2022-01-20")},
		&ledger.Task{Title: "不明", Deadline: due.Deadline{Text: "10月前后", Kind: due.Unknown}},
	)
	x.Ledger.Year = 2022
	for query, want := range map[string]string{"时限:10月": "日期 词 不明", "时限:1月": "一月", "时限:2022年11月": "十一月",
		"-时限:10月": "十一月 一月"} {
		set := NewMatcher(x).Match(Parse(query))
		var rows []int32
		for n := range int32(x.Len()) {
			if set.Has(n) {
				rows = append(rows, n)
			}
		}
		if got := titles(x, rows); got != want {
			t.Errorf("%s finds %s, not %s", query, got, want)
		}
	}
}
