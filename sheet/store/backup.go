package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/msg"
)

// Backup is a whole workbook from before a write.
type Backup struct {
	Path string
	Time time.Time // UTC, to the second
	Size int64
}

const backupTime = "20060102T150405Z"

// Backup keeps data, a whole workbook named with extension ext, and removes old
// ones: of all backups the newest keep/2 stay and, of the older ones, one a
// day, keep in all. All together they take no more than twice the size of
// the newest, or 16 MB where that is more, but the newest always stays. A
// workbook that is the newest backup already is not kept twice.
func (s *Store) Backup(data []byte, ext string, now time.Time, keep int) error {
	if s.readOnly {
		return ErrStoreReadOnly
	}
	dir := s.path(backupsDir)
	if err := s.fs.MkdirAll(dir, s.dirMode); err != nil {
		return s.cannotWrite(dir, err)
	}
	have, err := s.Backups()
	if err != nil {
		return err
	}
	short := sum(data)[:12]
	if len(have) > 0 && strings.Contains(filepath.Base(have[0].Path), short) {
		return nil
	}
	name := filepath.Join(dir, now.UTC().Format(backupTime)+"-"+short+ext)
	if err := s.place(name, data); err != nil {
		return s.cannotWrite(name, err)
	}
	have = append([]Backup{{Path: name, Time: now.UTC().Truncate(time.Second), Size: int64(len(data))}}, have...)
	for _, b := range surplus(have, keep) {
		s.fs.Remove(b.Path) // what cannot be removed now is surplus again next time
	}
	return nil
}

// Backups are the backups, newest first.
func (s *Store) Backups() ([]Backup, error) {
	dir := s.path(backupsDir)
	entries, err := s.fs.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &msg.Error{Text: msg.New("store.cannot_read", "File", dir), Err: err}
	}
	var out []Backup
	for _, e := range entries {
		if len(e.Name()) <= len(backupTime) {
			continue
		}
		at, err := time.Parse(backupTime, e.Name()[:len(backupTime)])
		if err != nil {
			continue
		}
		b := Backup{Path: filepath.Join(dir, e.Name()), Time: at}
		if info, err := e.Info(); err == nil {
			b.Size = info.Size()
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Backup) int {
		if c := b.Time.Compare(a.Time); c != 0 {
			return c
		}
		return strings.Compare(b.Path, a.Path)
	})
	return out, nil
}

// surplus is which of the backups, newest first, are to go.
func surplus(have []Backup, keep int) (out []Backup) {
	keep = max(keep, 1)
	room := max(16<<20, 2*have[0].Size)
	stay, day := 0, ""
	for i, b := range have {
		d := b.Time.Format(time.DateOnly)
		switch {
		case i == 0:
		case stay >= keep, b.Size > room, stay >= (keep+1)/2 && d == day:
			out = append(out, b)
			continue
		}
		stay, day = stay+1, d
		room -= b.Size
	}
	return out
}

// Cached reads what Cache kept under name; nil if there is nothing, or nothing
// whole.
func (s *Store) Cached(name string) []byte {
	data, err := s.fs.ReadFile(s.path(cacheDir, name))
	if err != nil || len(data) < 64 || sum(data[64:]) != string(data[:64]) {
		return nil
	}
	return data[64:]
}

// Cache keeps data that can be made again at any time. Failure is silent.
func (s *Store) Cache(name string, data []byte) {
	if s.readOnly || !plain(name) {
		return
	}
	if s.fs.MkdirAll(s.path(cacheDir), s.dirMode) == nil {
		s.place(s.path(cacheDir, name), append([]byte(sum(data)), data...))
	}
}
