package recalc

import (
	"errors"
	"math"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
)

// maxMatrix is how many cells a range or array may have that is held whole.
const maxMatrix = 1 << 20

// matrix is the values of a range or an array. Of a range the rows below the
// last cell that is not blank are not stored.
type matrix struct {
	rows, cols int
	vals       []Value // by rows; shorter than rows*cols where the rest is blank
}

func (m *matrix) at(row, col int) Value {
	if i := row*m.cols + col; i < len(m.vals) {
		return m.vals[i]
	}
	return Value{}
}

// stored is the number of rows that hold something or stand above one that does.
func (m *matrix) stored() int { return len(m.vals) / m.cols }

// load reads a range.
func (c *calc) load(a area) (*matrix, error) {
	m := &matrix{rows: a.rows(), cols: a.cols()}
	last := 0
	type cell struct {
		at a1.Ref
		v  Value
	}
	var cells []cell
	err := c.book.Cells(a.sheet, a.Range, func(at a1.Ref, v Value) error {
		last = max(last, at.Row-a.First.Row+1)
		cells = append(cells, cell{at, v})
		return c.book.Spend(1)
	})
	if err != nil {
		return nil, err
	}
	if last*m.cols > maxMatrix {
		return nil, ErrUnknown
	}
	m.vals = make([]Value, last*m.cols)
	for _, x := range cells {
		m.vals[(x.at.Row-a.First.Row)*m.cols+x.at.Col-a.First.Col] = x.v
	}
	return m, nil
}

// array is an expression calculated for every element, as SUMPRODUCT does.
func (c *calc) array(e formula.Expr) (*matrix, error) {
	switch e := e.(type) {
	case formula.Array:
		m := &matrix{rows: len(e), cols: len(e[0])}
		for _, row := range e {
			for _, x := range row {
				v, err := c.value(x)
				if err != nil {
					return nil, err
				}
				m.vals = append(m.vals, v)
			}
		}
		return m, nil
	case formula.Unary:
		return c.each([]formula.Expr{e.X}, false, func(v []Value) (Value, error) { return unary(e.Op, v[0]) })
	case formula.Binary:
		return c.each([]formula.Expr{e.X, e.Y}, false, func(v []Value) (Value,
			error) {
			return binary(e.Op, v[0], v[1])
		})
	case formula.Call:
		if f, ok := plainFunctions[e.Name]; ok {
			if len(e.Args) < f.min || len(e.Args) > f.max {
				return nil, ErrUnknown
			}
			return c.each(e.Args, f.errors, func(v []Value) (Value, error) { return f.fn(c, v) })
		}
		if e.Name == "COUNTIF" || e.Name == "SUMIF" {
			return c.eachCriterion(e)
		}
	}
	a, ok, err := c.area(e)
	if err != nil {
		return nil, err
	}
	if !ok {
		v, err := c.value(e)
		var cell cellError
		if errors.As(err, &cell) {
			v, err = Value{Kind: Error, Str: string(cell)}, nil
		}
		return &matrix{1, 1, []Value{v}}, err
	}
	if a.cells() > maxMatrix {
		return nil, ErrUnknown
	}
	return c.load(a)
}

// each calculates a function for the elements of its arguments. A single value
// goes with every element, a row with every row and a column with every column
// of the others; otherwise all arguments are of one size. errs tells
// that the function takes error values.
func (c *calc) each(args []formula.Expr, errs bool, fn func([]Value) (Value, error)) (*matrix, error) {
	out := &matrix{rows: 1, cols: 1}
	list := make([]*matrix, len(args))
	for i, e := range args {
		if e == nil {
			return nil, ErrUnknown
		}
		m, err := c.array(e)
		if err != nil {
			return nil, err
		}
		list[i] = m
		if out.rows > 1 && m.rows > 1 && out.rows != m.rows || out.cols > 1 && m.cols > 1 && out.cols != m.cols {
			return nil, ErrUnknown
		}
		out.rows, out.cols = max(out.rows, m.rows), max(out.cols, m.cols)
	}
	if out.rows*out.cols > maxMatrix {
		return nil, ErrUnknown
	}
	if err := c.book.Spend(out.rows * out.cols); err != nil {
		return nil, err
	}
	out.vals = make([]Value, out.rows*out.cols)
	vals := make([]Value, len(args))
	for i := range out.vals {
		failed := ""
		for k, m := range list {
			vals[k] = m.at(min(i/out.cols, m.rows-1), min(i%out.cols, m.cols-1))
			if v := vals[k]; v.Kind == Error && !errs {
				if failed != "" && failed != v.Str {
					return nil, ErrUnknown
				}
				failed = v.Str
			}
		}
		v, err := Value{Kind: Error, Str: failed}, error(nil)
		if failed == "" {
			v, err = fn(vals)
		}
		var cell cellError
		if errors.As(err, &cell) {
			v, err = Value{Kind: Error, Str: string(cell)}, nil
		}
		if err != nil {
			return nil, err
		}
		out.vals[i] = v
	}
	return out, nil
}

// sumProduct adds up the products of the elements of its arguments.
func (c *calc) sumProduct(args []formula.Expr) (Value, error) {
	var list []*matrix
	for _, e := range args {
		if e == nil {
			return Value{}, ErrUnknown
		}
		m, err := c.array(e)
		if err != nil {
			return Value{}, err
		}
		if len(list) > 0 && (m.rows != list[0].rows || m.cols != list[0].cols) {
			return Value{}, ErrUnknown
		}
		list = append(list, m)
	}
	if len(list) == 0 {
		return Value{}, ErrUnknown
	}
	sum, failed := 0.0, ""
	for i := range list[0].rows * list[0].cols {
		product := 1.0
		for _, m := range list {
			v := m.at(i/m.cols, i%m.cols)
			switch v.Kind {
			case Number:
				product *= v.Num
			case Error:
				if failed != "" && failed != v.Str {
					return Value{}, ErrUnknown
				}
				failed = v.Str
			case Bool:
				return Value{}, ErrUnknown // 0 in Excel, a number in LibreOffice
			default:
				product = 0
			}
		}
		sum += product
	}
	if failed != "" {
		return Value{}, cellError(failed)
	}
	return tidy(sum, list[0])
}

// tidy is a sum; ErrUnknown if what is left of it may be nothing but the noise of rounding.
func tidy(sum float64, m *matrix) (Value, error) {
	most := 0.0
	for _, v := range m.vals {
		if v.Kind == Number {
			most = math.Max(most, math.Abs(v.Num))
		}
	}
	if sum != 0 && math.Abs(sum) < 1e-9*most || math.IsInf(sum, 0) || math.IsNaN(sum) {
		return Value{}, ErrUnknown
	}
	return NumberOf(sum + 0), nil
}
