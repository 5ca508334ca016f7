// Package book makes the ledgers that benchmarks are run on: a title, a header
// and any number of tasks in 14 columns, whose texts repeat as those of
// ledgers do, stored as Excel stores them (shared strings) or as streaming
// writers do (inline strings). The same arguments give the same bytes.
package book

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
)

const (
	// Sheet is the name of the only sheet.
	Sheet = "台账"
	// Cols is the number of columns of the table.
	Cols = 14
	// Top is the number of rows above the first task: the title and the header.
	Top = 2
	// Status is the column of the status and Progress that of the progress, A being 1.
	Status, Progress = 11, 12
)

// headings are the columns' in order.
var headings = [Cols]any{"序号", "重点领域", "重点任务", "工作内容", "牵头单位", "配合单位", "责任领导", "责任人", "联系电话", "完成时限", "完成状态", "进展情况",
	"填报日期", "备注"}

// row is task n, from 1. An int in the date columns is an Excel date.
func row(n int) [Cols]any {
	return [Cols]any{
		n, "第" + strconv.Itoa(n%20) + "类重点领域", "重点任务" + strconv.Itoa(n), "工作内容：第" + strconv.Itoa(n) + "项，按季度更新并公开",
		"牵头单位" + strconv.Itoa(n%30), "配合单位" + strconv.Itoa(n%30) + "、配合单位" + strconv.Itoa(n%17), "领导" +
			strconv.Itoa(n%12),
		"责任人" + strconv.Itoa(n%300), fmt.Sprintf("0537-%07d", n%5000), 44562 + n%365,
		[3]string{"未启动", "推进中", "已完成"}[n%3],
		"进展情况 " + strconv.Itoa(n/3), 44562 + n%700, "",
	}
}

// Row is task n, from 1, as texts.
func Row(n int) []string { return texts(row(n)) }

// Headings are the columns' in order.
func Headings() []string { return texts(headings) }

func texts(values [Cols]any) []string {
	out := make([]string, Cols)
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return out
}

// Make is the workbook with that many tasks.
func Make(rows int, inline bool) []byte {
	m := maker{inline: inline, index: map[string]int{}}
	fmt.Fprintf(&m.sheet, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
		`<worksheet xmlns="%s"><dimension ref="A1:N%d"/><sheetData>`, mainNS, rows+Top)
	m.row(1, [Cols]any{"2022年重点任务台账"})
	m.row(2, headings)
	for n := 1; n <= rows; n++ {
		m.row(n+Top, row(n))
	}
	m.sheet.WriteString(`</sheetData><mergeCells count="1"><mergeCell ref="A1:N1"/></mergeCells></worksheet>`)
	return m.pack()
}

const (
	mainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	both   = `xmlns="` + mainNS + `" xmlns:r="` + relNS + `"`
	rels   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	types  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

type maker struct {
	inline       bool
	sheet, texts bytes.Buffer
	index        map[string]int // of each shared string
}

func (m *maker) row(r int, values [Cols]any) {
	n := strconv.Itoa(r)
	m.sheet.WriteString(`<row r="` + n + `" spans="1:14">`)
	for i, v := range values {
		at := string(rune('A'+i)) + n
		switch v := v.(type) {
		case int:
			m.sheet.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(min(i, 1)) + `"><v>` + strconv.Itoa(v) +
				`</v></c>`)
		case string:
			m.text(at, v)
		}
	}
	m.sheet.WriteString("</row>")
}

func (m *maker) text(at, v string) {
	switch {
	case v == "":
		m.sheet.WriteString(`<c r="` + at + `" s="1"/>`)
	case m.inline:
		m.sheet.WriteString(`<c r="` + at + `" t="inlineStr"><is><t>` + v + `</t></is></c>`)
	default:
		i, ok := m.index[v]
		if !ok {
			i = len(m.index)
			m.index[v] = i
			m.texts.WriteString("<si><t>" + v + "</t></si>")
		}
		m.sheet.WriteString(`<c r="` + at + `" s="1" t="s"><v>` + strconv.Itoa(i) + `</v></c>`)
	}
}

func (m *maker) pack() []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range [][2]string{
		{"[Content_Types].xml",
			`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/>` +
				`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + types + `worksheet+xml"/>` +
				`<Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/>` +
				`<Override PartName="/xl/sharedStrings.xml" ContentType="` + types + `sharedStrings+xml"/></Types>`},
		{"_rels/.rels", rels + `<Relationship Id="rId1" Type="` + relNS +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + both + `><sheets><sheet name="` + Sheet +
			`" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", rels + `<Relationship Id="rId1" Type="` + relNS +
			`/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relNS + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + both +
			`><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
		{"xl/sharedStrings.xml", fmt.Sprintf(`<sst %s count="%d" uniqueCount="%[2]d">%s</sst>`, both, len(m.index),
			m.texts.String())},
		{"xl/worksheets/sheet1.xml", m.sheet.String()},
	} {
		f, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(f, p[1])
		}
		if err != nil {
			panic(fmt.Sprintf("book: writing to memory failed: %v", err))
		}
	}
	if err := z.Close(); err != nil {
		panic(fmt.Sprintf("book: writing to memory failed: %v", err))
	}
	return out.Bytes()
}
