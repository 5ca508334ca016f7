package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

var testWords = Words{
	Fields:   map[string][]string{"tasks": {"title", "lead", "deadline"}, "activities": {"kind", "date"}},
	Statuses: []string{"done", "in_progress", "not_started", "ongoing"},
	Actions:  []string{"quit", "save"},
	Registers: func(n *yaml.Node) []Error {
		if strings.Contains(n.Content[0].Content[1].Value, "petitions") {
			return nil
		}
		return []Error{{Class: ErrUnknownKey, Line: n.Content[0].Line, Key: "registers.b"}}
	},
}

// bench sets up a current folder, a user folder and an empty environment.
func bench(t *testing.T, files map[string]string) Sources {
	t.Helper()
	for _, kv := range os.Environ() {
		if name, _, _ := strings.Cut(kv, "="); strings.HasPrefix(name, "TAIZHANG_") {
			t.Setenv(name, "")
		}
	}
	root := t.TempDir()
	t.Chdir(root)
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return Sources{UserDir: "user", Words: testWords}
}

func TestEachSourceOverridesThoseBelowIt(t *testing.T) {
	src := bench(t, map[string]string{
		"user/taizhang.yaml": "due_soon_days: 11\nstale_days: 12\nyear: 2013\nauthor: 用户\nlang: en\n",
		"taizhang.yaml":      "# 本单位\nstale_days: 22\nyear: 2023\nauthor: 本地\n",
	})
	t.Setenv("TAIZHANG_YEAR", "2033")
	t.Setenv("TAIZHANG_AUTHOR", "环境")
	src.Flags = map[string]Flag{"author": {"--author", "标志"}}
	src.System = map[string]System{"author": {"root", "user"}, "lang": {"zh", "LANG"}}
	s, err := Load(src)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Origin{}
	for _, e := range s.Entries() {
		if e.Source != FromDefault {
			got[e.Key] = e.Origin
		}
	}
	want := map[string]Origin{
		"lang":          {Source: FromFile, File: filepath.Join("user", "taizhang.yaml"), Line: 5},
		"due_soon_days": {Source: FromFile, File: filepath.Join("user", "taizhang.yaml"), Line: 1},
		"stale_days":    {Source: FromFile, File: "taizhang.yaml", Line: 2},
		"year":          {Source: FromEnv, Name: "TAIZHANG_YEAR"},
		"author":        {Source: FromFlag, Name: "--author"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if s.DueSoonDays != 11 || s.StaleDays != 22 || s.Year != 2033 || s.Author != "标志" || s.Lang != "en" {
		t.Errorf("in force: %d %d %d %q %q", s.DueSoonDays, s.StaleDays, s.Year, s.Author, s.Lang)
	}
}

func TestSystemValueStandsInForADefault(t *testing.T) {
	src := bench(t, nil)
	src.System = map[string]System{"lang": {"en", "LC_ALL"}}
	s, err := Load(src)
	if err != nil || s.Lang != "en" || s.Origin("lang") != (Origin{Source: FromSystem, Name: "LC_ALL"}) {
		t.Errorf("%q from %+v, %v", s.Lang, s.Origin("lang"), err)
	}
}

func TestEverySettingOfAFile(t *testing.T) {
	src := bench(t, map[string]string{"taizhang.yaml": `
ledger: 政务公开台账.xlsx
workbooks: [政务公开台账.xlsx, 登记]
year: 2022
lang: zh
theme: high-contrast
ambiguous_width: wide
columns: [number, title, 联系人]
keys:
  quit: [q, ctrl+c]
author: 王协调
headings:
  tasks:
    lead: [主抓单位, "Lead Dept"]
    deadline: [何时交]
status_words:
  done: [销号, "100%"]
units:
  - name: 党政办公室
    aliases: [党政办]
    groups: [各部门]
    contact: 张三
    phone: 0436-3200001
  - {name: ABC处}
collectives:
  各街道办事处: [Aa街道, 新区街道]
requirements:
  - {kind: open_day, name: 政府开放日, words: [开放日], min: 2, per_unit: false, due: 11月底, needs: [答疑, 座谈]}
  - {kind: training, per_unit: true, units: [各部门]}
registers:
  - {kind: petitions, fields: {matter: [事项]}}
holidays:
  - {date: 2022-10-10, name: 地方休息日}
  - {date: 2022-10-15, off: false}
due_soon_days: 20
stale_days: 60
today: 2022-06-30
sync:
  poll: 5s
  state: state
  backups: 3
supervision:
  review: true
  feedback: 每月25日前
  ladder: [{name: 提示函, days: -5}, {name: 督办单, colour: red, days: 3, behind: true}]
  score: {base: 100, overdue: -2.5}
inbox: 回收
readonly: true
password_file: ../pw
`})
	s, err := Load(src)
	if err != nil {
		t.Fatal(err)
	}
	want := &Settings{
		Ledger: "政务公开台账.xlsx", Year: 2022, Lang: "zh", Theme: "high-contrast", AmbiguousWidth: "wide",
		Columns: []string{"number", "title", "联系人"}, Views: []View{},
		Keys: map[string][]string{"quit": {"q", "ctrl+c"}}, Author: "王协调",
		Headings:    map[string]map[string][]string{"tasks": {"lead": {"主抓单位", "Lead Dept"}, "deadline": {"何时交"}}},
		StatusWords: map[string][]string{"done": {"销号", "100%"}},
		Units: []Unit{
			{Name: "党政办公室", Aliases: []string{"党政办"}, Groups: []string{"各部门"}, Contact: "张三", Phone: "0436-3200001"},
			{Name: "ABC处", Aliases: []string{}, Groups: []string{}},
		},
		Collectives: map[string][]string{"各街道办事处": {"Aa街道", "新区街道"}},
		Workbooks:   []string{"政务公开台账.xlsx", "登记"},
		Requirements: []Requirement{
			{Kind: "open_day", Name: "政府开放日", Words: []string{"开放日"}, Min: 2, Units: []string{}, Due: "11月底",
				Needs: []string{"答疑", "座谈"}},
			{Kind: "training", Name: "training", Words: []string{}, Min: 1, PerUnit: true, Units: []string{"各部门"},
				Needs: []string{}},
		},
		Holidays:    []Holiday{{Date: "2022-10-10", Name: "地方休息日", Off: true}, {Date: "2022-10-15"}},
		DueSoonDays: 20, StaleDays: 60, Today: time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC),
		Sync: Sync{Poll: 5 * time.Second, State: "state", Backups: 3},
		Supervision: Supervision{Review: true, Feedback: "每月25日前",
			Score: map[string]float64{"base": 100, "overdue": -2.5},
			Ladder: []Rung{{Name: "提示函", Colour: "blue", Days: -5},
				{Name: "督办单", Colour: "red", Days: 3, Behind: true}}},
		Inbox: "回收", ReadOnly: true, PasswordFile: filepath.Join("..", "pw"),
	}
	if got := fmt.Sprint(show(s.Registers)); got != "[map[fields:map[matter:[事项]] kind:petitions]]" {
		t.Errorf("registers are %s", got)
	}
	s.files, s.origins, s.values, s.Registers = nil, nil, nil, nil
	if d := cmp.Diff(want, s, cmp.AllowUnexported(Settings{})); d != "" {
		t.Error(d)
	}
}

func TestVariablesHoldListsAndMaps(t *testing.T) {
	src := bench(t, nil)
	t.Setenv("TAIZHANG_COLUMNS", "number, 标题、lead，备注")
	t.Setenv("TAIZHANG_HEADINGS", "{tasks: {lead: [主抓单位]}}")
	t.Setenv("TAIZHANG_SYNC_POLL", "250ms")
	t.Setenv("TAIZHANG_READONLY", "yes")
	s, err := Load(src)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"number", "标题", "lead", "备注"}, s.Columns); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]map[string][]string{"tasks": {"lead": {"主抓单位"}}}, s.Headings); d != "" {
		t.Error(d)
	}
	if s.Sync.Poll != 250*time.Millisecond || !s.ReadOnly {
		t.Errorf("poll %v, readonly %v", s.Sync.Poll, s.ReadOnly)
	}
}

func TestWhichFilesAreRead(t *testing.T) {
	user, here, there := filepath.Join("user", FileName), FileName, filepath.Join("office", FileName)
	for _, tt := range []struct {
		name       string
		files      map[string]string
		flag, file string
		want       []string
		ledger     string
	}{
		{"none", nil, "", "", nil, ""},
		{"current folder", map[string]string{here: "year: 2022", user: "year: 2021"}, "", "", []string{user, here}, ""},
		{"beside the ledger that the flag names", map[string]string{here: "year: 2022", there: "year: 2023"},
			"office/a.xlsx", "", []string{there}, "office/a.xlsx"},
		{"here and beside the ledger named here", map[string]string{here: "ledger: office/a.xlsx", there: "year: 2023"},
			"", "", []string{there, here}, filepath.Join("office", "a.xlsx")},
		{"beside the ledger named in the user's file", map[string]string{here: "year: 2022",
			user: "ledger: ../office/a.xlsx", there: "year: 2023"}, "", "", []string{user, there},
			filepath.Join("office", "a.xlsx")},
		{"--config alone", map[string]string{here: "year: 2022", user: "year: 2021", "other.yaml": "ledger: b.xlsx"},
			"", "other.yaml", []string{"other.yaml"}, "b.xlsx"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := bench(t, tt.files)
			src.File = tt.file
			if tt.flag != "" {
				src.Flags = map[string]Flag{"ledger": {"--ledger", tt.flag}}
			}
			s, err := Load(src)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, s.Files()); d != "" || s.Ledger != tt.ledger {
				t.Errorf("ledger %q, files %s", s.Ledger, d)
			}
		})
	}
}

func TestMissingConfigFileIsAnError(t *testing.T) {
	src := bench(t, nil)
	src.File = "gone.yaml"
	_, err := Load(src)
	if !errors.Is(err, ErrUnreadable) || !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestKeysWithoutValueSayNothing(t *testing.T) {
	s, err := Load(bench(t, map[string]string{"taizhang.yaml": "year:\nunits:\nsync:\nheadings: {tasks: }\n"}))
	if err != nil || s.Year != 0 || s.Sync.Backups != 20 {
		t.Errorf("%+v, %v", s, err)
	}
}
