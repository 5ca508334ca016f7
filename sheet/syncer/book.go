package syncer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// The stamp: custom document properties that tell which ledger and revision a
// workbook was written from, and of a per-unit copy whose it is.
const (
	StampLedger   = "taizhang-ledger"
	StampRevision = "taizhang-revision"
	StampScope    = "taizhang-scope"
)

// book is a workbook as it was read.
type book struct {
	path  string
	wb    *ooxml.Workbook // nil once it was saved: the file is to be read again
	found *table.Found
	sum   string // SHA-256 of the file, in hexadecimal
	stamp history.Stamp
	// previous is the stamp that names the ledger of the year before.
	previous string
	by       string // who saved it last
	time     time.Time
	info     fs.FileInfo
	shown    bool         // found is in a snapshot, and nothing in it may change any more
	notes    []store.Note // texts beside the tables; nil if there are too many to be notes, or it is a copy
	ours     bool         // these very bytes were written here: no note in them is news

	opener *sighting // who had it open when it was saved, once asked; see Session.opener
	asked  bool

	// aligned is the tables with the rows' ids, and the keys that their columns
	// have in the history; set by pull.
	aligned merge.State
	from    string // the revision that it was edited from, set by pull
	holds   string // the revision that says what it holds, set by pull
	pulled  string // the heads when it was pulled
}

// readBook reads the workbook at path.
func readBook(path string, opt Options) (*book, error) {
	b, err := openBook(path, opt)
	if err != nil {
		return nil, err
	}
	b.found, err = table.Find(b.wb, ledger.Schemas(opt.Ledger))
	if err == nil {
		b.notes = b.notesOf()
	}
	b.wb.Forget()
	return b, err
}

// search finds the tables.
func (b *book) search(opt Options) (err error) {
	b.found, err = table.Find(b.wb, ledger.Schemas(opt.Ledger))
	b.wb.Forget()
	return err
}

// reopened is the workbook b after it was written and stamped with a revision that says
// what it holds, where what stands in it is known: b itself if nothing but the stamp was
// written, or what texts made of it. It is read all the same if somebody saved it in
// between.
func (b *book) reopened(opt Options, revision string, heads []string, texts *replaced) (*book, error) {
	written := b.wb.Sum()
	n, err := openBook(b.path, opt)
	if err != nil {
		return nil, err
	}
	if n.sum != hex.EncodeToString(written[:]) {
		return readBook(b.path, opt)
	}
	n.found, n.shown, n.aligned, n.notes, n.ours = b.found, b.shown, b.aligned, b.notes, true
	if texts.found != nil {
		n.found, n.shown = texts.found, false
		n.aligned = merge.State{Tables: table.Replace(b.aligned.Tables, texts.list)}
	}
	n.from, n.holds, n.pulled = revision, revision, strings.Join(heads, " ")
	return n, nil
}

// replaced is what is to be written where that is nothing but texts in place of others,
// and what will be found in the workbook then.
type replaced struct {
	list  []table.Replaced
	found *table.Found
}

// replacing is todo if it is nothing but texts in place of others, else nil.
func (b *book) replacing(todo []pend, opt ledger.Options) *replaced {
	if slices.ContainsFunc(b.found.Tables, func(t *table.Table) bool { return len(t.Place.Formulas) > 0 }) {
		return nil // their results would have to be read
	}
	out := &replaced{}
	for _, p := range todo {
		if p.what != pendCell {
			return nil
		}
		x, ok := table.WillReplace(b.wb, p.book, p.brow.Row, p.key, p.value)
		if !ok {
			return nil
		}
		out.list = append(out.list, x)
	}
	var ok bool
	if out.found, ok = b.found.WithTexts(ledger.Schemas(opt), out.list); !ok {
		return nil
	}
	return out
}

// readCopy reads a returned copy: its tables, and no notes beside them.
func readCopy(path string, opt Options) (*book, error) {
	b, err := openBook(path, opt)
	if err != nil {
		return nil, err
	}
	return b, b.search(opt)
}

// openBook opens the workbook and reads its stamp; its tables are not looked for.
func openBook(path string, opt Options) (*book, error) {
	wb, err := ooxml.Open(path, ooxml.Options{Password: opt.Password})
	if err != nil {
		return nil, err
	}
	sum := wb.Sum()
	b := &book{path: path, wb: wb, sum: hex.EncodeToString(sum[:]), by: wb.LastModifiedBy(), info: wb.Stat()}
	if b.info != nil {
		b.time = b.info.ModTime().UTC().Truncate(time.Second)
	}
	b.stamp.Ledger, _ = wb.Property(StampLedger)
	b.stamp.Revision, _ = wb.Property(StampRevision)
	b.previous, _ = wb.Property(StampPrevious)
	scope, _ := wb.Property(StampScope)
	b.stamp.Scope = unmangled(scope)
	return b, nil
}

// unmangled is a text that a program took byte by byte for characters, as
// SheetJS does with custom properties, as it was; any other is as it is.
func unmangled(s string) string {
	bytes := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		bytes = append(bytes, byte(r))
	}
	if !utf8.Valid(bytes) {
		return s
	}
	return string(bytes)
}

// save is the workbook as the history is asked about it.
func (b *book) save() *history.Save {
	return &history.Save{State: b.state(), Stamp: b.stamp, Sum: b.sum, By: b.by, Time: b.time, Own: !b.shown}
}

// state is the tables as they were found, without ids.
func (b *book) state() merge.State { return merge.State{Tables: b.found.Tables} }

// hasTasks reports whether a task table was found.
func (b *book) isLedger() bool { return ledger.IsLedger(b.found) }

// noTable is the error for a workbook without a task table.
func (b *book) noTable(opt ledger.Options) error {
	text, hint := ledger.NoTasks(filepath.Base(b.path), b.found, opt)
	return &msg.Error{Class: ErrNoTable, Text: text, Hint: hint}
}

// same reports whether the file at b.path is still the one that was read, as
// far as its state tells. A file changed within the last seconds may have
// changed again within the grain of its time.
func (b *book) same() bool {
	if b == nil || b.info == nil || b.wb == nil {
		return false
	}
	info, err := os.Stat(b.path)
	return err == nil && os.SameFile(info, b.info) && info.Size() == b.info.Size() &&
		info.ModTime().Equal(b.info.ModTime()) &&
		time.Since(info.ModTime()) > 2*time.Second
}

// sameBytes reports whether the file at b.path holds the bytes that were read,
// and takes over its state if it does.
func (b *book) sameBytes() bool {
	if b == nil || b.wb == nil {
		return false
	}
	f, err := os.Open(b.path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil || hex.EncodeToString(h.Sum(nil)) != b.sum {
		return false
	}
	b.info = info
	return true
}

// unready reports whether err may be that of a workbook that another program is
// about to replace or to write: it is waited for, never taken as emptied.
func unready(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, ooxml.ErrDamaged) || errors.Is(err, ooxml.ErrNotWorkbook)
}
