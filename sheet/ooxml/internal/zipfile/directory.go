package zipfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

func (c *File) readDirectory() error {
	d := c.data
	end := findEnd(d)
	if end < 0 {
		return ErrTruncated
	}
	count := int64(le.Uint16(d[end+10:]))
	size := int64(le.Uint32(d[end+12:]))
	offset := int64(le.Uint32(d[end+16:]))
	c.comment = d[end+lenEnd:]
	dirEnd := int64(end)
	if p := end - lenLoc64; p >= 0 && le.Uint32(d[p:]) == sigLoc64 {
		at := le.Uint64(d[p+8:])
		if at > uint64(p) || uint64(p)-at < lenEnd64 || le.Uint32(d[at:]) != sigEnd64 {
			return errors.New("broken zip64 record")
		}
		rec := d[at:]
		count, size, offset = int64(le.Uint64(rec[32:])), int64(le.Uint64(rec[40:])), int64(le.Uint64(rec[48:]))
		dirEnd = int64(at)
	}
	if count < 0 || size < 0 || offset < 0 || size > dirEnd || offset > dirEnd {
		return errors.New("central directory out of bounds")
	}
	if count > int64(c.limits.Parts) {
		return &LimitError{Limit: int64(c.limits.Parts)}
	}
	// Bytes before the first entry (a self-extractor, a mail header) shift all
	// offsets; the directory itself always ends where its end record begins.
	base := dirEnd - size - offset
	if base < 0 {
		return errors.New("central directory out of bounds")
	}
	if size > 0 && !hasSig(d, dirEnd-size, sigCentral) && hasSig(d, offset, sigCentral) {
		base = 0
	}
	dir := d[offset+base : dirEnd]
	for range count {
		e, n, err := parseCentral(dir, base)
		if err != nil {
			return err
		}
		dir = dir[n:]
		c.entries = append(c.entries, e)
		key := Fold(e.name)
		switch known := c.byName[key]; {
		case known == nil:
			c.byName[key] = e
		case known.name == e.name && !strings.HasSuffix(e.name, "/"):
			// Programs disagree on which of the two is read; an edit of one
			// would not be seen by those that read the other.
			return fmt.Errorf("two parts named %q", e.name)
		}
	}
	return c.layOut(int(offset + base))
}

func hasSig(d []byte, at int64, sig uint32) bool {
	return at >= 0 && at+4 <= int64(len(d)) && le.Uint32(d[at:]) == sig
}

// findEnd is the offset of the end record: the last one whose comment reaches
// exactly or nearly to the end of the file.
func findEnd(d []byte) int {
	sig := le.AppendUint32(nil, sigEnd)
	lowest := max(0, len(d)-lenEnd-1<<16)
	for p := len(d); ; {
		p = bytes.LastIndex(d[lowest:min(p+3, len(d))], sig)
		if p < 0 {
			return -1
		}
		p += lowest
		if p+lenEnd <= len(d) && p+lenEnd+int(le.Uint16(d[p+20:])) <= len(d) {
			return p
		}
		if p == lowest {
			return -1
		}
	}
}

// parseCentral reads the first record of dir and its length. start of the
// entry is that of its local header.
func parseCentral(dir []byte, base int64) (*entry, int, error) {
	if len(dir) < lenCentral || le.Uint32(dir) != sigCentral {
		return nil, 0, errors.New("broken central directory")
	}
	nameLen, extraLen, commentLen := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
	n := lenCentral + nameLen + extraLen + commentLen
	if len(dir) < n {
		return nil, 0, errors.New("broken central directory")
	}
	e := &entry{
		central: dir[:n],
		name:    Clean(string(dir[lenCentral : lenCentral+nameLen])),
		flags:   le.Uint16(dir[8:]),
		method:  le.Uint16(dir[10:]),
		crc:     le.Uint32(dir[16:]),
		packed:  int64(le.Uint32(dir[20:])),
		size:    int64(le.Uint32(dir[24:])),
	}
	start := int64(le.Uint32(dir[42:]))
	wide := zip64Field(dir[lenCentral+nameLen : lenCentral+nameLen+extraLen])
	for _, v := range []*int64{&e.size, &e.packed, &start} {
		if *v == 0xFFFFFFFF && len(wide) >= 8 {
			*v, wide = int64(le.Uint64(wide)), wide[8:]
		}
	}
	if e.size < 0 || e.packed < 0 || start < 0 || start > 1<<62 {
		return nil, 0, errors.New("broken central directory")
	}
	e.start = int(start + base)
	return e, n, nil
}

// zip64Field is the content of the zip64 extra field, nil if there is none.
func zip64Field(extra []byte) []byte {
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if len(extra) < 4+n {
			return nil
		}
		if id == extraZip64 {
			return extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return nil
}

// layOut finds the span of every entry and refuses entries that overlap, with
// which a small file can stand for an endless one.
func (c *File) layOut(dirStart int) error {
	next := dirStart
	for _, e := range slices.Backward(c.byOffset()) {
		if e.start > next || next-e.start < lenLocal || le.Uint32(c.data[e.start:]) != sigLocal {
			return fmt.Errorf("entry %s: no local header", e.name)
		}
		h := c.data[e.start:]
		e.body = e.start + lenLocal + int(le.Uint16(h[26:])) + int(le.Uint16(h[28:]))
		e.end = next
		if e.body > next || e.packed > int64(next-e.body) {
			return fmt.Errorf("entry %s: content out of bounds", e.name)
		}
		next = e.start
	}
	return nil
}
