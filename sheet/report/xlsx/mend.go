package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
)

// What excelize writes otherwise than other programs read it.

var reCore = regexp.MustCompile(
	`<(/?)(coreProperties|lastModifiedBy|category|contentStatus|keywords|lastPrinted|revision|version)\b`)

// withPrefix gives the elements of the core properties the prefix that every
// program writes and exceljs insists on.
func withPrefix(raw []byte) []byte {
	raw = bytes.Replace(raw, []byte("<coreProperties xmlns="), []byte("<coreProperties xmlns:cp="), 1)
	return reCore.ReplaceAll(raw, []byte("<${1}cp:$2"))
}

var (
	reSheetName  = regexp.MustCompile(`<sheet [^>]*?name="([^"]*)"`)
	reFilterName = regexp.MustCompile(`(<definedName [^>]*>)([^<]*)(</definedName>)`)
	reLocalID    = regexp.MustCompile(`localSheetId="(\d+)"`)
)

// withFilterNames quotes the names of sheets in the names of their filters:
// Mayor's Office has an apostrophe, which counts twice there.
func withFilterNames(raw []byte) []byte {
	var sheets []string
	for _, m := range reSheetName.FindAllSubmatch(raw, -1) {
		sheets = append(sheets, html.UnescapeString(string(m[1])))
	}
	return reFilterName.ReplaceAllFunc(raw, func(name []byte) []byte {
		m := reFilterName.FindSubmatch(name)
		id := reLocalID.FindSubmatch(m[1])
		at := bytes.LastIndexByte(m[2], '!')
		if !bytes.Contains(m[1], []byte("_xlnm._FilterDatabase")) || id == nil || at < 0 {
			return name
		}
		n, err := strconv.Atoi(string(id[1]))
		if err != nil || n >= len(sheets) {
			return name
		}
		var out bytes.Buffer
		out.Write(m[1])
		xml.EscapeText(&out, []byte("'"+strings.ReplaceAll(sheets[n], "'", "''")+"'"))
		out.Write(m[2][at:])
		out.Write(m[3])
		return out.Bytes()
	})
}

var reTabColour = regexp.MustCompile(`(<tabColor rgb=")([0-9A-Fa-f]{6}")`)

// withFullColour writes the opacity of a tab's colour, which the format wants.
func withFullColour(raw []byte) []byte { return reTabColour.ReplaceAll(raw, []byte("${1}FF$2")) }

var (
	noDimension = []byte(`<dimension ref="A1">`)
	reCellAt    = regexp.MustCompile(`<c r="([A-Z]{1,3}[0-9]{1,7})"`)
)

// withDimension says how far a sheet reaches where excelize says A1, which
// readers of rows believe.
func withDimension(raw []byte) []byte {
	if !bytes.Contains(raw, noDimension) {
		return raw
	}
	last := a1.At(1, 1)
	for _, m := range reCellAt.FindAllSubmatch(raw, -1) {
		if at, ok := a1.ParseRef(m[1]); ok {
			last = a1.At(max(last.Row, at.Row), max(last.Col, at.Col))
		}
	}
	return bytes.Replace(raw, noDimension, fmt.Appendf(nil, `<dimension ref="%s">`,
		a1.Range{First: a1.At(1, 1), Last: last}), 1)
}

var reTextResult = regexp.MustCompile(
	`(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="str"(><f>[^<]*</f><v>-?[0-9]+(?:\.[0-9]+)?</v></c>)`)

// withNumbers makes numbers of the results of formulas that are numbers: excelize calls
// every result a text, and who counts on it does not calculate it anew.
func withNumbers(raw []byte) []byte { return reTextResult.ReplaceAll(raw, []byte("${1}${2}")) }
