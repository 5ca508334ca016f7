package ooxml

import (
	"bytes"
)

// Pictures in cells: those of cells that stay go along, others do not. See
// pictures.go for how they are stored.

// cellPictures leaves out the pictures that no cell shows any more.
func (x *extraction) cellPictures() error {
	if err := x.wpsPictures(); err != nil {
		return err
	}
	return x.excelPictures()
}

// wpsPictures are those of cellimages.xml, which formulas name.
func (x *extraction) wpsPictures() error {
	r, ok, err := x.w.rel(x.w.book.part, "cellImage")
	if err != nil || !ok || !x.w.exists(r.target) {
		return err
	}
	var sheets [][]byte
	for _, i := range x.kept {
		data, err := x.w.current(x.w.book.sheets[i].part)
		if err != nil {
			return err
		}
		sheets = append(sheets, data)
	}
	data, err := x.w.current(r.target)
	if err != nil {
		return err
	}
	shown := 0
	err = x.leaveOut(r.target, func(s *scanner) bool {
		if !s.is("cellImage") {
			return false
		}
		name := pictureName(data[s.start:])
		for _, sheet := range sheets {
			if name != "" && bytes.Contains(sheet, []byte(name)) {
				shown++
				return false
			}
		}
		return true
	})
	if shown == 0 {
		x.cutRel(x.w.book.part, r.id)
	}
	return err
}

// pictureName is the name of the picture in a cellImage element.
func pictureName(element []byte) string {
	for s := newScanner(element); s.next() && s.depth() > 0; {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("cNvPr") {
			return s.value("name")
		}
	}
	return ""
}

// richKinds are the relationships of the parts in which Excel keeps values that
// are more than text and number.
var richKinds = map[string]bool{
	"richValueRel": true, "rdRichValue": true, "rdRichValueStructure": true, "rdRichValueTypes": true, "sheetMetadata": true,
}

// excelPictures are those of cells with value metadata. Rich values know each
// other by number: one that no cell shows becomes a repetition of one that a
// cell does, so that the others keep their places.
func (x *extraction) excelPictures() error {
	shownValues, shownRels := map[int]bool{}, map[int]bool{}
	for _, i := range x.kept {
		data, err := x.w.current(x.w.book.sheets[i].part)
		if err != nil {
			return err
		}
		if !bytes.Contains(data, []byte("vm=")) {
			continue
		}
		for s := newScanner(data); s.next(); {
			if s.kind != tokStart && s.kind != tokEmpty || !s.is("c") {
				continue
			}
			vm, _ := atoi([]byte(s.value("vm")))
			if v, ok := x.w.storedPicture(vm); ok {
				shownValues[v.number], shownRels[v.rel] = true, true
			}
		}
	}
	if len(shownValues) == 0 {
		rels, err := x.w.rels(x.w.book.part)
		for _, r := range rels {
			if richKinds[r.kind] {
				x.cutRel(x.w.book.part, r.id)
			}
		}
		return err
	}
	if err := x.repeatShown("rdRichValue", "rv", shownValues); err != nil {
		return err
	}
	return x.repeatShownRel(shownRels)
}

// repeatShown puts a shown item in the place of every one that is not, in the
// part that holds the items.
func (x *extraction) repeatShown(kind, item string, shown map[int]bool) error {
	r, _, err := x.w.rel(x.w.book.part, kind)
	if err != nil {
		return err
	}
	data, err := x.w.current(r.target)
	if err != nil {
		return err
	}
	var items []span
	s := newScanner(data)
	for s.next() {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is(item) {
			start := s.start
			s.skip()
			items = append(items, span{start, s.end})
		}
	}
	if err := s.err(); err != nil {
		return x.w.damagedPart(r.target, err)
	}
	model := ""
	for i, at := range items {
		if shown[i] {
			model = string(data[at.start:at.end])
			break
		}
	}
	var patches []patch
	for i, at := range items {
		if !shown[i] {
			patches = append(patches, patch{at, model})
		}
	}
	x.w.put(r.target, applyPatches(data, patches))
	return nil
}

// repeatShownRel has the relationships of pictures that no cell shows lead to
// one that a cell does.
func (x *extraction) repeatShownRel(shown map[int]bool) error {
	r, _, err := x.w.rel(x.w.book.part, "richValueRel")
	if err != nil {
		return err
	}
	data, err := x.w.current(r.target)
	if err != nil {
		return err
	}
	var ids []string
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("rel") {
			id := ""
			if a := s.attrLocal("id"); a != nil {
				id = s.decode(a)
			}
			ids = append(ids, id)
		}
	}
	shownIDs := map[string]bool{}
	model := ""
	for i, id := range ids {
		if shown[i] {
			shownIDs[id] = true
			model = id
		}
	}
	name := relsName(r.target)
	list, err := x.w.current(name)
	if err != nil {
		return err
	}
	target := ""
	for s := newScanner(list); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("Relationship") && s.value("Id") == model {
			target = s.value("Target")
		}
	}
	var patches []patch
	for s := newScanner(list); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("Relationship") && !shownIDs[s.value("Id")] {
			if a := s.attr("Target"); a != nil {
				patches = append(patches, patch{a.value, escapeAttr(target)})
			}
		}
	}
	x.w.put(name, applyPatches(list, patches))
	return nil
}
