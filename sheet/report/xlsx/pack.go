// Package xlsx writes the packages of workbooks that excelize makes: in a fixed
// order and without times, so that the same workbook is the same bytes, with the
// rows of large sheets streamed into them, and without what other programs
// stumble over ([Pack]).
package xlsx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// Package is the parts of a workbook as they go into the file. It is the zip
// writer that excelize writes to.
type Package struct {
	rows    map[string]func(io.Writer) error // by entry: what goes into its empty sheetData
	entries []*entry
}

type entry struct {
	name string
	data bytes.Buffer // deflated
	crc  uint32
	size uint64

	raw  bytes.Buffer // as excelize wrote it
	fill func(io.Writer) error
}

// Mark is the custom document property of workbooks that are made from a ledger, by which they
// are told from a ledger that lies beside them.
const Mark = "taizhang-report"

// SetMark marks a workbook; kind is the command that makes it.
func SetMark(f *excelize.File, kind string) error {
	return f.SetCustomProps(excelize.CustomProperty{Name: Mark, Value: kind})
}

// Pack gathers the parts of a workbook. rows writes the rows of sheets, by the
// names of their parts, into the place where excelize left none.
func Pack(f *excelize.File, rows map[string]func(io.Writer) error) (*Package, error) {
	p := &Package{rows: rows}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return p })
	if err := f.Write(io.Discard); err != nil {
		return nil, err
	}
	return p, nil
}

// Bytes is the whole of a workbook.
func Bytes(f *excelize.File) ([]byte, error) {
	p, err := Pack(f, nil)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = p.Write(&out)
	return out.Bytes(), err
}

// Create begins an entry.
func (p *Package) Create(name string) (io.Writer, error) {
	if err := p.finish(); err != nil {
		return nil, err
	}
	e := &entry{name: name, fill: p.rows[name]}
	p.entries = append(p.entries, e)
	return &e.raw, nil
}

// AddFS is in excelize's interface, but never called by it.
func (p *Package) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close ends the last entry.
func (p *Package) Close() error { return p.finish() }

// finish deflates the entry that was begun last.
func (p *Package) finish() error {
	if len(p.entries) == 0 {
		return nil
	}
	e := p.entries[len(p.entries)-1]
	if e.raw.Len() == 0 {
		return nil
	}
	deflate, err := flate.NewWriter(&e.data, flate.DefaultCompression)
	if err != nil {
		return err
	}
	w := &sums{w: deflate, e: e}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := e.write(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	e.raw = bytes.Buffer{}
	return deflate.Close()
}

func (e *entry) write(w io.Writer) error {
	raw := e.raw.Bytes()
	switch {
	case e.name == contentTypes:
		raw = sortDefaults(raw)
	case e.name == "docProps/core.xml":
		raw = withPrefix(raw)
	case e.name == "xl/workbook.xml":
		raw = withFilterNames(raw)
	case strings.HasPrefix(e.name, "xl/worksheets/sheet"):
		raw = withNumbers(withDimension(withFullColour(raw)))
	}
	if e.fill == nil {
		_, err := w.Write(raw)
		return err
	}
	before, after, err := cutSheetData(raw)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { _, err := w.Write(before); return err },
		func() error { _, err := io.WriteString(w, "<sheetData>"); return err },
		func() error { return e.fill(w) },
		func() error { _, err := io.WriteString(w, "</sheetData>"); return err },
		func() error { _, err := w.Write(after); return err },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

var errNoSheetData = errors.New("sheet part without sheetData")

// cutSheetData is what stands before and after the sheetData that excelize
// wrote, which has no texts in it.
func cutSheetData(raw []byte) (before, after []byte, err error) {
	from := bytes.Index(raw, []byte("<sheetData"))
	if from < 0 {
		return nil, nil, errNoSheetData
	}
	open := bytes.IndexByte(raw[from:], '>')
	if open < 0 {
		return nil, nil, errNoSheetData
	}
	to := from + open + 1
	if raw[to-2] != '/' {
		end := bytes.Index(raw[to:], []byte("</sheetData>"))
		if end < 0 {
			return nil, nil, errNoSheetData
		}
		to += end + len("</sheetData>")
	}
	// excelize says of every sheet with filter buttons that rows are filtered out.
	before = bytes.Replace(raw[:from], []byte(` filterMode="true"`), nil, 1)
	return before, raw[to:], nil
}

var reDefault = regexp.MustCompile(`<Default [^>]*></Default>`)

// sortDefaults puts the types by file extension in order, which excelize
// writes in that of a map.
func sortDefaults(raw []byte) []byte {
	list := reDefault.FindAll(raw, -1)
	slices.SortFunc(list, bytes.Compare)
	return reDefault.ReplaceAllFunc(raw, func([]byte) []byte {
		next := list[0]
		list = list[1:]
		return next
	})
}

// sums counts and sums what goes through it.
type sums struct {
	w io.Writer
	e *entry
}

func (s *sums) Write(p []byte) (int, error) {
	s.e.crc = crc32.Update(s.e.crc, crc32.IEEETable, p)
	s.e.size += uint64(len(p))
	return s.w.Write(p)
}

const contentTypes = "[Content_Types].xml"

// Write writes the package: the content types first, as readers of streams
// expect, the rest by name.
func (p *Package) Write(w io.Writer) error {
	slices.SortFunc(p.entries, func(a, b *entry) int {
		switch {
		case a.name == b.name:
			return 0
		case a.name == contentTypes:
			return -1
		case b.name == contentTypes:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	zw := zip.NewWriter(w)
	for _, e := range p.entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, CRC32: e.crc, CompressedSize64: uint64(e.data.Len()),
			UncompressedSize64: e.size}
		out, err := zw.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := e.data.WriteTo(out); err != nil {
			return err
		}
		e.data = bytes.Buffer{} // its memory is free for what w keeps
	}
	return zw.Close()
}
