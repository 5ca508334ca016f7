package ooxml

import (
	"bytes"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// formulaCell is a cell with an f element.
type formulaCell struct {
	home   a1.Ref
	text   string       // the formula; of a dependent of a shared one, as it reads there
	kind   string       // t attribute: "", "shared", "array", "dataTable"
	group  string       // si attribute of a shared formula
	master bool         // it holds the text of its shared formula
	astray bool         // a dependent of a shared one, a reference of which leaves the sheet: text is not to be trusted
	ref    xmlpart.Span // value of the ref attribute, empty if there is none
	area   a1.Range     // what ref says
	inputs []a1.Ref     // of a data table: the cells that it puts other values into
	elem   xmlpart.Span // the f element
	inner  xmlpart.Span // its content
	cell   xmlpart.Span // the c element
	typ    string       // t attribute of the cell
	value  string       // cached value as stored, decoded
	cached xmlpart.Span // the v element, empty if there is none
	inline xmlpart.Span // the is element, empty if there is none
}

// formulaCells lists the sheet's formulas in the order of the part.
func (d *draft) formulaCells() ([]formulaCell, error) {
	if d.formulas == 0 {
		return nil, nil
	}
	var list []formulaCell
	masters := map[string]*formulaCell{}
	for i := range d.rows {
		r := d.rows[i]
		if !hasFormula(d.data[r.start:r.end], d.prefix) {
			continue
		}
		row, err := d.readRow(i)
		if err != nil {
			return nil, err
		}
		for _, c := range row.cells {
			if !c.formula {
				continue
			}
			f, err := d.formulaCell(a1.At(r.num, c.col), c)
			if err != nil {
				return nil, err
			}
			if f.kind == "shared" {
				if strings.TrimSpace(f.text) != "" {
					f.master = true
					masters[f.group] = &f
				} else if m := masters[f.group]; m != nil {
					var ok bool
					f.text, ok = formula.Translate(m.text, f.home.Row-m.home.Row, f.home.Col-m.home.Col)
					f.astray = !ok
				}
			}
			list = append(list, f)
		}
	}
	return list, nil
}

func hasFormula(row []byte, prefix string) bool {
	tag := []byte("<" + prefix + "f")
	for {
		i := bytes.Index(row, tag)
		if i < 0 {
			return false
		}
		if xmlpart.HasName(row[i+1:], tag[1:]) {
			return true
		}
		row = row[i+1:]
	}
}

func (d *draft) formulaCell(home a1.Ref, c cellSpan) (formulaCell, error) {
	f := formulaCell{home: home, cell: xmlpart.Between(c.start, c.end)}
	s := xmlpart.NewScanner(d.data[c.start:c.end])
	move := func(at xmlpart.Span) xmlpart.Span { return xmlpart.Between(c.start+at.Start, c.start+at.End) }
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		start := s.Start
		switch {
		case s.Is("c"):
			f.typ = s.Value("t")
		case s.Is("f"):
			f.kind, f.group = s.Value("t"), s.Value("si")
			if a := s.Attr("ref"); a != nil {
				f.ref = move(a.Value)
				f.area, _ = a1.ParseRange(s.Decode(a))
			}
			for _, name := range []string{"r1", "r2"} {
				if at, ok := a1.ParseRef(s.Value(name)); ok && f.kind == "dataTable" {
					f.inputs = append(f.inputs, at)
				}
			}
			from := s.End
			f.text = string(s.Content(nil))
			if s.Kind == xmlpart.EmptyTag {
				f.inner = move(xmlpart.Between(s.End, s.End))
			} else {
				f.inner = move(xmlpart.Between(from, s.Start))
			}
			f.elem = move(xmlpart.Between(start, s.End))
		case s.Is("is"):
			s.Skip()
			f.inline = move(xmlpart.Between(start, s.End))
		case s.Is("v"):
			f.value = string(s.Content(nil))
			f.cached = move(xmlpart.Between(start, s.End))
		}
	}
	return f, s.Err()
}

// cellPatches rewrites the formulas of a sheet's cells; own tells that the
// sheet is the table's, so that the cells themselves may move.
func (x *insertion) cellPatches(d *draft, own bool) (patches []xmlpart.Patch, err error) {
	list, err := d.formulaCells()
	if err != nil {
		return nil, x.w.damagedPart(d.part, err)
	}
	groups := map[string][]formulaCell{}
	for _, f := range list {
		if x.shift && (f.kind == "dataTable" || x.unshiftable(f.text)) {
			return nil, x.refuse("ooxml.unsafe_3d", "Formula", f.text)
		}
		switch f.kind {
		case "shared":
			groups[f.group] = append(groups[f.group], f)
			continue
		case "array":
			if f.ref.End > 0 && own {
				if now := x.span(f.area, false); now != f.area {
					patches = append(patches, xmlpart.Replace(f.ref, now.String()))
				}
			}
		}
		if now := x.formula(f.text, d.sheet, own && x.inTable(f.home)); now != f.text {
			patches = append(patches, xmlpart.Replace(f.inner, xmlpart.EscapeText(now)))
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
func (x *insertion) sharedPatches(d *draft, own bool, group []formulaCell) (patches []xmlpart.Patch) {
	place := func(at a1.Ref) a1.Ref {
		if own {
			at.Row = x.row(at.Row)
		}
		return at
	}
	texts := make([]string, len(group))
	changed, master := false, -1
	for i, f := range group {
		texts[i] = x.formula(f.text, d.sheet, own && x.inTable(f.home))
		changed = changed || texts[i] != f.text || place(f.home) != f.home
		if f.master {
			master = i
		}
	}
	if !changed || master < 0 {
		return nil
	}
	uniform := true
	m := group[master]
	for i, f := range group {
		from, to := place(m.home), place(f.home)
		if text, ok := formula.Translate(texts[master], to.Row-from.Row, to.Col-from.Col); !ok || text != texts[i] {
			uniform = false
		}
	}
	if !uniform {
		for i, f := range group {
			patches = append(patches, xmlpart.Replace(f.elem, "<"+d.prefix+"f>"+xmlpart.EscapeText(texts[i])+"</"+d.prefix+"f>"))
		}
		return patches
	}
	if texts[master] != m.text {
		patches = append(patches, xmlpart.Replace(m.inner, xmlpart.EscapeText(texts[master])))
	}
	if own && m.ref.End > 0 {
		if now := x.span(m.area, false); now != m.area {
			patches = append(patches, xmlpart.Replace(m.ref, now.String()))
		}
	}
	return patches
}
