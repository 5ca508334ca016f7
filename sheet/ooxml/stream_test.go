package ooxml_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"taizhang/sheet/ooxml"
	"testing"
)

// largeSheet is a workbook whose sheet is too large to be kept once it was read,
// and is therefore streamed, after spoil has changed the file, in whose directory
// its record stands at dir.
func largeSheet(t *testing.T, rows string, spoil func(file []byte, dir int)) (*ooxml.Workbook, error) {
	t.Helper()
	data := oneSheet("<sheetData>" + rows + "</sheetData>").bytes(t)
	dir := bytes.LastIndex(data, []byte("xl/worksheets/sheet1.xml")) - 46
	if size := binary.LittleEndian.Uint32(data[dir+24:]); size <= 1<<20 {
		t.Fatalf("%d bytes are not large", size)
	}
	file := bytes.Clone(data)
	spoil(file, dir)
	return ooxml.Read("large.xlsx", file, ooxml.Options{})
}

func TestStreamedSheetIsVerified(t *testing.T) {
	rows := strings.Repeat(`<row><c t="str"><v>政务公开</v></c></row>`, 40_000)
	resize := func(by int) func([]byte, int) {
		return func(file []byte, dir int) {
			size := file[dir+24:]
			binary.LittleEndian.PutUint32(size, uint32(int(binary.LittleEndian.Uint32(size))+by))
		}
	}
	for name, spoil := range map[string]func(file []byte, dir int){
		"another sum":      func(file []byte, dir int) { file[dir+16] ^= 1 },
		"longer than told": resize(-9),
		"shorter":          resize(9),
		"a byte is wrong": func(file []byte, dir int) {
			local := int(binary.LittleEndian.Uint32(file[dir+42:]))
			packed := int(binary.LittleEndian.Uint32(file[dir+20:]))
			file[local+30+len("xl/worksheets/sheet1.xml")+packed/2] ^= 0xff
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := largeSheet(t, rows, spoil)
			if err == nil {
				_, err = w.Sheet("S")
			}
			if !errors.Is(err, ooxml.ErrDamaged) || !strings.Contains(err.Error(), "large.xlsx") {
				t.Errorf("%v", err)
			}
		})
	}
	w, err := largeSheet(t, rows, func([]byte, int) {})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Sheet("S")
	if err != nil || len(s.Cells) != 40_000 || s.Cells[39_999].Value != "政务公开" {
		t.Errorf("%d cells, %v", len(s.Cells), err)
	}
}

func TestStreamedSheetInAnotherEncoding(t *testing.T) {
	inner := strings.Repeat(`<row><c t="str"><v>政务公开</v></c></row>`, 40_000)
	var utf16 []byte
	for _, r := range "<worksheet><sheetData>" + inner + "</sheetData></worksheet>" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	w := oneSheet("").with("xl/worksheets/sheet1.xml", string(utf16)).read(t)
	s, err := w.Sheet("S")
	if err != nil || len(s.Cells) != 40_000 || s.Cells[0].Value != "政务公开" {
		t.Errorf("%v", err)
	}
}
