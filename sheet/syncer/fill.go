package syncer

import (
	"time"

	"taizhang/sheet/ledger"
)

// FillEdits are the edits that fill empty cells with the days that were worked out
// for them. A cell that somebody filled meanwhile is not overwritten.
func FillEdits(cells []ledger.DueCell) []Edit {
	edits := make([]Edit, len(cells))
	for i, c := range cells {
		edits[i] = Edit{Kind: c.Entry.Kind, Task: c.Entry.ID, Field: c.Field, Value: c.Day.Format(time.DateOnly),
			Seen: Saw("")}
	}
	return edits
}
