package syncer

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/owner"
	"taizhang/sheet/table"
)

// Options say how a ledger is opened.
type Options struct {
	Ledger   ledger.Options
	Author   string // who is recorded as the author of changes made here
	Password string
	ReadOnly bool          // every change is refused with ErrReadOnly; nothing is written, not even history
	State    string        // folder for histories; "": .taizhang beside the workbook, or the user's state folder
	Inbox    string        // folder of returned copies; "": none
	Poll     time.Duration // how often the workbook is looked at when no event comes; 0: 2 s
	Backups  int           // whole-workbook backups kept; 0: 20
	// Later: Open makes no pass; what is asked of the session first makes it. For
	// whoever opens a ledger to do one thing: it is then done in one pass.
	Later bool
	// At: the ledger as the history has it at that moment, for looking only; the zero
	// time is now. Nothing is pulled from the workbook, whose titles and formats are
	// all that is read of it.
	At time.Time
	// Now is the clock by which changes are dated; nil: the system's.
	Now func() time.Time
}

// Edit is one value typed by a person for a field of a task.
type Edit struct {
	Task  string // id, code or number; of a row of a register its id, or KIND:NUMBER
	Kind  string // kind of table that the row was seen in; "": a task
	Field string // field name, column key or heading
	Value string // as typed
	// Seen is what the person saw in that merge.Place when they began to type. Where it is
	// not known it is what the session held when the edit was handed to it.
	Seen Seen
	// KeepBoth: where the ledger holds another value than was seen, both are kept as a
	// conflict and a person chooses later. Else such an edit is refused with ErrMoved,
	// so that the person who typed it can be asked now. Commands set it.
	KeepBoth bool
}

// Seen is what somebody saw in one place. The zero value: that is not known.
type Seen struct {
	Text  string
	Known bool
}

// Saw is Seen of a text that was on the screen: Task.Text of the snapshot that was
// shown, or Conflict.Mine, or Moved.Now after an edit was refused.
func Saw(text string) Seen { return Seen{text, true} }

// Moved is a value that is not what the person who edits it saw.
type Moved struct {
	Kind                string // of the table
	Task, Number, Title string // row id, and what it shows as
	Field, Heading      string // column key, and the heading as written
	Seen, Now, Typed    string // what was seen, what the ledger holds now, what the person typed
	Gone                bool   // the whole row was deleted; Now is ""
	By                  string // who put Now there; "" if that is not known
	At                  time.Time
	Conflict            string // id of the conflict that keeps both; "" if the edit was refused
}

// MovedError is the cause of an error of the class ErrMoved; errors.As finds it. No
// edit of the call was made. To overwrite what stands there now, submit the edits
// again with Seen set to Saw(Moved.Now); to keep both for later, set KeepBoth.
type MovedError struct{ Values []Moved }

func (e *MovedError) Error() string { return fmt.Sprintf("%d values moved", len(e.Values)) }

// Decision settles a conflict.
type Decision struct {
	Conflict string // its id or the beginning of it
	Choice   string // Mine, Theirs or "=VALUE"
	// Seen is what the person saw the ledger hold (Conflict.Mine); as in Edit. A
	// decision about a value that moved is refused with ErrMoved.
	Seen Seen
}

// Snapshot is the ledger at one moment.
type Snapshot struct {
	Seq       uint64 // grows with every new snapshot
	Path      string
	ReadAt    time.Time
	Ledger    *ledger.Ledger // of the head: the workbook with whatever still waits to be written
	Found     *table.Found   // how the workbook was read
	LedgerID  string         // identity of the ledger; "" before it has a history
	Revision  string         // id of the head revision; "" before it has a history
	Owner     *owner.Holder  // who has the workbook open, nil if nobody
	Waiting   []Waiting      // values of head that the workbook does not hold yet
	Conflicts []Conflict     // open ones, oldest first
	Returned  []Returned     // returned copies by unit: who has returned, then who has not
	Latest    []Entry        // latest changes, newest first, at most 20
	// what became of the inbox's files in this session, latest last; their Asks are answered like those below
	Inbox    []CopyReport
	Arriving []CopyReport // files of the inbox that are not whole yet, and why: they may still be being copied
	// rows of the workbook that are not in Ledger because nobody knows which they are; see Session.Answer
	Asks []Ask
	// cells of the workbook with an error value or a picture where the ledger keeps a text,
	// since the session was opened
	Untyped []Untyped
	Damage  []error // what is damaged in the history and was worked around
	// what else a person should know, each once: copies that a sync program made, protection that was written through
	Notes     []error
	Trouble   error      // why the last pass failed, nil if it did not; the ledger is then that of the pass before
	Workbooks []Workbook // of several workbooks that are looked at as one, how each of them stands; nil: it is one
}

// Workbook is how one of several workbooks stands.
type Workbook struct {
	Name, Path string // Name is the shortest that tells it from the others
	Revision   string
	Year       int
	Totals     ledger.Counts
	Rows       int           // of registers
	Owner      *owner.Holder // who has it open, nil if nobody
	Waiting    int           // values that it does not hold yet
	Conflicts  int
	Trouble    error // why it could not be opened, or the last pass failed; nil if all is well
	Open       bool  // it could be opened: its rows are among those of the ledger
}

// Disputed reports a change whose value is not the ledger's: it waits in an
// open conflict for a person to choose.
func (s *Snapshot) Disputed(c Change) bool {
	return slices.ContainsFunc(s.Conflicts, func(o Conflict) bool {
		return o.Kind == c.Kind && o.Task == c.Task && o.Field == c.Field && o.Theirs == c.To && o.Mine != c.To
	})
}

// Waiting is one value that still has to be written into the workbook.
type Waiting struct {
	Workbook            string // which of several; "": it is one
	Task, Number, Title string
	Field               string
	Value               string
	Since               time.Time
	// why it cannot be written though nobody has the workbook open; nil: it goes out with the next chance
	Why error
}

// Report is what a pass, an edit or a merge did.
type Report struct {
	Revision  string
	Task      string   // of Change: id of the task that the last edit is for
	Tasks     []string // of Change: ids of all tasks that the edits are for
	Changes   []Change // what changed in head
	Copies    []CopyReport
	Conflicts int       // open ones, in all
	Waiting   bool      // something waits to be written
	Asks      []Ask     // rows of the workbook that could be more than one task
	Untyped   []Untyped // cells of the workbook with an error value or a picture where the ledger keeps a text
	Listed    []Listed  // of Change: values in whose place a word of the cell's drop-down list was written
	// of Change: values that were not written because another one stood there than was seen; both are kept
	Moved []Moved
}

// FieldsOf are the columns in which the row with that id changed, by key.
func (r Report) FieldsOf(id string) (keys []string) {
	for _, c := range r.Changes {
		if c.Task == id && c.Field != "" {
			keys = append(keys, c.Field)
		}
	}
	return keys
}

// Listed is a value that the cell's drop-down list has another word for.
type Listed struct {
	Task, Number, Title string
	Field, Heading      string
	Typed, Written      string
}

// Change is one value of head that changed, or a row that came or went.
type Change struct {
	Kind                string // of the table: "tasks", "activities", …
	Task, Number, Title string // row id, and what it shows as
	Field               string // column key; "" for the row as a whole; ledger.FieldSheet for a row on another sheet
	Heading             string // of the column, as written, in a register of the office's own; else ""
	From, To            string
	What                string // "added" or "deleted" for a row, else ""
}

// Conflict is one value that two people changed differently and that waits for
// a person to choose.
type Conflict struct {
	ID                  string
	Workbook            string // which of several; "": it is one
	Kind                string // of the table
	Task, Number, Title string // row id, and what it shows as
	Field               string // column key; "" for the row as a whole: one edited it, the other deleted it
	Heading             string // of the column, as written
	Base, Mine, Theirs  string // mine is what head holds, theirs what the copy or the workbook brought
	MineBy, TheirsBy    string
	MineAt, TheirsAt    time.Time
	Since               time.Time
}

// Choices for Resolve; a value of one's own is "=VALUE".
const (
	Mine   = "mine"
	Theirs = "theirs"
)

// Returned is how a unit stands with returning its copy. Where the unit was sent
// one, only those count that were taken from it or from a later one: each round
// begins anew.
type Returned struct {
	Unit string
	File string    // name of the last copy it returned; "" if it has returned none
	At   time.Time // when that was merged
	Sent time.Time // when it was sent one last; zero if that is not known
}

// CopyReport is what became of one returned copy.
type CopyReport struct {
	File    string
	Unit    string       // whose copy it is taken to be; "" if that is not known
	Base    string       // revision that it was merged against
	BaseBy  string       // "stamp", "nearest" or "none"
	Changes []CopyChange // values that the copy changed
	Added   []string     // ids of tasks that it added
	Missing []string     // ids of tasks that it should have and has not; they stay
	Asks    []Ask        // rows that were not merged because nobody knows which they are
	Before  bool         // this very file was merged before; nothing was done
	Earlier bool         // it was sent out in an earlier round: of the last one the unit still owes its copy
	Named   string       // the unit that the file's name speaks of, if that is another than Unit; else ""
	Untyped []Untyped    // cells with an error value or a picture, which it cannot bring
	Beside  []Beside     // texts that stand in no table of it, and so were not merged
	Err     error        // why it was refused; nil if it was merged
}

// CopyChange is one value that a copy changed against its base.
type CopyChange struct {
	Task, Number, Title string
	Field               string
	Base, Mine, Theirs  string
	Outcome             string // "applied", "same" or "conflict"
}

// Ask is a row of a copy or of the workbook that could be more than one task.
type Ask struct {
	ID         string // to be named in MergeOptions.Answers, or to Session.Answer
	Sheet      string
	Row        int               // 1-based sheet row in the copy
	Candidates []string          // ids of the tasks it could be, likeliest first
	Values     map[string]string // what the row holds, by column key of the ledger
}

// MergeOptions say how copies are merged.
type MergeOptions struct {
	Unit    string            // whose copies they are, where neither stamp nor file tells
	Answers map[string]string // Ask.ID → id of the task, or "new"
}

// Entry is a revision in the log.
type Entry struct {
	Revision string
	Parents  []string
	Time     time.Time
	Author   string
	Source   string // SourceTerminal, SourceWorkbook, SourceMerge, or a returned copy's file name
	Note     string // "undo REV", "restore REV", …; "" for an ordinary change
	Workbook string // which of several; "": it is one
	Changes  []Change
	Beside   []Beside     // of a returned copy: texts that stand in no table of it
	Notes    []Note       // of a save of the shared workbook: texts beside its tables that came or went
	Opened   []Conflict   // conflicts that it opened, with both values
	Settled  []Settlement // conflicts that ended with it
}

// IsEmpty reports whether there is nothing to show of an entry, as of a copy that
// brought nothing new.
func (e *Entry) IsEmpty() bool {
	return len(e.Changes)+len(e.Beside)+len(e.Notes)+len(e.Opened)+len(e.Settled) == 0 && e.Note == ""
}

// Settlement is how a conflict ended: somebody decided it, or head came to hold what
// was brought, or the row went.
type Settlement struct {
	Conflict        // as it was opened
	Kept     string // what the ledger holds in its place since; of a row as a whole what it is called
	RowGone  bool   // the row was deleted
}

// LogOptions choose what Log returns.
type LogOptions struct {
	Task string // only what changed this row; "": everything
	Max  int    // at most so many entries; 0: all
}

// Classes of failure; the errors themselves are *msg.Error.
var (
	ErrReadOnly   = errors.New("opened read-only")
	ErrMass       = errors.New("too many rows are gone") // the pass stopped; Force goes on
	ErrForeign    = errors.New("copy of another ledger")
	ErrNoConflict = errors.New("no such conflict")
	ErrChoice     = errors.New("not a choice")
	ErrNothing    = errors.New("nothing to undo")
	ErrFormula    = errors.New("cell holds a formula")
	ErrMissing    = errors.New("workbook is missing or not whole")
	ErrNoTable    = errors.New("no task table found")
	ErrBusy       = errors.New("workbook keeps changing")
	ErrMoved      = errors.New("value is not what was seen") // see MovedError
)
