package store

import (
	"encoding/binary"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// Operations of a difference; see the package comment.
const (
	opEnd = iota
	opCopy
	opRow
	opPatch
	opSeek
)

// encodeDelta is the difference that makes to out of base; both are normal.
func encodeDelta(base, to merge.State) []byte {
	b := binary.AppendUvarint(nil, uint64(len(to.Tables)))
	for i, t := range to.Tables {
		from := baseTable(base, to, i)
		b = binary.AppendUvarint(b, uint64(from+1))
		b = appendHead(b, t)
		if from < 0 {
			for r := range t.Rows {
				b = appendRow(append(b, opRow), &t.Rows[r])
			}
		} else {
			b = appendOps(b, base.Tables[from], t)
		}
		b = append(b, opEnd)
	}
	return b
}

// baseTable is the table of base that table i of to is most likely made of:
// the same kind, the same sheet if there is one, each used once.
func baseTable(base, to merge.State, i int) int {
	if i < len(base.Tables) && base.Tables[i].Kind == to.Tables[i].Kind {
		return i
	}
	for j, t := range base.Tables {
		if t.Kind == to.Tables[i].Kind && t.Sheet == to.Tables[i].Sheet {
			return j
		}
	}
	return -1
}

func appendOps(b []byte, from, t *table.Table) []byte {
	at := make(map[string]int, len(from.Rows))
	for r := range from.Rows {
		at[from.Rows[r].ID] = r
	}
	view := columnView(from, t)
	cursor, run := 0, 0
	flush := func() {
		if run > 0 {
			b = binary.AppendUvarint(append(b, opCopy), uint64(run))
			run = 0
		}
	}
	for r := range t.Rows {
		row := &t.Rows[r]
		i, known := at[row.ID]
		if !known {
			flush()
			b = appendRow(append(b, opRow), row)
			continue
		}
		if i != cursor {
			flush()
			b = binary.AppendUvarint(append(b, opSeek), uint64(i))
			cursor = i
		}
		cursor++
		n, patch := patchOf(&from.Rows[i], row, view)
		if n == 0 {
			run++
			continue
		}
		flush()
		b = binary.AppendUvarint(append(b, opPatch), uint64(n))
		b = append(b, patch...)
	}
	flush()
	return b
}

func patchOf(from, to *table.Row, view []int) (n int, b []byte) {
	if from.Section != to.Section {
		n++
		b = appendString(binary.AppendUvarint(b, 0), to.Section)
	}
	for c, v := range to.Values {
		old := ""
		if view[c] >= 0 {
			old = from.Values[view[c]]
		}
		if old != v {
			n++
			b = appendString(binary.AppendUvarint(b, uint64(c+1)), v)
		}
	}
	return n, b
}

// columnView is, for each column of t, the column of from with the same key, -1
// if there is none.
func columnView(from, t *table.Table) []int {
	view := make([]int, len(t.Columns))
	for c := range t.Columns {
		view[c] = from.Index(t.Columns[c].Key)
	}
	return view
}

// applyDelta makes content of base and a difference.
func applyDelta(base merge.State, data []byte) (merge.State, error) {
	d := &decoder{s: string(data)}
	st := merge.State{Tables: make([]*table.Table, d.count(5))}
	for i := range st.Tables {
		from := int(min(d.uvarint(), 1<<30)) - 1
		t := d.head()
		if from >= len(base.Tables) {
			d.fail()
		}
		if d.err != nil {
			return merge.State{}, d.err
		}
		src := &table.Table{}
		if from >= 0 {
			src = base.Tables[from]
		}
		applyOps(d, src, t)
		st.Tables[i] = t
	}
	return st, d.end()
}

func applyOps(d *decoder, from, t *table.Table) {
	view := columnView(from, t)
	same := len(from.Columns) == len(t.Columns)
	for c := range view {
		same = same && view[c] == c
	}
	seen := func(i int) table.Row {
		row := from.Rows[i]
		if same {
			return row
		}
		values := make([]string, len(view))
		for c, v := range view {
			if v >= 0 {
				values[c] = row.Values[v]
			}
		}
		row.Values = values
		return row
	}
	t.Rows = make([]table.Row, 0, len(from.Rows)+1)
	// A difference of ours copies a row once at most; one that asks for more is
	// damage.
	cursor, copied := 0, 0
	for d.err == nil {
		switch d.uvarint() {
		case opEnd:
			return
		case opCopy:
			n := d.uvarint()
			if n > uint64(len(from.Rows)-cursor) || copied+int(n) > len(from.Rows) {
				d.fail()
				return
			}
			if same {
				t.Rows = append(t.Rows, from.Rows[cursor:cursor+int(n)]...)
			} else {
				for i := range int(n) {
					t.Rows = append(t.Rows, seen(cursor+i))
				}
			}
			cursor += int(n)
			copied += int(n)
		case opRow:
			var row table.Row
			d.row(&row, len(t.Columns))
			t.Rows = append(t.Rows, row)
		case opPatch:
			n := d.count(2)
			if cursor >= len(from.Rows) || copied >= len(from.Rows) {
				d.fail()
				return
			}
			row := seen(cursor)
			row.Values = append([]string(nil), row.Values...)
			for range n {
				c, v := d.uvarint(), d.string()
				switch {
				case c == 0:
					row.Section = v
				case c <= uint64(len(row.Values)):
					row.Values[c-1] = v
				default:
					d.fail()
					return
				}
			}
			t.Rows = append(t.Rows, row)
			cursor++
			copied++
		case opSeek:
			i := d.uvarint()
			if i >= uint64(len(from.Rows)) {
				d.fail()
				return
			}
			cursor = int(i)
		default:
			d.fail()
		}
	}
}
