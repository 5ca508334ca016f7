package merge

import (
	"errors"

	"taizhang/sheet/table"
)

// State is the content of a ledger at one moment: its tables, with row IDs.
// What belongs to a place in a workbook is not part of it. States are never
// modified once they are made; those that a merge returns share memory with
// those it was given.
type State struct{ Tables []*table.Table }

// Mode tells how rows and columns that are missing from theirs are to be taken.
type Mode uint8

const (
	// Shared: theirs is the shared workbook, another head or an older
	// revision; what is gone from it was deleted.
	Shared Mode = iota
	// Copy: theirs is a returned copy, perhaps of one unit's rows only; what
	// is missing from it is reported, never deleted. Its running numbers,
	// sections and order are its own.
	Copy
)

// Options of a merge. The zero value merges a shared workbook and stops when
// more than a quarter of the rows are gone.
type Options struct {
	Mode    Mode
	Force   bool              // go on when more than a quarter of the rows or values are gone
	Answers map[string]string // Ask.ID → id of the row chosen, or AnswerNew

	// Within, of a copy: the rows of the base that it was given, by kind and id; nil:
	// all of them. It speaks of no others, whatever stands in it; see Scope in the
	// package comment.
	Within func(kind, id string) bool

	// Identity tells by table kind which columns tell rows apart. For a kind
	// that is not in it this is derived from the data.
	Identity map[string]Identity
}

// AnswerNew answers an Ask: the row is none of the candidates, it is new.
const AnswerNew = "new"

// SectionKey is the Change.Key of a row's section, which is no column.
const SectionKey = "@section"

// Outcome is what became of one value or row.
type Outcome string

const (
	Applied  Outcome = "applied"  // theirs was taken over
	Same     Outcome = "same"     // both sides made the same change
	Conflict Outcome = "conflict" // both changed it differently: mine stands until a person chooses
	Behind   Outcome = "behind"   // only mine changed; the copy is behind (counted, not listed)
	// a running number or section of theirs that does not count: mine stands, and nobody needs to choose
	Kept Outcome = "kept"
)

// Change is one value, or one row, that theirs changed against the base.
type Change struct {
	Kind               string // of the table
	Row                string // row id
	Key                string // column key in Merged; "" for the row as a whole; SectionKey
	Base, Mine, Theirs string
	RowAdded           bool // theirs added the row (Key is ""); its values are in Merged
	RowDeleted         bool // theirs deleted the row (Key is ""); with Conflict: mine had edited it and it was kept
	// mine had deleted the row that theirs edited (Key is "", Conflict): it came back with theirs' edits
	MineDeleted bool
	Outcome     Outcome
}

// Ask is a row of theirs that may be one of several rows of the base, or none of
// them. It was not merged, and no candidate counts as missing.
type Ask struct {
	ID         string // stable for the same question
	Kind       string
	Sheet      string   // in theirs
	Row        int      // sheet row in theirs
	Table, Pos int      // place in Result.Theirs: Tables[Table].Rows[Pos]
	Candidates []string // row ids, likeliest first
}

// ColumnChange is a column that theirs has and the base has not, or the other
// way round.
type ColumnChange struct {
	Kind, Sheet string // Sheet in Merged
	Key         string // in Merged
	Heading     string // in theirs, or the base's if theirs has it no more
	What        ColumnWhat
}

// ColumnWhat is what happened to a column.
type ColumnWhat string

const (
	ColumnAdded   ColumnWhat = "added"
	ColumnRenamed ColumnWhat = "renamed" // another heading over the same values
	ColumnRemoved ColumnWhat = "removed" // Shared: its values were deleted, each a Change
	ColumnAbsent  ColumnWhat = "absent"  // Copy: reported, nothing deleted
)

// Result of a three-way merge.
type Result struct {
	Merged  State          // base, mine and theirs as one; rows carry ids
	Changes []Change       // every value that theirs changed, and what became of it, in Merged's order by kind
	Columns []ColumnChange // columns that came or went
	Added   []string       // ids of rows that theirs added
	// ids of rows of base and mine that theirs has not (Copy: kept; Shared: deleted unless edited)
	Missing []string
	Asks    []Ask // rows that were not merged because nobody knows which they are
	Behind  int   // values and rows that only mine changed

	// Theirs is theirs with the ids that its rows were given ("" if asked
	// about) and with the column keys of Merged. It keeps its places in the
	// workbook, so that a value of Merged can be written to where it belongs.
	Theirs State
}

// ErrTooMany: more than a quarter of the rows, or of the values, of a kind of
// table are gone; a person must agree (Options.Force). The Result that comes
// with it has Missing and nothing else.
var ErrTooMany = errors.New("too many rows are gone")

// ErrIdentity: a row of base or mine has no id, or two have the same.
var ErrIdentity = errors.New("rows without identity")
