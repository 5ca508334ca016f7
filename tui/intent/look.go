package intent

import "time"

// How a person looks at the ledger.
type (
	GoLine  struct{ Line int }      // a line of the screen's table, counted from 1
	OpenDay struct{ Day time.Time } // what falls due on it
)

func (GoLine) intent()  {}
func (OpenDay) intent() {}
