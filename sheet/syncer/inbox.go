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

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/safefile"
)

// inbox takes in returned copies, those that a person names and those in a folder of
// which it remembers what became. The files themselves stay where they are, as they are.
type inbox struct {
	*replica
	done     map[inboxFile]bool
	reports  []CopyReport
	arriving []CopyReport            // of the last look
	first    map[inboxFile]time.Time // when a file that is not whole was seen first
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
// refuses is reported once and stays where it is; what is not whole yet is
// looked at again by the next pass.
func (s *inbox) takeInbox() error {
	s.arriving = nil
	if s.opt.Inbox == "" || s.opt.ReadOnly || s.why != nil || s.head.ID == "" {
		return nil
	}
	entries, err := os.ReadDir(s.opt.Inbox)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &msg.Error{Text: msg.New("syncer.inbox", "Dir", s.opt.Inbox), Hint: msg.New("syncer.inbox.hint"),
			Err: err}
	}
	if s.done == nil {
		s.done, s.first = map[inboxFile]bool{}, map[inboxFile]time.Time{}
	}
	for _, e := range entries {
		path := filepath.Join(s.opt.Inbox, e.Name())
		info, err := os.Stat(path)
		if err != nil || passedOver(e.Name()) || s.isWorkbook(info) {
			continue
		}
		f := inboxFile{e.Name(), info.Size(), info.ModTime()}
		if s.done[f] {
			continue
		}
		c := CopyReport{File: path}
		switch {
		case info.IsDir():
			if !s.hasUnmerged(path) {
				continue
			}
			c.Err = &msg.Error{Class: ooxml.ErrNotWorkbook, Text: msg.New("syncer.folder", "File", e.Name()),
				Hint: msg.New("syncer.folder.hint")}
		case !info.Mode().IsRegular():
			continue // to open a pipe would wait for whoever is at its other end
		default:
			if c.Before = s.mergedWhole(path); !c.Before {
				c, err = s.takeCopy(path, MergeOptions{})
				c.Err = err
			}
		}
		if c.Err != nil && !info.IsDir() && passing(c.Err) && s.young(f) {
			c.Err = &msg.Error{Class: ErrMissing, Text: msg.New("syncer.arriving", "File", e.Name()),
				Hint: msg.New("syncer.arriving.hint"), Err: c.Err}
			s.arriving = append(s.arriving, c)
			continue
		}
		delete(s.first, f)
		s.done[f] = true
		if !c.Before {
			s.reports = append(slices.Clip(s.reports), c)
		}
	}
	return nil
}

// young reports whether a file that is not whole may still be being copied: it
// was written within the last moments, or if its time lies in the future, was
// seen first within them.
func (s *inbox) young(f inboxFile) bool {
	first, ok := s.first[f]
	if !ok {
		first = time.Now()
		s.first[f] = first
	}
	age := time.Since(f.time)
	if age < 0 {
		age = time.Since(first)
	}
	return age < settling
}

// passedOver reports whether a file in the inbox is nothing that anybody
// returned: hidden, the owner file or a temporary file of a program, or a note.
func passedOver(name string) bool {
	if strings.HasPrefix(name, "~") || strings.HasPrefix(name, ".") || safefile.IsTemp(name) {
		return true
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".md", ".log", ".tmp", ".bak", ".part", ".partial",
		".crdownload", ".download", ".filepart", ".ini", ".db", ".lnk", ".url", ".desktop":
		return true
	}
	return false
}

// isWorkbook reports whether a file is the ledger's own workbook, which stands
// in the inbox if that is its folder.
func (s *subject) isWorkbook(info fs.FileInfo) bool {
	own, err := os.Stat(s.path)
	return err == nil && os.SameFile(own, info)
}

// hasUnmerged reports whether a folder in the inbox holds a workbook that was
// not merged: somebody expects it to be. A folder for those that were says
// nothing.
func (s *chronicle) hasUnmerged(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".xlsx", ".xlsm", ".xls", ".et":
			if passedOver(e.Name()) || !e.Type().IsRegular() {
				continue
			}
			if !s.mergedWhole(filepath.Join(dir, e.Name())) {
				return true
			}
		}
	}
	return false
}

// mergedWhole reports whether a file was merged before, and nothing of it waits
// for an answer. It is cheaper than to read the file as a workbook.
func (s *chronicle) mergedWhole(path string) bool {
	sum, err := sumOf(path)
	if err != nil {
		return false
	}
	c := s.graph.Merged(s.head.ID, sum)
	return c != nil && len(c.Asked) == 0
}

// sumOf is the SHA-256 of a file, in hexadecimal.
func sumOf(path string) (string, error) {
	f, err := os.Open(path)
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
