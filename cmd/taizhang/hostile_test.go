package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// poison is what must never reach a terminal or a file's name: sequences that
// clear the screen, set the title or write the clipboard, single C1 characters
// that some terminals take for the same, and characters that turn the direction
// of writing or cannot be seen.
const poison = "\x1b[2J\x1b]0;t\a\x1b]52;c;eA==\a\u009b31m\u0090q\u0085\x7f\b\r\u202e\u2066\u200f\u200b\ufeff\u2028毒"

// poisonFit is the part of it that XML can hold as it is, such as in a sheet's
// name.
const poisonFit = "\u009b31m\u0090\u202e\u2066\u200f\u200b\ufeff毒"

// breaks is every break of lines there is, and a sentence behind each.
const breaks = "甲\n伪造\r伪造\r\n伪造\v伪造\f伪造\u0085伪造\u2028伪造\u2029伪造\t伪造"

// oneLineEach: what stands behind a break of lines in a value begins no line,
// and no such break is left within one.
func oneLineEach(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(strings.TrimLeft(line, " "), "伪造") ||
				strings.ContainsAny(line, "\r\v\f\t\u0085\u2028\u2029") {
				ts.Fatalf("a line made by a value in %s: %q", name, line)
			}
		}
	}
}

// narrow: no line but those of the long text is longer than a few hundred bytes.
func narrow(ts *testscript.TestScript, neg bool, args []string) {
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		if !strings.Contains(line, "长长") && len(line) > 1000 {
			ts.Fatalf("a line of %d bytes", len(line))
		}
	}
	if !strings.Contains(ts.ReadFile("stdout"), strings.Repeat("长", 10_000)) {
		ts.Fatalf("the long text was cut")
	}
}

// TestHostileTextReachesNoOutput runs every command on a ledger whose cells,
// sheet names, units and file names are poisoned; so are the copies that come
// back, and what the user typed.
func TestHostileTextReachesNoOutput(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/hostile",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			for _, v := range [][2]string{{"POISON", poison}, {"BREAKS", breaks}, {"LONG", strings.Repeat("长", 10_000)},
				{"BAD", filepath.Join(env.WorkDir, "b\x1b[31m\u009b\u202e毒.xlsx")},
				{"COPY", filepath.Join(env.WorkDir, "c\x1b[31m\u009b\u202e毒.xlsx")}} {
				env.Setenv(v[0], v[1])
			}
			return errors.Join(setup(env), poisoned(env.Getenv("BAD"), ""),
				poisoned(filepath.Join(env.WorkDir, "plain.xlsx"), ""))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"harmless": harmless,
			"harmlessfiles": harmlessFiles, "onelineeach": oneLineEach, "narrow": narrow, "capture": capture,
			"edit": editCopy, "mkledger": mkledger},
	})
}

// poisoned makes a ledger whose every text is poisoned.
func poisoned(path, remark string) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := "S" + poisonFit
	poison := poison + "%ESC[2J%ESC]0;t%BEL%BS%CSI31m"
	err := f.SetSheetName("Sheet1", sheet)
	for i, row := range [][]any{
		{"台账" + poison},
		{"序号", "类别", "重点任务", "牵头单位", "配合单位", "责任人", "联系电话", "完成时限", "完成状态", "进展情况", "备注", "别的" + poison},
		{1, "类" + poison, "甲" + poison, "财" + poison + "局", "乙" + poison + "、丙" + poison, "张" + poison, "1" + poison,
			"2022年1月底前", "正在推进", "进" + poison, remark, "x" + poison},
		{"2" + poison, "类" + poison, "乙" + poison, "党" + poison + "局", "", "李" + poison, "2" + poison, "某日" + poison,
			"怪" + poison, "展" + poison, "", ""},
		{3, "=cmd|' /C calc'!A0", "@SUM(1+1)", "=1+1", "-2+3", "+1", "=HYPERLINK(\"http://x\")", "2022-01-31", "未启动",
			"=A1", "", ""},
	} {
		err = errors.Join(err, f.SetSheetRow(sheet, fmt.Sprint("A", i+1), &row))
	}
	data, e := f.WriteToBuffer()
	if err = errors.Join(err, e); err != nil {
		return err
	}
	return escaped(path, data.Bytes())
}

// escaped writes a workbook with what excelize drops: control characters in the
// form that Excel has for them.
func escaped(path string, data []byte) error {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range in.File {
		r, err := e.Open()
		if err != nil {
			return err
		}
		part, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		to, err := w.Create(e.Name)
		if err != nil {
			return err
		}
		for text, code := range map[string]string{"ESC": "_x001B_", "BEL": "_x0007_", "BS": "_x0008_",
			"CSI": "_x009B_"} {
			part = bytes.ReplaceAll(part, []byte("%"+text), []byte(code))
		}
		if _, err := to.Write(part); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), os.WriteFile(path, out.Bytes(), 0o666))
}

// editCopy copies a workbook as an office's whose saver is poisoned too.
func editCopy(ts *testscript.TestScript, neg bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.SetDocProps(&excelize.DocProperties{LastModifiedBy: "某" + poison}))
	sheet := f.GetSheetList()[0]
	ts.Check(f.SetCellStr(sheet, "J3", args[2]+poison))
	out, err := f.WriteToBuffer()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out.Bytes(), 0o666))
}

// harm is the first character of s that must not be there; breaks of lines may.
func harm(s string) (rune, bool) {
	for _, r := range strings.NewReplacer("\r\n", "\n").Replace(s) {
		switch {
		case r == '\n':
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
			return r, true
		}
	}
	return 0, false
}

func harmless(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		text = strings.TrimPrefix(text, "\ufeff") // which a CSV for Excel begins with
		if r, bad := harm(text); bad {
			ts.Fatalf("%U in %s: %q", r, name, text)
		}
	}
}

func harmlessFiles(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	dir := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		n++
		if r, bad := harm(d.Name()); bad || strings.Contains(d.Name(), "\n") {
			ts.Fatalf("%U in a file's name: %q", r, d.Name())
		}
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Ext(path) == ".txt" {
			if r, bad := harm(strings.TrimPrefix(string(data), "\ufeff")); bad {
				ts.Fatalf("%U in %s", r, path)
			}
		}
		if filepath.Ext(path) == ".xlsx" {
			noFormulas(ts, path)
		}
		return nil
	}))
	if n == 0 {
		ts.Fatalf("no file in %s", args[0])
	}
}

// noFormulas: what was text in the ledger is not a formula in what was made of
// it.
func noFormulas(ts *testscript.TestScript, path string) {
	z, err := zip.OpenReader(path)
	ts.Check(err)
	defer z.Close()
	for _, e := range z.File {
		if !strings.HasPrefix(e.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := e.Open()
		ts.Check(err)
		part, err := io.ReadAll(r)
		ts.Check(err)
		for _, bad := range []string{"<f>1+1", "cmd|", "<f>HYPERLINK(&#34;http", "<f>SUM(1+1)"} {
			if i := bytes.Index(part, []byte(bad)); i >= 0 && bytes.Contains(part[max(0, i-3):i+3], []byte("<f>")) {
				ts.Fatalf("%s, %s: a formula that was text: %q", path, e.Name, bad)
			}
		}
	}
}
