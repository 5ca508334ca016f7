package store

import (
	"cmp"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
)

// Store is a folder of revisions. Any number of processes and machines may use
// one folder at once, without locks: files are only ever added, under names
// that are the hash of what they hold. Methods may be called concurrently.
type Store struct {
	dir      string
	fs       fsys
	fileMode fs.FileMode
	dirMode  fs.FileMode
	readOnly bool
	later    bool     // not made yet, see Begin
	ids      []string // ledger's identity and its aliases, ascending

	mu       sync.Mutex
	records  map[string]*Revision // every record ever read, also of files that are gone since
	unlisted int                  // records that the index on disk does not hold
	contents []cached             // most recently used last
	rounds   map[string]Round     // those that were read, by the name of their file
	memory   map[string]*memo     // what Put was given while the store may not write
}

// memo is a revision that is only in memory.
type memo struct {
	Revision
	state   merge.State
	changes []Change
}

type cached struct {
	id       string
	state    merge.State
	unproven string // the sum that it still has to be held against; "" once it was
}

// Options say how a store is opened.
type Options struct {
	Mode fs.FileMode // of the workbook: files of the store are no wider; 0: 0644
	// identity of a new store; "": a new one. An existing store learns it as an alias:
	// only for what is surely the same ledger.
	Ledger   string
	Existing bool   // ErrNoStore if there is none
	ReadOnly bool   // write nothing at all: what is put stays in memory; implies Existing
	Later    bool   // a store that does not exist is not made before Begin: until then what is put stays in memory
	Password string // of an encrypted workbook: its history is sealed with it; "": plain files
}

const (
	revisionsDir = "revisions"
	backupsDir   = "backups"
	cacheDir     = "cache"
	indexFile    = "index"
	ledgerPrefix = "ledger-"
	formatNumber = 1
)

// ledgerFile is what a ledger-ID file holds.
type ledgerFile struct {
	Format int       `json:"format"`
	Ledger string    `json:"ledger"`
	Made   time.Time `json:"made"`
}

// InMemory is a store without a folder: what is put lasts as long as the Store.
func InMemory() *Store {
	return &Store{fs: nowhere{}, readOnly: true, records: map[string]*Revision{}}
}

// Open opens the store in dir and makes it if there is none.
func Open(dir string, opt Options) (*Store, error) { return open(dir, opt, disk{}) }

func open(dir string, opt Options, sys fsys) (*Store, error) {
	mode := opt.Mode.Perm() &^ 0o111
	if mode == 0 {
		mode = 0o644
	}
	s := &Store{dir: dir, fs: &sealed{fsys: sys, password: opt.Password}, fileMode: mode | 0o600,
		dirMode:  mode | (mode&0o444)>>2 | 0o700,
		readOnly: opt.ReadOnly, records: map[string]*Revision{}}
	if err := s.readIdentity(); err != nil {
		return nil, err
	}
	switch {
	case len(s.ids) == 0 && (opt.Existing || opt.ReadOnly):
		return nil, &msg.Error{Class: ErrNoStore, Text: msg.New("store.none", "Dir", dir)}
	case opt.ReadOnly:
		return s, nil
	case len(s.ids) == 0 && opt.Later:
		s.later, s.readOnly, s.ids = true, true, []string{cmp.Or(opt.Ledger, NewID())}
		return s, nil
	case len(s.ids) == 0 || opt.Ledger != "" && !s.Knows(opt.Ledger):
		if err := s.addIdentity(opt.Ledger); err != nil {
			return nil, s.cannotMake(err)
		}
	}
	s.sweep()
	return s, nil
}

// Begin makes the store of Options.Later, with all that was put so far; if
// somebody made it in the meantime, ours is added to it. On a store that exists it
// does nothing.
func (s *Store) Begin() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.later {
		return nil
	}
	want := s.ids
	err := s.readIdentity()
	if err == nil && len(s.ids) == 0 {
		err = s.addIdentity(want[0])
	}
	if err != nil {
		s.ids = want
		return s.cannotMake(err)
	}
	kept := s.memory
	s.later, s.readOnly, s.memory, s.contents = false, false, nil, nil
	byTime := slices.SortedFunc(maps.Values(kept), func(a, b *memo) int { return a.Time.Compare(b.Time) })
	for _, m := range byTime {
		if _, err := s.put(m.Revision, m.state); err != nil {
			s.later, s.readOnly, s.memory = true, true, kept
			return err
		}
	}
	return nil
}

// cannotWrite is why a file of the store cannot be written.
func (s *Store) cannotWrite(name string, err error) error {
	if safefile.IsFull(err) {
		return &msg.Error{Text: msg.New("store.full", "Dir", s.dir), Hint: msg.New("store.full.hint"), Err: err}
	}
	return &msg.Error{Text: msg.New("store.cannot_write", "File", name), Hint: msg.New("store.cannot_write.hint"),
		Err: err}
}

func (s *Store) cannotMake(err error) error {
	if safefile.IsFull(err) {
		return s.cannotWrite(s.dir, err)
	}
	return &msg.Error{Text: msg.New("store.cannot_make", "Dir", s.dir), Hint: msg.New("store.cannot_make.hint"),
		Err: err}
}

// Begun reports whether what is put lasts: the store exists and may be written.
func (s *Store) Begun() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.readOnly
}

// readIdentity finds the ledger-ID files.
func (s *Store) readIdentity() error {
	entries, err := s.fs.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cannotRead(s.dir, err)
	}
	s.ids = nil
	for _, e := range entries {
		if id, ok := strings.CutPrefix(e.Name(), ledgerPrefix); ok && id != "" {
			s.ids = append(s.ids, id)
		}
	}
	slices.Sort(s.ids)
	return nil
}

func (s *Store) addIdentity(id string) error {
	for _, d := range []string{s.dir, s.path(revisionsDir)} {
		if err := s.fs.MkdirAll(d, s.dirMode); err != nil {
			return err
		}
	}
	if id == "" {
		id = NewID()
	}
	if !plain(id) {
		return errors.New("not a ledger's identity: " + id)
	}
	data, err := json.Marshal(ledgerFile{Format: formatNumber, Ledger: id,
		Made: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	if err := s.place(s.path(ledgerPrefix+id), append(data, '\n')); err != nil {
		return err
	}
	return s.readIdentity()
}

// plain reports whether a name from outside may become part of a file's name.
func plain(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// NewID is a new random identity, for a ledger or for a row: 80 bits as 16
// lower-case letters and digits.
func NewID() string {
	var b [10]byte
	rand.Read(b[:]) // never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// Ledger is the ledger's identity, made when the store was; "" before that.
func (s *Store) Ledger() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ids) == 0 || s.later {
		return ""
	}
	return s.ids[0]
}

// Knows reports whether id is the ledger's identity or an alias of it, also one
// that another machine, which began at the same time, has given it since.
func (s *Store) Knows(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != "" && !slices.Contains(s.ids, id) {
		known := s.ids
		if s.readIdentity(); len(s.ids) == 0 {
			s.ids = known // the share is away
		}
	}
	return slices.Contains(s.ids, id)
}

// Dir is the store's folder.
func (s *Store) Dir() string { return s.dir }

func (s *Store) path(elem ...string) string {
	return filepath.Join(append([]string{s.dir}, elem...)...)
}

func (s *Store) revisionFile(id string) string { return s.path(revisionsDir, id) }

// sweep removes temporary files that a crash left behind a day ago or longer, or
// by a clock that was that much ahead; others may be another machine's that is
// writing now.
func (s *Store) sweep() {
	for _, dir := range []string{s.dir, s.path(revisionsDir), s.path(marksDir), s.path(sentDir), s.path(backupsDir),
		s.path(cacheDir)} {
		entries, err := s.fs.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), tempPrefix) {
				continue
			}
			if info, err := e.Info(); err == nil && time.Since(info.ModTime()).Abs() > 24*time.Hour {
				s.fs.Remove(filepath.Join(dir, e.Name()))
			}
		}
	}
}

// cannotRead is why a folder or file of the store cannot be read.
func cannotRead(name string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return denied(name, err)
	}
	return &msg.Error{Text: msg.New("store.cannot_read", "File", name), Err: err}
}

func denied(name string, err error) error {
	return &msg.Error{Class: ErrDenied, Text: msg.New("store.denied", "File", name), Hint: msg.New("store.denied.hint"),
		Err: err}
}

func (s *Store) missing(id string, err error) error {
	return &msg.Error{Class: ErrMissing, Text: msg.New("store.missing", "File", s.revisionFile(id)),
		Hint: msg.New("store.damage.hint"), Err: err}
}

func (s *Store) corrupt(id string, err error) error {
	if errors.Is(err, errSealed) {
		return &msg.Error{Class: ErrCorrupt, Text: msg.New("store.sealed", "File", s.revisionFile(id)),
			Hint: msg.New("store.sealed.hint"), Err: err}
	}
	return &msg.Error{Class: ErrCorrupt, Text: msg.New("store.corrupt", "File", s.revisionFile(id)),
		Hint: msg.New("store.damage.hint"), Err: err}
}
