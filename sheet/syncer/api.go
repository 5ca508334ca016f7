package syncer

import (
	"context"
	"errors"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// The declarations of this file are the agreed interface between the syncer,
// the dashboard and the commands.

// Options say how a ledger is opened.
type Options struct {
	Ledger   ledger.Options
	Author   string // who is recorded as the author of changes made here
	Password string
	ReadOnly bool          // every change is refused with ErrReadOnly
	State    string        // folder of the store; "": .taizhang beside the workbook, or the user's state folder
	Inbox    string        // folder of returned copies; "": none
	Poll     time.Duration // how often the workbook is looked at when no event comes; 0: 2 s
	Backups  int           // whole-workbook backups kept; 0: 20
}

// Session is an open ledger. Methods may be called concurrently; each blocks
// until its work is done and the snapshot with its result is current.
type Session struct{ impl *impl }

type impl struct{}

// Open reads the workbook at path, syncs once, and starts nothing.
func Open(ctx context.Context, path string, opt Options) (*Session, error) { return nil, errStub }

// Close releases the session. Writes that wait stay recorded in the store and
// go out with the next pass of whoever opens the ledger.
func (s *Session) Close() error { return errStub }

// Snapshot is the current state; never nil. It is immutable.
func (s *Session) Snapshot() *Snapshot { return nil }

// Watch keeps the session in step with the folder until ctx ends, and calls
// notify (from one goroutine) after each new snapshot.
func (s *Session) Watch(ctx context.Context, notify func(*Snapshot)) error { return errStub }

// Sync makes one pass: pull the workbook and the inbox, push what waits.
func (s *Session) Sync(ctx context.Context) (Report, error) { return Report{}, errStub }

// Change edits tasks: all or nothing.
func (s *Session) Change(ctx context.Context, edits []Edit) (Report, error) { return Report{}, errStub }

// Add adds a task; values are by field, as typed.
func (s *Session) Add(ctx context.Context, values map[string]string) (task string, r Report, err error) {
	return "", Report{}, errStub
}

// Record adds an event, and the activities sheet if there is none.
func (s *Session) Record(ctx context.Context, kind string, values map[string]string) (event string, r Report, err error) {
	return "", Report{}, errStub
}

// SetOptions re-reads with other options (another year, other words) without
// touching the workbook.
func (s *Session) SetOptions(opt ledger.Options) {}

// Edit is one value typed by a person for a field of a task.
type Edit struct {
	Task  string // id
	Field string // field name, column key or heading
	Value string // as typed
}

// Snapshot is the ledger at one moment.
type Snapshot struct {
	Seq      uint64 // grows with every new snapshot
	Path     string
	ReadAt   time.Time
	Ledger   *ledger.Ledger // of the head: the workbook with whatever still waits to be written
	Found    *table.Found   // how the workbook was read
	Revision string         // id of the head revision
	Owner    *ooxml.Owner   // who has the workbook open, nil if nobody
	Waiting  []Waiting      // values of head that the workbook does not hold yet
	Trouble  error          // why the last pass failed, nil if it did not; the ledger is then that of the pass before
}

// Waiting is one value that still has to be written into the workbook.
type Waiting struct {
	Task, Number, Title string
	Field               string
	Value               string
	Since               time.Time
}

// Report is what a pass, an edit or a merge did.
type Report struct {
	Revision  string
	Changes   []Change // what changed in head
	Conflicts int      // open ones, in all
	Waiting   bool     // something waits to be written
}

// Change is one value of head that changed.
type Change struct {
	Task, Number, Title string
	Field               string
	From, To            string
}

var (
	ErrReadOnly = errors.New("opened read-only")
	errStub     = errors.New("being built")
)
