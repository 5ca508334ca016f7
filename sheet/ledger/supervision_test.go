package ledger

import (
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/table"
)

// actHeads are the columns of the supervision record.
const actHeads = "date:日期 task:任务 unit:单位 kind:类别 notice_number:文号 content:内容 old_due:原时限 new_due:新时限 result:结论 " +
	"handler:经办"

// births is a history that knows how entries came in.
type births struct {
	history
	born     map[string]Birth
	reported map[string]time.Time
}

func (b births) Born(row string) Birth         { return b.born[row] }
func (b births) Reported(row string) time.Time { return b.reported[row] }

// supervised reads three tasks with a supervision record: 日期|任务|单位|类别|文号|内容|原时限|新时限.
func supervised(opt Options, acts ...string) *Ledger {
	tasks := sheetOf(KindTasks, "number title lead deadline status completed evidence",
		"1|更新机构职能目录|财政局|2022-06-30|已完成|2022-06-20|", "2|编制预算公开表|财政局|2022-06-30|正在推进||",
		"3|开放日|住建局、财政局|2022-09-30|正在推进||")
	for i, id := range []string{"aaaaaaaabbbb", "ccccccccdddd", "eeeeeeeeffff"} {
		tasks.Rows[i].ID = id
	}
	record := sheetOf(KindSupervision, actHeads, acts...)
	for i := range record.Rows {
		record.Rows[i].ID = "entry" + string(rune('a'+i)) + "00000"
	}
	return Build(append([]*table.Table{tasks}, record), opt)
}

func TestAReviewedTaskIsDoneOnlyWhenItWasAccepted(t *testing.T) {
	opt := on("2022-07-10")
	opt.Supervision.Review = true
	for _, c := range []struct {
		name   string
		acts   []string
		review ReviewState
		kind   StatusKind
		over   bool
	}{
		{"reported", nil, ReviewWaiting, InProgress, false},
		{"accepted", []string{"2022-06-28|1 更新机构职能目录 #aaaaaaaa|财政局|销号"}, ReviewAccepted, Done, false},
		{"sent back", []string{"2022-06-22|#aaaaaaaa|财政局|退回||不全"}, ReviewReturned, InProgress, true},
		{"reported again", []string{"2022-06-22|#aaaaaaaa|财政局|退回||不全", "2022-06-25|#aaaaaaaa|财政局|报完成"}, ReviewWaiting,
			InProgress, false},
		{"accepted at last", []string{"2022-06-22|1|财政局|退回||不全", "2022-06-25|1|财政局|报完成", "2022-06-28|1|财政局|销号"},
			ReviewAccepted, Done, false},
		{"accepted by mistake", []string{"2022-06-28|1|财政局|销号", "2022-06-29|||作废||#entrya"}, ReviewWaiting, InProgress,
			false},
	} {
		l := supervised(opt, c.acts...)
		task := l.Tasks[0]
		if task.Review != c.review || task.Status.Kind != c.kind || task.Overdue != c.over ||
			task.Status.Text != "已完成" {
			t.Errorf("%s: review %q, kind %q, overdue %v, text %q; problems %v", c.name, task.Review, task.Status.Kind,
				task.Overdue, task.Status.Text, complaints(l))
		}
	}
	if l := supervised(on("2022-07-10")); l.Tasks[0].Review != NotReviewed || l.Totals.Done != 1 || l.Supervised() {
		t.Error("an office that reviews nothing sees a review")
	}
}

func TestTheLastApprovedExtensionIsTheDayThatCounts(t *testing.T) {
	request := "2022-06-20|2 编制预算公开表 #cccccccc|财政局|延期申请||人手不足|2022-06-30|2022-07-31"
	first := "2022-06-21|#cccccccc|财政局|同意延期|||2022-06-30|2022-07-15"
	second := "2022-07-14|#cccccccc|财政局|同意延期|||2022-07-15|2022-08-31"
	for _, c := range []struct {
		acts []string
		n    int
		due  string
		over bool
	}{{nil, 0, "2022-06-30", true}, {[]string{request}, 0, "2022-06-30", true},
		{[]string{request, first}, 1, "2022-07-15", true}, {[]string{second, request, first}, 2, "2022-08-31", false}} {
		l := supervised(on("2022-07-20"), c.acts...)
		task := l.Tasks[1]
		if task.Extended != c.n || task.DueNow.Format(time.DateOnly) != c.due || task.Overdue != c.over ||
			task.Deadline.Text != "2022-06-30" || !task.Deadline.Due.Equal(parse("2022-06-30")) {
			t.Errorf("%d entries: extended %d, due %s, overdue %v", len(c.acts), task.Extended, task.DueNow,
				task.Overdue)
		}
	}
}

func TestATaskOfSeveralLeadsIsDoneWhenAllHaveAnswered(t *testing.T) {
	one := "2022-08-01|3 开放日 #eeeeeeee|财政局|报完成"
	other := "2022-08-05|3 开放日 #eeeeeeee|住建局|报完成"
	if l := supervised(on("2022-08-10")); !slices.Equal(l.Tasks[2].Leads, []string{"住建局", "财政局"}) ||
		l.Tasks[2].Status.Kind != InProgress {
		t.Fatalf("leads %v", l.Tasks[2].Leads)
	}
	if l := supervised(on("2022-08-10"), one); l.Tasks[2].Status.Kind != InProgress || len(l.Tasks[2].Answered()) != 1 {
		t.Error("done though one lead has not answered")
	}
	if l := supervised(on("2022-08-10"), one, other); l.Tasks[2].Status.Kind != Done {
		t.Error("not done though both have answered")
	}
}

func TestAUnitCannotAcceptItsOwnTask(t *testing.T) {
	opt := on("2022-07-10")
	opt.Supervision.Review = true
	opt.History = births{born: map[string]Birth{"entrya00000": {At: parse("2022-06-25"), Unit: "财政局"}}}
	for kind, powerless := range map[string]bool{"销号": true, "同意延期": true, "退单": false, "延期申请": false, "签收": false} {
		l := supervised(opt, "2022-06-25|1 更新机构职能目录 #aaaaaaaa||"+kind+"||||2022-09-01")
		a := l.Acts[0]
		if a.Powerless != powerless || a.Unit != "财政局" || l.Tasks[0].Extended != 0 {
			t.Errorf("%s: powerless %v, unit %q", kind, a.Powerless, a.Unit)
		}
		if (len(l.Tasks[0].Acts) == 0) != powerless {
			t.Errorf("%s stands among the task's entries: %v", kind, !powerless)
		}
	}
}

func TestEntriesOfTheRecordAreCompleted(t *testing.T) {
	l := supervised(on("2022-07-10"))
	def := l.RegisterDef(KindSupervision)
	_, byKey, err := l.ComposeEntry(def, map[string]string{"task": "2", "kind": "退单", "内容": "不属我局职责"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"task": "2 编制预算公开表 #cccccccc", "kind": "退单", "content": "不属我局职责", "date": "2022-07-10",
		"unit": "财政局"}
	for k, v := range want {
		if byKey[k] != v {
			t.Errorf("%s is %q, want %q", k, byKey[k], v)
		}
	}
	if len(byKey) != len(want) {
		t.Errorf("%v", byKey)
	}
	if _, _, err := l.ComposeEntry(def, map[string]string{"task": "2", "kind": "天晓得"}); err == nil {
		t.Errorf("an unknown kind: %v", err)
	}
	if _, _, err := l.ComposeEntry(def, map[string]string{"task": "99", "kind": "退回"}); err == nil {
		t.Error("an entry about a task that is not there")
	}
	l = supervised(on("2022-07-10"), "2022-06-25|1|财政局|退回||不全")
	if _, _, err := l.ComposeLine(l.Line("entrya00000"), "content", "齐全"); err == nil {
		t.Error("an entry was changed")
	}
	if l.Line("entrya00000").Text("content") != "不全" {
		t.Error("the entry reads otherwise")
	}
}

func TestPrivateEntriesAreNotGivenToTheUnit(t *testing.T) {
	l := supervised(on("2022-07-10"), "2022-06-25|1|财政局|批示||速办", "2022-06-25|1|财政局|退回||不全", "2022-06-25|3|住建局|催办")
	given := l.GivenTo("财政局")
	for id, want := range map[string]bool{"entrya00000": false, "entryb00000": true, "entryc00000": false} {
		if given(KindSupervision, id) != want {
			t.Errorf("%s given: %v", id, !want)
		}
	}
}

func TestWhatTheRecordSaysOddlyIsListed(t *testing.T) {
	l := supervised(on("2022-07-10"), "2022-06-25|天书|财政局|退回", "2022-06-25|1|财政局|怪事", "2022-06-25|1|财政局|同意延期",
		"2022-06-25|||作废||#zzzzzzz",
		"2022-06-25|1|财政局|催办|督〔2022〕1号", "2022-06-25|2|财政局|催办|督〔2022〕1号")
	sentences(t, l)
	all := strings.Join(complaints(l), " ")
	for _, want := range []string{"act_task", "act_kind", "act_new_due", "act_void", "act_number_twice"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in %s", want, all)
		}
	}
}
