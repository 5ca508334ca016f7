package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
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
	{"sheet/owner", []string{"sheet/msg", "sheet/safefile"}},
	{"seeds/sample", []string{"sheet/report/newledger"}},
	{"seeds", nil},
	{"config", nil}, // knows no ledger: names that others give meaning to are handed in

	// The workbook, from the bytes up.
	{"sheet/ooxml/internal/xmlpart", nil},
	{"sheet/ooxml/internal/zipfile", nil},
	{"sheet/ooxml/internal/ziptest", nil}, // for tests
	{"sheet/ooxml/internal/sheetxml", []string{"sheet/a1", "sheet/ooxml/internal/formula", "sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/internal/formula", []string{"sheet/a1"}},
	{"sheet/ooxml/internal/numfmt", nil},
	{"sheet/ooxml/internal/recalc", []string{"sheet/a1", "sheet/ooxml/internal/formula"}},
	{"sheet/ooxml/internal/bookxml", []string{"sheet/a1", "sheet/ooxml/internal/numfmt", "sheet/ooxml/internal/opc", "sheet/ooxml/internal/sheetxml",
		"sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/cached", []string{"sheet/a1", "sheet/ooxml/internal/bookxml", "sheet/ooxml/internal/formula", "sheet/ooxml/internal/opc",
		"sheet/ooxml/internal/recalc", "sheet/ooxml/internal/sheetxml", "sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/internal/rowmove", []string{"sheet/a1", "sheet/ooxml/internal/bookxml", "sheet/ooxml/internal/formula", "sheet/ooxml/internal/opc",
		"sheet/ooxml/internal/sheetxml", "sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/opc", []string{"sheet/ooxml/internal/xmlpart", "sheet/ooxml/internal/zipfile"}},
	{"sheet/ooxml/internal/offcrypto", []string{"sheet/ooxml/internal/xmlpart"}},
	{"sheet/ooxml/ooxmltest", []string{"sheet/a1", "sheet/ooxml", "sheet/ooxml/internal/..."}}, // for tests
	{"sheet/ooxml", []string{"sheet/a1", "sheet/msg", "sheet/owner", "sheet/safefile", "sheet/ooxml/internal/..."}},
	{"sheet/table/...", []string{"sheet/a1", "sheet/msg", "sheet/ooxml", "sheet/table/..."}},

	// What it means, and what became of it.
	{"sheet/ledger/internal/...", nil},
	{"sheet/ledger/due", []string{"seeds", "sheet/msg", "sheet/ledger/internal/..."}},
	{"sheet/ledger/...", []string{"seeds", "sheet/a1", "sheet/msg", "sheet/ooxml", "sheet/table", "sheet/ledger/..."}},
	{"sheet/merge/...", []string{"sheet/msg", "sheet/table", "sheet/merge/..."}},
	{"sheet/store", []string{"sheet/merge/...", "sheet/msg", "sheet/safefile", "sheet/table"}},
	{"sheet/history/...", []string{"sheet/ledger/...", "sheet/merge/...", "sheet/msg", "sheet/store", "sheet/table", "sheet/history/..."}},
	{"sheet/syncer", []string{"sheet/a1", "sheet/history/...", "sheet/ledger/...", "sheet/merge/...", "sheet/msg", "sheet/ooxml", "sheet/owner",
		"sheet/safefile", "sheet/store", "sheet/table"}},
	{"sheet/desk", []string{"sheet/ledger", "sheet/merge", "sheet/msg", "sheet/syncer", "sheet/table"}},
	{"sheet/supervise", []string{"sheet/ledger/...", "sheet/msg", "sheet/syncer"}},
	{"sheet/evidence", []string{"sheet/ledger/...", "sheet/msg", "sheet/report/filename", "sheet/safefile"}},
	{"sheet/plan", []string{"sheet/a1", "sheet/ledger/...", "sheet/msg", "sheet/ooxml", "sheet/table"}},

	// What leaves the office.
	{"sheet/report/filename", nil},
	{"sheet/report/paper", []string{"sheet/msg"}},
	{"sheet/report/newledger", []string{"sheet/ledger/...", "sheet/msg", "sheet/plan", "sheet/report/xlsx"}},
	{"sheet/report/xlsx", []string{"sheet/a1"}},
	{"sheet/report/...", []string{"sheet/a1", "sheet/history/...", "sheet/ledger/...", "sheet/merge", "sheet/msg", "sheet/ooxml", "sheet/report/...",
		"sheet/evidence", "sheet/safefile", "sheet/supervise", "sheet/syncer", "sheet/table"}},

	// The dashboard: it touches no file, only what the backend gives it.
	{"tui/text", nil},
	{"tui/theme", nil},
	{"tui/tmux", nil},
	{"tui/picture", nil},
	{"tui/edit", []string{"tui/text"}},
	{"tui/grid", []string{"tui/text", "tui/theme"}},
	{"tui/index", []string{"sheet/ledger/...", "sheet/msg", "sheet/history/...", "sheet/supervise", "sheet/syncer"}},
	{"tui", []string{"sheet/history/...", "sheet/ledger/...", "sheet/merge", "sheet/msg", "sheet/ooxml", "sheet/report/notices", "sheet/report/bulletin",
		"sheet/supervise", "sheet/syncer", "sheet/table", "tui/..."}},
	{"tui/...", []string{"sheet/history/...", "sheet/ledger/...", "sheet/merge", "sheet/msg", "sheet/supervise", "sheet/syncer", "sheet/table", "tui/..."}},

	// The command line.
	{"cmd/taizhang/print", []string{"config", "sheet/a1", "sheet/history/...", "sheet/ledger/...", "sheet/merge", "sheet/msg", "sheet/report/...",
		"sheet/safefile", "sheet/supervise", "sheet/syncer", "sheet/table", "tui/index", "tui/text", "tui/theme"}},
	{"cmd/taizhang", []string{"cmd/taizhang/print", "config", "seeds/...", "sheet/a1", "sheet/desk", "sheet/history/...", "sheet/ledger/...", "sheet/merge", "sheet/msg",
		"sheet/evidence", "sheet/ooxml", "sheet/owner", "sheet/plan", "sheet/report/...", "sheet/safefile", "sheet/supervise", "sheet/syncer", "sheet/table", "tui", "tui/index", "tui/screen", "tui/text"}},
	{"cmd/taizhang/...", nil}, // tests that need the built program
	{"cmd/bench/...", []string{"cmd/bench/...", "sheet/..."}},
}

// pure are the packages that do no input or output of their own.
var pure = []string{"sheet/a1", "sheet/merge/...", "sheet/ledger/...", "sheet/history/...", "tui/index", "tui/grid", "tui/edit", "tui/screen"}

func TestPackagesImportDownwardsOnly(t *testing.T) {
	const module = "taizhang/"
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
		for _, imported := range p.Imports {
			inside, ok := strings.CutPrefix(imported, module)
			if ok && !slices.ContainsFunc(arrows[i].may, func(room string) bool { return fitsRoom(room, inside) }) {
				t.Errorf("%s must not import %s", name, inside)
			}
			if imported == "os" && slices.ContainsFunc(pure, func(room string) bool { return fitsRoom(room, name) }) {
				t.Errorf("%s imports os, and is to do no input or output", name)
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

// listPackages are the packages of this module as the go command lists them.
func listPackages(t *testing.T) (out []listed) {
	t.Helper()
	command, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command")
	}
	list := exec.Command(command, "list", "-json=ImportPath,Imports", "./...")
	list.Dir = "../.."
	list.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	var complaints bytes.Buffer
	list.Stderr = &complaints
	text, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaints.Bytes())
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		var p listed
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return out
		case err != nil:
			t.Fatal(err)
		}
		out = append(out, p)
	}
}
