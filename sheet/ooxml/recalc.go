package ooxml

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"

	"taizhang/sheet/a1"
)

// Formulas hold the value that they had when the file was saved. After an edit
// those that depend on it are found here, and each either gets its new value
// (calc.go) or loses its value and has the whole workbook calculated when it is
// opened next: a missing number is filled in by every spreadsheet program, a
// wrong one would stand.

// maxFormulas is how many formulas are searched for dependents. A workbook with
// more is only marked to be calculated.
const maxFormulas = 50_000

// place is a cell of the workbook.
type place struct {
	sheet int // index
	at    a1.Ref
}

// node is a formula and what it depends on.
type node struct {
	formulaCell
	sheet int
	needs []areaOf
	loose bool // what it refers to is known only when it is calculated
	dirty bool
}

// areaOf is a range on a sheet.
type areaOf struct {
	sheet int
	rng   a1.Range
}

// recalculate brings the values of formulas up to date with the cells written
// so far.
func (w *Workbook) recalculate() error {
	if len(w.edits.written) == 0 {
		return nil
	}
	drafts, nodes, total, err := w.formulaNodes()
	if err != nil {
		return err
	}
	if total > maxFormulas {
		w.edits.written = nil
		return w.calcOnLoad()
	}
	dirty := w.spread(nodes)
	if len(dirty) == 0 {
		w.edits.written = nil
		return nil
	}
	values := w.calculate(drafts, dirty)
	full := false
	patches := map[int][]patch{}
	for i, n := range dirty {
		d := drafts[n.sheet]
		if values[i].typ == unknownType {
			full = true
			patches[n.sheet] = append(patches[n.sheet], d.arrayPatches(n.formulaCell)...)
		}
		patches[n.sheet] = append(patches[n.sheet], d.valuePatches(n.formulaCell, values[i])...)
	}
	for sheet, list := range patches {
		d := drafts[sheet]
		w.put(d.part, applyPatches(d.data, list))
		delete(w.edits.drafts, d.part)
	}
	w.edits.written = nil
	if full {
		return w.calcOnLoad()
	}
	return nil
}

// formulaNodes gathers the formulas of all sheets. Sheets known to have none
// are not even inflated.
func (w *Workbook) formulaNodes() (drafts map[int]*draft, nodes []*node, total int, err error) {
	drafts = map[int]*draft{}
	for i, sp := range w.book.sheets {
		if !sp.Worksheet || sp.part == "" || w.edits.plain[sp.part] {
			continue
		}
		data, err := w.current(sp.part)
		if err != nil {
			continue // a sheet that cannot be read does not depend on the others
		}
		if !bytes.Contains(data, []byte("f>")) && !bytes.Contains(data, []byte("<f")) {
			continue
		}
		d, err := newDraft(sp.Name, sp.part, data)
		if err != nil || d.formulas == 0 {
			continue
		}
		if total += d.formulas; total > maxFormulas {
			return nil, nil, total, nil
		}
		list, err := d.formulaCells()
		if err != nil {
			return nil, nil, 0, w.damagedPart(sp.part, err)
		}
		drafts[i] = d
		for _, f := range list {
			nodes = append(nodes, &node{formulaCell: f, sheet: i})
		}
	}
	names := w.currentNames()
	tables := w.tableAreas()
	for _, n := range nodes {
		w.findNeeds(n, n.text, n.sheet, names, tables, 0)
	}
	return drafts, nodes, total, nil
}

// findNeeds adds what a formula refers to, through names and tables.
func (w *Workbook) findNeeds(n *node, text string, home int, names []definedName, tables map[string]areaOf, depth int) {
	if depth > 8 {
		n.loose = true
		return
	}
	parts := formula.Parse(text)
	for _, r := range parts.Refs {
		if r.External {
			continue
		}
		first, last := home, home
		if r.Sheet != "" {
			first = w.sheetIndex(r.Sheet)
			last = first
		}
		if r.LastSheet != "" {
			last = w.sheetIndex(r.LastSheet)
		}
		if first < 0 || last < 0 {
			continue
		}
		for i := min(first, last); i <= max(first, last); i++ {
			rng := a1.Range{
				First: a1.At(min(r.Range.First.Row, r.Range.Last.Row), min(r.Range.First.Col, r.Range.Last.Col)),
				Last:  a1.At(max(r.Range.First.Row, r.Range.Last.Row), max(r.Range.First.Col, r.Range.Last.Col)),
			}
			n.needs = append(n.needs, areaOf{i, rng})
		}
	}
	for _, name := range parts.Names {
		if name.External {
			continue
		}
		scope := home
		if name.Sheet != "" {
			scope = w.sheetIndex(name.Sheet)
		}
		text, ok := lookUpName(names, name.Name, scope)
		if ok {
			w.findNeeds(n, text, home, names, tables, depth+1)
		}
	}
	for _, t := range parts.Tables {
		if area, ok := tables[strings.ToLower(t)]; ok && t != "" {
			n.needs = append(n.needs, area)
			continue
		}
		for _, area := range tables {
			if t == "" && area.sheet == n.sheet && area.rng.Contains(n.home) {
				n.needs = append(n.needs, area)
			}
		}
	}
	for _, call := range parts.Calls {
		switch call {
		case "INDIRECT", "OFFSET", "CELL", "EVALUATE":
			n.loose = true
		}
	}
	// A range whose end a function finds (A1:INDEX(…)) can be any.
	if strings.Contains(text, ":INDEX(") || strings.Contains(text, "):") {
		n.loose = true
	}
}

func lookUpName(names []definedName, name string, sheet int) (string, bool) {
	found, ok := "", false
	for _, d := range names {
		if !strings.EqualFold(d.name, name) {
			continue
		}
		if d.sheet == sheet {
			return d.formula, true
		}
		if d.sheet < 0 {
			found, ok = d.formula, true
		}
	}
	return found, ok
}

// currentNames are the defined names with the edits made so far.
func (w *Workbook) currentNames() []definedName {
	if _, edited := w.edits.changed[foldPart(w.book.part)]; !edited {
		return w.book.names
	}
	data, err := w.current(w.book.part)
	if err != nil {
		return w.book.names
	}
	var names []definedName
	for s := newScanner(data); s.next(); {
		if s.kind != tokStart || !s.is("definedName") {
			continue
		}
		d := definedName{name: s.value("name"), sheet: -1}
		if n, ok := atoi([]byte(s.value("localSheetId"))); ok {
			d.sheet = n
		}
		d.formula = string(s.content(nil))
		names = append(names, d)
	}
	return names
}

// tableAreas are the ranges of the table parts, by lower-case name.
func (w *Workbook) tableAreas() map[string]areaOf {
	areas := map[string]areaOf{}
	for i, sp := range w.book.sheets {
		if sp.part == "" {
			continue
		}
		rels, err := w.rels(sp.part)
		if err != nil {
			continue
		}
		for _, r := range rels {
			if r.kind != "table" || r.external {
				continue
			}
			data, err := w.current(r.target)
			if err != nil {
				continue
			}
			for s := newScanner(data); s.next(); {
				if s.kind != tokStart {
					continue
				}
				if rng, ok := a1.ParseRange(s.value("ref")); ok {
					for _, name := range []string{s.value("displayName"), s.value("name")} {
						areas[strings.ToLower(name)] = areaOf{i, rng}
					}
				}
				break
			}
		}
	}
	return areas
}

// spread finds the formulas that depend on written cells, directly or through
// others, in the order of the workbook.
func (w *Workbook) spread(nodes []*node) (dirty []*node) {
	cells := map[int][]a1.Ref{} // written cells and dirty formulas by sheet
	for p := range w.edits.written {
		cells[p.sheet] = append(cells[p.sheet], p.at)
	}
	for changed := true; changed; {
		changed = false
		for _, list := range cells {
			slices.SortFunc(list, func(a, b a1.Ref) int {
				if a.Row != b.Row {
					return a.Row - b.Row
				}
				return a.Col - b.Col
			})
		}
		for _, n := range nodes {
			if n.dirty || !n.loose && !w.edits.written[place{n.sheet, n.home}] && !n.hit(cells) {
				continue
			}
			n.dirty, changed = true, true
			area := a1.Range{First: n.home, Last: n.home}
			if n.kind == "array" && n.ref.end > 0 {
				area = n.area
			}
			// Of an array formula the corners would do for overlaps but not for
			// a range that cuts it: take its cells, up to a bound.
			for row := area.First.Row; row <= min(area.Last.Row, area.First.Row+1000); row++ {
				for col := area.First.Col; col <= min(area.Last.Col, area.First.Col+100); col++ {
					cells[n.sheet] = append(cells[n.sheet], a1.At(row, col))
				}
			}
		}
	}
	for _, n := range nodes {
		if n.dirty {
			dirty = append(dirty, n)
		}
	}
	return dirty
}

// hit reports whether n needs one of the cells, which are sorted but for those
// appended since.
func (n *node) hit(cells map[int][]a1.Ref) bool {
	for _, a := range n.needs {
		list := cells[a.sheet]
		i := sort.Search(len(list), func(i int) bool { return list[i].Row >= a.rng.First.Row })
		for ; i < len(list) && list[i].Row <= a.rng.Last.Row; i++ {
			if a.rng.Contains(list[i]) {
				return true
			}
		}
	}
	return false
}

// calcOnLoad has the programs calculate the whole workbook when they open it.
func (w *Workbook) calcOnLoad() error {
	part := w.book.part
	data, err := w.current(part)
	if err != nil {
		return err
	}
	const flag = "fullCalcOnLoad"
	after, prefix := 0, ""
	for s := newScanner(data); s.next(); {
		depth := s.depth()
		if s.kind == tokEmpty {
			depth++
		}
		if s.kind == tokStart && depth == 1 {
			prefix = string(data[s.name.start:s.local])
		}
		if (s.kind == tokStart || s.kind == tokEmpty) && depth == 2 && s.is("calcPr") {
			if a := s.attr(flag); a != nil {
				w.put(part, splice(data, a.value, "1"))
			} else {
				w.put(part, splice(data, span{s.name.end, s.name.end}, " "+flag+`="1"`))
			}
			return nil
		}
		// In the order of the schema calcPr follows the last of these.
		if (s.kind == tokEmpty || s.kind == tokEnd) && (depth == 2 || s.kind == tokEnd && depth == 1) {
			switch string(s.localName()) {
			case "sheets", "functionGroups", "externalReferences", "definedNames":
				after = s.end
			}
		}
	}
	if after == 0 {
		return w.damagedPart(part, errNoElement)
	}
	w.put(part, splice(data, span{after, after}, "<"+prefix+"calcPr "+flag+`="1"/>`))
	return nil
}
