package ledger

import (
	"sync"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Kinds of tables that make up a ledger.
const (
	KindTasks        = "tasks"
	KindActivities   = "activities"
	KindUnits        = "units"
	KindRequirements = "requirements"
	KindHolidays     = "holidays"
)

// Fields of a task, which are also the keys of their columns and the names
// used on the command line.
const (
	FieldNumber      = "number"
	FieldCode        = "code"
	FieldSection     = "section"
	FieldTitle       = "title"
	FieldRequirement = "requirement"
	FieldLead        = "lead"
	FieldSupport     = "support"
	FieldLeader      = "leader"
	FieldOwner       = "owner"
	FieldPhone       = "phone"
	FieldDeadline    = "deadline"
	FieldStatus      = "status"
	FieldProgress    = "progress"
	FieldCompleted   = "completed"
	FieldProblems    = "problems"
	FieldNextSteps   = "next_steps"
	FieldEvidence    = "evidence"
	FieldRemark      = "remark"
)

// FieldWorkbook is the name under which a row has its workbook where several are read
// as one. It is no column of any of them.
const FieldWorkbook = "workbook"

// Fields of an event (年度活动), beside FieldEvidence and FieldRemark.
const (
	EventKind   = "kind"
	EventUnit   = "unit"
	EventDate   = "date"
	EventTopic  = "topic"
	EventPlace  = "place"
	EventPeople = "people"
	EventParts  = "parts" // 环节: 答疑, 座谈, 问卷, …
)

// StatusKind is how far a task is.
type StatusKind string

const (
	NotStarted    StatusKind = "not_started"
	InProgress    StatusKind = "in_progress"
	Done          StatusKind = "done"
	Ongoing       StatusKind = "ongoing" // never ends: 长期坚持
	UnknownStatus StatusKind = "unknown" // a word we do not know, or none
)

// Status is a status word and what it means.
type Status struct {
	Text string
	Kind StatusKind
}

// Task is one row of a task table, read.
type Task struct {
	ID          string
	Number      string
	Code        string
	Section     string
	Title       string
	Requirement string
	Lead        string   // canonical name of the first unit that leads
	Leads       []string // of several units that lead all, Lead among them; nil if one leads
	Support     []string // canonical names; collectives are kept as named
	Leader      string
	Owner       string
	Phone       string
	Deadline    due.Deadline
	Status      Status
	Progress    string
	Completed   string
	Problems    string
	NextSteps   string
	Evidence    string
	Remark      string
	Extra       []Extra // columns without a known meaning, in column order

	Overdue     bool
	DaysOverdue int // 0 unless overdue
	DueSoon     bool
	Late        bool // done after its date
	Stale       bool

	// What the supervision record (督办记录) says of it, in the order of time.
	Acts     []*Act
	Review   ReviewState
	Extended int       // approved extensions
	DueNow   time.Time // the day that counts: the last approved one, else Deadline.Due

	Source Source
	Row    *table.Row   // the row it was read from
	Table  *table.Table // and its table
}

// Extra is one value of a column whose meaning is not known.
type Extra struct{ Key, Heading, Value string }

// Source is where a row stands in the workbook; Row is 0 if it is not there yet.
type Source struct {
	Workbook string // its path where several are read as one; else ""
	Name     string // what that workbook is called among them
	Sheet    string
	Row      int
}

// Event is a row of the activities sheet: a training, an open day, ….
type Event struct {
	ID       string
	Kind     string // "training", "open_day", or another configured kind; "" if the word is not known
	KindText string
	Unit     string // canonical; several are joined with 、, a collective is kept as named
	Date     time.Time
	DateText string
	Topic    string
	Place    string
	People   string
	Parts    string
	Evidence string
	Remark   string
	Counts   bool     // it counts towards its requirement
	WhyNot   msg.Text // why it does not count
	Source   Source

	units []string // canonical names of the units it is an event of, collectives expanded
}

// RequirementState is how an annual requirement stands.
type RequirementState string

const (
	Met    RequirementState = "met"
	Open   RequirementState = "open"
	AtRisk RequirementState = "at_risk" // less than due-soon days left
	Missed RequirementState = "missed"
)

// RequirementRule is one annual requirement (年度要求).
type RequirementRule struct {
	Kind   string   // "training", "open_day", …
	Name   string   // as people call it
	Words  []string // words in the activities' 类型 column that mean this kind
	Min    int      // at least so many events a year
	ByUnit bool     // each unit for itself; else the ledger as a whole
	Units  []string // units or collectives it applies to; empty means every unit of the directory
	Due    string   // a deadline text; "" means the end of the year
	Needs  []string // an event counts only if its parts, topic or remark has one of these words; empty: always
}

// Requirement is how one unit, or the ledger as a whole, stands with a rule.
type Requirement struct {
	Kind     string
	Name     string
	Unit     string // "" for the ledger as a whole
	Required int
	Held     int // events that count
	State    RequirementState
	Due      time.Time
}

// Unit is an organisation, by its canonical name.
type Unit struct {
	Name    string
	Aliases []string
	Groups  []string // collectives it is a member of: 各部门, 各街道办事处, …
	Contact string
	Phone   string
}

// Counts are the figures of a set of tasks.
type Counts struct {
	Tasks, Done, InProgress, NotStarted, Ongoing, Unknown int
	Overdue, DueSoon                                      int
	// reported as done, and not accepted; they count as in progress
	InReview, Returned int
}

// UnitCounts are the figures of the tasks one unit leads; Unit "" is those
// without a lead.
type UnitCounts struct {
	Unit string
	Counts
}

// Options is everything about reading a ledger that is not in the workbook.
// The zero value reads with the built-in headings, words and requirements.
type Options struct {
	Today       time.Time                      // UTC midnight; what overdue is measured against
	Year        int                            // the ledger's year where the workbook does not say; 0: Today's
	DueSoonDays int                            // 0: 30
	StaleDays   int                            // 0: 45
	Headings    map[string]map[string][]string // kind of table → field → further headings
	StatusWords map[StatusKind][]string        // further status words
	Hidden      bool                           // what is in hidden sheets counts, too
	Units       []Unit                         // used where the workbook has no units sheet
	Office      string                         // the unit whose ledger it is; "": as the workbook says
	Rules       []RequirementRule              // used where the workbook has no requirements sheet; nil: the defaults
	History     History                        // nil: nothing is known of earlier changes
	Registers   []RegisterDef                  // nil: the built-in ones
	Holidays    []due.Holiday                  // the office's own days off and working weekends
	Supervision Supervision                    // how the office supervises
}

// History answers when rows changed. Implemented by the syncer over its store.
type History interface {
	// Changed is when the row last changed, zero if it never did since the
	// ledger is known; Known is when the ledger was first seen.
	Changed(row string) time.Time
	// ProgressChanged is when its progress last changed; zero if never.
	ProgressChanged(row string) time.Time
	Known() time.Time
}

// Ledger is what a workbook's tables mean. It is immutable and may be read
// concurrently.
type Ledger struct {
	Title        string
	Office       string // the unit whose ledger it is, as a line above the tasks names it (填报单位：…); "" if none does
	Year         int
	YearStated   bool // the workbook or the settings say so; else Year is that of Today
	Today        time.Time
	Tasks        []*Task
	Events       []*Event
	Rules        []RequirementRule
	Requirements []Requirement // ledger-wide ones first, then by unit
	// Unasked are the requirements of default rules that nothing in the ledger asks for.
	// The commands list them (a ledger need not name what the plan orders); screens and
	// papers do not.
	Unasked   []Requirement
	Acts      []*Act      // what the supervision record says, in the order of time
	Registers []*Register // those that have a table in the ledger, in the order of their definitions
	Calendar  *due.Calendar
	Directory *Directory
	Totals    Counts
	ByUnit    []UnitCounts // in the directory's order, then as they first appear
	Tables    []*table.Table
	Problems  []table.Problem

	opt     Options
	byID    map[string]*Task
	entries map[string]*Entry
	stated  bool   // the workbook or the settings state the annual requirements
	joint   *Joint // of several workbooks; nil: of one
	silent  bool   // there are numbers or codes that are formulas without a result
	lazy    *lazy
}

// lazy is what is worked out when it is first asked for.
type lazy struct {
	words sync.Map // *table.Table → map[string]int
}

// cellOf is where the value of a field of a row stands; the zero Ref if the
// row is not in the workbook or has no such column.
func cellOf(t *table.Table, r *table.Row, key string) a1.Ref {
	if i := t.Index(key); i >= 0 {
		return a1.Ref{Row: r.Row, Col: t.Columns[i].Col}
	}
	return a1.Ref{}
}
