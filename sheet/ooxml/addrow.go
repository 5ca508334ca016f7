package ooxml

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Layout is where a table stands in its sheet, for AddRow, with the edits made
// so far: a row added above a footer has moved the footer.
type Layout struct {
	Sheet     string
	Columns   [2]int // first and last column
	FirstData int    // first data row
	LastData  int    // last data row; FirstData-1 if there is none yet
	Blank     int    // a prepared blank row to use, 0 if there is none
	Footer    int    // first row below the table that is not part of it, 0 if there is none
}

// AddRow puts values (by column) into a new row of a table and returns its row
// number: the prepared blank row if there is one, else a row after LastData in
// the look of that row, with the ranges that cover the table extended and a
// footer shifted down whole. ErrUnsafe tells what stands in the way; nothing is
// changed then.
//
// The look is each cell's format, the row's height, merges within the row, and
// the formulas of computed columns. Ranges that cover the table are those that
// end with LastData: validations, conditional formats, filter, table part,
// print area, and formulas and charts elsewhere that take in all data rows (a
// total, a count on another sheet). A vertical merge that ends at LastData is
// not extended. A value for a cell that holds, or would hold, a formula is
// refused with ErrFormula.
func (w *Workbook) AddRow(t Layout, values map[int]Value) (row int, err error) {
	defer w.say(&err)
	if err := w.mayEdit(); err != nil {
		return 0, err
	}
	d, err := w.book.Draft(t.Sheet)
	if err != nil {
		return 0, err
	}
	t.Sheet = d.Sheet
	t = besideTotals(d, t)
	row = t.LastData + 1
	if t.Blank > 0 {
		row = t.Blank
	}
	if row < 1 || row > a1.MaxRow || t.Columns[0] < 1 || t.Columns[1] < t.Columns[0] || t.Columns[1] > a1.MaxCol {
		return 0, w.cellError(d, a1.At(row, max(t.Columns[0], 1)), "ooxml.no_cell", ErrUnsafe)
	}
	checked := map[int]Value{}
	for _, col := range slices.Sorted(maps.Keys(values)) {
		if col < t.Columns[0] || col > t.Columns[1] {
			return 0, w.cellError(d, a1.At(row, col), "ooxml.no_cell", ErrUnsafe)
		}
		if checked[col], err = w.checkValue(d, a1.At(row, col), values[col]); err != nil {
			return 0, err
		}
	}
	if t.Blank > 0 {
		return row, w.book.Attempt(func() error { return w.fillRow(d, row, checked) })
	}
	if err := w.book.Flush(); err != nil {
		return 0, err
	}
	return row, w.book.Attempt(func() error { return w.appendRow(t, row, checked) })
}

// Computed are the columns of a table whose formula a row added to it goes on
// with, so that no value can be put there.
func (w *Workbook) Computed(t Layout) (columns map[int]bool, err error) {
	defer w.say(&err)
	d, err := w.book.Draft(t.Sheet)
	if err != nil {
		return nil, err
	}
	tpl, err := lastRow(d, besideTotals(d, t))
	return tpl.computed, err
}

// besideTotals is t without the totals row of an Excel table among its data and
// prepared rows: that row is the footer, whatever it says.
func besideTotals(d *sheetxml.Draft, t Layout) Layout {
	for _, r := range d.Totals {
		if r.First.Col > t.Columns[1] || r.Last.Col < t.Columns[0] {
			continue
		}
		if t.Blank >= r.First.Row && t.Blank <= r.Last.Row {
			t.Blank = 0
		}
		if t.Blank == 0 && t.LastData >= r.First.Row-1 && t.LastData <= r.Last.Row {
			t.LastData, t.Footer = r.First.Row-1, r.First.Row
		}
	}
	return t
}

// fillRow puts values into a row that is there.
func (w *Workbook) fillRow(d *sheetxml.Draft, row int, values map[int]Value) error {
	sets, olds := map[a1.Ref]sheetxml.Setting{}, map[a1.Ref]int{}
	for _, col := range slices.Sorted(maps.Keys(values)) {
		v := values[col]
		at := d.Anchor(a1.At(row, col))
		if v.Kind == Blank {
			continue
		}
		if at.Row != row {
			return w.cellError(d, a1.At(row, col), "ooxml.row_merged", ErrUnsafe)
		}
		old, err := w.checkCell(d, at)
		if err != nil {
			return err
		}
		if sets[at], err = w.styled(v, old, d.Sets[at.Row][at.Col].Own-1); err != nil {
			return err
		}
		olds[at] = old
	}
	for at, s := range sets {
		d.Set(at, s)
		w.noteLocked(d, olds[at])
	}
	return nil
}

// styled is a checked value with the format it needs: keep, or for a date where
// format old shows none, one that does.
func (w *Workbook) styled(v Value, old, keep int) (sheetxml.Setting, error) {
	s := sheetxml.Setting{Value: v, Style: keep, Own: keep + 1}
	if v.Kind == Date {
		style, err := w.book.DateStyle(old, v)
		if err != nil {
			return s, err
		}
		if style >= 0 {
			s.Style = style
		}
		s.Value.Kind = Number
	}
	return s, nil
}

// appendRow makes room below the last data row and fills it.
func (w *Workbook) appendRow(t Layout, row int, values map[int]Value) error {
	d, err := w.book.Draft(t.Sheet)
	if err != nil {
		return err
	}
	free, err := w.isRowFree(d, t, row)
	if err != nil {
		return err
	}
	if t.Footer == 0 && !free {
		return w.cannotAdd(d, row, msg.New("ooxml.unsafe_not_empty"))
	}
	template, err := lastRow(d, t)
	if err != nil {
		return err
	}
	var computed []int
	for col := t.Columns[0]; col <= t.Columns[1]; col++ {
		switch isBlank := values[col].Kind == Blank; {
		case !isBlank && template.computed[col]:
			return w.cellError(d, a1.At(row, col), "ooxml.formula", ErrFormula)
		case isBlank && template.formulas[col] != "":
			computed = append(computed, col)
		}
	}
	data := a1.Range{First: a1.At(t.FirstData, t.Columns[0]), Last: a1.At(t.LastData, t.Columns[1])}
	// A gap above the footer is kept if the footer can move, else used up.
	x := rowmove.NewInsertion(w.book, d, rowmove.Rows{New: row, Shift: t.Footer > 0, Table: data}, template.attrs)
	parts, err := x.Parts(computed)
	if err != nil && x.Shift && free && row < t.Footer {
		x.Shift = false
		parts, err = x.Parts(computed)
	}
	if err != nil {
		var obstacle *rowmove.Obstacle
		if errors.As(err, &obstacle) {
			return w.cannotAdd(d, row, obstacleText(obstacle))
		}
		return err
	}
	sets := map[int]sheetxml.Setting{}
	for col := t.Columns[0]; col <= t.Columns[1]; col++ {
		style, known := template.styles[col]
		if !known {
			style = d.ColStyle(col)
		}
		v := values[col]
		s, err := w.styled(v, style, style)
		if err != nil {
			return err
		}
		if f := template.formulas[col]; v.Kind == Blank && f != "" {
			s.Formula, _ = formula.Translate(x.Formula(f, a1.At(t.LastData, col)), 1, 0)
		}
		if v.Kind == Blank && s.Formula == "" && !known {
			continue
		}
		sets[col] = s
	}
	for _, p := range parts {
		w.book.Put(p.Name, p.Data)
		delete(w.book.Pending.Drafts, p.Name)
	}
	w.book.NoteInserted(bookxml.InsertedRow{Sheet: w.book.SheetIndex(d.Sheet), Row: row, Shift: x.Shift})
	if d, err = w.book.Draft(t.Sheet); err != nil {
		return err
	}
	d.RowAttrs[row] = template.attrs
	for col, s := range sets {
		d.Set(a1.At(row, col), s)
		w.noteLocked(d, s.Style)
	}
	return nil
}

// isRowFree reports whether a row holds nothing in the columns of the table and is in no
// merge there.
func (w *Workbook) isRowFree(d *sheetxml.Draft, t Layout, row int) (bool, error) {
	for _, m := range d.Merges {
		if m.First.Row <= row && m.Last.Row >= row && m.First.Col <= t.Columns[1] && m.Last.Col >= t.Columns[0] {
			return false, nil
		}
	}
	cells, err := w.book.Contents(d, row)
	for _, c := range cells {
		if c.Col >= t.Columns[0] && c.Col <= t.Columns[1] {
			return false, err
		}
	}
	return true, err
}

// template is the look of the last data row.
type template struct {
	attrs    string         // of the row element, from height to format
	styles   map[int]int    // by column, of the cells that are there
	formulas map[int]string // of computed columns, as they read in that row
	computed map[int]bool   // columns whose formula other rows have too
}

// lastRow reads the look of the last data row of a table.
func lastRow(d *sheetxml.Draft, t Layout) (tpl template, err error) {
	tpl = template{styles: map[int]int{}, formulas: map[int]string{}, computed: map[int]bool{}}
	if t.LastData < t.FirstData {
		return tpl, nil
	}
	i, ok := d.Find(t.LastData)
	if !ok {
		return tpl, nil
	}
	row, err := d.ReadRow(i)
	if err != nil {
		return tpl, opc.Damaged(d.Part, err)
	}
	tpl.attrs = lookAttrs(d.Data[row.Tag.Start:row.Tag.End])
	computed := false
	for _, c := range row.Cells {
		if c.Col < t.Columns[0] || c.Col > t.Columns[1] {
			continue
		}
		tpl.styles[c.Col] = c.Style
		computed = computed || c.Formula
	}
	if row.Style >= 0 {
		for col := t.Columns[0]; col <= t.Columns[1]; col++ {
			if _, ok := tpl.styles[col]; !ok {
				tpl.styles[col] = row.Style
			}
		}
	}
	if !computed {
		return tpl, nil
	}
	list, err := d.FormulaCells()
	if err != nil {
		return tpl, opc.Damaged(d.Part, err)
	}
	// Only a formula that the rows above share is the column's. One that stands in
	// the last row alone somebody wrote for that row, and a picture is one row's own.
	first := max(t.FirstData, t.LastData-likeRows)
	above := t.LastData - first
	like, texts := map[int]int{}, map[int]string{}
	for _, f := range slices.Backward(list) {
		row, col := f.Home.Row, f.Home.Col
		if row < first || row > t.LastData || col < t.Columns[0] || col > t.Columns[1] {
			continue
		}
		text, ok := formula.Translate(f.Text, t.LastData-row, 0)
		if !ok || f.Kind == "array" || f.Kind == "dataTable" || f.Text == "" ||
			sheetxml.IsPictureFormula([]byte(f.Text)) {
			continue
		}
		if row == t.LastData {
			if _, ok := formula.Translate(f.Text, 1, 0); ok {
				texts[col] = text
			}
		} else if text == texts[col] {
			like[col]++
		}
	}
	for col, text := range texts {
		if 2*like[col] >= above {
			tpl.formulas[col], tpl.computed[col] = text, above > 0
		}
	}
	return tpl, nil
}

// likeRows is how many rows above the last one are asked whether they have the
// same formula.
const likeRows = 50

// lookAttrs are the attributes of a row that make its look: not its number, the
// span of its cells, or that it is hidden.
func lookAttrs(tag []byte) string {
	s := xmlpart.NewScanner(tag)
	s.Next()
	var b strings.Builder
	for _, a := range s.Attrs {
		switch string(tag[a.Name.Start:a.Name.End]) {
		case "s", "customFormat", "ht", "customHeight", "thickTop", "thickBot", "outlineLevel":
			b.WriteByte(' ')
			b.Write(tag[a.Name.Start : a.Value.End+1])
		}
	}
	return b.String()
}

// cannotAdd says why a row cannot be added.
func (w *Workbook) cannotAdd(d *sheetxml.Draft, row int, why msg.Text) error {
	return &msg.Error{
		Class: ErrUnsafe,
		Text:  msg.New("ooxml.unsafe_row", "File", w.path, "Sheet", d.Sheet, "Row", row, "Why", why),
		Hint:  msg.New("ooxml.hint_unsafe_row"),
	}
}
