package store

import (
	"errors"
	"io/fs"
	"slices"

	"taizhang/sheet/merge"
)

// Get reads a revision's record; ErrMissing, ErrCorrupt. A record that was read
// once, or is in the index, is known even if its file is gone.
func (s *Store) Get(id string) (Revision, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.record(id)
	if err != nil {
		return Revision{}, err
	}
	return *r, nil
}

func (s *Store) record(id string) (*Revision, error) {
	if r := s.records[id]; r != nil {
		return r, nil
	}
	f, err := s.readFile(id)
	if err != nil {
		return nil, err
	}
	return s.learn(f.Revision), nil
}

// learn keeps a record. It takes the record alone: the file that it was read
// from may be that of a whole ledger.
func (s *Store) learn(r Revision) *Revision {
	if s.records[r.ID] == nil {
		s.records[r.ID] = &r
		s.unlisted++
	}
	return s.records[r.ID]
}

// readFile reads a revision file and verifies its record.
func (s *Store) readFile(id string) (*file, error) {
	if !isID(id) {
		return nil, s.missing(id, nil)
	}
	data, err := s.fs.ReadFile(s.revisionFile(id))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, s.missing(id, nil)
	case errors.Is(err, fs.ErrPermission):
		return nil, denied(s.revisionFile(id), err)
	case err != nil:
		return nil, s.corrupt(id, err)
	}
	f, err := parseFile(data)
	if err != nil {
		return nil, s.corrupt(id, err)
	}
	if f.ID != id {
		return nil, s.corrupt(id, errSum)
	}
	return f, nil
}

var errSum = errors.New("content does not match its sum")

// Content reads a revision's content; ErrMissing, ErrCorrupt. It must not be
// changed: it is shared with later calls.
func (s *Store) Content(id string) (merge.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.content(id)
}

func (s *Store) content(id string) (merge.State, error) {
	if st, ok := s.recall(id); ok && s.proven(id) {
		return st, nil
	}
	if m := s.memory[id]; m != nil {
		return m.state, nil
	}
	// From the revision down to a whole state, or to one that is at hand.
	var chain []*file
	var st merge.State
	at, known := id, false
	for !known {
		if len(chain) > 64 {
			return st, s.corrupt(id, errors.New("differences without end"))
		}
		f, err := s.readFile(at)
		if err != nil {
			return st, err
		}
		chain = append(chain, f)
		if f.Base == "" {
			break
		}
		at = f.Base
		st, known = s.recall(at)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		f := chain[i]
		data, err := inflate(f.state)
		if err == nil && f.Base == "" {
			st, err = decodeState(data)
		} else if err == nil {
			st, err = applyDelta(st, data)
		}
		if err != nil {
			return merge.State{}, s.corrupt(f.ID, err)
		}
		if gen := chain[0].Gen + 1; i > 0 && f.Gen == gen&(gen-1) {
			// What comes after id is stored as a difference from this one.
			s.remember(cached{f.ID, st, f.Content})
		}
	}
	if got, _ := sumState(st); got != chain[0].Content {
		return merge.State{}, s.corrupt(id, errSum)
	}
	s.learn(chain[0].Revision)
	s.remember(cached{id: id, state: st})
	return st, nil
}

// Changes reads what a revision changed against its first parent; none for a
// revision without a parent. ErrMissing, ErrCorrupt.
func (s *Store) Changes(id string) ([]Change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.memory[id]; m != nil {
		return m.changes, nil
	}
	f, err := s.readFile(id)
	if err != nil {
		return nil, err
	}
	if f.Diff == "" {
		return nil, nil
	}
	data, err := inflate(f.changes)
	if err == nil && sum(data) != f.Diff {
		err = errSum
	}
	if err != nil {
		return nil, s.corrupt(id, err)
	}
	out, err := decodeChanges(data)
	if err != nil {
		return nil, s.corrupt(id, err)
	}
	return out, nil
}

// Nearest is id itself if its content can be read, else the nearest ancestor
// whose content can; damage holds what went wrong on the way. ErrMissing if
// there is none.
func (s *Store) Nearest(id string) (at string, st merge.State, damage []error, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue, seen := []string{id}, map[string]bool{id: true}
	for len(queue) > 0 {
		at, queue = queue[0], queue[1:]
		st, err := s.content(at)
		if err == nil {
			return at, st, damage, nil
		}
		if errors.Is(err, ErrDenied) {
			return "", merge.State{}, damage, err
		}
		damage = append(damage, err)
		r, err := s.record(at)
		if err != nil {
			continue
		}
		for _, p := range r.Parents {
			if !seen[p] {
				seen[p] = true
				queue = append(queue, p)
			}
		}
	}
	return "", merge.State{}, damage, s.missing(id, errors.Join(damage...))
}

// keepContents is how many contents are kept at hand; they share the rows that
// they have in common.
const keepContents = 6

func (s *Store) recall(id string) (merge.State, bool) {
	for i, c := range s.contents {
		if c.id == id {
			s.contents = append(append(s.contents[:i:i], s.contents[i+1:]...), c)
			return c.state, true
		}
	}
	return merge.State{}, false
}

// proven holds content that was met on the way to other content against its sum,
// once, and forgets it if that is another one.
func (s *Store) proven(id string) bool {
	i := slices.IndexFunc(s.contents, func(c cached) bool { return c.id == id })
	c := &s.contents[i]
	if c.unproven != "" {
		if got, _ := sumState(c.state); got != c.unproven {
			s.contents = slices.Delete(slices.Clone(s.contents), i, i+1)
			return false
		}
		c.unproven = ""
	}
	return true
}

func (s *Store) remember(c cached) {
	if _, ok := s.recall(c.id); ok {
		return
	}
	if len(s.contents) >= keepContents {
		s.contents = append([]cached(nil), s.contents[1:]...)
	}
	s.contents = append(s.contents, c)
}
