// Package plan turns a plan document (工作方案, 任务分工方案) into the rows of a
// ledger.
//
// # What a plan looks like
//
// A plan is prose with numbered headings. Offices number by a fixed ladder
// (GB/T 9704—2012, 7.3.3): 一、 then （一） then 1. then （1）; regulations use
// 第一章 and 第一条; some plans skip rungs, some head their sections by a word
// alone or by a style. A task is an item with a text of its own, mostly closed
// by who leads it: in brackets （党政办公室负责牵头，各街道办事处负责落实）, on lines
// 责任单位：…, or in a sentence of its own. Where paragraphs close so without
// being numbered, each is a task. Supporting measures (保障措施) are items of the
// closing sections that name no one. Some plans are a table instead, with the
// same columns as a ledger, as cells of a .docx or drawn in a text.
//
// # How it is read
//
// [Read] takes the bytes apart into a [Document]: paragraphs and tables with
// the line they stand in. [Parse] first sets aside what belongs to the letter
// and to no task (letter.go: signature, date, 此件公开发布; the year comes from
// there too), lays the paragraphs out as a tree (outline.go), makes items of
// paragraphs that name their own units (split.go), takes the leaves that are
// tasks or measures (parse.go), reads who does them (closing.go, sentence.go;
// the words are in words.go) and by when (dates.go), and looks for counts that
// must be held in the year (counts.go). Nothing is guessed or left out in
// silence: whatever it was not sure of is a [Doubt] with its line.
package plan
