package ooxml

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

// largeBook is a ledger of 100,000 rows and 14 columns with shared strings, as
// Excel writes it.
var largeBook = sync.OnceValue(func() []byte {
	const rows, cols, words = 100_000, 14, 5000
	var sheet, shared strings.Builder
	sheet.WriteString(xmlHeader + `<worksheet xmlns="` + mainNS + `"><dimension ref="A1:N100000"/><sheetData>`)
	for r := 1; r <= rows; r++ {
		n := strconv.Itoa(r)
		sheet.WriteString(`<row r="` + n + `" spans="1:14">`)
		for c := 1; c <= cols; c++ {
			ref := ColumnName(c) + n
			if c == 1 || c == 9 {
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%d</v></c>`, ref, 44000+(r*7)%900)
			} else {
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, (r*31+c*977)%words)
			}
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	shared.WriteString(xmlHeader + `<sst xmlns="` + mainNS + `">`)
	for i := range words {
		fmt.Fprintf(&shared, "<si><t>推进政务公开标准化规范化第%d项工作落实</t></si>", i)
	}
	shared.WriteString("</sst>")
	var t testing.B
	rels := strings.Replace(bookRels, "</Relationships>", `<Relationship Id="rId2" Type="`+transitionalNS+`relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, 1)
	types := strings.Replace(typesXML, "</Types>", `<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`, 1)
	return zipOf(&t, typesPart, types, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", rels,
		"xl/worksheets/sheet1.xml", sheet.String(), "xl/sharedStrings.xml", shared.String())
})

// BenchmarkSetOneCell opens a large ledger, sets one cell and makes the new
// file. The floor is what any editor of that part must do with the same
// compressor: inflate and deflate it.
func BenchmarkSetOneCell(b *testing.B) {
	at, value := Ref{50_000, 7}, "已完成"
	for by, set := range map[string]func(data []byte) error{
		"taizhang": func(data []byte) error {
			w, err := Read("a.xlsx", data, Options{})
			if err == nil {
				err = w.Set("Sheet1", at, TextValue(value))
			}
			if err == nil {
				_, err = w.Bytes()
			}
			return err
		},
		"floor": func(data []byte) error {
			c, err := openContainer("a.xlsx", data, Limits{})
			if err != nil {
				return err
			}
			part, err := c.part("xl/worksheets/sheet1.xml")
			if err == nil {
				_, err = deflate(rope{part})
			}
			return err
		},
		"excelize": func(data []byte) error {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			defer f.Close()
			if err := f.SetCellValue("Sheet1", at.String(), value); err != nil {
				return err
			}
			return f.Write(new(bytes.Buffer))
		},
	} {
		b.Run("rows=100000/by="+by, func(b *testing.B) {
			data := largeBook()
			b.ReportAllocs()
			for b.Loop() {
				if err := set(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
