package ooxml

import (
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// Bounds of all drop-down lists of a sheet together: their items, and the cells
// looked at for them. Lists beyond them count as ones that cannot be resolved.
const (
	maxChoices = 1 << 20
	maxLooked  = 64 << 20
)

// effort is what may still be spent on the lists of a sheet.
type effort struct{ items, cells int }

// validations resolves the lists of a sheet.
func (w *Workbook) validations(sheet int, lists []sheetxml.RawList) []Validation {
	var out []Validation
	seen := map[string][]string{}
	left := effort{maxChoices, maxLooked}
	for _, l := range lists {
		v := Validation{Ranges: l.Ranges, Strict: l.Strict, Warns: l.Warns}
		if !movesAlong(l) {
			choices, ok := seen[l.Formula]
			if !ok {
				choices = w.choices(sheet, l.Formula, 0, &left)
				if left.items -= len(choices); left.items < 0 {
					choices = nil
				}
				seen[l.Formula] = choices
			}
			v.Choices = choices
		}
		out = append(out, v)
	}
	return out
}

// movesAlong reports whether a list refers to its items relatively and covers
// several cells in that direction, so that there is one list for each of them.
func movesAlong(l sheetxml.RawList) bool {
	_, cells := splitSheet(strings.TrimPrefix(l.Formula, "="))
	ref, ok := a1.ParseRange(cells)
	if !ok {
		return false
	}
	rowFixed, colFixed := true, true
	for _, corner := range strings.Split(cells, ":") {
		colFixed = colFixed && strings.HasPrefix(corner, "$")
		rowFixed = rowFixed && strings.LastIndexByte(corner, '$') > 0
	}
	if ref.First.Row == 1 && ref.Last.Row == a1.MaxRow {
		rowFixed = true // whole columns
	}
	all := l.Ranges[0]
	for _, r := range l.Ranges {
		all.First = a1.At(min(all.First.Row, r.First.Row), min(all.First.Col, r.First.Col))
		all.Last = a1.At(max(all.Last.Row, r.Last.Row), max(all.Last.Col, r.Last.Col))
	}
	return !rowFixed && all.First.Row != all.Last.Row || !colFixed && all.First.Col != all.Last.Col
}

// choices resolves the formula of a list on a sheet: a literal, a range of this
// or another sheet, a defined name, or INDIRECT of one of these as a literal.
// It is nil if the formula is another one.
func (w *Workbook) choices(sheet int, formula string, depth int, left *effort) []string {
	formula = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(formula), "="))
	if formula == "" || depth > 8 {
		return nil
	}
	if items, ok := quoted(formula); ok {
		return literalChoices(items)
	}
	if sheetxml.HasFold(formula, "INDIRECT(") && strings.HasSuffix(formula, ")") {
		inner, ok := quoted(strings.TrimSpace(formula[len("INDIRECT(") : len(formula)-1]))
		if !ok {
			return nil
		}
		return w.choices(sheet, inner, depth+1, left)
	}
	if name, cells := splitSheet(formula); name != "" || cells != "" {
		if ref, ok := a1.ParseRange(cells); ok {
			if name != "" {
				sheet = w.book.SheetIndex(name)
			}
			return w.rangeChoices(sheet, ref, left)
		}
		if name != "" {
			if sheet = w.book.SheetIndex(name); sheet < 0 {
				return nil
			}
			formula = cells
		}
	}
	if d, ok := bookxml.FindName(w.book.DefinedNames, formula, sheet); ok {
		return w.choices(sheet, d.Formula, depth+1, left)
	}
	return nil
}

// quoted is the value of a string literal that makes up the whole formula.
func quoted(formula string) (string, bool) {
	if len(formula) < 2 || formula[0] != '"' || formula[len(formula)-1] != '"' {
		return "", false
	}
	in := formula[1 : len(formula)-1]
	if strings.Contains(strings.ReplaceAll(in, `""`, ""), `"`) {
		return "", false
	}
	return strings.ReplaceAll(in, `""`, `"`), true
}

// literalChoices splits a literal list as Excel does: at commas, without the
// space around items.
func literalChoices(items string) []string {
	var list []string
	for _, item := range strings.Split(items, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// splitSheet splits "'My sheet'!$A$1:$A$5" into sheet name and cells; the name
// is empty if there is none.
func splitSheet(formula string) (sheet, cells string) {
	if strings.HasPrefix(formula, "'") {
		for i := 1; i < len(formula); i++ {
			if formula[i] != '\'' {
				continue
			}
			if i+1 < len(formula) && formula[i+1] == '\'' {
				i++
				continue
			}
			if i+1 < len(formula) && formula[i+1] == '!' {
				return strings.ReplaceAll(formula[1:i], "''", "'"), formula[i+2:]
			}
			return "", ""
		}
		return "", ""
	}
	if i := strings.LastIndexByte(formula, '!'); i > 0 {
		return formula[:i], formula[i+1:]
	}
	return "", formula
}

// rangeChoices lists what stands in the cells of a range, row by row, blank
// cells left out; nil if that is more than may be spent.
func (w *Workbook) rangeChoices(sheet int, ref a1.Range, left *effort) []string {
	if sheet < 0 || sheet >= len(w.book.Sheets) {
		return nil
	}
	g, err := w.grid(sheet)
	if err != nil {
		return nil
	}
	var list []string
	cells := g.Sheet.RowsOf(ref)
	if left.cells -= len(cells); left.cells < 0 {
		return nil
	}
	for _, c := range cells {
		if ref.Contains(c.Ref) && c.Kind != Blank {
			if text := w.Text(c); text != "" {
				if list = append(list, text); len(list) > left.items {
					return nil
				}
			}
		}
	}
	return list
}
