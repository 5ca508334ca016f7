package ooxml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

const benchRows, benchCols = 100_000, 14

// benchBook makes a ledger of 100,000 rows and 14 columns as Excel would store
// it, or with inline strings as streaming writers do.
func benchBook(inline bool) []byte {
	var sheet, texts bytes.Buffer
	index := map[string]int{}
	sheet.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:N100000"/><sheetData>`)
	for row := 1; row <= benchRows; row++ {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:14">`, row)
		for col, v := range []any{
			row, fmt.Sprintf("第%d类重点领域", row%20), fmt.Sprintf("重点任务%d", row), fmt.Sprintf("工作内容：第%d项，按季度更新并公开", row),
			fmt.Sprintf("牵头单位%d", row%30), fmt.Sprintf("配合单位%d、配合单位%d", row%30, row%17), fmt.Sprintf("领导%d", row%12),
			fmt.Sprintf("责任人%d", row%300), fmt.Sprintf("0537-%07d", row%5000), 44562 + row%365, []string{"未启动", "推进中", "已完成"}[row%3],
			fmt.Sprintf("进展情况 %d", row/3), 44562 + row%700, "",
		} {
			at := ColumnName(col+1) + fmt.Sprint(row)
			switch v := v.(type) {
			case int:
				fmt.Fprintf(&sheet, `<c r="%s" s="%d"><v>%d</v></c>`, at, min(col, 1), v)
			case string:
				switch {
				case v == "":
					fmt.Fprintf(&sheet, `<c r="%s" s="1"/>`, at)
				case inline:
					fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, v)
				default:
					i, ok := index[v]
					if !ok {
						i = len(index)
						index[v] = i
						fmt.Fprintf(&texts, "<si><t>%s</t></si>", v)
					}
					fmt.Fprintf(&sheet, `<c r="%s" s="1" t="s"><v>%d</v></c>`, at, i)
				}
			}
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	const pkg = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
			`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`},
		{"_rels/.rels", pkg + `<Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + ns + `><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", pkg + `<Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + rel + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + rel + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + ns + `><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
		{"xl/sharedStrings.xml", `<sst ` + ns + `>` + texts.String() + `</sst>`},
		{"xl/worksheets/sheet1.xml", sheet.String()},
	} {
		f, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(f, p[1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

var (
	benchShared = sync.OnceValue(func() []byte { return benchBook(false) })
	benchInline = sync.OnceValue(func() []byte { return benchBook(true) })
)

func benchRead(b *testing.B, book []byte) {
	b.ReportAllocs()
	for b.Loop() {
		w, err := Read("bench.xlsx", book, Options{})
		if err != nil {
			b.Fatal(err)
		}
		s, err := w.Sheet("台账")
		if err != nil || len(s.Cells) != benchRows*benchCols {
			b.Fatal(len(s.Cells), err)
		}
	}
}

func BenchmarkReadSharedStrings(b *testing.B) { benchRead(b, benchShared()) }

func BenchmarkReadInline(b *testing.B) { benchRead(b, benchInline()) }

// BenchmarkInflateAndScan is the least that reading the same sheet costs: its
// part inflated and its tokens walked, the shared strings left aside.
func BenchmarkInflateAndScan(b *testing.B) {
	book := benchShared()
	b.ReportAllocs()
	for b.Loop() {
		w, err := Read("bench.xlsx", book, Options{})
		if err != nil {
			b.Fatal(err)
		}
		data, err := w.partText("xl/worksheets/sheet1.xml")
		if err != nil {
			b.Fatal(err)
		}
		s := newScanner(data)
		for s.next() {
		}
		if s.err() != nil {
			b.Fatal(s.err())
		}
	}
}

// BenchmarkReadExcelizeGetRows asks for raw values: formatting them takes
// excelize three times as long.
func BenchmarkReadExcelizeGetRows(b *testing.B) {
	book := benchShared()
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(book))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.GetRows("台账", excelize.Options{RawCellValue: true})
		if err != nil || len(rows) != benchRows {
			b.Fatal(len(rows), err)
		}
		f.Close()
	}
}

// TestWriteBenchBooks writes the workbooks of the benchmarks into the folder
// that BENCH_BOOKS names, for measuring other programs on them.
func TestWriteBenchBooks(t *testing.T) {
	dir := os.Getenv("BENCH_BOOKS")
	if dir == "" {
		t.Skip("BENCH_BOOKS names no folder")
	}
	for name, book := range map[string][]byte{"shared.xlsx": benchShared(), "inline.xlsx": benchInline()} {
		if err := os.WriteFile(filepath.Join(dir, name), book, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
