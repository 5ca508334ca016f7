package history

import (
	"encoding/json"
	"maps"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/store"
)

// Past tells when rows changed; it is the ledger.History of a session. What it
// has read of the history is kept as a cache of the store.
type Past struct {
	Seen     map[string]bool      `json:"seen"` // revisions that are in it
	Rows     map[string]time.Time `json:"rows"`
	Progress map[string]time.Time `json:"progress"`
	First    time.Time            `json:"first"`
	fresh    int                  // revisions read since it was kept
}

const (
	pastCache = "changed-1"
	pastEvery = 16 // revisions that may be read anew at the next start
)

// ReadPast is what the store remembers of it.
func ReadPast(s *store.Store) *Past {
	p := &Past{}
	if data := s.Cached(pastCache); data != nil {
		if json.Unmarshal(data, p) != nil {
			p = &Past{}
		}
	}
	if p.Seen == nil || p.Rows == nil || p.Progress == nil {
		p = &Past{Seen: map[string]bool{}, Rows: map[string]time.Time{}, Progress: map[string]time.Time{}}
	}
	return p
}

// Learn takes in the revisions that are not in p yet; p itself stays as it is
// for those who hold it.
func (p *Past) Learn(s *store.Store, all []store.Revision) *Past {
	fresh := 0
	for i := range all {
		if !p.Seen[all[i].ID] {
			fresh++
		}
	}
	if fresh == 0 {
		return p
	}
	n := &Past{Seen: maps.Clone(p.Seen), Rows: maps.Clone(p.Rows), Progress: maps.Clone(p.Progress), First: p.First, fresh: p.fresh + fresh}
	for i := range all {
		r := &all[i]
		if n.Seen[r.ID] {
			continue
		}
		n.Seen[r.ID] = true
		if n.First.IsZero() || r.Time.Before(n.First) {
			n.First = r.Time
		}
		if r.Source == SourcePush {
			continue
		}
		changes, err := s.Changes(r.ID)
		if err != nil {
			continue // damage is reported where the content is needed
		}
		for _, c := range changes {
			if c.Key == "" || c.Key == ledger.FieldNumber {
				continue
			}
			if n.Rows[c.Row].Before(r.Time) {
				n.Rows[c.Row] = r.Time
			}
			if c.Key == ledger.FieldProgress && n.Progress[c.Row].Before(r.Time) {
				n.Progress[c.Row] = r.Time
			}
		}
	}
	if n.fresh >= pastEvery {
		n.Save(s)
	}
	return n
}

// Save keeps what was read, as a cache of the store.
func (p *Past) Save(s *store.Store) {
	if p == nil || p.fresh == 0 {
		return
	}
	p.fresh = 0
	if data, err := json.Marshal(p); err == nil {
		s.Cache(pastCache, data)
	}
}

// Changed is when the row last changed, zero if it never did since Known.
func (p *Past) Changed(row string) time.Time { return p.Rows[row] }

// ProgressChanged is when its progress last changed; zero if never.
func (p *Past) ProgressChanged(row string) time.Time { return p.Progress[row] }

// Known is when the ledger was first seen.
func (p *Past) Known() time.Time { return p.First }
