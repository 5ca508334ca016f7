// Package store keeps the revisions of a ledger in plain files.
//
// A [Revision] is an immutable record of the ledger's whole content
// ([merge.State]) with its parents, time, author and source. Any number of
// processes on any number of machines may use one folder at the same time, with
// no server and no lock: a file is written under a temporary name, flushed,
// renamed to the name that its content demands, and never changed after that. A
// crash at any moment leaves at most a temporary file, which is swept later.
//
// # Files
//
//	ledger-ID             identity of the ledger, a small JSON object
//	revisions/REVISION    one file a revision
//	stamped/REVISION      empty: a workbook was, or was about to be, stamped with that revision
//	stamped/workbook      empty: the shared workbook was seen with a stamp
//	sent/SUM             one round of copies that was sent out, a JSON object
//	backups/TIME-SUM.xlsx whole workbooks from before each write, rotated
//	index                 cache of all revision records
//	cache/NAME            caches of others
//	…/tmp-RANDOM          a file being written
//
// Of two machines that make the store in the same instant both leave a
// ledger-ID file; the smaller ID is the ledger's and the other stays known as
// its alias ([Store.Knows]).
//
// # A revision file
//
//	record \n header \n changes state
//
// The record is one line of JSON: the fields of [Revision] except its ID, and
// "content" and "diff", which are the SHA-256 sums (hexadecimal) of the
// canonical encodings of the content and of the list of changes. The revision's
// ID, which is also the file's name, is the SHA-256 of the record without its
// line feed. So an ID vouches for the record, the content, the changes and, by
// the parents' IDs, for all history before it:
//
//	head -n 1 FILE | tr -d '\n' | sha256sum
//
// The header is one line of JSON that tells how the rest of this file is laid
// out: {"base","gen","root","changes","state"}. It and what follows may differ
// between two files of the same revision; what they decode to may not.
//
// "changes" bytes of zstd hold the changes against the first parent, as JSON
// lines ([Change]); there are none if there is no parent, or if its content
// could not be read.
//
// "state" bytes of zstd hold the content: whole if "base" is "", else as its
// difference from the content of revision "base".
//
// # Encrypted workbooks
//
// The history of a workbook that has a password is sealed with it: every file
// but the backups, which are encrypted workbooks by themselves, is wrapped as
// seal.go describes. What was sealed
// under another password reads as damaged and says so; it becomes readable
// again with that password.
//
// # Content, whole
//
// Numbers are unsigned varints (encoding/binary), a string is its length in
// bytes and the bytes.
//
//	tables: count, then for each
//	  kind, sheet
//	  columns: count, then for each: key, field, heading
//	  rows: count, then for each: id, section, one string for each column
//
// Only this form is hashed. What belongs to a place in a workbook (column
// numbers, row numbers, drop-downs, merged ranges) is not part of it.
//
// # Content, as a difference
//
//	tables: count, then for each
//	  number of the base's table + 1, or 0 if there is none
//	  kind, sheet, columns (as above)
//	  operations on the base's rows, which are seen through the new columns:
//	  a column that the base does not have reads as ""
//	    0                          end of the table
//	    1 n                        the next n rows of the base
//	    2 id section values        a row that the base does not have
//	    3 n (column+1, value) × n  the next row of the base with n values
//	                               changed; column 0 is the section
//	    4 i                        go on at row i of the base
//
// # Size and time
//
// One cell changed costs one small file, whatever the size of the ledger. The
// base of a difference is not the parent but an ancestor picked as in a
// Fenwick tree: the revision that is "gen" = n steps after a whole one is
// stored against the one that is n & (n-1) steps after it. So content is read
// through at most log2(n) files (ten for a thousand revisions), while a
// change is repeated in about log2(n)/2 of them. A difference that would exceed
// half the size of the whole is stored whole, and so is the content whose base
// cannot be read: damage ends at the next revision.
//
// # Heads
//
// Heads are the revisions that are no one's parent. They are found by listing
// the folder; records are read once and cached in "index", whose lines are an
// ID, a space and a record, each believed only if the sum fits. It may be
// deleted at any time.
//
// # Damage
//
// Every read is verified up to the sum of the decoded content. A file that is
// missing or damaged is reported as [ErrMissing] or [ErrCorrupt] with its name,
// and worked around: a revision whose record is unreadable is as if it had never
// been listed, but what came after it names its "elders", ancestors for a few
// generations beyond the parents, so that no old revision becomes a head again
// unless the newest one is lost; [Store.Nearest] finds the nearest ancestor whose
// content can be read; and to put a revision again heals its file.
//
// What may not be read for want of permission is not damaged: nothing is worked
// around and nothing is begun anew, or what it holds would fork; it is reported as
// [ErrDenied].
package store
