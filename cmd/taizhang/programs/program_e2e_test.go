//go:build e2e

package programs

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// program makes or edits workbooks. One that is driven by a script runs for
// the whole test, and does one thing at a time.
type program struct {
	name         string
	makes, edits bool
	do           func(request) (map[string]string, error)
}

// request is what a program is asked to do; see testdata/with_openpyxl.py.
type request struct {
	Do    string `json:"do"`
	File  string `json:"file"`
	Book  *book  `json:"book,omitempty"`
	Cells []cell `json:"cells,omitempty"`
	// Password is what the workbook is locked with; only LibreOffice knows it.
	Password string `json:"password,omitempty"`
}

// cell is a value typed into a cell. Value is a text, or a day.
type cell struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Value any    `json:"value"`
}

// day is a date as the scripts are told one.
type day struct {
	Date string `json:"date"`
}

// edit types values into a workbook, and saves it.
func (p *program) edit(file string, cells ...cell) error {
	_, err := p.do(request{Do: "edit", File: file, Cells: cells})
	return err
}

// installed starts the programs that are there.
func installed(t *testing.T) (all []*program) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	modules := filepath.Join(cache, "taizhang-bench", "node_modules") // where make bench-tools puts them
	script := func(name string, edits bool, command string, file string, has func() error) {
		if err := has(); err != nil {
			t.Logf("%s is left out, it is not installed: %v", name, err)
			return
		}
		cmd := exec.Command(command, filepath.Join("testdata", file))
		cmd.Env = append(os.Environ(), "NODE_PATH="+modules, "TZ=Asia/Shanghai")
		all = append(all, &program{name, true, edits, conversation(t, cmd)})
	}
	python := func(module string) func() error {
		return func() error { return exec.Command("/usr/bin/python3", "-c", "import "+module).Run() }
	}
	node := func(module string) func() error {
		return func() error {
			_, err := os.Stat(filepath.Join(modules, module))
			_, no := exec.LookPath("node")
			return errors.Join(err, no)
		}
	}
	script("openpyxl", true, "/usr/bin/python3", "with_openpyxl.py", python("openpyxl"))
	script("XlsxWriter", false, "/usr/bin/python3", "with_xlsxwriter.py", python("xlsxwriter"))
	script("exceljs", true, "node", "with_exceljs.js", node("exceljs"))
	script("SheetJS", true, "node", "with_sheetjs.js", node("xlsx"))
	all = append(all, &program{"excelize", true, true, withExcelize})
	script("LibreOffice", true, "/usr/bin/python3", "with_libreoffice.py", func() error {
		_, err := exec.LookPath("soffice")
		return errors.Join(err, python("uno")())
	})
	if _, err := exec.LookPath("ssconvert"); err == nil {
		all = append(all, &program{"Gnumeric", false, true, withGnumeric})
	} else {
		t.Logf("Gnumeric is left out, it is not installed: %v", err)
	}
	return all
}

// conversation starts a script that answers a line of JSON with one.
func conversation(t *testing.T, cmd *exec.Cmd) func(request) (map[string]string, error) {
	in, answers, said := start(t, cmd, func(err error, said string) {
		if err != nil {
			t.Errorf("%s: %v\n%s", cmd.Path, err, said)
		}
	})
	var one sync.Mutex
	return func(r request) (map[string]string, error) {
		one.Lock()
		defer one.Unlock()
		if err := json.NewEncoder(in).Encode(r); err != nil {
			return nil, err
		}
		line, err := answers.ReadBytes('\n')
		if err != nil {
			return nil, fmt.Errorf("%w\n%s", err, said.String())
		}
		var answer struct {
			Error string
			Read  map[string]string
		}
		if err := json.Unmarshal(line, &answer); err != nil {
			return nil, err
		}
		if answer.Error != "" {
			return nil, errors.New(answer.Error)
		}
		return answer.Read, nil
	}
}

// start starts a script that is spoken to over its standard input and answers over its
// standard output; said is what it writes to standard error. When the test ends its input
// is closed, and ended is told how it ended.
func start(t *testing.T, cmd *exec.Cmd, ended func(err error, said string)) (in io.WriteCloser, out *bufio.Reader,
	said *strings.Builder) {
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	said = &strings.Builder{}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		io.Copy(io.Discard, pipe)
		ended(cmd.Wait(), said.String())
	})
	return in, bufio.NewReader(pipe), said
}

// withGnumeric edits cells while it converts a workbook into itself.
func withGnumeric(r request) (map[string]string, error) {
	if r.Do != "edit" {
		return nil, errors.ErrUnsupported
	}
	temp := r.File + ".new.xlsx"
	args := []string{}
	for _, c := range r.Cells {
		value := fmt.Sprint(c.Value)
		if d, ok := c.Value.(day); ok {
			value = d.Date
		}
		args = append(args, "--set", c.Sheet+"!"+c.Cell+"="+value)
	}
	if out, err := exec.Command("ssconvert", append(args, r.File, temp)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return nil, os.Rename(temp, r.File)
}
