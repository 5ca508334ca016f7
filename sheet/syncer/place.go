package syncer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
	"taizhang/sheet/store"
)

// historyFolder stands beside the workbook; in it every workbook of the folder
// has a store of its own, named like the workbook.
const historyFolder = ".taizhang"

// openStore finds the history of the workbook at path, which is stamped with
// ledger ("" if it has no stamp) and encrypted with password ("" if it is not). If
// there is none, and the session is not read-only, the store is one that can be
// begun. The store that comes back keeps in memory what it may not write; why then
// says why.
func openStore(path, ledger, password string, mode fs.FileMode, opt Options) (s *store.Store, why error) {
	var roots []string
	beside := filepath.Join(filepath.Dir(path), historyFolder)
	if opt.State != "" {
		roots = []string{opt.State}
	} else {
		roots = append(roots, beside)
		if user := userState(filepath.Dir(path)); user != "" {
			roots = append(roots, user)
		}
	}
	// A history that exists is the history, wherever it stands.
	for _, root := range roots {
		dir, err := findStore(root, path, ledger)
		if err != nil {
			return store.InMemory(), err
		}
		if dir == "" {
			continue
		}
		sopt := store.Options{Mode: mode, Existing: true, ReadOnly: opt.ReadOnly || !writable(dir), Password: password}
		s, err := store.Open(dir, sopt)
		if errors.Is(err, store.ErrDenied) {
			return store.InMemory(), err
		}
		if err != nil {
			why = err
			continue
		}
		if sopt.ReadOnly && !opt.ReadOnly {
			why = &fs.PathError{Op: "write", Path: dir, Err: fs.ErrPermission}
		}
		return s, why
	}
	if opt.ReadOnly {
		return store.InMemory(), ErrReadOnly
	}
	for _, root := range roots {
		if !canMake(root) {
			why = errors.Join(why, &fs.PathError{Op: "mkdir", Path: root, Err: fs.ErrPermission})
			continue
		}
		return store.Open(filepath.Join(root, filepath.Base(path)),
			store.Options{Mode: mode, Ledger: ledger, Password: password, Later: true})
	}
	return store.InMemory(), why
}

// HasHistory reports whether a history stands beside the workbook at path.
func HasHistory(path string) bool {
	info, err := os.Stat(filepath.Join(filepath.Dir(path), historyFolder, filepath.Base(path)))
	return err == nil && info.IsDir()
}

// begun makes the history last, if it does not yet.
func (s *replica) begun() error {
	if s.opt.ReadOnly || s.why != nil || s.hist.Begun() {
		return nil
	}
	if err := s.hist.Begin(); safefile.IsFull(err) {
		return err
	} else if err != nil {
		return &msg.Error{Text: msg.New("syncer.cannot_keep", "File", filepath.Base(s.path)),
			Hint: msg.New("syncer.cannot_keep.hint"), Err: err}
	}
	g, err := s.readHistory()
	if err != nil {
		return err
	}
	s.graph, s.book.pulled = g, ""
	return nil
}

// canMake reports whether a folder is there and files can be made in it, or it
// can be made.
func canMake(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err == nil {
			return info.IsDir() && writable(dir)
		}
		parent := filepath.Dir(dir)
		if !errors.Is(err, fs.ErrNotExist) || parent == dir {
			return false
		}
		dir = parent
	}
}

// findStore is the store in root that belongs to the workbook at path: the one
// of its name, unless its stamp names a ledger that another one knows: if the
// workbook was renamed, that is one whose own workbook is no longer there. "" if
// there is none. A workbook that was put in the place of another ledger's gets
// that one's history, which refuses it. store.ErrDenied: nobody may see whether
// there is one, so that none may be begun.
func findStore(root, path, ledger string) (dir string, err error) {
	own := filepath.Join(root, filepath.Base(path))
	found := ""
	if s, err := store.Open(own, store.Options{ReadOnly: true}); errors.Is(err, store.ErrDenied) {
		return "", err
	} else if err == nil {
		if found = own; s.Knows(ledger) {
			return own, nil
		}
	}
	if ledger == "" {
		return found, nil
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		return found, nil
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if _, err := os.Lstat(filepath.Join(filepath.Dir(path), e.Name())); err == nil {
			continue // that workbook is there: ours is a copy of it, not its new name
		}
		dir := filepath.Join(root, e.Name())
		if s, err := store.Open(dir, store.Options{ReadOnly: true}); err == nil && s.Knows(ledger) {
			return dir, nil
		}
	}
	return found, nil
}

// writable reports whether files can be made in dir.
func writable(dir string) bool {
	f, err := os.CreateTemp(dir, "tmp-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// UserStateDir is where what a user's programs remember is kept; "" if the system
// names no home.
func UserStateDir() string {
	root := os.Getenv("XDG_STATE_HOME")
	if runtime.GOOS == "windows" {
		root = os.Getenv("LocalAppData")
	} else if !filepath.IsAbs(root) {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		root = filepath.Join(home, ".local", "state")
	}
	if root == "" {
		return ""
	}
	return filepath.Join(root, "taizhang")
}

// userState is the folder for histories of workbooks in dir that cannot have
// them beside; "" if the system names no home.
func userState(dir string) string {
	root := UserStateDir()
	if root == "" {
		return ""
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	if runtime.GOOS == "windows" {
		abs = strings.ToLower(abs)
	}
	h := sha256.Sum256([]byte(abs))
	return filepath.Join(root, hex.EncodeToString(h[:8]))
}
