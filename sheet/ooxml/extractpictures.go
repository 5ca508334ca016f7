package ooxml

import (
	"bytes"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Pictures in cells: those of cells that stay go along, others do not. See
// internal/bookxml for how they are stored.

// cellPictures leaves out the pictures that no cell shows any more.
func (x *extraction) cellPictures() error {
	if err := x.wpsPictures(); err != nil {
		return err
	}
	return x.excelPictures()
}

// wpsPictures leaves out the pictures of cellimages.xml that no formula names any more.
func (x *extraction) wpsPictures() error {
	r, ok, err := x.w.book.Rel(x.w.book.Part, "cellImage")
	if err != nil || !ok || !x.w.book.Exists(r.Target) {
		return err
	}
	var sheets [][]byte
	for _, i := range x.kept {
		data, err := x.w.book.Current(x.w.book.Sheets[i].Part)
		if err != nil {
			return err
		}
		sheets = append(sheets, data)
	}
	data, err := x.w.book.Current(r.Target)
	if err != nil {
		return err
	}
	shown := 0
	err = x.leaveOut(r.Target, func(s *xmlpart.Scanner) bool {
		if !s.Is("cellImage") {
			return false
		}
		name := pictureName(data[s.Start:])
		for _, sheet := range sheets {
			if name != "" && bytes.Contains(sheet, []byte(name)) {
				shown++
				return false
			}
		}
		return true
	})
	if shown == 0 {
		x.cutRel(x.w.book.Part, r.ID)
	}
	return err
}

// pictureName is the name of the picture in a cellImage element.
func pictureName(element []byte) string {
	for s := xmlpart.NewScanner(element); s.Next() && s.Depth() > 0; {
		if s.OnElement() && s.Is("cNvPr") {
			return s.Value("name")
		}
	}
	return ""
}

// richKinds are the relationships of the parts in which Excel keeps values that
// are more than text and number.
var richKinds = map[string]bool{
	"richValueRel": true, "rdRichValue": true, "rdRichValueStructure": true, "rdRichValueTypes": true,
	"sheetMetadata": true,
}

// excelPictures leaves out the pictures of cells with value metadata. Rich values know each
// other by number: one that no cell shows becomes a repetition of one that a
// cell does, so that the others keep their places.
func (x *extraction) excelPictures() error {
	shownValues, shownRels := map[int]bool{}, map[int]bool{}
	for _, i := range x.kept {
		data, err := x.w.book.Current(x.w.book.Sheets[i].Part)
		if err != nil {
			return err
		}
		if !bytes.Contains(data, []byte("vm=")) {
			continue
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if !s.OnElement() || !s.Is("c") {
				continue
			}
			vm, _ := xmlpart.Number(s.Value("vm"))
			if v, ok := x.w.book.StoredPicture(vm); ok {
				shownValues[v.Number], shownRels[v.Rel] = true, true
			}
		}
	}
	if len(shownValues) == 0 {
		rels, err := x.w.book.Rels(x.w.book.Part)
		for _, r := range rels {
			if richKinds[r.Kind] {
				x.cutRel(x.w.book.Part, r.ID)
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
	r, _, err := x.w.book.Rel(x.w.book.Part, kind)
	if err != nil {
		return err
	}
	data, err := x.w.book.Current(r.Target)
	if err != nil {
		return err
	}
	var items []xmlpart.Span
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if s.OnElement() && s.Is(item) {
			start := s.Start
			s.Skip()
			items = append(items, xmlpart.Between(start, s.End))
		}
	}
	if err := s.Err(); err != nil {
		return opc.Damaged(r.Target, err)
	}
	model := ""
	for i, at := range items {
		if shown[i] {
			model = string(data[at.Start:at.End])
			break
		}
	}
	var patches []xmlpart.Patch
	for i, at := range items {
		if !shown[i] {
			patches = append(patches, xmlpart.Replace(at, model))
		}
	}
	x.w.book.Put(r.Target, xmlpart.Apply(data, patches))
	return nil
}

// repeatShownRel has the relationships of pictures that no cell shows lead to
// one that a cell does.
func (x *extraction) repeatShownRel(shown map[int]bool) error {
	r, _, err := x.w.book.Rel(x.w.book.Part, "richValueRel")
	if err != nil {
		return err
	}
	data, err := x.w.book.Current(r.Target)
	if err != nil {
		return err
	}
	var ids []string
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && s.Is("rel") {
			id := ""
			if a := s.PrefixedAttr("id"); a != nil {
				id = s.Decode(a)
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
	name := opc.RelsPart(r.Target)
	list, err := x.w.book.Current(name)
	if err != nil {
		return err
	}
	target := ""
	for s := xmlpart.NewScanner(list); s.Next(); {
		if s.OnElement() && s.Is("Relationship") && s.Value("Id") == model {
			target = s.Value("Target")
		}
	}
	var patches []xmlpart.Patch
	for s := xmlpart.NewScanner(list); s.Next(); {
		if s.OnElement() && s.Is("Relationship") && !shownIDs[s.Value("Id")] {
			if a := s.Attr("Target"); a != nil {
				patches = append(patches, xmlpart.Replace(a.Value, xmlpart.EscapeAttr(target)))
			}
		}
	}
	x.w.book.Put(name, xmlpart.Apply(list, patches))
	return nil
}
