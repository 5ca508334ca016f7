package intent

import "taizhang/sheet/ledger"

// What people want done about registers and their rows.
type (
	ShowRegister struct{ Kind, Filter string } // the register screen with that filter
	GoEntry      struct{ ID string }           // the register screen with the cursor on that row
	RecordIn     struct{ Kind string }         // the form of a new row
	AddEntry     struct {
		Kind   string
		Values map[string]string
	}
	CorrectEntry struct{ ID string }              // the form that made it
	ReadSteps    struct{ ID string }              // its clocks, day by day
	FillDue      struct{ Kind string }            // write computed due days into empty cells; "": of all registers
	FillSure     struct{ Cells []ledger.DueCell } // the person has seen them
	TakeFigures  struct{ Task string }            // the figures of its registers, into its progress
)

func (ShowRegister) intent() {}
func (GoEntry) intent()      {}
func (RecordIn) intent()     {}
func (AddEntry) intent()     {}
func (CorrectEntry) intent() {}
func (ReadSteps) intent()    {}
func (FillDue) intent()      {}
func (FillSure) intent()     {}
func (TakeFigures) intent()  {}
