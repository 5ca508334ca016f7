//go:build e2e

package programs

import (
	"archive/zip"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

// reader is a program that tells what the cells of a workbook hold: "SHEET!A1" and a kind
// with a value, "n" numbers and dates (as serial numbers), "t" text, "b" truth, "e" errors;
// "?" where the program does not know the kind.
type reader struct {
	name string
	read func(file string) (map[string]string, error)
	// calculates tells that it calculates formulas without a result.
	calculates bool
	// cannot tells why the program reads a workbook wrongly whoever wrote it, "" if it
	// should read it. nil is a program without such faults.
	cannot func(o *outputs, file string) string
}

// tally is what came of the workbooks of one kind that a program was given.
type tally struct{ workbooks, left, cells, differ int }

// readMakers picks the makers of ledgers with which everything is done, and whose outputs all programs
// read: two, or those of the regular expression MAKER.
func readMakers() *regexp.Regexp {
	return regexp.MustCompile(cmp.Or(os.Getenv("MAKER"), "^(excelize|LibreOffice)$"))
}

// read: what each program reads of an output is what we read of it. It prints a table of
// kind of output by reader.
func (o *outputs) read(t *testing.T, list []*reader) {
	picked := readMakers()
	var files []string
	want := map[string]map[string]string{}
	for file, maker := range o.maker {
		if maker != "" && !picked.MatchString(maker) {
			continue
		}
		cells, err := ours(file)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		files, want[file] = append(files, file), cells
	}
	slices.Sort(files)
	result := map[[2]string]tally{} // reader, kind
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, r := range list {
		group.Go(func() {
			said := map[string]bool{}
			for _, file := range files {
				var n tally
				if reason := r.excuse(o, file); reason != "" {
					n.left = 1
					if !said[reason] {
						said[reason] = true
						t.Logf("%s: some are left out: %s", r.name, reason)
					}
				} else {
					n = r.check(t, o, file, want[file])
				}
				mu.Lock()
				key := [2]string{r.name, o.kindOf(file)}
				sum := result[key]
				result[key] = tally{sum.workbooks + n.workbooks, sum.left + n.left, sum.cells + n.cells,
					sum.differ + n.differ}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	t.Logf("%d workbooks\n%s", len(files), readingsTable(result))
}

func (r *reader) excuse(o *outputs, file string) string {
	if r.cannot == nil {
		return ""
	}
	return r.cannot(o, file)
}

// check reads one workbook and compares.
func (r *reader) check(t *testing.T, o *outputs, file string, want map[string]string) tally {
	name, _ := filepath.Rel(o.dir, file)
	got, err := r.read(file)
	if err != nil {
		t.Errorf("%s does not read %s: %v", r.name, name, err)
		return tally{workbooks: 1, differ: len(want)}
	}
	cells, wrong := r.compare(want, got)
	for _, line := range wrong[:min(len(wrong), 5)] {
		t.Errorf("%s, %s: %s", r.name, name, line)
	}
	return tally{workbooks: 1, cells: cells, differ: len(wrong)}
}

// readingsTable has a line for each kind of output and a column for each reader.
func readingsTable(result map[[2]string]tally) string {
	var names, kinds []string
	for k := range result {
		names, kinds = append(names, k[0]), append(kinds, k[1])
	}
	slices.Sort(names)
	slices.Sort(kinds)
	names, kinds = slices.Compact(names), slices.Compact(kinds)
	var out strings.Builder
	tab := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "output \\ read by\tworkbooks\tcells\t"+strings.Join(names, "\t"))
	for _, kind := range kinds {
		line, workbooks, cells := "", 0, 0
		for _, name := range names {
			n := result[[2]string{name, kind}]
			workbooks, cells = max(workbooks, n.workbooks), max(cells, n.cells)
			switch {
			case n.workbooks == 0:
				line += "\t-"
			case n.differ > 0:
				line += fmt.Sprintf("\t%d differ", n.differ)
			case n.left > 0:
				line += fmt.Sprintf("\tsame (%d)", n.workbooks)
			default:
				line += "\tsame"
			}
		}
		fmt.Fprintf(tab, "%s\t%d\t%d%s\n", kind, workbooks, cells, line)
	}
	tab.Flush()
	return out.String() + "\n(n): of that many, the program's own fault keeps it from the others; -: from all.\n"
}

// kindOf is what was done to make a file: the folder of the step, and of copies and
// consolidated workbooks what they are.
func (o *outputs) kindOf(file string) string {
	rel, _ := filepath.Rel(o.dir, file)
	parts := strings.Split(filepath.ToSlash(rel), "/")
	base := parts[len(parts)-1]
	switch {
	case parts[0] == "own":
		return "init, demo"
	case strings.Contains(base, "总表"):
		return "export"
	case strings.Contains(base, "年报"):
		return "annual .xlsx"
	case strings.Contains(base, "2027"):
		return "rollover"
	case len(parts) > 3:
		return "split"
	case parts[1] == "export":
		return "sync" // the ledger itself
	case parts[1] == "annual", parts[1] == "rollover", parts[1] == "split with registers":
		return "registers"
	}
	return parts[1]
}

// ours is what we read. The value of a formula that waits for calculation is "".
func ours(file string) (map[string]string, error) {
	w, err := ooxml.Open(file, ooxml.Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, info := range w.Sheets() {
		if !info.Worksheet {
			continue
		}
		s, err := w.Sheet(info.Name)
		if err != nil {
			return nil, err
		}
		for _, c := range s.Cells {
			at := info.Name + "!" + c.Ref.String()
			switch {
			case c.Kind == ooxml.Number:
				out[at] = "n" + c.Value
			case c.Kind == ooxml.Text && c.Value != "":
				out[at] = "t" + c.Value
			case c.Kind == ooxml.Bool:
				out[at] = "b" + c.Value
			case c.Kind == ooxml.Error:
				out[at] = "e" + c.Value
			case c.Formula:
				out[at] = ""
			}
		}
	}
	return out, nil
}

// compare tells how many cells were compared, and which differ.
func (r *reader) compare(want, got map[string]string) (cells int, wrong []string) {
	for at, v := range want {
		g, ok := got[at]
		if v == "" {
			continue // it waits for calculation
		}
		cells++
		if !ok || !sameValue(v, g) {
			wrong = append(wrong, fmt.Sprintf("%s is %q, not %q", at, g, v))
		}
	}
	for at, g := range got {
		if v, ok := want[at]; !ok && strings.TrimLeft(g, "t?") != "" || v == "" && ok && !r.calculates &&
			!isNothing(g) {
			wrong = append(wrong, fmt.Sprintf("%s is %q, and we know of nothing there", at, g))
		}
	}
	slices.Sort(wrong)
	return cells, wrong
}

// isNothing reports whether a program says with a value that a formula has no result.
func isNothing(v string) bool { return v == "t" || v == "n0" || v == "n0.0" || v == "?" }

func sameValue(want, got string) bool {
	if got == "" {
		return want == ""
	}
	kind, w, g := want[0], plainText(want[1:]), plainText(got[1:])
	switch {
	case got[0] == '?', kind == 'b' && got[0] == 'n':
		if kind == 'b' && (w == "1" && strings.EqualFold(g, "TRUE") || w == "0" && strings.EqualFold(g, "FALSE")) {
			return true
		}
	case kind != got[0]:
		return false
	}
	if kind == 't' {
		return w == g
	}
	a, errA := strconv.ParseFloat(w, 64)
	b, errB := strconv.ParseFloat(g, 64)
	if errA != nil || errB != nil {
		return w == g
	}
	return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a))
}

func plainText(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// readers are the programs that are installed.
func readers(t *testing.T, dir string, programs []*program) (list []*reader) {
	cache, _ := os.UserCacheDir()
	modules := filepath.Join(cache, "taizhang-bench", "node_modules")
	add := func(name string, missing error, cmd *exec.Cmd, cannot func(*outputs, string) string) {
		if missing != nil {
			t.Logf("%s is left out, it is not installed: %v", name, missing)
			return
		}
		list = append(list, &reader{name: name, read: answers(t, cmd), cannot: cannot})
	}
	has := func(command string, args ...string) error { return exec.Command(command, args...).Run() }
	script := func(file string) string { return filepath.Join("testdata", file) }
	add("openpyxl", has("/usr/bin/python3", "-c", "import openpyxl"),
		exec.Command("/usr/bin/python3", script("read_openpyxl.py")), nil)
	add("openpyxl read-only", has("/usr/bin/python3", "-c", "import openpyxl"),
		exec.Command("/usr/bin/python3", script("read_openpyxl.py"), "--read-only"), dimensionsOfOthers)
	for module, name := range map[string]string{"exceljs": "exceljs", "xlsx": "SheetJS",
		"xlsx-populate": "xlsx-populate"} {
		_, missing := os.Stat(filepath.Join(modules, module))
		_, no := exec.LookPath("node")
		cmd := exec.Command("node", script("read_node.js"), module)
		cmd.Env = append(os.Environ(), "NODE_PATH="+modules, "TZ=UTC")
		var cannot func(*outputs, string) string
		if module == "xlsx-populate" {
			cannot = sheetsByPosition
		}
		add(name, errors.Join(missing, no), cmd, cannot)
	}
	add("ParseXLSX", has("perl", "-MSpreadsheet::ParseXLSX", "-MJSON::PP", "-e", "1"),
		exec.Command("perl", script("read_perl.pl")), nil)
	rscript := exec.Command("Rscript", "--vanilla", script("read_readxl.R"))
	rscript.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC")
	add("readxl", has("Rscript", "--vanilla", "-e", "library(readxl)"), rscript, nil)
	const jars = "/usr/share/java/*"
	compiled := exec.Command("javac", "-cp", jars, "-d", dir, script("ReadPOI.java"))
	poi := exec.Command("java", "-cp", dir+":"+jars, "-Djava.awt.headless=true", "ReadPOI")
	poi.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // else Java opens no file with a Chinese name
	add("Apache POI", compiled.Run(), poi, nil)
	list = append(list, &reader{name: "excelize", read: readExcelize})
	for _, p := range programs {
		switch p.name {
		case "LibreOffice":
			list = append(list, &reader{name: p.name, calculates: true,
				read: func(file string) (map[string]string, error) {
					return p.do(request{Do: "values", File: file})
				}})
		case "Gnumeric":
			list = append(list, &reader{name: p.name, calculates: true,
				read: func(file string) (map[string]string, error) {
					return readGnumeric(file, t.TempDir())
				}})
		}
	}
	return list
}

// dimensionsOfOthers: openpyxl goes no further, without loading a sheet, than the sheet says that it
// reaches, and excelize says A1 of every sheet.
func dimensionsOfOthers(o *outputs, file string) string {
	if o.ledger[file] == "" {
		return ""
	}
	return "how far a sheet reaches is what the ledger's maker said"
}

// sheetsByPosition: xlsx-populate takes the third sheet from sheet3.xml whatever the relationship says, and a
// copy without the second sheet has none of that name.
func sheetsByPosition(_ *outputs, file string) string {
	z, err := zip.OpenReader(file)
	if err != nil {
		return ""
	}
	defer z.Close()
	sheets, last := 0, 0
	for _, f := range z.File {
		var n int
		if _, err := fmt.Sscanf(f.Name, "xl/worksheets/sheet%d.xml", &n); err == nil {
			sheets, last = sheets+1, max(last, n)
		}
	}
	if last == sheets {
		return ""
	}
	return "it finds a sheet's part by the sheet's position, not by its relationship"
}

// answers starts a script that is told a file name a line. It answers with a line of JSON,
// or with lines of a cell, a tab and its value, and an empty line.
func answers(t *testing.T, cmd *exec.Cmd) func(file string) (map[string]string, error) {
	in, lines, said := start(t, cmd, func(error, string) {})
	var one sync.Mutex
	return func(file string) (map[string]string, error) {
		one.Lock()
		defer one.Unlock()
		if _, err := fmt.Fprintln(in, file); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, said.String())
		}
		cells := map[string]string{}
		var failed error
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return nil, fmt.Errorf("%w\n%s", err, said.String())
			}
			line = strings.TrimRight(line, "\r\n")
			at, value, isCell := strings.Cut(line, "\t")
			unquote := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r").Replace
			switch {
			case line == "":
				return cells, failed
			case at == "!error":
				failed = errors.New(unquote(value))
				continue
			case isCell:
				cells[unquote(at)] = unquote(value)
				continue
			}
			var answer struct {
				Error string
				Cells map[string]string
			}
			if err := json.Unmarshal([]byte(line), &answer); err != nil {
				return nil, fmt.Errorf("%w: %s", err, line)
			}
			if answer.Error != "" {
				return nil, errors.New(answer.Error)
			}
			return answer.Cells, nil
		}
	}
}

func readExcelize(file string) (map[string]string, error) {
	f, err := excelize.OpenFile(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]string{}
	kinds := map[excelize.CellType]string{
		excelize.CellTypeUnset: "n", excelize.CellTypeNumber: "n", excelize.CellTypeBool: "b",
		excelize.CellTypeError:   "e",
		excelize.CellTypeFormula: "?", excelize.CellTypeInlineString: "t", excelize.CellTypeSharedString: "t",
		excelize.CellTypeDate: "n",
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		for r, row := range rows {
			for c, v := range row {
				if v == "" {
					continue
				}
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				kind, err := f.GetCellType(sheet, at)
				if err != nil {
					return nil, err
				}
				out[sheet+"!"+at] = kinds[kind] + v
			}
		}
	}
	return out, nil
}

// readGnumeric has the sheets written as text with the numbers as they are stored.
func readGnumeric(file, dir string) (map[string]string, error) {
	cmd := exec.Command("ssconvert", "-S", "-T", "Gnumeric_stf:stf_assistant", "-O",
		"separator=, quoting-mode=always format=raw", file, filepath.Join(dir, "%n.csv"))
	cmd.WaitDelay = time.Minute
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	w, err := ooxml.Open(file, ooxml.Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	n := 0
	for _, info := range w.Sheets() {
		if !info.Worksheet {
			continue
		}
		data, err := os.Open(filepath.Join(dir, strconv.Itoa(n)+".csv"))
		if err != nil {
			return nil, err
		}
		rows := csv.NewReader(data)
		rows.FieldsPerRecord = -1
		list, err := rows.ReadAll()
		data.Close()
		if err != nil {
			return nil, err
		}
		n++
		for r, row := range list {
			for c, v := range row {
				if v != "" {
					at, _ := excelize.CoordinatesToCellName(c+1, r+1)
					out[info.Name+"!"+at] = "?" + v
				}
			}
		}
	}
	return out, nil
}
