// Package summary makes the consolidated workbook for leadership: one workbook
// of one or several ledgers, printable, with charts.
//
// [Export] makes it. Its sheets, in order:
//
//	汇总      figures, charts and a table by lead unit, with links to the sheets below
//	任务总表   every task; the one sheet that the figures of the others are counted from
//	one sheet for each lead unit, with the tasks it leads
//	逾期清单   what is overdue, worst first
//	年度要求   unit × requirement, and the events
//	领导关注   what leaders ordered and how it was carried out, if anything was
//	one sheet for each register; of 督办记录 the entries themselves, those that no unit may see
//	            among them: this workbook is for leadership
//	考核得分   the appraisal and 考核明细, its points, where the settings say what counts
//	变更记录   who changed what, newest first
//	未决冲突   values that wait for a person's choice
//	落实情况   the annual report's text by unit and task, ready to paste
//
// Counts are live formulas over 任务总表 (COUNTIFS), so that a reader who corrects
// a row there sees the figures follow; their cached values are computed here, so
// that a reader who recalculates nothing sees the same. What depends on history
// or on the day (overdue, due soon, stale) stands in 任务总表 as a word, not as a
// formula: the workbook is a report of one day.
//
// # Same input, same bytes
//
// Nothing in the workbook comes from the clock, the machine or the order of a Go
// map: dates come from Ledger.Today, the document's properties are fixed, zip
// entries are sorted and carry no time.
//
// # How it is written
//
// excelize makes everything around the cells: styles, print set-up, charts,
// conditional formats, links. The rows do not pass through it: each is written
// as XML straight into the deflater while the package is zipped (pack.go,
// rows.go), so that a hundred thousand tasks need no more memory than one. Texts
// are inline strings; a text that begins with = + - @ is therefore a text, and
// its cell has the text format, so that it stays one when somebody edits it.
package summary
