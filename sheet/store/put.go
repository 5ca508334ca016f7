package store

import (
	"errors"
	"slices"

	"taizhang/sheet/merge"
)

// ErrStoreReadOnly: the store was opened read-only, and this cannot be kept in
// memory.
var ErrStoreReadOnly = errors.New("store was opened read-only")

// Put adds a revision with its content and returns its id. Content is stored
// without what belongs to a place in a workbook; every row must have an id.
// Putting the same again changes nothing, except that it heals a damaged file.
// When Put returns, the revision survives a crash of the machine.
func (s *Store) Put(r Revision, content merge.State) (id string, err error) {
	st, err := normal(content)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.put(r, st)
}

func (s *Store) put(r Revision, st merge.State) (id string, err error) {
	f := &file{Revision: r}
	var size int64
	f.Content, size = sumState(st)
	f.Diff, f.Elders = "", s.elders(r.Parents)
	if len(r.Parents) > 0 {
		if err := s.putChanges(f, st); err != nil {
			return "", err
		}
	}
	f.line, f.ID, err = encodeRecord(f.Revision)
	if err != nil {
		return "", err
	}
	if _, err := s.content(f.ID); err == nil {
		return f.ID, nil
	}
	if s.readOnly {
		return f.ID, s.putMemory(f, st)
	}
	if err := s.putState(f, st, size); err != nil {
		return "", err
	}
	data, err := f.bytes()
	if err != nil {
		return "", err
	}
	if err := s.place(s.revisionFile(f.ID), data); err != nil {
		return "", s.cannotWrite(s.revisionFile(f.ID), err)
	}
	// The record as it reads back: times without what JSON does not keep.
	back, err := parseRecord(f.line)
	if err != nil {
		return "", err
	}
	s.learn(back)
	s.remember(cached{id: f.ID, state: st})
	return f.ID, nil
}

// elders are the parents of the parents, and so on for a few generations, as far
// as their records can be read.
func (s *Store) elders(parents []string) []string {
	const generations, most = 4, 8
	var out []string
	last := parents
	for range generations {
		var next []string
		for _, id := range last {
			r, err := s.record(id)
			if err != nil {
				continue
			}
			for _, p := range r.Parents {
				if len(out) < most && !slices.Contains(out, p) && !slices.Contains(parents, p) {
					out, next = append(out, p), append(next, p)
				}
			}
		}
		last = next
	}
	return out
}

func (s *Store) putMemory(f *file, st merge.State) error {
	r, err := parseRecord(f.line)
	if err != nil {
		return err
	}
	m := &memo{Revision: r, state: st}
	if len(r.Parents) > 0 {
		if parent, err := s.content(r.Parents[0]); err == nil {
			m.changes = Diff(parent, st)
		}
	}
	if s.memory == nil {
		s.memory = map[string]*memo{}
	}
	s.memory[r.ID] = m
	s.learn(m.Revision)
	return nil
}

// putChanges fills in what the revision changed. Damage to the parent must not
// stop the writer: the revision is then without a list.
func (s *Store) putChanges(f *file, st merge.State) error {
	parent, err := s.content(f.Parents[0])
	if err != nil {
		return nil
	}
	data, err := encodeChanges(Diff(parent, st))
	if err != nil {
		return err
	}
	f.Diff = sum(data)
	f.changes, err = deflate(data)
	return err
}

// putState fills in the content, as a difference where that is the smaller. size
// is its length as it is encoded.
func (s *Store) putState(f *file, st merge.State, size int64) (err error) {
	if base, gen, root, ok := s.pickBase(f.Revision); ok {
		if from, err := s.content(base); err == nil {
			delta, err := deflate(encodeDelta(from, st))
			if err != nil {
				return err
			}
			if len(delta) <= root/2 {
				f.state, f.header = delta, header{Base: base, Gen: gen, Root: root}
				return nil
			}
		}
	}
	f.state, err = deflateState(st, size)
	f.header = header{Root: len(f.state)}
	return err
}

// pickBase is the ancestor that r is to be stored as a difference from: with r
// gen steps after a whole state, the one that is gen&(gen-1) steps after it. It
// is found by following the bases of the first parent.
func (s *Store) pickBase(r Revision) (base string, gen, root int, ok bool) {
	if len(r.Parents) == 0 {
		return
	}
	f, err := s.readFile(r.Parents[0])
	if err != nil {
		return
	}
	gen = f.Gen + 1
	for f.Gen > gen&(gen-1) {
		if f, err = s.readFile(f.Base); err != nil {
			return
		}
	}
	return f.ID, gen, f.Root, true
}
