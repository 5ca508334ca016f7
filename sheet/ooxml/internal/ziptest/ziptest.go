// Package ziptest makes zip files for tests and compares them with another reader
// than the one under test.
package ziptest

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// CorpusFiles lists the workbooks of the shared test corpus, which lies beside
// the repository on machines that have it; elsewhere the test is skipped.
func CorpusFiles(t testing.TB) []string {
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

// Of makes a zip file with the standard library, whose entries all have
// data descriptors.
func Of(t testing.TB, parts ...string) []byte {
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

// SameExcept checks that after holds before's entries in the same order, each
// byte for byte as it was stored, but for the parts named in changed, and that
// only the parts in added follow.
func SameExcept(t testing.TB, before, after []byte, changed, added []string) {
	t.Helper()
	in := func(list []string, name string) bool {
		return slices.ContainsFunc(list, func(n string) bool {
			return strings.EqualFold(n, strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
		})
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
		if !o.header.Modified.Equal(n.header.Modified) || o.header.Comment != n.header.Comment ||
			o.header.ExternalAttrs != n.header.ExternalAttrs || o.header.NonUTF8 != n.header.NonUTF8 {
			t.Errorf("%s: attributes changed: %+v, was %+v", o.header.Name, n.header, o.header)
		}
		if in(changed, o.header.Name) {
			continue
		}
		if !bytes.Equal(o.packed, n.packed) || !bytes.Equal(o.local, n.local) || o.header.Method != n.header.Method ||
			o.header.Flags != n.header.Flags || !bytes.Equal(o.header.Extra, n.header.Extra) ||
			o.header.CRC32 != n.header.CRC32 {
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
