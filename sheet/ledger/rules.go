package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/table"
)

// DefaultRules are the annual requirements where neither the workbook nor the
// configuration has any; each holds where a task orders it or an event of its kind is
// recorded. They are a training a year by every department and street office, and an
// open day a year for the ledger as a whole, which counts only if people could ask,
// discuss or answer a questionnaire.
func DefaultRules() []RequirementRule {
	return []RequirementRule{
		{Kind: "training", Name: "政务公开工作培训", Words: []string{"培训", "training"},
			Min: 1, ByUnit: true, Units: []string{"各部门", "各街道办事处"}},
		{Kind: "open_day", Name: "政府开放日", Words: []string{"开放日", "open day", "open_day"},
			Min: 1, Needs: []string{"答疑", "座谈", "问卷"}},
	}
}

// rules are those of the requirements sheet, else of the options, else the
// defaults.
func (b *builder) rules() []RequirementRule {
	known := b.opt.Rules
	sheets := b.kind(KindRequirements)
	b.stated = known != nil || len(sheets) > 0
	b.l.stated = b.stated
	if known == nil {
		known = DefaultRules()
	}
	if len(sheets) == 0 {
		return known
	}
	// What a sheet's rows are called is understood also where the configuration
	// has other requirements.
	known = append(slices.Clone(known), DefaultRules()...)
	var out []RequirementRule // a sheet without rows says that nothing is required
	for _, t := range sheets {
		for i := range t.Rows {
			if strings.TrimSpace(t.Get(&t.Rows[i], RuleName)) != "" {
				out = append(out, b.rule(t, &t.Rows[i], known))
			}
		}
	}
	return out
}

var (
	reCount  = regexp.MustCompile(`\d+`)
	reByUnit = regexp.MustCompile(`每|各|分别|逐个|\b(?:each|every|per|by) ?(?:unit|department)?\b`)
	reWhole  = regexp.MustCompile(`整|全|合计|总计|共计|\b(?:whole|total|overall|all|ledger)\b`)
	reNeeds  = regexp.MustCompile(`[、,;/和与及]|以及|或者|或| or | and `)
	reAround = regexp.MustCompile(
		`^(?:活动|培训|须|需要|需|应当|应|要|有|含|包含|包括|设置|设有|设|开展|环节|至少|其中|with\b ?|has )+|(?:等环节|环节|调查|活动|之1|其1|1项|1种|等|中|的|之)+$`)
)

// rule reads one row of the requirements sheet. known tells which words mean
// its kind.
func (b *builder) rule(t *table.Table, r *table.Row, known []RequirementRule) RequirementRule {
	name := strings.TrimSpace(t.Get(r, RuleName))
	rule := RequirementRule{Name: name, Min: 1, Due: strings.TrimSpace(t.Get(r, RuleDue)),
		Units: names(t.Get(r, RuleUnits))}
	kindText := strings.TrimSpace(t.Get(r, RuleKind))
	if k := ruleFor(known, kindText); k != nil {
		rule.Kind, rule.Words = k.Kind, k.Words
	} else if k := ruleFor(known, name); k != nil && kindText == "" {
		rule.Kind, rule.Words = k.Kind, k.Words
	} else if rule.Kind = kindText; kindText == "" {
		rule.Kind = name
	}
	if rule.Words == nil {
		rule.Words = []string{rule.Kind}
	}
	times := t.Get(r, RuleMin)
	if g := reCount.FindString(due.Arabic(fold.Text(times))); g != "" && len(g) < 5 {
		rule.Min = number(g)
	} else {
		b.log.warn(t, r, RuleMin, times, "ledger.rule_min", "Text", times, "Name", name)
	}
	scope := fold.Text(t.Get(r, RuleScope))
	switch {
	case reByUnit.MatchString(scope):
		rule.ByUnit = true
		if b.l.Directory.Collective(scope) && len(rule.Units) == 0 && !strings.HasPrefix(scope, "各单位") {
			rule.Units = names(t.Get(r, RuleScope))
		}
	case reWhole.MatchString(scope):
	case scope == "":
		rule.ByUnit = len(rule.Units) > 0
	default:
		b.log.warn(t, r, RuleScope, scope, "ledger.rule_scope", "Text", scope, "Name", name)
	}
	for _, w := range reNeeds.Split(due.Arabic(fold.Text(t.Get(r, RuleNeeds))), -1) {
		if w = reAround.ReplaceAllString(strings.Trim(w, " :.。"), ""); w != "" {
			rule.Needs = append(rule.Needs, w)
		}
	}
	if d := b.date(rule.Due); rule.Due != "" && d.Due.IsZero() {
		b.log.warn(t, r, RuleDue, rule.Due, "ledger.unknown_deadline", "Text", rule.Due)
	}
	return rule
}

// ruleFor is the rule that a word names: its kind, its name, or a text that
// contains one of its words; of several the one with the longest word.
func ruleFor(rules []RequirementRule, text string) *RequirementRule {
	s := fold.Text(text)
	if s == "" {
		return nil
	}
	var best *RequirementRule
	length := 0
	for i := range rules {
		r := &rules[i]
		if s == fold.Text(r.Kind) || s == fold.Text(r.Name) {
			return r
		}
		for _, w := range r.Words {
			if f := fold.Text(w); len(f) > length && strings.Contains(s, f) {
				best, length = r, len(f)
			}
		}
	}
	return best
}

// requirements tells how each rule stands: for the ledger as a whole first,
// then unit by unit in the directory's order.
func (b *builder) requirements() {
	l := b.l
	var asked, unasked []*RequirementRule
	for i := range l.Rules {
		if rule := &l.Rules[i]; b.stated || l.asksFor(rule) {
			asked = append(asked, rule)
		} else {
			unasked = append(unasked, rule)
		}
	}
	l.Requirements, l.Unasked = b.standings(asked), b.standings(unasked)
}

// standings tells how some of the rules stand.
func (b *builder) standings(rules []*RequirementRule) (out []Requirement) {
	l := b.l
	var byUnit []Requirement
	for _, rule := range rules {
		last := b.date(rule.Due).Due
		if last.IsZero() && l.Year != 0 {
			last = due.Date(l.Year, 12, 31)
		}
		stand := func(unit string, held int) Requirement {
			return Requirement{Kind: rule.Kind, Name: rule.Name, Unit: unit, Required: rule.Min, Held: held, Due: last,
				State: stateOf(held >= rule.Min, due.Days(l.Today, last), b.opt.DueSoonDays)}
		}
		if !rule.ByUnit {
			held := 0
			for _, e := range l.Events {
				if e.counts(rule, l) && (len(rule.Units) == 0 ||
					slices.ContainsFunc(e.units, func(u string) bool { return l.Directory.has(rule.Units, u) })) {
					held++
				}
			}
			out = append(out, stand("", held))
			continue
		}
		held := map[string]int{}
		for _, e := range l.Events {
			if e.counts(rule, l) {
				for _, u := range e.units {
					held[u]++
				}
			}
		}
		for _, unit := range b.bound(rule) {
			byUnit = append(byUnit, stand(unit, held[unit]))
		}
	}
	order := map[string]int{}
	for i, u := range l.Directory.Units() {
		order[u.Name] = i + 1
	}
	slices.SortStableFunc(byUnit, func(a, c Requirement) int {
		x, y := order[a.Unit], order[c.Unit]
		if x == 0 || y == 0 {
			return y - x // units that are not in the directory come last
		}
		return x - y
	})
	return append(out, byUnit...)
}

// reOpenGovernment is what a task or its list is about that orders a default rule: a
// training in fire safety is none in open government.
var reOpenGovernment = regexp.MustCompile(`公开|政务|政府开放日|open government|disclosure`)

// asksFor reports whether something in the ledger asks for a rule that nobody stated: an
// event of its kind, or a task of open government that has one of its words.
func (l *Ledger) asksFor(rule *RequirementRule) bool {
	if slices.ContainsFunc(l.Events, func(e *Event) bool { return e.Kind == rule.Kind }) {
		return true
	}
	var words []string // as written: folding every text of a long ledger takes too long
	for _, w := range rule.Words {
		first, n := utf8.DecodeRuneInString(w)
		words = append(words, w, string(unicode.ToUpper(first))+w[n:])
	}
	has := func(text string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	about := map[*table.Table]bool{}
	for _, t := range l.Tables {
		about[t] = reOpenGovernment.MatchString(fold.Text(strings.Join(t.Place.Title, " ")))
	}
	return slices.ContainsFunc(l.Tasks, func(t *Task) bool {
		return (has(t.Title) || has(t.Requirement) || has(t.Section)) &&
			(about[t.Table] || reOpenGovernment.MatchString(fold.Text(t.Section+" "+t.Title+" "+t.Requirement)))
	})
}

// bound are the units that a rule binds each for itself. A collective whose
// members nobody named stands for them, so that what is asked of it is seen;
// not those of the rules that hold where nobody stated any.
func (b *builder) bound(rule *RequirementRule) (out []string) {
	if b.binds != nil {
		return b.binds[rule.Kind+"\x00"+rule.Name]
	}
	if len(rule.Units) == 0 {
		for _, u := range b.l.Directory.Units() {
			out = append(out, u.Name)
		}
		return out
	}
	seen := map[string]bool{}
	for _, n := range rule.Units {
		for _, u := range b.l.Directory.Expand(n) {
			if !seen[u] && (b.stated || !b.l.Directory.Collective(u)) {
				out = append(out, u)
			}
			seen[u] = true
		}
	}
	return out
}

// stateOf is how a requirement stands with left days to go, today included as
// none.
func stateOf(met bool, left, soon int) RequirementState {
	switch {
	case met:
		return Met
	case left < 0:
		return Missed
	case left < soon:
		return AtRisk
	}
	return Open
}

// RuleUnits are the units that a row of the requirements sheet names, collectives as
// they stand there; none if it is on all, or on the ledger as a whole.
func (l *Ledger) RuleUnits(t *table.Table, r *table.Row) []string {
	units := names(t.Get(r, RuleUnits))
	if scope := strings.TrimSpace(t.Get(r, RuleScope)); len(units) == 0 && l.Directory.Known(scope) {
		units = []string{scope}
	}
	return units
}
