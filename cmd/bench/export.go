package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

// The consolidated workbook against writers that only write: what taizhang
// exports is taken apart into a file of tables, one line of JSON a sheet's name
// or a row, and every other contender makes a workbook of that file, without
// looks, formulas, charts and the reckoning behind the figures.

const exportNote = "writes the same cells, without looks, formulas and charts"

// makeTables exports the ledger once and writes what is in the cells.
func (b *bench) makeTables(j job) error {
	cmd := exec.Command(b.inv.taizhang, "--ledger", j.in, "export", j.out)
	cmd.Dir, cmd.Env = j.dir, append(os.Environ(), b.inv.env()...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("export: %w: %s", err, lastLine(string(said)))
	}
	defer os.Remove(j.out)
	w, err := ooxml.Open(j.out, ooxml.Options{})
	if err != nil {
		return err
	}
	f, err := os.Create(j.tables)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, info := range w.Sheets() {
		s, err := w.Sheet(info.Name)
		if err != nil {
			return err
		}
		if err := lines.Encode(info.Name); err != nil {
			return err
		}
		for rest := s.Cells; len(rest) > 0; {
			var row []any
			at := rest[0].Row
			for ; len(rest) > 0 && rest[0].Row == at; rest = rest[1:] {
				for len(row) < rest[0].Col-1 {
					row = append(row, nil)
				}
				row = append(row, plainValue(rest[0]))
			}
			if err := lines.Encode(row); err != nil {
				return err
			}
		}
		w.Forget()
	}
	return out.Flush()
}

// plainValue is a cell as a number or a text; nil if it is blank.
func plainValue(c ooxml.Cell) any {
	switch c.Kind {
	case ooxml.Blank:
		return nil
	case ooxml.Number:
		if n, err := strconv.ParseFloat(c.Value, 64); err == nil {
			return n
		}
	}
	return c.Value
}

// excelizeExport makes a workbook of a file of tables with excelize's streams.
func excelizeExport(tables, out string) error {
	in, err := os.Open(tables)
	if err != nil {
		return err
	}
	defer in.Close()
	f := excelize.NewFile()
	defer f.Close()
	var stream *excelize.StreamWriter
	n := 0
	lines := json.NewDecoder(bufio.NewReader(in))
	for lines.More() {
		var line any
		if err := lines.Decode(&line); err != nil {
			return err
		}
		switch line := line.(type) {
		case string:
			if stream != nil {
				if err := stream.Flush(); err != nil {
					return err
				}
			}
			if _, err := f.NewSheet(line); err != nil {
				return err
			}
			if stream, err = f.NewStreamWriter(line); err != nil {
				return err
			}
			n = 0
		case []any:
			n++
			if err := stream.SetRow("A"+strconv.Itoa(n), line); err != nil {
				return err
			}
		}
	}
	if stream != nil {
		if err := stream.Flush(); err != nil {
			return err
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return f.SaveAs(out)
}
