package ooxml

import (
	"strings"

	"taizhang/sheet/ooxml/internal/formula"
)

// ListSources names the other sheets on which a sheet's drop-down lists and
// conditional formats draw, directly or through a defined name.
func (w *Workbook) ListSources(sheet string) ([]string, error) {
	d, err := w.draft(sheet)
	if err != nil {
		return nil, err
	}
	var found []string
	seen := map[string]bool{strings.ToLower(d.sheet): true}
	var note func(f string, depth int)
	note = func(f string, depth int) {
		parts := formula.Parse(f)
		for _, r := range parts.Refs {
			if i := w.sheetIndex(r.Sheet); r.Sheet != "" && !r.External && i >= 0 && !seen[strings.ToLower(r.Sheet)] {
				seen[strings.ToLower(r.Sheet)] = true
				found = append(found, w.book.sheets[i].Name)
			}
		}
		for _, n := range parts.Names {
			for _, def := range w.book.names {
				if depth < 4 && strings.EqualFold(def.name, n.Name) {
					note(def.formula, depth+1)
				}
			}
		}
	}
	s := d.tail()
	for s.next() {
		if s.kind != tokStart || !s.is("formula1") && !s.is("formula2") && !s.is("formula") && !s.is("f") {
			continue
		}
		note(string(s.content(nil)), 0)
	}
	if err := s.err(); err != nil {
		return nil, w.damagedPart(d.part, err)
	}
	return found, nil
}
