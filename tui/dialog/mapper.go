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
	// Of a table that was found: which columns are doubtful, and what each is likeliest to
	// mean beside Means. nil where no table was found.
	Doubtful []bool
	Else     []string
}

// isFound reports whether the guess is about doubtful columns of a table that was found.
func (g *Guess) isFound() bool { return slices.Contains(g.Doubtful, true) }

func (g *Guess) isDoubtful(column int) bool { return column < len(g.Doubtful) && g.Doubtful[column] }

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
		switch {
		case g.Means[i] == f && !g.isDoubtful(i):
		case f != "":
			out[f] = append(out[f], g.Headings[i])
		case g.Means[i] != "":
			out[ledger.Unmeant] = append(out[ledger.Unmeant], g.Headings[i])
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
	if n < 3 && !m.guesses[m.at].isFound() {
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
			if g.isDoubtful(i) {
				means = u.Say("tui.map.doubtful", "Field", means)
			}
			out = append(out, Item{Label: u.Clean(h), Value: u.Fit(means, 12) + "  " +
				u.Say("tui.map.sample", "Values", sample), Result: intent.MapHeading{Column: i}})
		}
		out = append(out, Item{Label: u.Say("tui.map.keep"), Why: m.Why(),
			Result: intent.KeepHeadings{Headings: m.headings()}})
		if g.isFound() {
			out = append(out, Item{Label: u.Say("tui.map.as_is"), Result: intent.OpenAsIs{}})
		}
		if len(m.guesses) > 1 {
			out = append(out, Item{Label: u.Say("tui.map.other"), Result: intent.OtherSheet{}})
		}
		return out
	}
	title, note := "tui.map.title", "tui.map.note"
	if g.isFound() {
		title, note = "tui.map.doubts", "tui.map.doubts_note"
	}
	d := NewList(u, u.Say(title), items())
	d.Note = u.Say(note, "Sheet", u.Clean(g.Sheet), "Row", g.Row)
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
	g := m.guesses[m.at]
	likely := []string{g.Means[column]}
	if column < len(g.Else) {
		likely = append(likely, g.Else[column])
	}
	first := slices.DeleteFunc(likely, func(f string) bool { return !slices.Contains(mapped, f) })
	rest := slices.DeleteFunc(slices.Clone(mapped), func(f string) bool { return slices.Contains(first, f) })
	for _, f := range append(slices.Clone(first), rest...) {
		items = append(items, Item{Label: u.FieldName(f), Result: intent.SetHeading{Column: column, Field: f}})
	}
	d := NewList(u, u.Say("tui.map.which", "Heading", u.Clean(m.guesses[m.at].Headings[column])), items)
	at := u.Say("tui.map.nothing")
	if f := m.means[column]; f != "" {
		at = u.FieldName(f)
	}
	return d.startAt(at)
}
