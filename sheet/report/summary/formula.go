package summary

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"taizhang/sheet/ledger"
)

// literal is a text as a formula has it.
func literal(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// ref is the cells of a column of 任务总表.
func (b *book) ref(key string) string {
	col := colName(slices.IndexFunc(b.all, func(c column) bool { return c.key == key }) + 1)
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(b.names.tasks), col, headRow+1, col, headRow+max(len(b.items), 1))
}

// condition is something that is counted in 任务总表, said in the two ways that
// formulas have for it.
type condition struct {
	pair string // range and criterion of a COUNTIFS
	term string // factor of a SUMPRODUCT
}

func (b *book) status(k ledger.StatusKind) condition {
	word := literal(b.statusKind(k))
	return condition{b.ref(colKind) + "," + word, "(" + b.ref(colKind) + "=" + word + ")"}
}

func (b *book) timed(t ledger.Timing) condition {
	word := b.word(t)
	return condition{b.ref(colTiming) + "," + literal("*"+word+"*"),
		fmt.Sprintf("ISNUMBER(SEARCH(%s,%s))", literal(word), b.ref(colTiming))}
}

// of is the tasks of one of several ledgers, whose name stands in cell.
func (b *book) of(label, cell string) condition { return b.is(colLedger, label, cell) }

// led is the tasks that a unit leads, whose name stands in cell.
func (b *book) led(u *unit, cell string) condition {
	if u.name == "" {
		return b.empty(ledger.FieldLead)
	}
	return b.is(ledger.FieldLead, u.name, cell)
}

// empty is the tasks without a value in that column. There is no COUNTIFS for
// it: programs do not agree on what "" matches.
func (b *book) empty(key string) condition { return condition{term: "(" + b.ref(key) + `="")`} }

// any is every task: no other column but this is never empty.
func (b *book) any() condition {
	return condition{b.ref(colKind) + `,"<>"`, "(" + b.ref(colKind) + `<>"")`}
}

func (b *book) is(key, text, cell string) condition {
	c := condition{term: fmt.Sprintf("EXACT(%s,%s)", b.ref(key), cell)}
	if plain(text) {
		c.pair = b.ref(key) + "," + cell
	}
	return c
}

// plain reports a text that COUNTIFS compares as it is: not as a comparison, a
// pattern or a number, and of a length that it takes.
func plain(s string) bool {
	for i, r := range s {
		switch {
		case strings.ContainsRune("*?~", r):
			return false
		case i == 0 && !unicode.Is(unicode.Han, r):
			return false
		case unicode.IsLower(r) || unicode.IsUpper(r):
			return false // it does not tell them apart
		}
	}
	return len(s) < 200
}

// due is the tasks whose day lies in [from, to); a zero time leaves that side
// open.
func (b *book) due(from, to time.Time) condition {
	var c condition
	add := func(op string, t time.Time) {
		if t.IsZero() {
			return
		}
		day := fmt.Sprintf("DATE(%d,%d,%d)", t.Year(), int(t.Month()), t.Day())
		c.pair += "," + b.ref(colDue) + "," + literal(op) + "&" + day
		c.term += "*(" + b.ref(colDue) + op + day + ")"
	}
	add(">=", from)
	add("<", to)
	c.pair, c.term = strings.TrimPrefix(c.pair, ","), strings.TrimPrefix(c.term, "*")
	return c
}

// count is the formula for how many tasks meet all the conditions.
func count(conditions ...condition) string {
	var pairs, terms []string
	for _, c := range conditions {
		terms = append(terms, c.term)
		if c.pair != "" {
			pairs = append(pairs, c.pair)
		}
	}
	if len(pairs) == len(conditions) {
		return "COUNTIFS(" + strings.Join(pairs, ",") + ")"
	}
	return "SUMPRODUCT(" + strings.Join(terms, "*") + "*1)"
}
