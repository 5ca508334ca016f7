package kit

import (
	"time"

	"taizhang/sheet/ledger"
)

// Since is how the ledger stood when the last month ended, as far as it is compared.
type Since struct {
	At     time.Time // when the month ended
	Began  time.Time // when the history begins; where that is later, it is compared with then
	Tasks  map[string]Then
	Done   map[string]int // finished tasks, by lead
	Totals ledger.Counts
}

// Then is how a task stood.
type Then struct {
	Status   ledger.StatusKind
	Overdue  bool
	Progress string
	Name     string
}
