package ooxml

import (
	"math"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// maxText is the most characters that Excel keeps in a cell.
const maxText = 32767

// Set puts a value into a cell and keeps its style. Of a merged range the
// anchor is written. A date in a cell whose style is not a date style gets one
// that differs from it only in the number format. Errors: ErrNoSheet,
// ErrFormula, ErrSigned, and ErrUnsafe for a value that a cell cannot hold and
// for the heading of an Excel table, a cell of a pivot table or one that a
// picture fills, and for a picture as value; nothing is changed then.
//
// Rows are counted with the edits made so far: below a row that AddRow has put
// in they are one higher than in Sheet. All edits of a sheet are made in one pass over
// its part when the workbook is written.
func (w *Workbook) Set(sheet string, at a1.Ref, v Value) (err error) {
	defer w.say(&err)
	if err := w.mayEdit(); err != nil {
		return err
	}
	g, err := w.book.Draft(sheet)
	if err != nil {
		return err
	}
	if at.Row < 1 || at.Row > a1.MaxRow || at.Col < 1 || at.Col > a1.MaxCol {
		return w.cellError(g, at, "ooxml.no_cell", ErrUnsafe)
	}
	at = g.Anchor(at)
	old, err := w.checkCell(g, at)
	if err != nil {
		return err
	}
	v, err = w.checkValue(g, at, v)
	if err != nil {
		return err
	}
	return w.book.Attempt(func() error {
		// An edit that waits for the same cell leaves nothing behind.
		s, err := w.styled(v, old, g.Sets[at.Row][at.Col].Own-1)
		if err != nil {
			return err
		}
		g.Set(at, s)
		w.noteLocked(g, old)
		return nil
	})
}

// noteLocked notes that a cell which shows in a format is written although the
// sheet is protected and the cell locked. The file's owner asked for it.
func (w *Workbook) noteLocked(g *sheetxml.Draft, style int) {
	if g.IsProtected && !w.book.IsUnlocked(style) {
		w.note("ooxml.wrote_locked", "Sheet", g.Sheet)
	}
}

// mayEdit refuses to break a digital signature unless told to, and to edit what
// has been saved already.
func (w *Workbook) mayEdit() error {
	if w.spent {
		return &msg.Error{Class: ErrChanged, Text: msg.New("ooxml.changed", "File", w.path),
			Hint: msg.New("ooxml.hint_reread")}
	}
	if w.opt.Force {
		return nil
	}
	if w.Signed() {
		return &msg.Error{Class: ErrSigned, Text: msg.New("ooxml.signed", "File", w.path),
			Hint: msg.New("ooxml.hint_signed")}
	}
	return nil
}

// Signed reports whether the workbook bears a digital signature. (A signature
// on its macros alone is not one on the workbook.)
func (w *Workbook) Signed() bool { return w.book.IsSigned() }

// checkCell refuses cells that must not be overwritten and finds the cell's own format: not
// that of a date which waits to be written.
func (w *Workbook) checkCell(g *sheetxml.Draft, at a1.Ref) (style int, err error) {
	for _, a := range g.Arrays {
		if a.Contains(at) {
			return 0, w.cellError(g, at, "ooxml.formula", ErrFormula)
		}
	}
	for _, h := range g.Headers {
		if h.Contains(at) {
			return 0, w.cellError(g, at, "ooxml.table_heading", ErrUnsafe)
		}
	}
	for _, p := range g.Pivots {
		if p.Contains(at) {
			return 0, w.cellError(g, at, "ooxml.pivot", ErrUnsafe)
		}
	}
	switch s := g.Sets[at.Row][at.Col]; {
	case s.Formula != "":
		return 0, w.cellError(g, at, "ooxml.formula", ErrFormula)
	case s.Own > 0:
		return s.Own - 1, nil
	}
	style = g.ColStyle(at.Col)
	i, ok := g.Find(at.Row)
	if !ok {
		return style, nil
	}
	row, err := g.ReadRow(i)
	if err != nil {
		return 0, w.damagedPart(g.Part, err)
	}
	if row.Style >= 0 {
		style = row.Style
	}
	if row.IsTwice(at.Col) {
		return 0, w.cellError(g, at, "ooxml.cell_twice", ErrUnsafe)
	}
	if c, ok := row.Cell(at.Col); ok {
		if w.book.HoldsPicture(g, c) {
			return 0, w.cellError(g, at, "ooxml.picture", ErrUnsafe)
		}
		if c.Formula {
			return 0, w.cellError(g, at, "ooxml.formula", ErrFormula)
		}
		style = c.Style
	}
	return style, nil
}

// checkValue checks a value and gives it the form in which it is stored. A date becomes a
// serial number that is still marked as a date.
func (w *Workbook) checkValue(g *sheetxml.Draft, at a1.Ref, v Value) (Value, error) {
	bad := func(key string) (Value, error) { return v, w.cellError(g, at, key, ErrUnsafe) }
	switch v.Kind {
	case Blank:
		return Value{}, nil
	case Text:
		v.Text = sheetxml.NormalText(strings.ToValidUTF8(v.Text, "\uFFFD"))
		if v.Text == PictureText || sheetxml.IsPictureFormula([]byte(v.Text)) && v.Text[0] == '=' {
			return bad("ooxml.picture_typed")
		}
		if sheetxml.TextUnits(v.Text) > maxText {
			return bad("ooxml.text_too_long")
		}
		if v.Text == "" {
			return Value{}, nil
		}
	case Number:
		v.Text = strings.TrimSpace(v.Text)
		f, err := strconv.ParseFloat(v.Text, 64)
		if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || strings.ContainsAny(v.Text, "xX_pP") {
			return bad("ooxml.not_number")
		}
	case Bool:
		if v.Text != "0" && v.Text != "1" {
			return bad("ooxml.not_bool")
		}
	case Date:
		text, ok := sheetxml.Serial(v.Time, w.book.Date1904)
		if !ok {
			return bad("ooxml.date_range")
		}
		v.Text = text
	}
	return v, nil
}

func (w *Workbook) cellError(g *sheetxml.Draft, at a1.Ref, key string, class error) error {
	e := &msg.Error{Class: class, Text: msg.New(key, "File", w.path, "Sheet", g.Sheet, "Cell", at.String())}
	if class == ErrFormula {
		e.Hint = msg.New("ooxml.hint_formula")
	}
	return e
}
