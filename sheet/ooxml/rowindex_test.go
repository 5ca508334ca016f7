package ooxml

import (
	"fmt"
	"strings"
	"testing"
)

// A large sheet is scanned in stretches; rows that only seem to be rows, inside
// comments that hold millions of them, must not lead it astray.
func TestLargeSheetIsIndexedAsASmallOne(t *testing.T) {
	for name, row := range map[string]string{
		"plain":    `<row r="%d"><c r="A%[1]d"><f>B1</f><v>1</v></c></row>`,
		"implicit": `<row><c><v>%d</v></c></row>`,
		"comments": `<row r="%d"><!-- <row r="9"><c/></row><row r="1"/><row r="2"/><row r="3"/> --><c r="A%[1]d"/></row>`,
		"cdata":    `<row r="%d"><c t="str"><v><![CDATA[</row><row r="1"><row r="2"></sheetData>]]></v></c></row>`,
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString(`<worksheet><sheetData>`)
			n := 0
			for b.Len() < parallelIndex+1000 {
				n++
				fmt.Fprintf(&b, row, n)
			}
			b.WriteString(`</sheetData><mergeCells/></worksheet>`)
			d, err := newDraft("s", "p", []byte(b.String()))
			if err != nil {
				t.Fatal(err)
			}
			if len(d.rows) != n || !d.ordered || d.rows[n-1].num != n || name == "plain" && d.formulas != n {
				t.Fatalf("%d rows of %d, last %d", len(d.rows), n, d.rows[n-1].num)
			}
			for i, r := range d.rows {
				if r.num != i+1 || string(d.data[r.start:r.start+4]) != "<row" || string(d.data[r.end-6:r.end]) != "</row>" {
					t.Fatalf("row %d is %+v", i+1, r)
				}
			}
			if string(d.data[d.body.End:d.sheetData.End]) != "</sheetData>" {
				t.Error("end not found")
			}
		})
	}
}
