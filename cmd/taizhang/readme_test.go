package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui"
)

var update = flag.Bool("update", false, "renew the table of keys")

// Both READMEs name every command, flag, setting and field there is; the
// actions stand in a table of their own.
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

// KEYS.md has every action of the dashboard, with its keys and what it does in
// both languages.
func TestTheTableOfKeysIsComplete(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Keys / 按键\n\n" +
		"Every action of the dashboard, its name under `keys:` in `taizhang.yaml`, and the keys that it has without that.\n" +
		"One without a key stands in the palette (F9). `keys: {undo: [ctrl+z, f10]}` gives an action other keys.\n\n" +
		"看板的全部操作：配置项 `keys` 中的名称、默认按键和用途。没有按键的在命令面板（F9）里。\n\n" +
		"| action 操作 | keys 按键 | does | 用途 |\n|---|---|---|---|\n")
	for _, a := range tui.Actions() {
		keys := make([]string, len(a.Keys))
		for i, k := range a.Keys {
			keys[i] = "`" + strings.ReplaceAll(k, "|", "\\|") + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", a.ID, strings.Join(keys, " "),
			msg.Say(msg.EN, a.Title), msg.Say(msg.ZH, a.Title))
	}
	file := filepath.Join("..", "..", ".github", "KEYS.md")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(text), "\r\n", "\n") != b.String() {
		t.Errorf("%s is not what the dashboard has; go test ./cmd/taizhang -run TableOfKeys -update renews it", file)
	}
}
