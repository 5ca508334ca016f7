// Package evidence keeps the files that prove what was done (佐证材料): each is copied
// into a folder beside the ledger, and its sum stands in the supervision record, so that
// a file that is missing or was changed since is noticed.
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/safefile"
)

// Folder stands beside the ledger; in it every ledger of the folder has one of its own.
const Folder = "佐证材料"

// sumMark begins the conclusion of an entry whose content is a file.
const sumMark = "sha256:"

// maxFile bounds a file that is kept.
const maxFile = 512 << 20

// ErrFile is the class of the error for a file that cannot be kept.
var ErrFile = errors.New("file cannot be kept as evidence")

// Kept is a file that was kept.
type Kept struct {
	Name string // with slashes, from the ledger's folder
	Sum  string // SHA-256, in hexadecimal
}

// Values are those of the entry of the record that says so, about a task.
func (k Kept) Values(task string) map[string]string {
	return map[string]string{ledger.ActTask: task, ledger.ActKindOf: string(ledger.Proof), ledger.ActContent: k.Name,
		ledger.ActResult: sumMark + k.Sum}
}

// Keep copies a file into the folder beside the ledger. A file of the same name that
// holds the same is kept once; one that holds something else gets a name of its own.
func Keep(ledgerPath, file string) (Kept, error) {
	info, err := os.Stat(file)
	if err != nil {
		return Kept{}, &msg.Error{Class: ErrFile, Text: msg.New("evidence.no_file", "File", file), Err: err}
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return Kept{}, &msg.Error{Class: ErrFile, Text: msg.New("evidence.not_file", "File", file)}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return Kept{}, safefile.ReadError(file, err)
	}
	k := Kept{Sum: sumOf(data)}
	own := strings.TrimSuffix(filepath.Base(ledgerPath), filepath.Ext(ledgerPath))
	dir := filepath.Join(filepath.Dir(ledgerPath), Folder, own)
	if err := makeFolder(filepath.Dir(ledgerPath), path.Join(Folder, own)); err != nil {
		return Kept{}, &msg.Error{Class: ErrFile, Text: msg.New("evidence.no_folder", "Folder", dir),
			Hint: msg.New("evidence.no_folder.hint"), Err: err}
	}
	var names filename.Names
	ext := filepath.Ext(file)
	if !reEnding.MatchString(ext) {
		ext = "" // no ending that says what the file is
	}
	for {
		name := names.Name(strings.TrimSuffix(filepath.Base(file), ext), ext)
		k.Name = path.Join(Folder, own, name)
		target := filepath.Join(dir, name)
		if _, err := os.Lstat(target); err == nil {
			if old, err := sumBeside(ledgerPath, k.Name); err == nil && old == k.Sum {
				return k, nil
			}
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return Kept{}, safefile.ReadError(target, err)
		}
		there := func(path string) error {
			if _, err := os.Lstat(path); err == nil {
				return fs.ErrExist
			}
			return nil
		}
		if err := safefile.Write(target, data, safefile.Options{Like: []string{ledgerPath},
			Check: there}); errors.Is(err, fs.ErrExist) {
			continue // somebody else has just kept one of that name
		} else if err != nil {
			return Kept{}, err
		}
		return k, nil
	}
}

// reEnding is what a file's name may end with.
var reEnding = regexp.MustCompile(`^\.[0-9A-Za-z]{1,10}$`)

// makeFolder makes a folder below another one. It must lie there indeed: what a link leads
// to elsewhere would not go along with the ledger.
func makeFolder(home, name string) error {
	root, err := os.OpenRoot(home)
	if err != nil {
		return err
	}
	defer root.Close()
	return root.MkdirAll(filepath.FromSlash(name), 0o777)
}

// State is how a kept file stands.
type State string

const (
	Whole   State = "whole"
	Missing State = "missing"
	Changed State = "changed"
	Hidden  State = "unreadable"
)

// File is a kept file and how it stands.
type File struct {
	Act   *ledger.Act
	Name  string
	State State
}

// Text says how it stands.
func (f File) Text() msg.Text { return msg.New("evidence.state_"+string(f.State), "File", f.Name) }

// Files are the files that a ledger's record names, and how each stands.
func Files(l *ledger.Ledger, ledgerPath string) []File {
	var out []File
	for _, a := range l.Acts {
		sum, isFile := strings.CutPrefix(a.Result, sumMark)
		if a.Kind != ledger.Proof || !a.Counts() || !isFile {
			continue
		}
		f := File{Act: a, Name: a.Content, State: Whole}
		switch now, err := sumBeside(ledgerPath, strings.TrimSpace(a.Content)); {
		case errors.Is(err, fs.ErrNotExist):
			f.State = Missing
		case err != nil:
			f.State = Hidden
		case !strings.EqualFold(now, strings.TrimSpace(sum)):
			f.State = Changed
		}
		out = append(out, f)
	}
	return out
}

// errNotRegular is that of a folder, a device or a pipe in place of a file.
var errNotRegular = errors.New("not a regular file")

// sumBeside is the sum of a file that the record names. Only what lies in the folder beside
// the ledger is read, whatever the record says, and however large it is.
func sumBeside(ledgerPath, name string) (string, error) {
	clean := path.Clean(name)
	if !strings.HasPrefix(clean, Folder+"/") || !filepath.IsLocal(filepath.FromSlash(clean)) {
		return "", fs.ErrNotExist
	}
	root, err := os.OpenRoot(filepath.Dir(ledgerPath))
	if err != nil {
		return "", err
	}
	defer root.Close()
	info, err := root.Stat(filepath.FromSlash(clean))
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", errNotRegular
	case info.Size() > maxFile:
		return "too large to have been kept", nil
	}
	f, err := root.Open(filepath.FromSlash(clean))
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func sumOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// Named are the files, links and texts that the record keeps as evidence of a task, of
// the days for which in holds, a file by its name, each once. in may be nil: all days.
func Named(t *ledger.Task, in func(day time.Time) bool) (out []string) {
	for _, a := range t.Acts {
		if a.Kind != ledger.Proof || in != nil && !in(a.Day) {
			continue
		}
		name := strings.TrimSpace(a.Content)
		if strings.HasPrefix(a.Result, sumMark) {
			name = path.Base(name)
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Of reports whether a task has evidence: a file or text of the record, or what stands
// in its own column.
func Of(t *ledger.Task) bool {
	return strings.TrimSpace(t.Evidence) != "" || t.Last(ledger.Proof) != nil
}
