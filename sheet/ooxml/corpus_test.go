package ooxml

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestCorpusAgreesWithExcelize(t *testing.T) {
	for _, path := range corpusFiles(t) {
		name := filepath.Base(path)
		w, err := Open(path, Options{})
		f, errX := excelize.OpenFile(path)
		if err != nil || errX != nil {
			t.Logf("OPEN %s: ours %v | excelize %v", name, err, errX)
			if err != nil {
				continue
			}
		}
		for _, info := range w.Sheets() {
			sheet, err := w.Sheet(info.Name)
			if errX != nil {
				if err != nil {
					t.Logf("SHEET %s %s: ours %v", name, info.Name, err)
				}
				continue
			}
			rows, errS := f.GetRows(info.Name, excelize.Options{RawCellValue: true})
			if err != nil || errS != nil {
				t.Logf("SHEET %s %s (%v): ours %v | excelize %v", name, info.Name, info.Worksheet, err, errS)
				continue
			}
			theirs := map[Ref]string{}
			for i, row := range rows {
				for j, v := range row {
					if v != "" {
						theirs[Ref{i + 1, j + 1}] = v
					}
				}
			}
			n := 0
			var list []string
			for _, c := range sheet.Cells {
				want := theirs[c.Ref]
				delete(theirs, c.Ref)
				if c.Value != want {
					n++
					list = append(list, fmt.Sprintf("%s ours %q theirs %q", c.Ref, c.Value, want))
				}
			}
			for at, v := range theirs {
				n++
				list = append(list, fmt.Sprintf("%s ours none theirs %q", at, v))
			}
			if n > 0 {
				t.Logf("DIFF %s | %s | %d: %s", name, info.Name, n, strings.Join(list[:min(n, 5)], "; "))
			}
		}
	}
}
