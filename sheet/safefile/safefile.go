// Package safefile replaces files so that at any crash the old or the new one
// stands there, whole: [Write]. Of what the system refuses it makes sentences.
package safefile

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"taizhang/sheet/msg"
)

// Temporary files are named so that a person who meets one knows whose it is,
// and so that watchers and the next Save do: tempPrefix, the target's name, a
// random part, tempSuffix.
const (
	tempPrefix = ".~taizhang."
	tempSuffix = ".tmp"
)

// tempAge is how old a temporary file must be before it counts as left behind
// by a process that was killed. No save takes so long.
const tempAge = time.Hour

// step is called between the steps of Write; tests make it fail there, as a
// crash would.
type step func(name string) error

// Options say how a file is written. The zero value writes in any case,
// and a new file as the system makes it.
type Options struct {
	// Like are workbooks whose content goes into the file: where it is new, nobody
	// may read it who may not read all of them. Those that are missing say nothing.
	Like []string
	// Check, if not nil, stops the writing by returning an error. It is called right
	// before the rename with the file that would be replaced; and where the system
	// can exchange two files, right after it with what was swapped out, which then
	// is put back.
	Check func(path string) error
	// NotFlushed, if not nil, is called where the file system cannot flush files: what
	// is written then stands there as surely as that file system can make it.
	NotFlushed func()
}

// ErrCannotFlush is that a file system, most likely that of a share, has no way
// of flushing files. It is no reason not to write.
var ErrCannotFlush = errors.New("the file system cannot flush files")

// syncFile is os.File.Sync; tests take the place of a file system that has none.
var syncFile = (*os.File).Sync

// Flush has a file's content last from here on. ErrCannotFlush where the file
// system has no way of doing that.
func Flush(f *os.File) error {
	err := syncFile(f)
	if isUnsupported(err) {
		return fmt.Errorf("%w: %w", ErrCannotFlush, err)
	}
	return err
}

// Write replaces path by data atomically: a temporary file in the same
// folder, fsync, rename, fsync of the folder; owner, mode, access control list
// and extended attributes of an existing file are kept.
//
// A symbolic link stays a link: the file that it points to is replaced. At any
// error path still holds what it held, and the temporary file is gone; only a
// kill of the process can leave it behind, and a later Write in the same
// folder removes it. Errors: ErrOpen if the system refuses the replacement
// because another program holds the file.
func Write(path string, data []byte, opt Options) error {
	return write(path, data, opt, func(string) error { return nil })
}

func write(path string, data []byte, opt Options, crash step) (err error) {
	target, err := ResolveLinks(path)
	if err != nil {
		return writeError(path, err)
	}
	old, err := os.Stat(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return writeError(path, err)
	}
	if old != nil {
		if !old.Mode().IsRegular() {
			return writeError(path, ErrNotFile)
		}
		if err := writable(target); err != nil {
			return writeError(path, err)
		}
	}
	dir := filepath.Dir(target)
	removeStale(dir, time.Now())
	// What is written is never readable by more people than in the end.
	like, perm := readers(opt.Like)
	if old != nil {
		like, perm = []fs.FileInfo{old}, 0o600
	}
	temp, f, err := createTemp(dir, filepath.Base(target), perm)
	if err != nil {
		return writeError(path, err)
	}
	done := false
	defer func() {
		if !done {
			f.Close()
			os.Remove(temp)
		}
	}()
	if err := crash("created"); err != nil {
		return err
	}
	if old == nil {
		if err := sameGroup(f, like); err != nil {
			return writeError(path, err)
		}
	}
	if _, err := f.Write(data); err != nil {
		return writeError(path, err)
	}
	if err := crash("written"); err != nil {
		return err
	}
	if old != nil {
		if err := keepRights(f, target, old); err != nil {
			return writeError(path, err)
		}
	}
	switch err := Flush(f); {
	case errors.Is(err, ErrCannotFlush):
		if opt.NotFlushed != nil {
			opt.NotFlushed()
		}
	case err != nil:
		return writeError(path, err)
	}
	if err := f.Close(); err != nil {
		return writeError(path, err)
	}
	if err := crash("synced"); err != nil {
		return err
	}
	if opt.Check != nil {
		if err := opt.Check(target); err != nil {
			return err
		}
	}
	if err := crash("checked"); err != nil {
		return err
	}
	switch err := swap(temp, target, opt.Check); {
	case errors.Is(err, errors.ErrUnsupported):
		if err := replace(temp, target); err != nil {
			return writeError(path, err)
		}
		done = true
	case err != nil:
		return err
	}
	if err := crash("renamed"); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil {
		return writeError(path, err)
	}
	return nil
}

// resolveLinks follows symbolic links to the file that is meant, which need not
// exist yet.
func ResolveLinks(path string) (string, error) {
	for range 40 {
		info, err := os.Lstat(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink == 0 {
			return path, nil
		}
		if err != nil {
			return "", err
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", syscall.ELOOP
}

// readers are those of the workbooks that are there, and the mode that lets
// nobody read who may not read all of them.
func readers(like []string) (found []fs.FileInfo, perm fs.FileMode) {
	perm = 0o666
	for _, name := range like {
		if info, err := os.Stat(name); err == nil {
			found, perm = append(found, info), perm&rightsOf(name, info)
		}
	}
	return found, perm | 0o600
}

// createTemp makes a new file beside the target. The target's name is cut where
// the whole would exceed what file systems take (255 bytes).
func createTemp(dir, base string, perm fs.FileMode) (string, *os.File, error) {
	for len(base) > 180 {
		base = base[:len(base)-1]
	}
	base = strings.ToValidUTF8(base, "")
	for try := 0; ; try++ {
		random := make([]byte, 8)
		rand.Read(random)
		name := filepath.Join(dir, tempPrefix+base+"."+hex.EncodeToString(random)+tempSuffix)
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if errors.Is(err, fs.ErrExist) && try < 10 {
			continue
		}
		return name, f, err
	}
}

// IsTemp reports whether a file name is that of one of Write's temporary
// files, for those who watch a folder.
func IsTemp(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, tempPrefix) && strings.HasSuffix(base, tempSuffix)
}

// removeStale removes temporary files that were left behind. That it cannot is
// no reason not to save.
func removeStale(dir string, now time.Time) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !IsTemp(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > tempAge {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// ErrOpen is the class of errors for a file that the system does not let us
// replace because another program holds it open.
var ErrOpen = errors.New("file is open in another program")

// ErrNotFile is the error for a folder or a device where a file is meant.
var ErrNotFile = errors.New("not a regular file")

// ReadError says in a sentence why a file could not be read.
func ReadError(path string, err error) error { return refusal("safefile.read_failed", path, err) }

// InUse is the error for a file that another program has open.
func InUse(path string) error {
	return &msg.Error{Class: ErrOpen, Text: msg.New("safefile.open_elsewhere", "File", path),
		Hint: msg.New("safefile.hint_close")}
}

// writeError says in a sentence why a file could not be written.
func writeError(path string, err error) error { return refusal("safefile.write_failed", path, err) }

// refusal says in a sentence what the system refused; key is the sentence where
// no more is known.
func refusal(key, path string, err error) error {
	e := &msg.Error{Text: msg.New(key, "File", path), Err: err}
	switch {
	case isOpenElsewhere(err):
		e.Class, e.Text, e.Hint = ErrOpen, msg.New("safefile.open_elsewhere", "File", path),
			msg.New("safefile.hint_close")
	case errors.Is(err, ErrNotFile), errors.Is(err, syscall.EISDIR):
		e.Text = msg.New("safefile.not_file", "File", path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Text, e.Hint = msg.New("safefile.no_permission", "File", path), msg.New("safefile.hint_permission")
	case errors.Is(err, fs.ErrNotExist):
		e.Text, e.Hint = msg.New("safefile.missing", "File", path), msg.New("safefile.hint_path")
	case IsFull(err):
		e.Text, e.Hint = msg.New("safefile.disk_full", "File", path), msg.New("safefile.hint_disk")
	}
	return e
}
