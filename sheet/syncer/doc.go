// Package syncer keeps a ledger in step with the workbook that offices go on
// editing, and with the copies of it that come back.
//
// One idea carries it: every copy of the ledger knows which revision it was
// taken from. A workbook that taizhang writes is stamped, in two custom document
// properties, with the ledger's identity and the revision that says what it
// holds. Whatever comes back is then merged three ways: the revision of its
// stamp, the head, and what stands in its cells.
//
// # A pass
//
// Everything a [Session] does is a pass, one at a time:
//
//	read     the workbook, unless its bytes are those that were read
//	pull     what it holds and the history does not becomes a revision, whose
//	         parent is the revision that it was edited from; then several heads
//	         are made one
//	inbox    returned copies, each a revision on top of the head
//	act      the person's own change, a revision on top of the head
//	push     values that the workbook lacks, with a new stamp; if somebody saved
//	         in between, the pass starts again
//	publish  an immutable [Snapshot]
//
// Each part knows only what it needs; later ones contain or hold the earlier:
//
//	subject    which workbook it is, and how it was opened
//	chronicle  the history and its head
//	replica    the workbook: read, pull, push, the ledger that both make
//	inbox      returned copies
//	editor     what a person typed, made part of the head's content
//	Session    one pass at a time, and the snapshots of what came of it
//
// A stale save over our write is a revision beside the head, just like the work
// of another coordinator on another machine; heads are made one by the same
// function. It is deterministic, so that machines that do it at the same time
// make the same revision and agree without a word. Heads that parted in several
// places, because machines merged the same changes crosswise, are merged over the
// merge of these places; and a value that both sides typed since is a conflict,
// also if one of them set it back to what it was (crossing.go).
//
// # What survives
//
// A change is in the history, flushed, before anything is reported and before
// the workbook is touched. A kill at any moment leaves: the revision or not;
// perhaps two heads; the old workbook or the new one, whole. The next pass of
// anybody goes on from there. While somebody has the workbook open, values wait
// in head, and are shown as waiting with that person's name.
//
// # Which revision a workbook was edited from
//
// Its stamp tells. Since a stamp cannot be written while somebody has the
// workbook open, one stamp may stand for several saves; each was pulled as a
// revision that records the stamp it came with, and of these the one that
// differs least is the base. A workbook that never had a stamp is taken to go on
// from what it held last, and gets none until something is to be written: to
// look at a ledger does not change it. Once it has one, it is stamped anew after
// every save that was pulled, as soon as nobody has it open: so a save that sets
// a value back is told from one that never saw it change. A stamp that got lost
// is made up for by the nearest of the last revisions.
//
// Who is seen to have the workbook open goes on from their own last save, if the
// file names them too, or holds as much of that save as it takes back: an owner file
// may be one that a crash left behind, and there are programs without one.
//
// Where nobody can know whether a person set a value back or never saw it
// changed, both are kept, as a conflict.
//
// A file with the very bytes of one that was pulled before was not edited by
// anybody since: an old file of an office's put back over the workbook is behind, as
// is one that a write into it failed on, and what was changed since is written into
// it again. What we had written ourselves goes by its stamp.
// To go back to it on purpose is [Session.Restore].
//
// # What a person saw
//
// A person at a dialog is a replica too: they go on from the value that was on the
// screen when they began to type, and everybody else goes on working meanwhile. So
// an [Edit] says what was seen, and what becomes of it is a merge of three: what
// was seen, what the ledger holds now, what was typed (seen.go has the table):
//
//	seen → now     seen → typed        result
//	same           same                nothing to do
//	same           changed             typed
//	changed        same                now: nothing was typed
//	changed to x   changed to x        x
//	changed to x   changed to y        ErrMoved, or with KeepBoth a conflict
//	row deleted    same                nothing to do
//	row deleted    changed             ErrMoved, or with KeepBoth the row comes back, as a conflict
//
// [MovedError] names every value that moved, with what was seen, what stands there
// now, whose that is and since when, for a dialog that lets the person choose:
//
//	theirs   do nothing
//	mine     the same edits again, with Seen set to what the dialog now shows
//	both     the same edits again, with KeepBoth
//
// All edits of a call are made, or none. Where nobody can be asked (a command), the
// edits come with KeepBoth: the ledger keeps what it holds, what was typed stands in
// the list of conflicts, and Report.Moved says so. An edit that does not say what
// was seen, as those of commands, goes on from what the session held when it was
// called: what others saved before counts as seen, what they saved since does not.
//
// [Snapshot.Moved] tells a dialog that is still open whether its values moved.
//
// Deciding a conflict is an edit like any other: a [Decision] about a value that
// moved meanwhile is refused. [Session.Undo] and [Session.Restore] need no Seen: they
// go on from a revision, and what was changed since then stays, as a conflict.
//
// # Conflicts
//
// A value that two people changed differently stays as it is in head, and what
// stands in the shared workbook stays there, until a person chooses
// ([Session.Resolve]). Conflicts travel in the revisions, so every coordinator
// sees the same ones; a value once decided against does not come up again.
package syncer
