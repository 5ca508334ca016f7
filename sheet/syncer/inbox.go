package syncer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// inbox remembers what became of the files in the folder of returned copies.
type inbox struct {
	done    map[inboxFile]bool
	reports []CopyReport
}

// inboxFile is a file in one state; another state is another copy.
type inboxFile struct {
	name string
	size int64
	time time.Time
}

// settling is how long a file must have been left alone before it is refused
// for being damaged: it may still be being copied.
const settling = 5 * time.Second

// takeInbox merges the copies in the inbox that were not merged yet. What it
// refuses is reported once and stays where it is.
func (s *Session) takeInbox() error {
	if s.opt.Inbox == "" || s.opt.ReadOnly || s.why != nil || s.head.ID == "" {
		return nil
	}
	entries, err := os.ReadDir(s.opt.Inbox)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &msg.Error{Text: msg.New("syncer.inbox", "Dir", s.opt.Inbox), Hint: msg.New("syncer.inbox.hint"), Err: err}
	}
	if s.inbox.done == nil {
		s.inbox.done = map[inboxFile]bool{}
	}
	for _, e := range entries {
		if !isCopy(e.Name()) || e.IsDir() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue
		}
		f := inboxFile{e.Name(), info.Size(), info.ModTime()}
		if s.inbox.done[f] {
			continue
		}
		c, err := s.takeCopy(filepath.Join(s.opt.Inbox, e.Name()), MergeOptions{})
		if err != nil && passing(err) && time.Since(info.ModTime()) < settling {
			continue
		}
		s.inbox.done[f] = true
		if c.Err = err; err != nil || !c.Before {
			s.inbox.reports = append(slices.Clip(s.inbox.reports), c)
		}
	}
	return nil
}

// isCopy reports whether a file in the inbox is a workbook, and not the owner
// file or the temporary file of a program.
func isCopy(name string) bool {
	if strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") {
		return false
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm", ".xltx", ".xls", ".et":
		return true
	}
	return false
}

// returned is who has returned a copy, in the order of the directory, and then
// who of the units that lead a task has not.
func (s *Session) returned(l *ledger.Ledger) []Returned {
	if s.graph == nil {
		return nil
	}
	in := s.graph.ancestors(s.head.ID)
	last := map[string]Returned{}
	for i := range s.graph.all {
		r := &s.graph.all[i]
		if !in[r.ID] {
			continue
		}
		for _, c := range r.Copies {
			unit := l.Directory.Canonical(c.Unit)
			last[unit] = Returned{Unit: unit, File: c.File, At: r.Time}
		}
	}
	var have, not []Returned
	seen := map[string]bool{}
	for _, u := range l.ByUnit {
		if u.Unit == "" || u.Tasks == 0 {
			continue
		}
		seen[u.Unit] = true
		if r, ok := last[u.Unit]; ok {
			have = append(have, r)
		} else {
			not = append(not, Returned{Unit: u.Unit})
		}
	}
	var others []Returned
	for unit, r := range last {
		if !seen[unit] {
			others = append(others, r)
		}
	}
	slices.SortFunc(others, func(a, b Returned) int { return strings.Compare(a.Unit, b.Unit) })
	return append(append(have, others...), not...)
}
