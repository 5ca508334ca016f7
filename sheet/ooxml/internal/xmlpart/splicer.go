package xmlpart

import "bytes"

// longPiece is the size from which a stretch is referred to instead of copied.
const longPiece = 8 << 10

// Splicer makes new content of stretches of Old and of new text, which is
// written to Text. The pieces that it gives refer to Old where they can: a large
// sheet with one changed cell is compressed without being copied first.
type Splicer struct {
	Old  []byte
	Done int          // offset up to which Old is taken, or left out
	Text bytes.Buffer // what comes next

	out [][]byte
}

// CopyTo takes Old up to an offset.
func (b *Splicer) CopyTo(at int) {
	piece := b.Old[b.Done:at]
	b.Done = at
	if len(piece) < longPiece {
		b.Text.Write(piece)
		return
	}
	b.flush()
	b.out = append(b.out, piece)
}

func (b *Splicer) flush() {
	if b.Text.Len() > 0 {
		b.out = append(b.out, bytes.Clone(b.Text.Bytes()))
		b.Text.Reset()
	}
}

// Finish takes the rest of Old and gives the pieces.
func (b *Splicer) Finish() [][]byte {
	b.CopyTo(len(b.Old))
	b.flush()
	if len(b.out) == 0 {
		return [][]byte{nil}
	}
	return b.out
}
