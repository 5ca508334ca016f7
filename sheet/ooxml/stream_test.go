package ooxml

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// largeSheet is a workbook whose sheet is too large to be kept once it was read,
// and is therefore streamed, after spoil has changed the file.
func largeSheet(t *testing.T, rows string, spoil func(file []byte, e *entry)) (*Workbook, error) {
	t.Helper()
	data := oneSheet("<sheetData>" + rows + "</sheetData>").bytes(t)
	c, err := openContainer("large.xlsx", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	e := c.byName["xl/worksheets/sheet1.xml"]
	if e.size <= smallPart {
		t.Fatalf("%d bytes are not large", e.size)
	}
	file := bytes.Clone(data)
	spoil(file, e)
	return Read("large.xlsx", file, Options{})
}

func TestStreamedSheetIsVerified(t *testing.T) {
	rows := strings.Repeat(`<row><c t="str"><v>政务公开</v></c></row>`, 40_000)
	central := func(file []byte) int { return bytes.LastIndex(file, []byte("xl/worksheets/sheet1.xml")) - lenCentral }
	for name, spoil := range map[string]func([]byte, *entry){
		"another sum":      func(file []byte, e *entry) { file[central(file)+16] ^= 1 },
		"longer than told": func(file []byte, e *entry) { binary.LittleEndian.PutUint32(file[central(file)+24:], uint32(e.size-9)) },
		"shorter":          func(file []byte, e *entry) { binary.LittleEndian.PutUint32(file[central(file)+24:], uint32(e.size+9)) },
		"a byte is wrong":  func(file []byte, e *entry) { file[e.body+int(e.packed)/2] ^= 0xff },
	} {
		t.Run(name, func(t *testing.T) {
			w, err := largeSheet(t, rows, spoil)
			if err == nil {
				_, err = w.Sheet("S")
			}
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "large.xlsx") {
				t.Errorf("%v", err)
			}
		})
	}
	w, err := largeSheet(t, rows, func([]byte, *entry) {})
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
