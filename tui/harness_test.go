package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

var today = time.Date(2022, 9, 20, 0, 0, 0, 0, time.UTC)

// The screens show times of day where the reader is; the golden files were made here.
func init() { time.Local = time.UTC }

// fake is a backend that holds a ledger in memory.
type fake struct {
	snap    *syncer.Snapshot
	edits   []syncer.Edit
	err     error // what the next change fails with
	waiting bool

	resolved []string
	removed  []syncer.Removal
	past     *ledger.Ledger // when the last month ended
	recorded []string
	restored []string
	answered []string
	forced   bool
	refused  int // rows that Refuse gives back
	mute     time.Duration
	by       string // who changed what moved
	at       time.Time
	log      []syncer.Entry
	logged   []syncer.LogOptions // what Log was asked for
}

func (f *fake) Snapshot() *syncer.Snapshot { return f.snap }

func (f *fake) CopiesBack(context.Context, time.Time, time.Time) ([]syncer.Returned, error) {
	return nil, nil
}

func (f *fake) Sendings() []syncer.Returned { return nil }

func (f *fake) Busy() time.Duration { return f.mute }

func (f *fake) Watch(ctx context.Context, _ func(*syncer.Snapshot)) error {
	<-ctx.Done()
	return nil
}

func (f *fake) Sync(context.Context) (syncer.Report, error) { return syncer.Report{}, f.err }

func (f *fake) Change(_ context.Context, edits []syncer.Edit) (syncer.Report, error) {
	if f.err != nil {
		return syncer.Report{}, f.err
	}
	var moved []syncer.Moved
	for _, e := range edits {
		t := f.snap.Ledger.Task(e.Task)
		m := syncer.Moved{Kind: ledger.KindTasks, Task: e.Task, Field: e.Field, Seen: e.Seen.Text, Typed: e.Value,
			Gone: t == nil, By: f.by, At: f.at}
		if n := f.snap.Ledger.Line(e.Task); t == nil && n != nil {
			m.Gone, m.Title, m.Now = false, n.Title, n.Table.Get(n.Row, e.Field)
		}
		if t != nil {
			m.Number, m.Title, m.Now = t.Number, t.Title, kit.Held(t, e.Field)
		}
		if e.Seen.Known && (m.Gone || m.Now != m.Seen && m.Now != e.Value) {
			moved = append(moved, m)
		}
	}
	if len(moved) > 0 && !edits[0].KeepBoth {
		return syncer.Report{}, &msg.Error{Class: syncer.ErrMoved, Text: msg.New("tui.moved.some", "Count", len(moved)),
			Err: &syncer.MovedError{Values: moved}}
	}
	f.edits = append(f.edits, edits...)
	if len(moved) > 0 {
		return syncer.Report{Moved: moved}, nil
	}
	f.republish(func(tables []*table.Table) {
		for _, e := range edits {
			for _, t := range tables {
				for i := range t.Rows {
					if t.Rows[i].ID == e.Task {
						t.Rows[i].Values = slices.Clone(t.Rows[i].Values)
						t.Rows[i].Values[t.Index(e.Field)] = e.Value
					}
				}
			}
		}
	})
	return syncer.Report{Waiting: f.waiting}, nil
}

// publish makes a new snapshot of changed tasks and events.
func (f *fake) publish(change func(tasks, events *table.Table)) {
	f.republish(func(tables []*table.Table) { change(tables[0], tables[1]) })
}

// republish makes a new snapshot of changed tables.
func (f *fake) republish(change func(tables []*table.Table)) {
	tables := make([]*table.Table, len(f.snap.Ledger.Tables))
	for i, t := range f.snap.Ledger.Tables {
		c := *t
		c.Rows = slices.Clone(t.Rows)
		tables[i] = &c
	}
	change(tables)
	s := *f.snap
	s.Seq++
	s.Ledger = ledger.Build(tables, ledger.Options{Today: today})
	f.snap = &s
}

func (f *fake) Add(_ context.Context, v map[string]string) (string, syncer.Report, error) {
	if f.err != nil {
		return "", syncer.Report{}, f.err
	}
	f.publish(func(tasks, _ *table.Table) {
		tasks.Rows = append(tasks.Rows, row("new", tasks, v, fmt.Sprint(len(tasks.Rows)+1)))
	})
	return "new", syncer.Report{}, nil
}

func row(id string, t *table.Table, v map[string]string, number string) table.Row {
	r := table.Row{ID: id, Values: make([]string, len(t.Columns))}
	for i, c := range t.Columns {
		r.Values[i] = v[c.Key]
		if c.Key == "number" {
			r.Values[i] = number
		}
	}
	return r
}

func (f *fake) Record(_ context.Context, kind string, v map[string]string) (string, syncer.Report, error) {
	f.recorded = append(f.recorded, kind)
	if def := f.snap.Ledger.RegisterNamed(kind); def != nil {
		return f.enter(def, v)
	}
	f.publish(func(_, events *table.Table) {
		r := row("e9", events, v, "")
		r.Values[0] = "培训"
		events.Rows = append(events.Rows, r)
	})
	return "e9", syncer.Report{}, f.err
}

// enter appends a row to a register, in a new table if there is none.
func (f *fake) enter(def *ledger.RegisterDef, v map[string]string) (string, syncer.Report, error) {
	if f.err != nil {
		return "", syncer.Report{}, f.err
	}
	t, values, err := f.snap.Ledger.ComposeEntry(def, v)
	if err != nil {
		return "", syncer.Report{}, err
	}
	id := fmt.Sprint("n", len(f.recorded))
	if t == nil {
		t = registerTable(def.Kind, strings.Join(def.FieldNames(), " "))
		f.snap.Ledger.Tables = append(slices.Clone(f.snap.Ledger.Tables), t)
	}
	f.republish(func(tables []*table.Table) {
		for _, o := range tables {
			if o.Sheet == t.Sheet && o.Kind == t.Kind {
				r := table.Row{ID: id, Values: make([]string, len(o.Columns))}
				for i, c := range o.Columns {
					r.Values[i] = values[c.Key]
				}
				o.Rows = append(o.Rows, r)
			}
		}
	})
	return id, syncer.Report{}, nil
}

func (f *fake) Force(context.Context) (syncer.Report, error) {
	f.forced = true
	return syncer.Report{}, f.err
}

func (f *fake) Refuse(context.Context) (int, syncer.Report, error) {
	f.forced = true
	f.restored = append(f.restored, "refused")
	return f.refused, syncer.Report{}, f.err
}

func (f *fake) Delete(_ context.Context, rows []syncer.Removal) (syncer.Report, error) {
	if f.err != nil {
		return syncer.Report{}, f.err
	}
	f.removed = append(f.removed, rows...)
	var rep syncer.Report
	f.publish(func(tasks, events *table.Table) {
		for _, t := range []*table.Table{tasks, events} {
			t.Rows = slices.DeleteFunc(t.Rows, func(r table.Row) bool {
				gone := slices.ContainsFunc(rows, func(d syncer.Removal) bool { return d.Row == r.ID })
				if gone {
					rep.Changes = append(rep.Changes, syncer.Change{Kind: t.Kind, Task: r.ID, What: "deleted",
						Number: t.Get(&r, "number"), Title: t.Get(&r, "title")})
				}
				return gone
			})
		}
	})
	return rep, nil
}

func (f *fake) Resolve(_ context.Context, all ...syncer.Decision) (syncer.Report, error) {
	if f.err != nil {
		return syncer.Report{}, f.err
	}
	s := *f.snap
	s.Seq++
	for _, d := range all {
		f.resolved = append(f.resolved, d.Conflict+" "+d.Choice)
		s.Conflicts = slices.DeleteFunc(slices.Clone(s.Conflicts),
			func(c syncer.Conflict) bool { return c.ID == d.Conflict })
	}
	f.snap = &s
	return syncer.Report{}, nil
}

func (f *fake) Restore(_ context.Context, rev string) (syncer.Report, error) {
	f.restored = append(f.restored, rev)
	return syncer.Report{Changes: make([]syncer.Change, 3)}, f.err
}

func (f *fake) UndoRevision(_ context.Context, rev string) (syncer.Report, error) {
	f.restored = append(f.restored, "undo "+rev)
	return syncer.Report{}, f.err
}

func (f *fake) Answer(_ context.Context, ask, task string) (syncer.Report, error) {
	f.answered = append(f.answered, ask+" "+task)
	s := *f.snap
	s.Seq++
	s.Asks = nil
	f.snap = &s
	return syncer.Report{}, f.err
}

func (f *fake) AsOf(_ context.Context, at time.Time) (*ledger.Ledger, time.Time, error) {
	if f.past == nil {
		return f.snap.Ledger, at, f.err
	}
	return f.past, at.AddDate(0, -1, 0), f.err
}

func (f *fake) Log(_ context.Context, opt syncer.LogOptions) ([]syncer.Entry, error) {
	f.logged = append(f.logged, opt)
	var out []syncer.Entry
	for _, e := range f.log {
		if opt.Task != "" {
			e.Changes = slices.DeleteFunc(slices.Clone(e.Changes),
				func(c syncer.Change) bool { return c.Task != opt.Task })
			if len(e.Changes) == 0 {
				continue
			}
		}
		out = append(out, e)
	}
	return out, f.err
}

func (f *fake) Redo(context.Context) (syncer.Report, error) {
	return syncer.Report{Changes: []syncer.Change{{Kind: ledger.KindTasks, Task: "t2", Number: "3", Title: "政务开放日筹备",
		Field: "status", From: "未启动", To: "已完成"}}}, f.err
}

func (f *fake) Undo(context.Context) (syncer.Report, error) {
	return syncer.Report{Changes: []syncer.Change{{Number: "3", Title: "政务开放日筹备", Field: "status", From: "已完成",
		To: "未启动"}}}, f.err
}

var units = []string{"党政办公室", "财政分局", "项目建设中心", "生态环境分局", "沿江街道办事处"}

// tables are a workbook's tables with n tasks.
func tables(n int) []*table.Table {
	keys := []string{"number", "section", "title", "requirement", "lead", "support", "owner", "phone", "deadline",
		"status", "progress", "remark"}
	heads := []string{"序号", "重点领域", "重点任务", "具体要求", "牵头单位", "配合单位", "责任人", "联系电话", "完成时限", "完成状态", "进展情况", "备注"}
	tasks := &table.Table{Kind: ledger.KindTasks, Sheet: "任务台账", Place: table.Place{Title: []string{"2022年政务公开重点任务台账"}}}
	for i, k := range keys {
		tasks.Columns = append(tasks.Columns, table.Column{Key: k, Field: k, Heading: heads[i], Col: i + 1})
	}
	tasks.Columns[9].Choices = []string{"未启动", "推进中", "已完成", "长期坚持"}
	titles := []string{"主动公开目录更新", "政策解读材料同步发布", "政务开放日筹备", "依申请公开办理规范", "年度报告编制", "重大项目信息公开", "财政预决算公开", "环境监测信息发布"}
	for i := range n {
		v := map[string]string{
			"section": []string{"一、主动公开", "二、平台建设"}[i/3%2], "title": titles[i%len(titles)],
			"requirement": "每季度更新一次，“应公开尽公开”，逐项核对后报备。", "lead": units[i%len(units)], "support": units[(i+1)%len(units)],
			"owner": []string{"王芳", "李强", "欧阳建国"}[i%3], "phone": fmt.Sprint("010-5550", 100+i%900),
			"deadline": time.Date(2022, time.Month(1+i%12), 28, 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
			"status":   []string{"已完成", "推进中", "未启动", "长期坚持"}[i%4],
			"progress": []string{"已全部完成并归档。", "正在征求意见，\n预计下月完成。", "", ""}[i%4],
		}
		r := row(fmt.Sprint("t", i), tasks, v, fmt.Sprint(i+1))
		r.Row = i + 4
		tasks.Rows = append(tasks.Rows, r)
	}
	events := &table.Table{Kind: ledger.KindActivities, Sheet: "年度活动"}
	for i, k := range []string{"kind", "unit", "date", "topic", "place", "people", "parts", "evidence", "remark"} {
		events.Columns = append(events.Columns, table.Column{Key: k, Field: k, Heading: k, Col: i + 1})
	}
	events.Rows = []table.Row{
		{ID: "e1", Row: 3, Values: []string{"培训", units[0], "2022-05-10", "条例解读", "三楼会议室", "42", "", "", ""}},
		{ID: "e2", Row: 4, Values: []string{"开放日", units[3], "2022-06-01", "监测站参观", "", "", "参观", "", ""}},
	}
	return []*table.Table{tasks, events}
}

// sample is a ledger of n tasks.
func sample(n int) *ledger.Ledger { return ledger.Build(tables(n), ledger.Options{Today: today}) }

func newFake(l *ledger.Ledger) *fake {
	return &fake{snap: &syncer.Snapshot{Seq: 1, Path: "/srv/share/台账.xlsx",
		ReadAt: time.Date(2022, 9, 20, 1, 2, 3, 0, time.UTC), Ledger: l, Revision: "0123456789abcdef"}}
}

// desk is a dashboard driven directly: commands run at once, one after the other.
type desk struct {
	t     testing.TB
	r     *root
	f     *fake
	quit  bool
	other []tea.Msg // messages that only the terminal understands
	clock time.Time
}

func newDesk(t testing.TB, l *ledger.Ledger, opt Options, w, h int) *desk {
	return newDeskOn(t, newFake(l), opt, w, h)
}

func newDeskOn(t testing.TB, f *fake, opt Options, w, h int) *desk {
	d := &desk{t: t, f: f, clock: time.Date(2022, 9, 20, 9, 0, 0, 0, time.Local)}
	d.r = newRoot(context.Background(), d.f, opt, text.Apply(opt.AmbiguousWide), func() time.Time { return d.clock })
	t.Cleanup(func() { d.r.stop(); text.Apply(false) })
	d.r.rest = 0
	d.r.jobs.tick = true // no clock in these tests
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.do(d.r.took(d.f.snap))
	return d
}

func (d *desk) send(m tea.Msg) {
	_, cmd := d.r.Update(m)
	d.do(cmd)
	d.r.View() // clicks are understood by what was drawn last
}

func (d *desk) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch m := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			d.do(c)
		}
	case tea.QuitMsg:
		d.quit = true
	case preparedMsg, orderMsg, registerOrderMsg, fillMsg, doneMsg, restMsg, historyMsg, logMsg, openedMsg, settledMsg,
		guessMsg, letterMsg, noticesMsg, sinceMsg, factsMsg, openedOutsideMsg, sentMsg, recalledMsg, viewMsg,
		countedMsg:
		d.send(m)
	default:
		d.other = append(d.other, m)
	}
}

var codes = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "enter": tea.KeyEnter,
	"esc": tea.KeyEscape,
	"tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "space": tea.KeySpace, "insert": tea.KeyInsert,
}

// press makes a key of its name.
func press(name string) tea.KeyPressMsg {
	k := tea.Key{}
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			k.Mod |= tea.ModCtrl
			name = rest
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			k.Mod |= tea.ModShift
			name = rest
		} else {
			break
		}
	}
	var n int
	switch {
	case codes[name] != 0:
		k.Code = codes[name]
		if name == "space" {
			k.Text = " "
		}
	case len(name) > 1 && name[0] == 'f' && name[1] <= '9':
		fmt.Sscanf(name, "f%d", &n)
		k.Code = tea.KeyF1 + rune(n-1)
	default:
		k.Code = []rune(name)[0]
		if k.Mod == 0 {
			k.Text = name
		}
	}
	return tea.KeyPressMsg(k)
}

// keys presses keys by name.
func (d *desk) keys(names ...string) {
	for _, n := range names {
		d.send(press(n))
	}
}

// typing types text, a character a key.
func (d *desk) typing(s string) {
	for _, c := range s {
		d.send(tea.KeyPressMsg(tea.Key{Code: c, Text: string(c)}))
	}
}

func (d *desk) Click(x, y int) {
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// screen is what stands on the screen, without styles.
func (d *desk) screen() string {
	return ansi.Strip(d.r.View().Content)
}

func (d *desk) sees(want ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range want {
		if !strings.Contains(s, w) {
			d.t.Errorf("%q is not on the screen:\n%s", w, s)
		}
	}
}

func (d *desk) seesNot(want ...string) {
	d.t.Helper()
	s := d.screen()
	for _, w := range want {
		if strings.Contains(s, w) {
			d.t.Errorf("%q is on the screen:\n%s", w, s)
		}
	}
}
