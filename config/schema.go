package config

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// setting is one row of the table of settings.
type setting struct {
	key  string
	read func(d *decoder, n *yaml.Node, key string) (any, bool)
	none any // value when nothing says otherwise; its type is the setting's
	put  func(s *Settings, v any)
}

// schema is the table of all settings; the order is that of the documentation.
var schema = []setting{
	{"ledger", readPath, "", func(s *Settings, v any) { s.Ledger = v.(string) }},
	{"workbooks", readPaths, []string{}, func(s *Settings, v any) { s.Workbooks = v.([]string) }},
	{"year", readInt(1900, 2199), 0, func(s *Settings, v any) { s.Year = v.(int) }},
	{"lang", readChoice("zh", "en"), "", func(s *Settings, v any) { s.Lang = v.(string) }},
	{"theme", readChoice("auto", "light", "dark", "high-contrast", "none"), "auto",
		func(s *Settings, v any) { s.Theme = v.(string) }},
	{"ambiguous_width", readChoice("auto", "narrow", "wide"), "auto",
		func(s *Settings, v any) { s.AmbiguousWidth = v.(string) }},
	{"columns", readList, []string{}, func(s *Settings, v any) { s.Columns = v.([]string) }},
	{"views", readViews, []View{}, func(s *Settings, v any) { s.Views = v.([]View) }},
	{"keys", readKeys, map[string][]string{}, func(s *Settings, v any) { s.Keys = v.(map[string][]string) }},
	{"bell", readBool, false, func(s *Settings, v any) { s.Bell = v.(bool) }},
	{"author", readText, "", func(s *Settings, v any) { s.Author = v.(string) }},
	{"headings", readHeadings, map[string]map[string][]string{},
		func(s *Settings, v any) { s.Headings = v.(map[string]map[string][]string) }},
	{"hidden_sheets", readBool, false, func(s *Settings, v any) { s.HiddenSheets = v.(bool) }},
	{"status_words", readStatusWords, map[string][]string{}, func(s *Settings,
		v any) {
		s.StatusWords = v.(map[string][]string)
	}},
	{"units", readUnits, []Unit{}, func(s *Settings, v any) { s.Units = v.([]Unit) }},
	{"collectives", readLists, map[string][]string{}, func(s *Settings,
		v any) {
		s.Collectives = v.(map[string][]string)
	}},
	{"requirements", readRequirements, []Requirement{}, func(s *Settings,
		v any) {
		s.Requirements = v.([]Requirement)
	}},
	{"registers", readRegisters, (*yaml.Node)(nil), func(s *Settings, v any) { s.Registers = v.(*yaml.Node) }},
	{"holidays", readHolidays, []Holiday{}, func(s *Settings, v any) { s.Holidays = v.([]Holiday) }},
	{"due_soon_days", readInt(1, 366), 30, func(s *Settings, v any) { s.DueSoonDays = v.(int) }},
	{"stale_days", readInt(1, 3660), 45, func(s *Settings, v any) { s.StaleDays = v.(int) }},
	{"today", readDate, time.Time{}, func(s *Settings, v any) { s.Today = v.(time.Time) }},
	{"sync.poll", readDuration(100*time.Millisecond, time.Hour), 2 * time.Second,
		func(s *Settings, v any) { s.Sync.Poll = v.(time.Duration) }},
	{"sync.state", readPath, "", func(s *Settings, v any) { s.Sync.State = v.(string) }},
	{"sync.backups", readInt(1, 10000), 20, func(s *Settings, v any) { s.Sync.Backups = v.(int) }},
	{"office", readText, "", func(s *Settings, v any) { s.Office = v.(string) }},
	{"papers.seal", readBool, false, func(s *Settings, v any) { s.Papers.Seal = v.(bool) }},
	{"papers.chinese_date", readBool, false, func(s *Settings, v any) { s.Papers.ChineseDate = v.(bool) }},
	{"supervision.on", readBool, false, func(s *Settings, v any) { s.Supervision.On = v.(bool) }},
	{"supervision.review", readBool, false, func(s *Settings, v any) { s.Supervision.Review = v.(bool) }},
	{"supervision.sheet", readBool, false, func(s *Settings, v any) { s.Supervision.Sheet = v.(bool) }},
	{"supervision.feedback", readText, "", func(s *Settings, v any) { s.Supervision.Feedback = v.(string) }},
	{"supervision.ladder", readLadder, []Rung{}, func(s *Settings, v any) { s.Supervision.Ladder = v.([]Rung) }},
	{"supervision.score", readScore, map[string]float64{}, func(s *Settings,
		v any) {
		s.Supervision.Score = v.(map[string]float64)
	}},
	{"inbox", readPath, "", func(s *Settings, v any) { s.Inbox = v.(string) }},
	{"readonly", readBool, false, func(s *Settings, v any) { s.ReadOnly = v.(bool) }},
	{"password_file", readPath, "", func(s *Settings, v any) { s.PasswordFile = v.(string) }},
}

// find is the setting with that key, nil if there is none.
func find(key string) *setting {
	i := slices.IndexFunc(schema, func(x setting) bool { return x.key == key })
	if i < 0 {
		return nil
	}
	return &schema[i]
}

// names are the keys that may stand directly under group ("" for the top).
func names(group string) []string {
	var out []string
	for _, x := range schema {
		name := x.key
		if group != "" {
			rest, ok := strings.CutPrefix(name, group+".")
			if !ok {
				continue
			}
			name = rest
		}
		name, _, _ = strings.Cut(name, ".")
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// isGroup reports whether key has settings under it without being one.
func isGroup(key string) bool { return find(key) == nil && len(names(key)) > 0 }

// envName is the name of the environment variable for a key.
func envName(key string) string {
	return "TAIZHANG_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}
