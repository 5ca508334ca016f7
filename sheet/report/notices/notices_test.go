package notices

import (
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// four units that owe different things, and one that owes nothing yet.
func fourUnits() *ledger.Ledger {
	today := time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)
	late := func(title, lead string, days int) *ledger.Task {
		return &ledger.Task{Title: title, Lead: lead, Overdue: true, DaysOverdue: days}
	}
	year := func(unit string, state ledger.RequirementState) ledger.Requirement {
		return ledger.Requirement{Name: "培训", Unit: unit, Required: 1, State: state, Due: today.AddDate(0, 2, 0)}
	}
	var units []ledger.Unit
	for _, n := range []string{"财政局", "建设局", "司法局", "水务局", "卫健局"} {
		units = append(units, ledger.Unit{Name: n})
	}
	worst := late("久拖之事", "建设局", 90)
	worst.Owner, worst.Phone = "钱七", "3200007"
	return &ledger.Ledger{Title: "台账", Year: 2022, Today: today, Directory: ledger.NewDirectory(units),
		Tasks: []*ledger.Task{
			late("甲事", "财政局", 3), late("乙事", "财政局", 20), late("无主之事", "", 200), late("丙事", "建设局", 5), worst,
			{Title: "丁事", Lead: "司法局", DueSoon: true, Deadline: due.Deadline{Due: today.AddDate(0, 0, 5)}},
		},
		Requirements: []ledger.Requirement{year("水务局", ledger.Open), year("卫健局", ledger.AtRisk), year("财政局", ledger.Met)},
	}
}

func TestNoticesAreSortedByUrgency(t *testing.T) {
	var got []string
	notices := All(fourUnits())
	for _, n := range notices {
		got = append(got, n.Unit)
	}
	if want := []string{"建设局", "财政局", "卫健局", "司法局", ""}; !slices.Equal(got, want) {
		t.Errorf("units %q, want %q: 水务局 has time enough left, tasks without a lead come last", got, want)
	}
	text := notices[0].Paper(fourUnits(), Options{}).Plain()
	first, second := strings.Index(text, "久拖之事"), strings.Index(text, "丙事")
	if first < 0 || second < first {
		t.Errorf("the longest overdue does not stand first:\n%s", text)
	}
	if !strings.Contains(text, "钱七") || !strings.Contains(text, "3200007") {
		t.Errorf("whom to call is not said:\n%s", text)
	}
}
