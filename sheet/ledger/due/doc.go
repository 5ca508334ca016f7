// Package due knows when things fall due: it reads deadlines as offices write
// them, and counts the cycles on which they recur. It does no input or output
// and knows nothing of ledgers.
//
// # Deadlines
//
// [Parse] reads the wordings that are common in ledgers; what it does not
// understand is [Unknown], never guessed. Three principles settle the rest. The
// end of a span counts (3月至10月 is the end of October), and of several dates
// the last. Where words leave room, the latest day they allow counts (6月 is 30
// June, 上旬 the 10th), since calling a task overdue is a reproach. A text that
// names no year is of the year that the caller gives.
//
// # Days
//
// Every day is UTC midnight: [Date] makes one, [UTCDay] takes the day that a
// time shows, [Days] counts from one to another.
package due
