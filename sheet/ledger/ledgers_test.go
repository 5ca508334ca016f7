package ledger_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
	"taizhang/sheet/table/tabletest"
)

// The ledgers of other programs, against what a person reads in them.
func TestLedgersMeanWhatAPersonReadsInThem(t *testing.T) {
	for _, want := range tabletest.Load(t) {
		t.Run(want.Name, func(t *testing.T) {
			opt := ledger.Options{}
			if want.Ledger != nil {
				opt.Today, _ = time.Parse(time.DateOnly, want.Ledger.Today)
			}
			wb, err := ooxml.Open(want.Path, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found, err := table.Find(wb, ledger.Schemas(opt))
			if err != nil {
				t.Fatal(err)
			}
			compareColumns(t, found.Tables, want.Tables)
			if want.Ledger != nil {
				compareLedger(t, ledger.Build(found.Tables, opt), want.Ledger)
			}
		})
	}
}

// compareColumns holds the built-in headings against what the columns mean.
func compareColumns(t *testing.T, got []*table.Table, want []tabletest.Table) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d tables, want %d", len(got), len(want))
	}
	for i, w := range want {
		if got[i].Kind != w.Kind || got[i].Sheet != w.Sheet {
			t.Errorf("table %d is %s of %s, want %s of %s", i, got[i].Kind, got[i].Sheet, w.Kind, w.Sheet)
			continue
		}
		for _, c := range got[i].Columns {
			allowed := w.Columns[a1.ColumnName(c.Col)]
			if allowed != "*" && !slices.Contains(strings.Split(allowed, "|"), c.Key) {
				t.Errorf("%s: column %s %q is %q, want %s", w.Sheet, a1.ColumnName(c.Col), c.Heading, c.Key, allowed)
			}
		}
	}
}

func compareLedger(t *testing.T, l *ledger.Ledger, want *tabletest.Ledger) {
	t.Helper()
	same := func(what string, want, got any) {
		t.Helper()
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.SortSlices(strings.Compare)); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	leads, status, deadline := map[string]int{}, map[string]int{}, map[string]int{}
	var overdue, soon, late []string
	byName := map[string]*ledger.Task{}
	for _, task := range l.Tasks {
		name := task.Source.Sheet + "!" + strconv.Itoa(task.Source.Row)
		byName[name] = task
		leads[task.Lead]++
		status[string(task.Status.Kind)]++
		deadline[string(task.Deadline.Kind)]++
		if task.Deadline.Kind != due.Dated {
			continue
		}
		if task.Overdue {
			overdue = append(overdue, name)
		}
		if task.DueSoon {
			soon = append(soon, name)
		}
		if task.Late {
			late = append(late, name)
		}
	}
	same("tasks", want.Tasks, len(l.Tasks))
	if want.Year != 0 {
		same("year", want.Year, l.Year)
	}
	if want.Leads != nil {
		same("leads", want.Leads, leads)
	}
	if want.Status != nil {
		same("status", want.Status, status)
	}
	if want.Deadline != nil {
		same("deadline", want.Deadline, deadline)
	}
	if want.Overdue != nil {
		same("overdue", want.Overdue, overdue)
	}
	if want.DueSoon != nil {
		same("due soon", want.DueSoon, soon)
	}
	if want.Late != nil {
		same("late", want.Late, late)
	}
	for name, due := range want.Due {
		same("due "+name, due, byName[name].Deadline.Due.Format(time.DateOnly))
	}
	for name, units := range want.Support {
		if d := cmp.Diff(units, byName[name].Support, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("support of %s: %s", name, d)
		}
	}
	for name, title := range want.Titles {
		same("title "+name, title, byName[name].Title)
	}
	for _, name := range want.Unknown {
		same("status of "+name, ledger.UnknownStatus, byName[name].Status.Kind)
	}
	if want.Units != 0 {
		same("units", want.Units, len(l.Directory.Units()))
	}
	if want.Events != 0 {
		same("events", want.Events, len(l.Events))
		counted := 0
		for _, e := range l.Events {
			if e.Counts {
				counted++
			} else if e.WhyNot.IsZero() {
				t.Errorf("event in row %d does not count, and nobody says why", e.Source.Row)
			}
		}
		same("counted", want.Counted, counted)
	}
}
