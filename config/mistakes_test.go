package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestMistakesAreNamedWithTheirPlace(t *testing.T) {
	const f = FileName
	for _, tt := range []struct {
		name, text string
		want       []Error
	}{
		{"unknown key", "year: 2022\ndue_son_days: 3\n", []Error{{Class: ErrUnknownKey, File: f, Line: 2,
			Key: "due_son_days", Nearest: "due_soon_days"}}},
		{"hyphens for underscores", "stale-days: 3\n", []Error{{Class: ErrUnknownKey, File: f, Line: 1,
			Key: "stale-days", Nearest: "stale_days"}}},
		{"capitals", "Lang: zh\n", []Error{{Class: ErrUnknownKey, File: f, Line: 1, Key: "Lang", Nearest: "lang"}}},
		{"nothing near", "冬瓜: 3\n", []Error{{Class: ErrUnknownKey, File: f, Line: 1, Key: "冬瓜"}}},
		{"unknown key in a group", "sync:\n  pool: 3s\n", []Error{{Class: ErrUnknownKey, File: f, Line: 2,
			Key: "sync.pool", Nearest: "sync.poll"}}},
		{"unknown key in a unit", "units:\n- name: 甲\n  alias: [乙]\n",
			[]Error{{Class: ErrUnknownKey, File: f, Line: 3, Key: "units.alias", Nearest: "units.aliases"}}},
		{"unknown field", "headings:\n  tasks:\n    leads: [甲]\n",
			[]Error{{Class: ErrUnknownKey, File: f, Line: 3, Key: "headings.tasks.leads",
				Nearest: "headings.tasks.lead"}}},
		{"unknown kind of table", "headings:\n  task: {}\n", []Error{{Class: ErrUnknownKey, File: f, Line: 2,
			Key: "headings.task", Nearest: "headings.tasks"}}},
		{"unknown status", "status_words: {don: [甲]}\n", []Error{{Class: ErrUnknownKey, File: f, Line: 1,
			Key: "status_words.don", Nearest: "status_words.done"}}},
		{"unknown action", "keys: {sav: [s]}\n", []Error{{Class: ErrUnknownKey, File: f, Line: 1, Key: "keys.sav",
			Nearest: "keys.save"}}},
		{"twice", "year: 2021\nyear: 2022\n", []Error{{Class: ErrTwice, File: f, Line: 2, Key: "year"}}},
		{"unit twice", "units:\n- {name: 甲}\n- {name: 甲}\n", []Error{{Class: ErrTwice, File: f, Line: 3,
			Key: "units.甲"}}},
		{"not a number", "year: 二〇二二\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "year", Value: "二〇二二",
			Want: Want{Kind: WantInt, Min: "1900", Max: "2199"}}}},
		{"out of range", "stale_days: 0\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "stale_days", Value: "0",
			Want: Want{Kind: WantInt, Min: "1", Max: "3660"}}}},
		{"a list where a number is wanted", "year: [2022]\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "year",
			Want: Want{Kind: WantInt, Min: "1900", Max: "2199"}}}},
		{"near choice", "theme: darc\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "theme", Value: "darc",
			Want:    Want{Kind: WantChoice, Choices: []string{"auto", "light", "dark", "high-contrast", "none"}},
			Nearest: "dark"}}},
		{"not a boolean", "readonly: maybe\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "readonly",
			Value: "maybe", Want: Want{Kind: WantBool}}}},
		{"no unit of time", "sync: {poll: 5}\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "sync.poll",
			Value: "5", Want: Want{Kind: WantDuration, Min: "100ms", Max: "1h"}}}},
		{"not a date", "today: 2022-02-30\n", []Error{{Class: ErrValue, File: f, Line: 1, Key: "today",
			Value: "2022-02-30", Want: Want{Kind: WantDate}}}},
		{"a text where a list is wanted", "columns: title\n", []Error{{Class: ErrValue, File: f, Line: 1,
			Key: "columns", Value: "title", Want: Want{Kind: WantList}}}},
		{"unit without a name", "units:\n- {phone: '1'}\n", []Error{{Class: ErrValue, File: f, Line: 2,
			Key: "units.name", Want: Want{Kind: WantFilled}}}},
		{"a day off without its day", "holidays:\n- {name: 甲}\n",
			[]Error{{Class: ErrValue, File: f, Line: 2, Key: "holidays.date", Want: Want{Kind: WantFilled}}}},
		{"an unknown key of a day off", "holidays:\n- {date: 2022-10-10, offf: true}\n",
			[]Error{{Class: ErrUnknownKey, File: f, Line: 2, Key: "holidays.offf", Nearest: "holidays.off"}}},
		{"registers that are no list", "registers: {kind: a}\n",
			[]Error{{Class: ErrValue, File: f, Line: 1, Key: "registers",
				Want: Want{Kind: WantItems, Choices: []string{"kind", "name", "fields", "clocks"}}}}},
		{"what the owner of the registers finds", "year: 2022\nregisters:\n- {kind: a}\n",
			[]Error{{Class: ErrUnknownKey, File: f, Line: 3, Key: "registers.b"}}},
		{"the whole file is a list", "- a\n", []Error{{Class: ErrValue, File: f, Line: 1, Want: Want{Kind: WantMap}}}},
		{"aliases", "units: &u []\nrequirements: *u\n", []Error{{Class: ErrValue, File: f, Line: 2, Key: "requirements",
			Want: Want{Kind: WantPlain}}}},
		{"bad yaml", "year: 2022\nlang: [zh\n", []Error{{Class: ErrSyntax, File: f}}},
		{"a second document", "year: 2022\n---\nyear: 2023\n", []Error{{Class: ErrSyntax, File: f}}},
		{"GB18030", "author: \xcd\xf5\n", []Error{{Class: ErrNotUTF8, File: f}}},
		{"too large", "# " + strings.Repeat("x", maxFile), []Error{{Class: ErrTooLarge, File: f}}},
		{"all at once", "yaer: 1\nlang: cn\n", []Error{
			{Class: ErrUnknownKey, File: f, Line: 1, Key: "yaer", Nearest: "year"},
			{Class: ErrValue, File: f, Line: 2, Key: "lang", Value: "cn",
				Want: Want{Kind: WantChoice, Choices: []string{"zh", "en"}}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(bench(t, map[string]string{f: tt.text}))
			var errs Errors
			if !errors.As(err, &errs) {
				t.Fatalf("error is %v", err)
			}
			var got []Error
			for _, e := range errs {
				if e.Class == ErrSyntax {
					if e.Line == 0 || e.Err == nil {
						t.Errorf("no line or no cause: %v", e)
					}
					e.Line, e.Err = 0, nil
				}
				got = append(got, *e)
			}
			if d := cmp.Diff(tt.want, got, cmpopts.EquateErrors()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestMistakesInVariablesAndFlags(t *testing.T) {
	src := bench(t, nil)
	t.Setenv("TAIZHANG_LAGN", "zh")
	t.Setenv("TAIZHANG_YEAR", "soon")
	t.Setenv("TAIZHANG_HEADINGS", "{tasks: [")
	src.Flags = map[string]Flag{"today": {"--today", "tomorrow"}}
	s, err := Load(src)
	if s == nil {
		t.Fatal("no settings beside the error")
	}
	var errs Errors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	got := map[string]Error{}
	for _, e := range errs {
		e.Err = nil
		got[e.Env+e.Flag] = *e
	}
	want := map[string]Error{
		"TAIZHANG_LAGN": {Class: ErrUnknownKey, Env: "TAIZHANG_LAGN", Key: "TAIZHANG_LAGN",
			Nearest: "TAIZHANG_LANG"},
		"TAIZHANG_YEAR": {Class: ErrValue, Env: "TAIZHANG_YEAR", Key: "year", Value: "soon",
			Want: Want{Kind: WantInt, Min: "1900", Max: "2199"}},
		"TAIZHANG_HEADINGS": {Class: ErrSyntax, Env: "TAIZHANG_HEADINGS"},
		"--today": {Class: ErrValue, Flag: "--today", Key: "today", Value: "tomorrow",
			Want: Want{Kind: WantDate}},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateErrors()); d != "" {
		t.Error(d)
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"sttaus", "status"}, {"Status", "status"}, {"due-within", "due_within"}, {"zzz", ""}, {"", ""}, {"单位各", "单位"},
	} {
		if got := Nearest(tt.word, []string{"status", "due_within", "单位"}); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

// Whatever stands in a file, loading ends with settings or with errors that
// name the file; never with a panic.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"year: 2022\nlang: zh\n", "units:\n- {name: 甲, aliases: [乙]}\n", "sync: {poll: 5s}", "a: &a [*a]", "? [x]: y\n",
		"<<: {year: 1}",
		"headings: {tasks: {lead: [甲]}}", "requirements: [{kind: x, min: 0}]", "\xff\xfey\x00", "year: !!binary aGk=",
		"--- \n...\n---", "keys: {quit: [q, ~]}",
	} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, FileName)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Sources{File: path, Words: testWords})
		if s == nil {
			t.Fatal("no settings")
		}
		if err == nil {
			if len(s.Entries()) != len(schema) {
				t.Error("settings are missing")
			}
			return
		}
		var errs Errors
		if !errors.As(err, &errs) || len(errs) == 0 {
			t.Fatalf("not Errors: %v", err)
		}
		for _, e := range errs {
			if e.File != path || e.Class == nil || e.Error() == "" {
				t.Errorf("mistake without its place: %#v", e)
			}
		}
	})
}
