package syncer

import (
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// People write beside a table too: in a column without a heading, below the last
// row, on a sheet that they add, as a comment, in a text box. A merge compares tables
// and carries none of it. So each such text of a returned copy that the ledger's own
// workbook does not show is told once and kept with the copy's record in the history.
// What appears in the shared workbook, or disappears from it, is kept with the record
// of the save (notes.go).

// Beside is a text of a returned copy that stands in no table.
type Beside store.Beside

// Text says so in a sentence.
func (b Beside) Text() msg.Text {
	return msg.New("syncer.beside", "Sheet", b.Sheet, "Cell", b.Cell, "Text", b.Said, "What", b.What)
}

// mostBeside is how many texts beside the tables of a workbook are remembered.
const mostBeside = 5000

// besideAt is a text beside the tables, and the cell it stands in.
type besideAt struct {
	store.Spot
	at      a1.Ref
	what    string // store.Beside.What
	heading string // key of the column that it heads, "" for other cells
}

// beside collects the texts of the workbook that stand in no table of st, which is
// its tables with ids. Of a formula the spot says that it is one, since results change
// by themselves; all adds what it shows, as a copy may hold that as a value.
func (b *book) beside(st merge.State, all bool) (out []besideAt) {
	defer b.wb.Forget()
	for _, info := range b.wb.Sheets() {
		var tables []*table.Table
		rows := map[int]string{} // ids of data rows
		for _, t := range st.Tables {
			if t.Sheet != info.Name {
				continue
			}
			tables = append(tables, t)
			for r := range t.Rows {
				rows[t.Rows[r].Row] = t.Rows[r].ID
			}
		}
		sheet, err := b.wb.Sheet(info.Name)
		if err != nil {
			continue // it has no table either; what can be read of the copy is merged
		}
		isData, last := false, 0
		for i := range sheet.Cells {
			c := &sheet.Cells[i]
			if c.Kind == ooxml.Blank && !c.Formula {
				continue
			}
			if c.Row != last {
				last = c.Row
				_, isData = rows[c.Row]
			}
			heading, inside := columnAt(tables, isData, c.Ref)
			if inside {
				continue
			}
			text := oneLine(b.wb.Text(*c))
			spot := besideAt{Spot: store.Spot{Sheet: info.Name, Row: rows[c.Row], Text: text}, at: c.Ref,
				heading: heading}
			if c.Formula {
				if all && text != "" {
					out = append(out, spot)
				}
				spot.Text, spot.what = "=", store.BesideFormula
			} else if heading != "" {
				spot.what = store.BesideHeading
			}
			if spot.Text != "" {
				out = append(out, spot)
			}
		}
		remarks, _ := b.wb.Remarks(info.Name) // damaged comments keep no row from being merged
		for _, r := range remarks {
			what := store.BesideComment
			if r.Shape {
				what = store.BesideShape
			}
			out = append(out, besideAt{Spot: store.Spot{Sheet: info.Name, Row: rows[r.Row], Text: oneLine(r.Text)},
				at: r.Ref, what: what})
		}
	}
	return out
}

// columnAt reports whether a cell belongs to a row of one of the tables, isData being
// whether its row is; of a cell in a header it tells the key of the column.
func columnAt(tables []*table.Table, isData bool, at a1.Ref) (heading string, inside bool) {
	for _, t := range tables {
		head := t.Place.HeaderFirst <= at.Row && at.Row <= t.Place.HeaderLast
		if !head && (!isData || at.Row < t.Place.First || at.Row > t.Place.Last) {
			continue
		}
		if c := slices.IndexFunc(t.Columns, func(c table.Column) bool { return c.Col == at.Col }); c >= 0 {
			return t.Columns[c].Key, !head
		}
	}
	return "", false
}

// withoutNotes takes the columns without a heading out of a copy's tables that the
// ledger does not have, where its workbook has something else in their place: two
// notes side by side would become one. What they say is told.
func (s *inbox) withoutNotes(b *book) error {
	defer s.book.wb.Forget()
	for i, t := range b.found.Tables {
		var keep []int
		for c := range t.Columns {
			free, err := s.isRoomFor(t, c)
			if err != nil {
				return err
			}
			if free {
				keep = append(keep, c)
			}
		}
		if len(keep) == len(t.Columns) {
			continue
		}
		n := *t
		n.Columns, n.Rows = nil, slices.Clone(t.Rows)
		for r := range n.Rows {
			n.Rows[r].Values = nil
			for _, c := range keep {
				n.Rows[r].Values = append(n.Rows[r].Values, value(t, &t.Rows[r], c))
			}
		}
		for _, c := range keep {
			n.Columns = append(n.Columns, t.Columns[c])
		}
		b.found.Tables[i] = &n
	}
	return nil
}

// isRoomFor reports whether column c of a copy's table has a heading, or is known
// here, or nothing stands in its place beside the ledger's own table.
func (s *replica) isRoomFor(t *table.Table, c int) (bool, error) {
	col := t.Columns[c]
	if col.Heading != "" || !strings.HasPrefix(col.Key, table.NoHeading) {
		return true, nil
	}
	for _, h := range s.head.state.Tables {
		if h.Kind == t.Kind && h.Index(col.Key) >= 0 {
			return true, nil
		}
	}
	for _, own := range s.book.aligned.Tables {
		if own.Kind != t.Kind || own.Sheet != t.Sheet {
			continue
		}
		sheet, err := s.book.wb.Sheet(own.Sheet)
		if err != nil {
			return false, err
		}
		for row := own.Place.HeaderFirst; row <= max(own.Place.Last, own.Place.HeaderLast); row++ {
			if cell, ok := sheet.Cell(a1.Ref{Row: row, Col: col.Col}); ok &&
				(cell.Kind != ooxml.Blank || cell.Formula) {
				return false, nil
			}
		}
	}
	return true, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// spots is what stands beside the tables of the workbook as it was read last, for
// the record of the copies that are made of it; nil if that is too much.
func (s *replica) spots() []store.Spot {
	list := s.book.beside(s.book.aligned, true)
	if len(list) > mostBeside {
		return nil
	}
	return spotsOf(list)
}

func spotsOf(list []besideAt) []store.Spot {
	out := make([]store.Spot, len(list))
	for i := range list {
		out[i] = list[i].Spot
	}
	return out
}

// mostOf raises have to how often each spot stands in a list.
func mostOf(have map[store.Spot]int, list []store.Spot) {
	n := map[store.Spot]int{}
	for _, k := range list {
		n[k]++
		have[k] = max(have[k], n[k])
	}
}

// isKnown reports whether all that was found is among what is there already.
func isKnown(found []besideAt, have map[store.Spot]int) bool {
	n := map[store.Spot]int{}
	for i := range found {
		k := found[i].Spot
		if n[k]++; n[k] > have[k] {
			return false
		}
	}
	return true
}

// besideOf is the texts of a copy beside its tables that nobody knows here: that
// stand neither in the ledger's workbook nor in what was sent out, and were not told
// of an earlier copy.
func (s *inbox) besideOf(b *book, res merge.Result, unit string) (out []Beside) {
	found := b.beside(res.Theirs, false)
	have := map[store.Spot]int{} // how often each was sent out, or stands in the ledger's workbook
	for _, r := range s.hist.Rounds() {
		if r.Revision == b.stamp.Revision && b.stamp.Revision != "" {
			mostOf(have, r.Beside)
		}
	}
	if isKnown(found, have) {
		return nil // and the ledger's workbook, which may be large, need not be searched
	}
	mostOf(have, spotsOf(s.book.beside(s.book.aligned, true)))
	told := map[Beside]bool{}
	for i := range s.graph.All {
		for _, c := range s.graph.All[i].Copies {
			for _, k := range c.Beside {
				if c.Unit == unit {
					told[Beside{Sheet: k.Sheet, Said: k.Said, What: k.What}] = true
				}
			}
		}
	}
	form := s.formOf(b)
	for _, k := range found {
		if have[k.Spot]--; have[k.Spot] >= 0 || form(k) || isHeadingOf(s.head.state, res, k) {
			continue
		}
		said := Beside{Sheet: k.Sheet, Said: k.Text, What: k.what}
		if said.What == store.BesideFormula {
			if c, err := b.wb.Cell(k.Sheet, k.at); err == nil {
				said.Said = oneLine(b.wb.Text(c))
			}
		}
		if !told[said] {
			said.Cell = k.at.String()
			out = append(out, said)
		}
	}
	return out
}

// isHeadingOf reports whether a text heads a column that the ledger has, or had when
// the copy was taken: what became of the column is told by its values.
func isHeadingOf(head merge.State, res merge.Result, k besideAt) bool {
	if k.heading == "" {
		return false
	}
	if slices.ContainsFunc(res.Columns, func(c merge.ColumnChange) bool {
		return c.Key == k.heading &&
			c.What == merge.ColumnAdded
	}) {
		return true
	}
	for _, t := range head.Tables {
		if c := t.Index(k.heading); c >= 0 && strings.Contains(oneLine(t.Columns[c].Heading), k.Text) {
			return true
		}
	}
	return false
}

// formOf tells what of a copy belongs to the small sheet of the supervision record that
// was put into it: the line above it, its headings, and the lists that its cells are
// chosen from.
func (s *inbox) formOf(b *book) func(besideAt) bool {
	l := s.build().ledger
	def := l.RegisterDef(ledger.KindSupervision)
	if def == nil || !l.Supervised() {
		return func(besideAt) bool { return false }
	}
	lists := map[string]bool{}
	for _, info := range b.wb.Sheets() {
		lists[info.Name] = info.Visibility != ooxml.Visible && strings.HasPrefix(info.Name, ooxml.ListSheet)
	}
	name := def.Name
	if r := l.Register(ledger.KindSupervision); r != nil {
		name = r.Tables[0].Sheet
	}
	return func(k besideAt) bool {
		if lists[k.Sheet] {
			return true
		}
		ours := k.at.Row == 1 && strings.HasPrefix(k.Text, def.Name) ||
			k.at.Row == 2 && slices.ContainsFunc(def.Fields,
				func(f ledger.RegisterField) bool { return f.Heading() == k.Text })
		return ours && strings.HasPrefix(k.Sheet, name)
	}
}
