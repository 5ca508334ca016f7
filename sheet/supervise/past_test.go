package supervise_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// said is all that the program says of a ledger on a day: figures, tasks, steps, score,
// quiet changes, lives.
func said(t *testing.T, s *syncer.Session, rules supervise.Rules) string {
	t.Helper()
	snap := s.Snapshot()
	l := snap.Ledger
	f, err := supervise.From(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintln(&b, l.Title, l.Year, l.Today, l.Totals, l.ByUnit, l.Requirements)
	for _, x := range l.Tasks {
		fmt.Fprintln(&b, x.ID, x.Title, x.Lead, x.Status, x.Deadline.Text, x.Progress, x.Overdue, x.DaysOverdue,
			x.DueSoon, x.Late, x.Stale, x.Review, x.Extended, x.DueNow,
			supervise.Line(supervise.Life(l, x, f), ""), supervise.Silent(l, x, f), supervise.ColourOf(l, rules, x))
	}
	for _, a := range l.Acts {
		fmt.Fprintln(&b, a.ID, a.Day, a.Word, a.Unit, a.Content, a.Powerless, a.Born)
	}
	for _, reg := range l.Registers {
		for _, e := range reg.Entries {
			for _, c := range e.Clocks {
				fmt.Fprintln(&b, reg.Def.Kind, e.ID, c.Def.Name, c.Reading)
			}
		}
	}
	for _, x := range supervise.Steps(l, rules, "") {
		fmt.Fprintln(&b, x.ID(), x.Number, x.Due)
	}
	for _, x := range supervise.Score(l, rules, f) {
		fmt.Fprintln(&b, x.Unit, x.Score, len(x.Points))
		for _, p := range x.Points {
			fmt.Fprintln(&b, "  ", p.Points, p.Why.In(""), p.Task, p.Entry)
		}
	}
	for _, q := range supervise.Quiet(l, f, rules) {
		fmt.Fprintln(&b, q.Kind, q.Row, q.From, q.To, q.At, q.By, q.File)
	}
	for _, c := range snap.Conflicts {
		fmt.Fprintln(&b, c.ID, c.Mine, c.Theirs)
	}
	return b.String()
}

// Random histories, and what the program said at the end of each day: looking back to
// any of these days says exactly that, with the settings of that day. Days off, rules and
// the directory stand in the workbook, and change on the way as everything does.
func TestLookingBackSaysWhatWasSaidThen(t *testing.T) {
	rules := supervise.Rules{Feedback: "每月25日前", Ladder: ladder, Score: supervise.DefaultScore()}
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 2022))
		o := newOffice(t, []string{"财政局", "住建局"}, fourTasks...)
		o.opt.Ledger.Supervision.Review = seed%2 == 0
		o.opt.Ledger.Supervision.Sheet = seed%3 == 0
		o.sheet("节假日", []string{"日期", "名称", "放假/上班"}, []string{"2022-03-08", "地方休息日", "放假"},
			[]string{"2022-03-12", "补班", "上班"})
		o.sheet("年度要求", []string{"要求", "最少次数", "范围", "单位", "时限", "计入条件"},
			[]string{"政务公开工作培训", "1", "每个单位", "各部门", "2022-11-30", ""})
		day := time.Date(2022, 3, 1, 9, 0, 0, 0, time.Local)
		o.during(func(s *syncer.Session) {
			if _, _, err := s.Record(context.Background(), "requests",
				map[string]string{"content": "预算", "received": "2022-03-01", "unit": "财政局"}); err != nil {
				t.Fatal(err)
			}
		})
		copies := map[string]string{}
		type evening struct {
			said string
			opt  syncer.Options
		}
		then, clocks := map[time.Time]evening{}, false
		task := func() string { return fmt.Sprint(1 + r.IntN(4)) }
		for range 8 {
			day = day.AddDate(0, 0, 1+r.IntN(25))
			o.now = day
			for range 1 + r.IntN(3) {
				o.now = o.now.Add(time.Minute)
				switch r.IntN(11) {
				case 0:
					o.set(task(), "status", []string{"已完成", "正在推进"}[r.IntN(2)])
				case 1:
					o.set(task(), "progress", fmt.Sprint("第", r.IntN(4), "步"))
				case 2:
					o.record("task", task(), "kind", []string{"退回", "销号", "交办", "批示"}[r.IntN(4)], "content", "甲")
				case 3:
					o.record("task", task(), "kind", "同意延期", "new_due",
						day.AddDate(0, 0, 1+r.IntN(90)).Format(time.DateOnly))
				case 4:
					copies = o.split()
				case 5, 6:
					for _, u := range []string{"财政局", "住建局"} {
						file := copies[u]
						if file == "" || r.IntN(2) == 0 {
							continue
						}
						n := map[string][]string{"财政局": {"1", "2"}, "住建局": {"3", "4"}}[u][r.IntN(2)]
						o.edit(file, func(tasks, _ *sheet) {
							tasks.put("序号", n, []string{"进展情况", "完成时限", "工作内容"}[r.IntN(3)],
								fmt.Sprint("2022-12-", 10+r.IntN(20)))
						})
						o.merge(file)
					}
				case 7: // somebody of an office saves the shared workbook
					o.edit(o.path, func(tasks, _ *sheet) {
						tasks.put("序号", task(), "完成状态", []string{"已完成", "未启动"}[r.IntN(2)])
					})
				case 8:
					o.write("节假日", map[string]string{"A3": day.AddDate(0, 0, r.IntN(20)).Format(time.DateOnly),
						"C3": []string{"放假", "上班"}[r.IntN(2)]})
				case 9:
					o.write("年度要求", map[string]string{"B2": fmt.Sprint(1 + r.IntN(3)),
						"E2": fmt.Sprint("2022-", 10+r.IntN(3), "-15")})
					o.write("单位名录", map[string]string{"B2": fmt.Sprint("财政", r.IntN(3))})
				case 10:
					o.opt.Ledger.DueSoonDays, o.opt.Ledger.StaleDays = 10+r.IntN(40), 20+r.IntN(60)
					o.opt.Ledger.Supervision.Review = r.IntN(2) == 0
					o.opt.Ledger.Holidays = []due.Holiday{{Date: due.Date(2022, 3, 1+r.IntN(28)), Off: r.IntN(2) == 0}}
				}
			}
			o.now = day.Add(8 * time.Hour)
			o.during(func(s *syncer.Session) {
				if _, err := s.Sync(context.Background()); err != nil {
					t.Fatal(err)
				}
				e := evening{said(t, s, rules), o.opt}
				then[day] = e
				clocks = clocks || strings.Contains(e.said, "\nrequests ")
			})
		}
		for day, want := range then {
			o.opt = want.opt
			s := o.at(day)
			if tr := s.Snapshot().Trouble; tr != nil {
				t.Fatal(tr)
			}
			if got := said(t, s, rules); got != want.said {
				a, b := strings.Split(got, "\n"), strings.Split(want.said, "\n")
				for i := range min(len(a), len(b)) {
					if a[i] != b[i] {
						t.Errorf("seed %d, %s: looking back\n%s\nsaid then\n%s", seed, day.Format(time.DateOnly), a[i],
							b[i])
						break
					}
				}
				if len(a) != len(b) {
					t.Errorf("seed %d, %s: %d lines, %d then", seed, day.Format(time.DateOnly), len(a), len(b))
				}
			}
			s.Close()
		}
		if !clocks {
			t.Errorf("seed %d: no clock of a register ran", seed)
		}
	}
}

// Every change that nobody approved is found, whether it was made in a copy or in the
// shared workbook, and none is invented.
func TestQuietChangesAreFoundAndNoneInvented(t *testing.T) {
	o := newOffice(t, []string{"财政局", "住建局"}, fourTasks...)
	o.on(3, 2).split()
	// What is no quiet change.
	o.on(3, 3).set("2", "deadline", "2022-07-15")
	o.set("2", "requirement", "统一格式并公开")
	o.record("task", "1", "kind", "同意延期", "new_due", "2022-08-31")
	files := o.on(3, 5).split()
	o.on(3, 20).edit(files["财政局"], func(tasks, _ *sheet) {
		tasks.put("序号", "1", "完成时限", "2022-08-31") // approved
		tasks.put("序号", "2", "进展情况", "已有初稿")
		tasks.put("序号", "1", "进展情况", "正在抓紧推进")
	})
	o.merge(files["财政局"])
	o.on(3, 21).set("2", "status", "已完成")
	// The planted ones.
	files = o.on(4, 2).split()
	o.on(4, 20).edit(files["财政局"], func(tasks, _ *sheet) {
		tasks.put("序号", "2", "完成状态", "正在推进") // reopened
		tasks.put("序号", "2", "完成时限", "2022-12-31")
		tasks.put("序号", "1", "工作内容", "视情更新")
	})
	o.merge(files["财政局"])
	files = o.on(5, 2).split()
	o.on(5, 20).edit(files["财政局"], func(tasks, _ *sheet) { tasks.put("序号", "1", "佐证材料", "见附件") })
	o.merge(files["财政局"])
	o.on(6, 1).edit(o.path, func(tasks, _ *sheet) { tasks.put("序号", "4", "任务名称", "整治部分管网") })
	o.on(6, 2).during(func(s *syncer.Session) {
		if _, err := s.Sync(context.Background()); err != nil {
			t.Fatal(err)
		}
		l := s.Snapshot().Ledger
		f, err := supervise.From(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, q := range supervise.Quiet(l, f, supervise.Rules{}) {
			got = append(got, fmt.Sprint(q.Kind, " ", q.Number, " ", q.From, "→", q.To, " ", q.File != ""))
		}
		slices.Sort(got)
		want := []string{"deadline 2 2022-07-15→2022-12-31 true", "progress 1 正在抓紧推进→正在抓紧推进 true",
			"reopened 2 已完成→正在推进 true", "requirement 1 按三定更新→视情更新 true", "requirement 4 整治管网→整治部分管网 false"}
		if !slices.Equal(got, want) {
			t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// Two coordinators who send the steps of the ladder at the same moment record each once.
func TestTwoCoordinatorsSendEachStepOnce(t *testing.T) {
	o := newOffice(t, []string{"财政局", "住建局"}, fourTasks...)
	o.on(5, 31)
	o.during(func(s *syncer.Session) { s.Sync(context.Background()) })
	rules := supervise.Rules{Ladder: ladder}
	for day := range 4 {
		o.on(6, 10+7*day)
		done := make(chan error, 2)
		for _, who := range []string{"甲", "乙"} {
			opt := o.options()
			opt.Author = who
			go func() {
				s, err := syncer.Open(context.Background(), o.path, opt)
				if err == nil {
					_, _, err = s.Supervise(context.Background(),
						func(l *ledger.Ledger) (acts []syncer.NewAct, err error) {
							for _, step := range supervise.Steps(l, rules, "") {
								acts = append(acts, step.Act(l.Today))
							}
							return acts, nil
						})
					s.Close()
				}
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
	}
	o.during(func(s *syncer.Session) {
		seen := map[string]bool{}
		for _, a := range s.Snapshot().Ledger.Acts {
			key := a.Row + a.Unit + a.Word + a.OldDue.String()
			if seen[key] {
				t.Errorf("sent twice: %s %s %s", a.Task.Title, a.Unit, a.Word)
			}
			seen[key] = true
		}
		if len(seen) == 0 || len(s.Snapshot().Conflicts) > 0 {
			t.Errorf("%d steps, %d conflicts", len(seen), len(s.Snapshot().Conflicts))
		}
	})
}
