package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/index"
	"taizhang/tui/text"
)

var today = time.Date(2022, 9, 20, 0, 0, 0, 0, time.UTC)

// fake is a backend that holds a ledger in memory.
type fake struct {
	snap    *syncer.Snapshot
	edits   []syncer.Edit
	err     error // what the next change fails with
	waiting bool
}

func (f *fake) Snapshot() *syncer.Snapshot { return f.snap }

func (f *fake) Watch(ctx context.Context, _ func(*syncer.Snapshot)) error {
	<-ctx.Done()
	return nil
}

func (f *fake) Sync(context.Context) (syncer.Report, error) { return syncer.Report{}, f.err }

func (f *fake) Change(_ context.Context, edits []syncer.Edit) (syncer.Report, error) {
	if f.err != nil {
		return syncer.Report{}, f.err
	}
	f.edits = append(f.edits, edits...)
	l := *f.snap.Ledger
	l.Tasks = slices.Clone(l.Tasks)
	for _, e := range edits {
		for i, t := range l.Tasks {
			if t.ID == e.Task {
				c := *t
				set(&c, e.Field, e.Value)
				l.Tasks[i] = &c
			}
		}
	}
	f.publish(&l)
	return syncer.Report{Waiting: f.waiting}, nil
}

func set(t *ledger.Task, field, value string) {
	switch field {
	case ledger.FieldStatus:
		t.Status.Text = value
	case ledger.FieldProgress:
		t.Progress = value
	case ledger.FieldOwner:
		t.Owner = value
	case ledger.FieldTitle:
		t.Title = value
	case ledger.FieldLead:
		t.Lead = value
	}
}

func (f *fake) publish(l *ledger.Ledger) {
	s := *f.snap
	s.Seq++
	s.Ledger = l
	f.snap = &s
}

func (f *fake) Add(_ context.Context, v map[string]string) (string, syncer.Report, error) {
	if f.err != nil {
		return "", syncer.Report{}, f.err
	}
	l := *f.snap.Ledger
	t := &ledger.Task{ID: fmt.Sprint("new", len(l.Tasks)), Number: fmt.Sprint(len(l.Tasks) + 1), Title: v["title"], Lead: v["lead"], Status: ledger.Status{Kind: ledger.NotStarted}}
	l.Tasks = append(slices.Clone(l.Tasks), t)
	f.publish(&l)
	return t.ID, syncer.Report{}, nil
}

func (f *fake) Record(_ context.Context, kind string, v map[string]string) (string, syncer.Report, error) {
	l := *f.snap.Ledger
	l.Events = append(slices.Clone(l.Events), &ledger.Event{ID: "e", Kind: kind, KindText: kind, Unit: v["unit"], DateText: v["date"], Topic: v["topic"], Counts: true})
	f.publish(&l)
	return "e", syncer.Report{}, f.err
}

var units = []string{"党政办公室", "财政分局", "项目建设中心", "生态环境分局", "沿江街道办事处"}

// sample is a ledger of n tasks, filled by hand: what the reader of workbooks
// makes is its own package's business.
func sample(n int) *ledger.Ledger {
	keys := []string{"number", "section", "title", "requirement", "lead", "support", "owner", "phone", "deadline", "status", "progress", "remark"}
	heads := []string{"序号", "重点领域", "重点任务", "具体要求", "牵头单位", "配合单位", "责任人", "联系电话", "完成时限", "完成状态", "进展情况", "备注"}
	tab := &table.Table{Kind: ledger.KindTasks, Sheet: "任务台账"}
	for i, k := range keys {
		tab.Columns = append(tab.Columns, table.Column{Key: k, Field: k, Heading: heads[i]})
	}
	titles := []string{"主动公开目录更新", "政策解读材料同步发布", "政务开放日筹备", "依申请公开办理规范", "年度报告编制", "重大项目信息公开", "财政预决算公开", "环境监测信息发布"}
	l := &ledger.Ledger{Title: "政务公开重点任务台账", Year: 2022, Today: today, Directory: &ledger.Directory{}, Tables: []*table.Table{tab}}
	counts := map[string]*ledger.Counts{}
	for i := range n {
		t := &ledger.Task{
			ID: fmt.Sprint("t", i), Number: fmt.Sprint(i + 1), Title: titles[i%len(titles)], Section: []string{"一、主动公开", "二、平台建设"}[i/3%2],
			Requirement: "每季度更新一次，“应公开尽公开”，逐项核对后报备。", Lead: units[i%len(units)], Support: []string{units[(i+1)%len(units)]},
			Owner: []string{"王芳", "李强", "欧阳建国"}[i%3], Phone: "010-5550" + fmt.Sprint(100+i%900), Table: tab,
			Source: ledger.Source{Sheet: "任务台账", Row: i + 4},
		}
		due := time.Date(2022, time.Month(1+i%12), 28, 0, 0, 0, 0, time.UTC)
		t.Deadline = ledger.Deadline{Text: due.Format("2006-01-02"), Kind: ledger.DatedDeadline, Due: due}
		switch i % 4 {
		case 0:
			t.Status, t.Progress = ledger.Status{Text: "已完成", Kind: ledger.Done}, "已全部完成并归档。"
		case 1:
			t.Status, t.Progress = ledger.Status{Text: "推进中", Kind: ledger.InProgress}, "正在征求意见，\n预计下月完成。"
		case 2:
			t.Status = ledger.Status{Text: "未启动", Kind: ledger.NotStarted}
		case 3:
			t.Status = ledger.Status{Text: "长期坚持", Kind: ledger.Ongoing}
		}
		if t.Status.Kind == ledger.InProgress || t.Status.Kind == ledger.NotStarted {
			days := int(today.Sub(due).Hours() / 24)
			if days > 0 {
				t.Overdue, t.DaysOverdue = true, days
			} else if days > -30 {
				t.DueSoon = true
			}
		}
		l.Tasks = append(l.Tasks, t)
		c := counts[t.Lead]
		if c == nil {
			c = &ledger.Counts{}
			counts[t.Lead] = c
		}
		for _, c := range []*ledger.Counts{c, &l.Totals} {
			c.Tasks++
			switch t.Status.Kind {
			case ledger.Done:
				c.Done++
			case ledger.InProgress:
				c.InProgress++
			case ledger.NotStarted:
				c.NotStarted++
			case ledger.Ongoing:
				c.Ongoing++
			}
			if t.Overdue {
				c.Overdue++
			}
			if t.DueSoon {
				c.DueSoon++
			}
		}
	}
	for _, u := range units {
		if c := counts[u]; c != nil {
			l.ByUnit = append(l.ByUnit, ledger.UnitCounts{Unit: u, Counts: *c})
		}
	}
	l.Rules = []ledger.RequirementRule{{Kind: "open_day", Name: "政务开放日", Min: 1}, {Kind: "training", Name: "政务公开培训", Min: 1, ByUnit: true}}
	end := time.Date(2022, 12, 31, 0, 0, 0, 0, time.UTC)
	l.Requirements = []ledger.Requirement{{Kind: "open_day", Name: "政务开放日", Required: 1, State: ledger.AtRisk, Due: end}}
	for i, u := range units {
		st, held := ledger.Open, 0
		if i%2 == 0 {
			st, held = ledger.Met, 1
		}
		l.Requirements = append(l.Requirements, ledger.Requirement{Kind: "training", Name: "政务公开培训", Unit: u, Required: 1, Held: held, State: st, Due: end})
	}
	l.Events = []*ledger.Event{
		{ID: "e1", Kind: "training", KindText: "培训", Unit: units[0], Date: time.Date(2022, 5, 10, 0, 0, 0, 0, time.UTC), Topic: "条例解读", Place: "三楼会议室", People: "42", Counts: true},
		{ID: "e2", Kind: "open_day", KindText: "开放日", Unit: units[3], Date: time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC), Topic: "监测站参观", Parts: "参观"},
	}
	return l
}

func newFake(l *ledger.Ledger) *fake {
	return &fake{snap: &syncer.Snapshot{Seq: 1, Path: "/srv/share/台账.xlsx", ReadAt: time.Date(2022, 9, 20, 1, 2, 3, 0, time.UTC), Ledger: l, Revision: "0123456789abcdef"}}
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
	d := &desk{t: t, f: newFake(l), clock: time.Date(2022, 9, 20, 9, 0, 0, 0, time.Local)}
	d.r = newRoot(context.Background(), d.f, opt, text.Apply(opt.AmbiguousWide), func() time.Time { return d.clock })
	t.Cleanup(func() { d.r.stop(); text.Apply(false) })
	d.r.tick = true // no clock in these tests
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	d.do(d.r.took(d.f.snap))
	return d
}

func (d *desk) send(m tea.Msg) {
	_, cmd := d.r.Update(m)
	d.do(cmd)
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
	case preparedMsg, orderMsg, doneMsg:
		d.send(m)
	default:
		d.other = append(d.other, m)
	}
}

var codes = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
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

func (d *desk) click(x, y int) {
	d.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// screen is what stands on the screen, without styles.
func (d *desk) screen() string {
	return text.Strip(d.r.View().Content)
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

var _ = index.Quiet
