package supervise

import (
	"time"

	"taizhang/sheet/ledger"
)

// Tally is what the supervision record says of a time, in figures.
type Tally struct {
	Assigned, Notices, Extended, Denied, Refused, SentBack, Accepted int
}

// TallyOf counts the entries on the days for which in holds; unit is "" for those about all
// units.
func TallyOf(l *ledger.Ledger, unit string, in func(day time.Time) bool) (n Tally) {
	for _, a := range l.Acts {
		if !a.Counts() || !in(a.Day) || unit != "" && a.Unit != unit {
			continue
		}
		switch a.Kind {
		case ledger.Assigned:
			n.Assigned++
		case ledger.NoticeSent:
			n.Notices++
		case ledger.Extension:
			n.Extended++
		case ledger.Denial:
			n.Denied++
		case ledger.Refusal:
			n.Refused++
		case ledger.SendBack:
			n.SentBack++
		case ledger.Accept:
			n.Accepted++
		}
	}
	return n
}
