package ledger

import (
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"taizhang/seeds"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
)

// RegisterDef says what one kind of register is: how its table is recognised,
// what its fields are called and what clocks run on its rows. It is data; see
// seeds/registers.yaml, whose first lines explain every part.
type RegisterDef struct {
	Kind    string
	Name    string
	Words   []string
	Orders  []string // words of a task that orders the register
	Number  string   // fields that a row goes by; "" if it has no such
	Title   []string // the first that is filled
	Unit    string
	Need    [][]string
	Foreign []string
	Own     []string // a heading has one of these words unless the title or the sheet's name has one of Words
	Fields  []RegisterField
	Others  []string
	Clocks  []ClockDef
	// AppendOnly: a row is never changed; a wrong one is answered by another.
	AppendOnly bool
	// Aside: its rows are figures or a log. Nothing is to be done about them, and they do
	// not count among the rows of the registers.
	Aside bool
	// Private are values of fields whose rows never enter a unit's copy.
	Private map[string][]string
}

// RegisterField is one field of a register.
type RegisterField struct {
	Name     string
	Headings []string
	Parts    []string
	Hints    []string
	Not      []string
	Type     FieldType
	Values   []FieldValue // of a choice, in the order in which they are tried
}

// FieldType is what the values of a register's field are.
type FieldType string

const (
	TextField   FieldType = "text"
	DateField   FieldType = "date"
	ChoiceField FieldType = "choice"
	CycleField  FieldType = "cycle" // how often something is renewed
	CodeField   FieldType = "code"
	NumberType  FieldType = "number"
	AmountField FieldType = "amount"
	NameType    FieldType = "name"
	ProseField  FieldType = "prose"
	GroupField  FieldType = "group"
	UnitField   FieldType = "unit"
	PersonField FieldType = "person"
	PhoneType   FieldType = "phone"
	LinkField   FieldType = "link"
)

var fieldTypes = []FieldType{TextField, DateField, ChoiceField, CycleField, CodeField, NumberType, AmountField,
	NameType, ProseField,
	GroupField, UnitField, PersonField, PhoneType, LinkField}

// FieldValue is one value of a choice: its name, and the words that mean it.
type FieldValue struct {
	Name  string
	Words []string
}

// ClockDef is one clock of a register.
type ClockDef struct {
	Name        string
	From        []string
	Unconfirmed []string
	// For rows that fit ConfirmWhen day 0 is the day in ConfirmField, one of From. Where
	// that is empty the clock runs from the days before it in From, for the time being.
	ConfirmField string
	ConfirmWhen  map[string][]string
	Within       due.Term
	Every        string
	Limits       []Limit
	Waiting      [2]string
	Pause        [][2]string
	Lapse        due.Term
	PauseDays    due.PauseDays
	ExtendField  string
	ExtendBy     due.Term
	Until        []string
	DoneBy       map[string][]string // field → names of values, or "*"
	EndedBy      map[string][]string
	Unless       []string
	Due          string
	Soon         due.Term
	Optional     bool
	Usual        bool // the term is a custom and no law, so that another due day is no contradiction
	Law          string
}

// Limit is a term for the rows whose fields hold one of the given values: the
// names of a choice's values, or words that stand in the text.
type Limit struct {
	When   map[string][]string
	Within due.Term
}

// IsInventory reports whether the rows are renewed in cycles instead of being
// settled: the columns of a website.
func (d *RegisterDef) IsInventory() bool {
	return slices.ContainsFunc(d.Clocks, func(c ClockDef) bool { return c.Every != "" })
}

// Field is a field by its name, nil if the register has none of that name.
func (d *RegisterDef) Field(name string) *RegisterField {
	i := slices.IndexFunc(d.Fields, func(f RegisterField) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &d.Fields[i]
}

// Heading is the usual heading of a field.
func (f *RegisterField) Heading() string {
	if len(f.Headings) == 0 {
		return f.Name
	}
	return f.Headings[0]
}

// Value is the name of the value that a text means, "" if it means none: the
// text that is a word of a value, else the first value one of whose words stands
// in the text.
func (f *RegisterField) Value(text string) string {
	s := fold.Text(text)
	if s == "" {
		return ""
	}
	for _, v := range f.Values {
		if s == v.Name || slices.ContainsFunc(v.Words, func(w string) bool { return fold.Text(w) == s }) {
			return v.Name
		}
	}
	for _, v := range f.Values {
		for _, w := range v.Words {
			if w := fold.Text(w); w != "" && contains(s, w) {
				return v.Name
			}
		}
	}
	return ""
}

// contains reports whether a word stands in a text; a Latin one (A, APP) only
// as a word of its own.
func contains(s, word string) bool {
	if !fold.IsWord(rune(word[0])) {
		return strings.Contains(s, word)
	}
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return false
		}
		i += at
		before, after := i == 0 || !fold.IsWord(rune(s[i-1])), i+len(word) == len(s) ||
			!fold.IsWord(rune(s[i+len(word)]))
		if before && after {
			return true
		}
		at = i + 1
	}
}

// Registers are the kinds of registers that are known without any setting.
func Registers() []RegisterDef { return slices.Clone(builtinRegisters()) }

// Known reports whether a kind of table is one that comes with the program, whose
// fields have names in the catalogue; an office's own register is not.
func Known(kind string) bool {
	return kind == "" || !IsRegister(kind) ||
		slices.ContainsFunc(builtinRegisters(), func(d RegisterDef) bool { return d.Kind == kind })
}

var builtinRegisters = sync.OnceValue(func() []RegisterDef {
	var doc struct{ Registers yaml.Node }
	if err := yaml.Unmarshal([]byte(seeds.Registers), &doc); err != nil {
		panic(err) // the text is part of the program, and a test reads it
	}
	defs, mistakes := ReadRegisters(&doc.Registers, nil)
	if len(mistakes) > 0 {
		panic(mistakes[0].String())
	}
	return defs
})

// RegisterDefs are the kinds of registers in force.
func (opt Options) RegisterDefs() []RegisterDef { return opt.registers() }

func (opt Options) registers() []RegisterDef {
	if opt.Registers != nil {
		return opt.Registers
	}
	return builtinRegisters()
}

// registerKind is the definition of a kind, nil if it is no register.
func (opt Options) registerKind(kind string) *RegisterDef {
	defs := opt.registers()
	i := slices.IndexFunc(defs, func(d RegisterDef) bool { return d.Kind == kind })
	if i < 0 {
		return nil
	}
	return &defs[i]
}
