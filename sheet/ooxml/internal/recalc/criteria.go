package recalc

import (
	"errors"
	"math"
	"slices"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"
)

// criterion is what COUNTIF and its like look for.
type criterion struct {
	op      string // = <> < <= > >=
	isNum   bool
	num     float64
	text    string
	blank   bool // "=" and "<>" without more: cells that are, or are not, blank
	nothing bool // "": cells that are blank or hold an empty text
}

func newCriterion(v Value) (criterion, error) {
	c := criterion{op: "="}
	switch v.Kind {
	case Number:
		c.isNum, c.num = true, v.Num
		return c, nil
	case Text:
	default:
		return c, ErrUnknown
	}
	rest := v.Str
	for _, op := range []string{"<>", "<=", ">=", "=", "<", ">"} {
		if after, ok := strings.CutPrefix(rest, op); ok {
			c.op, rest = op, after
			break
		}
	}
	if rest == "" {
		switch {
		case v.Str == "":
			c.nothing = true
		case c.op == "=" || c.op == "<>":
			c.blank = true
		default:
			return c, ErrUnknown
		}
		return c, nil
	}
	if n, ok := plainNumber(rest); ok {
		c.isNum, c.num = true, n
		return c, nil
	}
	if mayBeNumber(rest) || strings.HasPrefix(rest, "#") || len(rest) > 255 || c.op != "=" && c.op != "<>" ||
		strings.TrimSpace(rest) != rest {
		return c, ErrUnknown
	}
	c.text = rest
	return c, nil
}

// matches reports whether a cell is one that is looked for.
func (c criterion) matches(v Value) (bool, error) {
	switch {
	case c.nothing:
		return v.Kind == Blank || v.Kind == Hollow || v.Kind == Text && v.Str == "", nil
	case c.blank:
		if v.Kind == Hollow || v.Kind == Text && v.Str == "" || v.Kind == Error {
			return false, ErrUnknown
		}
		return (v.Kind == Blank) == (c.op == "="), nil
	case v.Kind == Error:
		if c.op == "<>" || strings.ContainsAny(c.text, "?*") {
			return false, ErrUnknown
		}
		return false, nil
	case c.isNum:
		return c.matchesNumber(v)
	}
	same := false
	if v.Kind == Text {
		var err error
		if same, err = matchText(c.text, v.Str); err != nil {
			return false, err
		}
	} else if v.Kind != Blank && v.Kind != Hollow && strings.ContainsAny(c.text, "?*") {
		return false, ErrUnknown // whether a number's digits match a pattern
	}
	return same == (c.op == "="), nil
}

func (c criterion) matchesNumber(v Value) (bool, error) {
	switch v.Kind {
	case Blank, Hollow:
		return c.op == "<>", nil
	case Text:
		if mayBeNumber(v.Str) {
			return false, ErrUnknown // a number typed as text counts in some programs
		}
		return c.op == "<>", nil
	case Bool:
		return false, ErrUnknown
	}
	near := closeness(v.Num, c.num)
	if near == nearlyEqual {
		return false, ErrUnknown
	}
	switch c.op {
	case "=":
		return near == equal, nil
	case "<>":
		return near != equal, nil
	case "<":
		return v.Num < c.num, nil
	case "<=":
		return v.Num <= c.num, nil
	case ">":
		return v.Num > c.num, nil
	}
	return v.Num >= c.num, nil
}

// condition is a range and what is looked for in it.
type condition struct {
	area
	*matrix
	criterion
	several bool // of COUNTIFS and its like
	top     int  // first row with a cell that is not blank
}

// conditions reads pairs of range and criterion. All ranges are of one size;
// several tells that the function takes any number of them.
func (c *calc) conditions(args []formula.Expr, several bool) ([]condition, error) {
	if len(args) == 0 || len(args)%2 != 0 {
		return nil, ErrUnknown
	}
	var list []condition
	for i := 0; i < len(args); i += 2 {
		if args[i+1] == nil {
			return nil, ErrUnknown
		}
		v, err := c.caught(args[i+1])
		if err != nil {
			return nil, err
		}
		one, err := c.condition(args[i], v)
		if err != nil {
			return nil, err
		}
		one.several = several
		if len(list) > 0 && !one.sized(list[0].area) {
			return nil, ErrUnknown
		}
		list = append(list, one)
	}
	return list, nil
}

func (c *calc) condition(e formula.Expr, v Value) (one condition, err error) {
	if one.area, err = c.needArea(e); err != nil {
		return one, err
	}
	if one.criterion, err = newCriterion(v); err != nil {
		return one, err
	}
	if one.matrix, err = c.load(one.area); err != nil {
		return one, err
	}
	i := slices.IndexFunc(one.vals, func(v Value) bool { return v.Kind != Blank })
	one.top = max(i, 0) / one.matrix.cols
	return one, nil
}

// meet visits the places in the first rows of the ranges at which all conditions
// are met, and counts them in the whole ranges. rows is how many are of interest
// beyond those that the conditions' own ranges hold.
func (c *calc) meet(list []condition, rows int, visit func(row, col int) error) (n int, err error) {
	first := list[0].area
	for _, one := range list {
		rows = max(rows, one.stored())
	}
	rows = min(rows, first.rows())
	if err := c.book.Spend(rows * first.cols() * len(list)); err != nil {
		return 0, err
	}
	for row := range rows {
		for col := range first.cols() {
			all := true
			for _, one := range list {
				ok, err := one.matches(one.at(row, col))
				if err != nil {
					return 0, err
				}
				all = all && ok
			}
			if !all {
				continue
			}
			if outside(list, row) {
				return 0, ErrUnknown
			}
			n++
			if err := visit(row, col); err != nil {
				return 0, err
			}
		}
	}
	// Below, all cells are blank.
	all := true
	for _, one := range list {
		ok, err := one.matches(Value{})
		if err != nil {
			return 0, err
		}
		all = all && ok
	}
	if below := first.rows() - rows; all && below > 0 {
		if outside(list, rows) {
			return 0, ErrUnknown
		}
		n += below * first.cols()
	}
	return n, nil
}

// outside reports whether a row lies above the first or below the last cell that
// is not blank in one of the ranges of COUNTIFS and its like: not all programs
// look there.
func outside(list []condition, row int) bool {
	for _, one := range list {
		if one.several && (row >= one.stored() || row < one.top) {
			return true
		}
	}
	return false
}

func (c *calc) countMet(list []condition) (Value, error) {
	n, err := c.meet(list, 0, func(int, int) error { return nil })
	return NumberOf(float64(n)), err
}

// sumMet gathers the numbers of a range where the conditions are met.
func (c *calc) sumMet(of area, list []condition, fn func([]float64) (Value, error)) (Value, error) {
	if !of.sized(list[0].area) {
		return Value{}, ErrUnknown
	}
	m, err := c.load(of)
	if err != nil {
		return Value{}, err
	}
	var nums []float64
	failed := ""
	_, err = c.meet(list, m.stored(), func(row, col int) error {
		switch v := m.at(row, col); v.Kind {
		case Number:
			nums = append(nums, v.Num)
		case Bool:
			return ErrUnknown
		case Error:
			if failed != "" && failed != v.Str {
				return ErrUnknown
			}
			failed = v.Str
		}
		return nil
	})
	switch {
	case err != nil:
		return Value{}, err
	case failed != "":
		return Value{}, cellError(failed)
	}
	return fn(nums)
}

func fnCountif(c *calc, args []formula.Expr) (Value, error) {
	if len(args) != 2 {
		return Value{}, ErrUnknown
	}
	list, err := c.conditions(args, false)
	if err != nil {
		return Value{}, err
	}
	return c.countMet(list)
}

func fnCountifs(c *calc, args []formula.Expr) (Value, error) {
	list, err := c.conditions(args, true)
	if err != nil {
		return Value{}, err
	}
	return c.countMet(list)
}

// oneIf is SUMIF or AVERAGEIF: the range to take in stands last, or is the
// condition's own.
func oneIf(c *calc, args []formula.Expr, fn func([]float64) (Value, error)) (Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return Value{}, ErrUnknown
	}
	list, err := c.conditions(args[:2], false)
	if err != nil {
		return Value{}, err
	}
	of := list[0].area
	if len(args) == 3 {
		if of, err = c.needArea(args[2]); err != nil {
			return Value{}, err
		}
	}
	return c.sumMet(of, list, fn)
}

// manyIf is SUMIFS or AVERAGEIFS: the range to take in stands first.
func manyIf(c *calc, args []formula.Expr, fn func([]float64) (Value, error)) (Value, error) {
	if len(args) < 3 {
		return Value{}, ErrUnknown
	}
	of, err := c.needArea(args[0])
	if err != nil {
		return Value{}, err
	}
	list, err := c.conditions(args[1:], true)
	if err != nil {
		return Value{}, err
	}
	return c.sumMet(of, list, fn)
}

func fnSumif(c *calc, args []formula.Expr) (Value, error)      { return oneIf(c, args, sum) }
func fnSumifs(c *calc, args []formula.Expr) (Value, error)     { return manyIf(c, args, sum) }
func fnAverageif(c *calc, args []formula.Expr) (Value, error)  { return oneIf(c, args, average) }
func fnAverageifs(c *calc, args []formula.Expr) (Value, error) { return manyIf(c, args, average) }

// eachCriterion is COUNTIF or SUMIF for every element of its criterion.
func (c *calc) eachCriterion(e formula.Call) (*matrix, error) {
	counts := e.Name == "COUNTIF"
	if counts && len(e.Args) != 2 || !counts && len(e.Args) != 3 || e.Args[1] == nil {
		return nil, ErrUnknown
	}
	criteria, err := c.array(e.Args[1])
	if err != nil {
		return nil, err
	}
	a, err := c.needArea(e.Args[0])
	if err != nil {
		return nil, err
	}
	m, err := c.load(a)
	if err != nil {
		return nil, err
	}
	out := &matrix{rows: criteria.rows, cols: criteria.cols, vals: make([]Value, criteria.rows*criteria.cols)}
	for i := range out.vals {
		one := condition{area: a, matrix: m}
		if one.criterion, err = newCriterion(criteria.at(i/out.cols, i%out.cols)); err != nil {
			return nil, err
		}
		list := []condition{one}
		if counts {
			out.vals[i], err = c.countMet(list)
		} else {
			var of area
			if of, err = c.needArea(e.Args[2]); err == nil {
				out.vals[i], err = c.sumMet(of, list, sum)
			}
		}
		var cell cellError
		if errors.As(err, &cell) {
			out.vals[i], err = Value{Kind: Error, Str: string(cell)}, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// table is an argument in which something is looked up: a range or a constant.
func (c *calc) table(e formula.Expr) (*matrix, error) {
	if _, ok := e.(formula.Array); ok {
		return c.array(e)
	}
	a, err := c.needArea(e)
	if err != nil {
		return nil, err
	}
	return c.load(a)
}

// search finds a value among n; it is the last one that is not larger where the
// match is not exact, for which they must be numbers that ascend.
func search(key Value, n int, at func(int) Value, exact bool) (int, error) {
	switch {
	case key.Kind == Error:
		return 0, cellError(key.Str)
	case key.Kind != Number && key.Kind != Text || key.Kind == Text && (key.Str == "" || len(key.Str) > 255):
		return 0, ErrUnknown
	}
	if !exact {
		found := -1
		for i := range n {
			v := at(i)
			if v.Kind != Number || key.Kind != Number || i > 0 && at(i-1).Num >= v.Num ||
				closeness(v.Num, key.Num) == nearlyEqual {
				return 0, ErrUnknown
			}
			if v.Num <= key.Num {
				found = i
			}
		}
		if found < 0 {
			return 0, errNA
		}
		return found, nil
	}
	_, digits := plainNumber(key.Str)
	for i := range n {
		v := at(i)
		switch {
		case key.Kind == Number && v.Kind == Number:
			switch closeness(v.Num, key.Num) {
			case nearlyEqual:
				return 0, ErrUnknown
			case equal:
				return i, nil
			}
		case key.Kind == Number && v.Kind == Text:
			if f, ok := plainNumber(v.Str); ok && math.Abs(f-key.Num) < 1e-9 {
				return 0, ErrUnknown
			}
		case key.Kind == Number && v.Kind == Bool:
			return 0, ErrUnknown
		case key.Kind == Text && v.Kind == Text:
			same, err := matchText(key.Str, v.Str)
			if err != nil {
				return 0, err
			}
			if same {
				return i, nil
			}
		case key.Kind == Text && v.Kind == Number && (digits || strings.ContainsAny(key.Str, "?*")):
			return 0, ErrUnknown
		}
	}
	return 0, errNA
}

// exactness is the argument that says whether a match must be exact.
func (c *calc) exactness(args []formula.Expr, i int, exact func(n float64) (bool, error)) (bool, error) {
	if i >= len(args) {
		return exact(1)
	}
	if args[i] == nil {
		return exact(0)
	}
	v, err := c.scalar(args[i])
	if err != nil {
		return false, err
	}
	if v.Kind == Text {
		return false, ErrUnknown
	}
	n, err := v.number()
	if err != nil {
		return false, err
	}
	return exact(n)
}

func isZero(n float64) (bool, error) { return n == 0, nil }

func fnVlookup(c *calc, args []formula.Expr) (Value, error) {
	return lookUp(c, args, func(m *matrix) (n, width int, at func(i, k int) Value) {
		return m.stored(), m.cols, func(i, k int) Value { return m.at(i, k) }
	})
}

func fnHlookup(c *calc, args []formula.Expr) (Value, error) {
	return lookUp(c, args, func(m *matrix) (n, width int, at func(i, k int) Value) {
		return m.cols, m.rows, func(i, k int) Value { return m.at(k, i) }
	})
}

func lookUp(c *calc, args []formula.Expr, turn func(*matrix) (n, width int, at func(i, k int) Value)) (Value, error) {
	if len(args) < 3 || len(args) > 4 {
		return Value{}, ErrUnknown
	}
	v, err := c.scalars([]formula.Expr{args[0], args[2]})
	if err != nil {
		return Value{}, err
	}
	exact, err := c.exactness(args, 3, isZero)
	if err != nil {
		return Value{}, err
	}
	m, err := c.table(args[1])
	if err != nil {
		return Value{}, err
	}
	f, err := v[1].number()
	if err != nil {
		return Value{}, err
	}
	k, err := integer(f)
	if err != nil {
		return Value{}, err
	}
	n, width, at := turn(m)
	if k < 1 || k > width {
		return Value{}, ErrUnknown
	}
	if err := c.book.Spend(n); err != nil {
		return Value{}, err
	}
	i, err := search(v[0], n, func(i int) Value { return at(i, 0) }, exact)
	if err != nil {
		return Value{}, err
	}
	return found(at(i, k-1))
}

// found is what a look-up gives. A truth value is a number then in LibreOffice.
func found(v Value) (Value, error) {
	if v.Kind == Bool {
		return Value{}, ErrUnknown
	}
	return v, nil
}

// line is a matrix of one row or column as a list.
func line(m *matrix) (n int, at func(int) Value, err error) {
	switch {
	case m.cols == 1:
		return m.stored(), func(i int) Value { return m.at(i, 0) }, nil
	case m.rows == 1:
		return m.cols, func(i int) Value { return m.at(0, i) }, nil
	}
	return 0, nil, ErrUnknown
}

func fnMatch(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || len(args) > 3 || args[0] == nil {
		return Value{}, ErrUnknown
	}
	key, err := c.scalar(args[0])
	if err != nil {
		return Value{}, err
	}
	exact, err := c.exactness(args, 2, func(n float64) (bool, error) {
		if n < 0 {
			return false, ErrUnknown
		}
		return n == 0, nil
	})
	if err != nil {
		return Value{}, err
	}
	m, err := c.table(args[1])
	if err != nil {
		return Value{}, err
	}
	n, at, err := line(m)
	if err != nil {
		return Value{}, err
	}
	if err := c.book.Spend(n); err != nil {
		return Value{}, err
	}
	i, err := search(key, n, at, exact)
	return NumberOf(float64(i + 1)), err
}

// fnLookup finds a value in a row or column and gives what stands at the same
// place of another.
func fnLookup(c *calc, args []formula.Expr) (Value, error) {
	if len(args) != 3 || args[0] == nil {
		return Value{}, ErrUnknown
	}
	key, err := c.scalar(args[0])
	if err != nil {
		return Value{}, err
	}
	in, err := c.table(args[1])
	if err != nil {
		return Value{}, err
	}
	of, err := c.table(args[2])
	if err != nil {
		return Value{}, err
	}
	n, at, err := line(in)
	if err != nil {
		return Value{}, err
	}
	_, result, err := line(of)
	if err != nil || in.rows != of.rows || in.cols != of.cols {
		return Value{}, ErrUnknown
	}
	i, err := search(key, n, at, false)
	if err != nil {
		return Value{}, err
	}
	return found(result(i))
}

func fnIndex(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return Value{}, ErrUnknown
	}
	a, err := c.needArea(args[0])
	if err != nil {
		return Value{}, err
	}
	v, err := c.scalars(args[1:])
	if err != nil {
		return Value{}, err
	}
	n, err := numbers(v)
	if err != nil {
		return Value{}, err
	}
	var at [2]int
	for i := range n {
		if at[i], err = integer(n[i]); err != nil {
			return Value{}, err
		}
	}
	switch {
	case len(n) == 2:
	case a.cols() == 1:
		at[1] = 1
	case a.rows() == 1:
		at = [2]int{1, at[0]}
	default:
		return Value{}, ErrUnknown
	}
	if at[0] < 1 || at[1] < 1 {
		return Value{}, ErrUnknown
	}
	if at[0] > a.rows() || at[1] > a.cols() {
		return Value{}, ErrUnknown // #REF! or #VALUE!
	}
	place := a.First
	place.Row += at[0] - 1
	place.Col += at[1] - 1
	if err := c.book.Spend(1); err != nil {
		return Value{}, err
	}
	return c.book.Cell(a.sheet, place)
}
