//go:build e2e

package faults

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
)

// bomb is a workbook made to exhaust whoever reads it. write writes its parts
// beside the usual ones, or in their place.
type bomb struct {
	name  string
	parts map[string]func(io.Writer)
	reads bool // it is odd but honest: reading it must succeed
	few   bool // it is so large that only check and set are tried
}

const (
	sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	ledgerTop = `<row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c><c r="B1" t="inlineStr"><is><t>重点任务</t></is></c><c r="C1" t="inlineStr"><is><t>牵头单位</t></is></c><c r="D1" t="inlineStr"><is><t>完成时限</t></is></c><c r="E1" t="inlineStr"><is><t>完成状态</t></is></c></row>` +
		`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>甲事</t></is></c><c r="C2" t="inlineStr"><is><t>财政局</t></is></c><c r="D2" t="inlineStr"><is><t>年底前</t></is></c><c r="E2" t="inlineStr"><is><t>未启动</t></is></c></row>`
	sheetPart = "xl/worksheets/sheet1.xml"
)

func sheetOf(rows func(io.Writer), after string) map[string]func(io.Writer) {
	return map[string]func(io.Writer){sheetPart: func(w io.Writer) {
		io.WriteString(w, sheetHead+"<sheetData>"+ledgerTop)
		rows(w)
		io.WriteString(w, "</sheetData>"+after+"</worksheet>")
	}}
}

func many(n int, s string) func(io.Writer) {
	return func(w io.Writer) {
		for range n {
			io.WriteString(w, s)
		}
	}
}

// uneven writes cells; one in forty bears a number that does not compress. So the
// part is small in the file, and its ratio is far from that of a bomb.
func uneven(rows, width int, cell string) func(io.Writer) {
	return func(w io.Writer) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range rows {
			io.WriteString(w, "<row>")
			for i := range width {
				if i%40 == 0 {
					fmt.Fprintf(w, `<c s="%d"/>`, rng.IntN(60000))
				} else {
					io.WriteString(w, cell)
				}
			}
			io.WriteString(w, "</row>")
		}
	}
}

// prose writes n bytes that hardly compress, as a text without markup.
func prose(w io.Writer, rng *rand.Rand, n int) {
	const letters = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ.0123456789"
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[rng.IntN(len(letters))]
	}
	w.Write(b)
}

func text(s string) func(io.Writer) { return func(w io.Writer) { io.WriteString(w, s) } }

func bombs() []bomb {
	wide := strings.Repeat(`<c t="inlineStr"><is><t>x</t></is></c>`, 16384)
	return []bomb{
		{name: "a gigabyte of spaces", parts: sheetOf(many(1<<10, strings.Repeat(" ", 1<<20-64)), "")},
		{name: "a gigabyte of empty cells", parts: sheetOf(many(300, "<row>"+strings.Repeat("<c/>", 16384)+"</row>"),
			""), reads: true},
		{name: "16,384 columns × 600 rows", parts: sheetOf(many(600, "<row>"+wide+"</row>"), "")},
		{name: "1,048,574 empty rows", parts: sheetOf(many(1<<20-2, "<row/>"), ""), reads: true},
		{name: "a cell in the million-and-first column",
			parts: sheetOf(text(`<row r="3"><c r="BDWGO3"><v>1</v></c></row>`), "")},
		{name: "a row beyond the last", parts: sheetOf(text(`<row r="99999999999999999999"><c/></row>`), "")},
		{name: "elements nested a million deep", parts: sheetOf(many(1<<20, "<x>"), "")},
		{name: "one text of 200 MB", parts: sheetOf(func(w io.Writer) {
			io.WriteString(w, `<row r="3"><c r="B3" t="inlineStr"><is><t>`)
			many(200, strings.Repeat("ab", 1<<19))(w)
			io.WriteString(w, `</t></is></c></row>`)
		}, "")},
		{name: "merges of the whole sheet, 50,000 times", parts: sheetOf(text(""), "<mergeCells>"+
			strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 50000)+"</mergeCells>")},
		{name: "a merge of the whole sheet", parts: sheetOf(text(""),
			`<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>`)},
		{name: "lists on the whole sheet, from the whole sheet",
			parts: sheetOf(text(""), "<dataValidations>"+
				strings.Repeat(
					`<dataValidation type="list" sqref="A1:XFD1048576"><formula1>S!$A$1:$XFD$1048576</formula1></dataValidation>`, 2000)+"</dataValidations>")},
		{name: "circular formulas", parts: sheetOf(
			text(`<row r="3"><c r="F3"><f>G3+1</f><v>1</v></c><c r="G3"><f>F3+1</f><v>1</v></c><c r="H3"><f>H3</f></c></row>`), ""), reads: true},
		{name: "circular shared formulas", parts: sheetOf(func(w io.Writer) {
			io.WriteString(w,
				`<row r="3"><c r="F3"><f t="shared" ref="F3:F9999" si="0">F4+G3</f></c><c r="G3"><f t="shared" ref="G3:G9999" si="0">F3</f></c></row>`)
			for r := 4; r < 9999; r++ {
				fmt.Fprintf(w, `<row r="%d"><c r="F%d"><f t="shared" si="0"/><v>1</v></c></row>`, r, r)
			}
		}, "")},
		{name: "a formula of 4 million brackets", parts: sheetOf(text(`<row r="3"><c r="F3"><f>`+
			strings.Repeat("(", 1<<22)+`A2</f><v>1</v></c></row>`), "")},
		{name: "formulas over whole columns, 3,000 times", parts: sheetOf(func(w io.Writer) {
			for r := 3; r < 3003; r++ {
				fmt.Fprintf(w, `<row r="%d"><c r="G%d"><f>SUMPRODUCT(A:XFD*A:XFD)</f><v>1</v></c></row>`, r, r)
			}
		}, "")},
		{name: "half a gigabyte of empty cells, not all equal", parts: sheetOf(uneven(8000, 16000, "<c/>"), "")},
		{name: "as many blank cells as may be", parts: sheetOf(uneven(8000, 1000, "<c/>"), ""), reads: true, few: true},
		{name: "a million tasks: as many filled cells as may be", few: true, reads: true,
			parts: map[string]func(io.Writer){sheetPart: func(w io.Writer) {
				io.WriteString(w, sheetHead+
					`<sheetData><row><c t="str"><v>序号</v></c><c t="str"><v>重点任务</v></c><c t="str"><v>牵头单位</v></c><c t="str"><v>完成状态</v></c></row>`)
				for i := 1; i < 1_000_000; i++ {
					fmt.Fprintf(w,
						`<row><c><v>%d</v></c><c t="str"><v>事项%d</v></c><c t="str"><v>单位%d</v></c><c t="str"><v>未启动</v></c></row>`, i, i*7919%1_000_003, i%200)
				}
				io.WriteString(w, "</sheetData></worksheet>")
			}}},
		{name: "one text of 30,000 letters in a million cells", parts: map[string]func(io.Writer){
			"xl/sharedStrings.xml": text(
				`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` +
					strings.Repeat("月底前", 10000) + `</t></si></sst>`),
			sheetPart: text(sheetHead + "<sheetData>" + ledgerTop + strings.Repeat(`<row>`+
				strings.Repeat(`<c t="s"><v>0</v></c>`, 10)+`</row>`, 100_000) + "</sheetData></worksheet>"),
		}},
		{name: "250 MB of text that does not compress", few: true, reads: true, parts: sheetOf(func(w io.Writer) {
			rng := rand.New(rand.NewPCG(3, 4))
			for range 8000 {
				io.WriteString(w, `<row><c><v>9</v></c><c t="str"><v>`)
				prose(w, rng, 32000)
				io.WriteString(w, "</v></c></row>")
			}
		}, "")},
		{name: "500 MB of shared strings", parts: map[string]func(io.Writer){"xl/sharedStrings.xml": func(w io.Writer) {
			rng := rand.New(rand.NewPCG(5, 6))
			io.WriteString(w, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
			for range 2_000_000 {
				io.WriteString(w, "<si><t>")
				prose(w, rng, 40)
				io.WriteString(w, strings.Repeat("x", 200)+"</t></si>")
			}
			io.WriteString(w, "</sst>")
		}, sheetPart: text(sheetHead + "<sheetData>" + ledgerTop +
			`<row r="3"><c t="s" r="B3"><v>1</v></c></row></sheetData></worksheet>`)}},
		{name: "500 MB of styles", parts: map[string]func(io.Writer){"xl/styles.xml": func(w io.Writer) {
			io.WriteString(w, `<styleSheet><cellXfs>`)
			for i := range 20_000_000 {
				fmt.Fprintf(w, `<xf numFmtId="%d"/>`, i*7919%65521)
			}
			io.WriteString(w, "</cellXfs></styleSheet>")
		}}},
		{name: "one row 30 million times", parts: sheetOf(many(30<<20, `<row r="3"/>`), "")},
		{name: "20 million merged ranges", parts: sheetOf(func(w io.Writer) {
			io.WriteString(w, "</sheetData><mergeCells>")
			many(20<<10, strings.Repeat(`<mergeCell ref="A5:B6"/>`, 1<<10))(w)
			io.WriteString(w, "</mergeCells><sheetData>")
		}, "")},
		{name: "4,000 sheets of one part", reads: true, parts: map[string]func(io.Writer){
			"xl/workbook.xml": func(w io.Writer) {
				io.WriteString(w,
					`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`)
				for i := range 4000 {
					fmt.Fprintf(w, `<sheet name="S%d" sheetId="%d" r:id="rId1"/>`, i, i+1)
				}
				io.WriteString(w, "</sheets></workbook>")
			},
			sheetPart: text(sheetHead + "<sheetData>" + ledgerTop + strings.Repeat(" ", 30<<20) +
				"</sheetData></worksheet>"),
		}},
		{name: "formula-like texts", reads: true,
			parts: sheetOf(
				text(`<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><v>=cmd|' /C calc'!A0</v></c><c r="C3" t="str"><v>@SUM(1)</v></c></row>`), "")},
		{name: "escapes and turned directions", reads: true,
			parts: sheetOf(
				text(`<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><v>_x001B_[2J_x001B_]0;t_x0007_&#x202e;毒</v></c><c r="C3" t="str"><v>&#x2066;局</v></c></row>`), "")},
		{name: "billion laughs", parts: map[string]func(
			io.Writer){
			sheetPart: text(
				`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>` + sheetHead + `<sheetData>` + ledgerTop + `<row r="3"><c r="B3" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>`)}},
		{name: "an entity of a file outside",
			parts: map[string]func(io.Writer){sheetPart: text(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>` +
				sheetHead + `<sheetData>` + ledgerTop +
				`<row r="3"><c r="B3" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>`)}},
		{name: "names that climb out of the folder", reads: true, parts: map[string]func(io.Writer){
			"../../../../tmp/taizhang-escaped": text("x"), "/tmp/taizhang-escaped": text("x"),
			`..\..\taizhang-escaped`: text("x"), `C:\taizhang-escaped`: text("x"),
			"xl/../../taizhang-escaped": text("x"), "a\x00b": text("x"), strings.Repeat("n", 60000): text("x"),
		}},
		{name: "links to outside", reads: true, parts: map[string]func(io.Writer){
			"xl/externalLinks/externalLink1.xml": text(
				`<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>`),
			"xl/externalLinks/_rels/externalLink1.xml.rels": text(
				`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="\\192.0.2.1\share\x.xlsx" TargetMode="External"/></Relationships>`),
		}},
		{name: "19,000 parts", reads: true, parts: func() map[string]func(io.Writer) {
			out := map[string]func(io.Writer){}
			for i := range 19000 {
				out[fmt.Sprintf("xl/junk/%d.xml", i)] = text("<x/>")
			}
			return out
		}()},
		{name: "30,000 parts", parts: func() map[string]func(io.Writer) {
			out := map[string]func(io.Writer){}
			for i := range 30000 {
				out[fmt.Sprintf("xl/junk/%d.xml", i)] = text("<x/>")
			}
			return out
		}()},
		{name: "20 million shared strings",
			parts: map[string]func(io.Writer){"xl/sharedStrings.xml": func(w io.Writer) {
				io.WriteString(w, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
				many(20000, strings.Repeat("<si><t>a</t></si>", 1000))(w)
				io.WriteString(w, "</sst>")
			}, sheetPart: text(sheetHead + "<sheetData>" + ledgerTop +
				`<row r="3"><c t="s" r="B3"><v>19999999</v></c></row></sheetData></worksheet>`)}},
		{name: "a million styles", parts: map[string]func(io.Writer){"xl/styles.xml": func(w io.Writer) {
			io.WriteString(w,
				`<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="1">`)
			many(1<<20, `<xf numFmtId="14"/>`)(w)
			io.WriteString(w, "</cellXfs></styleSheet>")
		}}},
	}
}

func (b bomb) file(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	parts := map[string]func(io.Writer){
		"[Content_Types].xml": text(
			`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`),
		"_rels/.rels": text(
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml": text(
			`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": text(
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`),
		"xl/sharedStrings.xml": text(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`),
		"xl/styles.xml":        text(`<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`),
		sheetPart:              text(sheetHead + "<sheetData>" + ledgerTop + "</sheetData></worksheet>"),
	}
	for name, write := range b.parts {
		parts[name] = write
	}
	for name, write := range parts {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		buf := bufio.NewWriterSize(w, 1<<16)
		write(buf)
		if err := buf.Flush(); err != nil {
			return err
		}
	}
	return z.Close()
}
