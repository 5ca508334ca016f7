package xmlpart

import (
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
func stream(data string, window int, slow bool) *Scanner {
	var src io.Reader = strings.NewReader(data)
	if slow {
		src = iotest.OneByteReader(src)
	}
	return NewStream(src, int64(len(data)), window)
}

func TestStreamHasTheTokensOfThePart(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"<a>", "</a>", "<x:row r='1'>", "</x:row>", "<c r=\"A1\" t=\"s\"/>", "<v>12</v>", "text &amp; 中文",
		strings.Repeat("长文", 3000),
		"<!-- <a> -->", "<![CDATA[</a>]]>", "<?go?>", "<!DOCTYPE a [<!ELEMENT a ANY>]>", "<a b='" +
			strings.Repeat("x", 5000) + "'>", "<", "&", "]]>", "\ufeff",
	})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		whole := rapid.Bool().Draw(t, "well-formed")
		if whole {
			b.WriteString("<root>")
		}
		for _, p := range rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces") {
			if whole && strings.HasPrefix(p, "<") && !strings.HasSuffix(p, "/>") && !strings.HasPrefix(p, "<v>") &&
				!strings.HasPrefix(p, "<!-") && !strings.HasPrefix(p, "<![") {
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
	for s.Next() {
		if s.Kind != StartTag || !s.Is("c") {
			continue
		}
		rows++
		if got := s.Value("r"); got != "A7" {
			t.Fatalf("cell %d is %q", rows, got)
		}
		if raw, ok := s.Leaf('v'); !ok || string(raw) != "1" || !s.Is("c") {
			t.Fatalf("cell %d holds %q, %v", rows, raw, ok)
		}
	}
	if s.Err() != nil || rows != 5000 || s.Consumed() != int(s.Size) {
		t.Errorf("%d rows, %d of %d bytes, %v", rows, s.Consumed(), s.Size, s.Err())
	}
	if cap(s.Data) > 4*streamAhead {
		t.Errorf("the window grew to %d bytes", cap(s.Data))
	}
}
