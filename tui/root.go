package tui

import (
	"cmp"
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/kit"
	"taizhang/tui/screen"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// phase is how far the dashboard is.
type phase uint8

const (
	loading  phase = iota // the ledger is being read or prepared
	failed                // it could not be opened: root.failure says why
	choosing              // the person is asked which ledger to open
	ready
)

// root is the one Bubble Tea model: it routes what comes in and lays out what is shown.
type root struct {
	stage
	phase   phase
	mapper  *dialog.Mapper
	failure error

	w, h    int
	actions []*action
	keys    keymap
	dark    bool

	rest  time.Duration // see resting
	mouse mouse
}

// console is what a person asks for, of the ledger and of the machine, and what comes of
// it: dialogs, what runs meanwhile, notices. It knows no screen.
type console struct {
	ui     *kit.Kit
	opt    Options
	ctx    context.Context
	cancel context.CancelFunc
	feed   feed

	password string // typed for the workbook, "" if none was
	dialogs  stack
	letters  letters
	made     string // the file or folder that was made last, "" if none was
	jobs     jobs
	said     notice
}

// stage is the screens, which of them is shown, and what is done to what stands there.
type stage struct {
	console
	screen    int
	rooms     []room
	from      *place // where a figure led away from, nil if none did
	tasks     *screen.Tasks
	units     *screen.Units
	registers *screen.Registers
}

func newRoot(ctx context.Context, backend Backend, opt Options, m text.Measure, now func() time.Time) *root {
	ctx, cancel := context.WithCancel(ctx)
	if opt.NoColor {
		opt.Theme = "none"
	}
	u := &kit.Kit{Measure: m, Lang: opt.Lang, ReadOnly: opt.ReadOnly, Wished: opt.Columns,
		Soon: cmp.Or(max(opt.DueSoonDays, 0), 30), Now: now, Lines: kit.Borders(m.Wide),
		Theme: theme.New(opt.Theme, true)}
	r := &root{dark: true, rest: resting, w: 80, h: 24}
	r.ui, r.opt, r.ctx, r.cancel = u, opt, ctx, cancel
	r.feed = feed{backend: backend, updates: make(chan *syncer.Snapshot, 1)}
	r.jobs.open = map[int]op{}
	r.actions = allActions()
	r.keys = makeKeymap(r.actions, opt.Keys)
	r.tasks = screen.NewTasks(u)
	r.units = screen.NewUnits(u)
	r.registers = screen.NewRegisters(u)
	r.rooms = newRooms(u, r.tasks, r.units, r.registers)
	return r
}

// stop ends what runs beside the program.
func (r *console) stop() { r.cancel() }

// Init asks for the background colour and opens the ledger.
func (r *root) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, r.startTick(), pulse()}
	switch {
	case r.feed.backend != nil:
		cmds = append(cmds, r.attach())
	case r.opt.Failed != nil:
		r.phase, r.failure = failed, r.opt.Failed
	case r.opt.Start != nil:
		r.phase = choosing
		r.openStart()
	default:
		cmds = append(cmds, r.open(""))
	}
	return tea.Batch(cmds...)
}

// Update routes a message, and has the history of the task that is looked at
// fetched.
func (r *root) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	cmd := r.update(message)
	for _, again := range []tea.Cmd{r.follow(), r.followQuiet()} {
		if again != nil {
			cmd = tea.Batch(cmd, again)
		}
	}
	return r, cmd
}

// update routes a message. Keys and clicks go to input.go.
func (r *root) update(message tea.Msg) tea.Cmd {
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = m.Width, m.Height
	case tea.BackgroundColorMsg:
		r.dark = m.IsDark()
		r.ui.Theme = theme.New(r.opt.Theme, r.dark)
	case tea.KeyPressMsg:
		return r.pressed(m)
	case tea.PasteMsg:
		r.pasted(m.Content)
	case tea.MouseClickMsg:
		return r.clicked(m)
	case tea.MouseWheelMsg:
		return r.wheeled(m)
	case tickMsg:
		return r.ticked()
	case pulseMsg:
		r.feed.checkStall()
		return pulse()
	case openedMsg:
		return r.opened(m)
	case snapshotMsg:
		return tea.Batch(r.took(m.snap), r.Next())
	case watchEndedMsg:
		if m.err != nil && r.ctx.Err() == nil {
			r.fail(m.err)
		}
	case preparedMsg:
		return r.prepared(m)
	case orderMsg:
		r.tasks.SetOrder(m.x, m.order)
	case registerOrderMsg:
		r.registers.SetOrder(m.reg, m.order)
	case fillMsg:
		return r.tookFill(m)
	case doneMsg:
		return r.done(m)
	case settledMsg:
		return r.decided(m)
	case guessMsg:
		r.guessed(m)
	case letterMsg:
		r.tookLetter(m)
	case sinceMsg:
		return r.tookSince(m)
	case factsMsg:
		return r.tookFacts(m)
	case openedOutsideMsg:
		r.tookOutside(m)
	case noticesMsg:
		r.tookNotices(m)
	case sentMsg:
		return r.sent(m)
	case editedMsg:
		r.edited(m)
	case countedMsg:
		return r.tookCount(m)
	case viewMsg:
		return r.viewDone(m)
	case recalledMsg:
		return r.recalled(m)
	case restMsg:
		return r.rested(m)
	case historyMsg:
		r.tookHistory(m)
	case logMsg:
		return r.tookLog(m)
	}
	return nil
}

// took takes a newer snapshot and has it prepared.
func (r *stage) took(s *syncer.Snapshot) tea.Cmd {
	if s == nil || r.feed.snap != nil && s.Seq <= r.feed.snap.Seq && s != r.feed.snap {
		return nil
	}
	before := r.feed.snap
	r.feed.snap = s
	ring := r.alarm(r.hear(s), before, s)
	if r.feed.building {
		r.feed.stale = true
		return ring
	}
	return tea.Batch(ring, r.prepare())
}

// prepared swaps in what was prepared in the background.
func (r *root) prepared(m preparedMsg) tea.Cmd {
	r.feed.building = false
	r.ui.Index, r.ui.Widths = m.Index, m.Widths
	r.ui.Complaints = r.complaints()
	var recall tea.Cmd
	if r.phase != ready {
		r.phase = ready
		recall = r.recall()
		if c := r.ui.Complaints; len(c) > 0 {
			r.say(c[0], true)
		}
	}
	for _, room := range r.rooms {
		room.screen.Refresh(m.Prepared)
	}
	var again tea.Cmd
	if r.feed.stale {
		r.feed.stale = false
		again = r.prepare()
	}
	return tea.Batch(recall, again, r.reorder(), r.compare(false))
}

// reorder has every table put in the order that is wished for it now.
func (r *stage) reorder() tea.Cmd {
	cmds := r.registers.Reorder(func(reg *index.Register, s index.Sorting) tea.Cmd {
		return func() tea.Msg { return registerOrderMsg{reg, reg.Order(s)} }
	})
	x, want := r.ui.Index, r.tasks.Sorting
	if x != nil && (r.tasks.Order == nil || r.tasks.Order.Sorting != want || r.tasks.Index != x) {
		cmds = append(cmds, func() tea.Msg { return orderMsg{x, x.Order(want)} })
	}
	return tea.Batch(cmds...)
}

func (r *console) fail(err error) {
	sentence, hint := r.ui.Why(err)
	if hint != "" {
		sentence = r.ui.Say("tui.two_sentences", "First", strings.TrimRight(sentence, "。."), "Second", hint)
	}
	r.say(sentence, true)
}

func (r *stage) current() screen.Screen { return r.rooms[r.screen].screen }
