package syncer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// Original is the workbook as it stands, from which copies for the units are
// made, and what they are to be stamped with.
type Original struct {
	Path     string
	Data     []byte
	Password string         // that it is encrypted with, "" if it is not
	Ledger   *ledger.Ledger // what the workbook holds; values that still wait to be written are not in it
	Head     *ledger.Ledger // with the rows' ids, and with what stands in the history beside the workbook
	ID       string         // of the ledger, for StampLedger
	Revision string         // that the workbook holds, for StampRevision
	Waiting  int            // values of head that the workbook does not hold
	beside   []store.Spot   // what stands beside its tables
}

// Original is taken after a pass, so that the workbook holds all that could be
// written. The revision is recorded as one that workbooks are stamped with.
//
// Errors: ErrReadOnly, ErrBusy, and what a pass returns; also if no history can
// be kept, for copies could not be merged when they come back.
func (s *Session) Original(ctx context.Context) (Original, error) {
	if s.opt.ReadOnly { // what is made of it names a revision, which must be in the history
		return Original{}, &msg.Error{Class: ErrReadOnly, Text: msg.New("syncer.read_only_original", "File",
			filepath.Base(s.path)),
			Hint: msg.New("syncer.read_only.hint")}
	}
	if _, err := s.Sync(ctx); err != nil {
		return Original{}, err
	}
	var o Original
	_, err := s.pass(ctx, passOptions{}, func() error {
		if s.why != nil {
			return s.cannotKeep()
		}
		if s.book == nil || s.book.holds == "" {
			return s.unquiet()
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != s.book.sum {
			return s.unquiet()
		}
		if err := s.hist.MarkStamped(s.book.holds); err != nil {
			return err
		}
		todo, standing := s.pending()
		standing = slices.DeleteFunc(standing, func(p pend) bool { return s.isBeside(p.kind) })
		o = Original{Path: s.path, Data: data, Password: s.opt.Password,
			Ledger: ledger.Build(s.book.found.Tables, s.opt.Ledger),
			Head:   s.build().ledger, ID: s.hist.Ledger(), Revision: s.book.holds,
			Waiting: len(todo) + len(standing), beside: s.spots()}
		return nil
	})
	return o, err
}
