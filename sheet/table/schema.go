package table

import "taizhang/sheet/msg"

// Field is a meaning that a column can have: how its heading reads and what its
// values look like. All of it is data, so that a new kind of table needs no code.
//
// Headings are matched whole and are sure. Parts and Hints are patterns over the
// words of a heading. A pattern names steps parted by spaces, and the choices of
// a step parted by "|". The steps must stand in the heading in this order, the
// last one at its end: "完成|办结 时间|日期" fits 预计完成时间 and 办结日期. A pattern
// that begins with "^" stands at the heading's beginning instead, and anything
// may follow: "^是否". Words that the pattern does not name make it fit less, but
// for those that hardly say anything (年度, 工作, 具体, 1-9月份, a bracket).
//
// A part is good evidence by itself. A hint (时间, 名称, 单位) wants support from
// the values of the column or from the columns beside it. Words of Not, anywhere
// in a heading or in the group above it, forbid the field unless the heading
// matches whole; a word with "$" behind it forbids it only at the heading's end.
//
// A field without a name stands for columns that often stand in such a table and
// mean none of the fields (开始时间, 优先级): it keeps their columns from being
// taken for something else.
type Field struct {
	Name     string // "lead", "deadline", …; the one name with a meaning here is NumberField
	Headings []string
	Parts    []string
	Hints    []string
	Not      []string
	Type     Type     // what the values look like
	Unique   bool     // hardly any value stands twice
	Past     bool     // its dates are of what has happened: words of a plan (月底前) speak against it
	Plans    []string // words of a heading whose dates are of a plan for sure (计划, 限)
	Fill     bool     // a column without a known heading may get it by its values; see settle.go
	// Means reports whether a value says something to the field (a status word, a
	// choice); nil if Type tells enough. It is asked of a sample only.
	Means func(value string) bool
}

// NumberField is the field that merely numbers the rows: a row that holds nothing
// else is prepared, not data, and a prepared row keeps its number.
const NumberField = "number"

// Type is what the values of a field look like.
type Type uint8

const (
	AnyValue Type = iota
	Counter       // 1, 2, 3, or 1.1
	Code          // DB-2022-001
	Group         // a few words, each for several rows
	Name          // a short text, seldom twice: the title of something
	Prose         // sentences
	UnitName      // 财政局, 党政办公室
	Person        // 王小明
	Phone
	DateValue // a date, a range, or words for one (年底前, 每季度)
	State     // a small set of words, each repeated: 已完成, √, 是, 80%; Field.Means knows them
	Amount    // a number or a share
	Link      // an address in the web, or a file
)

// Schema says what one kind of table looks like.
type Schema struct {
	Kind   string // "tasks", "activities", "units", …
	Fields []Field
	Words  []string // in the title or the sheet's name, they make the kind likelier
	// Need lists what the table must have: of each group at least one field.
	Need [][]string
	Min  int // and at least so many fields in all
	// Least is how sure the fields of Need must be together, of the first group only
	// the surest one counted: 0 asks for nothing beyond Need and Min.
	Least float64
	// Foreign are patterns, as in Field.Parts, for headings that such a table does
	// not have (学号, 单价): each one speaks against the kind.
	Foreign []string
	// Own are words that only such a table has. One of them must stand in a heading, or one of
	// Words in the title or the sheet's name: without that the headings (类型, 内容, 时间) could
	// be those of any table, and it is not of this kind. Empty asks for none.
	Own []string
	// Things are patterns for headings of Guess that name an object (合同名称). A table
	// whose rows are objects (see keepsThings) is of this kind only if a field of Work
	// is there for sure, or if a heading holds a word of Deeds (整改, 完成).
	Things, Work, Deeds []string
	// Logs are words in the title or the sheet's name that tell of what has happened (记录): such
	// a table is of the kind only if its headings say for sure by when or how far.
	Logs []string
	// Schedules are words in the title, the sheet's name or a group of headings that tell of what is
	// planned (计划, 安排): there, a beginning and an end of each row tell more than the end alone.
	Schedules []string
	// Guess is the field that a column may be given by its values alone where no
	// heading claims it and the rest of the table is sure; "" for none.
	Guess string
	// StandIn are fields that tell what a row is about where no column has Guess.
	StandIn []string
	// Hidden tells that tables in hidden sheets count, too.
	Hidden bool
}

// Reading tells how a column came by its meaning.
type Reading struct {
	Sure float64    // 0 to 1; 1 is certain
	Why  []msg.Text // what speaks for it: heading, values, neighbours
	Else string     // the field that is likeliest after Field, "" if there is none
}

// Doubtful is the surety below which a column's meaning should be asked about.
const Doubtful = 0.6
