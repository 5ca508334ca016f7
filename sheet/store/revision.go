package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// Revision is an immutable record of the ledger's content.
type Revision struct {
	ID      string    `json:"-"` // content address; "" before it is put
	Parents []string  `json:"parents,omitempty"`
	Time    time.Time `json:"time"`
	Author  string    `json:"author,omitempty"`
	Source  string    `json:"source,omitempty"` // "terminal", "workbook", "merge", or a returned copy's file name
	Note    string    `json:"note,omitempty"`   // "undo of …", "restore of …"

	// Of a revision that was read from a workbook: what the file was.
	Stamp string `json:"stamp,omitempty"` // the revision its stamp named, "" if it had none
	Sum   string `json:"sum,omitempty"`   // SHA-256 of the file

	// Conflicts travel with the revisions, so that every coordinator sees the
	// same ones as open.
	Opened   []Conflict `json:"opened,omitempty"`   // conflicts that this revision opened
	Resolved []string   `json:"resolved,omitempty"` // ids of conflicts that it settled
	Copies   []Copy     `json:"copies,omitempty"`   // returned copies that it merged
	// Notes is what whoever saved the workbook wrote or removed where no table has a
	// place for it.
	Notes []Note `json:"notes,omitempty"`

	// Elders are some ancestors beyond the parents, set by the store: if a
	// parent's file is lost, what it came from is known all the same.
	Elders []string `json:"elders,omitempty"`

	// Sums of the canonical encodings, set by the store.
	Content string `json:"content"`
	Diff    string `json:"diff,omitempty"`
}

// Before is the revision's ancestors as far as its record names them: its
// parents, then its elders.
func (r *Revision) Before() []string { return append(slices.Clip(r.Parents), r.Elders...) }

// Conflict is one value that two people changed differently.
type Conflict struct {
	ID       string    `json:"id"`   // stable: the same conflict has the same id wherever it is found
	Kind     string    `json:"kind"` // of the table
	Row      string    `json:"row"`
	Key      string    `json:"key,omitempty"` // column key; "" = the row: one edited, the other deleted it
	Base     string    `json:"base,omitempty"`
	Mine     string    `json:"mine,omitempty"`
	Theirs   string    `json:"theirs,omitempty"`
	MineBy   string    `json:"mine_by,omitempty"`
	TheirsBy string    `json:"theirs_by,omitempty"`
	MineAt   time.Time `json:"mine_at,omitzero"`
	TheirsAt time.Time `json:"theirs_at,omitzero"`
	Since    time.Time `json:"since,omitzero"`
	// Stands: theirs is what stands in the shared workbook, and it stays there
	// until a person chooses.
	Stands bool `json:"stands,omitempty"`
}

// Copy is a returned copy that was merged: never merged twice.
type Copy struct {
	File  string   `json:"file"`
	Sum   string   `json:"sum"` // SHA-256 of the file
	Unit  string   `json:"unit,omitempty"`
	Base  string   `json:"base,omitempty"`  // revision it was merged against
	By    string   `json:"by,omitempty"`    // "stamp", "nearest", "none"
	Stamp string   `json:"stamp,omitempty"` // revision that its stamp named; "" also in records of old
	Asked []string `json:"asked,omitempty"` // rows that nobody could place, by their text

	// Answers is what a person said such rows are, by the same names.
	Answers map[string]string `json:"answers,omitempty"`

	// Beside is what was typed in it where no table has a place for it.
	Beside []Beside `json:"beside,omitempty"`
}

// Beside is a text of a returned copy that stands in no table.
type Beside struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Said  string `json:"text"`           // of a formula what it shows; "" if it was saved without
	What  string `json:"what,omitempty"` // one of the words below; "": the text of a cell
}

// Note is a text of the shared workbook that stands in no table.
type Note struct {
	Beside
	Gone bool `json:"gone,omitempty"` // it stood there before; else it is new
}

// What a text beside the tables may be, apart from that of a cell.
const (
	BesideComment = "comment"
	BesideShape   = "shape"
	BesideFormula = "formula"
	BesideHeading = "heading" // of a column that the ledger calls something else
)

// Classes of failure. The errors themselves are *msg.Error and name the file.
var (
	ErrMissing = errors.New("revision is missing")
	ErrCorrupt = errors.New("revision is damaged")
	ErrNoStore = errors.New("no store in this folder")
	ErrDenied  = errors.New("no permission to read the store") // it is not damaged: nothing may be worked around
)

// maxRecord bounds a record line; a longer one is damage.
const maxRecord = 64 << 20

// encodeRecord is the record line of r, without its line feed, and its id.
func encodeRecord(r Revision) (line []byte, id string, err error) {
	r.Time = r.Time.Round(0).UTC()
	line, err = json.Marshal(r)
	if err != nil {
		return nil, "", err
	}
	return line, sum(line), nil
}

// parseRecord reads a record line; the caller has checked its sum or does not
// trust it.
func parseRecord(line []byte) (Revision, error) {
	var r Revision
	if len(line) > maxRecord || bytes.IndexByte(line, '\n') >= 0 {
		return r, errors.New("not a record line")
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, err
	}
	if !isID(r.Content) || r.Diff != "" && !isID(r.Diff) {
		return r, errors.New("record names no content")
	}
	for _, p := range r.Before() {
		if !isID(p) {
			return r, errors.New("record names a parent that is no revision")
		}
	}
	r.ID = sum(line)
	return r, nil
}

// header is the second line of a revision file: how the rest of it is laid out.
type header struct {
	Base    string `json:"base,omitempty"` // revision that the state is a difference from; "" if it is whole
	Gen     int    `json:"gen,omitempty"`  // steps since the last whole one
	Root    int    `json:"root"`           // bytes of that whole state as stored
	Changes int    `json:"changes"`        // bytes
	State   int    `json:"state"`          // bytes
}

// file is a revision file taken apart; changes and state are still compressed.
type file struct {
	Revision
	header
	line           []byte
	changes, state []byte
}

// parseFile takes a revision file apart. It checks the layout, not the sums.
func parseFile(data []byte) (*file, error) {
	line, rest, ok := bytes.Cut(data, []byte{'\n'})
	if !ok {
		return nil, errors.New("record is cut off")
	}
	r, err := parseRecord(line)
	if err != nil {
		return nil, err
	}
	head, rest, ok := bytes.Cut(rest, []byte{'\n'})
	if !ok {
		return nil, errors.New("header is cut off")
	}
	f := &file{Revision: r, line: line}
	if err := json.Unmarshal(head, &f.header); err != nil {
		return nil, err
	}
	h := f.header
	if h.Changes < 0 || h.State < 0 || h.Changes > len(rest) || h.State != len(rest)-h.Changes {
		return nil, errors.New("length does not match the header")
	}
	if h.Gen < 0 || (h.Gen == 0) != (h.Base == "") || h.Base != "" && !isID(h.Base) {
		return nil, errors.New("header contradicts itself")
	}
	f.changes, f.state = rest[:h.Changes], rest[h.Changes:]
	return f, nil
}

// bytes is the file as it is stored.
func (f *file) bytes() ([]byte, error) {
	f.header.Changes, f.header.State = len(f.changes), len(f.state)
	head, err := json.Marshal(f.header)
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{f.line, []byte{'\n'}, head, []byte{'\n'}, f.changes, f.state}, nil), nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func isID(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
