package main

import (
	"errors"
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows are the imports that the packages of this module may have of each
// other. The first line that fits a package holds for it; "sheet/ledger/..." is
// that package and all below it. A new package needs a line here, and so does a
// new arrow: whoever adds one says that the direction is meant.
var arrows = []struct {
	room string
	may  []string
}{
	// What several packages stand on.
	{"sheet/a1", nil},
	{"sheet/msg", nil},
	{"sheet/safefile", []string{"sheet/msg"}},
	{"sheet/owner", []string{"sheet/safefile"}},
	{"seeds/sample", []string{"sheet/report/newledger"}},
	{"seeds", nil},
	{"config", nil}, // knows no ledger: names that others give meaning to are handed in

	// The workbook, from the bytes up.
	{"sheet/ooxml/internal/xmlpart", nil},
	{"sheet/ooxml/internal/zipfile", nil},
	{"sheet/ooxml/internal/ziptest", nil}, // for tests
	{"sheet/ooxml/internal/sheetxml", []string{"sheet/a1", "sheet/ooxml/internal/formula",
		"sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/internal/formula", []string{"sheet/a1"}},
	{"sheet/ooxml/internal/numfmt", nil},
	{"sheet/ooxml/internal/recalc", []string{"sheet/a1", "sheet/ooxml/internal/formula"}},
	{"sheet/ooxml/internal/bookxml", []string{"sheet/a1", "sheet/ooxml/internal/numfmt", "sheet/ooxml/internal/opc",
		"sheet/ooxml/internal/sheetxml", "sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/cached", []string{"sheet/a1", "sheet/ooxml/internal/bookxml", "sheet/ooxml/internal/formula",
		"sheet/ooxml/internal/opc",
		"sheet/ooxml/internal/recalc", "sheet/ooxml/internal/sheetxml", "sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/internal/rowmove", []string{"sheet/a1", "sheet/ooxml/internal/bookxml",
		"sheet/ooxml/internal/formula", "sheet/ooxml/internal/opc",
		"sheet/ooxml/internal/sheetxml", "sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/opc", []string{"sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/offcrypto", []string{"sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/ooxmltest", nil}, // for tests
	{"sheet/ooxml", []string{"sheet/a1", "sheet/msg", "sheet/owner", "sheet/safefile", "sheet/ooxml/internal/..."}},
	{"sheet/table/...", []string{"sheet/a1", "sheet/msg", "sheet/ooxml"}},

	// What it means, and what became of it.
	{"sheet/ledger/internal/...", nil},
	{"sheet/ledger/due", []string{"seeds", "sheet/ledger/internal/..."}},
	{"sheet/ledger/...", []string{"seeds", "sheet/a1", "sheet/msg", "sheet/ooxml", "sheet/table", "sheet/ledger/..."}},
	{"sheet/merge/...", []string{"sheet/msg", "sheet/table"}},
	{"sheet/store", []string{"sheet/merge/...", "sheet/msg", "sheet/safefile", "sheet/table"}},
	{"sheet/history/...", []string{"sheet/ledger/...", "sheet/merge/...", "sheet/store", "sheet/table"}},
	{"sheet/syncer", []string{"sheet/a1", "sheet/history/...", "sheet/ledger/...", "sheet/merge/...", "sheet/msg",
		"sheet/ooxml", "sheet/owner",
		"sheet/safefile", "sheet/store", "sheet/table"}},
	{"sheet/desk", []string{"sheet/ledger", "sheet/merge", "sheet/msg", "sheet/syncer", "sheet/table"}},
	{"sheet/supervise", []string{"sheet/ledger/...", "sheet/msg", "sheet/syncer"}},
	{"sheet/evidence", []string{"sheet/ledger/...", "sheet/msg", "sheet/report/filename", "sheet/safefile"}},
	{"sheet/plan", []string{"sheet/ledger/...", "sheet/msg", "sheet/ooxml", "sheet/table"}},

	// What leaves the office.
	{"sheet/report/filename", nil},
	{"sheet/report/paper", []string{"sheet/msg"}},
	{"sheet/report/newledger", []string{"sheet/ledger/...", "sheet/msg", "sheet/plan", "sheet/report/xlsx"}},
	{"sheet/report/xlsx", []string{"sheet/a1"}},
	{"sheet/report/notices", []string{"sheet/ledger/...", "sheet/msg", "sheet/report/paper"}},
	{"sheet/report/bulletin", []string{"sheet/ledger/...", "sheet/msg", "sheet/report/paper", "sheet/supervise",
		"sheet/syncer"}},
	{"sheet/report/summary", []string{"sheet/evidence", "sheet/ledger/...", "sheet/msg", "sheet/report/bulletin",
		"sheet/report/xlsx", "sheet/safefile", "sheet/supervise", "sheet/syncer"}},
	{"sheet/report/annual", []string{"sheet/a1", "sheet/evidence", "sheet/ledger/...", "sheet/msg", "sheet/ooxml",
		"sheet/plan", "sheet/report/paper", "sheet/report/xlsx", "sheet/supervise", "sheet/syncer", "sheet/table"}},
	{"sheet/report/copies", []string{"sheet/a1", "sheet/ledger/...", "sheet/msg", "sheet/ooxml",
		"sheet/report/filename", "sheet/syncer", "sheet/table"}},
	{"sheet/report/rollover", []string{"sheet/a1", "sheet/ledger/...", "sheet/msg", "sheet/ooxml", "sheet/syncer",
		"sheet/table"}},

	// The dashboard: it touches no file, only what the backend gives it.
	{"tui/text", nil},
	{"tui/theme", nil},
	{"tui/tmux", nil},
	{"tui/picture", nil},
	{"tui/edit", []string{"tui/text"}},
	{"tui/grid", []string{"tui/text", "tui/theme"}},
	{"tui/index", []string{"sheet/ledger/...", "sheet/msg", "sheet/supervise", "sheet/syncer"}},
	{"tui/intent", []string{"sheet/ledger", "sheet/syncer"}},
	{"tui/kit", []string{"sheet/ledger/...", "sheet/msg", "sheet/supervise", "sheet/syncer", "sheet/table", "tui/edit",
		"tui/grid", "tui/index",
		"tui/text", "tui/theme"}},
	{"tui/dialog", []string{"sheet/ledger", "sheet/merge", "sheet/msg", "sheet/supervise", "sheet/syncer",
		"sheet/table", "tui/edit", "tui/index", "tui/intent", "tui/kit", "tui/text", "tui/theme"}},
	{"tui/screen", []string{"sheet/ledger/...", "sheet/msg", "sheet/supervise", "sheet/syncer", "sheet/table",
		"tui/edit", "tui/grid", "tui/index", "tui/intent", "tui/kit", "tui/text", "tui/theme"}},
	{"tui", []string{"sheet/ledger/...", "sheet/msg", "sheet/ooxml", "sheet/report/notices", "sheet/supervise",
		"sheet/syncer", "tui/dialog", "tui/grid", "tui/index", "tui/intent", "tui/kit", "tui/screen", "tui/text",
		"tui/theme"}},

	// The command line.
	{"cmd/taizhang/print", []string{"config", "sheet/a1", "sheet/ledger/...", "sheet/merge", "sheet/msg",
		"sheet/report/...",
		"sheet/safefile", "sheet/supervise", "sheet/syncer", "sheet/table", "tui/index", "tui/text", "tui/theme"}},
	{"cmd/taizhang", []string{"cmd/taizhang/print", "config", "seeds/...", "sheet/a1", "sheet/desk", "sheet/evidence",
		"sheet/ledger/...",
		"sheet/msg", "sheet/ooxml", "sheet/plan", "sheet/report/...", "sheet/safefile", "sheet/supervise",
		"sheet/syncer", "sheet/table",
		"tui", "tui/index", "tui/screen"}},
	{"cmd/taizhang/...", nil}, // tests that need the built program
	{"cmd/bench/...", []string{"cmd/bench/book", "cmd/bench/usage", "sheet/a1", "sheet/merge", "sheet/ooxml",
		"sheet/table"}},
}

// pure are the packages that do no input or output of their own.
var pure = []string{"sheet/a1", "sheet/merge/...", "sheet/ledger/...", "sheet/history/...", "tui/index", "tui/grid",
	"tui/edit", "tui/screen"}

func TestPackagesImportDownwardsOnly(t *testing.T) {
	const module = "taizhang/"
	used := map[[2]string]bool{} // lines of the table, and arrows of a line, that some package has
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		i := slices.IndexFunc(arrows, func(a struct {
			room string
			may  []string
		}) bool {
			return fitsRoom(a.room, name)
		})
		if i < 0 {
			t.Errorf("%s stands in no line of the table of arrows", name)
			continue
		}
		used[[2]string{arrows[i].room}] = true
		for _, imported := range p.Imports {
			if inside, ok := strings.CutPrefix(imported, module); ok {
				allowed := false
				for _, room := range arrows[i].may {
					if fitsRoom(room, inside) {
						allowed, used[[2]string{arrows[i].room, room}] = true, true
					}
				}
				if !allowed {
					t.Errorf("%s must not import %s", name, inside)
				}
			}
			if imported == "os" && slices.ContainsFunc(pure, func(room string) bool { return fitsRoom(room, name) }) {
				t.Errorf("%s imports os, and is to do no input or output", name)
			}
		}
	}
	// What nobody needs any more is not allowed any more.
	for _, a := range arrows {
		if !used[[2]string{a.room}] {
			t.Errorf("the table has a line for %s, which is no package", a.room)
			continue
		}
		for _, room := range a.may {
			if !used[[2]string{a.room, room}] {
				t.Errorf("the table allows %s to import %s, which it does not", a.room, room)
			}
		}
	}
}

func fitsRoom(room, name string) bool {
	if below, ok := strings.CutSuffix(room, "/..."); ok {
		return name == below || strings.HasPrefix(name, below+"/")
	}
	return name == room
}

type listed struct {
	ImportPath string
	Imports    []string
}

// listPackages are the packages of this module, found by reading the files: what another
// program answers go test would remember when the files have changed.
func listPackages(t *testing.T) (out []listed) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); dir != root && (strings.HasPrefix(name, ".") || name == "testdata" ||
			name == "node_modules") {
			return fs.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if errors.As(err, new(*build.NoGoError)) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, dir)
		out = append(out, listed{"taizhang/" + filepath.ToSlash(rel), p.Imports})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
