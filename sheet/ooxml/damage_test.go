package ooxml_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/numfmt"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// readAll reads everything of a workbook and holds errors to their promise:
// each is a sentence of a known class.
func readAll(t *testing.T, file string, data []byte) {
	t.Helper()
	check := func(err error) {
		var e *msg.Error
		if !errors.As(err, &e) || e.Text.IsZero() || e.Class == nil {
			t.Errorf("%s: error without sentence or class: %#v", file, err)
		}
	}
	w, err := ooxml.Read(file, data, ooxml.Options{})
	if err != nil {
		check(err)
		return
	}
	for _, info := range w.Sheets() {
		sheet, err := w.Sheet(info.Name)
		if err != nil {
			check(err)
			continue
		}
		for i, c := range sheet.Cells {
			if i > 0 && !sheet.Cells[i-1].Before(c.Ref) {
				t.Fatalf("%s: %v after %v", file, c.Ref, sheet.Cells[i-1].Ref)
			}
			w.Text(c)
			w.Time(c)
		}
	}
}

func TestDamagedCorpusFilesNeverPanic(t *testing.T) {
	const rounds = 4
	rng := rand.New(rand.NewPCG(1, 2))
	for _, path := range ziptest.CorpusFiles(t) {
		file := filepath.Base(path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(file, "poi__poc") || len(data) > 60_000 {
			continue // large ones add time, not kinds of damage
		}
		for range rounds {
			readAll(t, file+" cut", data[:rng.IntN(len(data))])
			flipped := bytes.Clone(data)
			for range 1 + rng.IntN(8) {
				flipped[rng.IntN(len(flipped))] ^= 1 << rng.IntN(8)
			}
			readAll(t, file+" flipped", flipped)
			if torn := tearPart(rng, data); torn != nil {
				readAll(t, file+" torn part", torn)
			}
		}
	}
}

// tearPart packs a workbook anew with one XML part cut or flipped, which the
// checksums of the zip would otherwise catch.
func tearPart(rng *rand.Rand, data []byte) []byte {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	var read []int
	for i, f := range r.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/") || strings.HasPrefix(f.Name, "xl/s") ||
			strings.Contains(f.Name, "workbook.xml") {
			read = append(read, i)
		}
	}
	if len(read) == 0 {
		return nil
	}
	victim := read[rng.IntN(len(read))]
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, f := range r.File {
		if i != victim {
			if z.Copy(f) != nil {
				return nil
			}
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil
		}
		part, err := io.ReadAll(in)
		if err != nil || len(part) == 0 {
			return nil
		}
		if rng.IntN(2) == 0 {
			part = part[:rng.IntN(len(part))]
		} else {
			for range 1 + rng.IntN(4) {
				part[rng.IntN(len(part))] ^= 1 << rng.IntN(8)
			}
		}
		w, err := z.Create(f.Name)
		if err != nil {
			return nil
		}
		if _, err := w.Write(part); err != nil {
			return nil
		}
	}
	if z.Close() != nil {
		return nil
	}
	return out.Bytes()
}

func TestArrayFormulasWithoutEndAreRefused(t *testing.T) {
	var b strings.Builder
	for range 3000 {
		b.WriteString(`<row><c><f t="array" ref="A1:XFD1048576">1</f></c></row>`)
	}
	if _, err := oneSheet(`<sheetData>` + b.String() + `</sheetData>`).read(t).Sheet("S"); !errors.Is(err,
		ooxml.ErrDamaged) {
		t.Errorf("%v", err)
	}
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c><f t="array" ref="B1:C2">1</f><v>2</v></c></row>`,
		`<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c><c t="b"><v>1</v></c><c t="d"><v>2022-01-01</v></c></row>`,
		`</sheetData><cols><col min="1" max="2" hidden="1"/></cols><mergeCells><mergeCell ref="A1:B2"/></mergeCells><sheetData>`,
		`</sheetData><dataValidations><dataValidation type="list" sqref="A1:B2 C3"><formula1>S!$A$1:$A$3</formula1></dataValidation></dataValidations><sheetData>`,
	} {
		f.Add([]byte(s))
	}
	shared := []string{"x", "y"}
	w := oneSheet("<sheetData/>").with("xl/sharedStrings.xml", `<sst><si><t>x</t></si></sst>`).read(f)
	f.Fuzz(func(t *testing.T, inner []byte) {
		data := append(append([]byte("<worksheet><sheetData>"), inner...), "</sheetData></worksheet>"...)
		read := func(s *xmlpart.Scanner) (*sheetxml.Grid, error) {
			g := &sheetxml.Grid{Sheet: ooxml.Sheet{HiddenRows: map[int]bool{}, HiddenCols: map[int]bool{}}}
			r := sheetxml.Reader{Scanner: s, Grid: g, MaxCells: ooxml.DefaultCells}
			return g, r.Read(func() ([]string, error) { return shared, nil })
		}
		g, err := read(xmlpart.NewScanner(data))
		streamed, same := read(xmlpart.NewStream(bytes.NewReader(data), int64(len(data)), 32))
		if (err == nil) != (same == nil) || err == nil && !reflect.DeepEqual(g, streamed) {
			t.Fatalf("read as a stream: %v, %+v; else %v, %+v", same, streamed, err, g)
		}
		if err != nil {
			return
		}
		for i, c := range g.Sheet.Cells {
			if i > 0 && !g.Sheet.Cells[i-1].Before(c.Ref) || c.Row < 1 || c.Row > a1.MaxRow || c.Col < 1 ||
				c.Col > a1.MaxCol {
				t.Fatalf("cell %d is %v", i, c.Ref)
			}
			if c.Kind == ooxml.Blank && c.Value != "" {
				t.Fatalf("blank cell with %q", c.Value)
			}
			if found, ok := g.Sheet.Cell(c.Ref); !ok || found != c {
				t.Fatalf("%v is not found", c.Ref)
			}
			w.Text(c)
		}
		w.Resolve(0, g.Lists)
	})
}

func FuzzSharedStrings(f *testing.F) {
	for _, s := range []string{`<si><t>a</t></si><si/>`, `<si><r><t>_x0041_</t></r><rPh><t>x</t></rPh></si>`,
		`<si><t>_xD83D__xDE00_ &amp;</t></si>`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, inner []byte) {
		data := append(append([]byte("<sst>"), inner...), "</sst>"...)
		list, _, err := sheetxml.ReadStrings(xmlpart.NewScanner(data), ooxml.DefaultText)
		if err != nil {
			return
		}
		total := 0
		for _, s := range list {
			total += len(s)
		}
		if limit := 3 * len(data); total > limit {
			t.Fatalf("%d bytes of text from %d", total, len(data))
		}
	})
}

func FuzzNumberFormat(f *testing.F) {
	for _, s := range []string{"yyyy-mm-dd;@", `[$-804]yyyy"年"`, "[h]:mm", `\`, `"`, "[", "0.00E+00", "上午/下午h"} {
		f.Add(s, 44742.5)
	}
	f.Fuzz(func(t *testing.T, code string, n float64) {
		format := numfmt.Parse(code)
		if format.Elapsed && format.Clock || format.Digits > 32 {
			t.Fatalf("%q: %+v", code, format)
		}
		ooxml.NumberText(strconv.FormatFloat(n, 'G', -1, 64), &format, false)
	})
}

func FuzzStyles(f *testing.F) {
	for _, s := range []string{
		`<numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm"/></numFmts><cellXfs><xf numFmtId="164"/><xf/></cellXfs>`,
		`<cellXfs><xf numFmtId="14"><alignment wrapText="1"/></xf><xf numFmtId="-1"/><xf numFmtId="99999999999"/></cellXfs><numFmts/>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, inner []byte) {
		data := append(append([]byte("<styleSheet>"), inner...), "</styleSheet>"...)
		st, err := bookxml.ParseStyles(data)
		if err != nil {
			return
		}
		if n := strings.Count(strings.ToLower(string(data)), "xf"); len(st.Formats) > n {
			t.Fatalf("%d formats of %d elements", len(st.Formats), n)
		}
	})
}
