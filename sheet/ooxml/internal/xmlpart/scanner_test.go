package xmlpart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describe lists the tokens of data in a short notation.
func describe(data string) (list []string, err error) {
	return tokens(NewScanner([]byte(data)))
}

func tokens(s *Scanner) (list []string, err error) {
	for s.Next() {
		var b strings.Builder
		b.WriteString([]string{"", "+", "-", "0", "t ", "c ", "#", "?", "!"}[s.Kind])
		switch s.Kind {
		case StartTag, EndTag, EmptyTag:
			b.WriteString(string(s.Prefix()) + "|" + string(s.LocalName()))
			if s.Kind != EndTag {
				for i := range s.Attrs {
					a := &s.Attrs[i]
					b.WriteString(" " + string(s.Data[a.Name.Start:a.Name.End]) + "=" + s.Decode(a))
				}
			}
		case Chars, CDATA:
			b.Write(s.AppendText(nil))
		}
		list = append(list, b.String())
	}
	return list, s.Err()
}

func TestScannerTokens(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"declaration and empty root", `<?xml version="1.0"?><a/>`, []string{"?", "0|a"}},
		{"byte order mark", "\ufeff<a>x</a>", []string{"+|a", "t x", "-|a"}},
		{"prefixes", `<x:a x:b='1'><x:c/></x:a >`, []string{"+x|a x:b=1", "0x|c", "-x|a"}},
		{"greater-than in a value", `<a b="x>y" c='"'/>`, []string{`0|a b=x>y c="`}},
		{"references", `<a b="&lt;&#x4E2D;&#10;">&amp;&#25919;&apos;</a>`, []string{"+|a b=<中\n", "t &政'", "-|a"}},
		{"line ends", "<a b='1\r\n2\t3'>x\r\ny\rz</a>", []string{"+|a b=1 2 3", "t x\ny\nz", "-|a"}},
		{"unknown reference stays", `<a>R&D &nbsp; &#0;</a>`, []string{"+|a", "t R&D &nbsp; \uFFFD", "-|a"}},
		{"CDATA", `<a><![CDATA[<b>&amp;]]]]></a>`, []string{"+|a", "c <b>&amp;]]", "-|a"}},
		{"comment and instruction", `<!-- <x> --><a><!--</a>--><?go <b?></a>`, []string{"#", "+|a", "#", "?", "-|a"}},
		{"plain document type", `<!DOCTYPE a [<!ELEMENT a ANY><!-- > ] -->]><a/>`, []string{"!", "0|a"}},
		{"invalid UTF-8", "<a>\xff中</a>", []string{"+|a", "t \uFFFD中", "-|a"}},
		{"space around equals", "<a\n b = '1'\t/>", []string{"0|a b=1"}},
		{"white space at the ends", "\n<a/>\n", []string{"t \n", "0|a", "t \n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := describe(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestScannerRefusesWhatIsNotWellFormed(t *testing.T) {
	for _, c := range []struct {
		in  string
		off int
	}{
		{"", 0},
		{"  ", 2},
		{"x<a/>", 0},
		{"<a>", 3},
		{"<a></b>", 3},
		{"<a></ab>", 3},
		{"<ab></a>", 4},
		{"<a><b></a></b>", 6},
		{"</a>", 0},
		{"<a/><b/>", 4},
		{"<a></a><b></b>", 7},
		{"<a/>x", 4},
		{"<a b></a>", 3},
		{"<a b=1/>", 3},
		{`<a b="1"c="2"/>`, 8},
		{`<a b="1" b="2"/>`, 9},
		{`<a b="<"/>`, 6},
		{`<a b="1`, 3},
		{"<a", 0},
		{"<a /", 3},
		{"<", 0},
		{"<>", 0},
		{"< a/>", 0},
		{"<x:/>", 0},
		{"<a><!-- </a>", 3},
		{"<a><![CDATA[</a>", 3},
		{"<a><!x></a>", 3},
		{"<?xml", 0},
		{"<!DOCTYPE a", 0},
		{strings.Repeat("<a>", maxDepth+1), 3 * maxDepth},
	} {
		_, err := describe(c.in)
		var syn *SyntaxError
		if !errors.As(err, &syn) {
			t.Errorf("%.40q: error %v, want a syntax error", c.in, err)
		} else if syn.Off != c.off {
			t.Errorf("%.40q: %v, want byte %d", c.in, syn, c.off)
		}
	}
}

func TestScannerRefusesEntityDeclarations(t *testing.T) {
	_, err := describe(`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`)
	var entity *EntityError
	if !errors.As(err, &entity) {
		t.Fatalf("error %v", err)
	}
}

func TestSkipAndContentEndOnTheEndTag(t *testing.T) {
	s := NewScanner([]byte(`<a><b><b>1</b><c/>2<![CDATA[3]]></b><d/></a>`))
	s.Next()
	s.Next()
	if got := string(s.Content(nil)); got != "123" || s.Kind != EndTag || !s.Is("b") {
		t.Fatalf("content %q, then %s", got, s.Raw())
	}
	if s.Next(); string(s.Raw()) != "<d/>" {
		t.Fatalf("then %s", s.Raw())
	}
	s.Reset([]byte(`<a><b><b/><b>1</b></b><d/></a>`))
	s.Next()
	s.Next()
	s.Skip()
	if s.Next(); string(s.Raw()) != "<d/>" {
		t.Fatalf("after skip %s", s.Raw())
	}
}

func TestPartsInOtherEncodings(t *testing.T) {
	utf16le := func(s string, bom bool) []byte {
		var b []byte
		if bom {
			b = append(b, 0xFF, 0xFE)
		}
		for _, r := range s {
			b = append(b, byte(r), byte(r>>8))
		}
		return b
	}
	for _, c := range []struct {
		name      string
		in        []byte
		want      string
		converted bool
	}{
		{"UTF-8", []byte(`<a>中</a>`), `<a>中</a>`, false},
		{"UTF-16 with mark", utf16le(`<?xml encoding="UTF-16"?><a>中</a>`, true), `<?xml encoding="UTF-8"?><a>中</a>`,
			true},
		{"UTF-16 without mark", utf16le(`<a>中</a>`, false), `<a>中</a>`, true},
		{"UTF-16 big-endian, surrogates", []byte("\xfe\xff\x00<\x00a\x00>\xd8\x40\xdc\x0b\x00<\x00/\x00a\x00>"),
			"<a>\U0002000B</a>", true},
		{"GB18030", []byte("<?xml version='1.0' encoding='GB18030'?><a>\xd6\xd0</a>"),
			"<?xml version='1.0' encoding='UTF-8'?><a>中</a>", true},
		{"declaration that errs", []byte(`<?xml encoding="UTF-16"?><a/>`), `<?xml encoding="UTF-16"?><a/>`, false},
	} {
		got, converted, err := UTF8(c.in)
		if err != nil || string(got) != c.want || converted != c.converted {
			t.Errorf("%s: %q %v %v", c.name, got, converted, err)
		}
	}
	if _, _, err := UTF8([]byte(`<?xml encoding="klingon"?><a/>`)); err == nil {
		t.Error("an unknown encoding was accepted")
	}
}

// FuzzScanner holds that tokens tile the part without gap, and that whatever
// encoding/xml accepts has the same elements and the same text here.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{
		`<?xml version="1.0"?><a b="1"><c/>x&amp;y<![CDATA[z]]><!-- - --></a>`,
		`<!DOCTYPE a [<!ELEMENT a ANY>]><a/>`, "\ufeff<x:a xmlns:x='u'> </x:a >", "<a><b></a>", "<a b='>'/>\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := NewScanner(data)
		at := s.End
		var names []string
		var text []byte
		for s.Next() {
			if s.Start != at || s.End <= s.Start || s.End > len(data) {
				t.Fatalf("token [%d,%d) after %d of %d", s.Start, s.End, at, len(data))
			}
			at = s.End
			switch s.Kind {
			case StartTag, EmptyTag:
				names = append(names, string(s.LocalName()))
				for i := range s.Attrs {
					a := &s.Attrs[i]
					if a.Name.Start < s.Name.End || a.Value.End >= s.End || a.Value.Start <= a.Name.End {
						t.Fatalf("attribute %+v outside its tag [%d,%d)", a, s.Start, s.End)
					}
				}
			}
			if s.Depth() > 0 {
				text = s.AppendText(text)
			}
		}
		if s.Err() == nil && at != len(data) {
			t.Fatalf("stopped at %d of %d without error", at, len(data))
		}
		if s.Err() != nil || bytes.ContainsAny(data, "!?") {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		var wantNames []string
		var wantText []byte
		depth := 0
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				wantNames = append(wantNames, tok.Name.Local)
				depth++
			case xml.EndElement:
				depth--
			case xml.CharData:
				if depth > 0 {
					wantText = append(wantText, tok...)
				}
			}
		}
		if d := cmp.Diff(wantNames, names); d != "" {
			t.Error(d)
		}
		if !bytes.Equal(wantText, text) {
			t.Errorf("text %q, want %q", text, wantText)
		}
	})
}
