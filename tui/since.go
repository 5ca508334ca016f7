package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/screen"
)

// Progress since the last month ended: what the history has of then, beside what the
// ledger says now. The overview says it in a figure, and a list names the tasks.

// mostCompared is up to how many tasks the comparison is made without being asked for:
// it reads the whole ledger once more.
const mostCompared = 20_000

// sinceMsg is how the ledger stood when the last month ended, and what became of its
// tasks since.
type sinceMsg struct {
	op    int // 0: nobody asked for the list
	past  *kit.Since
	parts []sincePart
	err   error
}

// sincePart is the tasks to which the same happened.
type sincePart struct {
	title string
	items []dialog.Item
	count int
}

// monthStart is when the present month began, on the ledger's day.
func (r *console) monthStart() time.Time {
	t := r.ui.Index.Ledger.Today
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.Local)
}

// compare finds out how the ledger stood when the last month ended, unless that is
// known; open has the list made of what became of the tasks.
func (r *console) compare(open bool) tea.Cmd {
	u := r.ui
	if u.Index == nil || r.feed.backend == nil {
		return nil
	}
	at, past := r.monthStart(), u.Since
	known := past != nil && past.At.Equal(at)
	if !open && (known || u.Index.Len() > mostCompared || r.feed.snap.Revision == "") {
		return nil
	}
	id, b, ctx, x := 0, r.feed.backend, r.ctx, u.Index
	if open {
		id = r.jobs.begin(u.Say("tui.op.compare"), nil, u.Now())
	}
	return tea.Batch(r.startTick(), func() tea.Msg {
		if !known {
			l, began, err := b.AsOf(ctx, at)
			if err != nil {
				return sinceMsg{op: id, err: err}
			}
			past = since(l, at, began)
		}
		m := sinceMsg{op: id, past: past}
		if open {
			m.parts = became(u, x, past)
		}
		return m
	})
}

// since keeps of a ledger what is compared.
func since(l *ledger.Ledger, at, began time.Time) *kit.Since {
	p := &kit.Since{At: at, Began: began, Tasks: make(map[string]kit.Then, len(l.Tasks)), Done: map[string]int{},
		Totals: l.Totals}
	for _, t := range l.Tasks {
		p.Tasks[t.ID] = kit.Then{Status: t.Status.Kind, Overdue: t.Overdue, Progress: t.Progress, Name: t.Number + " " +
			t.Title}
		if t.Status.Kind == ledger.Done {
			p.Done[t.Lead]++
		}
	}
	return p
}

// became sorts the tasks by what happened to them since.
func became(u *kit.Kit, x *index.Index, p *kit.Since) []sincePart {
	const finished, overdue, added, moved, reopened, gone = 0, 1, 2, 3, 4, 5
	parts := make([]sincePart, gone+1)
	for i, key := range [...]string{"tui.since.done", "tui.since.overdue", "tui.since.added", "tui.since.moved",
		"tui.since.reopened", "tui.since.gone"} {
		parts[i].title = u.Say(key)
	}
	add := func(i int, name, value, why string, to intent.Intent) {
		part := &parts[i]
		if part.count++; len(part.items) < historyMaxAll {
			part.items = append(part.items, dialog.Item{Label: part.title + "  " + name, Value: value, Why: why,
				Result: to})
		}
	}
	for n := range int32(x.Len()) {
		t := x.Task(n)
		then, known := p.Tasks[t.ID]
		word, _ := u.Status(t)
		was, is := then.Status == ledger.Done, t.Status.Kind == ledger.Done
		what := -1
		switch {
		case !known:
			what = added
		case is && !was:
			what = finished
		case was && !is:
			what = reopened
		case t.Overdue && !then.Overdue:
			what = overdue
			word, _ = u.State(t)
		case t.Progress != then.Progress || t.Status.Kind != then.Status:
			what = moved
		default:
			continue
		}
		add(what, u.Name(t), kit.Join(u.Unit(t.Lead), word), "", intent.GoTask{Task: t.ID})
	}
	for id, then := range p.Tasks {
		if _, ok := x.Find(id); !ok {
			add(gone, u.Clean(then.Name), "", u.Say("tui.why.task_gone"), nil)
		}
	}
	slices.SortFunc(parts[gone].items, func(a, b dialog.Item) int { return strings.Compare(a.Label, b.Label) })
	return parts
}

func (r *stage) tookSince(m sinceMsg) tea.Cmd {
	if m.op > 0 {
		r.jobs.end(m.op)
	}
	if m.err != nil && m.op > 0 {
		r.fail(m.err)
		return r.startTick()
	}
	if m.err != nil {
		return nil // what nobody asked for is not shown
	}
	if r.ui.Since = m.past; m.op == 0 {
		r.rooms[onOverview].screen.Refresh(screen.Prepared{})
		return nil
	}
	u, p, now := r.ui, m.past, r.ui.Index.Ledger.Totals
	var items []dialog.Item
	for _, part := range m.parts {
		items = append(items, part.items...)
		if more := part.count - len(part.items); more > 0 {
			say := u.Say("tui.since.more", "What", part.title, "Count", more)
			items = append(items, dialog.Item{Label: say, Why: say})
		}
	}
	began := ""
	if p.Began.After(p.At) {
		began = u.Stamp(p.Began)
	}
	d := dialog.NewList(u, u.Say("tui.since.title", "Month", u.Month(p.At.AddDate(0, 0, -1))), items)
	d.Wide, d.Search = true, len(items) > 8
	d.Note = u.Say("tui.since.note", "Was", p.Totals.Done, "Is", now.Done, "OverdueWas", p.Totals.Overdue, "OverdueIs",
		now.Overdue, "Changed", len(items), "Since", began)
	r.push(d)
	return nil
}

// goLine puts the cursor on the nth line of the table that is shown, else of the task
// table; on the last if there are fewer.
func (r *stage) goLine(n int) {
	r.dialogs = nil
	s, ok := r.current().(interface{ GoLine(n int) (all int) })
	if !ok {
		r.screen = onTasks
		s = r.tasks
	}
	if all := s.GoLine(n); n > all {
		r.say(r.ui.Say("tui.done.last_line", "All", all), false)
	}
}

// lines are where a number leads that is typed into the palette: a line of the table,
// and the tasks that bear it.
func (r *console) lines(typed string) []dialog.Item {
	typed = strings.TrimSpace(typed)
	n := 0
	for _, c := range typed {
		if c < '0' || c > '9' || n > 100_000_000 {
			return nil
		}
		n = n*10 + int(c-'0')
	}
	x := r.ui.Index
	if typed == "" || n == 0 || x == nil {
		return nil
	}
	out := []dialog.Item{{Label: r.ui.Say("tui.palette.line", "Line", n), Result: intent.GoLine{Line: n}}}
	for i := range int32(x.Len()) {
		if t := x.Task(i); t.Number == typed {
			out = append(out, dialog.Item{Label: r.ui.Say("tui.palette.number", "Task", r.ui.Name(t)),
				Value: r.ui.Unit(t.Lead), Result: intent.GoTask{Task: t.ID}})
			if len(out) > 5 {
				break
			}
		}
	}
	return out
}
