// Package plan turns a plan document (工作方案, 任务分工方案) into the rows of a
// ledger.
//
// # What a plan looks like
//
// A plan is prose with numbered headings. Offices number by a fixed ladder
// (GB/T 9704—2012, 7.3.3): 一、 then （一） then 1. then （1）; regulations use
// 第一章 and 第一条; some plans skip rungs. A task is a numbered item with a text
// of its own, mostly closed by a bracket that names who leads:
// （党政办公室负责牵头，各街道办事处负责落实）. Supporting measures (保障措施) are
// items of the closing sections that name no one. Some plans are a table
// instead, with the same columns as a ledger.
//
// # How it is read
//
// [Read] takes the bytes apart into a [Document]: paragraphs and tables with
// the line they stand in. [Parse] lays the paragraphs out as a tree by their
// numbers ([outline.go]), takes the leaves that are tasks or measures, reads
// the closing brackets ([closing.go]) and looks for counts that must be held in
// the year ([counts.go]). Nothing is guessed in silence: whatever it was not
// sure of is a [Doubt] with its line.
package plan
