package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"taizhang/sheet/safefile"
)

// fsys is every file operation that the store makes, so that a test can stop
// the machine between any two of them.
type fsys interface {
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	MkdirAll(name string, mode fs.FileMode) error
	// WriteTemp writes and flushes a new file in dir and returns its name.
	WriteTemp(dir string, data []byte, mode fs.FileMode) (string, error)
	Rename(from, to string) error
	Remove(name string) error
	SyncDir(name string) error
}

// disk is the real file system.
type disk struct{}

func (disk) ReadFile(name string) ([]byte, error)       { return os.ReadFile(name) }
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (disk) Rename(from, to string) error               { return os.Rename(from, to) }
func (disk) Remove(name string) error                   { return os.Remove(name) }

// nowhere is a file system without files.
type nowhere struct{ disk }

func (nowhere) ReadFile(name string) ([]byte, error)       { return nil, fs.ErrNotExist }
func (nowhere) ReadDir(name string) ([]fs.DirEntry, error) { return nil, fs.ErrNotExist }

// MkdirAll makes name and sets its mode whatever the umask says: a folder that
// only its maker may write would shut out the other coordinators of a share.
func (disk) MkdirAll(name string, mode fs.FileMode) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	if err := os.Mkdir(name, mode); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	}
	// On a share the folder hands its group down to what is made in it.
	if info, err := os.Stat(name); err == nil {
		mode |= info.Mode() & fs.ModeSetgid
	}
	os.Chmod(name, mode) // a file system without modes refuses; the folder serves all the same
	return nil
}

func (disk) WriteTemp(dir string, data []byte, mode fs.FileMode) (name string, err error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(data); err != nil {
		return "", err
	}
	f.Chmod(mode) // as above
	if err = safefile.Flush(f); err != nil && !errors.Is(err, safefile.ErrCannotFlush) {
		return "", err
	}
	return f.Name(), f.Close()
}

// SyncDir makes a rename in dir last. Windows has no such thing.
func (disk) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	// Some network file systems refuse to flush a folder; the rename is then as
	// lasting as they can make it.
	d.Sync()
	return nil
}

const tempPrefix = "tmp-"

// place puts data at name, whole or not at all. What stood there is replaced:
// callers only ever replace a file by one that means the same.
//
// Another machine whose clock is days off takes our temporary file for an old one and
// sweeps it; it is then written once more.
func (s *Store) place(name string, data []byte) error {
	for try := 1; ; try++ {
		tmp, err := s.fs.WriteTemp(filepath.Dir(name), data, s.fileMode)
		if err != nil {
			return err
		}
		err = s.fs.Rename(tmp, name)
		if err == nil {
			return s.fs.SyncDir(filepath.Dir(name))
		}
		s.fs.Remove(tmp)
		if !errors.Is(err, fs.ErrNotExist) || try == placeTries {
			return err
		}
	}
}

// placeTries is how often a file is written whose temporary one is gone each time.
const placeTries = 3
