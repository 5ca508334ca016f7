package sample

import (
	"bytes"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/newledger"
	"taizhang/sheet/table"
)

func read(t *testing.T) *ledger.Ledger {
	t.Helper()
	data, err := Workbook()
	if err != nil {
		t.Fatal(err)
	}
	if dump := os.Getenv("SAMPLE_TO"); dump != "" { // to look at it in a spreadsheet program
		if err := os.WriteFile(dump, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wb, err := ooxml.Read(Name, data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	opt := ledger.Options{Today: Today}
	found, err := table.Find(wb, ledger.Schemas(opt))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found.Problems {
		t.Errorf("%s!%v: %s", p.Sheet, p.Cell, p.Text)
	}
	return ledger.Build(found.Tables, opt)
}

// The plan's facts: 19 tasks and 3 supporting measures, who leads, who supports.
func TestTheSampleHoldsThePlansFacts(t *testing.T) {
	l := read(t)
	if l.Year != 2022 || len(l.Tasks) != 22 {
		t.Fatalf("%d tasks of %d", len(l.Tasks), l.Year)
	}
	leads := map[string]int{}
	for _, task := range l.Tasks {
		leads[task.Lead]++
	}
	if d := cmp.Diff(map[string]int{"党政办公室": 16, "财政局": 1, "项目中心": 1, "环保分局": 1, "": 3}, leads); d != "" {
		t.Error(d)
	}
	for number, want := range map[string][]string{"6": {"各街道办事处"}, "7": {"各部门", "各街道办事处"}, "8": nil} {
		task, err := l.Find(number)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, task.Support); d != "" {
			t.Errorf("%s: %s", number, d)
		}
	}
	for _, p := range l.Problems {
		if p.Text.Key != "ledger.no_lead" { // the supporting measures have none in the plan either
			t.Errorf("%s!%s: %s", p.Sheet, p.Cell, p.Text)
		}
	}
}

func TestTheSampleShowsEveryFeature(t *testing.T) {
	l := read(t)
	status, deadline, flags, states := map[ledger.StatusKind]int{}, map[due.Kind]int{}, map[string]int{},
		map[ledger.RequirementState]int{}
	for _, task := range l.Tasks {
		status[task.Status.Kind]++
		deadline[task.Deadline.Kind]++
		for name, set := range map[string]bool{"overdue": task.Overdue, "due soon": task.DueSoon, "late": task.Late} {
			if set {
				flags[name]++
			}
		}
	}
	for _, r := range l.Requirements {
		states[r.State]++
	}
	same := func(what string, want, got any) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	same("status", map[ledger.StatusKind]int{ledger.NotStarted: 3, ledger.InProgress: 12, ledger.Done: 4,
		ledger.Ongoing: 3}, status)
	same("deadline", map[due.Kind]int{due.Dated: 16, due.Recurring: 3, due.Ongoing: 3}, deadline)
	// Overdue: 4 (30 September), 12 (nothing for the third quarter), 21 (August).
	// Due soon: 5, 6, 8, 11 and 15. Late: 9.
	same("flags", map[string]int{"overdue": 3, "due soon": 5, "late": 1}, flags)
	// Trainings are still owed by 建设局, 社会事务局 and 新华街道办事处, within 26
	// days; the open day held had no part that counts.
	same("requirements", map[ledger.RequirementState]int{ledger.Met: 7, ledger.AtRisk: 3, ledger.Open: 1}, states)
	if len(l.Directory.Units()) != 10 || len(l.Events) != 7 {
		t.Errorf("%d units, %d events", len(l.Directory.Units()), len(l.Events))
	}
}

// On the day of the sample a request runs out tomorrow, a message and a column are
// overdue, a request waits for its correction, and words that offices use are those
// of the drop-down lists.
func TestTheSampleHasAllFiveRegisters(t *testing.T) {
	l := read(t)
	want := map[string]ledger.RegisterCounts{
		"requests":  {Rows: 8, Open: 1, DueSoon: 1, Paused: 1, Done: 5},
		"reviews":   {Rows: 2, Open: 1, Done: 1},
		"messages":  {Rows: 5, Open: 1, DueSoon: 1, Overdue: 1, Done: 2},
		"columns":   {Rows: 6, Open: 4, Overdue: 1, Ended: 1},
		"proposals": {Rows: 3, Open: 1, DueSoon: 1, Done: 1},
	}
	got := map[string]ledger.RegisterCounts{}
	for _, r := range l.Registers {
		got[r.Def.Kind] = r.Counts
		for _, e := range r.Entries {
			for i := range r.Def.Fields {
				f := &r.Def.Fields[i]
				if v := e.Get(f.Name); v != "" && f.Type == ledger.ChoiceField &&
					!slices.Contains(r.Def.EntryChoices(e.Table, f.Name), v) {
					t.Errorf("%s %s: %s is none of %v", e.Number, f.Name, v, r.Def.EntryChoices(e.Table, f.Name))
				}
			}
			if !l.Directory.Known(e.Unit) {
				t.Errorf("%s: the unit %q is not in the directory", e.Number, e.Unit)
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	first := l.Register("requests").Worst()[0]
	if c := first.Main(); c.State != due.DueSoon || c.Left != 1 {
		t.Errorf("the first request is %s with %d days left", c.State, c.Left)
	}
	for number, kinds := range map[string][]string{"2": {"proposals"}, "3": {"requests"}, "4": {"columns"},
		"5": {"messages"}, "8": nil} {
		task, err := l.Find(number)
		if err != nil {
			t.Fatal(err)
		}
		var orders []string
		for _, r := range l.OrderedBy(task) {
			orders = append(orders, r.Def.Kind)
		}
		if d := cmp.Diff(kinds, orders); d != "" {
			t.Errorf("task %s orders: %s", number, d)
		}
	}
	if y := l.YearOfRequests(2022); y.Settled() != 5 || len(y.Unmapped) > 0 || ledger.Total(y.New) != 8 ||
		ledger.Total(y.CarriedOn) != 3 {
		t.Errorf("%+v", y)
	}
}

func TestTheSampleIsTheSameEveryTime(t *testing.T) {
	first, err := Workbook()
	if err != nil {
		t.Fatal(err)
	}
	c, err := parse(sampleYAML)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := newledger.Make(c.Spec)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("the bytes differ")
		}
	}
	if day, err := time.Parse(time.DateOnly, c.Today); err != nil || !day.Equal(Today) {
		t.Errorf("sample.yaml is of %s, Today is %s", c.Today, Today)
	}
}

func TestTheSampleLooksLikeALedger(t *testing.T) {
	data, err := Workbook()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	merges, err := f.GetMergeCells("任务台账")
	if err != nil || len(merges) < 20 {
		t.Errorf("%d merged cells, %v", len(merges), err)
	}
	lists, err := f.GetDataValidations("任务台账")
	if err != nil || len(lists) != 2 {
		t.Errorf("%d drop-down lists, %v", len(lists), err)
	}
	formats, err := f.GetConditionalFormats("任务台账")
	if err != nil || len(formats) != 2 {
		t.Errorf("%d conditional formats, %v", len(formats), err)
	}
	if p, err := f.GetPanes("任务台账"); err != nil || !p.Freeze || p.YSplit != 5 {
		t.Errorf("panes %+v, %v", p, err)
	}
}
