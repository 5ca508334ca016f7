package ooxml

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// protection is what a sheet gets where only some cells may be filled in. Row
// heights, column widths and sorting stay the reader's own business.
const protection = `sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>`

// aroundRows rewrites what stands in the sheet's part around its rows.
func (y *sheetExtraction) aroundRows() ([]xmlpart.Patch, error) {
	d := y.d
	patches := y.plan.Dimension(d)
	head, err := y.head()
	if err != nil {
		return nil, err
	}
	patches = append(patches, head...)
	relations, err := y.w.book.Rels(d.Part)
	if err != nil {
		return nil, err
	}
	rels := map[string]opc.Relation{}
	for _, r := range relations {
		rels[r.ID] = r
	}
	s := d.Tail()
	after := d.SheetData.End // where the protection belongs
	for s.Next() {
		if s.Kind == xmlpart.EndTag {
			break
		}
		if !s.OnElement() {
			continue
		}
		name := string(s.LocalName())
		at := s.Span()
		id := ""
		if a := s.PrefixedAttr("id"); a != nil {
			id = s.Decode(a)
		}
		s.Skip()
		at.End = s.End
		if name == "sheetCalcPr" {
			after = at.End
		}
		old := string(d.Data[at.Start:at.End])
		now, err := y.element(name, old, rels, id)
		if err == nil && now != "" {
			now, err = y.plan.Element(now, d.Sheet)
		}
		if err != nil {
			return nil, opc.Damaged(d.Part, err)
		}
		if now != old {
			patches = append(patches, xmlpart.Replace(at, now))
		}
	}
	if err := s.Err(); err != nil {
		return nil, opc.Damaged(d.Part, err)
	}
	if y.toProtect() {
		// Before what is replaced at the same place.
		patches = append([]xmlpart.Patch{xmlpart.Replace(xmlpart.Between(after, after), "<"+d.Prefix+protection)},
			patches...)
	}
	return patches, y.attached(relations)
}

// head rewrites what stands before the rows: no view of a pivot table, no sign
// of a filter that is lifted.
func (y *sheetExtraction) head() ([]xmlpart.Patch, error) {
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(y.d.Data)
	for s.Next() && s.Start < y.d.SheetData.Start {
		if !s.OnElement() {
			continue
		}
		start := s.Start
		switch string(s.LocalName()) {
		case "sheetPr":
			if a := s.Attr("filterMode"); a != nil && len(y.filtered) > 0 {
				patches = append(patches, xmlpart.Replace(a.Value, "0"))
			}
		case "pivotSelection", "extLst", "AlternateContent":
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
	}
	return patches, s.Err()
}

// filters are the ranges whose rows a filter hides.
func (y *sheetExtraction) filters() (list []a1.Range, err error) {
	note := func(s *xmlpart.Scanner) error {
		ref := s.Value("ref")
		criteria := false
		s.Children(func() error {
			criteria = criteria || s.Is("filterColumn")
			s.Skip()
			return nil
		})
		if r, ok := a1.ParseRange(ref); ok && criteria {
			list = append(list, r)
		}
		return s.Err()
	}
	for s := y.d.Tail(); s.Next(); {
		if s.Kind == xmlpart.StartTag && s.Is("autoFilter") {
			if err := note(s); err != nil {
				return nil, opc.Damaged(y.d.Part, err)
			}
		}
	}
	rels, err := y.w.book.Rels(y.d.Part)
	for _, r := range rels {
		if r.Kind != "table" || r.External || !y.w.book.Exists(r.Target) {
			continue
		}
		data, err := y.w.book.Current(r.Target)
		if err != nil {
			return nil, err
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if s.Kind == xmlpart.StartTag && s.Is("autoFilter") {
				if err := note(s); err != nil {
					return nil, opc.Damaged(r.Target, err)
				}
			}
		}
	}
	return list, err
}

// isFiltered reports whether a filter may have hidden a row.
func (y *sheetExtraction) isFiltered(row int) bool {
	return slices.ContainsFunc(y.filtered, func(r a1.Range) bool { return row > r.First.Row && row <= r.Last.Row })
}

func (y *sheetExtraction) toProtect() bool {
	for _, name := range y.e.Protect {
		if strings.EqualFold(name, y.d.Sheet) {
			return !y.protected
		}
	}
	return false
}

// element is one of the elements behind the rows; "" leaves it out.
func (y *sheetExtraction) element(name, old string, rels map[string]opc.Relation, id string) (string, error) {
	switch name {
	case "hyperlinks":
		return y.list(old, "hyperlink", func(item string) string { return y.link(item, rels) }), nil
	case "dataValidations":
		return y.list(old, "dataValidation", y.messages), nil
	case "conditionalFormatting":
		return y.rules(old), nil
	case "headerFooter":
		return y.headers(old), nil
	case "autoFilter":
		return withoutCriteria(old), nil
	case "rowBreaks":
		if len(y.m.Gone) > 0 {
			return "", nil
		}
	case "extLst":
		return y.extensions(old), nil
	case "drawing":
		if keep, err := y.keepDrawing(rels[id]); err != nil || !keep {
			return "", err
		}
	case "legacyDrawing", "legacyDrawingHF", "picture":
		if !y.w.book.Exists(rels[id].Target) || y.partTells(rels[id].Target) && name != "legacyDrawing" {
			return "", nil
		}
	case "sheetProtection":
		if y.toProtect() {
			return "", nil // it is there and switched off
		}
	case "pageSetup":
		if id != "" { // how a printer was set that has a name
			return xmlpart.DropAttr(old, "id", true), nil
		}
	case "mergeCells", "protectedRanges", "ignoredErrors", "sheetCalcPr", "phoneticPr", "printOptions", "pageMargins",
		"colBreaks", "tableParts":
	default:
		// Sorting, scenarios, the views of several people, form fields and embedded
		// objects, and whatever is not known.
		return "", nil
	}
	return old, nil
}

// link is a link of the sheet; "" leaves it out, with its relationship.
func (y *sheetExtraction) link(item string, rels map[string]opc.Relation) string {
	attr := func(name string) string { return xmlpart.AttrOf(item, name, false) }
	id, location := xmlpart.AttrOf(item, "id", true), attr("location")
	target := rels[id].Target
	gone := false
	if r, ok := a1.ParseRange(attr("ref")); ok {
		tells := !y.isGiven(r.First) && y.tells(attr("display"), attr("tooltip"), location, target)
		gone = !y.m.hasContent(r) || y.m.isCleared(cellAt(r.First)) || tells
	}
	if place, ok := strings.CutPrefix(target, "#"); ok {
		now, ok := y.plan.Formula(place, y.d.Sheet)
		gone = gone || !ok || now != place // its place is gone or elsewhere
	}
	if _, ok := y.plan.Formula(location, y.d.Sheet); !ok {
		gone = true
	}
	if !gone {
		return item
	}
	if id != "" {
		y.cutRel(y.d.Part, id)
	}
	return ""
}

// withoutCriteria is a filter that shows everything.
func withoutCriteria(filter string) string {
	data := []byte(filter)
	var patches []xmlpart.Patch
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.OnElement() && (s.Is("filterColumn") || s.Is("sortState") || s.Is("extLst")) {
			start := s.Start
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
	}
	return string(xmlpart.Apply(data, patches))
}

// list rewrites the items of a list with a count; without items the list goes.
func (y *sheetExtraction) list(old, item string, change func(string) string) string {
	data := []byte(old)
	s := xmlpart.NewScanner(data)
	s.Next()
	count := s.Attr("count")
	var patches []xmlpart.Patch
	if count != nil {
		patches = append(patches, xmlpart.Replace(count.Value, ""))
	}
	n := 0
	s.Children(func() error {
		start, is := s.Start, s.Is(item)
		s.Skip()
		if !is {
			return nil
		}
		raw := old[start:s.End]
		now := change(raw)
		if now != "" {
			n++
		}
		patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), now))
		return nil
	})
	if n == 0 {
		return ""
	}
	if count != nil {
		patches[0].Text = strconv.Itoa(n)
	}
	return string(xmlpart.Apply(data, patches))
}

// extensions rewrites the lists and formats that newer programs keep apart.
func (y *sheetExtraction) extensions(old string) string {
	return y.list(old, "ext", func(ext string) string {
		s := xmlpart.NewScanner([]byte(ext))
		s.Next()
		what := ""
		s.Children(func() error {
			what = string(s.LocalName())
			s.Skip()
			return nil
		})
		inner := func(item string, trim func(string) string) string {
			from, to := strings.Index(ext, ">")+1, strings.LastIndex(ext, "</")
			now := y.list(ext[from:to], item, trim)
			if now == "" {
				return ""
			}
			return ext[:from] + now + ext[to:]
		}
		switch what {
		case "dataValidations":
			return inner("dataValidation", y.messages)
		case "conditionalFormattings":
			return inner("conditionalFormatting", y.rules)
		case "ignoredErrors":
			return inner("ignoredError", asItIs)
		case "protectedRanges":
			return inner("protectedRange", asItIs)
		}
		return "" // sparklines, slicers and whatever else draws on cells
	})
}

func asItIs(item string) string { return item }

// cannotExtract says why no copy can be made.
func (w *Workbook) cannotExtract(why msg.Text) error {
	return &msg.Error{
		Class: ErrUnsafe,
		Text:  msg.New("ooxml.extract_refused", "File", w.path, "Why", why),
		Hint:  msg.New("ooxml.extract_hint"),
	}
}
