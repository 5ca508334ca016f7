package main

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed scripts
var scripts embed.FS

// inventory is where the contenders are.
type inventory struct {
	dir      string // a temporary folder for everything
	taizhang string // the program, built
	self     string // this program, for what is done with one of our packages
	modules  string // node_modules of SheetJS, exceljs and daff
}

// newInventory builds taizhang and lays out the scripts. modules is a folder
// into which npm installed; see .ci/tools.
func newInventory(dir, modules string) (*inventory, error) {
	inv := &inventory{dir: dir, modules: filepath.Join(modules, "node_modules"),
		taizhang: filepath.Join(dir, "taizhang")}
	var err error
	if inv.self, err = os.Executable(); err != nil {
		return nil, err
	}
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", inv.taizhang, "./cmd/taizhang")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("building taizhang: %w", err)
	}
	return inv, os.CopyFS(dir, scripts)
}

// env is what taizhang runs with: nobody's settings, a fixed language.
func (inv *inventory) env() []string {
	return []string{"LANG=zh_CN.UTF-8", "LC_ALL=", "HOME=" + inv.dir, "XDG_CONFIG_HOME=", "XDG_STATE_HOME=",
		"NO_COLOR="}
}

func (inv *inventory) script(name string) string { return filepath.Join(inv.dir, "scripts", name) }

func (inv *inventory) module(name string) string { return filepath.Join(inv.modules, name) }

const (
	python     = "/usr/bin/python3" // for which the system's packages are installed
	xlsxWriter = "/usr/lib/python3/dist-packages/xlsxwriter"
)

// programs are all contenders that run as processes.
func (inv *inventory) programs() []program {
	node := []string{"NODE_PATH=" + inv.modules, "NODE_OPTIONS=--max-old-space-size=6000"}
	script := func(name string, runner ...string) func(job) []string {
		return func(j job) []string {
			switch j.op {
			case "read":
				return append(runner, inv.script(name), "read", j.in)
			case "set":
				return append(runner, inv.script(name), "set", j.in, j.out, j.cell, "已完成")
			case "export":
				if name == "pyxl.py" {
					return append(runner, inv.script(name), "export", j.tables, j.out)
				}
			}
			return nil
		}
	}
	list := []program{
		{by: ours, env: inv.env(), args: func(j job) []string {
			switch j.op {
			case "read", "set":
				return []string{inv.self, "-self", j.op, j.in, j.out, j.cell}
			case "export":
				return []string{inv.taizhang, "--ledger", j.in, "export", j.out}
			}
			return []string{inv.self, "-self", j.op, j.base, j.mine, j.theirs, j.out}
		}},
		{by: "excelize", args: func(j job) []string {
			switch j.op {
			case "read", "set":
				return []string{inv.self, "-self", "excelize-" + j.op, j.in, j.out, j.cell}
			case "export":
				return []string{inv.self, "-self", "excelize-export", j.tables, j.out}
			}
			return nil
		}},
		{by: "XlsxWriter", need: []string{xlsxWriter}, args: func(j job) []string {
			if j.op == "export" {
				return []string{python, inv.script("xlsxw.py"), "export", j.tables, j.out}
			}
			return nil
		}},
		{by: "openpyxl", need: []string{python}, args: script("pyxl.py", python)},
		{by: "SheetJS", need: []string{"node", inv.module("xlsx")}, env: node, args: script("sheetjs.js", "node")},
		{by: "exceljs", need: []string{"node", inv.module("exceljs")}, env: node, args: script("exceljs.js", "node")},
		{by: "ssconvert", need: []string{"ssconvert"},
			note: "reads into CSV; instead of setting a cell, opens and saves", args: func(j job) []string {
				switch j.op {
				case "read":
					return []string{"ssconvert", j.in, j.out + ".csv"}
				case "set":
					return []string{"ssconvert", j.in, j.out}
				}
				return nil
			}},
		{by: "LibreOffice", need: []string{"soffice"},
			note: "reads into CSV; instead of setting a cell, opens and saves", args: func(j job) []string {
				office := []string{"soffice", "-env:UserInstallation=file://" + filepath.Join(inv.dir, "office"),
					"--headless", "--convert-to"}
				switch j.op {
				case "read":
					return append(office, "csv", "--outdir", filepath.Join(j.dir, "converted"), j.in)
				case "set":
					return append(office, "xlsx", "--outdir", filepath.Join(j.dir, "converted"), j.in)
				}
				return nil
			}},
		{by: "VisiData", need: []string{"vd"}, note: "opens and ends, without a screen", args: func(j job) []string {
			if j.op == "read" {
				return []string{"vd", "--config", os.DevNull, "-b", j.in}
			}
			return nil
		}},
		{by: "daff", need: []string{"node", inv.module("daff")}, env: node, args: func(j job) []string {
			if j.op == "merge" {
				// It ends with an error if there are conflicts; there are none.
				return []string{"node", filepath.Join(inv.modules, "daff", "bin", "daff.js"), "merge", "--output",
					j.out, j.base, j.mine, j.theirs}
			}
			return nil
		}},
	}
	return list
}

// versions are those of the contenders that tell them.
func (inv *inventory) versions() []string {
	var out []string
	ask := func(name string, args ...string) {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "NODE_PATH="+inv.modules)
		said, err := cmd.CombinedOutput()
		if err != nil {
			out = append(out, name+": not installed")
			return
		}
		out = append(out, name+" "+strings.TrimSpace(strings.SplitN(string(said), "\n", 2)[0]))
	}
	ask("excelize", "go", "list", "-m", "-f", "{{.Version}}", "github.com/xuri/excelize/v2")
	ask("openpyxl", python, "-c", "import openpyxl; print(openpyxl.__version__)")
	ask("XlsxWriter", python, "-c", "import xlsxwriter; print(xlsxwriter.__version__)")
	for _, m := range [][2]string{{"SheetJS", "xlsx"}, {"exceljs", "exceljs"}, {"daff", "daff"}} {
		ask(m[0], "node", "-p", fmt.Sprintf("require('%s/package.json').version", m[1]))
	}
	ask("gnumeric", "ssconvert", "--version")
	ask("", "soffice", "--version")
	ask("VisiData", "vd", "--version")
	return out
}
