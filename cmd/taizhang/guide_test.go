package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/config"
	"taizhang/sheet/ledger"
)

// What a person says of the columns is kept beside the ledger and in force at
// once; headings that another file says stay in force with it.
func TestHeadingsToldAreKeptBesideTheLedger(t *testing.T) {
	const told = "headings:\n  tasks:\n    title: [\"办啥\"]\n"
	for name, c := range map[string]struct {
		beside, user string // the files that are there
		want         string // beside the ledger; "" as it was
		tasks        map[string][]string
	}{
		"no file": {"", "", told, map[string][]string{"title": {"办啥"}}},
		"a file":  {"# 本单位\nyear: 2022\n", "", "# 本单位\nyear: 2022\n" + told, map[string][]string{"title": {"办啥"}}},
		"headings in the user's file": {"", "headings: {tasks: {lead: [谁来办]}}\n",
			"headings:\n  tasks:\n    lead: [\"谁来办\"]\n    title: [\"办啥\"]\n",
			map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}},
		"a file with a mistake": {"year: [\n", "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			home, folder := t.TempDir(), t.TempDir()
			for _, v := range []string{"XDG_CONFIG_HOME", "AppData", "HOME"} {
				t.Setenv(v, home)
			}
			t.Chdir(folder)
			put := func(path, text string) {
				if text == "" {
					return
				}
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			put(filepath.Join(config.UserDir(), config.FileName), c.user)
			file := filepath.Join(folder, config.FileName)
			put(file, c.beside)
			a := newApp(nil, os.Stdin, os.Stdout, os.Stderr)
			newRoot(a)
			g := &guide{a: a, path: filepath.Join(folder, "台账.xlsx")}
			loaded := a.load(g.path)
			err := g.keep(context.Background(), map[string][]string{"title": {"办啥"}})
			got, _ := os.ReadFile(file)
			if c.want == "" {
				if loaded == nil || err == nil || string(got) != c.beside {
					t.Errorf("errors %v, %v; the file became %q", loaded, err, got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, string(got)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.tasks, a.settings.Headings[ledger.KindTasks]); d != "" {
				t.Errorf("in force: %s", d)
			}
			if info, err := os.Stat(file); c.beside != "" && (err != nil || info.Mode().Perm()&0o077 != 0) {
				t.Errorf("a private file became %v, %v", info.Mode(), err)
			}
		})
	}
}
