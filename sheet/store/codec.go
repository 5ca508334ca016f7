package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"sync"
	"unsafe"

	"github.com/klauspost/compress/zstd"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// Bounds of what is decoded, against damage that got past the sums.
const (
	maxState   = 2 << 30 // bytes inflated
	maxColumns = 1 << 15
)

// normal is content as it is stored: without what belongs to a place, each row
// with one value for each column. Every row must have an id of its own.
func normal(st merge.State) (merge.State, error) {
	out := merge.State{Tables: make([]*table.Table, len(st.Tables))}
	for i, t := range st.Tables {
		n := &table.Table{Kind: t.Kind, Sheet: t.Sheet,
			Columns: make([]table.Column, len(t.Columns)), Rows: make([]table.Row, len(t.Rows))}
		for c := range t.Columns {
			n.Columns[c] = table.Column{Key: t.Columns[c].Key, Field: t.Columns[c].Field, Heading: t.Columns[c].Heading}
		}
		ids := make(map[string]bool, len(t.Rows))
		for r := range t.Rows {
			row := &t.Rows[r]
			if row.ID == "" || ids[row.ID] {
				return out, fmt.Errorf("row %d of table %d has no id of its own: %q", r, i, row.ID)
			}
			ids[row.ID] = true
			values := row.Values
			if len(values) != len(n.Columns) {
				values = make([]string, len(n.Columns))
				copy(values, row.Values)
			}
			n.Rows[r] = table.Row{ID: row.ID, Section: row.Section, Values: values}
		}
		out.Tables[i] = n
	}
	return out, nil
}

// appendState appends the canonical encoding of content that is normal to b.
// Row by row it offers what has gathered to take, which returns what of it is to
// be kept: content of 100,000 rows is 25 MB that need not stand in memory at once.
func appendState(b []byte, st merge.State, take func(b []byte) []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(st.Tables)))
	for _, t := range st.Tables {
		b = appendHead(b, t)
		b = binary.AppendUvarint(b, uint64(len(t.Rows)))
		for r := range t.Rows {
			b = take(appendRow(b, &t.Rows[r]))
		}
	}
	return b
}

// pieces writes the canonical encoding of content to out in pieces.
func pieces(st merge.State, out io.Writer) error {
	const piece = 64 << 10
	var failed error
	write := func(b []byte) {
		if _, err := out.Write(b); err != nil && failed == nil {
			failed = err
		}
	}
	write(appendState(make([]byte, 0, 2*piece), st, func(b []byte) []byte {
		if len(b) < piece {
			return b
		}
		write(b)
		return b[:0]
	}))
	return failed
}

// sumState is the sum of the canonical encoding of content, and its length.
func sumState(st merge.State) (sum string, size int64) {
	h := counted{Hash: sha256.New()}
	pieces(st, &h) // a hash takes everything
	return hex.EncodeToString(h.Sum(nil)), h.n
}

type counted struct {
	hash.Hash
	n int64
}

func (c *counted) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return c.Hash.Write(b)
}

func appendHead(b []byte, t *table.Table) []byte {
	b = appendString(appendString(b, t.Kind), t.Sheet)
	b = binary.AppendUvarint(b, uint64(len(t.Columns)))
	for _, c := range t.Columns {
		b = appendString(appendString(appendString(b, c.Key), c.Field), c.Heading)
	}
	return b
}

func appendRow(b []byte, r *table.Row) []byte {
	b = appendString(appendString(b, r.ID), r.Section)
	for _, v := range r.Values {
		b = appendString(b, v)
	}
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decodeState reads the canonical encoding. The texts of the state are those of
// data, which must not be changed any more.
func decodeState(data []byte) (merge.State, error) {
	d := &decoder{s: unsafe.String(unsafe.SliceData(data), len(data))}
	st := merge.State{Tables: make([]*table.Table, d.count(4))}
	for i := range st.Tables {
		t := d.head()
		t.Rows = make([]table.Row, d.count(2))
		for r := range t.Rows {
			d.row(&t.Rows[r], len(t.Columns))
		}
		st.Tables[i] = t
		if d.err != nil {
			return merge.State{}, d.err
		}
	}
	return st, d.end()
}

// decoder reads from s. After the first error everything reads as zero. Strings
// share s, which is as long-lived as the state itself.
type decoder struct {
	s   string
	err error
}

var errDecode = errors.New("content does not decode")

func (d *decoder) fail() {
	if d.err == nil {
		d.err, d.s = errDecode, ""
	}
}

func (d *decoder) end() error {
	if d.err == nil && d.s != "" {
		d.fail()
	}
	return d.err
}

func (d *decoder) uvarint() uint64 {
	var v uint64
	for i := 0; i < len(d.s) && i < binary.MaxVarintLen64; i++ {
		c := d.s[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.s = d.s[i+1:]
			return v
		}
	}
	d.fail()
	return 0
}

// count reads how many things of at least min bytes follow, so that damage
// cannot ask for more memory than there is input.
func (d *decoder) count(min int) int {
	n := d.uvarint()
	if n > uint64(len(d.s)/min) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.uvarint()
	if n > uint64(len(d.s)) {
		d.fail()
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

func (d *decoder) head() *table.Table {
	t := &table.Table{Kind: d.string(), Sheet: d.string()}
	n := d.count(3)
	if n > maxColumns {
		d.fail()
		n = 0
	}
	t.Columns = make([]table.Column, n)
	for c := range t.Columns {
		t.Columns[c] = table.Column{Key: d.string(), Field: d.string(), Heading: d.string()}
	}
	return t
}

func (d *decoder) row(r *table.Row, columns int) {
	if columns > len(d.s) {
		d.fail()
		return
	}
	r.ID, r.Section = d.string(), d.string()
	r.Values = make([]string, columns)
	for c := range r.Values {
		r.Values[c] = d.string()
	}
}

// zstd's encoder and decoder are safe for concurrent EncodeAll and DecodeAll;
// one of each serves all stores.
var (
	encoder  = sync.OnceValues(newEncoder)
	inflater = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxState))
	})
)

// newEncoder: the fastest level takes half the time of the usual one, and one
// per cent more bytes, of what ledgers hold.
func newEncoder() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
}

func deflate(data []byte) ([]byte, error) {
	e, err := encoder()
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(data, nil), nil
}

// deflateState compresses the canonical encoding of content, of the length that
// sumState told.
func deflateState(st merge.State, size int64) ([]byte, error) {
	e, err := newEncoder()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e.ResetContentSize(&out, size)
	if err := pieces(st, e); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func inflate(data []byte) ([]byte, error) {
	d, err := inflater()
	if err != nil {
		return nil, err
	}
	return d.DecodeAll(data, nil)
}
