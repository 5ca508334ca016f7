// Package newledger makes a new ledger workbook, blank or of a plan document.
package newledger

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/xlsx"
)

// Spec says what a new ledger workbook holds.
type Spec struct {
	Lang         msg.Lang  // of headings and sheet names; "" is Chinese
	Made         time.Time // stands in the document's properties
	Year         int
	Title        string
	Attachment   string   // the line above the title, such as 附件1; "" for none
	Filed        []string // the line below it: who filed it and when; at most two
	Note         string   // below the table; "" for none
	Sections     []Section
	Blank        int      // prepared empty rows below the rows of every sheet
	Statuses     []string // the drop-down list of states; nil for the usual four
	MergeLeads   bool     // one merged cell for tasks in a row that have one lead
	Units        []ledger.Unit
	Requirements []Requirement
	Events       []Event
	Registers    []Register
}

// Section is a category row and the tasks below it. Name may be a path of
// several levels, joined with " / "; "" is no category.
type Section struct {
	Name  string
	Tasks []Task
}

// Task is a row of the task table; a text in the form 2006-01-02 becomes a
// date. Rows are numbered through the table.
type Task struct {
	Title, Content, Lead, Support, Owner, Phone, Deadline string
	Status, Completed, Progress, Problems, Next, Evidence string
	Leader, Remark                                        string // a ledger without leaders has no column for them
}

// Requirement is a row of the requirements sheet, in the words that stand
// there.
type Requirement struct {
	Name, Kind               string
	Min                      int
	Scope, Units, Due, Needs string
}

// Event is a row of the activities sheet.
type Event struct {
	Kind, Unit, Date, Topic, Place string
	People                         int
	Parts, Evidence, Remark        string
}

// Register is a register on a sheet of its own, with the usual headings.
type Register struct {
	Kind string              // one of ledger.Registers
	Rows []map[string]string // by field; what looks like a date or an amount becomes one
}

// requirementRows are rules in the words of the requirements sheet, from which
// the same rules are read again.
func requirementRows(rules []ledger.RequirementRule, lang msg.Lang) []Requirement {
	var rows []Requirement
	for _, r := range rules {
		n := Requirement{Name: r.Name, Kind: r.Kind, Min: r.Min, Scope: msg.Say(lang, "ledger.scope.whole"),
			Units: strings.Join(r.Units, "、"), Due: r.Due}
		if r.ByUnit {
			n.Scope = msg.Say(lang, "ledger.scope.unit")
		}
		if len(r.Words) > 0 && lang == msg.ZH {
			n.Kind = r.Words[0]
		}
		if len(r.Needs) > 0 {
			n.Needs = msg.Say(lang, "ledger.needs", "Words", strings.Join(r.Needs, "、"))
		}
		rows = append(rows, n)
	}
	return rows
}

// Make makes a ledger workbook: a task table under a title and a two-row
// header, an activities sheet, a requirements sheet, a units sheet and one for each
// register, with drop-down lists, conditional formats and a print set-up for A4.
// The same spec gives the same bytes.
func Make(spec Spec) ([]byte, error) {
	if spec.Statuses == nil {
		spec.Statuses = usualStatuses(spec.Lang)
	}
	b := &newBook{File: excelize.NewFile(), lang: spec.Lang}
	defer b.Close()
	b.makeStyles()
	b.do(b.SetSheetName("Sheet1", b.say("newledger.sheet")))
	for _, key := range []string{"ledger.sheet.activities", "ledger.sheet.requirements", "ledger.sheet.units"} {
		_, err := b.NewSheet(b.say(key))
		b.do(err)
	}
	b.tasks(&spec)
	b.events(&spec)
	b.rules(&spec)
	b.units(&spec)
	b.registers(&spec)
	b.SetActiveSheet(0)
	made := spec.Made.UTC().Format(time.RFC3339)
	b.do(b.SetDocProps(&excelize.DocProperties{Title: spec.Title, Creator: "taizhang", Created: made, Modified: made}))
	b.do(b.SetAppProps(&excelize.AppProperties{Application: "taizhang"}))
	if b.err != nil {
		return nil, b.err
	}
	return xlsx.Bytes(b.File)
}

func (b *newBook) say(key string, pairs ...any) string { return msg.Say(b.lang, key, pairs...) }

// marked is how a level of a section begins that is numbered.
var marked = regexp.MustCompile(
	`^(?:第[一二三四五六七八九十百零〇\d]+[章节部编篇类]|[一二三四五六七八九十百零〇]+[、.．]|[（(][一二三四五六七八九十百\d]+[）)]|\d+[.．、])`)

// levels are the rows in which a section's path is written: one a level where
// every level is numbered, else the path as it is, since rows without a number
// do not show which stands under which.
func levels(path string) []string {
	parts := strings.Split(path, " / ")
	if slices.ContainsFunc(parts, func(s string) bool { return !marked.MatchString(s) }) {
		return []string{path}
	}
	return parts
}

// categories are the category rows to write where the section changes from one
// path to another: those levels that are new.
func categories(from, to string) []string {
	if to == "" || to == from {
		return nil
	}
	a, b := levels(from), levels(to)
	for len(a) > 0 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return b
}

// usualStatuses are the states that a new ledger offers.
func usualStatuses(lang msg.Lang) (words []string) {
	for _, key := range []string{"newledger.not_started", "newledger.in_progress", "newledger.done",
		"newledger.ongoing"} {
		words = append(words, msg.Say(lang, key))
	}
	return words
}
