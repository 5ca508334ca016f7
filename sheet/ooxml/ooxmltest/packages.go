package ooxmltest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/richardlehane/mscfb"
)

// Parts are the parts of a package by name, inflated.
func Parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// Streams are the streams of the compound file around an encrypted package, by path
// and name.
func Streams(t testing.TB, data []byte) map[string]string {
	t.Helper()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for e, err := doc.Next(); err == nil; e, err = doc.Next() {
		buf := make([]byte, e.Size)
		if _, err := e.Read(buf); err != nil && e.Size > 0 {
			t.Fatalf("%s: %v", e.Name, err)
		}
		out[fmt.Sprint(e.Path, e.Name)] = string(buf)
	}
	return out
}
