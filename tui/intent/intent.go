// Package intent holds everything that a person can want done, as a sealed type.
// Screens and dialogs return intents and know nothing of how they are carried out;
// the root carries them out and knows nothing of where they come from.
package intent

import (
	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// Intent is something that a person wants done. Screens and dialogs return
// intents; only root does them. nil is no intent.
type Intent interface{ intent() }

type (
	Closed       struct{}                // the dialog is to go
	RunAction    struct{ ID string }     // an action by its name
	QuitNow      struct{}                // leave the program
	OpenTask     struct{}                // the menu of a task
	OpenUnit     struct{ Unit string }   // the unit screen at that unit
	GoTask       struct{ Task string }   // the task table with the cursor on it
	Show         struct{ Filter string } // the task table with that filter; Esc leads back
	SetGroup     struct{ By string }     // group the table that is shown
	ReadEvent    struct{ Event *ledger.Event }
	CorrectEvent struct{ Event *ledger.Event } // the form that made it
	ReadNote     struct {
		Title string
		Err   error
	}
	ReadText struct{ Title, Text string }
)

// How the task table is arranged.
type (
	ToggleColumn struct{ Key string } // show it, or hide it
	ResetColumns struct{}
	UseView      struct{ Name string }
	NameView     struct{} // ask for a name for how the table stands
	KeepView     struct{ Name string }
	DropView     struct{ Name string }
)

// What is typed for tasks and events.
type (
	EditField struct {
		Tasks []string
		Field string
	} // ask for a new value
	TypeValue struct {
		Tasks []string
		Field string
	} // ask for it as text, whatever the choices
	SetField struct {
		Kind         string // of the table, "" for the tasks
		Tasks        []string
		Field, Value string
		Seen         map[string]string // what stood in each task's cell when the person began to type
		Sure         bool              // the person has seen what many rows become
		KeepBoth     bool              // where another value stands there now, keep both as a conflict
	}
	TypeJoined  struct{ Set SetField } // the value is made of two: have it read, then set it
	EditOutside struct{ Text string }  // in an editor of the person's own
	Abandon     struct{}               // what was typed is given up: close the question and the dialog below it
	AddTask     struct{ Values map[string]string }
	ChangeEvent struct {
		Kind         string // of the table: events, or a register
		ID           string
		Values, Seen map[string]string // by field: as typed, and as they stood
	}
	AddEvent struct {
		Kind   string
		Values map[string]string
	}
	AskDelete   struct{ Rows []string } // rows of any kind, by id
	DeleteRows  struct{ Rows []syncer.Removal }
	PickKind    struct{ Kind, Unit string } // an event of this kind is to be recorded
	OpenChoices struct{ Item int }          // of the form on top
	FillItem    struct {
		Item  int
		Value string
	} // of the form below
)

// What is decided about conflicts, history, and rows that could be several.
type (
	OpenConflict struct{ ID string }
	TypeConflict struct {
		ID, Value string
		Seen      string // what the ledger was shown to hold
	} // settle it by a value of one's own
	SettleConflict struct {
		ID, Choice string
		Seen       string
	}
	OpenSave   struct{ ID string } // all conflicts of the save that this one came with
	SettleAll  struct{ Decisions []syncer.Decision }
	OpenEntry  struct{ Entry syncer.Entry }
	ReadChange struct {
		Entry  syncer.Entry
		Change syncer.Change
	}
	AskRestore struct{ Entry syncer.Entry }
	Restore    struct{ Entry syncer.Entry }
	Reverse    struct{ Entry syncer.Entry }
	OpenAsk    struct {
		Ask  syncer.Ask
		Copy string // the returned copy it is of; "" for the workbook
	}
	AnswerAsk  struct{ Ask, Task string } // task is an id or "new"
	AcceptMass struct{}                   // take over a workbook in which many rows are gone
	RefuseMass struct{}                   // give it its rows back
)

// What goes out, after it was seen.
type (
	SendText   struct{ Unit, Text string } // to the clipboard
	SaveText   struct{ Unit, Text string } // as a file
	NextNotice struct{ By int }            // the notice to another unit
	// SaveLetters saves the notice on the screen as a Word document, or all of those that
	// are looked through.
	SaveLetters struct{ All bool }
	PickNotices struct{}                 // choose the units that get one
	ShowNotices struct{ Units []string } // look through theirs
)

// What leads to an open ledger.
type (
	ChooseBook   struct{ Book string }
	TypeBook     struct{}
	MakeSample   struct{}
	TypeName     struct{}
	CreateLedger struct{ Name string }
	SetPassword  struct{ Password string }
	MapHeading   struct{ Column int }
	SetHeading   struct {
		Column int
		Field  string
	}
	OtherSheet   struct{}
	OpenAsIs     struct{}
	KeepHeadings struct{ Headings map[string][]string }
)

func (Closed) intent()         {}
func (RunAction) intent()      {}
func (QuitNow) intent()        {}
func (OpenTask) intent()       {}
func (OpenUnit) intent()       {}
func (GoTask) intent()         {}
func (SetGroup) intent()       {}
func (ReadEvent) intent()      {}
func (ReadNote) intent()       {}
func (ReadText) intent()       {}
func (EditField) intent()      {}
func (TypeValue) intent()      {}
func (SetField) intent()       {}
func (AddTask) intent()        {}
func (AddEvent) intent()       {}
func (PickKind) intent()       {}
func (OpenChoices) intent()    {}
func (FillItem) intent()       {}
func (OpenConflict) intent()   {}
func (TypeConflict) intent()   {}
func (SettleConflict) intent() {}
func (OpenEntry) intent()      {}
func (AskRestore) intent()     {}
func (Restore) intent()        {}
func (Reverse) intent()        {}
func (OpenAsk) intent()        {}
func (AnswerAsk) intent()      {}
func (AcceptMass) intent()     {}
func (RefuseMass) intent()     {}
func (ChooseBook) intent()     {}
func (TypeBook) intent()       {}
func (MakeSample) intent()     {}
func (TypeName) intent()       {}
func (CreateLedger) intent()   {}
func (SetPassword) intent()    {}
func (MapHeading) intent()     {}
func (SetHeading) intent()     {}
func (OtherSheet) intent()     {}
func (OpenAsIs) intent()       {}
func (KeepHeadings) intent()   {}
func (TypeJoined) intent()     {}
func (Abandon) intent()        {}
func (ReadChange) intent()     {}
func (Show) intent()           {}
func (UseView) intent()        {}
func (NameView) intent()       {}
func (KeepView) intent()       {}
func (DropView) intent()       {}
func (ToggleColumn) intent()   {}
func (ResetColumns) intent()   {}
func (EditOutside) intent()    {}
func (CorrectEvent) intent()   {}
func (ChangeEvent) intent()    {}
func (SendText) intent()       {}
func (SaveText) intent()       {}
func (NextNotice) intent()     {}
func (SaveLetters) intent()    {}
func (PickNotices) intent()    {}
func (ShowNotices) intent()    {}
func (OpenSave) intent()       {}
func (SettleAll) intent()      {}
func (AskDelete) intent()      {}
func (DeleteRows) intent()     {}
