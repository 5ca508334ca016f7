package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/spf13/pflag"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui"
)

// Both READMEs name every command, flag, setting, field and action there is.
func TestTheREADMEsAreComplete(t *testing.T) {
	var names []string
	a := &app{Printer: &print.Printer{Lang: msg.EN}}
	root := newRoot(a)
	flags := func(f *pflag.Flag) {
		if f.Name != "help" {
			names = append(names, "--"+f.Name)
		}
	}
	root.PersistentFlags().VisitAll(flags)
	for _, c := range root.Commands() {
		if c.Name() != "help" {
			names = append(names, c.Name())
			c.LocalFlags().VisitAll(flags)
		}
	}
	settings, err := config.Load(config.Sources{Words: words()})
	if err != nil {
		t.Fatal(err)
	}
	inYAML := map[string]*regexp.Regexp{} // a key of a group may stand as {key: …}
	for _, e := range settings.Entries() {
		names = append(names, e.Key)
		if m := regexp.MustCompile(`^(\w+)\.(\w+)$`).FindStringSubmatch(e.Key); m != nil {
			inYAML[e.Key] = regexp.MustCompile(`(?m)^` + m[1] + `: \{.*\b` + m[2] + `:`)
		}
	}
	names = append(append(names, ledger.TaskFields()...), ledger.ActivityFields()[1:]...)
	names = append(names, tui.ActionIDs()...)
	for _, file := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if !regexp.MustCompile(`(^|[^\w-])`+regexp.QuoteMeta(n)+`($|[^\w-])`).Match(text) &&
				(inYAML[n] == nil || !inYAML[n].Match(text)) {
				t.Errorf("%s does not name %s", file, n)
			}
		}
	}
}
