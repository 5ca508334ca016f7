package store

import (
	"errors"
	"time"

	"taizhang/sheet/merge"
)

// The declarations of this file are the agreed interface between store and
// syncer. The store keeps revisions; it knows nothing of workbooks.

// Revision is an immutable record of the ledger's content.
type Revision struct {
	ID      string // content address; "" before it is put
	Parents []string
	Time    time.Time
	Author  string
	Source  string // "terminal", "workbook", or a returned copy's file name
	Note    string // "undo of …", "restore of …"
	// Resolves and Conflicts travel with the revision, so that every
	// coordinator sees the same open conflicts.
	Opened   []Conflict // conflicts that this revision opened
	Resolved []string   // ids of conflicts that it settled
	Copies   []Copy     // returned copies that it merged
}

// Conflict is one value two people changed differently.
type Conflict struct {
	ID                 string // stable: the same conflict has the same id wherever it is found
	Kind, Row, Key     string // table kind, row id, column key ("" = the row: one edited, the other deleted it)
	Base, Mine, Theirs string
	MineBy, TheirsBy   string
	MineAt, TheirsAt   time.Time
	Since              time.Time
}

// Copy is a returned copy that was merged: never merged twice.
type Copy struct {
	File string
	Sum  string // SHA-256 of the file
	Unit string
	Base string // revision it was merged against
	By   string // "stamp", "nearest", "none"
}

// Store is a folder of revisions. Any number of processes and machines may use
// one folder at once, without locks: files are only ever added, under names
// that are the hash of what they hold.
type Store struct{}

// Open opens the store in dir and makes it if there is none.
func Open(dir string) (*Store, error) { return nil, errors.New("being built") }

// Ledger is the ledger's identity, made when the store was.
func (s *Store) Ledger() string { return "" }

// Put adds a revision with its content and returns its id. Putting the same
// again changes nothing.
func (s *Store) Put(r Revision, content merge.State) (id string, err error) {
	return "", errors.New("being built")
}

// Get reads a revision; ErrMissing, ErrCorrupt.
func (s *Store) Get(id string) (Revision, error) { return Revision{}, errors.New("being built") }

// Content reads a revision's content; ErrMissing, ErrCorrupt.
func (s *Store) Content(id string) (merge.State, error) {
	return merge.State{}, errors.New("being built")
}

// Heads are the revisions that are no one's parent, oldest first. More than
// one means that two machines wrote at once; the syncer merges them.
func (s *Store) Heads() ([]string, error) { return nil, errors.New("being built") }

var (
	ErrMissing = errors.New("revision is missing")
	ErrCorrupt = errors.New("revision is damaged")
)
