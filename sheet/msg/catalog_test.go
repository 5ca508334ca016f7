package msg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// entries reads a catalogue language by language: key → sentence.
func entries(t *testing.T) map[Lang]map[string]string {
	t.Helper()
	out := map[Lang]map[string]string{ZH: {}, EN: {}}
	names, err := fs.Glob(catalog, "catalog/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	for _, name := range names {
		pkg, lang, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".yaml"), ".")
		data, err := fs.ReadFile(catalog, name)
		if err != nil {
			t.Fatal(err)
		}
		var sentences map[string]string
		if err := yaml.Unmarshal(data, &sentences); err != nil {
			t.Errorf("%s: %v", name, err) // also keys that stand twice
			continue
		}
		if out[Lang(lang)] == nil {
			t.Fatalf("%s: language %q is not one of the interface's", name, lang)
		}
		for key, s := range sentences {
			if !strings.HasPrefix(key, pkg+".") {
				t.Errorf("%s: key %q does not begin with %q", name, key, pkg+".")
			}
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: %s says nothing", name, key)
			}
			out[Lang(lang)][key] = s
		}
	}
	return out
}

var argument = regexp.MustCompile(`\{\{[^}]*?\.([A-Za-z][A-Za-z0-9]*)`)

// arguments are the names that a sentence uses.
func arguments(s string) []string {
	var out []string
	for _, m := range argument.FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	all := entries(t)
	for key, zh := range all[ZH] {
		en, ok := all[EN][key]
		if !ok {
			t.Errorf("%s is missing in English", key)
			continue
		}
		if a, b := arguments(zh), arguments(en); !slices.Equal(a, b) {
			t.Errorf("%s: arguments %v in Chinese, %v in English", key, a, b)
		}
	}
	for key := range all[EN] {
		if _, ok := all[ZH][key]; !ok {
			t.Errorf("%s is missing in Chinese", key)
		}
	}
}

// use is a literal key in the code. names are the arguments given with it, nil
// if they cannot be told from the code.
type use struct {
	key    string
	place  token.Position
	call   bool // it is said right there
	names  []string
	prefix bool // the key is put together: this is its beginning
}

// uses walks every Go file of the module but tests.
func uses(t *testing.T, keyed *regexp.Regexp) []use {
	t.Helper()
	root := "../.."
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	var out []use
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" ||
			name == "dist") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, usesOf(fset, f, keyed)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func usesOf(fset *token.FileSet, f *ast.File, keyed *regexp.Regexp) []use {
	var out []use
	said := map[*ast.BasicLit]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if i := keyPosition(n.Fun); i >= 0 && len(n.Args) > i {
				if lit, ok := n.Args[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					said[lit] = true
					key, _ := strconv.Unquote(lit.Value)
					out = append(out, use{key: key, place: fset.Position(lit.Pos()), call: true,
						names: namesOf(n, i+1)})
				}
			}
		case *ast.BasicLit:
			if n.Kind != token.STRING || said[n] {
				break
			}
			if s, err := strconv.Unquote(n.Value); err == nil && keyed.MatchString(s) {
				out = append(out, use{key: s, place: fset.Position(n.Pos()), prefix: strings.HasSuffix(s, ".") ||
					strings.HasSuffix(s, "_")})
			}
		}
		return true
	})
	return out
}

// keyPosition is where a call has its key: msg.New(key, …), msg.Say(lang, key, …)
// and the methods named say or Say that shorten them; -1 for other calls.
func keyPosition(fun ast.Expr) int {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return -1
	}
	pkg, _ := sel.X.(*ast.Ident)
	switch {
	case pkg != nil && pkg.Name == "msg" && sel.Sel.Name == "New":
		return 0
	case pkg != nil && pkg.Name == "msg" && sel.Sel.Name == "Say":
		return 1
	case (pkg == nil || pkg.Name != "msg") && (sel.Sel.Name == "say" || sel.Sel.Name == "Say"):
		return 0
	}
	return -1
}

func namesOf(call *ast.CallExpr, from int) []string {
	names := []string{}
	if call.Ellipsis.IsValid() {
		return nil
	}
	for i := from; i < len(call.Args); i += 2 {
		lit, ok := call.Args[i].(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return nil
		}
		name, _ := strconv.Unquote(lit.Value)
		names = append(names, name)
	}
	return names
}

func TestEverySentenceInTheCodeIsInTheCatalogueAndUsed(t *testing.T) {
	all := entries(t)
	prefixes := map[string]bool{}
	for key := range all[ZH] {
		pkg, _, _ := strings.Cut(key, ".")
		prefixes[regexp.QuoteMeta(pkg)] = true
	}
	var list []string
	for p := range prefixes {
		list = append(list, p)
	}
	keyed := regexp.MustCompile(`^(` + strings.Join(list, "|") + `)\.[a-z0-9_.]*$`)

	used := map[string]bool{}
	var beginnings []string
	for _, u := range uses(t, keyed) {
		sentence, known := all[ZH][u.key]
		if known {
			used[u.key] = true
		}
		switch {
		case u.prefix:
			beginnings = append(beginnings, u.key)
		case u.call && !known && keyed.MatchString(u.key):
			t.Errorf("%s: the catalogue has no %q", u.place, u.key)
		case u.call && !known && strings.Contains(u.key, "."):
			t.Errorf("%s: %q belongs to no file of the catalogue", u.place, u.key)
		case u.call && known && u.names != nil:
			for _, name := range arguments(sentence) {
				if !slices.Contains(u.names, name) {
					t.Errorf("%s: %s needs the argument %s", u.place, u.key, name)
				}
			}
			for _, name := range u.names {
				if !slices.Contains(arguments(sentence), name) {
					t.Errorf("%s: %s has no use for the argument %s", u.place, u.key, name)
				}
			}
		}
	}
	for key := range all[ZH] {
		if !used[key] && !slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) }) {
			t.Errorf("%s is used nowhere", key)
		}
	}
}

func TestASentenceIsSaidInTheLanguageAsked(t *testing.T) {
	text := New("config.place_line", "File", "a.yaml", "Line", 3)
	if got, want := text.In(EN), "a.yaml line 3"; got != want {
		t.Errorf("English: %q, want %q", got, want)
	}
	if got, want := text.In(ZH), "a.yaml 第 3 行"; got != want {
		t.Errorf("Chinese: %q, want %q", got, want)
	}
	if got := text.In("fr"); got != text.In(ZH) {
		t.Errorf("another language: %q", got)
	}
	nested := New("config.syntax", "Place", text, "Why", "x")
	if got := nested.In(EN); !strings.Contains(got, "a.yaml line 3") {
		t.Errorf("a sentence within a sentence: %q", got)
	}
	if got := New("config.no_such_key").In(EN); got != "config.no_such_key" {
		t.Errorf("a missing key: %q", got)
	}
}
