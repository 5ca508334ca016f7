package store

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"taizhang/sheet/msg"
)

// List is every revision whose record can be read, oldest first.
func (s *Store) List() (all []Revision, damage []error, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rs, damage, err := s.list()
	for _, r := range rs {
		all = append(all, *r)
	}
	return all, damage, err
}

func (s *Store) list() (all []*Revision, damage []error, err error) {
	entries, err := s.fs.ReadDir(s.path(revisionsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, cannotRead(s.path(revisionsDir), err)
	}
	if len(s.records) == 0 {
		s.readIndex()
	}
	for _, e := range entries {
		id := e.Name()
		if !isID(id) {
			continue
		}
		r, err := s.record(id)
		if errors.Is(err, ErrDenied) {
			return nil, nil, err
		}
		if err != nil {
			damage = append(damage, err)
			continue
		}
		all = append(all, r)
	}
	for _, m := range s.memory {
		// Somebody else may have put the same since.
		if !slices.ContainsFunc(all, func(r *Revision) bool { return r.ID == m.ID }) {
			all = append(all, &m.Revision)
		}
	}
	slices.SortFunc(all, func(a, b *Revision) int {
		return cmp.Or(a.Time.Compare(b.Time), strings.Compare(a.ID, b.ID))
	})
	s.writeIndex(all)
	return all, damage, nil
}

// Find is the revision whose id begins with prefix; ErrMissing if there is none
// or more than one.
func (s *Store) Find(prefix string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, _, err := s.list()
	if err != nil {
		return "", err
	}
	var found []string
	for _, r := range all {
		if prefix != "" && strings.HasPrefix(r.ID, strings.ToLower(prefix)) {
			found = append(found, r.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", &msg.Error{Class: ErrMissing, Text: msg.New("store.no_such", "Revision", prefix),
			Hint: msg.New("store.no_such.hint")}
	}
	return "", &msg.Error{Class: ErrMissing, Text: msg.New("store.ambiguous", "Revision", prefix, "N", len(found)),
		Hint: msg.New("store.ambiguous.hint")}
}

// readIndex learns the records of the index; a line that is damaged is no
// record of anything and does no harm.
func (s *Store) readIndex() {
	data, err := s.fs.ReadFile(s.path(indexFile))
	if err != nil {
		return
	}
	for line := range bytes.Lines(data) {
		line = bytes.TrimSuffix(line, []byte{'\n'})
		if len(line) <= 2*32 {
			continue
		}
		// "SUM RECORD": only a line that vouches for itself is believed.
		id, record := string(line[:64]), line[65:]
		if sum(record) != id {
			continue
		}
		if r, err := parseRecord(record); err == nil {
			s.records[r.ID] = &r
		}
	}
}

// indexEvery is how many records may be missing from the index before it is
// written anew.
const indexEvery = 32

func (s *Store) writeIndex(all []*Revision) {
	if s.readOnly || s.unlisted < indexEvery {
		return
	}
	var b bytes.Buffer
	for _, r := range all {
		line, id, err := encodeRecord(*r)
		if err != nil || id != r.ID {
			continue
		}
		b.WriteString(id)
		b.WriteByte(' ')
		b.Write(line)
		b.WriteByte('\n')
	}
	s.unlisted = 0
	s.place(s.path(indexFile), b.Bytes()) // a cache: without it the records are read one by one
}
