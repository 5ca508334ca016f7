package tui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
)

// Start leads a person for whom it is not settled which ledger to open. Its
// functions are called from commands, one at a time. Each settles on a ledger,
// which Options.Load opens from then on.
type Start struct {
	Books  []string                                     // workbooks to choose from, by name
	Choose func(ctx context.Context, book string) error // one of Books, or any path that was typed
	Sample func(ctx context.Context) error              // a fresh copy of the sample ledger
	Create func(ctx context.Context, name string) error // a new, blank ledger
}

// Mapping lets a person say what the columns of a workbook mean in which no task
// table was found. Its functions are called from commands.
type Mapping struct {
	// Guess tells what was found. The password is the one that was typed, "" if
	// none was.
	Guess func(ctx context.Context, password string) ([]Guess, error)
	// Keep remembers which headings mean which field of tasks, for good.
	Keep func(ctx context.Context, headings map[string][]string) error
}

// Guess is the row of a sheet that looks most like the header of a task table.
type Guess struct {
	Sheet    string
	Row      int        // 1-based
	Headings []string   // as written
	Means    []string   // the fields recognised, by heading; "" where none is
	Samples  [][]string // what stands below each heading
}

type (
	chooseBook   struct{ book string }
	typeBook     struct{}
	makeSample   struct{}
	typeName     struct{}
	createLedger struct{ name string }
	settledMsg   struct {
		op  int
		err error
	}
	guessMsg struct {
		op      int
		guesses []Guess
		err     error
	}
)

// openStart offers what a person without a ledger can do.
func (r *root) openStart() {
	u, s := r.ui, r.ui.opt.Start
	var items []item
	for _, b := range s.Books {
		items = append(items, item{label: u.say("tui.start.open", "File", u.Clean(b)), result: chooseBook{b}})
	}
	items = append(items,
		item{label: u.say("tui.start.sample"), value: u.say("tui.start.sample_note"), result: makeSample{}},
		item{label: u.say("tui.start.create"), value: u.say("tui.start.create_note"), result: typeName{}},
		item{label: u.say("tui.start.path"), result: typeBook{}},
		item{label: u.say("tui.act.quit"), result: quitNow{}})
	d := newList(u, u.say("tui.start.title"), items)
	d.wide = true
	d.note = u.say("tui.start.none")
	if n := len(s.Books); n > 0 {
		d.note = u.say("tui.start.many", "Count", n)
	}
	r.push(d)
}

// decide does something that settles which ledger it is, and opens it.
func (r *root) decide(d dialog, do func(ctx context.Context) error) tea.Cmd {
	id := r.begin(r.ui.say("tui.op.open"), d)
	ctx := r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg { return settledMsg{id, do(ctx)} })
}

func (r *root) decided(m settledMsg) tea.Cmd {
	o := r.ops[m.op]
	delete(r.ops, m.op)
	if m.err != nil {
		sentence, hint := r.ui.why(m.err)
		if o.dialog != nil {
			o.dialog.wait(false, sentence, hint)
		}
		return nil
	}
	r.dialogs = nil
	return r.open(r.password)
}

func (r *root) handleStart(res any) (tea.Cmd, bool) {
	s, u := r.ui.opt.Start, r.ui
	switch a := res.(type) {
	case chooseBook:
		return r.decide(r.top(), func(ctx context.Context) error { return s.Choose(ctx, a.book) }), true
	case makeSample:
		return r.decide(r.top(), s.Sample), true
	case typeBook:
		r.ask(newEntry(u, u.say("tui.start.path"), u.say("tui.start.path_note"), "", false, func(v string) any { return chooseBook{strings.Trim(v, `"' `)} }))
	case typeName:
		r.ask(newEntry(u, u.say("tui.start.create"), u.say("tui.start.name_note"), u.say("tui.start.name"), false, func(v string) any { return createLedger{v} }))
	case createLedger:
		return r.decide(r.top(), func(ctx context.Context) error { return s.Create(ctx, a.name) }), true
	case mapHeading:
		r.openFields(a.mapper, a.column)
	case setHeading:
		r.close(r.top())
		a.mapper.set(a.column, a.field)
	case otherSheet:
		a.mapper.next()
		r.close(r.top())
		r.push(a.mapper.list())
	case keepHeadings:
		return r.decide(r.top(), func(ctx context.Context) error { return u.opt.Mapping.Keep(ctx, a.headings) }), true
	default:
		return nil, false
	}
	return nil, true
}

// failedOpen offers what can be done about a ledger that did not open.
func (r *root) failedOpen(err error) tea.Cmd {
	switch {
	case errors.Is(err, ooxml.ErrEncrypted) || errors.Is(err, ooxml.ErrPassword):
		r.askPassword(err)
	case errors.Is(err, syncer.ErrNoTable) && r.ui.opt.Mapping != nil:
		id := r.begin(r.ui.say("tui.op.open"), nil)
		guess, ctx, password := r.ui.opt.Mapping.Guess, r.ctx, r.password
		return tea.Batch(r.startTick(), func() tea.Msg {
			g, err := guess(ctx, password)
			return guessMsg{id, g, err}
		})
	}
	return nil
}

// guessed shows what was found in a workbook without a task table.
func (r *root) guessed(m guessMsg) {
	delete(r.ops, m.op)
	m.guesses = slices.DeleteFunc(m.guesses, func(g Guess) bool { return len(g.Headings) < 2 })
	if m.err != nil || len(m.guesses) == 0 || r.phase != failed {
		return // the failure itself stands on the screen
	}
	r.mapper = newMapper(r.ui, m.guesses)
	r.push(r.mapper.list())
}

// mapper is what a person says of the columns of a workbook so far.
type mapper struct {
	ui      *ui
	guesses []Guess
	at      int
	means   []string // by column of guesses[at]
}

type (
	mapHeading struct {
		mapper *mapper
		column int
	}
	setHeading struct {
		mapper *mapper
		column int
		field  string
	}
	otherSheet   struct{ mapper *mapper }
	keepHeadings struct{ headings map[string][]string }
)

func newMapper(u *ui, guesses []Guess) *mapper {
	slices.SortStableFunc(guesses, func(a, b Guess) int { return known(b) - known(a) })
	return &mapper{ui: u, guesses: guesses, means: slices.Clone(guesses[0].Means)}
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

func (m *mapper) next() {
	m.at = (m.at + 1) % len(m.guesses)
	m.means = slices.Clone(m.guesses[m.at].Means)
}

// set gives a column its meaning; another column that had it loses it.
func (m *mapper) set(column int, field string) {
	for i := range m.means {
		if m.means[i] == field {
			m.means[i] = ""
		}
	}
	m.means[column] = field
}

// headings is what there is to remember.
func (m *mapper) headings() map[string][]string {
	g := m.guesses[m.at]
	out := map[string][]string{}
	for i, f := range m.means {
		if f != "" && g.Means[i] != f {
			out[f] = append(out[f], g.Headings[i])
		}
	}
	return out
}

// why is why the columns do not make a task table yet, "" if they do.
func (m *mapper) why() string {
	if !slices.Contains(m.means, ledger.FieldTitle) && !slices.Contains(m.means, ledger.FieldRequirement) {
		return m.ui.say("tui.map.need_title")
	}
	n := 0
	for _, f := range m.means {
		if f != "" {
			n++
		}
	}
	if n < 3 {
		return m.ui.say("tui.map.need_more")
	}
	return ""
}

// list is the dialog that shows every heading with what it means.
func (m *mapper) list() *listDialog {
	u, g := m.ui, m.guesses[m.at]
	items := func() []item {
		var out []item
		for i, h := range g.Headings {
			means := u.say("tui.map.nothing")
			if m.means[i] != "" {
				means = u.fieldName(m.means[i])
			}
			sample := ""
			if i < len(g.Samples) {
				sample = u.short(strings.Join(g.Samples[i], "、"))
			}
			out = append(out, item{label: u.Clean(h), value: u.Fit(means, 12) + "  " + u.say("tui.map.sample", "Values", sample), result: mapHeading{m, i}})
		}
		out = append(out, item{label: u.say("tui.map.keep"), why: m.why(), result: keepHeadings{m.headings()}})
		if len(m.guesses) > 1 {
			out = append(out, item{label: u.say("tui.map.other"), result: otherSheet{m}})
		}
		return out
	}
	d := newList(u, u.say("tui.map.title"), items())
	d.note = u.say("tui.map.note", "Sheet", u.Clean(g.Sheet), "Row", g.Row)
	d.wide, d.search, d.reload = true, false, items
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

// openFields asks what a heading means.
func (r *root) openFields(m *mapper, column int) {
	u := r.ui
	items := []item{{label: u.say("tui.map.nothing"), result: setHeading{m, column, ""}}}
	for _, f := range mapped {
		items = append(items, item{label: u.fieldName(f), result: setHeading{m, column, f}})
	}
	d := newList(u, u.say("tui.map.which", "Heading", u.Clean(m.guesses[m.at].Headings[column])), items)
	at := u.say("tui.map.nothing")
	if f := m.means[column]; f != "" {
		at = u.fieldName(f)
	}
	r.push(d.startAt(at))
}

// ask asks a question whose answer is soon typed again.
func (r *root) ask(d *entryDialog) {
	d.light = true
	r.push(d)
}
