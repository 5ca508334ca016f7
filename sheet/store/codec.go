package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

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

// encodeState is the canonical encoding of content that is normal.
func encodeState(st merge.State) []byte {
	size := 64
	for _, t := range st.Tables {
		for r := range t.Rows {
			size += len(t.Rows[r].ID) + len(t.Rows[r].Section) + 4
			for _, v := range t.Rows[r].Values {
				size += len(v) + 2
			}
		}
	}
	b := binary.AppendUvarint(make([]byte, 0, size), uint64(len(st.Tables)))
	for _, t := range st.Tables {
		b = appendHead(b, t)
		b = binary.AppendUvarint(b, uint64(len(t.Rows)))
		for r := range t.Rows {
			b = appendRow(b, &t.Rows[r])
		}
	}
	return b
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

// decodeState reads the canonical encoding.
func decodeState(data []byte) (merge.State, error) {
	d := &decoder{s: string(data)}
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
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	})
	inflater = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxState))
	})
)

func deflate(data []byte) ([]byte, error) {
	e, err := encoder()
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(data, nil), nil
}

func inflate(data []byte) ([]byte, error) {
	d, err := inflater()
	if err != nil {
		return nil, err
	}
	return d.DecodeAll(data, nil)
}
