// Package config finds out how taizhang is to behave: which ledger, which
// year, which language, what the office calls its columns, units and states.
//
// # Where a setting comes from
//
// Each setting is taken from the first of these that has it:
//
//  1. a command line flag, such as --lang en;
//  2. an environment variable: TAIZHANG_ and the key in capitals, dots as
//     underscores, such as TAIZHANG_LANG or TAIZHANG_SYNC_POLL;
//  3. taizhang.yaml beside the ledger (and, above it, the one in the current
//     folder if that is what names the ledger);
//  4. taizhang.yaml in the user's configuration folder;
//  5. what the system says (the locale, the user's name), else a default.
//
// A file named with --config stands in for both 3 and 4. A setting is replaced
// as a whole: lists and maps of two files are not mixed, so that every setting
// in force comes from exactly one place, which [Settings.Entries] names.
//
// # Mistakes
//
// Nothing is passed over: an unknown key, a value of the wrong kind, a variable
// with a mistyped name are errors with the file and line, what was expected and
// the nearest right name. All mistakes are reported at once, as [Errors].
// The package imports no other package of this module and speaks no language;
// the caller puts an [Error] into words.
//
// # Keys
//
// Keys are written as they are listed in [Keys]; case matters. Keys that people
// choose (units, kinds, Chinese headings) are kept exactly as written: viper,
// which does the layering and would fold their case, only ever sees the
// settings' own names.
package config

import (
	"time"

	"go.yaml.in/yaml/v3"
)

// Settings is what is in force. The zero value of a field means that nothing
// was said, and the reader of the field has its own default.
type Settings struct {
	Ledger string // path; relative to the current folder
	// paths of workbooks and folders that are opened as one ledger; relative to the current folder
	Workbooks      []string
	Year           int    // of the ledger, where the workbook does not say; 0: this year
	Lang           string // "zh" or "en"
	Theme          string // "auto", "light", "dark", "high-contrast" or "none"
	AmbiguousWidth string // how wide “ ” … · ● ─ are drawn: "auto", "narrow" or "wide"
	Columns        []string
	Views          []View
	Keys           map[string][]string // action → keys
	// the dashboard rings for a save of somebody else, a conflict, a deadline that passed
	Bell   bool
	Author string // who is recorded as the author of changes made here

	Headings     map[string]map[string][]string // kind of table → field → further headings
	HiddenSheets bool                           // what is in hidden sheets counts, too
	StatusWords  map[string][]string            // kind of status → further words
	Units        []Unit
	Collectives  map[string][]string // 各部门 → its members
	Requirements []Requirement
	Registers    *yaml.Node // the list as written, checked by Words.Registers; nil: none
	Holidays     []Holiday

	DueSoonDays int
	StaleDays   int
	Today       time.Time // UTC midnight; zero: the system's date

	Supervision Supervision

	Office string // the unit whose ledger it is; "": as the workbook says
	Papers Papers

	Sync         Sync
	Inbox        string // folder of returned copies; "": none
	ReadOnly     bool
	PasswordFile string // file whose first line opens an encrypted workbook; "-" is standard input

	files   []string
	origins map[string]Origin
	values  map[string]any
}

// Sync says how the workbook is kept in step.
type Sync struct {
	Poll    time.Duration // how often it is looked at when no event comes
	State   string        // folder of the store; "": .taizhang beside the workbook
	Backups int           // whole-workbook backups kept
}

// Supervision says how the office supervises (督办). The zero value: not at all.
type Supervision struct {
	On       bool   // units' copies have the small sheet of the supervision record
	Review   bool   // what is reported as done waits until it is accepted
	Sheet    bool   // the supervision record stands in the workbook
	Feedback string // when units report: 每月25日前; "": never
	Ladder   []Rung // notices in the order in which they are sent
	// Score is what an appraisal counts, by name; nil: the usual.
	Score map[string]float64
}

// Rung is one notice of the ladder.
type Rung struct {
	Name   string `json:"name"`
	Colour string `json:"colour"` // blue, yellow or red
	Days   int    `json:"days"`   // from when on, counted from the day that it is about
	Behind bool   `json:"behind"` // also where the task is behind its time
}

// ScoreNames are what an appraisal may count.
var ScoreNames = []string{"base", "feedback", "sent_back", "overdue", "late", "register", "extended", "refused",
	"early", "support"}

// Papers says how official papers are signed.
type Papers struct {
	Seal        bool // leave room for a seal
	ChineseDate bool // 二〇二六年一月五日 in place of 2026年1月5日
}

// Unit is an organisation, for ledgers without a units sheet.
type Unit struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Groups  []string `json:"groups"` // collectives it is a member of
	Contact string   `json:"contact"`
	Phone   string   `json:"phone"`
}

// Requirement is an annual requirement (年度要求), for ledgers without a
// requirements sheet.
type Requirement struct {
	Kind    string   `json:"kind"`  // "training", "open_day", …
	Name    string   `json:"name"`  // as people call it
	Words   []string `json:"words"` // words in the 类型 column that mean this kind
	Min     int      `json:"min"`   // at least so many events a year
	PerUnit bool     `json:"per_unit"`
	Units   []string `json:"units"` // units or collectives; empty: every unit
	Due     string   `json:"due"`   // a deadline text; "": the end of the year
	Needs   []string `json:"needs"` // an event counts only with one of these words; empty: always
}

// Holiday is a day off of the office's own, or a working weekend.
type Holiday struct {
	Date string `json:"date"` // YYYY-MM-DD
	Name string `json:"name"`
	Off  bool   `json:"off"`
}

// Source says which of the places a setting came from.
type Source string

const (
	FromDefault Source = "default"
	FromSystem  Source = "system" // the locale or the user's name
	FromFile    Source = "file"
	FromEnv     Source = "env"
	FromFlag    Source = "flag"
)

// Origin is the place one setting came from.
type Origin struct {
	Source Source
	Name   string // of the variable or flag; of FromSystem what it was taken from
	File   string // FromFile only
	Line   int    // 1-based, FromFile only
}

// Entry is one setting in force.
type Entry struct {
	Key string
	// string, int, bool, []string, a map of them, []Unit, []Requirement, []Holiday or []any;
	// durations and dates as text
	Value any
	Origin
}

// Entries lists every setting in force and where it came from, in the order of
// [Keys].
func (s *Settings) Entries() []Entry {
	out := make([]Entry, 0, len(schema))
	for _, x := range schema {
		out = append(out, Entry{Key: x.key, Value: show(s.values[x.key]), Origin: s.origins[x.key]})
	}
	return out
}

// Files are the configuration files that were read, the weakest first.
func (s *Settings) Files() []string { return s.files }

// Origin is where the setting with that key came from.
func (s *Settings) Origin(key string) Origin { return s.origins[key] }

func show(v any) any {
	switch v := v.(type) {
	case time.Duration:
		return v.String()
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.DateOnly)
	case *yaml.Node:
		out := []any{}
		if v == nil || v.Decode(&out) != nil {
			return []any{}
		}
		return out
	}
	return v
}
