// Package recalc calculates the formulas that office ledgers usually hold, or
// says that it does not know: a value that is missing is filled in by the
// program that opens the workbook, a wrong one would stand.
//
// [Eval] calculates one formula over a [Book]. What it gives for the functions,
// operand types and shapes of arguments that it knows is what Excel and
// LibreOffice both give; a test compares it with LibreOffice's own calculation.
// Where they differ, or where it depends on country or settings, or on which of
// two nearly equal numbers is larger, the result is [ErrUnknown].
package recalc

import (
	"errors"
	"math"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
)

// Book is the workbook that formulas read, its sheets by number. All values are
// those of the calculation under way: a Book calculates the formulas among the
// cells that are asked for.
type Book interface {
	// Cell is the value of a cell. An error ends the calculation.
	Cell(sheet int, at a1.Ref) (Value, error)
	// Cells visits the cells of a range that are not blank, in any order.
	Cells(sheet int, r a1.Range, visit func(a1.Ref, Value) error) error
	// Sheet finds a sheet by name.
	Sheet(name string) (sheet int, ok bool)
	// Name is what a defined name stands for, as seen from a sheet.
	Name(name string, sheet int) (text string, ok bool)
	// Column is the data cells of a column of an Excel table; table "" is the one
	// around the cell at.
	Column(table, column string, sheet int, at a1.Ref) (home int, r a1.Range, ok bool)
	// HasHidden reports whether rows of a range are hidden, by hand or by a filter,
	// or may hold subtotals, so that what a SUBTOTAL takes in is not known.
	HasHidden(sheet int, r a1.Range) bool
	// Today is the serial number of the day.
	Today() float64
	// Spend counts cells looked at; it fails when the work is more than is done here.
	Spend(cells int) error
}

// Eval calculates the formula e of the cell at. A result that is blank is 0, as
// in every program. The error is ErrUnknown, or one of the Book's.
func Eval(b Book, e formula.Expr, sheet int, at a1.Ref) (Value, error) {
	c := &calc{book: b, sheet: sheet, at: at}
	v, err := c.scalar(e)
	var cell cellError
	switch {
	case errors.As(err, &cell):
		return Value{Kind: Error, Str: string(cell)}, nil
	case err != nil:
		return Value{}, err
	case v.Kind == Blank:
		return NumberOf(0), nil
	case v.Kind == Hollow:
		return Value{}, ErrUnknown
	case v.Kind == Number && (math.IsInf(v.Num, 0) || math.IsNaN(v.Num)):
		return Value{}, ErrUnknown
	}
	return v, nil
}

// calc is the calculation of one formula.
type calc struct {
	book  Book
	sheet int
	at    a1.Ref
	names int // depth of defined names
}

// area is a range on a sheet.
type area struct {
	sheet int
	a1.Range
}

func (a area) rows() int         { return a.Last.Row - a.First.Row + 1 }
func (a area) cols() int         { return a.Last.Col - a.First.Col + 1 }
func (a area) isCell() bool      { return a.First == a.Last }
func (a area) cells() int        { return a.rows() * a.cols() }
func (a area) sized(o area) bool { return a.rows() == o.rows() && a.cols() == o.cols() }

// area is the range that an expression names; ok is false if it names none.
func (c *calc) area(e formula.Expr) (a area, ok bool, err error) {
	switch e := e.(type) {
	case formula.Ref:
		a = area{c.sheet, e.Range}
		if e.Sheet != "" {
			if a.sheet, ok = c.book.Sheet(e.Sheet); !ok {
				return a, false, ErrUnknown
			}
		}
		a.First, a.Last = a1.At(min(a.First.Row, a.Last.Row), min(a.First.Col, a.Last.Col)),
			a1.At(max(a.First.Row, a.Last.Row), max(a.First.Col, a.Last.Col))
		return a, true, nil
	case formula.Column:
		home, r, ok := c.book.Column(e.Table, e.Name, c.sheet, c.at)
		if !ok {
			return a, false, ErrUnknown
		}
		if e.ThisRow {
			if home != c.sheet || c.at.Row < r.First.Row || c.at.Row > r.Last.Row {
				return a, false, ErrUnknown
			}
			r.First.Row, r.Last.Row = c.at.Row, c.at.Row
		}
		return area{home, r}, true, nil
	case formula.Name:
		x, err := c.name(e)
		if err != nil {
			return a, false, err
		}
		c.names++
		defer func() { c.names-- }()
		return c.area(x)
	}
	return a, false, nil
}

// name is what a defined name stands for in the formula's cell.
func (c *calc) name(n formula.Name) (formula.Expr, error) {
	scope := c.sheet
	if n.Sheet != "" {
		var ok bool
		if scope, ok = c.book.Sheet(n.Sheet); !ok {
			return nil, ErrUnknown
		}
	}
	text, ok := c.book.Name(n.Name, scope)
	if !ok || c.names > 8 {
		return nil, ErrUnknown
	}
	// References of a name are stored as they read in A1.
	text, ok = formula.Translate(text, c.at.Row-1, c.at.Col-1)
	if !ok {
		return nil, ErrUnknown
	}
	for _, r := range formula.Parse(text).Refs {
		if r.Sheet == "" {
			return nil, ErrUnknown
		}
	}
	x, err := formula.ParseExpr(text)
	if err != nil {
		return nil, ErrUnknown
	}
	return x, nil
}

// scalar is the one value of an expression; an error value comes back as error.
func (c *calc) scalar(e formula.Expr) (Value, error) {
	v, err := c.value(e)
	if err == nil && v.Kind == Error {
		return v, cellError(v.Str)
	}
	return v, err
}

// value is scalar, with error values of cells as values.
func (c *calc) value(e formula.Expr) (Value, error) {
	switch e := e.(type) {
	case formula.Number:
		return NumberOf(float64(e)), nil
	case formula.Text:
		return TextOf(string(e)), nil
	case formula.Bool:
		return BoolOf(bool(e)), nil
	case formula.Error:
		return Value{Kind: Error, Str: string(e)}, nil
	case formula.Ref, formula.Column:
		return c.cell(e)
	case formula.Name:
		x, err := c.name(e)
		if err != nil {
			return Value{}, err
		}
		c.names++
		defer func() { c.names-- }()
		return c.value(x)
	case formula.Unary:
		x, err := c.scalar(e.X)
		if err != nil {
			return x, err
		}
		return unary(e.Op, x)
	case formula.Binary:
		v, err := c.scalars([]formula.Expr{e.X, e.Y})
		if err != nil {
			if strings.Contains("+-*/^", e.Op) && len(v) == 2 && (v[0].Kind == Text || v[1].Kind == Text) {
				err = ErrUnknown // the text is an error of its own
			}
			return Value{}, err
		}
		return binary(e.Op, v[0], v[1])
	case formula.Call:
		return c.call(e)
	}
	return Value{}, ErrUnknown
}

// cell is the value of a reference to one cell. A larger range where one value
// is meant is not known: which of its cells it is depends on the program.
func (c *calc) cell(e formula.Expr) (Value, error) {
	a, ok, err := c.area(e)
	switch {
	case err != nil:
		return Value{}, err
	case !ok || !a.isCell():
		return Value{}, ErrUnknown
	}
	if err := c.book.Spend(1); err != nil {
		return Value{}, err
	}
	return c.book.Cell(a.sheet, a.First)
}

// scalars are the values of several operands. Where two of them are different
// error values it is not known which one wins.
func (c *calc) scalars(list []formula.Expr) ([]Value, error) {
	out := make([]Value, len(list))
	var failed error
	for i, e := range list {
		if e == nil {
			return nil, ErrUnknown
		}
		v, err := c.scalar(e)
		var cell cellError
		switch {
		case errors.As(err, &cell):
			if failed != nil && failed != err {
				return nil, ErrUnknown
			}
			failed = err
		case err != nil:
			return nil, err
		}
		out[i] = v
	}
	return out, failed
}

func unary(op string, x Value) (Value, error) {
	n, err := x.number()
	switch {
	case err != nil:
		return x, err
	case op == "-":
		return NumberOf(0 - n), nil
	case op == "%":
		return NumberOf(n / 100), nil
	case x.Kind != Number:
		return x, ErrUnknown // + changes nothing, not even the type
	}
	return x, nil
}

func binary(op string, x, y Value) (Value, error) {
	switch op {
	case "&":
		a, err := x.text()
		if err != nil {
			return Value{}, err
		}
		b, err := y.text()
		return TextOf(a + b), err
	case "=", "<>", "<", "<=", ">", ">=":
		return compare(op, x, y)
	}
	a, err1 := x.number()
	b, err2 := y.number()
	switch {
	case err1 == nil && err2 != nil:
		return Value{}, err2
	case err1 != nil && err2 != nil && err1 != err2:
		return Value{}, ErrUnknown
	case err1 != nil:
		return Value{}, err1
	}
	var r float64
	switch op {
	case "+", "-":
		if op == "-" {
			b = -b
		}
		// What is left of two nearly equal numbers is 0 in one program and noise
		// in another.
		if r = a + b; r != 0 && math.Abs(r) < 1e-11*math.Max(math.Abs(a), math.Abs(b)) {
			return Value{}, ErrUnknown
		}
	case "*":
		r = a * b
	case "/":
		if b == 0 {
			return Value{}, errDiv
		}
		r = a / b
	case "^":
		if a < 0 && b != math.Trunc(b) || a == 0 && b <= 0 {
			return Value{}, ErrUnknown
		}
		if r = math.Pow(a, b); a != 0 && math.Abs(r) < 1e-300 {
			return Value{}, ErrUnknown // too small for some programs
		}
	}
	if math.IsInf(r, 0) || math.IsNaN(r) {
		return Value{}, ErrUnknown
	}
	return NumberOf(r + 0), nil
}

// compare compares two values. Numbers come before texts; a truth value is
// compared with its own kind only, for it is a number in LibreOffice.
func compare(op string, x, y Value) (Value, error) {
	if x.Kind == Hollow && y.Kind == Text || x.Kind == Text && y.Kind == Hollow {
		x, y = TextOf(x.Str), TextOf(y.Str)
	}
	if x.Kind == Hollow || y.Kind == Hollow {
		return Value{}, ErrUnknown
	}
	if x.Kind == Blank && y.Kind == Blank {
		return BoolOf(op == "=" || op == "<=" || op == ">="), nil
	}
	x, y = asKind(x, y), asKind(y, x)
	order := 0
	switch {
	case x.Kind == Error || y.Kind == Error:
		return Value{}, ErrUnknown
	case x.Kind == Text && y.Kind == Text:
		same, err := sameText(x.Str, y.Str)
		if err != nil {
			return Value{}, err
		}
		if !same {
			switch {
			case op == "=" || op == "<>":
				order = 1
			case x.Str == "":
				order = -1
			case y.Str == "":
				order = 1
			default:
				return Value{}, ErrUnknown // the order of texts is the country's
			}
		}
	case x.Kind == Bool || y.Kind == Bool:
		if x.Kind != y.Kind || op != "=" && op != "<>" {
			return Value{}, ErrUnknown
		}
		order = int(x.Num - y.Num)
	case x.Kind != y.Kind:
		if order = 1; x.Kind == Number {
			order = -1
		}
	default:
		switch closeness(x.Num, y.Num) {
		case nearlyEqual:
			return Value{}, ErrUnknown
		case different:
			if order = 1; x.Num < y.Num {
				order = -1
			}
		}
	}
	switch op {
	case "=":
		return BoolOf(order == 0), nil
	case "<>":
		return BoolOf(order != 0), nil
	case "<":
		return BoolOf(order < 0), nil
	case "<=":
		return BoolOf(order <= 0), nil
	case ">":
		return BoolOf(order > 0), nil
	}
	return BoolOf(order >= 0), nil
}

// asKind is v, or if it is blank the blank of the other operand's kind.
func asKind(v, other Value) Value {
	if v.Kind != Blank {
		return v
	}
	switch other.Kind {
	case Text:
		return TextOf("")
	case Bool:
		return Value{Kind: Error} // blank against a truth value: not compared
	}
	return NumberOf(0)
}
