package ooxml

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

	"taizhang/sheet/msg"
)

// container is the zip file under a workbook, as it was read. It is never
// changed: pack makes a new file out of it. Its methods may be called
// concurrently.
//
// It keeps every header as the bytes that stand in the file instead of
// decoding and encoding them again, since each program has its own habits
// (data descriptors, growth hints in extra fields, backslashes in names) that
// no decoded form carries through.
type container struct {
	file    string // names the file in messages
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
	counted    bool // already part of container.inflated
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

var (
	errTruncated = errors.New("no central directory")
	le           = binary.LittleEndian
)

// cleanName is a part's name as OPC has it.
func cleanName(name string) string {
	return strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/")
}

// openContainer reads the central directory of data. The error is ErrDamaged or
// ErrTooLarge.
func openContainer(file string, data []byte, limits Limits) (*container, error) {
	c := &container{file: file, data: data, limits: limits.orDefault(), byName: map[string]*entry{}, cache: map[string][]byte{}}
	if int64(len(data)) > c.limits.File {
		return nil, tooLarge(file, "", c.limits.File)
	}
	if err := c.readDirectory(); err != nil {
		var said *msg.Error
		if errors.As(err, &said) {
			return nil, err
		}
		if errors.Is(err, errTruncated) {
			return nil, &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.truncated", "File", file), Hint: msg.New("ooxml.hint_again")}
		}
		return nil, damaged(file, "", err)
	}
	return c, nil
}

// byOffset lists the entries in the order in which they stand in the file.
func (c *container) byOffset() []*entry {
	es := slices.Clone(c.entries)
	slices.SortStableFunc(es, func(a, b *entry) int { return a.start - b.start })
	return es
}

// names lists the parts in the order of the central directory, as they are
// spelled there, folders left out.
func (c *container) names() []string {
	var names []string
	for _, e := range c.entries {
		if !strings.HasSuffix(e.name, "/") {
			names = append(names, e.name)
		}
	}
	return names
}

// has reports whether there is a part of that name.
func (c *container) has(name string) bool { return c.byName[foldPart(name)] != nil }

// smallPart is the size up to which an inflated part is kept: the workbook's own
// few parts are asked for again and again.
const smallPart = 1 << 20

// part inflates a part. The bytes may be shared: do not change them. Errors:
// fs.ErrNotExist if there is no such part, ErrDamaged, ErrTooLarge.
func (c *container) part(name string) ([]byte, error) {
	key := foldPart(name)
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
		return nil, damaged(c.file, e.name, err)
	}
	if len(data) <= smallPart {
		c.mu.Lock()
		c.cache[key] = data
		c.mu.Unlock()
	}
	return data, nil
}

// admit holds an entry's declared size against the limits before a byte of it
// is inflated. inflate never exceeds what was declared.
func (c *container) admit(e *entry) error {
	if e.size > c.limits.Part {
		return tooLarge(c.file, e.name, c.limits.Part)
	}
	if e.size > ratioFloor && e.size/maxRatio > e.packed {
		return tooLarge(c.file, e.name, e.packed*maxRatio)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.counted {
		return nil
	}
	if c.inflated+e.size > c.limits.Total {
		return tooLarge(c.file, e.name, c.limits.Total)
	}
	c.inflated += e.size
	e.counted = true
	return nil
}

// inflate is the content of an entry.
func (c *container) inflate(e *entry) ([]byte, error) {
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

// stream is a part to be read once. Errors are those of part; they may also come
// while it is read.
func (c *container) stream(e *entry) (io.Reader, error) {
	if err := c.admit(e); err != nil {
		return nil, err
	}
	say := func(err error) error { return damaged(c.file, e.name, err) }
	r, err := c.reader(e)
	if err != nil {
		return nil, say(err)
	}
	return &sayingReader{r, say}, nil
}

// sayingReader makes a sentence of what goes wrong.
type sayingReader struct {
	*entryReader
	say func(error) error
}

func (r *sayingReader) Read(b []byte) (int, error) {
	n, err := r.entryReader.Read(b)
	if err != nil && err != io.EOF {
		err = r.say(err)
	}
	return n, err
}

// reader inflates an entry.
func (c *container) reader(e *entry) (*entryReader, error) {
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

func damaged(file, part string, err error) error {
	text := msg.New("ooxml.damaged", "File", file)
	if part != "" {
		text = msg.New("ooxml.part_damaged", "File", file, "Part", part)
	}
	return &msg.Error{Class: ErrDamaged, Text: text, Hint: msg.New("ooxml.hint_repair"), Err: err}
}

func tooLarge(file, part string, limit int64) error {
	text := msg.New("ooxml.too_large", "File", file, "Limit", limit)
	if part != "" {
		text = msg.New("ooxml.too_large_part", "File", file, "Part", part, "Limit", limit)
	}
	return &msg.Error{Class: ErrTooLarge, Text: text, Hint: msg.New("ooxml.hint_too_large")}
}
