package recalc

import (
	"math"
	"slices"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
)

// values visits what an aggregate function takes in: the cells of ranges that
// are not blank, the elements of arrays, and single values, which direct tells.
func (c *calc) values(args []formula.Expr, visit func(v Value, direct bool) error) error {
	if len(args) == 0 {
		return ErrUnknown
	}
	for _, e := range args {
		if e == nil {
			return ErrUnknown
		}
		a, ok, err := c.area(e)
		switch {
		case err != nil:
			return err
		case ok:
			err = c.book.Cells(a.sheet, a.Range, func(_ a1.Ref, v Value) error {
				if err := c.book.Spend(1); err != nil {
					return err
				}
				return visit(v, false)
			})
			if err != nil {
				return err
			}
			continue
		}
		if makesArray(e) {
			m, err := c.array(e)
			if err != nil {
				return err
			}
			for _, v := range m.vals {
				if err := visit(v, false); err != nil {
					return err
				}
			}
			continue
		}
		v, err := c.caught(e)
		if err != nil {
			return err
		}
		if err := visit(v, true); err != nil {
			return err
		}
	}
	return nil
}

// makesArray reports whether an expression is an array by itself: a constant, or
// a count for each criterion of a constant.
func makesArray(e formula.Expr) bool {
	switch e := e.(type) {
	case formula.Array:
		return true
	case formula.Call:
		if e.Name == "COUNTIF" && len(e.Args) == 2 || e.Name == "SUMIF" && len(e.Args) == 3 {
			_, ok := e.Args[1].(formula.Array)
			return ok
		}
	}
	return false
}

// aggregate makes a function of numbers. Texts and empty cells of ranges do not
// count; truth values there do in one program and not in another.
func aggregate(fn func(list []float64) (Value, error)) func(*calc, []formula.Expr) (Value, error) {
	return func(c *calc, args []formula.Expr) (Value, error) {
		var list []float64
		failed := ""
		err := c.values(args, func(v Value, direct bool) error {
			switch {
			case v.Kind == Number:
				list = append(list, v.Num)
			case v.Kind == Error:
				if failed != "" && failed != v.Str {
					return ErrUnknown
				}
				failed = v.Str
			case direct || v.Kind == Bool:
				return ErrUnknown
			}
			return nil
		})
		if err != nil {
			return Value{}, err
		}
		if failed != "" {
			return Value{}, cellError(failed)
		}
		return fn(list)
	}
}

func sum(list []float64) (Value, error) {
	total, most := 0.0, 0.0
	for _, n := range list {
		total += n
		most = math.Max(most, math.Abs(n))
	}
	if total != 0 && math.Abs(total) < 1e-9*most || math.IsInf(total, 0) {
		return Value{}, ErrUnknown // only noise is left of it
	}
	return NumberOf(total + 0), nil
}

// fnCount counts numbers; errors are passed over.
func fnCount(c *calc, args []formula.Expr) (Value, error) {
	n := 0
	err := c.values(args, func(v Value, direct bool) error {
		switch {
		case v.Kind == Number:
			n++
		case direct || v.Kind == Bool:
			return ErrUnknown
		}
		return nil
	})
	return NumberOf(float64(n)), err
}

func average(list []float64) (Value, error) {
	if len(list) == 0 {
		return Value{}, errDiv
	}
	total, err := sum(list)
	return NumberOf(total.Num / float64(len(list))), err
}

func largest(list []float64) (Value, error) {
	if len(list) == 0 {
		return NumberOf(0), nil
	}
	return NumberOf(slices.Max(list)), nil
}

func smallest(list []float64) (Value, error) {
	if len(list) == 0 {
		return NumberOf(0), nil
	}
	return NumberOf(slices.Min(list)), nil
}

func fnCounta(c *calc, args []formula.Expr) (Value, error) {
	n := 0
	err := c.values(args, func(v Value, direct bool) error {
		if direct && v.Kind == Blank || v.Kind == Hollow {
			return ErrUnknown
		}
		n++
		return nil
	})
	return NumberOf(float64(n)), err
}

func fnCountblank(c *calc, args []formula.Expr) (Value, error) {
	a, err := c.onlyArea(args)
	if err != nil {
		return Value{}, err
	}
	n := a.cells()
	err = c.values(args, func(v Value, _ bool) error {
		if v.Kind != Hollow && (v.Kind != Text || v.Str != "") {
			n--
		}
		return nil
	})
	return NumberOf(float64(n)), err
}

// fnSubtotal is known where no row is hidden.
func fnSubtotal(c *calc, args []formula.Expr) (Value, error) {
	if len(args) != 2 {
		return Value{}, ErrUnknown
	}
	kind, ok := args[0].(formula.Number)
	if !ok {
		return Value{}, ErrUnknown
	}
	a, err := c.needArea(args[1])
	if err != nil {
		return Value{}, err
	}
	if c.book.HasHidden(a.sheet, a.Range) {
		return Value{}, ErrUnknown
	}
	if kind > 100 {
		kind -= 100
	}
	name := map[formula.Number]string{1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 9: "SUM"}[kind]
	if name == "" {
		return Value{}, ErrUnknown
	}
	return functions[name](c, args[1:])
}

// sorted are the numbers of a range, ascending.
func (c *calc) sorted(e formula.Expr) (list []float64, err error) {
	if _, err := c.needArea(e); err != nil {
		return nil, err
	}
	_, err = aggregate(func(l []float64) (Value, error) { list = l; return Value{}, nil })(c, []formula.Expr{e})
	slices.Sort(list)
	return list, err
}

func fnLarge(c *calc, args []formula.Expr) (Value, error) {
	return nth(c, args, func(n, k int) int { return n - k })
}

func fnSmall(c *calc, args []formula.Expr) (Value, error) {
	return nth(c, args, func(n, k int) int { return k - 1 })
}

func nth(c *calc, args []formula.Expr, index func(n, k int) int) (Value, error) {
	if len(args) != 2 || args[1] == nil {
		return Value{}, ErrUnknown
	}
	list, err := c.sorted(args[0])
	if err != nil {
		return Value{}, err
	}
	v, err := c.scalar(args[1])
	if err != nil {
		return Value{}, err
	}
	f, err := v.number()
	if err != nil {
		return Value{}, err
	}
	k, err := integer(f)
	if err != nil || k < 1 || k > len(list) {
		return Value{}, ErrUnknown
	}
	return NumberOf(list[index(len(list), k)]), nil
}

func fnRank(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return Value{}, ErrUnknown
	}
	ascending := false
	if len(args) == 3 {
		if args[2] == nil {
			return Value{}, ErrUnknown
		}
		v, err := c.scalar(args[2])
		if err != nil {
			return Value{}, err
		}
		if ascending, err = v.truth(); err != nil {
			return Value{}, err
		}
	}
	list, err := c.sorted(args[1])
	if err != nil {
		return Value{}, err
	}
	v, err := c.scalar(args[0])
	if err != nil || v.Kind != Number {
		return Value{}, ErrUnknown
	}
	before, found := 0, false
	for _, n := range list {
		switch closeness(n, v.Num) {
		case nearlyEqual:
			return Value{}, ErrUnknown
		case equal:
			found = true
		default:
			if n > v.Num != ascending {
				before++
			}
		}
	}
	if !found {
		return Value{}, errNA
	}
	return NumberOf(float64(before + 1)), nil
}
