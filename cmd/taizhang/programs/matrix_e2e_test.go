//go:build e2e

package programs

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"
)

func TestE2EPrograms(t *testing.T) {
	start := time.Now()
	only := regexp.MustCompile(os.Getenv("MAKER"))
	all := installed(t)
	w := &world{bin: filepath.Join(t.TempDir(), "taizhang"), reference: readBook(t)}
	for _, p := range all {
		if p.name == "openpyxl" || p.name == "LibreOffice" {
			w.readers = append(w.readers, p)
		}
	}
	if len(w.readers) < 2 {
		t.Skip("what is written is read by openpyxl and LibreOffice, which are not both installed")
	}
	if out, err := exec.Command("go", "build", "-o", w.bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var editors []*program
	for _, p := range all {
		if p.edits {
			editors = append(editors, p)
		}
	}
	r := &report{cells: map[[2]string]string{}, kept: map[[2]string][2]int{}}
	dir := t.TempDir()
	t.Run("maker", func(t *testing.T) {
		for _, maker := range all {
			if maker.makes && only.MatchString(maker.name) {
				r.makers = append(r.makers, maker.name)
				t.Run(maker.name, func(t *testing.T) {
					t.Parallel()
					w.row(t, r, maker, editors, filepath.Join(dir, maker.name))
				})
			}
		}
	})
	t.Logf("%d workbook makers, %d editors, %.0f s\n\n%s\n%s", len(r.makers), len(editors), time.Since(start).Seconds(),
		r.table(editors), r.keeps(editors))
}

// row is everything that is done with the workbook of one maker. What follows
// an operation that failed is done on whatever came of it.
func (w *world) row(t *testing.T, r *report, maker *program, editors []*program, dir string) {
	made, plain := filepath.Join(dir, "made.xlsx"), filepath.Join(dir, "plain.xlsx")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for file, b := range map[string]*book{made: w.reference, plain: w.reference.without(eventsSheet)} {
		if _, err := maker.do(request{Do: "make", File: file, Book: b}); err != nil {
			t.Fatal(err)
		}
	}
	o, err := w.opened(filepath.Join(dir, "office"), made)
	if err != nil {
		t.Fatal(err)
	}
	o.tasks = w.reference.tasks(t)
	p, err := w.opened(filepath.Join(dir, "plain"), plain)
	if err != nil {
		t.Fatal(err)
	}
	note := func(operation string, err error) {
		r.note(maker.name, operation, err)
		switch wordFor(err) {
		case unopened, unseen:
			t.Logf("%s: neither without us: %v", operation, err)
		case failed:
			t.Errorf("%s: %v", operation, err)
		}
	}
	note("open", o.checked())
	note("set", o.set())
	note("add row", errors.Join(o.add(), o.record()))
	note("add sheet", p.addSheet())
	note("stamp", o.stamped())
	note("export", o.export())
	split, err := o.copied(filepath.Join(dir, "split"))
	if err == nil {
		err = split.split()
	}
	if err != nil {
		t.Errorf("split: %v", err)
	}
	for i, e := range editors {
		back, err := o.copied(filepath.Join(dir, "sync "+e.name))
		if err == nil {
			err = back.editedBy(e, maker, r)
		}
		note("sync "+e.name, err)
		note("return "+e.name, split.returned(e, i))
	}
}

// report collects what is printed at the end.
type report struct {
	mu     sync.Mutex
	makers []string
	cells  map[[2]string]string // maker, operation
	kept   map[[2]string][2]int // editor, kind of thing: how many of how many are there after its save
}

func (r *report) note(maker, operation string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cells[[2]string{maker, operation}] = wordFor(err)
}

// What the table says, and what below it explains.
const (
	held     = "held"
	unopened = "n.a."
	unseen   = "held*"
	failed   = "FAILED"
	legend   = "n.a.: the editor does not open what this maker makes, with or without taizhang in between.\n" +
		"*: taizhang took the edit and nothing else; what the editor saved is not readable for openpyxl, with or " +
		"without taizhang.\n"
)

func wordFor(err error) string {
	switch {
	case err == nil:
		return held
	case errors.As(err, new(*notOurs)):
		return unopened
	case errors.As(err, new(*unreadable)):
		return unseen
	}
	return failed
}

func (r *report) table(editors []*program) string {
	operations := []string{"open", "set", "add row", "add sheet", "stamp", "export"}
	for _, word := range []string{"sync", "return"} {
		for _, e := range editors {
			operations = append(operations, word+" "+e.name)
		}
	}
	var out strings.Builder
	tab := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "operation \\ made by\t"+strings.Join(r.makers, "\t"))
	for _, op := range operations {
		line := op
		for _, m := range r.makers {
			line += "\t" + r.cells[[2]string{m, op}]
		}
		fmt.Fprintln(tab, line)
	}
	tab.Flush()
	out.WriteString("\n" + legend)
	return out.String()
}

// lasting are the kinds of things that are counted before and after somebody's
// save.
var lasting = []string{"property", "dropdown", "validation", "condition", "comment", "merge", "protected", "unlocked",
	"hidden", "style", "table", "value", "shown"}

// saved counts what an editor kept of what stood in the workbook.
func (r *report) saved(editor string, before, after *state) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, kind := range lasting {
		n := r.kept[[2]string{editor, kind}]
		for k, v := range before.known {
			if strings.HasPrefix(k, kind+" ") && v != "None" {
				n[1]++
				if now, ok := after.known[k]; ok && now != "None" {
					n[0]++
				}
			}
		}
		r.kept[[2]string{editor, kind}] = n
	}
}

func (r *report) keeps(editors []*program) string {
	names := map[string]string{"property": "stamp", "dropdown": "drop-downs", "validation": "other validations",
		"condition": "conditional formats", "comment": "comments", "merge": "merged cells",
		"protected": "protection", "unlocked": "unlocked cells", "hidden": "hidden columns", "style": "cell formats",
		"table": "Excel tables", "value": "values", "shown": "results of formulas"}
	var out strings.Builder
	tab := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	head := "kept by the editor's own save"
	for _, e := range editors {
		head += "\t" + e.name
	}
	fmt.Fprintln(tab, head)
	for _, kind := range lasting {
		line := names[kind]
		for _, e := range editors {
			n := r.kept[[2]string{e.name, kind}]
			switch {
			case n[0] == n[1]:
				line += "\tall"
			case n[0] == 0:
				line += "\tnone"
			default:
				line += fmt.Sprintf("\t%d of %d", n[0], n[1])
			}
		}
		fmt.Fprintln(tab, line)
	}
	tab.Flush()
	return out.String()
}

// survives are the kinds of things that LibreOffice must keep.
var survives = []string{"property", "dropdown", "condition", "comment", "merge", "protected", "unlocked", "hidden"}

// lost tells what of these kinds is no longer there.
func lost(before, after *state) error {
	var gone []string
	for _, k := range slices.Sorted(maps.Keys(before.known)) {
		kind, _, _ := strings.Cut(k, " ")
		if _, ok := after.known[k]; !ok && slices.Contains(survives, kind) {
			gone = append(gone, k)
		}
	}
	if len(gone) > 0 {
		return fmt.Errorf("its save lost %v", gone)
	}
	return nil
}
