// Package due knows when things fall due: it reads deadlines as offices write
// them, counts the cycles on which they recur, tells working days from rest days
// and runs the clocks that the law sets. It does no input or output and knows
// nothing of ledgers.
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
// # Working days
//
// A [Calendar] tells working days from rest days: the weekends, the yearly
// notices of the State Council ([Official] has those that come with the
// program), and the days that an office adds. Of a year without a notice it
// counts the weekends and says that it does not know more.
//
// # Clocks
//
// A [Clock] is a term that the law or an office sets for one thing: it starts on
// an event, counts working days, days or months after it, stands still while an
// opinion is awaited, is lengthened, and ends when the thing is done. [Clock.Read]
// tells how it stands today, [Clock.Steps] how its day came about. A calendar
// term that ends on a rest day ends on the next working day.
//
// # Days
//
// Every day is UTC midnight: [Date] makes one, [UTCDay] takes the day that a
// time shows, [Days] counts from one to another.
package due
