package ooxml

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// cellPatches rewrites the formulas of a sheet's cells; own tells that the
// sheet is the table's, so that the cells themselves may move.
func (x *insertion) cellPatches(d *sheetxml.Draft, own bool) (patches []xmlpart.Patch, err error) {
	list, err := d.FormulaCells()
	if err != nil {
		return nil, x.w.damagedPart(d.Part, err)
	}
	groups := map[string][]sheetxml.FormulaCell{}
	for _, f := range list {
		if x.shift && (f.Kind == "dataTable" || x.unshiftable(f.Text)) {
			return nil, x.refuse("ooxml.unsafe_3d", "Formula", f.Text)
		}
		switch f.Kind {
		case "shared":
			groups[f.Group] = append(groups[f.Group], f)
			continue
		case "array":
			if f.Ref.End > 0 && own {
				if now := x.span(f.Area, false); now != f.Area {
					patches = append(patches, xmlpart.Replace(f.Ref, now.String()))
				}
			}
		}
		if now := x.formula(f.Text, d.Sheet, own && x.inTable(f.Home)); now != f.Text {
			patches = append(patches, xmlpart.Replace(f.Inner, xmlpart.EscapeText(now)))
		}
	}
	for _, group := range groups {
		patches = append(patches, x.sharedPatches(d, own, group)...)
	}
	return patches, nil
}

func (x *insertion) inTable(at a1.Ref) bool {
	return at.Row >= x.t.FirstData && at.Row <= x.t.LastData && at.Col >= x.t.Columns[0] && at.Col <= x.t.Columns[1]
}

// sharedPatches rewrites a shared formula. Where all its cells still read the
// same after the insertion, only the text that they share changes; otherwise
// each gets a formula of its own.
func (x *insertion) sharedPatches(d *sheetxml.Draft, own bool, group []sheetxml.FormulaCell) (patches []xmlpart.Patch) {
	place := func(at a1.Ref) a1.Ref {
		if own {
			at.Row = x.row(at.Row)
		}
		return at
	}
	texts := make([]string, len(group))
	changed, master := false, -1
	for i, f := range group {
		texts[i] = x.formula(f.Text, d.Sheet, own && x.inTable(f.Home))
		changed = changed || texts[i] != f.Text || place(f.Home) != f.Home
		if f.Master {
			master = i
		}
	}
	if !changed || master < 0 {
		return nil
	}
	uniform := true
	m := group[master]
	for i, f := range group {
		from, to := place(m.Home), place(f.Home)
		if text, ok := formula.Translate(texts[master], to.Row-from.Row, to.Col-from.Col); !ok || text != texts[i] {
			uniform = false
		}
	}
	if !uniform {
		for i, f := range group {
			patches = append(patches, xmlpart.Replace(f.Element, "<"+d.Prefix+"f>"+xmlpart.EscapeText(texts[i])+"</"+d.Prefix+"f>"))
		}
		return patches
	}
	if texts[master] != m.Text {
		patches = append(patches, xmlpart.Replace(m.Inner, xmlpart.EscapeText(texts[master])))
	}
	if own && m.Ref.End > 0 {
		if now := x.span(m.Area, false); now != m.Area {
			patches = append(patches, xmlpart.Replace(m.Ref, now.String()))
		}
	}
	return patches
}
