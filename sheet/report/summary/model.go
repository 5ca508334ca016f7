package summary

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/supervise"
)

// model is what goes into the workbook, brought together from all ledgers.
type model struct {
	in        []Source
	labels    []string // of the ledgers
	opt       Options
	today     time.Time
	year      int
	many      bool    // several ledgers: tables get a column that tells which
	items     []item  // every task, ledger by ledger
	units     []*unit // that lead a task; in the ledgers' order, those without a lead last
	totals    ledger.Counts
	held      int // requirements that are met, and all of them
	needed    int
	names     sheetNames
	registers []registerKind
	// What leaders ordered, by ledger, and whether it is anything.
	attention    [][]*ledger.Task
	hasAttention bool
}

type item struct {
	*ledger.Task
	src int
}

// unit is a lead unit with the tasks it leads in any of the ledgers.
type unit struct {
	name   string // "" for tasks without a lead
	sheet  string // "" if it gets no sheet of its own
	items  []int
	counts ledger.Counts
}

type sheetNames struct {
	summary, tasks, overdue, year, bulletin, changes, conflicts, annual string

	attention, scores, points string
}

func gather(in []Source, opt Options) *model {
	m := &model{in: in, labels: labels(in), opt: opt, many: len(in) > 1}
	if m.opt.Zone == nil {
		m.opt.Zone = time.UTC
	}
	at := map[string]*unit{}
	for s, src := range in {
		l := src.Ledger
		m.attention = append(m.attention, supervise.Attention(l))
		m.hasAttention = m.hasAttention || len(m.attention[s]) > 0
		if s == 0 {
			m.today, m.year = l.Today, l.Year
		}
		for _, u := range l.ByUnit {
			name := clean(u.Unit)
			if at[name] == nil {
				at[name] = &unit{name: name}
				m.units = append(m.units, at[name])
			}
			at[name].counts = at[name].counts.Plus(u.Counts)
		}
		for _, t := range l.Tasks {
			u := at[clean(t.Lead)]
			u.items = append(u.items, len(m.items))
			m.items = append(m.items, item{t, s})
		}
		m.totals = m.totals.Plus(l.Totals)
		for _, r := range l.Requirements {
			m.needed++
			if r.State == ledger.Met {
				m.held++
			}
		}
	}
	slices.SortStableFunc(m.units, func(a, b *unit) int {
		return cmp.Compare(btoi(a.name == ""), btoi(b.name == ""))
	})
	m.nameSheets()
	return m
}

func (m *model) nameSheets() {
	var n namer
	fixed := func(name string) string { return n.name(name, m.say("report.unit")) }
	m.names = sheetNames{
		summary: fixed(m.say("report.sheet.summary")), tasks: fixed(m.say("report.sheet.tasks")),
		overdue: fixed(m.say("report.sheet.overdue")), year: fixed(m.say("report.sheet.year")),
		bulletin: fixed(m.say("report.sheet.bulletin")), changes: fixed(m.say("report.sheet.changes")),
		conflicts: fixed(m.say("report.sheet.conflicts")), annual: fixed(m.say("report.sheet.annual")),
	}
	if m.hasAttention {
		m.names.attention = fixed(m.say("report.sheet.attention"))
	}
	if m.hasScores() {
		m.names.scores, m.names.points = fixed(m.say("report.sheet.scores")), fixed(m.say("report.sheet.points"))
	}
	m.registers = registerKinds(m.in, &n)
	chosen := m.units
	if len(chosen) > maxUnitSheet {
		chosen = slices.Clone(chosen)
		slices.SortStableFunc(chosen, func(a, b *unit) int { return cmp.Compare(b.counts.Tasks, a.counts.Tasks) })
		chosen = chosen[:maxUnitSheet]
	}
	wanted := map[*unit]bool{}
	for _, u := range chosen {
		wanted[u] = true
	}
	for _, u := range m.units {
		if wanted[u] {
			u.sheet = n.name(m.unitName(u.name), m.say("report.unit"))
		}
	}
}

// sheets are the units that get a sheet of their own.
func (m *model) sheets() []*unit {
	var out []*unit
	for _, u := range m.units {
		if u.sheet != "" {
			out = append(out, u)
		}
	}
	return out
}

func (m *model) say(key string, pairs ...any) string { return msg.Say(m.opt.Lang, key, pairs...) }

func (m *model) unitName(name string) string {
	if name == "" {
		return m.say("report.no_lead")
	}
	return name
}

// statusKinds in the order in which they are shown everywhere.
var statusKinds = []ledger.StatusKind{ledger.Done, ledger.InProgress, ledger.NotStarted, ledger.Ongoing,
	ledger.UnknownStatus}

func (m *model) statusKind(k ledger.StatusKind) string { return k.Text().In(m.opt.Lang) }

func countOf(c ledger.Counts, k ledger.StatusKind) int {
	switch k {
	case ledger.Done:
		return c.Done
	case ledger.InProgress:
		return c.InProgress
	case ledger.NotStarted:
		return c.NotStarted
	case ledger.Ongoing:
		return c.Ongoing
	}
	return c.Unknown
}

// timing is what a task's dates say about it, in words. A recurring task can be
// overdue and due soon at the same time.
func (m *model) timing(t *ledger.Task) string {
	var out []string
	if t.Overdue {
		out = append(out, m.word(ledger.TimingOverdue))
	}
	if t.DueSoon {
		out = append(out, m.word(ledger.TimingDueSoon))
	}
	switch {
	case len(out) > 0:
	case t.Late:
		return m.word(ledger.TimingLate)
	case t.Deadline.Kind == due.Unknown:
		return m.word(ledger.TimingUnclear)
	case t.Stale:
		return m.word(ledger.TimingStale)
	}
	return strings.Join(out, m.say("report.comma"))
}

// word is what dates say of a task, in a word.
func (m *model) word(t ledger.Timing) string { return t.Text().In(m.opt.Lang) }

func (m *model) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if m.opt.Lang == msg.EN {
		return t.Format(time.DateOnly)
	}
	return m.say("report.date", "Year", t.Year(), "Month", int(t.Month()), "Day", t.Day())
}

// title is what the tables are headed with: the ledger's title, or words for
// several of them.
func (m *model) title() string {
	if !m.many && len(m.labels) > 0 {
		return m.labels[0]
	}
	return m.say("report.title_many", "Count", len(m.in))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
