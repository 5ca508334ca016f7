package sheetxml

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
			d, err := NewDraft("s", "p", []byte(b.String()))
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Rows) != n || !d.IsOrdered || d.Rows[n-1].Row != n || name == "plain" && d.Formulas != n {
				t.Fatalf("%d rows of %d, last %d", len(d.Rows), n, d.Rows[n-1].Row)
			}
			for i, r := range d.Rows {
				if r.Row != i+1 || string(d.Data[r.Start:r.Start+4]) != "<row" ||
					string(d.Data[r.End-6:r.End]) != "</row>" {
					t.Fatalf("row %d is %+v", i+1, r)
				}
			}
			if string(d.Data[d.body.End:d.SheetData.End]) != "</sheetData>" {
				t.Error("end not found")
			}
		})
	}
}
