package syncer

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// StampPrevious is the custom document property by which a ledger remembers the
// one of the year before, from which it was made: its identity and the revision.
const StampPrevious = "taizhang-previous"

// previousStamp is the identity and the revision of the ledger of the year before,
// "" if this one remembers none.
func (s *replica) previousStamp() (id, revision string) {
	if s.book == nil {
		return "", ""
	}
	id, revision, _ = strings.Cut(strings.TrimSpace(s.book.previous), " ")
	return id, revision
}

// Previous is the ledger of the year before, from which this one was made, with
// the workbook that it was read from: the one in the same folder that bears its
// identity, of several the one saved last; else what its history beside holds,
// and file is "". l is nil if this ledger remembers none, or it is nowhere here.
func (s *Session) Previous(ctx context.Context) (l *ledger.Ledger, file string, err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, "", ctx.Err()
	}
	defer func() { <-s.turn }()
	id, revision := s.previousStamp()
	if id == "" {
		return nil, "", nil
	}
	opt := s.opt
	opt.Ledger.Year, opt.Ledger.History = s.build().ledger.Year-1, nil
	if b := s.workbookOf(ctx, id, opt); b != nil {
		return ledger.Build(b.found.Tables, opt.Ledger), b.path, nil
	}
	for _, root := range s.historyRoots() {
		if l := previousFrom(root, id, revision, opt); l != nil {
			return l, "", nil
		}
	}
	return nil, "", ctx.Err()
}

// workbookOf is the workbook beside this one that is the whole ledger of an
// identity, nil if there is none.
func (s *subject) workbookOf(ctx context.Context, id string, opt Options) (best *book) {
	dir := filepath.Dir(s.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var at time.Time
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		if ctx.Err() != nil {
			return best
		}
		if e.IsDir() || ext != ".xlsx" && ext != ".xlsm" || strings.HasPrefix(e.Name(), "~$") ||
			strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(dir, e.Name())
		info, err := os.Stat(path)
		if err != nil || s.isWorkbook(info) || best != nil && !info.ModTime().After(at) {
			continue
		}
		b, err := openBook(path, opt)
		if err != nil || b.stamp.Ledger != id || !b.stamp.Whole() || b.search(opt) != nil || !b.isLedger() {
			continue
		}
		best, at = b, info.ModTime()
	}
	return best
}

// historyRoots are the folders in which histories of workbooks here may stand.
func (s *subject) historyRoots() []string {
	if s.opt.State != "" {
		return []string{s.opt.State}
	}
	roots := []string{filepath.Join(filepath.Dir(s.path), historyFolder)}
	if user := userState(filepath.Dir(s.path)); user != "" {
		roots = append(roots, user)
	}
	return roots
}

// previousFrom is the ledger of an identity as a history in root holds it: its
// head, else the revision.
func previousFrom(root, id, revision string, opt Options) *ledger.Ledger {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		h, err := store.Open(filepath.Join(root, e.Name()),
			store.Options{ReadOnly: true, Existing: true, Password: opt.Password})
		if err != nil || !h.Knows(id) {
			continue
		}
		ids := []string{revision}
		if g, err := history.Read(h, func(...error) {}); err == nil && len(g.Heads) == 1 {
			ids = []string{g.Heads[0], revision}
		}
		for _, id := range ids {
			if st, err := h.Content(id); err == nil {
				return ledger.Build(st.Tables, opt.Ledger)
			}
		}
	}
	return nil
}

// ofLastYear is the error for a copy of the ledger of the year before.
func (s *subject) ofLastYear(file string) error {
	return &msg.Error{Class: ErrForeign, Text: msg.New("syncer.last_year", "File", filepath.Base(file), "Ledger",
		filepath.Base(s.path)),
		Hint: msg.New("syncer.last_year.hint")}
}
