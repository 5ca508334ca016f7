// Package ledger is the domain: it says what the tables of a workbook mean as a
// task ledger (台账). It does no input or output and knows nothing of files.
//
// # From tables to a ledger
//
// [Schemas] tells package table which headings mean which field, for the four
// kinds of tables that make up a ledger: tasks, activities (年度活动), units
// (单位名录) and requirements (年度要求). [Build] takes the tables found and makes
// a [Ledger] of them: tasks with their lead and supporting units, deadline,
// status and what follows from these on the given day (overdue, due soon, late,
// stale); events; annual requirements and how every unit stands with them;
// figures in all and by lead unit. Build never fails. What it could not read is
// kept as text, has the kind unknown, and stands in Ledger.Problems with its
// cell.
//
// # Deadlines
//
// Offices write deadlines in words. Package due reads them; a text that names
// no year is of the ledger's year, which stands in the title, else in the
// configuration.
//
// # Units
//
// A [Directory] knows the units' names, aliases and collectives (各部门,
// 各街道办事处). It comes from the units sheet if the workbook has one, else from
// the configuration, else it is the names found in the tasks.
//
// # Writing back
//
// [Ledger.Compose] and its siblings turn what a person typed into the text that
// belongs into the workbook: in the ledger's own words, from the cell's own
// drop-down list, as a date where the column holds dates. They change nothing.
//
// # Registers
//
// A [Register] is a table whose rows have clocks: requests for disclosure,
// reviews and suits, messages, columns, proposals, or one of the office's own. A
// [RegisterDef] says how its table looks and what clocks run on it; the built-in
// ones stand in seeds/registers.yaml. Package due does the counting. Packages
// table, merge, store and sync do not know what a row means.
package ledger
