// Package history answers what the revisions of a ledger say: which of them a workbook
// was edited from, what two heads that parted have in common, who typed a value, which
// conflicts are open, what can be undone.
//
// A [History] is the list of revisions as it was [Read] at one moment. Its methods are
// questions: they read contents from the store and write nothing, but for
// [History.MergeHeads], which puts the one revision that two heads become. What
// somebody saved is handed to them as a [Save]; they touch no workbook.
//
//	Read                    the list, and which revisions are heads
//	Content, Changes        what a revision holds, also where its file is damaged
//	EditedFrom, Nearest     the revision that a saved workbook goes on from
//	Doubts, Unseen          values that its author may never have seen
//	MergeHeads              heads that parted become one, the same on every machine
//	Open, ConflictsOf       conflicts; Blame tells whose the values are
//	LastOf, LastUndoOf      what undo and redo are about
//	Past                    when rows changed
package history
