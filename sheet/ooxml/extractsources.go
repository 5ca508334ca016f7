package ooxml

import (
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Sources are the other sheets that a sheet refers to, directly or through a
// defined name.
type Sources struct {
	Lists []string // drop-down lists draw on them
	Cells []string // formulas, links and sparklines of its cells lead to them
	// Drawn are the cells that drop-down lists draw on, by sheet; of a sheet that is in
	// Lists and not here it is not known which. Read are those that formulas name.
	Drawn, Read map[string][]a1.Range
}

// Sources names the sheets that a sheet refers to. What only a conditional format
// needs is in neither list.
func (w *Workbook) Sources(sheet string) (sources Sources, err error) {
	defer w.say(&err)
	d, err := w.book.Draft(sheet)
	if err != nil {
		return Sources{}, err
	}
	lists, cells := w.sourceNoter(d.Sheet), w.sourceNoter(d.Sheet)
	for s := xmlpart.NewScanner(d.Data); s.Next(); {
		switch {
		case !s.OnElement():
		case s.Is("hyperlink"):
			cells.note(s.Value("location"), 0)
		case s.Kind == xmlpart.EmptyTag:
		case s.Is("dataValidations"), s.Is("sparklineGroups"), s.Is("sheetData"):
			to := cells
			if s.Is("dataValidations") {
				to = lists
			}
			err = s.Children(func() error { return noteFormulas(s, to) })
		case s.Is("conditionalFormatting"), s.Is("conditionalFormattings"):
			s.Skip()
		}
		if err == nil {
			err = s.Err()
		}
		if err != nil {
			return Sources{}, opc.Damaged(d.Part, err)
		}
	}
	rels, err := w.book.Rels(d.Part)
	if err != nil {
		return Sources{}, err
	}
	for _, r := range rels {
		if place, ok := strings.CutPrefix(r.Target, "#"); ok && r.Kind == "hyperlink" {
			cells.note(place, 0)
		}
	}
	for _, name := range lists.vague {
		delete(lists.drawn, name)
	}
	return Sources{Lists: lists.found, Cells: cells.found, Drawn: lists.drawn, Read: cells.drawn}, nil
}

// noteFormulas notes the formulas of an element and of all in it.
func noteFormulas(s *xmlpart.Scanner, to *sourceNoter) error {
	switch {
	case s.Kind == xmlpart.EmptyTag:
		s.Skip()
		return nil
	case s.Is("formula1"), s.Is("formula2"), s.Is("f"):
		if text := string(s.Content(nil)); text != "" {
			to.note(text, 0)
		}
		return s.Err()
	case s.Is("v"), s.Is("is"), s.Is("sqref"):
		s.Skip()
		return nil
	}
	return s.Children(func() error { return noteFormulas(s, to) })
}

// sourceNoter collects sheets that formulas refer to.
type sourceNoter struct {
	w     *Workbook
	seen  map[string]bool // folded
	found []string
	drawn map[string][]a1.Range // cells referred to, by sheet
	vague []string              // sheets whose cells that are referred to are not known
}

func (w *Workbook) sourceNoter(home string) *sourceNoter {
	return &sourceNoter{w: w, seen: map[string]bool{strings.ToLower(home): true}, drawn: map[string][]a1.Range{}}
}

func (n *sourceNoter) sheet(name string) {
	if i := n.w.book.SheetIndex(name); name != "" && i >= 0 && !n.seen[strings.ToLower(name)] {
		n.seen[strings.ToLower(name)] = true
		n.found = append(n.found, n.w.book.Sheets[i].Name)
	}
}

// note notes the sheets of a formula, those that it names in a text too, as
// HYPERLINK and INDIRECT do.
func (n *sourceNoter) note(f string, depth int) {
	if strings.Contains(f, "!") && strings.Contains(f, "\"") {
		for i := range n.w.book.Sheets {
			name := n.w.book.Sheets[i].Name
			if quoted := strings.ReplaceAll(name, "'", "''"); strings.Contains(f, name+"!") ||
				strings.Contains(f, quoted+"'!") {
				n.sheet(name)
				n.vague = append(n.vague, name)
			}
		}
	}
	if !strings.Contains(f, "!") && len(n.w.book.DefinedNames) == 0 {
		return
	}
	parts := formula.Parse(f)
	for _, r := range parts.Refs {
		if i := n.w.book.SheetIndex(r.Sheet); !r.External && r.Sheet != "" && i >= 0 {
			n.sheet(r.Sheet)
			name := n.w.book.Sheets[i].Name
			n.drawn[name] = append(n.drawn[name], r.Range)
			if len(parts.Calls) > 0 {
				n.vague = append(n.vague, name) // OFFSET and INDEX reach beyond
			}
		}
	}
	for _, name := range parts.Names {
		for _, def := range n.w.book.DefinedNames {
			if depth < 4 && strings.EqualFold(def.Name, name.Name) {
				n.note(def.Formula, depth+1)
			}
		}
	}
}
