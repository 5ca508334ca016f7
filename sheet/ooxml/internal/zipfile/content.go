package zipfile

import (
	"bytes"
	"hash/crc32"
	"sort"
)

// Content is the content of a part in pieces, most of them stretches of the part
// as it was read: a large sheet with one changed cell is compressed without
// being copied first.
type Content [][]byte

// size is the length of the content.
func (c Content) size() int {
	n := 0
	for _, piece := range c {
		n += len(piece)
	}
	return n
}

// Flat is the content in one piece.
func (c Content) Flat() []byte {
	if len(c) == 1 {
		return c[0]
	}
	return bytes.Join(c, nil)
}

// writeTo appends the content to out piece by piece and gives each piece up.
func (c Content) writeTo(out *bytes.Buffer) {
	for i, piece := range c {
		out.Write(piece)
		c[i] = nil
	}
}

func (c Content) crc() uint32 {
	sum := uint32(0)
	for _, piece := range c {
		sum = crc32.Update(sum, crc32.IEEETable, piece)
	}
	return sum
}

// contentReader gives stretches of a content by offset.
type contentReader struct {
	Content
	starts []int
}

func (c Content) reader() contentReader {
	starts := make([]int, len(c))
	n := 0
	for i, piece := range c {
		starts[i] = n
		n += len(piece)
	}
	return contentReader{c, starts}
}

// slice appends the content from one offset to another to dst, which it is
// free to leave alone: a stretch within one piece comes back as it is.
func (r contentReader) slice(dst []byte, from, to int) []byte {
	i := sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > from }) - 1
	if from >= to {
		return dst
	}
	if at := from - r.starts[i]; to-r.starts[i] <= len(r.Content[i]) {
		return r.Content[i][at : to-r.starts[i]]
	}
	for ; from < to; i++ {
		piece := r.Content[i][from-r.starts[i]:]
		piece = piece[:min(len(piece), to-from)]
		dst = append(dst, piece...)
		from += len(piece)
	}
	return dst
}
