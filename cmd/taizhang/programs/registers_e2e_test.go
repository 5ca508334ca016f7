//go:build e2e

package programs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger/ledgertest"
)

// petitionsSettings are an office's own register, of letters and visits.
const petitionsSettings = `registers:
  - kind: petitions
    name: 信访办理
    words: [信访]
    number: number
    title: matter
    unit: unit
    fields:
      number: {headings: [信访编号], type: code}
      matter: {headings: [信访事项], type: name}
      received: {headings: [来访日期], type: date}
      unit: {headings: [承办单位], type: unit}
      asked: {headings: [催办日期], type: date}
      reviewed: {headings: [复查日期], type: date}
      done: {headings: [办结日期], type: date}
    clocks:
      - {name: 办结, from: [received], within: 60 days, pause: [[asked, reviewed]], until: [done], soon: 5 days}
`

// drawnRegister is a drawing of testdata/registers. Its other lines say what is right:
//
//	today DAY
//	role KIND             the first sheet's
//	rows N                of that register
//	columns A=FIELD …     every column of the first sheet
//	clock ROW NAME DUE STATE          ROW is a number, or a title
//	write ROW FIELD=VALUE CELL        changed by us, read there by the program that made the workbook
type drawnRegister struct {
	name, today, role string
	rows              int
	columns           map[string]string
	clocks            []string // sorted as they come
	number, change    string
	cell              string // SHEET!A1
	book              *book
}

func drawnRegisters(t *testing.T) (all []drawnRegister) {
	files, err := filepath.Glob("testdata/registers/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		list := ledgertest.ParseList(string(text))
		d := drawnRegister{name: strings.TrimSuffix(filepath.Base(file), ".txt"), book: drawnBook(list),
			columns: map[string]string{}}
		for _, line := range list.Says {
			word, rest, _ := strings.Cut(line, " ")
			switch f := strings.Fields(rest); word {
			case "today":
				d.today = rest
			case "role":
				d.role = rest
			case "rows":
				fmt.Sscan(rest, &d.rows)
			case "columns":
				for _, c := range f {
					column, field, _ := strings.Cut(c, "=")
					d.columns[column] = field
				}
			case "clock":
				d.clocks = append(d.clocks, rest)
			case "write":
				d.number, d.change, d.cell = f[0], f[1], f[2]
			case "":
			default:
				t.Fatalf("%s: %s", file, line)
			}
		}
		if d.book == nil {
			t.Fatal(file)
		}
		all = append(all, d)
	}
	return all
}

// TestE2ERegistersFromSeveralPrograms has each program that is installed write the same
// registers: what they are, their columns, rows and clocks come out alike, and a value that
// we write is read by the program that made the workbook.
func TestE2ERegistersFromSeveralPrograms(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "taizhang")
	if out, err := exec.Command("go", "build", "-o", bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	all := installed(t)
	reads := map[string]*reader{}
	for _, r := range readers(t, t.TempDir(), all) {
		reads[r.name] = r
	}
	reads["XlsxWriter"] = reads["openpyxl"] // it only writes
	made := map[string]int{}
	for _, d := range drawnRegisters(t) {
		t.Run(d.name, func(t *testing.T) {
			for _, p := range all {
				if !p.makes {
					continue
				}
				made[p.name]++
				t.Run(p.name, func(t *testing.T) { d.try(t, bin, p, reads[p.name]) })
			}
		})
	}
	if len(made) < 4 {
		t.Logf("only %d of the programs that write workbooks are installed", len(made))
	}
	t.Logf("registers read and written, by maker: %v", made)
}

func (d *drawnRegister) try(t *testing.T, bin string, maker *program, back *reader) {
	dir := t.TempDir()
	file := filepath.Join(dir, "register.xlsx")
	if _, err := maker.do(request{Do: "make", File: file, Book: d.book}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "taizhang.yaml"), []byte(petitionsSettings), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(into any, args ...string) {
		t.Helper()
		cmd := exec.Command(bin, append(args, "--ledger", file, "--json", "--today", d.today, "--lang", "zh")...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	var check struct {
		Sheets []struct {
			Role    string
			Rows    int
			Columns []struct{ Column, Field string }
		}
	}
	run(&check, "check")
	first := check.Sheets[0]
	if first.Role != d.role || first.Rows != d.rows {
		t.Errorf("read as %s with %d rows, not %s with %d", first.Role, first.Rows, d.role, d.rows)
	}
	columns := map[string]string{}
	for _, c := range first.Columns {
		columns[c.Column] = c.Field
	}
	if diff := gocmp.Diff(d.columns, columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	if diff := gocmp.Diff(d.clocks, d.read(run)); diff != "" {
		t.Errorf("clocks (-want +got):\n%s", diff)
	}

	var rows []registerRow
	run(&rows, "registers", d.role)
	id := ""
	for _, r := range rows {
		if r.name() == d.number {
			id = r.ID
		}
	}
	var changed any
	run(&changed, "set", id, d.change)
	field, value, _ := strings.Cut(d.change, "=")
	run(&rows, "registers", d.role)
	for _, r := range rows {
		if r.ID == id && r.Fields[field] != value {
			t.Errorf("%s of %s is %q, not %q", field, d.number, r.Fields[field], value)
		}
	}
	if back == nil {
		t.Fatalf("nothing reads what %s makes", maker.name)
	}
	cells, err := back.read(file)
	if err != nil {
		t.Fatalf("%s does not read it any more: %v", back.name, err)
	}
	want := "t" + value
	if at, err := time.Parse(time.DateOnly, value); err == nil {
		want = fmt.Sprintf("n%d", int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
	}
	if !sameValue(want, cells[d.cell]) {
		t.Errorf("%s reads %q in %s, not %q", back.name, cells[d.cell], d.cell, want)
	}
}

type registerRow struct {
	ID, Number, Title string
	Fields            map[string]string
	Clocks            []struct{ Name, Due, State string }
	Source            struct{ Row int }
}

func (r *registerRow) name() string { return cmp.Or(r.Number, r.Title) }

// read are the clocks of the register as lines, in the order of the sheet.
func (d *drawnRegister) read(run func(any, ...string)) (lines []string) {
	var rows []registerRow
	run(&rows, "registers", d.role)
	at := map[int][]string{}
	last := 0
	for _, r := range rows {
		for _, c := range r.Clocks {
			if c.State != "none" {
				line := strings.Join([]string{r.name(), c.Name, cmp.Or(c.Due, "-"), c.State}, " ")
				at[r.Source.Row] = append(at[r.Source.Row], line)
			}
		}
		last = max(last, r.Source.Row)
	}
	for row := range last + 1 {
		lines = append(lines, at[row]...)
	}
	return lines
}
