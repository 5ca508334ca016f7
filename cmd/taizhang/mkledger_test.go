package main

import (
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// mkledger makes a workbook of a plain description, with excelize:
//
//	[sheet name]             begins a sheet
//	!merge A1:D1             merges cells
//	!list F4:F9 甲,乙         gives cells a drop-down list
//	!password secret         encrypts the workbook
//	a | b | c                is a row; an empty line is an empty row
//
// A cell that is a whole number becomes a number, one like 2022-06-30 a date;
// one in double quotes is a Go string and always text; =... is a formula.
func mkledger(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mkledger FILE.xlsx SPEC")
	}
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("yyyy-mm-dd")})
	ts.Check(err)
	var opt excelize.Options
	sheet, row := "", 0
	for line := range strings.Lines(strings.TrimRight(ts.ReadFile(args[1]), "\n")) {
		line = strings.TrimRight(line, "\r\n")
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(line, "["):
			name := strings.Trim(line, "[]")
			if sheet == "" {
				ts.Check(f.SetSheetName("Sheet1", name))
			} else {
				_, err := f.NewSheet(name)
				ts.Check(err)
			}
			sheet, row = name, 0
		case word == "!merge":
			from, to, _ := strings.Cut(rest, ":")
			ts.Check(f.MergeCell(sheet, from, to))
		case word == "!list":
			where, items, _ := strings.Cut(rest, " ")
			dv := excelize.NewDataValidation(true)
			dv.Sqref = where
			ts.Check(dv.SetDropList(strings.Split(items, ",")))
			ts.Check(f.AddDataValidation(sheet, dv))
		case word == "!password":
			opt.Password = rest
		default:
			row++
			for i, text := range strings.Split(line, "|") {
				if text = strings.TrimSpace(text); text != "" {
					name, err := excelize.CoordinatesToCellName(i+1, row)
					ts.Check(err)
					ts.Check(setValue(f, sheet, name, text, date))
				}
			}
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0]), opt))
}

func setValue(f *excelize.File, sheet, name, text string, date int) error {
	if n, err := strconv.Atoi(text); err == nil {
		return f.SetCellInt(sheet, name, int64(n))
	}
	if d, err := time.Parse(time.DateOnly, text); err == nil {
		if err := f.SetCellValue(sheet, name, d); err != nil {
			return err
		}
		return f.SetCellStyle(sheet, name, name, date)
	}
	if formula, ok := strings.CutPrefix(text, "="); ok {
		return f.SetCellFormula(sheet, name, formula)
	}
	if s, err := strconv.Unquote(text); err == nil {
		text = s
	}
	return f.SetCellStr(sheet, name, text)
}

func ptr[T any](v T) *T { return &v }

func cellIs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 && len(args) != 4 {
		ts.Fatalf("usage: cellis FILE SHEET CELL [TEXT]")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	got, err := f.GetCellValue(args[1], args[2])
	ts.Check(err)
	want := ""
	if len(args) == 4 {
		want = args[3]
	}
	if (got == want) == neg {
		ts.Fatalf("%s!%s holds %q", args[1], args[2], got)
	}
}

func setCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: setcell FILE SHEET CELL TEXT")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.SetCellStr(args[1], args[2], args[3]))
	ts.Check(f.Save())
	_, err = os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
}
