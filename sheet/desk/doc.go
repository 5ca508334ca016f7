// Package desk has several ledgers open as one: the tasks in one workbook, the requests
// in another, the columns in a third, as offices keep them.
//
// Each workbook has a session of its own, with its own history, conflicts and lock; a
// [Desk] shows them as one [syncer.Snapshot], whose ledger is [ledger.Join] of theirs,
// and hands what is asked of a row to the session of its workbook:
//
//	Snapshot, Log, Conflicts   all of them together, each row with its workbook
//	Change, Resolve, Answer    the workbook that the row, conflict or question is of
//	Add, Record                the workbook that is named (ledger.FieldWorkbook), else the one
//	                           that has a table for it, else the first
//	Undo, Redo                 the workbook that the last change was made in
//	Sync, Force, Watch         every workbook
//
// Where one workbook cannot be opened, or its pass fails, the others go on: the reason
// stands in Snapshot.Workbooks and among Snapshot.Notes, and every Sync tries it again.
package desk
