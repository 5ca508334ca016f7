package tui

import (
	"context"
	"errors"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/notices"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
	"taizhang/tui/text"
)

// Backend is what the dashboard asks of an open ledger: the methods of
// *syncer.Session that it uses. They may block; each is called from a command.
type Backend interface {
	Snapshot() *syncer.Snapshot
	Busy() time.Duration // how long the folder has been waited for; never blocks
	Watch(ctx context.Context, notify func(*syncer.Snapshot)) error
	Sync(ctx context.Context) (syncer.Report, error)
	Force(ctx context.Context) (syncer.Report, error)
	Refuse(ctx context.Context) (rows int, r syncer.Report, err error)
	Change(ctx context.Context, edits []syncer.Edit) (syncer.Report, error)
	Add(ctx context.Context, values map[string]string) (task string, r syncer.Report, err error)
	Record(ctx context.Context, kind string, values map[string]string) (event string, r syncer.Report, err error)
	Delete(ctx context.Context, rows []syncer.Removal) (syncer.Report, error)
	Resolve(ctx context.Context, decisions ...syncer.Decision) (syncer.Report, error)
	Undo(ctx context.Context) (syncer.Report, error)
	Redo(ctx context.Context) (syncer.Report, error)
	UndoRevision(ctx context.Context, revision string) (syncer.Report, error)
	Restore(ctx context.Context, revision string) (syncer.Report, error)
	Answer(ctx context.Context, ask, task string) (syncer.Report, error)
	AsOf(ctx context.Context, at time.Time) (l *ledger.Ledger, since time.Time, err error)
	Log(ctx context.Context, opt syncer.LogOptions) ([]syncer.Entry, error)
	CopiesBack(ctx context.Context, from, to time.Time) ([]syncer.Returned, error)
	Sendings() []syncer.Returned
}

// Options say how the dashboard looks and behaves. The zero value is Chinese,
// with the theme that suits the terminal.
type Options struct {
	Lang          msg.Lang
	Theme         string   // one of theme.Names; "" is auto
	NoColor       bool     // the theme without colour
	ReadOnly      bool     // no action that changes the ledger is available
	AmbiguousWide bool     // ambiguous characters take two cells in this terminal
	Columns       []string // columns of the task table by key, in order; empty: a useful choice
	// keys by action, such as "edit": {"f4", "e"}; an empty list leaves it to the palette
	Keys        map[string][]string
	Author      string // who the person is to the history: their own changes are no news to them
	Bell        bool   // ring for a save of somebody else, a conflict, a deadline that passed
	DueSoonDays int    // what "due soon" means, to say it; 0: 30
	File        string // what the ledger is called until it is read

	// Load opens the ledger when Run was given no backend; it is called from a
	// command, so that the first frame does not wait for it, and again with
	// what the person typed when it failed with ooxml.ErrEncrypted or
	// ErrPassword. What it opened is closed by its owner, after Run.
	Load func(ctx context.Context, password string) (Backend, error)

	// InForce sets those of the options that the settings say, as they are once Load has
	// opened a ledger: they may lie beside one that was chosen only then. nil: they stay.
	InForce func(*Options)

	// Failed is what went wrong before the dashboard was shown; it stands there until the
	// person has Load try again. nil: nothing did.
	Failed error

	// What this person's dashboard keeps between two runs, by ledger; called from
	// commands, nil: nothing is kept.
	Recall   func(ctx context.Context, ledger string) (Remembered, error)
	Remember func(ctx context.Context, ledger string, r Remembered) error

	Views Views           // of the task table
	Rules supervise.Rules // how the office supervises

	// Clipboard copies to the desktop's clipboard; an error if there is none, or if it
	// cannot be known to have worked. Save writes a text to a new file beside the ledger
	// and returns its path. Both are called from commands; nil: not offered.
	Clipboard func(ctx context.Context, text string) error
	Save      func(ctx context.Context, name, text string) (file string, err error)

	// Notice is how notices to units are set; their language is Lang. SaveLetters writes
	// notices as Word documents beside the ledger, several into a folder of their own, and
	// returns the path; called from commands, nil: not offered.
	Notice      notices.Options
	SaveLetters func(ctx context.Context, letters []Letter) (path string, err error)

	// Editor is the person's own editor for a text, and what reads the text back when
	// it ended; nil: not offered.
	Editor func(text string) (cmd *exec.Cmd, read func() (string, error), err error)

	// Open has the desktop open a file or folder; called from commands, nil: not offered.
	Open func(ctx context.Context, path string) error

	// What can be made beside the ledger; called from commands, nil: not offered.
	Export func(ctx context.Context, progress func(done, total int)) (file string, err error)
	Remind func(ctx context.Context) (folder string, units int, err error)

	// Evidence keeps the file that an entry of the supervision record names beside the
	// ledger, and returns the entry with its name there and its sum; an entry that names
	// no file comes back as it is. nil: no file is kept.
	Evidence func(values map[string]string) (map[string]string, error)
	Split    func(ctx context.Context, progress func(done, total int)) (Copies, error)
	// Papers of the end of a period. Annual also says how many of its sums do not hold.
	Bulletin func(ctx context.Context) (file string, err error)
	Annual   func(ctx context.Context) (file string, breaches int, err error)
	// Rollover also names the text file beside it that tells what was not carried over.
	Rollover func(ctx context.Context) (file, list string, err error)

	Start   *Start   // nil: it is settled which ledger Load opens
	Mapping *Mapping // nil: a workbook without a task table is only complained about
}

// Letter is the text of a notice to a unit, as the person left it.
type Letter struct{ Unit, Text string }

// Copies is what was made to be sent to the units.
type Copies struct {
	Folder  string
	Units   []string // that have a copy there
	Refused []error  // why there is none for the other units
	Waiting int      // values that are not in the workbook yet, and so not in the copies
}

// Run shows the dashboard until the person quits or ctx ends. backend may be
// nil if opt.Load is set.
func Run(ctx context.Context, backend Backend, opt Options) error {
	measure := text.Apply(opt.AmbiguousWide)
	m := newRoot(ctx, backend, opt, measure, time.Now)
	defer m.stop()
	program := []tea.ProgramOption{tea.WithContext(ctx)}
	if opt.NoColor {
		program = append(program, tea.WithColorProfile(colorprofile.ASCII))
	}
	_, err := tea.NewProgram(m, program...).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}
