package rowmove

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// cells rewrites the formulas of the cells of a sheet, for a new row on it or on another.
func (p *Plan) cells(d *sheetxml.Draft) (patches []xmlpart.Patch, err error) {
	list, err := d.FormulaCells()
	if err != nil {
		return nil, damaged(d.Part, err)
	}
	m := p.RowsOf(d.Sheet)
	shared := map[string][]sheetxml.FormulaCell{}
	for _, f := range list {
		now, ok := p.CellFormula(f.Text, d.Sheet, f.Home)
		if !ok || f.Kind == "dataTable" && p.shifts() {
			return nil, &Obstacle{Formula, f.Text}
		}
		switch f.Kind {
		case "shared":
			shared[f.Group] = append(shared[f.Group], f)
			continue
		case "array":
			if area, _ := m.Span(f.Area, Moves); f.Ref.End > 0 && area != f.Area {
				patches = append(patches, xmlpart.Replace(f.Ref, area.String()))
			}
		}
		if now != f.Text {
			patches = append(patches, xmlpart.Replace(f.Inner, xmlpart.EscapeText(now)))
		}
	}
	for _, group := range shared {
		patches = append(patches, p.shared(d, group)...)
	}
	return patches, nil
}

// shifts reports whether rows move down.
func (p *Plan) shifts() bool { return p.moves(a1.Range{Last: a1.At(a1.MaxRow, 1)}) }

// shared rewrites a shared formula. Where all its cells still read the same, only the
// text that they share changes; otherwise each gets a formula of its own.
func (p *Plan) shared(d *sheetxml.Draft, group []sheetxml.FormulaCell) (patches []xmlpart.Patch) {
	m := p.RowsOf(d.Sheet)
	place := func(at a1.Ref) a1.Ref {
		at.Row, _ = m.Row(at.Row)
		return at
	}
	texts := make([]string, len(group))
	changed, master := false, -1
	for i, f := range group {
		texts[i], _ = p.CellFormula(f.Text, d.Sheet, f.Home)
		changed = changed || texts[i] != f.Text || place(f.Home) != f.Home
		if f.Master {
			master = i
		}
	}
	if !changed || master < 0 {
		return nil
	}
	uniform := true
	first := group[master]
	for i, f := range group {
		from, to := place(first.Home), place(f.Home)
		if text, ok := formula.Translate(texts[master], to.Row-from.Row, to.Col-from.Col); !ok || text != texts[i] {
			uniform = false
		}
	}
	if !uniform {
		for i, f := range group {
			patches = append(patches, xmlpart.Replace(f.Element, "<"+d.Prefix+"f>"+xmlpart.EscapeText(texts[i])+"</"+
				d.Prefix+"f>"))
		}
		return patches
	}
	if texts[master] != first.Text {
		patches = append(patches, xmlpart.Replace(first.Inner, xmlpart.EscapeText(texts[master])))
	}
	if area, _ := m.Span(first.Area, Moves); first.Ref.End > 0 && area != first.Area {
		patches = append(patches, xmlpart.Replace(first.Ref, area.String()))
	}
	return patches
}
