package tui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/index"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// screen is one of the six: a plain struct that draws from ui.x and moves its
// own cursor.
type screen interface {
	// refresh tells that ui.x is another one.
	refresh(p prepared)
	// key moves; what it means beyond that comes back as a result.
	key(k tea.KeyPressMsg) any
	click(x, y int, double bool) any
	wheel(x, y, n int) any
	draw(w, h int) frame
	// target is what actions on tasks apply to.
	target() target
	// looked is the task whose details are shown, nil if none are.
	looked() *ledger.Task
	// position is where the cursor is, in words; "" if there is none.
	position() string
}

// Places of the screens.
const (
	onOverview = iota
	onTasks
	onUnits
	onOverdue
	onYear
	onSync
	screens
)

// phase is how far the dashboard is.
type phase uint8

const (
	loading  phase = iota // the ledger is being read or prepared
	failed                // it could not be opened: root.failure says why
	choosing              // the person is asked which ledger to open
	ready
)

// root is the one Bubble Tea model.
type root struct {
	ui      *ui
	ctx     context.Context
	cancel  context.CancelFunc
	backend Backend
	updates chan *syncer.Snapshot

	phase    phase
	password string // typed for the workbook, "" if none was
	mapper   *mapper
	failure  error
	snap     *syncer.Snapshot // the newest; ui.x is prepared from it or the one before
	building bool
	stale    bool // snap is newer than what is being prepared

	w, h    int
	screen  int
	screens [screens]screen
	tasks   *tasksScreen
	units   *unitsScreen
	dialogs []dialog
	actions []*action
	keys    keymap
	dark    bool

	rest  time.Duration // see resting
	mute  time.Duration // how long the folder has not answered; 0: it answers
	ops   map[int]op    // what the backend is doing
	opSeq int
	tick  bool
	spin  int

	toast      string
	toastBad   bool
	toastUntil time.Time

	lastClick time.Time
	lastAt    spot
	dialogBox box
}

// op is one request to the backend that has not come back.
type op struct {
	label   string
	since   time.Time
	dialog  dialog   // stays open until it is done, nil if none
	portion *portion // how far it is, nil if that is not known
}

func newRoot(ctx context.Context, backend Backend, opt Options, m text.Measure, now func() time.Time) *root {
	ctx, cancel := context.WithCancel(ctx)
	if opt.NoColor {
		opt.Theme = "none"
	}
	u := &ui{Measure: m, lang: opt.Lang, opt: opt, now: now, lines: borders(m.Wide), th: theme.New(opt.Theme, true)}
	r := &root{
		ui: u, ctx: ctx, cancel: cancel, backend: backend, dark: true,
		updates: make(chan *syncer.Snapshot, 1), ops: map[int]op{}, rest: resting, w: 80, h: 24,
	}
	r.actions = allActions()
	r.keys = makeKeymap(r.actions, opt.Keys)
	r.tasks = newTasks(u)
	r.units = newUnits(u)
	r.screens = [screens]screen{newOverview(u), r.tasks, r.units, newOverdue(u), newYear(u), newSync(u)}
	return r
}

// stop ends what runs beside the program.
func (r *root) stop() { r.cancel() }

// Init asks for the background colour and opens the ledger.
func (r *root) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, r.startTick(), pulse()}
	switch {
	case r.backend != nil:
		cmds = append(cmds, r.attach())
	case r.ui.opt.Start != nil:
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
	if again := r.follow(); again != nil {
		cmd = tea.Batch(cmd, again)
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
		r.ui.th = theme.New(r.ui.opt.Theme, r.dark)
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
		r.felt()
		return pulse()
	case openedMsg:
		return r.opened(m)
	case snapshotMsg:
		return tea.Batch(r.took(m.snap), r.next())
	case watchEndedMsg:
		if m.err != nil && r.ctx.Err() == nil {
			r.fail(m.err)
		}
	case preparedMsg:
		return r.prepared(m)
	case orderMsg:
		r.tasks.setOrder(m.x, m.order)
	case doneMsg:
		return r.done(m)
	case settledMsg:
		return r.decided(m)
	case guessMsg:
		r.guessed(m)
	case clipMsg:
		return r.tookClip(m)
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
func (r *root) took(s *syncer.Snapshot) tea.Cmd {
	if s == nil || r.snap != nil && s.Seq <= r.snap.Seq && s != r.snap {
		return nil
	}
	r.snap = s
	if r.building {
		r.stale = true
		return nil
	}
	return r.prepare()
}

// prepared swaps in what was prepared in the background.
func (r *root) prepared(m preparedMsg) tea.Cmd {
	r.building = false
	r.ui.x = m.x
	r.ui.complaints = r.complaints()
	if r.phase != ready {
		r.phase = ready
		if c := r.ui.complaints; len(c) > 0 {
			r.say(c[0], true)
		}
	}
	for _, s := range r.screens {
		s.refresh(m.prepared)
	}
	var again tea.Cmd
	if r.stale {
		r.stale = false
		again = r.prepare()
	}
	return tea.Batch(again, r.reorder())
}

// reorder has the task table put in the order that is wished for now.
func (r *root) reorder() tea.Cmd {
	x, want := r.ui.x, r.tasks.sorting
	if x == nil || r.tasks.order != nil && r.tasks.order.Sorting == want && r.tasks.x == x {
		return nil
	}
	return func() tea.Msg { return orderMsg{x, x.Order(want)} }
}

// say shows a sentence for as long as it takes to read; bad marks a failure.
func (r *root) say(s string, bad bool) {
	s = r.ui.Clean(s)
	r.toast, r.toastBad = s, bad
	r.toastUntil = r.ui.now().Add(max(6*time.Second, time.Duration(r.ui.Width(s)/10)*time.Second))
}

func (r *root) fail(err error) {
	sentence, hint := r.ui.why(err)
	if hint != "" {
		sentence = r.ui.say("tui.two_sentences", "First", strings.TrimRight(sentence, "。."), "Second", hint)
	}
	r.say(sentence, true)
}

func (r *root) current() screen { return r.screens[r.screen] }

func (r *root) top() dialog {
	if len(r.dialogs) == 0 {
		return nil
	}
	return r.dialogs[len(r.dialogs)-1]
}

// push opens a dialog. What was said before gives way to its keys.
func (r *root) push(d dialog) {
	r.toast = ""
	r.dialogs = append(r.dialogs, d)
}

// close takes a dialog, and those over it, off the stack.
func (r *root) close(d dialog) {
	for i := range r.dialogs {
		if r.dialogs[i] == d {
			r.dialogs = r.dialogs[:i]
			return
		}
	}
}

// prepared is all that is made of a snapshot in the background.
type prepared struct {
	x       *index.Index
	order   *index.Order
	matcher *index.Matcher
}
