package syncer

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// writer makes edits in an open workbook.
type writer struct {
	wb      *ooxml.Workbook
	head    func() map[string]map[string]merge.Place // rows of head, for cells merged over several
	columns map[*table.Table]map[string]int          // columns added by this writer
	tables  map[*table.Table]*table.Table            // tables as they are after rows were appended
	taken   map[string]int                           // sheet rows into which rows came back, by id
	filled  map[*table.Table]map[int]bool            // sheet rows that this writer has put rows into
	back    func(kind, row string) bool              // the row was in the ledger before, and was deleted
	// describes the sheet of a kind of table that the workbook does not have yet; without a header: not known
	made func(kind string) ooxml.NewSheet
}

// now is a table as it stands after what this writer did to it.
func (w *writer) now(t *table.Table) *table.Table {
	if n := w.tables[t]; n != nil {
		return n
	}
	n := *t
	w.tables[t] = &n
	return &n
}

func (w *writer) cell(p *pend) error {
	t := w.now(p.book)
	if t.Index(p.key) < 0 {
		col, err := w.column(p.head, p.book, p.key)
		if err != nil || p.value == "" {
			return err
		}
		return w.wb.Set(t.Sheet, a1.Ref{Row: p.brow.Row, Col: col}, ooxml.TextValue(p.value))
	}
	rows := t.Shared(p.brow.Row, p.key)
	if len(rows) <= 1 {
		return table.Write(w.wb, t, p.brow.Row, p.key, p.value)
	}
	// A cell merged over several rows is written once all of them agree.
	at := make(map[int]string, len(p.book.Rows))
	for r := range p.book.Rows {
		at[p.book.Rows[r].Row] = p.book.Rows[r].ID
	}
	for _, row := range rows {
		if other, ok := w.head()[p.kind][at[row]]; ok && other.Table.Get(other.Row, p.key) != p.value {
			return sharedCell(w.wb.Path(), t, p.brow.Row, p.key, len(rows))
		}
	}
	return table.WriteShared(w.wb, t, p.brow.Row, p.key, p.value)
}

// empty clears a row that head does not have. A cell that is merged over rows that
// stay is theirs too and is left; so is a formula, which says nothing about an empty
// row.
func (w *writer) empty(p *pend) error {
	t := w.now(p.book)
	var failed error
	for c := range t.Columns {
		key := t.Columns[c].Key
		if value(t, p.brow, c) == "" {
			continue
		}
		if (merge.Place{Table: t, Row: p.brow}).Computed(key) {
			continue
		}
		if w.stays(t, p, key) {
			continue
		}
		if err := table.WriteShared(w.wb, t, p.brow.Row, key, ""); err != nil {
			failed = err
		}
	}
	return failed
}

// stays reports whether the cell of a row is merged over a row that head still has.
func (w *writer) stays(t *table.Table, p *pend, key string) bool {
	rows := t.Shared(p.brow.Row, key)
	if len(rows) <= 1 {
		return false
	}
	for r := range p.book.Rows {
		if o := &p.book.Rows[r]; slices.Contains(rows, o.Row) {
			if _, ok := w.head()[p.kind][o.ID]; ok {
				return true
			}
		}
	}
	return false
}

// row appends a row.
func (w *writer) row(p *pend) error {
	t := w.now(p.book)
	values := map[string]string{}
	for c := range p.head.Columns {
		key := p.head.Columns[c].Key
		if v := value(p.head, p.hrow, c); v != "" && t.Index(key) >= 0 {
			values[key] = v
		}
	}
	at, err := w.emptied(t, p)
	if err != nil {
		return err
	}
	if at > 0 {
		for _, key := range slices.Sorted(maps.Keys(values)) {
			if c, err := w.wb.Cell(t.Sheet, a1.Ref{Row: at, Col: t.Columns[t.Index(key)].Col}); err == nil &&
				c.Formula {
				continue // it was left there
			}
			if first, ok := t.Spread(at, key); ok {
				if c, err := w.wb.Cell(t.Sheet, first); err == nil && strings.TrimSpace(w.wb.Text(c)) != "" {
					continue // other rows' too, and stayed with them
				}
			}
			if err := table.WriteShared(w.wb, t, at, key, values[key]); err != nil {
				return err
			}
		}
		t.Place.Last = max(t.Place.Last, at)
		t.Place.Blank = slices.DeleteFunc(slices.Clone(t.Place.Blank), func(row int) bool { return row == at })
	} else if at, err = table.Append(w.wb, t, values); err != nil {
		return err
	}
	if w.filled[p.book] == nil {
		w.filled[p.book] = map[int]bool{}
	}
	w.filled[p.book][at] = true
	for c := range p.head.Columns {
		key := p.head.Columns[c].Key
		v := value(p.head, p.hrow, c)
		if v == "" || t.Index(key) >= 0 {
			continue
		}
		col, err := w.column(p.head, p.book, key)
		if err == nil {
			err = w.wb.Set(t.Sheet, a1.Ref{Row: at, Col: col}, ooxml.TextValue(v))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// emptied is the sheet row that a row which comes back left empty: one in the look of
// the rows around it, without a value, where its neighbours are. 0 if there is none.
func (w *writer) emptied(t *table.Table, p *pend) (int, error) {
	places := map[string]int{} // of the rows in the workbook
	for r := range p.book.Rows {
		places[p.book.Rows[r].ID] = p.book.Rows[r].Row
	}
	after, until := 0, 0
	here := slices.IndexFunc(p.head.Rows, func(r table.Row) bool { return r.ID == p.row })
	for _, r := range slices.Backward(p.head.Rows[:here]) {
		if after = max(places[r.ID], w.taken[r.ID]); after > 0 {
			break
		}
	}
	for _, r := range p.head.Rows[here+1:] {
		if until = places[r.ID]; until > 0 {
			break
		}
	}
	sheet, err := w.wb.Sheet(t.Sheet)
	if err != nil {
		return 0, err
	}
	like := sheet.Row(cmp.Or(after, until))
	if after == 0 {
		after = t.Place.HeaderLast
	}
	if until <= after {
		until = 0 // the rows were sorted anew, and these two are no neighbours any more
	}
	for at := after + 1; at != until; at++ {
		cells := sheet.Row(at)
		if until == 0 && (len(cells) == 0 || at == t.Place.Footer) {
			break
		}
		if !w.filled[p.book][at] && w.isEmpty(t, at, cells, like) && w.back(p.kind, p.row) {
			if w.taken == nil {
				w.taken = map[string]int{}
			}
			w.taken[p.row] = at
			return at, nil
		}
	}
	return 0, nil
}

// isEmpty reports whether the cells of a sheet row hold nothing of their own but
// formulas, and look like those of another row of the table.
func (w *writer) isEmpty(t *table.Table, row int, cells, like []ooxml.Cell) bool {
	style := map[int]int32{}
	for i := range like {
		style[like[i].Col] = like[i].Style
	}
	alike := 0
	for i := range cells {
		c := &cells[i]
		k := slices.IndexFunc(t.Columns, func(o table.Column) bool { return o.Col == c.Col })
		if k < 0 {
			continue
		}
		if style[c.Col] == c.Style {
			alike++
		}
		if _, spread := t.Spread(row, t.Columns[k].Key); !spread && !c.Formula &&
			strings.TrimSpace(w.wb.Text(*c)) != "" {
			return false
		}
	}
	return alike*2 >= len(t.Columns)
}

// column adds a column to the right of a table, if nothing stands there, and
// returns its place.
func (w *writer) column(head, t *table.Table, key string) (int, error) {
	if col := w.columns[t][key]; col > 0 {
		return col, nil
	}
	sheet, err := w.wb.Sheet(t.Sheet)
	if err != nil {
		return 0, err
	}
	free := func(col int) bool {
		for row := t.Place.HeaderFirst; row <= max(t.Place.Last, t.Place.HeaderLast); row++ {
			if c, ok := sheet.Cell(a1.Ref{Row: row, Col: col}); ok && c.Kind != ooxml.Blank {
				return false
			}
		}
		return true
	}
	col := 0
	for _, c := range t.Columns {
		col = max(col, c.Col)
	}
	col += 1 + len(w.columns[t])
	heading := ""
	if c := head.Index(key); c >= 0 {
		heading = head.Columns[c].Heading
	}
	if own, ok := strings.CutPrefix(key, table.NoHeading); ok && heading == "" {
		// A note beside the table stands where it stood, and gets no heading.
		if at, ok := a1.ParseRef(own + "1"); ok && at.Col >= col && free(at.Col) {
			col = at.Col
		}
	}
	if !free(col) {
		return 0, &msg.Error{Class: ooxml.ErrUnsafe,
			Text: msg.New("syncer.no_room", "Heading", headingOf(head, key), "File", filepath.Base(w.wb.Path()),
				"Sheet", t.Sheet), Hint: msg.New("syncer.no_room.hint")}
	}
	if heading != "" {
		if err := w.wb.Set(t.Sheet, a1.Ref{Row: t.Place.HeaderLast, Col: col}, ooxml.TextValue(heading)); err != nil {
			return 0, err
		}
	}
	if w.columns[t] == nil {
		w.columns[t] = map[string]int{}
	}
	w.columns[t][key] = col
	return col, nil
}

// headingOf is what a column is called in a sentence: its heading as written, or the
// letters of its place.
func headingOf(t *table.Table, key string) string {
	if c := t.Index(key); c >= 0 && t.Columns[c].Heading != "" {
		return t.Columns[c].Heading
	}
	return strings.TrimPrefix(key, table.NoHeading)
}

// sheet adds a table that the workbook does not have yet, on a sheet of its own.
func (w *writer) sheet(t *table.Table) error {
	n := w.made(t.Kind)
	if n.Name = t.Sheet; len(n.Header) != len(t.Columns) {
		n = ooxml.NewSheet{Name: t.Sheet}
		for c := range t.Columns {
			n.Header = append(n.Header, t.Columns[c].Heading)
			n.Widths = append(n.Widths, columnWidth(t, c))
		}
	}
	for r := range t.Rows {
		row := make([]ooxml.Value, len(t.Columns))
		for c := range t.Columns {
			v := value(t, &t.Rows[r], c)
			if v != "" {
				row[c] = ooxml.TextValue(v)
			}
			if d, err := time.Parse(time.DateOnly, v); err == nil {
				row[c] = ooxml.DateValue(d)
			}
		}
		n.Rows = append(n.Rows, row)
	}
	return w.wb.AddSheet(n)
}

// columnWidth is wide enough for the longest of the heading and the values, in
// characters; a Chinese one takes the room of two.
func columnWidth(t *table.Table, c int) float64 {
	width := func(s string) int {
		n := 0
		for _, r := range s {
			n++
			if r > 0x2e80 {
				n++
			}
		}
		return n
	}
	w := width(t.Columns[c].Heading)
	for r := range t.Rows {
		w = max(w, width(value(t, &t.Rows[r], c)))
	}
	return float64(min(max(w+2, 10), 50))
}
