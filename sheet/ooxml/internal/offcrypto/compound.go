package offcrypto

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// compound is a compound file [MS-CFB], the tree of storages and streams in
// which Office wraps an encrypted workbook. The first node is the root; what is
// kept of a node is its name, its place and its bytes (in an encrypted workbook
// nothing uses the class identifiers and times that the format has room for).
type compound []*compoundNode

type compoundNode struct {
	name     string // as stored, control characters included
	path     string // of the names of its storages and its own, without control characters
	parent   string // path of its storage, "" for the root and what stands in it
	storage  bool
	data     []byte // of a stream
	left     uint32 // siblings and children, as indices of nodes; set by link
	right    uint32
	child    uint32
	red      bool
	sector   uint32 // where its bytes begin, in sectors, or in small sectors
	siblings []uint32
}

// Sizes in bytes and marks of the compound file format, version 3.
const (
	cfSector    = 512
	cfSmall     = 64   // sector of the small stream
	cfCutoff    = 4096 // shorter streams live in the small stream
	cfEntry     = 128
	cfPerSector = cfSector / 4
	cfInHeader  = 109 // sectors of the allocation table that the header lists

	cfTable = 0xFFFFFFFD // this sector holds a part of the allocation table
	cfList  = 0xFFFFFFFC // this sector lists sectors of the allocation table
	cfEnd   = 0xFFFFFFFE
	cfNone  = 0xFFFFFFFF
)

// readCompound reads a compound file. The reader under it trusts the offsets in
// the file: a panic of it is an error.
func readCompound(data []byte) (c compound, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, fmt.Errorf("compound file: %v", r)
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	left := int64(len(data)) // all streams together cannot be longer than the file
	for i, f := range doc.File {
		n := &compoundNode{name: f.Name, storage: f.FileInfo().IsDir(), parent: strings.Join(f.Path, "/")}
		if !unicode.IsPrint(rune(f.Initial)) { // the reader leaves it out of Name
			n.name = string(rune(f.Initial)) + f.Name
		}
		if i > 0 {
			if f.Name == "" {
				return nil, errors.New("compound file: an entry without a name")
			}
			n.path = strings.TrimPrefix(n.parent+"/"+f.Name, "/")
		}
		if !n.storage {
			if left -= f.Size; left < 0 {
				return nil, fmt.Errorf("compound file: stream %q is longer than the file", f.Name)
			}
			n.data = make([]byte, f.Size)
			if _, err := io.ReadFull(f, n.data); err != nil {
				return nil, err
			}
		}
		c = append(c, n)
	}
	return c, nil
}

// stream is the bytes of the stream of that name in the root, nil without one.
func (c compound) stream(name string) []byte {
	for _, n := range c {
		if n.path == name && !n.storage {
			return n.data
		}
	}
	return nil
}

// with is the compound file with other bytes in some streams of the root.
func (c compound) with(streams map[string][]byte) compound {
	out := make(compound, len(c))
	for i, n := range c {
		m := *n
		if data, ok := streams[n.path]; ok {
			m.data = data
		}
		out[i] = &m
	}
	return out
}

// link makes the search trees of the siblings of each storage. Cut in the middle
// again and again, a sorted list is a tree whose paths differ in length by one:
// with the deepest level red it is the red-black tree that the format asks for.
func (c compound) link() {
	at := map[string]*compoundNode{"": c[0]}
	for i, n := range c {
		n.left, n.right, n.child, n.siblings = cfNone, cfNone, cfNone, nil
		if i > 0 && n.storage {
			at[n.path] = n
		}
	}
	for i, n := range c[1:] {
		at[n.parent].siblings = append(at[n.parent].siblings, uint32(i+1))
	}
	for _, n := range at {
		slices.SortFunc(n.siblings, func(a, b uint32) int {
			x, y := strings.ToUpper(c[a].name), strings.ToUpper(c[b].name)
			return cmp.Or(cmp.Compare(len(utf16.Encode([]rune(x))), len(utf16.Encode([]rune(y)))),
				strings.Compare(x, y))
		})
		n.child = c.tree(n.siblings, bits.Len(uint(len(n.siblings))))
	}
}

// tree links sorted siblings into a tree that is levels deep and returns the
// topmost.
func (c compound) tree(sorted []uint32, levels int) uint32 {
	if len(sorted) == 0 {
		return cfNone
	}
	mid := len(sorted) / 2
	n := c[sorted[mid]]
	n.red = levels == 1
	n.left, n.right = c.tree(sorted[:mid], levels-1), c.tree(sorted[mid+1:], levels-1)
	return sorted[mid]
}

// bytes is the compound file as it stands on disk: header, long streams, small
// stream, table of the small stream, directory, allocation table, list of it.
func (c compound) bytes() []byte {
	c.link()
	out := make([]byte, cfSector)
	var table, small []uint32 // the next sector of each
	var short []byte          // the small stream
	chain := func(next *[]uint32, n int) uint32 {
		first := uint32(len(*next))
		if n == 0 {
			return cfEnd
		}
		for i := range n {
			*next = append(*next, first+uint32(i)+1)
		}
		(*next)[len(*next)-1] = cfEnd
		return first
	}
	put := func(data []byte) uint32 {
		out = append(out, data...)
		out = append(out, make([]byte, -len(data)&(cfSector-1))...)
		return chain(&table, sectors(len(data), cfSector))
	}
	for _, n := range c {
		switch {
		case n.storage:
			n.sector = 0
		case len(n.data) >= cfCutoff:
			n.sector = put(n.data)
		default:
			n.sector = chain(&small, sectors(len(n.data), cfSmall))
			short = append(short, n.data...)
			short = append(short, make([]byte, -len(n.data)&(cfSmall-1))...)
		}
	}
	c[0].sector = put(short)
	smallAt := put(fillSector(words(small)))
	dirAt := put(c.directory(len(short)))

	// The table lists its own sectors, and those of the list of it.
	tables, lists := 0, 0
	for need := -1; need != tables+lists; {
		need = tables + lists
		tables = sectors(4*(len(table)+need), cfSector)
		lists = sectors(max(0, tables-cfInHeader), cfPerSector-1)
	}
	tableAt, listAt := len(table), len(table)+tables
	for range tables {
		table = append(table, cfTable)
	}
	for range lists {
		table = append(table, cfList)
	}
	out = append(out, fillSector(words(table))...)

	where := make([]uint32, max(tables, cfInHeader))
	for i := range where {
		where[i] = cfNone
		if i < tables {
			where[i] = uint32(tableAt + i)
		}
	}
	for i, rest := 0, where[cfInHeader:]; i < lists; i++ {
		part := rest[:min(len(rest), cfPerSector-1)]
		rest = rest[len(part):]
		sector := fillSector(words(part))
		next := uint32(cfEnd)
		if i < lists-1 {
			next = uint32(listAt + i + 1)
		}
		le.PutUint32(sector[cfSector-4:], next)
		out = append(out, sector...)
	}

	head := slices.Concat(sigOLE, make([]byte, 16), []byte{0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0}, make([]byte, 10))
	firstList := uint32(cfEnd)
	if lists > 0 {
		firstList = uint32(listAt)
	}
	head = append(head, words([]uint32{
		uint32(tables), dirAt, 0, cfCutoff, smallAt, uint32(sectors(4*len(small), cfSector)), firstList, uint32(lists),
	})...)
	copy(out, append(head, words(where[:cfInHeader])...))
	return out
}

// directory is the list of nodes as it stands in the file; short is the size of
// the small stream.
func (c compound) directory(short int) []byte {
	var out []byte
	for i, n := range c {
		rec := make([]byte, cfEntry)
		name := utf16.Encode([]rune(n.name))
		for j, u := range name {
			le.PutUint16(rec[2*j:], u)
		}
		le.PutUint16(rec[64:], uint16(2*len(name)+2))
		size := len(n.data)
		switch {
		case i == 0:
			rec[66], size = 5, short
		case n.storage:
			rec[66] = 1
		default:
			rec[66] = 2
		}
		if !n.red {
			rec[67] = 1
		}
		le.PutUint32(rec[68:], n.left)
		le.PutUint32(rec[72:], n.right)
		le.PutUint32(rec[76:], n.child)
		le.PutUint32(rec[116:], n.sector)
		le.PutUint32(rec[120:], uint32(size))
		out = append(out, rec...)
	}
	for len(out)%cfSector != 0 {
		rec := make([]byte, cfEntry)
		for at := 68; at < 80; at += 4 {
			le.PutUint32(rec[at:], cfNone)
		}
		out = append(out, rec...)
	}
	return out
}

// sectors is how many of a size hold n bytes.
func sectors(n, size int) int { return (n + size - 1) / size }

func words(list []uint32) []byte {
	out := make([]byte, 0, 4*len(list)+cfSector)
	for _, w := range list {
		out = le.AppendUint32(out, w)
	}
	return out
}

// fillSector fills what a table leaves of its last sector with marks of no
// sector.
func fillSector(table []byte) []byte {
	for len(table)%cfSector != 0 {
		table = le.AppendUint32(table, cfNone)
	}
	return table
}

var sigOLE = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// IsEncrypted reports whether data is an encrypted Office document: a compound file
// with a stream of that name.
func IsEncrypted(data []byte) bool { return HasStream(data, PackageStream) }

// IsCompound reports whether data begins as a compound file does: an old Office
// document, or an encrypted new one.
func IsCompound(data []byte) bool { return bytes.HasPrefix(data, sigOLE) }

// HasStream reports whether a compound file has a stream of that name. Directory
// records are 128 bytes at a multiple of 128: no need to follow the chains.
func HasStream(data []byte, name string) bool {
	if !IsCompound(data) {
		return false
	}
	var want []byte
	for _, u := range utf16.Encode([]rune(name)) {
		want = le.AppendUint16(want, u)
	}
	for at := 512; at+128 <= len(data); at += 128 {
		rec := data[at : at+128]
		if int(le.Uint16(rec[64:])) == len(want)+2 && bytes.HasPrefix(rec, want) {
			return true
		}
	}
	return false
}
