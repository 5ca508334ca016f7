package dialog

import (
	"slices"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Guess is the row of a sheet that looks most like the header of a task table.
type Guess struct {
	Sheet    string
	Row      int        // 1-based
	Headings []string   // as written
	Means    []string   // the fields recognised, by heading; "" where none is
	Samples  [][]string // what stands below each heading
}

// Mapper is what a person says of the columns of a workbook so far.
type Mapper struct {
	ui      *kit.Kit
	guesses []Guess
	at      int
	means   []string // by column of guesses[at]
}

func NewMapper(u *kit.Kit, guesses []Guess) *Mapper {
	slices.SortStableFunc(guesses, func(a, b Guess) int { return known(b) - known(a) })
	return &Mapper{ui: u, guesses: guesses, means: slices.Clone(guesses[0].Means)}
}

// known counts the headings that were recognised, and after them all headings.
func known(g Guess) int {
	n := 0
	for _, f := range g.Means {
		if f != "" {
			n += 1000
		}
	}
	return n + len(g.Headings)
}

func (m *Mapper) Next() {
	m.at = (m.at + 1) % len(m.guesses)
	m.means = slices.Clone(m.guesses[m.at].Means)
}

// Set gives a column its meaning; another column that had it loses it.
func (m *Mapper) Set(column int, field string) {
	for i := range m.means {
		if m.means[i] == field {
			m.means[i] = ""
		}
	}
	m.means[column] = field
}

// headings is what there is to remember.
func (m *Mapper) headings() map[string][]string {
	g := m.guesses[m.at]
	out := map[string][]string{}
	for i, f := range m.means {
		if f != "" && g.Means[i] != f {
			out[f] = append(out[f], g.Headings[i])
		}
	}
	return out
}

// Why is why the columns do not make a task table yet, "" if they do.
func (m *Mapper) Why() string {
	if !slices.Contains(m.means, ledger.FieldTitle) && !slices.Contains(m.means, ledger.FieldRequirement) {
		return m.ui.Say("tui.map.need_title")
	}
	n := 0
	for _, f := range m.means {
		if f != "" {
			n++
		}
	}
	if n < 3 {
		return m.ui.Say("tui.map.need_more")
	}
	return ""
}

// List is the dialog that shows every heading with what it means.
func (m *Mapper) List() *List {
	u, g := m.ui, m.guesses[m.at]
	items := func() []Item {
		var out []Item
		for i, h := range g.Headings {
			means := u.Say("tui.map.nothing")
			if m.means[i] != "" {
				means = u.FieldName(m.means[i])
			}
			sample := ""
			if i < len(g.Samples) {
				sample = u.Short(strings.Join(g.Samples[i], "、"))
			}
			out = append(out, Item{Label: u.Clean(h), Value: u.Fit(means, 12) + "  " + u.Say("tui.map.sample", "Values", sample), Result: intent.MapHeading{Column: i}})
		}
		out = append(out, Item{Label: u.Say("tui.map.keep"), Why: m.Why(), Result: intent.KeepHeadings{Headings: m.headings()}})
		if len(m.guesses) > 1 {
			out = append(out, Item{Label: u.Say("tui.map.other"), Result: intent.OtherSheet{}})
		}
		return out
	}
	d := NewList(u, u.Say("tui.map.title"), items())
	d.Note = u.Say("tui.map.note", "Sheet", u.Clean(g.Sheet), "Row", g.Row)
	d.Wide, d.Search, d.Reload = true, false, items
	return d
}

// mapped are the fields that a heading may mean, those first without which there
// is no ledger.
var mapped = []string{
	ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus, ledger.FieldProgress,
	ledger.FieldRequirement, ledger.FieldSupport, ledger.FieldOwner, ledger.FieldPhone, ledger.FieldLeader,
	ledger.FieldCompleted, ledger.FieldNumber, ledger.FieldCode, ledger.FieldSection, ledger.FieldProblems,
	ledger.FieldNextSteps, ledger.FieldEvidence, ledger.FieldRemark,
}

// Fields asks what a heading means.
func (m *Mapper) Fields(column int) *List {
	u := m.ui
	items := []Item{{Label: u.Say("tui.map.nothing"), Result: intent.SetHeading{Column: column, Field: ""}}}
	for _, f := range mapped {
		items = append(items, Item{Label: u.FieldName(f), Result: intent.SetHeading{Column: column, Field: f}})
	}
	d := NewList(u, u.Say("tui.map.which", "Heading", u.Clean(m.guesses[m.at].Headings[column])), items)
	at := u.Say("tui.map.nothing")
	if f := m.means[column]; f != "" {
		at = u.FieldName(f)
	}
	return d.startAt(at)
}
