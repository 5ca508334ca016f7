package ooxml

import (
	"bytes"
	"hash/crc32"
	"sort"
)

// rope is the content of a part in pieces, most of them stretches of the part
// as it was read: a large sheet with one changed cell is compressed without
// being copied first.
type rope [][]byte

func (r rope) size() int {
	n := 0
	for _, piece := range r {
		n += len(piece)
	}
	return n
}

// flat is the content in one piece.
func (r rope) flat() []byte {
	if len(r) == 1 {
		return r[0]
	}
	return bytes.Join(r, nil)
}

// writeTo appends the content to out, piece by piece, each of which it gives up.
func (r rope) writeTo(out *bytes.Buffer) {
	for i, piece := range r {
		out.Write(piece)
		r[i] = nil
	}
}

func (r rope) crc() uint32 {
	sum := uint32(0)
	for _, piece := range r {
		sum = crc32.Update(sum, crc32.IEEETable, piece)
	}
	return sum
}

// reader gives stretches of a rope by offset.
type ropeReader struct {
	rope   rope
	starts []int
}

func (r rope) reader() ropeReader {
	starts := make([]int, len(r))
	n := 0
	for i, piece := range r {
		starts[i] = n
		n += len(piece)
	}
	return ropeReader{r, starts}
}

// slice appends the content from one offset to another to dst, which it is
// free to leave alone: a stretch within one piece comes back as it is.
func (r ropeReader) slice(dst []byte, from, to int) []byte {
	i := sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > from }) - 1
	if from >= to {
		return dst
	}
	if at := from - r.starts[i]; to-r.starts[i] <= len(r.rope[i]) {
		return r.rope[i][at : to-r.starts[i]]
	}
	for ; from < to; i++ {
		piece := r.rope[i][from-r.starts[i]:]
		piece = piece[:min(len(piece), to-from)]
		dst = append(dst, piece...)
		from += len(piece)
	}
	return dst
}
