package formula

import (
	"errors"
	"strconv"
	"strings"
)

// Expr is a formula or a part of one, taken apart to be calculated: one of
// Number, Text, Bool, Error, Ref, Name, Column, Unary, Binary, Call and Array.
type Expr interface{ expr() }

type (
	// Number is a number written in the formula.
	Number float64
	// Text is a text written in the formula.
	Text string
	// Bool is TRUE or FALSE.
	Bool bool
	// Error is an error value, such as "#N/A".
	Error string
	// Column is a column of an Excel table: its data cells, or the one in the
	// formula's own row.
	Column struct {
		Table, Name string // Table is "" for the one in which the formula stands
		ThisRow     bool
	}
	// Unary is an operator with one operand: "-", "+" before it, "%" behind it.
	Unary struct {
		Op string
		X  Expr
	}
	// Binary is an operator between two operands: + - * / ^ & = <> < <= > >=.
	Binary struct {
		Op   string
		X, Y Expr
	}
	// Call is a function, in upper case and without _xlfn., with its arguments;
	// one that is left out is nil.
	Call struct {
		Name string
		Args []Expr
	}
	// Array is an array constant such as {1,2;3,4}, by rows of equal length.
	Array [][]Expr
)

func (Number) expr() {}
func (Text) expr()   {}
func (Bool) expr()   {}
func (Error) expr()  {}
func (Ref) expr()    {}
func (Name) expr()   {}
func (Column) expr() {}
func (Unary) expr()  {}
func (Binary) expr() {}
func (Call) expr()   {}
func (Array) expr()  {}

// ErrSyntax: the formula is written in a way that ParseExpr does not read, such
// as unions, intersections, ranges whose end a function finds, references to
// other workbooks or through several sheets.
var ErrSyntax = errors.New("formula cannot be taken apart")

// maxNesting bounds how deep brackets may nest; Excel allows 64 functions.
const maxNesting = 200

// ParseExpr takes a formula apart, as it is stored (without "="). The error is
// ErrSyntax.
func ParseExpr(f string) (Expr, error) {
	p := exprParser{parser: parser{f: f}}
	e, err := p.binary(0)
	if err == nil && p.peek() != 0 {
		err = ErrSyntax
	}
	return e, err
}

type exprParser struct {
	parser
	depth int
}

// peek is the next byte that is no white space, 0 at the end.
func (p *exprParser) peek() byte {
	for p.i < len(p.f) && strings.IndexByte(" \t\r\n", p.f[p.i]) >= 0 {
		p.i++
	}
	if p.i == len(p.f) {
		return 0
	}
	return p.f[p.i]
}

// take moves over s if it stands next.
func (p *exprParser) take(s string) bool {
	p.peek()
	if !strings.HasPrefix(p.f[p.i:], s) {
		return false
	}
	p.i += len(s)
	return true
}

// levels are the binary operators from the loosest to the tightest; longer ones
// stand before those that they begin with.
var levels = [][]string{{"<>", "<=", ">=", "=", "<", ">"}, {"&"}, {"+", "-"}, {"*", "/"}, {"^"}}

func (p *exprParser) binary(level int) (Expr, error) {
	if level == len(levels) {
		return p.percent()
	}
	x, err := p.binary(level + 1)
next:
	for err == nil {
		for _, op := range levels[level] {
			if p.take(op) {
				var y Expr
				y, err = p.binary(level + 1)
				x = Binary{op, x, y}
				continue next
			}
		}
		break
	}
	return x, err
}

func (p *exprParser) percent() (Expr, error) {
	x, err := p.unary()
	for err == nil && p.take("%") {
		x = Unary{"%", x}
	}
	return x, err
}

// unary reads signs, which bind tighter than any other operator here: -2^2 is 4.
func (p *exprParser) unary() (Expr, error) {
	if p.depth++; p.depth > maxNesting {
		return nil, ErrSyntax
	}
	defer func() { p.depth-- }()
	for _, op := range []string{"-", "+"} {
		if p.take(op) {
			x, err := p.unary()
			return Unary{op, x}, err
		}
	}
	return p.operand()
}

func (p *exprParser) operand() (Expr, error) {
	f := p.f
	switch c := p.peek(); {
	case c == '(':
		p.i++
		x, err := p.binary(0)
		if err == nil && !p.take(")") {
			err = ErrSyntax
		}
		return x, err
	case c == '"':
		from := p.i
		p.i = quoteEnd(f, from)
		if p.i-from < 2 || f[p.i-1] != '"' {
			return nil, ErrSyntax
		}
		return Text(strings.ReplaceAll(f[from+1:p.i-1], `""`, `"`)), nil
	case c == '{':
		return p.array()
	case c == '#':
		from := p.i
		p.token()
		return Error(strings.ToUpper(f[from:p.i])), nil
	case c >= '0' && c <= '9' || c == '.':
		return p.number()
	case c == '\'' || c == '[' || identByte(c):
		return p.word()
	}
	return nil, ErrSyntax
}

// number reads a number, or a reference to whole rows.
func (p *exprParser) number() (Expr, error) {
	f, end := p.f, p.i
	digits := func() {
		for end < len(f) && f[end] >= '0' && f[end] <= '9' {
			end++
		}
	}
	digits()
	if end < len(f) && f[end] == ':' {
		return p.word()
	}
	if end < len(f) && f[end] == '.' {
		end++
		digits()
	}
	if end < len(f) && f[end]|0x20 == 'e' {
		end++
		if end < len(f) && (f[end] == '+' || f[end] == '-') {
			end++
		}
		digits()
	}
	n, err := strconv.ParseFloat(f[p.i:end], 64)
	if err != nil || end < len(f) && identByte(f[end]) {
		return nil, ErrSyntax
	}
	p.i = end
	return Number(n), nil
}

// word reads what begins with a name: a reference, a defined name, a column of
// a table, a function, a truth value.
func (p *exprParser) word() (Expr, error) {
	before := p.out
	from := p.i
	for p.i < len(p.f) {
		start := p.i
		p.token()
		after := p.out
		switch {
		case len(after.Refs) > len(before.Refs):
			r := after.Refs[len(before.Refs)]
			if r.External || r.LastSheet != "" || p.i < len(p.f) && strings.IndexByte(":#(!", p.f[p.i]) >= 0 {
				return nil, ErrSyntax
			}
			return r, nil
		case len(after.Names) > len(before.Names):
			n := after.Names[len(before.Names)]
			if n.External || p.i < len(p.f) && strings.IndexByte(":#(!", p.f[p.i]) >= 0 {
				return nil, ErrSyntax
			}
			return n, nil
		case len(after.Calls) > len(before.Calls):
			if start != from {
				return nil, ErrSyntax // a function of another workbook
			}
			return p.call(after.Calls[len(before.Calls)])
		case len(after.Tables) > len(before.Tables):
			return p.column(after.Tables[len(before.Tables)], p.f[from:p.i])
		}
		switch strings.ToUpper(p.f[from:p.i]) {
		case "TRUE":
			return Bool(true), nil
		case "FALSE":
			return Bool(false), nil
		}
		if p.sheet == "" {
			break
		}
	}
	return nil, ErrSyntax
}

// call reads the arguments of a function.
func (p *exprParser) call(name string) (Expr, error) {
	c := Call{Name: name}
	if !p.take("(") {
		return nil, ErrSyntax
	}
	if p.take(")") {
		return c, nil
	}
	for {
		var arg Expr
		if next := p.peek(); next != ',' && next != ')' {
			var err error
			if arg, err = p.binary(0); err != nil {
				return nil, err
			}
		}
		c.Args = append(c.Args, arg)
		switch {
		case p.take(")"):
			return c, nil
		case !p.take(","):
			return nil, ErrSyntax
		}
	}
}

// array reads an array constant.
func (p *exprParser) array() (Expr, error) {
	p.i++
	rows := Array{nil}
	for {
		x, err := p.unary()
		if u, ok := x.(Unary); ok && err == nil {
			if n, isNumber := u.X.(Number); isNumber && u.Op == "-" {
				x = -n
			}
		}
		switch x.(type) {
		case Number, Text, Bool, Error:
		default:
			return nil, ErrSyntax
		}
		if err != nil {
			return nil, err
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], x)
		switch {
		case p.take(","):
		case p.take(";"):
			rows = append(rows, nil)
		case p.take("}"):
			for _, r := range rows {
				if len(r) != len(rows[0]) {
					return nil, ErrSyntax
				}
			}
			return rows, nil
		default:
			return nil, ErrSyntax
		}
	}
}

// column reads a structured reference: Table[Name], Table[[#This Row],[Name]] and
// Table[@Name].
func (p *exprParser) column(table, text string) (Expr, error) {
	if p.i < len(p.f) && strings.IndexByte(":#(!", p.f[p.i]) >= 0 {
		return nil, ErrSyntax
	}
	_, inner, _ := strings.Cut(text, "[")
	inner, ok := strings.CutSuffix(inner, "]")
	c := Column{Table: table}
	if rest, this := strings.CutPrefix(inner, "[#This Row],"); this {
		inner, c.ThisRow = strings.TrimSpace(rest), true
	} else if rest, this := strings.CutPrefix(inner, "@"); this {
		inner, c.ThisRow = rest, true
	}
	if c.ThisRow && strings.HasPrefix(inner, "[") {
		inner, ok = strings.CutSuffix(inner[1:], "]")
	}
	var name strings.Builder
	for i := 0; i < len(inner); i++ {
		switch c := inner[i]; {
		case c == '\'' && i+1 < len(inner):
			i++
			name.WriteByte(inner[i])
		case strings.IndexByte("[]#@", c) >= 0:
			return nil, ErrSyntax
		default:
			name.WriteByte(c)
		}
	}
	if c.Name = name.String(); c.Name == "" || !ok {
		return nil, ErrSyntax
	}
	return c, nil
}
