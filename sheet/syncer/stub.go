package syncer

import (
	"context"
	"errors"

	"taizhang/sheet/ledger"
)

var errStub = errors.New("being built")

// Session is an open ledger. Methods may be called concurrently; each blocks
// until its work is done and the snapshot with its result is current.
type Session struct{}

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

// Force is Sync by a person who has seen that more than a quarter of the rows
// are gone (ErrMass) and agrees.
func (s *Session) Force(ctx context.Context) (Report, error) { return Report{}, errStub }

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

// Merge merges returned copies, each in its own CopyReport of Report.Copies; a
// copy that is refused does not stop the others.
func (s *Session) Merge(ctx context.Context, files []string, opt MergeOptions) (Report, error) {
	return Report{}, errStub
}

// Resolve settles a conflict, named by its id or the beginning of it: Mine,
// Theirs or "=VALUE". Errors: ErrNoConflict, ErrChoice.
func (s *Session) Resolve(ctx context.Context, id, choice string) (Report, error) {
	return Report{}, errStub
}

// Log is the history of the head, newest first.
func (s *Session) Log(ctx context.Context, opt LogOptions) ([]Entry, error) { return nil, errStub }

// Undo reverses the last change of mine that is not undone yet, as a new
// revision. What somebody changed since stays and becomes a conflict.
// ErrNothing if there is none.
func (s *Session) Undo(ctx context.Context) (Report, error) { return Report{}, errStub }

// Restore returns to a revision, named by its id or the beginning of it, as a
// new revision.
func (s *Session) Restore(ctx context.Context, revision string) (Report, error) {
	return Report{}, errStub
}

// Backups are the workbooks kept from before each write, newest first.
func (s *Session) Backups() ([]Backup, error) { return nil, errStub }

// SetOptions re-reads with other options (another year, other words) without
// touching the workbook.
func (s *Session) SetOptions(opt ledger.Options) {}
