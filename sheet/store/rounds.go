package store

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// sentDir holds one small file for each round of copies that was sent out.
const sentDir = "sent"

// Round is copies that were made for units to fill in and return.
type Round struct {
	Revision string    `json:"revision"` // that the copies are stamped with
	Units    []string  `json:"units"`
	Time     time.Time `json:"time"`
	Author   string    `json:"author,omitempty"`
	// Beside is what stood beside the tables, so that it is known when it comes back;
	// none if that was too much to keep.
	Beside []Spot `json:"beside,omitempty"`
}

// Spot is a text beside the tables of a workbook: beside a row, by its id, or
// anywhere on a sheet.
type Spot struct {
	Sheet string `json:"sheet"`
	Row   string `json:"row,omitempty"`
	Text  string `json:"text"` // "=" for a formula
}

// MarkSent records a round. The file is named by the SHA-256 of what it holds.
func (s *Store) MarkSent(r Round) error {
	if s.readOnly {
		return ErrStoreReadOnly
	}
	r.Time = r.Time.Round(0).UTC()
	data, err := json.Marshal(r)
	if err == nil {
		err = s.fs.MkdirAll(s.path(sentDir), s.dirMode)
	}
	name := s.path(sentDir, sum(data))
	if err == nil {
		err = s.place(name, data)
	}
	if err != nil {
		return s.cannotWrite(name, err)
	}
	return nil
}

// Rounds is every round that can be read, oldest first. One that is damaged or
// missing is as if it had never been sent.
func (s *Store) Rounds() []Round {
	entries, err := s.fs.ReadDir(s.path(sentDir))
	if err != nil {
		return nil // none yet
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Round
	for _, e := range entries {
		name := e.Name()
		if !isID(name) {
			continue
		}
		r, known := s.rounds[name]
		if !known {
			data, err := s.fs.ReadFile(s.path(sentDir, name))
			if err != nil || sum(data) != name || json.Unmarshal(data, &r) != nil {
				continue
			}
			if s.rounds == nil {
				s.rounds = map[string]Round{}
			}
			s.rounds[name] = r
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Round) int {
		if d := a.Time.Compare(b.Time); d != 0 {
			return d
		}
		return strings.Compare(a.Revision, b.Revision)
	})
	return out
}
