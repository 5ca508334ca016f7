package copies

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/ooxmltest"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// original reads a workbook as a session would.
func original(t testing.TB, path string, data []byte) (syncer.Original, bool) {
	t.Helper()
	wb, err := ooxml.Read(path, data, ooxml.Options{})
	if err != nil || wb.Signed() {
		return syncer.Original{}, false
	}
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		return syncer.Original{}, false
	}
	l := ledger.Build(found.Tables, ledger.Options{})
	return syncer.Original{Path: path, Data: data, Ledger: l, ID: "ledger", Revision: "revision"}, len(l.Tasks) > 0
}

// Copies of ledgers in many shapes, and of public workbooks, open in excelize, say what the ledger says (which
// Make itself makes sure of) and hold no text that only others' tasks had.
func TestCopiesOfManyWorkbooks(t *testing.T) {
	files, _ := filepath.Glob("../../table/testdata/ledgers/*.xls[xm]")
	more, _ := filepath.Glob("../../../../shared/corpus/*.xls[xm]")
	if files = append(files, more...); len(files) == 0 {
		t.Fatal("no workbooks")
	}
	made := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 1<<20 {
			continue
		}
		o, ok := original(t, file, data)
		if !ok {
			continue
		}
		units := Units(o.Ledger)
		for _, unit := range units[:min(2, len(units))] {
			c, err := Make(o, unit, &filename.Names{})
			switch {
			case errors.Is(err, ooxml.ErrUnsafe), errors.Is(err, ErrDiffers):
				t.Logf("%s, %s: %v", filepath.Base(file), unit, err)
				continue
			case err != nil:
				t.Errorf("%s, %s: %v", filepath.Base(file), unit, err)
				continue
			}
			made++
			f, err := excelize.OpenReader(bytes.NewReader(c.Data))
			if err != nil {
				t.Errorf("%s, %s: excelize: %v", filepath.Base(file), unit, err)
				continue
			}
			f.Close()
			leaks(t, o, c)
		}
	}
	t.Logf("%d copies", made)
}

// leaks looks in every part for the titles of tasks that are none of the unit's.
func leaks(t *testing.T, o syncer.Original, c *Copy) {
	t.Helper()
	own := map[string]bool{}
	d := o.Ledger.Directory
	var all strings.Builder
	for _, task := range o.Ledger.Tasks {
		mine := task.Lead == c.Unit
		for _, s := range task.Support {
			for _, u := range d.Expand(s) {
				mine = mine || u == c.Unit
			}
		}
		if mine {
			own[task.ID] = true
			all.WriteString(task.Title + task.Requirement + task.Progress + task.Section)
			for _, e := range task.Extra {
				all.WriteString(e.Value)
			}
		}
	}
	parts := ooxmltest.Parts(t, c.Data)
	for _, task := range o.Ledger.Tasks {
		for _, text := range []string{task.Title, task.Progress, task.Requirement} {
			if own[task.ID] || len([]rune(text)) < 8 || strings.Contains(all.String(), text) ||
				strings.ContainsAny(text, "&<>\"'\r\n") {
				continue
			}
			for name, data := range parts {
				if strings.Contains(data, text) {
					t.Errorf("%s, %s: %s tells of another's task: %.30s", filepath.Base(o.Path), c.Unit, name, text)
				}
			}
		}
	}
}
