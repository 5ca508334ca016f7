package merge

import (
	"errors"
	"time"

	"taizhang/sheet/table"
)

// The declarations of this file are the agreed interface between merge, store
// and syncer.

// State is the content of a ledger at one moment: its tables, with row IDs.
// What belongs to a place in a workbook is not part of it.
type State struct{ Tables []*table.Table }

// Side is one side of a merge and who stands behind it.
type Side struct {
	State  State
	Author string
	Time   time.Time
	Source string // "terminal", "workbook", or the returned copy's file name
}

// Mode tells how rows that are missing from theirs are to be taken.
type Mode uint8

const (
	// Shared: theirs is the shared workbook; a row gone from it was deleted.
	Shared Mode = iota
	// Copy: theirs is a returned copy, perhaps of one unit's rows only; a row
	// missing from it is reported, never deleted.
	Copy
)

// Options of a merge. The zero value merges a shared workbook and stops when
// more than a quarter of the rows are gone.
type Options struct {
	Mode    Mode
	Force   bool                     // go on when more than a quarter of the rows are gone
	NewID   func(hint string) string // identity for an added row; the same hint (its content) gives the same id on both sides; nil: derived from the content
	Answers map[string]string        // Ask.ID → id of the row chosen, or "new"
}

// Outcome is what became of one value or row.
type Outcome string

const (
	Applied  Outcome = "applied"  // theirs was taken over
	Same     Outcome = "same"     // both sides made the same change
	Conflict Outcome = "conflict" // both changed it differently: mine stands until a person chooses
	Behind   Outcome = "behind"   // only mine changed; the copy is behind
)

// Change is one value that theirs changed against the base.
type Change struct {
	Kind               string // of the table
	Row                string // row id
	Key                string // column key; "" for the row as a whole
	Base, Mine, Theirs string
	RowDeleted         bool // theirs deleted the row (Key is "")
	Outcome            Outcome
}

// Ask is a row of theirs that could be more than one row of the base.
type Ask struct {
	ID         string // stable for the same question
	Kind       string
	Row        int      // sheet row in theirs
	Candidates []string // row ids
}

// Result of a three-way merge.
type Result struct {
	Merged  State    // base, mine and theirs as one; rows carry ids
	Changes []Change // every value that theirs changed, and what became of it
	Added   []string // ids of rows that theirs added
	Missing []string // ids of rows of the base that theirs has not (Copy: kept; Shared: deleted unless edited)
	Asks    []Ask    // rows that were not merged because nobody knows which they are
	Theirs  State    // theirs with the ids that its rows were given
}

// ErrTooMany: more than a quarter of the rows are gone; a person must agree.
var ErrTooMany = errors.New("too many rows are gone")

// Merge is the three-way merge of base, mine and theirs; rows of theirs have no
// ids yet and are aligned with the base. It is pure and deterministic.
func Merge(base, mine, theirs State, opt Options) (Result, error) {
	return Result{}, errors.New("being built")
}
