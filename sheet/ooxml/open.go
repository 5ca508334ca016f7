package ooxml

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/offcrypto"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/owner"
	"taizhang/sheet/safefile"
)

// Options say how a workbook is opened. The zero value uses the default limits
// and no password.
type Options struct {
	Password string // opens an encrypted workbook; it is saved again with the same one, encrypted as it was
	Force    bool   // allow edits that break a digital signature
	Limits   Limits // zero fields take the defaults
}

// Limits bound what a workbook may cost to read.
type Limits struct {
	File  int64 // bytes of the file itself
	Part  int64 // inflated bytes of one part
	Total int64 // inflated bytes of all parts that are read
	Parts int   // number of parts

	// Of all sheets that are read:
	Cells  int64 // stored cells, blank ones included
	Filled int64 // cells that hold something
	Text   int64 // bytes that they hold, a shared text counted for each cell
}

// Workbook is an open workbook package and the edits that wait to be written
// into it. Reading methods may be called concurrently; edits may not.
type Workbook struct {
	path  string
	sum   [32]byte // of the file, encrypted if it is
	stat  fs.FileInfo
	opt   Options
	lock  *offcrypto.Lock // what the file is encrypted with; nil if it is not
	book  *bookxml.Book   // its package, what workbook.xml says, and the edits that wait
	read  reading
	spent bool // saved, or made a copy of: book is no longer what stands in the file
	notes []msg.Text
}

// Notes are what whoever made the edits and saved them should know: protection
// that was written through, as asked, and a file system that cannot flush files.
func (w *Workbook) Notes() []msg.Text { return slices.Clone(w.notes) }

// note adds a note once.
func (w *Workbook) note(key string, pairs ...any) {
	text := msg.New(key, pairs...)
	if !slices.ContainsFunc(w.notes, func(t msg.Text) bool { return t.In(msg.EN) == text.In(msg.EN) }) {
		w.notes = append(w.notes, text)
	}
}

// Open reads the workbook at path. Errors: ErrNotWorkbook, ErrDamaged,
// ErrTooLarge, ErrEncrypted, ErrPassword; fs.ErrNotExist and fs.ErrPermission
// from the system.
func Open(path string, opt Options) (*Workbook, error) {
	data, stat, err := readFile(path, opt.Limits.orDefault().File)
	if err != nil {
		// The program that laid an owner file there may hold it.
		if name, ok := owner.IsOwnerFile(path); ok && !errors.Is(err, fs.ErrNotExist) {
			return nil, ownerFile(path, name)
		}
		return nil, err
	}
	w, err := Read(path, data, opt)
	if err != nil {
		return nil, err
	}
	w.stat = stat
	return w, nil
}

// readFile reads a whole file and its state at that time.
func readFile(path string, limit int64) ([]byte, fs.FileInfo, error) {
	var data bytes.Buffer
	stat, err := copyFile(path, limit, func(stat fs.FileInfo) io.Writer {
		data.Grow(int(stat.Size()) + bytes.MinRead)
		return &data
	})
	return data.Bytes(), stat, err
}

// sumFile is the SHA-256 of a file.
func sumFile(path string, limit int64) ([]byte, error) {
	h := sha256.New()
	_, err := copyFile(path, limit, func(fs.FileInfo) io.Writer { return h })
	return h.Sum(nil), err
}

// copyFile copies a file of at most limit bytes into the writer that to gives for its state,
// and returns the state.
func copyFile(path string, limit int64, to func(fs.FileInfo) io.Writer) (fs.FileInfo, error) {
	fail := func(err error) error { return safefile.ReadError(path, err) }
	stat, err := os.Stat(path)
	if err != nil {
		return nil, fail(err)
	}
	if !stat.Mode().IsRegular() {
		return nil, fail(safefile.ErrNotFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fail(err)
	}
	defer f.Close()
	if stat, err = f.Stat(); err != nil {
		return nil, fail(err)
	}
	if stat.Size() > limit {
		return nil, tooLarge(path, "", limit)
	}
	if _, err := io.Copy(to(stat), io.LimitReader(f, limit+1)); err != nil {
		return nil, fail(err)
	}
	return stat, nil
}

// Read reads a workbook held in memory, which must not change while the
// Workbook is in use; name stands in for the path in messages.
func Read(name string, data []byte, opt Options) (*Workbook, error) {
	w := &Workbook{path: name, sum: sha256.Sum256(data), opt: opt}
	limits := opt.Limits.orDefault()
	if int64(len(data)) > limits.File {
		return nil, tooLarge(name, "", limits.File)
	}
	if offcrypto.IsEncrypted(data) {
		plain, lock, err := offcrypto.Unlock(data, opt.Password)
		if err != nil {
			return nil, lockError(name, err)
		}
		data, w.lock = plain, lock
	}
	if !zipfile.IsZip(data) {
		return nil, notWorkbook(name, data, nil)
	}
	pkg, err := opc.Open(data, limits.zip())
	if err != nil {
		return nil, zipError(name, err)
	}
	w.book = &bookxml.Book{Package: pkg, MaxText: limits.Text}
	if err := w.book.ReadBook(); err != nil {
		w.say(&err)
		if errors.Is(err, ErrNotWorkbook) {
			return nil, notWorkbook(name, data, pkg.Names())
		}
		return nil, err
	}
	w.read.forget(len(w.book.Sheets), limits)
	return w, nil
}

// Encrypted reports whether the file is encrypted with a password that people
// must know; Excel itself knows its default one.
func (w *Workbook) Encrypted() bool { return w.lock != nil && !w.lock.HasDefaultPassword() }

// Parts are the names of the package's parts, as they were read.
func (w *Workbook) Parts() []string { return w.book.Names() }

// Path is the path given to Open, or the name given to Read.
func (w *Workbook) Path() string { return w.path }

// Sum is the SHA-256 of the file as it was read, or after Save as it was written.
func (w *Workbook) Sum() [32]byte { return w.sum }

// Stat is the file's state when it was read; nil after Read.
func (w *Workbook) Stat() fs.FileInfo { return w.stat }

// Save replaces the file at Path by Bytes, so that at any crash the old or the
// new workbook stands there whole. It returns ErrChanged, and touches nothing,
// if the file is no longer the one that was read; ErrOpen if another program has
// it open, by its owner file as it stands right before the replacement, or
// because the system refuses. After Save the Workbook is spent: open the
// file again. Without waiting edits it does nothing.
func (w *Workbook) Save() error { return w.save(func() {}) }

// save calls written when the new file is written and the old one not yet
// replaced.
func (w *Workbook) save(written func()) error {
	if !w.Dirty() {
		return nil
	}
	if err := w.unchanged(w.path); err != nil {
		return err
	}
	data, err := w.Bytes()
	if err != nil {
		return err
	}
	check := func(path string) error {
		written()
		return w.replaceable(path)
	}
	noFlush := func() { w.notes = append(w.notes, msg.New("ooxml.not_flushed", "File", w.path)) }
	if err := safefile.Write(w.path, data, safefile.Options{Check: check, NotFlushed: noFlush}); err != nil {
		return err
	}
	w.spent, w.book.Pending = true, bookxml.Edits{}
	w.book.Discard()
	w.sum = sha256.Sum256(data)
	return nil
}

// replaceable checks that the file at path is the one that was read and that
// nobody has opened the workbook meanwhile: who has would save over what is
// written now.
func (w *Workbook) replaceable(path string) error {
	if err := w.unchanged(path); err != nil {
		return err
	}
	if _, open := owner.Of(w.path); open {
		return safefile.InUse(w.path)
	}
	return nil
}

// unchanged checks that the file at path is still the one that was read: by its
// bytes, since programs that keep the time of a file and do not change its size
// exist, and reading it costs little beside writing it.
func (w *Workbook) unchanged(path string) error {
	changed := &msg.Error{Class: ErrChanged, Text: msg.New("ooxml.changed", "File", w.path),
		Hint: msg.New("ooxml.hint_reread")}
	info, err := os.Stat(path)
	if err != nil {
		changed.Err = err
		return changed
	}
	if w.stat != nil && info.Size() != w.stat.Size() {
		return changed
	}
	sum, err := sumFile(path, w.opt.Limits.orDefault().File)
	if err != nil {
		return err
	}
	if !bytes.Equal(sum, w.sum[:]) {
		return changed
	}
	return nil
}
