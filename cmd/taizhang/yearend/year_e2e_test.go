//go:build e2e

package yearend

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const python = "/usr/bin/python3"

// built is the program, built once a test.
func built(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "taizhang")
	if out, err := exec.Command("go", "build", "-o", path, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// office is a folder with a program in it.
type office struct {
	t       *testing.T
	dir     string
	program string
}

func newOffice(t *testing.T) *office { return &office{t, t.TempDir(), built(t)} }

// run runs the program in the folder and returns what it wrote and its exit code.
func (o *office) run(args ...string) (stdout, stderr string, code int) {
	o.t.Helper()
	cmd := exec.Command(o.program, args...)
	cmd.Dir = o.dir
	cmd.Env = append(os.Environ(), "HOME="+o.dir, "XDG_CONFIG_HOME="+o.dir, "XDG_STATE_HOME="+o.dir,
		"LANG=zh_CN.UTF-8", "LC_ALL=", "TAIZHANG_OFFICE=某某区政府办公室")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out.String(), errs.String(), exit.ExitCode()
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return out.String(), errs.String(), 0
}

// must is run where nothing but success will do.
func (o *office) must(args ...string) string {
	o.t.Helper()
	out, errs, code := o.run(args...)
	if code != 0 {
		o.t.Fatalf("%v: exit %d\n%s%s", args, code, out, errs)
	}
	return out
}

func (o *office) script(name string, args ...string) []byte {
	o.t.Helper()
	here, err := os.Getwd()
	if err != nil {
		o.t.Fatal(err)
	}
	cmd := exec.Command(python, append([]string{filepath.Join(here, "testdata", name)}, args...)...)
	cmd.Dir = o.dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		o.t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
	return out
}

func needsOpenpyxl(t *testing.T) {
	if exec.Command(python, "-c", "import openpyxl").Run() != nil {
		t.Skip("openpyxl is not installed")
	}
}

type report struct {
	Tables struct {
		Active, Requests, Reviews struct {
			Rows []struct {
				Key, Name string
				Values    []float64
			}
		}
	}
	Checks []struct {
		Rule, Where, Message string
		OK                   bool
	}
	Missing []string
}

type recount struct {
	Requests, Reviews                                 map[string][]float64
	Fees                                              float64
	Messages, Answered, Proposals, Replied, Published int
	Tasks, Done, Columns                              int
	Typed                                             map[string]any
}

func decode[T any](t *testing.T, data []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v\n%.500s", err, data)
	}
	return v
}

// agree compares the program's figures with those that the script counted.
func agree(t *testing.T, got report, want recount) {
	t.Helper()
	for _, r := range got.Tables.Requests.Rows {
		if !slices.Equal(r.Values, want.Requests[r.Key]) {
			t.Errorf("%s: %v, counted from the workbook %v", r.Name, r.Values, want.Requests[r.Key])
		}
	}
	for _, r := range got.Tables.Reviews.Rows {
		if !slices.Equal(r.Values, want.Reviews[r.Key]) {
			t.Errorf("%s: %v, counted from the workbook %v", r.Name, r.Values, want.Reviews[r.Key])
		}
	}
	if rows := len(got.Tables.Requests.Rows); rows != 25 {
		t.Errorf("table three has %d rows", rows)
	}
	for _, c := range got.Checks {
		if !c.OK {
			t.Errorf("%s %s: %s", c.Rule, c.Where, c.Message)
		}
	}
}

// A year of 300 requests, 2,000 messages, 60 columns and 40 proposals, and the next:
// the program and the script come to the same figures in each, and the second
// year finds what the first carried on by itself.
func TestE2EYearAgreesWithARecount(t *testing.T) {
	needsOpenpyxl(t)
	o := newOffice(t)
	for _, seed := range []string{"1", "2"} {
		o.script("year.py", "book"+seed+".xlsx", "2024", seed)
		ledger := []string{"--ledger", "book" + seed + ".xlsx", "--today", "2025-01-10"}
		out := o.must(append(ledger, "annual", "-", "--json")...)
		want := decode[recount](t, o.script("recount.py", "book"+seed+".xlsx", "2024"))
		agree(t, decode[report](t, []byte(out)), want)
		text := o.must(append(ledger, "annual", "-")...)
		for _, s := range []string{
			"全年受理网民留言" + show(want.Messages) + "条", "答复" + show(want.Answered) + "条",
			"全年承办人大代表建议和政协委员提案" + show(want.Proposals) + "件",
			"办复" + show(want.Replied) + "件", "公开办理结果" + show(want.Published) + "件",
			"共有任务" + show(want.Tasks) + "项，其中已完成" + show(want.Done) + "项",
			"政务新媒体" + show(want.Columns) + "个栏目", "共" + show(int(want.Fees)) + "元",
		} {
			if want.Fees == 0 && strings.HasSuffix(s, "元") {
				s = "未收取信息处理费"
			}
			if !strings.Contains(text, s) {
				t.Errorf("seed %s: the text does not say %q", seed, s)
			}
		}
		// The same from the workbook after the sheet for what is typed was made in it.
		if _, errs, code := o.run(append(ledger, "annual", "report"+seed+".docx")...); code != 0 {
			t.Fatalf("exit %d\n%s", code, errs)
		}
		o.must(append(ledger, "set", "annual:2024-07", "value=321")...)
		again := decode[report](t, []byte(o.must(append(ledger, "annual", "-", "--json")...)))
		want = decode[recount](t, o.script("recount.py", "book"+seed+".xlsx", "2024"))
		agree(t, again, want)
		if len(want.Typed) != 1 || again.Tables.Active.Rows[2].Values[0] != 321 {
			t.Errorf("typed in the workbook: %v, in the report %v", want.Typed, again.Tables.Active.Rows[2])
		}
		// Next year's ledger knows what this one carries on.
		o.must(append(ledger, "rollover", "next"+seed+".xlsx")...)
		next := decode[report](t, []byte(o.must("--ledger", "next"+seed+".xlsx", "--today", "2025-02-01", "annual", "-",
			"--json")))
		carried := 0
		for _, c := range next.Checks {
			if c.Rule == "carried" {
				carried++
			}
			if !c.OK {
				t.Errorf("next year: %s %s: %s", c.Rule, c.Where, c.Message)
			}
		}
		if carried != 7 {
			t.Errorf("next year does not compare with this one: %d checks", carried)
		}
	}
}

// The sample ledger, and the ledger of a plan that has no register yet, where the
// plan is at hand.
func TestE2EYearOfTheSampleAndOfAPlan(t *testing.T) {
	needsOpenpyxl(t)
	o := newOffice(t)
	o.must("demo", "--dir", "demo")
	found, err := filepath.Glob(filepath.Join(o.dir, "demo", "*.xlsx"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	sample := []string{"--ledger", found[0], "--today", "2022-12-31"}
	got := decode[report](t, []byte(o.must(append(sample, "annual", "-", "--json")...)))
	agree(t, got, decode[recount](t, o.script("recount.py", found[0], "2022")))
	plans, _ := filepath.Glob(filepath.Join("..", "..", "..", "..", "shared", "seeds", "*.txt"))
	if len(plans) == 0 {
		t.Log("the plan is left out, it is not at hand")
		return
	}
	plan, err := filepath.Abs(plans[0])
	if err != nil {
		t.Fatal(err)
	}
	o.must("init", "plan.xlsx", "--from", plan, "--year", "2022")
	planned := []string{"--ledger", "plan.xlsx", "--today", "2022-12-31"}
	o.must(append(planned, "annual", "report.docx")...)
	got = decode[report](t, []byte(o.must(append(planned, "annual", "-", "--json")...)))
	agree(t, got, decode[recount](t, o.script("recount.py", "plan.xlsx", "2022")))
	o.must(append(planned, "undo")...)
	if out := o.must("--ledger", "plan.xlsx", "registers", "--json"); strings.Contains(out, `"rows": 24`) {
		t.Errorf("the rows of 年报数据 are still there after undo:\n%s", out)
	}
}

func show(n int) string { return strconv.Itoa(n) }
