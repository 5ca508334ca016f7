package ooxml

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// stream scans data through a window that begins with so many bytes, fed byte by
// byte or in larger pieces.
func stream(data string, window int, slow bool) *scanner {
	var src io.Reader = strings.NewReader(data)
	if slow {
		src = iotest.OneByteReader(src)
	}
	return newStream(src, int64(len(data)), window)
}

func TestStreamHasTheTokensOfThePart(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"<a>", "</a>", "<x:row r='1'>", "</x:row>", "<c r=\"A1\" t=\"s\"/>", "<v>12</v>", "text &amp; 中文", strings.Repeat("长文", 3000),
		"<!-- <a> -->", "<![CDATA[</a>]]>", "<?go?>", "<!DOCTYPE a [<!ELEMENT a ANY>]>", "<a b='" + strings.Repeat("x", 5000) + "'>", "<", "&", "]]>", "\ufeff",
	})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		whole := rapid.Bool().Draw(t, "well-formed")
		if whole {
			b.WriteString("<root>")
		}
		for _, p := range rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces") {
			if whole && strings.HasPrefix(p, "<") && !strings.HasSuffix(p, "/>") && !strings.HasPrefix(p, "<v>") && !strings.HasPrefix(p, "<!-") && !strings.HasPrefix(p, "<![") {
				continue
			}
			b.WriteString(p)
		}
		if whole {
			b.WriteString("</root>")
		}
		data := b.String()
		want, wantErr := describe(data)
		got, err := tokens(stream(data, rapid.IntRange(0, 9000).Draw(t, "window"), rapid.Bool().Draw(t, "slow")))
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
		if fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%v, not %v", err, wantErr)
		}
	})
}

func TestStreamKeepsTheTokenItStandsOn(t *testing.T) {
	s := stream("<sheetData>"+strings.Repeat(`<row r="7"><c r="A7"><v>1</v></c></row>`, 5000)+"</sheetData>", 64, false)
	rows := 0
	for s.next() {
		if s.kind != tokStart || !s.is("c") {
			continue
		}
		rows++
		if got := s.value("r"); got != "A7" {
			t.Fatalf("cell %d is %q", rows, got)
		}
		if raw, ok := s.leaf('v'); !ok || string(raw) != "1" || !s.is("c") {
			t.Fatalf("cell %d holds %q, %v", rows, raw, ok)
		}
	}
	if s.err() != nil || rows != 5000 || s.read() != int(s.size) {
		t.Errorf("%d rows, %d of %d bytes, %v", rows, s.read(), s.size, s.err())
	}
	if cap(s.data) > 4*streamAhead {
		t.Errorf("the window grew to %d bytes", cap(s.data))
	}
}

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
