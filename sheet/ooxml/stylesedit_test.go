package ooxml_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// A date must not lose its day to the eye: where the cell's format does not show
// it whole, the format changes with the value.
func TestADateIsWrittenInAFormatThatShowsItWhole(t *testing.T) {
	day := time.Date(2022, 7, 15, 0, 0, 0, 0, time.UTC)
	codes := []string{`yyyy"年"m"月"`, "mmm-yy", `yyyy"年"`, "aaaa", "m/d", "h:mm", "General", "yyyy-mm-dd",
		`yyyy"年"m"月"d"日"`, "yyyy-mm-dd hh:mm", "[=1]0;yyyy-mm-dd"}
	for i, code := range codes {
		for _, at := range []time.Time{day, day.Add(15*time.Hour + 30*time.Minute)} {
			w := oneSheet(`<sheetData><row r="1"><c r="A1" s="1"/><c r="B1" s="2"/></row></sheetData>`).with(
				"xl/styles.xml",
				`<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="`+
					strings.ReplaceAll(code, `"`, "&quot;")+
					`"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="170" fontId="0"/><xf numFmtId="57"/></cellXfs></styleSheet>`).read(t)
			for _, cell := range []a1.Ref{a1.At(1, 1), a1.At(1, 2)} {
				if err := w.Set("S", cell, ooxml.DateValue(at)); err != nil {
					t.Fatal(err)
				}
			}
			again := written(t, w)
			want := "2022-07-15"
			if at != day {
				want += " 15:30"
			}
			for _, cell := range []a1.Ref{a1.At(1, 1), a1.At(1, 2)} {
				c, err := again.Cell("S", cell)
				if got := again.Text(c); err != nil || got != want {
					t.Errorf("into %s, %v shows %q (%v)", code, at, got, err)
				}
				if kept := c.Style == 1; cell.Col == 1 && kept != (i == 9 || i >= 7 && at == day) {
					t.Errorf("into %s, %v: the format is kept: %v", code, at, kept)
				}
			}
		}
	}
}

// Haansoft offers two elements for one format; programs read the second, and
// number the formats so.
func TestFormatsAreCountedAsProgramsReadThem(t *testing.T) {
	choice := func(requires, first, second string) string {
		return `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice xmlns:hs="h" Requires="` + requires + `">` + first +
			`</mc:Choice><mc:Fallback>` + second + `</mc:Fallback></mc:AlternateContent>`
	}
	styles := `<styleSheet><numFmts>` + choice("hs", `<numFmt numFmtId="170" formatCode="0"/>`,
		`<numFmt numFmtId="170" formatCode="yyyy-mm-dd"/>`) + `</numFmts><cellXfs count="4"><xf numFmtId="0"/>` +
		choice("hs", `<xf numFmtId="0"/><xf numFmtId="0"/>`, `<xf numFmtId="170"/>`) + choice("x14ac",
		`<xf numFmtId="9"/>`, `<xf numFmtId="0"/><xf numFmtId="0"/>`) +
		`<xf numFmtId="1" fontId="0"/></cellXfs></styleSheet>`
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1" s="1"><v>44742</v></c><c r="B1" s="2"><v>0.5</v></c><c r="C1" s="3"/></row></sheetData>`).with("xl/styles.xml", styles).read(t)
	if err := w.Set("S", a1.At(1, 3), ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	again := written(t, w)
	for cell, want := range map[string]string{"A1": "2022-06-30", "B1": "50%", "C1": "2022-06-30"} {
		at, _ := a1.ParseRef(cell)
		if c, _ := again.Cell("S", at); again.Text(c) != want || cell == "C1" && c.Style != 4 {
			t.Errorf("%s shows %q in format %d, want %q", cell, again.Text(c), c.Style, want)
		}
	}
}

// The file that Haansoft wrote.
func TestADateInHaansoftsFile(t *testing.T) {
	files := slices.DeleteFunc(ziptest.CorpusFiles(t),
		func(f string) bool { return filepath.Base(f) != "poi__style-alternate-content.xlsx" })
	if len(files) == 0 {
		t.Skip("the workbook is not in the collection")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	w, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet := w.Sheets()[0].Name
	at := a1.At(900, 30)
	if err := w.Set(sheet, at, ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	out, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", out, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := again.Cell(sheet, at); again.Text(c) != "2022-06-30" || int(c.Style) != 29 {
		t.Errorf("shows %q in format %d, want 29", again.Text(c), c.Style)
	}
}
