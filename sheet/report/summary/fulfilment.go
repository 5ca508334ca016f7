package summary

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// level of a paragraph of the annual report's text.
type level uint8

const (
	heading1 level = iota
	heading2
	body
)

// annualText tells the report's paragraphs, in order, to say: the state of the
// whole, of the annual requirements, and of each unit with its tasks.
func (m *model) annualText(say func(level, string)) {
	say(heading1, m.say("report.annual.overall"))
	say(body, m.indent()+m.overall())
	part := 2
	if lines := m.requirementText(); len(lines) > 0 {
		part++
		say(heading1, m.say("report.annual.requirements"))
		for _, l := range lines {
			say(body, m.indent()+l)
		}
	}
	if len(m.items) == 0 {
		return
	}
	say(heading1, m.say("report.annual.units", "N", m.ordinal(part)))
	held := m.heldByUnit()
	for n, u := range m.units {
		say(heading2, m.say("report.annual.unit", "N", m.ordinal(n+1), "Unit", m.unitName(u.name)))
		say(body, m.indent()+m.unitText(u, held[u.name]))
		for i, at := range u.items {
			say(body, m.indent()+m.taskText(i+1, m.items[at]))
		}
	}
}

// indent is what paragraphs begin with.
func (m *model) indent() string {
	if m.opt.Lang == msg.EN {
		return ""
	}
	return "　　"
}

// overall is the state of the whole in one paragraph.
func (m *model) overall() string {
	c := m.totals
	if c.Tasks == 0 {
		return m.say("report.annual.no_tasks", "Date", m.date(m.today))
	}
	text := m.say("report.annual.totals", "Date", m.date(m.today), "Tasks", c.Tasks, "Units", m.leading(),
		"States", m.states(c), "Rate", percent(c.Done, c.Tasks))
	switch {
	case c.Overdue > 0 && c.DueSoon > 0:
		text += m.say("report.annual.late_soon", "Overdue", c.Overdue, "Soon", c.DueSoon)
	case c.Overdue > 0:
		text += m.say("report.annual.late", "Overdue", c.Overdue)
	case c.DueSoon > 0:
		text += m.say("report.annual.soon", "Soon", c.DueSoon)
	default:
		text += m.say("report.annual.none_late")
	}
	return text
}

// leading is how many units lead a task.
func (m *model) leading() int {
	n := 0
	for _, u := range m.units {
		n += btoi(u.name != "")
	}
	return n
}

// states lists how many tasks are in each state; a state without tasks is left
// out.
func (m *model) states(c ledger.Counts) string {
	var out []string
	for _, k := range statusKinds {
		if n := countOf(c, k); n > 0 {
			out = append(out, m.say("report.annual.state", "State", m.statusKind(k), "Count", n))
		}
	}
	return strings.Join(out, m.say("report.list"))
}

// requirementText is a paragraph for each annual requirement of each ledger.
func (m *model) requirementText() []string {
	var out []string
	for i, src := range m.in {
		l := src.Ledger
		prefix := ""
		if m.many {
			prefix = m.labels[i] + m.say("report.colon")
		}
		for _, rule := range l.Rules {
			var mine []ledger.Requirement
			for _, r := range l.Requirements {
				if r.Kind == rule.Kind && r.Name == rule.Name {
					mine = append(mine, r)
				}
			}
			if len(mine) > 0 {
				out = append(out, prefix+m.ruleText(rule, mine, countingEvents(l, rule.Kind)))
			}
		}
	}
	return out
}

func countingEvents(l *ledger.Ledger, kind string) []*ledger.Event {
	var out []*ledger.Event
	for _, e := range l.Events {
		if e.Kind == kind && e.Counts {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *ledger.Event) int { return a.Date.Compare(b.Date) })
	return out
}

func (m *model) ruleText(rule ledger.RequirementRule, list []ledger.Requirement, events []*ledger.Event) string {
	name := clean(rule.Name)
	var text string
	if list[0].Unit == "" {
		text = m.say("report.annual.rule_whole", "Name", name, "Required", list[0].Required, "Held", list[0].Held,
			"State", m.stateText(list[0].State))
	} else {
		met, open := 0, []string{}
		for _, r := range list {
			if r.State == ledger.Met {
				met++
			} else {
				open = append(open, clean(r.Unit))
			}
		}
		text = m.say("report.annual.rule_units", "Name", name, "Required", list[0].Required, "Units", len(list), "Held",
			len(events), "Met", met)
		if len(open) > 0 {
			text += m.say("report.annual.rule_open", "Count", len(open), "Units",
				strings.Join(open, m.say("report.comma")))
		}
	}
	if len(events) == 0 {
		return text
	}
	var told []string
	for _, e := range events {
		told = append(told, m.eventText(e))
	}
	return text + m.say("report.annual.events", "Events", strings.Join(told, m.say("report.list")))
}

func (m *model) stateText(s ledger.RequirementState) string {
	switch s {
	case ledger.Met:
		return ledger.Met.Text().In(m.opt.Lang)
	case ledger.Missed:
		return ledger.Missed.Text().In(m.opt.Lang)
	}
	return ledger.Open.Text().In(m.opt.Lang)
}

// eventText is who held what and when.
func (m *model) eventText(e *ledger.Event) string {
	who := clean(e.Unit)
	topic := clean(e.Topic)
	if topic == "" {
		topic = clean(e.KindText)
	}
	day := e.Date.Format(time.DateOnly)
	if m.opt.Lang != msg.EN {
		day = m.say("report.day", "Month", int(e.Date.Month()), "Day", e.Date.Day())
	}
	if who == "" {
		return m.say("report.annual.event_nobody", "Day", day, "Topic", topic)
	}
	return m.say("report.annual.event", "Day", day, "Unit", who, "Topic", topic)
}

// heldRule is how often a unit held what one requirement asks for.
type heldRule struct {
	name string
	held int
}

// heldByUnit is the events that count, by unit and requirement.
func (m *model) heldByUnit() map[string][]heldRule {
	out := map[string][]heldRule{}
	for _, src := range m.in {
		for _, rule := range src.Ledger.Rules {
			for _, e := range countingEvents(src.Ledger, rule.Kind) {
				for _, who := range unitsOf(src.Ledger, e) {
					list := out[who]
					i := slices.IndexFunc(list, func(h heldRule) bool { return h.name == rule.Name })
					if i < 0 {
						i, list = len(list), append(list, heldRule{name: rule.Name})
					}
					list[i].held++
					out[who] = list
				}
			}
		}
	}
	return out
}

// unitsOf are the units that held an event.
func unitsOf(l *ledger.Ledger, e *ledger.Event) []string {
	var out []string
	for name := range strings.SplitSeq(e.Unit, "、") {
		for _, u := range l.Directory.Expand(name) {
			if u = clean(u); u != "" && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}

func (m *model) unitText(u *unit, held []heldRule) string {
	text := m.say("report.annual.unit_totals", "Tasks", u.counts.Tasks, "States", m.states(u.counts), "Rate",
		percent(u.counts.Done, u.counts.Tasks))
	if u.name == "" {
		text = m.say("report.annual.nobody_totals", "Tasks", u.counts.Tasks, "States", m.states(u.counts))
	}
	if u.counts.Overdue > 0 {
		text += m.say("report.annual.late", "Overdue", u.counts.Overdue)
	}
	var out []string
	for _, h := range held {
		out = append(out, m.say("report.annual.held_count", "Name", clean(h.name), "Count", h.held))
	}
	if len(out) > 0 {
		text += m.say("report.annual.held", "Held", strings.Join(out, m.say("report.list")))
	}
	return text
}

// taskText is one task: its title, how far it is, and what its unit says of it.
func (m *model) taskText(n int, it item) string {
	title := clean(it.Title)
	if title == "" {
		title = clean(it.Requirement)
	}
	if m.many {
		title += m.say("report.annual.from_ledger", "Ledger", m.labels[it.src])
	}
	state := clean(it.Status.Text)
	if it.Status.Kind != ledger.UnknownStatus || state == "" {
		state = m.statusKind(it.Status.Kind)
	}
	switch {
	case it.Overdue:
		state += m.say("report.annual.days_late", "Days", it.DaysOverdue)
	case it.Late:
		state += m.say("report.annual.was_late")
	}
	var b strings.Builder
	b.WriteString(m.say("report.annual.task", "N", n, "Title", title, "State", state))
	for _, part := range []struct{ key, text string }{
		{"report.annual.progress", it.Progress}, {"report.annual.problems", it.Problems},
		{"report.annual.next", it.NextSteps},
		{"report.annual.proofs", m.proofs(it.Task)},
	} {
		if text := strings.TrimRight(clean(part.text), "。；;.，, "); text != "" {
			b.WriteString(m.say(part.key, "Text", text))
		}
	}
	return b.String()
}
