package zipfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
)

// File is a zip file as it was read. It is never changed: Pack makes a new file out
// of it. Its methods may be called concurrently.
type File struct {
	data    []byte
	limits  Limits
	entries []*entry          // as the central directory lists them
	byName  map[string]*entry // by folded name; of names that differ in case only the first counts
	comment []byte            // of the zip file

	mu       sync.Mutex
	inflated int64             // sum of the sizes of all parts read so far
	cache    map[string][]byte // small parts, by folded name
}

// entry is one file of the zip.
type entry struct {
	name       string // as OPC has it: forward slashes, no leading one
	central    []byte // its record in the central directory
	start, end int    // its span in the file: local header, content, descriptor, and any gap up to the next entry
	body       int    // offset of the content
	flags      uint16
	method     uint16
	crc        uint32
	packed     int64
	size       int64
	counted    bool // already part of File.inflated
}

// Signatures and sizes of the zip format (APPNOTE.TXT 4.3).
const (
	sigLocal   = 0x04034b50
	sigCentral = 0x02014b50
	sigEnd     = 0x06054b50
	sigEnd64   = 0x06064b50
	sigLoc64   = 0x07064b50

	lenLocal   = 30
	lenCentral = 46
	lenEnd     = 22
	lenLoc64   = 20
	lenEnd64   = 56

	extraZip64 = 0x0001

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3

	methodStore   = 0
	methodDeflate = 8
)

var le = binary.LittleEndian

// Clean is a part's name as OPC has it.
func Clean(name string) string {
	return strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/")
}

// Open reads the central directory of data, which must not change while
// the File is in use. Errors: ErrTruncated, *LimitError, *DamageError.
func Open(data []byte, limits Limits) (*File, error) {
	c := &File{data: data, limits: limits.OrDefault(), byName: map[string]*entry{}, cache: map[string][]byte{}}
	if int64(len(data)) > c.limits.File {
		return nil, &LimitError{Limit: c.limits.File}
	}
	if err := c.readDirectory(); err != nil {
		var limit *LimitError
		if errors.As(err, &limit) || errors.Is(err, ErrTruncated) {
			return nil, err
		}
		return nil, &DamageError{Err: err}
	}
	return c, nil
}

// byOffset lists the entries in the order in which they stand in the file.
func (c *File) byOffset() []*entry {
	es := slices.Clone(c.entries)
	slices.SortStableFunc(es, func(a, b *entry) int { return a.start - b.start })
	return es
}

// Names lists the parts in the order of the central directory, as they are
// spelled there, folders left out.
func (c *File) Names() []string {
	var names []string
	for _, e := range c.entries {
		if !strings.HasSuffix(e.name, "/") {
			names = append(names, e.name)
		}
	}
	return names
}

// Has reports whether there is a part of that name.
func (c *File) Has(name string) bool { return c.byName[Fold(name)] != nil }

// SmallPart is the size up to which an inflated part is kept: the workbook's own
// few parts are asked for again and again.
const SmallPart = 1 << 20

// Part inflates a part. The bytes may be shared: do not change them. Errors:
// fs.ErrNotExist if there is no such part, *DamageError, *LimitError.
func (c *File) Part(name string) ([]byte, error) {
	key := Fold(name)
	e := c.byName[key]
	if e == nil {
		return nil, fs.ErrNotExist
	}
	c.mu.Lock()
	data, ok := c.cache[key]
	c.mu.Unlock()
	if ok {
		return data, nil
	}
	if err := c.admit(e); err != nil {
		return nil, err
	}
	data, err := c.inflate(e)
	if err != nil {
		return nil, &DamageError{e.name, err}
	}
	if len(data) <= SmallPart {
		c.mu.Lock()
		c.cache[key] = data
		c.mu.Unlock()
	}
	return data, nil
}

// admit holds an entry's declared size against the limits before a byte of it
// is inflated. inflate never exceeds what was declared.
func (c *File) admit(e *entry) error {
	if e.size > c.limits.Part {
		return &LimitError{e.name, c.limits.Part}
	}
	if e.size > ratioFloor && e.size/maxRatio > e.packed {
		return &LimitError{e.name, e.packed * maxRatio}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.counted {
		return nil
	}
	if c.inflated+e.size > c.limits.Total {
		return &LimitError{e.name, c.limits.Total}
	}
	c.inflated += e.size
	e.counted = true
	return nil
}

// inflate is the content of an entry.
func (c *File) inflate(e *entry) ([]byte, error) {
	r, err := c.reader(e)
	if err != nil {
		return nil, err
	}
	out := make([]byte, e.size)
	if _, err := io.ReadFull(r, out); err != nil {
		return nil, err
	}
	if _, err := r.Read(nil); err != io.EOF {
		return nil, err
	}
	return out, nil
}

// Size is the size of a part, as the directory declares it; -1 if there is none.
func (c *File) Size(name string) int64 {
	if e := c.byName[Fold(name)]; e != nil {
		return e.size
	}
	return -1
}

// Stream is a part to be read once. Errors are those of Part; they may also come
// while it is read.
func (c *File) Stream(name string) (io.Reader, error) {
	e := c.byName[Fold(name)]
	if e == nil {
		return nil, fs.ErrNotExist
	}
	if err := c.admit(e); err != nil {
		return nil, err
	}
	r, err := c.reader(e)
	if err != nil {
		return nil, &DamageError{e.name, err}
	}
	return &namedReader{r, e.name}, nil
}

// namedReader tells which part it is that cannot be read.
type namedReader struct {
	*entryReader
	part string
}

func (r *namedReader) Read(b []byte) (int, error) {
	n, err := r.entryReader.Read(b)
	if err != nil && err != io.EOF {
		err = &DamageError{r.part, err}
	}
	return n, err
}

// reader inflates an entry.
func (c *File) reader(e *entry) (*entryReader, error) {
	if e.flags&flagEncrypted != 0 {
		return nil, errors.New("entry is encrypted by the zip program")
	}
	raw := bytes.NewReader(c.data[e.body : int64(e.body)+e.packed])
	switch {
	case e.method != methodStore && e.method != methodDeflate:
		return nil, fmt.Errorf("compression method %d is not supported", e.method)
	case e.method == methodStore && e.size != e.packed, e.size/1032 > e.packed+1:
		return nil, errors.New("sizes disagree")
	}
	r := &entryReader{content: raw, left: e.size, want: e.crc}
	if e.method == methodDeflate {
		r.content = flate.NewReader(raw)
	}
	return r, nil
}

// entryReader gives the content of an entry, and io.EOF only if that was of the
// declared size and sum.
type entryReader struct {
	content io.Reader
	left    int64
	sum     uint32
	want    uint32
}

func (r *entryReader) Read(b []byte) (n int, err error) {
	if r.left > 0 {
		if n, err = r.content.Read(b[:min(int64(len(b)), r.left)]); err == io.EOF && int64(n) < r.left {
			return n, io.ErrUnexpectedEOF
		}
		r.left -= int64(n)
		r.sum = crc32.Update(r.sum, crc32.IEEETable, b[:n])
		if err == io.EOF {
			err = nil
		}
		return n, err
	}
	if n, err := r.content.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		return 0, errors.New("more content than declared")
	}
	if r.sum != r.want {
		return 0, errors.New("checksum error")
	}
	return 0, io.EOF
}

// IsZip reports whether data is, or began as, a zip file.
func IsZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) ||
		findEnd(data) >= 0
}

// Fold is the form of a part's name under which it is found: programs
// differ in case, in the kind of slash and in the leading one.
func Fold(name string) string {
	return strings.ToLower(Clean(name))
}
