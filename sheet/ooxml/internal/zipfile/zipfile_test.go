package zipfile

import (
	"bytes"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/ooxml/internal/ziptest"
)

func TestPackKeepsUnchangedEntriesAsStored(t *testing.T) {
	for _, file := range ziptest.CorpusFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Open(data, Limits{})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(file), err)
			continue
		}
		names := c.Names()
		if len(names) == 0 {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			changed := names[len(names)/2]
			out, err := c.Pack(Edition{
				Changed: map[string]Content{Fold(changed): {[]byte("<new/>")}},
				Added:   []Part{{"new/part.xml", []byte("<added/>")}},
			})
			if err != nil {
				t.Fatal(err)
			}
			ziptest.SameExcept(t, data, out, []string{changed}, []string{"new/part.xml"})
			again, err := Open(out, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{changed: "<new/>", "NEW/part.xml": "<added/>"} {
				if got, err := again.Part(name); string(got) != want || err != nil {
					t.Errorf("%s = %q, %v", name, got, err)
				}
			}
		})
	}
}

func TestPackKeepsLeadingBytesAndComment(t *testing.T) {
	plain := ziptest.Of(t, "a", "one", "b", "two")
	plain[len(plain)-2] = 4
	data := append([]byte("leading bytes"), append(plain, "note"...)...)
	c, err := Open(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.Pack(Edition{Changed: map[string]Content{"a": {[]byte("three")}}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out, []byte("leading bytes")) || !bytes.HasSuffix(out, []byte("note")) {
		t.Error("bytes around the zip are lost")
	}
	ziptest.SameExcept(t, data, out, []string{"a"}, nil)
}

func TestDeflateIsReadBackAtEverySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 100, deflateChunk - 1, deflateChunk, deflateChunk + 1,
			2*deflateChunk + 77}).Draw(t, "size")
		word := rapid.SliceOfN(rapid.Byte(), 1, 50).Draw(t, "word")
		data := bytes.Repeat(word, n/len(word)+1)[:n]
		cut := rapid.IntRange(0, n).Draw(t, "cut")
		pieces, err := Deflate(Content{data[:cut], data[cut:]})
		if err != nil {
			t.Fatal(err)
		}
		packed := pieces.Flat()
		c := &File{data: packed}
		z := &entry{method: methodDeflate, packed: int64(len(packed)), size: int64(n), crc: crc32.ChecksumIEEE(data)}
		if got, err := c.inflate(z); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("content differs: %v", err)
		}
	})
}

func TestDamagedContainers(t *testing.T) {
	good := ziptest.Of(t, "a.xml", strings.Repeat("text ", 1000), "b.xml", "more")
	bomb := ziptest.Of(t, "a.xml", strings.Repeat("\x00", ratioFloor+1))
	cut := func(n int) []byte { return good[:len(good)-n] }
	patch := func(at int, b ...byte) []byte {
		d := bytes.Clone(good)
		copy(d[at:], b)
		return d
	}
	dir := bytes.Index(good, []byte("PK\x01\x02"))
	damage := func(err error) bool { return errors.As(err, new(*DamageError)) }
	limit := func(err error) bool { return errors.As(err, new(*LimitError)) }
	truncated := func(err error) bool { return errors.Is(err, ErrTruncated) }
	for name, c := range map[string]struct {
		data   []byte
		limits Limits
		want   func(error) bool
	}{
		"end missing":           {cut(10), Limits{}, truncated},
		"directory missing":     {good[:dir], Limits{}, truncated},
		"checksum":              {patch(dir+16, 1, 2, 3, 4), Limits{}, damage},
		"size too small":        {patch(dir+24, 1, 0, 0, 0), Limits{}, damage},
		"offset out of bounds":  {patch(dir+42, 0xFF, 0xFF, 0xFF, 0x7F), Limits{}, damage},
		"content out of bounds": {patch(dir+20, 0xFF, 0xFF, 0xFF, 0x7F), Limits{}, damage},
		"unknown method":        {patch(dir+10, 99), Limits{}, damage},
		"file limit":            {good, Limits{File: 100}, limit},
		"part limit":            {good, Limits{Part: 4999}, limit},
		"total limit":           {good, Limits{Total: 4999}, limit},
		"parts limit":           {good, Limits{Parts: 1}, limit},
		"ratio":                 {bomb, Limits{}, limit},
	} {
		t.Run(name, func(t *testing.T) {
			z, err := Open(c.data, c.limits)
			if err == nil {
				_, err = z.Part("a.xml")
			}
			if !c.want(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzContainer(f *testing.F) {
	f.Add(ziptest.Of(f, "a.xml", "text", "b/c.xml", "more"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Open(data, Limits{Part: 1 << 20, Total: 1 << 22})
		if err != nil {
			return
		}
		for _, name := range c.Names() {
			c.Part(name)
		}
		if len(c.entries) == 0 {
			return
		}
		out, err := c.Pack(Edition{Added: []Part{{"new", []byte("x")}}})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Open(out, Limits{Part: 1 << 20, Total: 1 << 22, Parts: 70000})
		if err != nil {
			t.Fatalf("what was packed does not open: %v", err)
		}
		if len(again.entries) != len(c.entries)+1 {
			t.Fatal("entries lost")
		}
	})
}

// Some programs write folders as entries, and more than once.
func TestAFolderMayBeListedTwice(t *testing.T) {
	if _, err := Open(ziptest.Of(t, "xl/", "", "xl/", "", "xl/a.xml", "<a/>"), Limits{}); err != nil {
		t.Error(err)
	}
}
