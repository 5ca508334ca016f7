package store

// Heads are the revisions that are no one's parent, oldest first: what a test
// knows a history by.
func (s *Store) Heads() (heads []string, damage []error, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, damage, err := s.list()
	if err != nil {
		return nil, damage, err
	}
	parent := make(map[string]bool, len(all))
	for _, r := range all {
		for _, p := range r.Before() {
			parent[p] = true
		}
	}
	for _, r := range all {
		if !parent[r.ID] {
			heads = append(heads, r.ID)
		}
	}
	return heads, damage, nil
}
