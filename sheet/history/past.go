package history

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/store"
)

// Past tells when rows changed; it is the ledger.History of a session. What it
// has read of the history is kept as a cache of the store.
type Past struct {
	Seen     map[string]bool         `json:"seen"` // revisions that are in it
	Rows     map[string]time.Time    `json:"rows"`
	Progress map[string]time.Time    `json:"progress"`
	Reports  map[string]time.Time    `json:"reports"`          // when a row last said something of how far it is
	Births   map[string]ledger.Birth `json:"births,omitempty"` // how rows of append-only tables came in
	First    time.Time               `json:"first"`
	fresh    int                     // revisions read since it was kept
}

const (
	pastCache = "changed-2"
	pastEvery = 16 // revisions that may be read anew at the next start
)

// ReadPast is what the store remembers of it.
func ReadPast(s *store.Store) *Past {
	p := NewPast()
	if data := s.Cached(pastCache); data != nil {
		if json.Unmarshal(data, p) != nil || p.Seen == nil || p.Rows == nil || p.Progress == nil || p.Reports == nil ||
			p.Births == nil {
			p = NewPast()
		}
	}
	return p
}

// NewPast is one that knows nothing yet.
func NewPast() *Past {
	return &Past{Seen: map[string]bool{}, Rows: map[string]time.Time{}, Progress: map[string]time.Time{},
		Reports: map[string]time.Time{}, Births: map[string]ledger.Birth{}}
}

// reports are the columns in which a unit says how far a task is.
var reports = []string{ledger.FieldStatus, ledger.FieldProgress, ledger.FieldCompleted, ledger.FieldEvidence}

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
	n := &Past{Seen: maps.Clone(p.Seen), Rows: maps.Clone(p.Rows), Progress: maps.Clone(p.Progress),
		Reports: maps.Clone(p.Reports),
		Births:  maps.Clone(p.Births), First: p.First, fresh: p.fresh + fresh}
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
			if _, known := n.Births[c.Row]; c.Kind == ledger.KindSupervision && c.What == store.Added && !known {
				n.Births[c.Row] = birth(r)
			}
			if c.Key == "" || c.Key == ledger.FieldNumber {
				continue
			}
			if n.Rows[c.Row].Before(r.Time) {
				n.Rows[c.Row] = r.Time
			}
			if slices.Contains(reports, c.Key) && n.Reports[c.Row].Before(r.Time) {
				n.Reports[c.Row] = r.Time
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

// birth is how what a revision added came in.
func birth(r *store.Revision) ledger.Birth {
	b := ledger.Birth{At: r.Time, By: r.Author}
	if n := len(r.Copies); n > 0 {
		b.Unit = r.Copies[n-1].Unit
	}
	return b
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

// Reported is when the row last said something of how far it is; zero if never.
func (p *Past) Reported(row string) time.Time { return p.Reports[row] }

// Born is how a row of the supervision record came in; zero if that is not known.
func (p *Past) Born(row string) ledger.Birth { return p.Births[row] }

// Known is when the ledger was first seen.
func (p *Past) Known() time.Time { return p.First }
