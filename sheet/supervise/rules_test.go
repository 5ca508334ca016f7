package supervise_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// model is a ledger made of tables, without a workbook.
type model struct {
	tasks, record *table.Table
	next          int
}

func newModel(rows ...string) *model {
	columns := func(kind string, keys ...string) *table.Table {
		t := &table.Table{Kind: kind, Sheet: kind}
		for _, k := range keys {
			t.Columns = append(t.Columns, table.Column{Key: k, Field: k, Heading: k})
		}
		return t
	}
	m := &model{tasks: columns(ledger.KindTasks, "number", "title", "lead", "support", "deadline", "status", "progress",
		"completed"),
		record: columns(ledger.KindSupervision, "date", "task", "unit", "kind", "notice_number", "content", "old_due",
			"new_due", "result", "handler")}
	for i, r := range rows {
		m.tasks.Rows = append(m.tasks.Rows, table.Row{ID: fmt.Sprintf("task%08d", i+1),
			Values: strings.Split(fmt.Sprintf("%d|%s", i+1, r), "|")})
	}
	return m
}

func (m *model) on(day time.Time) *ledger.Ledger {
	return ledger.Build([]*table.Table{m.tasks, m.record}, ledger.Options{Today: day, Year: 2022})
}

// add puts an entry into the record, unless it has one of that id.
func (m *model) add(l *ledger.Ledger, act syncer.NewAct) {
	if slices.ContainsFunc(m.record.Rows, func(r table.Row) bool { return r.ID == act.ID && act.ID != "" }) {
		return
	}
	_, byKey, err := l.ComposeEntry(l.RegisterDef(ledger.KindSupervision), act.Values)
	if err != nil {
		panic(err)
	}
	m.next++
	row := table.Row{ID: act.ID, Values: make([]string, len(m.record.Columns))}
	if row.ID == "" {
		row.ID = fmt.Sprintf("entry%07d", m.next)
	}
	for k, v := range byKey {
		row.Values[m.record.Index(k)] = v
	}
	m.record.Rows = append(m.record.Rows, row)
}

var ladder = []supervise.Rung{{Name: "提醒", Colour: supervise.Blue, Days: -7},
	{Name: "催办", Colour: supervise.Yellow, Days: 1, Behind: true}, {Name: "督办单", Colour: supervise.Red, Days: 10}}

// Whatever days notices are sent on, by one coordinator or by two at once, and however
// often a deadline is extended: for each due date every step is sent once at most, and
// none before the one ahead of it.
func TestTheLadderRepeatsAndSkipsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel("甲事|财政局||2022-03-20|推进中||", "乙事|住建局、财政局||2022-04-10|推进中||", "丙事|水务局||2022-05-01|推进中||")
		rules := supervise.Rules{Ladder: ladder}
		day := due.Date(2022, 3, 1)
		for range rapid.IntRange(1, 60).Draw(t, "days") {
			day = day.AddDate(0, 0, rapid.IntRange(0, 6).Draw(t, "pause"))
			l := m.on(day)
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0: // an extension
				task := l.Tasks[rapid.IntRange(0, 2).Draw(t, "task")]
				m.add(l, syncer.NewAct{Values: map[string]string{"task": task.ID, "kind": "同意延期",
					"new_due": day.AddDate(0, 0, rapid.IntRange(1, 60).Draw(t, "to")).Format(time.DateOnly)}})
			case 1:
				m.add(l, syncer.NewAct{Values: map[string]string{"task": "2", "unit": "住建局", "kind": "报完成"}})
			default:
				own := supervise.Steps(l, rules, "")
				other := own
				if rapid.Bool().Draw(t, "later") {
					other = supervise.Steps(m.on(day), rules, rapid.SampledFrom([]string{"", "财政局"}).Draw(t, "unit"))
				}
				for _, s := range append(own, other...) { // both send what they found due
					m.add(l, s.Act(day))
				}
			}
		}
		type key struct{ row, unit, due string }
		sent := map[key][]string{}
		for _, a := range m.on(day).Acts {
			if a.Kind == ledger.NoticeSent {
				k := key{a.Row, a.Unit, a.OldDue.Format(time.DateOnly)}
				sent[k] = append(sent[k], a.Word)
			}
		}
		for k, words := range sent {
			for i, w := range words {
				if i >= len(ladder) || w != ladder[i].Name {
					t.Fatalf("%v: %v", k, words)
				}
			}
		}
	})
}

func TestStepsAreSentFromTheirDayOn(t *testing.T) {
	m := newModel("甲事|财政局||2022-03-20|推进中||")
	rules := supervise.Rules{Ladder: ladder}
	var got []string
	for day := due.Date(2022, 3, 1); day.Before(due.Date(2022, 5, 1)); day = day.AddDate(0, 0, 1) {
		l := m.on(day)
		for _, s := range supervise.Steps(l, rules, "") {
			got = append(got, day.Format("1-02")+s.Number)
			m.add(l, s.Act(day))
		}
		if day.Equal(due.Date(2022, 4, 10)) {
			m.add(l, syncer.NewAct{Values: map[string]string{"task": "1", "kind": "同意延期", "new_due": "2022-04-28"}})
		}
	}
	if want := []string{"3-13提醒〔2022〕1号", "3-21催办〔2022〕1号", "3-30督办单〔2022〕1号", "4-21提醒〔2022〕2号",
		"4-29催办〔2022〕2号"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The score of a unit is the base and the sum of its points, and each point names an
// entry of the record or a revision; other rules change nothing in the ledger.
func TestAScoreIsTheSumOfItsPoints(t *testing.T) {
	points := rapid.Custom(func(t *rapid.T) supervise.Points {
		return supervise.Points(rapid.IntRange(-500, 500).Draw(t, "points"))
	})
	rapid.Check(t, func(t *rapid.T) {
		units := []string{"财政局", "住建局", "水务局", "司法局"}
		unit := rapid.SampledFrom(units)
		var rows []string
		for range rapid.IntRange(1, 8).Draw(t, "tasks") {
			lead := unit.Draw(t, "lead")
			if rapid.Bool().Draw(t, "two") {
				lead += "、" + unit.Draw(t, "second")
			}
			rows = append(rows, strings.Join([]string{"事", lead, unit.Draw(t, "support"),
				rapid.SampledFrom([]string{"2022-03-20", "2022-08-31", "长期坚持", ""}).Draw(t, "deadline"),
				rapid.SampledFrom([]string{"推进中", "已完成"}).Draw(t, "status"), "",
				rapid.SampledFrom([]string{"", "2022-03-01", "2022-09-30"}).Draw(t, "completed")}, "|"))
		}
		m := newModel(rows...)
		day := due.Date(2022, 10, 20)
		l := m.on(day)
		for range rapid.IntRange(0, 12).Draw(t, "entries") {
			values := map[string]string{"task": l.Tasks[rapid.IntRange(0, len(rows)-1).Draw(t, "of")].ID,
				"kind": rapid.SampledFrom([]string{"退回", "同意延期", "退单", "报完成", "销号", "催办"}).Draw(t, "kind"),
				"date": "2022-05-05", "new_due": "2022-07-01"}
			if rapid.Bool().Draw(t, "named") {
				values["unit"] = unit.Draw(t, "unit")
			}
			m.add(l, syncer.NewAct{Values: values})
		}
		l = m.on(day)
		rules := supervise.Rules{Feedback: "每月25日前", Score: supervise.ScoreRules{Base: points.Draw(t, "base"),
			Feedback: points.Draw(t, "feedback"), SentBack: points.Draw(t, "back"),
			Overdue: points.Draw(t, "overdue"), Late: points.Draw(t, "late"), Extended: points.Draw(t, "extended"),
			Refused: points.Draw(t, "refused"), Early: points.Draw(t, "early"),
			Support: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "share")}}
		before := fmt.Sprint(l.Totals, len(l.Acts))
		f := supervise.Gather(l, []syncer.Entry{{Revision: "first", Time: due.Date(2022, 1, 5)}}, nil, nil)
		known := map[string]bool{"first": true}
		for _, a := range l.Acts {
			known[a.ID] = true
		}
		seen := map[string]bool{}
		for _, u := range supervise.Score(l, rules, f) {
			sum := u.Base
			for _, p := range u.Points {
				sum += p.Points
				if !known[p.Entry] || l.Task(p.Task) == nil {
					t.Fatalf("%s: %+v names nothing that it comes from", u.Unit, p)
				}
			}
			if sum != u.Score || seen[u.Unit] {
				t.Fatalf("%s: %s, the points say %s", u.Unit, u.Score, sum)
			}
			seen[u.Unit] = true
		}
		if fmt.Sprint(l.Totals, len(l.Acts)) != before {
			t.Fatal("scoring changed the ledger")
		}
	})
}

// The two sets of rules of .github/APPRAISAL.md give what it says.
func TestTheExamplesOfAppraisalGiveWhatTheySay(t *testing.T) {
	m := newModel("逾期之事|财政局|住建局|2022-09-30|推进中||", "退回之事|财政局||2022-12-31|推进中||",
		"早一|财政局||2022-06-30|已完成||2022-05-01", "早二|财政局||2022-06-30|已完成||2022-05-01",
		"早三|财政局||2022-06-30|已完成||2022-05-01")
	day := due.Date(2022, 10, 20)
	l := m.on(day)
	for _, when := range []string{"2022-07-01", "2022-08-01"} {
		m.add(l, syncer.NewAct{Values: map[string]string{"task": "2", "kind": "退回", "content": "不全", "date": when}})
	}
	l = m.on(day)
	score := func(r supervise.Rules, f *supervise.Facts, unit string) string {
		for _, u := range supervise.Score(m.on(day), r, f) {
			if u.Unit == unit {
				return u.Score.String()
			}
		}
		return ""
	}
	f := supervise.Gather(l, []syncer.Entry{{Revision: "first", Time: due.Date(2022, 8, 20)}}, nil, nil)
	county := supervise.Rules{Score: supervise.DefaultScore()}
	if got := score(county, f, "财政局"); got != "93" { // 100 - 3 - 4
		t.Errorf("county: %s", got)
	}
	if got := score(county, f, "住建局"); got != "98.5" { // the overdue task counts half
		t.Errorf("county, supporting: %s", got)
	}
	m.add(l, syncer.NewAct{Values: map[string]string{"task": "2", "kind": "同意延期", "new_due": "2023-01-15"}})
	zone := supervise.Rules{Score: supervise.ScoreRules{Base: supervise.PointsOf(80), Early: supervise.PointsOf(2),
		Late: supervise.PointsOf(-1), Overdue: supervise.PointsOf(-5),
		Extended: supervise.PointsOf(-0.5), Refused: supervise.PointsOf(-1)}}
	if got := score(zone, f, "财政局"); got != "80.5" {
		t.Errorf("zone: %s", got)
	}
}

func TestPaceIsToldOnlyWhereAllThreeAreKnown(t *testing.T) {
	m := newModel("甲|财政局||2022年3月至10月|推进中|完成40%|", "乙|财政局||2022-10-31|推进中|完成40%|", "丙|财政局||2022年3月至10月|推进中|抓紧办理|",
		"丁|财政局||2022年3月至10月|推进中|80%|")
	l := m.on(due.Date(2022, 6, 30))
	var got []supervise.PaceState
	for _, task := range l.Tasks {
		got = append(got, supervise.PaceOf(l, task).State)
	}
	if want := []supervise.PaceState{supervise.Behind, supervise.NoPace, supervise.NoPace,
		supervise.OnPace}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
