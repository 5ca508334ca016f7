package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// corpusFiles lists the workbooks of the shared test corpus, which lies beside
// the repository on machines that have it; elsewhere the test is skipped.
func corpusFiles(t testing.TB) []string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if files, _ := filepath.Glob(filepath.Join(dir, "shared", "corpus", "*.xls?")); len(files) > 0 {
			return files
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("no corpus of workbooks beside the repository")
	return nil
}

// zipOf makes a zip file with the standard library, whose entries all have
// data descriptors.
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// rawEntry is an entry as archive/zip, our oracle, finds it.
type rawEntry struct {
	header zip.FileHeader
	local  []byte // header before the content
	packed []byte
	offset int64 // of packed in the file
}

func rawEntries(t testing.TB, data []byte) []rawEntry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("archive/zip: %v", err)
	}
	var list []rawEntry
	for _, f := range z.File {
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		packed, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		offset, err := f.DataOffset()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		local := data[bytes.LastIndex(data[:offset], []byte("PK\x03\x04")):offset]
		list = append(list, rawEntry{f.FileHeader, local, packed, offset})
	}
	return list
}

// sameExcept checks that after holds before's entries in the same order, each
// byte for byte as it was stored, but for the parts named in changed, and that
// only the parts in added follow.
func sameExcept(t testing.TB, before, after []byte, changed, added []string) {
	t.Helper()
	in := func(list []string, name string) bool {
		for _, n := range list {
			if foldPart(n) == foldPart(name) {
				return true
			}
		}
		return false
	}
	old, now := rawEntries(t, before), rawEntries(t, after)
	if len(now) < len(old) {
		t.Fatalf("%d entries became %d", len(old), len(now))
	}
	for i, o := range old {
		n := now[i]
		if o.header.Name != n.header.Name {
			t.Fatalf("entry %d: %s became %s", i, o.header.Name, n.header.Name)
		}
		if i > 0 && (old[i-1].offset < o.offset) != (now[i-1].offset < n.offset) {
			t.Errorf("%s and %s changed places in the file", old[i-1].header.Name, o.header.Name)
		}
		if !o.header.Modified.Equal(n.header.Modified) || o.header.Comment != n.header.Comment || o.header.ExternalAttrs != n.header.ExternalAttrs || o.header.NonUTF8 != n.header.NonUTF8 {
			t.Errorf("%s: attributes changed: %+v, was %+v", o.header.Name, n.header, o.header)
		}
		if in(changed, o.header.Name) {
			continue
		}
		if !bytes.Equal(o.packed, n.packed) || !bytes.Equal(o.local, n.local) || o.header.Method != n.header.Method || o.header.Flags != n.header.Flags || !bytes.Equal(o.header.Extra, n.header.Extra) || o.header.CRC32 != n.header.CRC32 {
			t.Errorf("%s is not as it was stored", o.header.Name)
		}
	}
	for _, n := range now[len(old):] {
		if !in(added, n.header.Name) {
			t.Errorf("unexpected new part %s", n.header.Name)
		}
	}
	z, _ := zip.NewReader(bytes.NewReader(after), int64(len(after)))
	for _, f := range z.File {
		if in(changed, f.Name) || in(added, f.Name) {
			r, err := f.Open()
			if err == nil {
				_, err = io.Copy(io.Discard, r)
			}
			if err != nil {
				t.Errorf("%s cannot be read back: %v", f.Name, err)
			}
		}
	}
}

func TestPackKeepsUnchangedEntriesAsStored(t *testing.T) {
	for _, file := range corpusFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := openContainer(file, data, Limits{})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(file), err)
			continue
		}
		names := c.names()
		if len(names) == 0 {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			changed := names[len(names)/2]
			out, err := c.pack(edition{
				changed: map[string]rope{foldPart(changed): {[]byte("<new/>")}},
				added:   []addedPart{{"new/part.xml", []byte("<added/>")}},
			})
			if err != nil {
				t.Fatal(err)
			}
			sameExcept(t, data, out, []string{changed}, []string{"new/part.xml"})
			again, err := openContainer(file, out, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{changed: "<new/>", "NEW/part.xml": "<added/>"} {
				if got, err := again.part(name); string(got) != want || err != nil {
					t.Errorf("%s = %q, %v", name, got, err)
				}
			}
		})
	}
}

func TestPackKeepsLeadingBytesAndComment(t *testing.T) {
	plain := zipOf(t, "a", "one", "b", "two")
	plain[len(plain)-2] = 4
	data := append([]byte("leading bytes"), append(plain, "note"...)...)
	c, err := openContainer("x", data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.pack(edition{changed: map[string]rope{"a": {[]byte("three")}}})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(out, []byte("leading bytes")) || !bytes.HasSuffix(out, []byte("note")) {
		t.Error("bytes around the zip are lost")
	}
	sameExcept(t, data, out, []string{"a"}, nil)
}

func TestDeflateIsReadBackAtEverySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 100, deflateChunk - 1, deflateChunk, deflateChunk + 1, 2*deflateChunk + 77}).Draw(t, "size")
		word := rapid.SliceOfN(rapid.Byte(), 1, 50).Draw(t, "word")
		data := bytes.Repeat(word, n/len(word)+1)[:n]
		cut := rapid.IntRange(0, n).Draw(t, "cut")
		pieces, err := deflate(rope{data[:cut], data[cut:]})
		if err != nil {
			t.Fatal(err)
		}
		packed := pieces.flat()
		c := &container{data: packed}
		z := &entry{method: methodDeflate, packed: int64(len(packed)), size: int64(n), crc: crc32.ChecksumIEEE(data)}
		if got, err := c.inflate(z); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("content differs: %v", err)
		}
	})
}

func TestDamagedContainers(t *testing.T) {
	good := zipOf(t, "a.xml", strings.Repeat("text ", 1000), "b.xml", "more")
	bomb := zipOf(t, "a.xml", strings.Repeat("\x00", ratioFloor+1))
	cut := func(n int) []byte { return good[:len(good)-n] }
	patch := func(at int, b ...byte) []byte {
		d := bytes.Clone(good)
		copy(d[at:], b)
		return d
	}
	dir := bytes.Index(good, []byte("PK\x01\x02"))
	for name, c := range map[string]struct {
		data   []byte
		limits Limits
		want   error
	}{
		"end missing":           {cut(10), Limits{}, ErrDamaged},
		"directory missing":     {good[:dir], Limits{}, ErrDamaged},
		"checksum":              {patch(dir+16, 1, 2, 3, 4), Limits{}, ErrDamaged},
		"size too small":        {patch(dir+24, 1, 0, 0, 0), Limits{}, ErrDamaged},
		"offset out of bounds":  {patch(dir+42, 0xFF, 0xFF, 0xFF, 0x7F), Limits{}, ErrDamaged},
		"content out of bounds": {patch(dir+20, 0xFF, 0xFF, 0xFF, 0x7F), Limits{}, ErrDamaged},
		"unknown method":        {patch(dir+10, 99), Limits{}, ErrDamaged},
		"file limit":            {good, Limits{File: 100}, ErrTooLarge},
		"part limit":            {good, Limits{Part: 4999}, ErrTooLarge},
		"total limit":           {good, Limits{Total: 4999}, ErrTooLarge},
		"parts limit":           {good, Limits{Parts: 1}, ErrTooLarge},
		"ratio":                 {bomb, Limits{}, ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			z, err := openContainer("x.xlsx", c.data, c.limits)
			if err == nil {
				_, err = z.part("a.xml")
			}
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func FuzzContainer(f *testing.F) {
	f.Add(zipOf(f, "a.xml", "text", "b/c.xml", "more"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := openContainer("x", data, Limits{Part: 1 << 20, Total: 1 << 22})
		if err != nil {
			return
		}
		for _, name := range c.names() {
			c.part(name)
		}
		if len(c.entries) == 0 {
			return
		}
		out, err := c.pack(edition{added: []addedPart{{"new", []byte("x")}}})
		if err != nil {
			t.Fatal(err)
		}
		again, err := openContainer("x", out, Limits{Part: 1 << 20, Total: 1 << 22, Parts: 70000})
		if err != nil {
			t.Fatalf("what was packed does not open: %v", err)
		}
		if len(again.entries) != len(c.entries)+1 {
			t.Fatal("entries lost")
		}
	})
}
