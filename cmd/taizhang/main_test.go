package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"taizhang": main})
}

// Each script in testdata/script shows one behaviour. Besides the usual
// commands there are:
//
//	mkledger FILE.xlsx SPEC    makes a workbook; see mkledger_test.go
//	fixture FILE.xlsx          copies one of the ledgers of sheet/table/testdata
//	jsonis WANT.json           the last standard output is this document; "*" stands for any text
//	cellis FILE SHEET CELL [TEXT]  the cell holds the text, as excelize reads it
//	capture NAME REGEXP        sets $NAME to what the regexp's group finds in the last standard output
//	filesare FOLDER WANT.txt   the folder holds these files, in all depths, one a line
//	remember FOLDER FILE       writes the list that filesare compares with
//	setcell FILE SHEET CELL TEXT   somebody else writes a cell, with excelize
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mkledger": mkledger, "fixture": fixture, "jsonis": jsonIs, "cellis": cellIs, "setcell": setCell,
			"capture": capture, "filesare": filesAre, "remember": remember,
		},
	})
}

// setup gives each script a home of its own and a machine that speaks Chinese.
func setup(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	for name, value := range map[string]string{
		"HOME": home, "USERPROFILE": home, "AppData": filepath.Join(home, ".config"),
		"LocalAppData":    filepath.Join(home, ".cache"),
		"XDG_CONFIG_HOME": filepath.Join(home, ".config"), "XDG_CACHE_HOME": filepath.Join(home, ".cache"),
		"XDG_STATE_HOME": filepath.Join(home, ".state"),
		"LANG":           "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "NO_COLOR": "",
		"TAIZHANG_AUTHOR": "王协调",
	} {
		env.Setenv(name, value)
	}
	spec, err := os.ReadFile(filepath.Join("testdata", "office.ledger"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(env.WorkDir, "office.ledger"), spec, 0o666)
}

func fixture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fixture FILE.xlsx")
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "sheet", "table", "testdata", "ledgers", args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: capture NAME REGEXP")
	}
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) != 2 {
		ts.Fatalf("no match, or not one group, for %s", args[1])
	}
	ts.Setenv(args[0], m[1])
}

func filesAre(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: filesare FOLDER WANT.txt")
	}
	if d := cmp.Diff(strings.TrimSpace(ts.ReadFile(args[1])), strings.TrimSpace(files(ts, args[0]))); d != "" {
		ts.Fatalf("other files in %s (-want +got):\n%s", args[0], d)
	}
}

func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: remember FOLDER FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(files(ts, args[0])), 0o666))
}

func files(ts *testscript.TestScript, folder string) string {
	var out strings.Builder
	root := ts.MkAbs(folder)
	ts.Check(filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if rel, e := filepath.Rel(root, path); e == nil && rel != "." {
			out.WriteString(filepath.ToSlash(rel) + "\n")
		}
		return err
	}))
	return out.String()
}

func jsonIs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: jsonis WANT.json")
	}
	got, want := decode(ts, ts.ReadFile("stdout")), decode(ts, ts.ReadFile(args[0]))
	if d := cmp.Diff(want, wild(want, got)); d != "" {
		ts.Fatalf("standard output is another document (-want +got):\n%s", d)
	}
}

func decode(ts *testscript.TestScript, text string) any {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		ts.Fatalf("not JSON: %v\n%s", err, text)
	}
	if dec.More() {
		ts.Fatalf("more than one JSON document:\n%s", text)
	}
	return v
}

// wild puts "*" into got wherever want has it and got has some text.
func wild(want, got any) any {
	switch w := want.(type) {
	case string:
		if s, ok := got.(string); ok && w == "*" && s != "" {
			return w
		}
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			out := map[string]any{}
			for k, v := range g {
				out[k] = wild(w[k], v)
			}
			return out
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) {
			out := make([]any, len(g))
			for i := range g {
				out[i] = wild(w[i], g[i])
			}
			return out
		}
	}
	return got
}
