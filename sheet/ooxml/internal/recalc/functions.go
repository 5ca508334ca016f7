package recalc

import (
	"errors"
	"math"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"
)

// plainFunction makes one value of single values. Its arguments hold no error
// values unless errors is set.
type plainFunction struct {
	min, max int
	errors   bool
	fn       func(c *calc, v []Value) (Value, error)
}

var plainFunctions map[string]plainFunction

// functions take ranges or calculate only some of their arguments.
var functions map[string]func(c *calc, args []formula.Expr) (Value, error)

const many = 255

func init() {
	plainFunctions = map[string]plainFunction{
		"ABS":       {1, 1, false, math1(math.Abs)},
		"INT":       {1, 1, false, fnInt},
		"ROUND":     {2, 2, false, rounding(roundHalf)},
		"ROUNDUP":   {2, 2, false, rounding(roundAway)},
		"ROUNDDOWN": {2, 2, false, rounding(roundZero)},
		"MOD":       {2, 2, false, fnMod},

		"ISBLANK":   {1, 1, true, is(func(v Value) bool { return v.Kind == Blank })},
		"ISNUMBER":  {1, 1, true, fnIsnumber},
		"ISTEXT":    {1, 1, true, is(func(v Value) bool { return v.Kind == Text })},
		"ISNONTEXT": {1, 1, true, is(func(v Value) bool { return v.Kind != Text })},
		"ISERROR":   {1, 1, true, is(func(v Value) bool { return v.Kind == Error })},
		"ISERR":     {1, 1, true, is(func(v Value) bool { return v.Kind == Error && v.Str != string(errNA) })},
		"ISNA":      {1, 1, true, is(func(v Value) bool { return v.Kind == Error && v.Str == string(errNA) })},
		"NOT":       {1, 1, false, fnNot},

		"LEN":   {1, 1, false, fnLen},
		"LEFT":  {1, 2, false, fnLeft},
		"RIGHT": {1, 2, false, fnRight},
		"MID":   {3, 3, false, fnMid},
		"TRIM": {1, 1, false, text1(func(s string) string {
			return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
		})},
		"FIND":        {2, 3, true, fnFind},
		"SEARCH":      {2, 3, true, fnSearch},
		"SUBSTITUTE":  {3, 4, false, fnSubstitute},
		"EXACT":       {2, 2, false, fnExact},
		"REPT":        {2, 2, false, fnRept},
		"CONCATENATE": {1, many, false, fnConcatenate},
		"VALUE":       {1, 1, false, fnValue},
		"TEXT":        {2, 2, false, fnText},

		"DATE":    {3, 3, false, fnDate},
		"YEAR":    {1, 1, false, datePart(func(y, m, d int) int { return y })},
		"MONTH":   {1, 1, false, datePart(func(y, m, d int) int { return m })},
		"DAY":     {1, 1, false, datePart(func(y, m, d int) int { return d })},
		"WEEKDAY": {1, 2, false, fnWeekday},
		"EDATE":   {2, 2, false, fnEdate},
		"EOMONTH": {2, 2, false, fnEomonth},
		"DAYS":    {2, 2, true, fnDays},
		"DATEDIF": {3, 3, true, fnDatedif},
	}
	functions = map[string]func(*calc, []formula.Expr) (Value, error){
		"IF": fnIf, "IFERROR": fnIferror, "IFNA": fnIfna, "IFS": fnIfs, "CHOOSE": fnChoose, "AND": fnAnd, "OR": fnOr,
		"TRUE": constant(BoolOf(true)), "FALSE": constant(BoolOf(false)),
		"NA":    constant(Value{Kind: Error, Str: string(errNA)}),
		"TODAY": func(c *calc, args []formula.Expr) (Value, error) { return NumberOf(c.book.Today()), none(args) },
		"ROW":   fnRow, "COLUMN": fnColumn, "ROWS": fnRows, "COLUMNS": fnColumns,
		"SUM": aggregate(sum), "COUNT": fnCount, "COUNTA": fnCounta, "COUNTBLANK": fnCountblank,
		"AVERAGE": aggregate(average),
		"MAX":     aggregate(largest), "MIN": aggregate(smallest), "SUBTOTAL": fnSubtotal,
		"SUMPRODUCT": (*calc).sumProduct,
		"LARGE":      fnLarge, "SMALL": fnSmall, "RANK": fnRank,
		"COUNTIF": fnCountif, "COUNTIFS": fnCountifs, "SUMIF": fnSumif, "SUMIFS": fnSumifs, "AVERAGEIF": fnAverageif,
		"AVERAGEIFS": fnAverageifs,
		"VLOOKUP":    fnVlookup, "HLOOKUP": fnHlookup, "MATCH": fnMatch, "INDEX": fnIndex, "LOOKUP": fnLookup,
		"NETWORKDAYS": fnNetworkdays,
	}
}

// call calculates a function.
func (c *calc) call(e formula.Call) (Value, error) {
	if f, ok := functions[e.Name]; ok {
		return f(c, e.Args)
	}
	f, ok := plainFunctions[e.Name]
	if !ok || len(e.Args) < f.min || len(e.Args) > f.max {
		return Value{}, ErrUnknown
	}
	if !f.errors {
		v, err := c.scalars(e.Args)
		if err != nil {
			return Value{}, err
		}
		return f.fn(c, v)
	}
	v := make([]Value, len(e.Args))
	for i, arg := range e.Args {
		var err error
		if v[i], err = c.caught(arg); err != nil {
			return Value{}, err
		}
	}
	return f.fn(c, v)
}

// caught is the value of an argument, error values included.
func (c *calc) caught(e formula.Expr) (Value, error) {
	if e == nil {
		return Value{}, ErrUnknown
	}
	v, err := c.value(e)
	var cell cellError
	if errors.As(err, &cell) {
		return Value{Kind: Error, Str: string(cell)}, nil
	}
	return v, err
}

func none(args []formula.Expr) error {
	if len(args) > 0 {
		return ErrUnknown
	}
	return nil
}

func constant(v Value) func(*calc, []formula.Expr) (Value, error) {
	return func(_ *calc, args []formula.Expr) (Value, error) { return v, none(args) }
}

func is(test func(Value) bool) func(*calc, []Value) (Value, error) {
	return func(_ *calc, v []Value) (Value, error) {
		if v[0].Kind == Hollow {
			return Value{}, ErrUnknown
		}
		return BoolOf(test(v[0])), nil
	}
}

// fnIsnumber does not know of truth values, which are numbers in LibreOffice.
func fnIsnumber(_ *calc, v []Value) (Value, error) {
	if v[0].Kind == Bool || v[0].Kind == Hollow {
		return Value{}, ErrUnknown
	}
	return BoolOf(v[0].Kind == Number), nil
}

func math1(f func(float64) float64) func(*calc, []Value) (Value, error) {
	return func(_ *calc, v []Value) (Value, error) {
		n, err := v[0].number()
		return NumberOf(f(n)), err
	}
}

func fnNot(_ *calc, v []Value) (Value, error) {
	b, err := v[0].truth()
	return BoolOf(!b), err
}

// numbers are arguments as numbers.
func numbers(v []Value) ([]float64, error) {
	out := make([]float64, len(v))
	var failed error
	for i := range v {
		n, err := v[i].number()
		if errors.Is(err, ErrUnknown) || err != nil && failed != nil && failed != err {
			return nil, ErrUnknown
		}
		if err != nil {
			failed = err
		}
		out[i] = n
	}
	return out, failed
}

// integer is a number as a count or a position; it is cut off in every program.
func integer(n float64) (int, error) {
	if math.Abs(n) > 1e9 || n != math.Trunc(n) {
		return 0, ErrUnknown
	}
	return int(n), nil
}

func fnIf(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || len(args) > 3 || args[0] == nil {
		return Value{}, ErrUnknown
	}
	v, err := c.scalar(args[0])
	if err != nil {
		return Value{}, err
	}
	yes, err := v.truth()
	switch {
	case err != nil:
		return Value{}, err
	case yes:
		args = args[1:2]
	case len(args) == 2:
		return BoolOf(false), nil
	default:
		args = args[2:]
	}
	if args[0] == nil {
		return NumberOf(0), nil
	}
	return c.value(args[0])
}

// orElse is the first argument, or the second where the first is an error for
// which the second is meant.
func orElse(c *calc, args []formula.Expr, meant func(cellError) bool) (Value, error) {
	if len(args) != 2 {
		return Value{}, ErrUnknown
	}
	v, err := c.caught(args[0])
	if err != nil || v.Kind != Error || !meant(cellError(v.Str)) {
		return v, err
	}
	if args[1] == nil {
		return Value{}, ErrUnknown
	}
	return c.value(args[1])
}

func fnIferror(c *calc, args []formula.Expr) (Value, error) {
	return orElse(c, args, func(cellError) bool { return true })
}

func fnIfna(c *calc, args []formula.Expr) (Value, error) {
	return orElse(c, args, func(e cellError) bool { return e == errNA })
}

func fnIfs(c *calc, args []formula.Expr) (Value, error) {
	if len(args)%2 != 0 {
		return Value{}, ErrUnknown
	}
	for i := 0; i < len(args); i += 2 {
		if args[i] == nil || args[i+1] == nil {
			return Value{}, ErrUnknown
		}
		v, err := c.scalar(args[i])
		if err != nil {
			return Value{}, err
		}
		yes, err := v.truth()
		if err != nil {
			return Value{}, err
		}
		if yes {
			return c.value(args[i+1])
		}
	}
	return Value{}, errNA
}

func fnChoose(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || args[0] == nil {
		return Value{}, ErrUnknown
	}
	v, err := c.scalar(args[0])
	if err != nil {
		return Value{}, err
	}
	n, err := v.number()
	if err != nil {
		return Value{}, err
	}
	i, err := integer(n)
	switch {
	case err != nil:
		return Value{}, err
	case i < 1 || i >= len(args):
		return Value{}, errValue
	case args[i] == nil:
		return Value{}, ErrUnknown
	}
	return c.value(args[i])
}

func fnAnd(c *calc, args []formula.Expr) (Value, error) {
	all := true
	err := c.truths(args, func(b bool) { all = all && b })
	return BoolOf(all), err
}

func fnOr(c *calc, args []formula.Expr) (Value, error) {
	any := false
	err := c.truths(args, func(b bool) { any = any || b })
	return BoolOf(any), err
}

// truths visits conditions. A text or an empty cell is passed over by some
// programs and an error to others.
func (c *calc) truths(args []formula.Expr, visit func(bool)) error {
	if len(args) == 0 {
		return ErrUnknown
	}
	for _, e := range args {
		if a, ok, _ := c.area(e); ok && !a.isCell() {
			return ErrUnknown
		}
	}
	list, err := c.scalars(args)
	if err != nil {
		return err
	}
	for _, v := range list {
		b, err := v.truth()
		if err != nil || v.Kind == Blank {
			return ErrUnknown
		}
		visit(b)
	}
	return nil
}

func fnRow(c *calc, args []formula.Expr) (Value, error) {
	a, err := c.here(args)
	return NumberOf(float64(a.First.Row)), err
}

func fnColumn(c *calc, args []formula.Expr) (Value, error) {
	a, err := c.here(args)
	return NumberOf(float64(a.First.Col)), err
}

// here is the cell that is the only argument, or the formula's own.
func (c *calc) here(args []formula.Expr) (area, error) {
	if len(args) == 0 {
		a := area{sheet: c.sheet}
		a.First, a.Last = c.at, c.at
		return a, nil
	}
	a, err := c.onlyArea(args)
	if err == nil && !a.isCell() {
		err = ErrUnknown
	}
	return a, err
}

// onlyArea is the range that is the only argument.
func (c *calc) onlyArea(args []formula.Expr) (area, error) {
	if len(args) != 1 {
		return area{}, ErrUnknown
	}
	return c.needArea(args[0])
}

// needArea is an argument that must be a range.
func (c *calc) needArea(e formula.Expr) (area, error) {
	a, ok, err := c.area(e)
	if err == nil && !ok {
		err = ErrUnknown
	}
	return a, err
}

func fnRows(c *calc, args []formula.Expr) (Value, error) {
	a, err := c.onlyArea(args)
	return NumberOf(float64(a.rows())), err
}

func fnColumns(c *calc, args []formula.Expr) (Value, error) {
	a, err := c.onlyArea(args)
	return NumberOf(float64(a.cols())), err
}
