// Package merge makes one state of a ledger out of three: the base that two
// sides started from, mine (the head of the ledger) and theirs (a workbook as
// it was found, another head, or an older revision). It knows nothing of what
// a row means, does no I/O, and modifies nothing that it is given.
//
//	        base                     the revision in theirs' stamp
//	       ╱    ╲
//	   mine      theirs              rows of theirs have no ids yet
//	       ╲    ╱
//	align · decide · order
//	          │
//	 Result.Merged, Changes, Asks    and Theirs, with ids
//
// # What is promised
//
// Every value that anyone typed is in Merged, or was replaced by the side that
// had seen it (a Change, Applied), or stands in a Change with outcome Conflict
// with base, mine and theirs. The rules are tables in rules.go. Two values are
// the same if they are, line ends and the sixteenth digit of a fraction aside,
// which programs change by themselves when they save; a trailing blank was
// typed. A formula of theirs whose value the program that saved it did not keep
// says what the base says, and so does a cell that shows an error value or a picture:
// nobody typed that, and no row is told by it. A merge of the same with the same changes nothing; the same theirs
// merged twice changes nothing the second time; sides swapped give mirrored
// conflicts; copies that touch different values merge alike in any order.
//
// Two things do not conflict although both sides may have changed them: running
// numbers (序号), which people renumber as a column, and the order of the rows.
// The shared workbook's numbers stand; a copy's are Kept out, as are its
// sections, because sorting a copy tears its rows from the headings above them.
//
// The base must be what theirs once held. A row, column or value of the base
// that was never written into that workbook looks as if it had been deleted
// there. Whoever writes a workbook while some values wait (a conflict, a cell
// that cannot be written) must therefore stamp it with a revision that holds
// what the workbook holds, which is Result.Theirs, not with the head.
//
// # Which row is which
//
// Never by number. The evidence is taken in this order, over all sheets of a
// kind at once, so that a row may move from one to another; each step looks
// only at rows that the ones before it left:
//
//  1. an id that the row of theirs carries; an answer to an earlier Ask;
//  2. a code (Identity.Strong) unique on both sides, unless the name of one of the
//     rows is found elsewhere: codes shifted by an inserted row. In a copy the names
//     must be alike as well, and of rows that both sides added the same;
//  3. the same words in all of Identity.Name and Text, unique on both sides;
//  4. the same Name (title and lead unit), unique on both sides;
//  5. rows that say the same as others: by words of their own in another column
//     (progress), by content where order does not contradict it, by order where
//     the counts agree;
//  6. likeness: rows are compared as sets of pairs of neighbouring characters,
//     each weighted by how rare it is in the table. What changes from week to
//     week speaks for two rows that share it, not against two that do not. A
//     pair is taken if it is alike enough and clearly more so than any other
//     that either row could form; if two are about even, the neighbours decide,
//     if only one of them has the right ones.
//
// Of a row that was split, the part with more of it left keeps the id, and the
// other is new. Without an Identity for the kind it is derived: a column that
// counts up is a running number; columns in which most values are distinct
// stand for Text.
//
// # Scope
//
// A copy speaks only of the rows that it was given (Options.Within). What else stands
// in it was added there: it is new, whatever code, title or words it bears, and two
// rows of one code whose title or unit differ are two rows. Only a row with the very
// name of one that was not given is asked about, unless it says word for word the
// same: then it says nothing new. Where nobody knows what a copy was given, and it
// has fewer rows than the base, it changes no row to another owner's
// (Identity.Owner) without asking.
//
// # When it gives up
//
// A row is asked about (Result.Asks), and neither it nor its candidates are
// touched until somebody answers,
//
//   - if it is like two rows and nothing tells them apart;
//   - if it is perhaps a row reworded beyond recognition, perhaps a new one;
//   - if next to nothing is left of its name (of its title: a lead unit shared
//     with it is none of that), even in its old place, or little more than half
//     elsewhere;
//   - if somewhat more of the title is left, in its old place, but what stands
//     beside it changed as well, or says nothing;
//   - if a title was touched up and, nothing standing beside it, what was
//     written down was taken out: perhaps the task was deleted and another of its
//     unit put in its place;
//   - if identical rows were edited and their number or order changed as well;
//   - or if its words are those of one row of its name and its place is that of
//     another.
//
// Where some of several identical rows were deleted, the first stay.
//
// Beyond help are rows edited into the likeness of another that is gone, and
// identical rows that were edited and put in another order while their number
// stayed: they are matched by order. Nothing is lost by it, but an edit may
// stand at the other of two rows that said the same.
//
// # What it costs
//
// Linear in rows and columns: hashes of the words of every row, then one
// comparison of every value. Likeness is computed only for rows that no other
// evidence settles, and looks at a bounded number of candidates for each, by
// way of their rarest pairs of characters; a row that has only common pairs
// may miss its likeness among those and count as new. 100,000 rows of 14
// columns, one in a hundred changed and all renumbered: about 0.5 s; every
// title reworded: some 5 s (go test -bench 100k).
//
// # Rows, columns and sheets that come and go
//
// A row that both sides added is one row if its code or all its words agree; it
// gets an id from its content, so that two machines that read one workbook give
// it the same. Columns are the same by key, then by heading, then, if one
// vanished and another appeared, by values, wording of the heading and place taken
// together; the merged
// state keeps mine's key and Result.Theirs is given it. A column that both added
// is one column. A column removed from the shared workbook takes its values
// along, each a Change: deleted where mine has not touched it, else a Conflict;
// the column itself goes when nothing is left in it. A column missing from a
// copy is reported. Sheets of a kind are counterparts by name, else by the
// rows on them.
//
// The safety stop (ErrTooMany) holds a shared workbook back where more than a
// quarter of the rows of a kind are gone, at least two or all, or more than a
// quarter of the values, at least twenty, were emptied.
package merge
