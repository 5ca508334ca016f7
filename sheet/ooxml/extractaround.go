package ooxml

import (
	"bytes"
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

// around rewrites what stands in the sheet's part around its rows.
func (y *sheetExtraction) around() ([]xmlpart.Patch, error) {
	var patches []xmlpart.Patch
	d := y.d
	if d.Dimension.End > 0 {
		if r, ok := a1.ParseRange(string(d.Data[d.Dimension.Start:d.Dimension.End])); ok {
			if now, alive := y.m.span(r); alive && now != r {
				patches = append(patches, xmlpart.Replace(d.Dimension, now.String()))
			}
		}
	}
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
		if err != nil {
			return nil, err
		}
		if now != old {
			patches = append(patches, xmlpart.Replace(at, now))
		}
	}
	if err := s.Err(); err != nil {
		return nil, y.w.damagedPart(d.Part, err)
	}
	if y.toProtect() {
		// Before what is replaced at the same place.
		patches = append([]xmlpart.Patch{xmlpart.Replace(xmlpart.Between(after, after), "<"+d.Prefix+protection)}, patches...)
	}
	return patches, y.beside(relations)
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
				return nil, y.w.damagedPart(y.d.Part, err)
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
					return nil, y.w.damagedPart(r.Target, err)
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
	case "mergeCells":
		return y.list(old, "mergeCell", func(item string) string { return y.byRef(item, true) }), nil
	case "hyperlinks":
		return y.list(old, "hyperlink", func(item string) string {
			now := y.byRef(item, false)
			attr := func(name string) string { return xmlpart.AttrOf(item, name, false) }
			link, loc := xmlpart.AttrOf(item, "id", true), attr("location")
			r, ok := a1.ParseRange(attr("ref"))
			if ok && (!y.m.says(r) || y.m.isCleared(cellAt(r.First)) ||
				!y.isGiven(r.First) && y.tells(attr("display"), attr("tooltip"), loc, rels[link].Target)) {
				now = ""
			}
			if place, ok := strings.CutPrefix(rels[link].Target, "#"); now != "" && ok {
				if text, ok := y.formula(place, y.d.Sheet); !ok || text != place {
					now = "" // its place is gone or elsewhere
				}
			}
			if now != "" && loc != "" {
				if text, ok := y.formula(loc, y.d.Sheet); ok {
					now = xmlpart.SetAttrs(now, map[string]string{"location": xmlpart.EscapeAttr(text)})
				} else {
					now = ""
				}
			}
			if now == "" && link != "" {
				y.cutRel(y.d.Part, link)
			}
			return now
		}), nil
	case "dataValidations":
		return y.list(old, "dataValidation", func(item string) string { return y.messages(y.byRanges(item)) }), nil
	case "conditionalFormatting":
		return y.rules(y.byRanges(old)), nil
	case "headerFooter":
		return y.headers(old), nil
	case "protectedRanges":
		return y.list(old, "protectedRange", func(item string) string { return y.byRanges(item) }), nil
	case "ignoredErrors":
		return y.list(old, "ignoredError", func(item string) string { return y.byRanges(item) }), nil
	case "autoFilter":
		return withoutCriteria(y.byRef(old, false)), nil
	case "rowBreaks":
		if len(y.m.gone) > 0 {
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
	case "sheetCalcPr", "phoneticPr", "printOptions", "pageMargins", "colBreaks", "tableParts":
	default:
		// Sorting, scenarios, the views of several people, form fields and embedded
		// objects, and whatever is not known.
		return "", nil
	}
	return old, nil
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

// byRef is an element of one range; single tells that one cell alone is none.
func (y *sheetExtraction) byRef(elem string, single bool) string {
	r, ok := a1.ParseRange(xmlpart.AttrOf(elem, "ref", false))
	if !ok {
		return elem
	}
	now, alive := y.m.span(r)
	if !alive || single && now.First == now.Last {
		return ""
	}
	if now == r {
		return elem
	}
	return xmlpart.SetAttrs(elem, map[string]string{"ref": now.String()})
}

// byRanges is an element of several ranges with formulas that count from the
// first of them. One whose formula needs what is left out goes.
func (y *sheetExtraction) byRanges(elem string) string {
	data := []byte(elem)
	var patches []xmlpart.Patch
	var ranges []a1.Range
	lost := false
	formula := func(s *xmlpart.Scanner) {
		from := s.End
		old := string(s.Content(nil))
		now, ok := y.relative(old, y.d.Sheet, ranges)
		lost = lost || !ok
		if now != old {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start), xmlpart.EscapeText(now)))
		}
	}
	// The ranges of the extensions' form stand behind the formulas.
	for s := xmlpart.NewScanner(data); s.Next(); {
		switch {
		case !s.OnElement():
		case s.Attr("sqref") != nil && ranges == nil:
			a := s.Attr("sqref")
			now, before, ok := y.sqref(s.Decode(a), y.d.Sheet)
			if ranges = before; !ok {
				return ""
			}
			patches = append(patches, xmlpart.Replace(a.Value, now))
		case s.Is("sqref") && s.Kind == xmlpart.StartTag && ranges == nil:
			from := s.End
			now, before, ok := y.sqref(string(s.Content(nil)), y.d.Sheet)
			if ranges = before; !ok {
				return ""
			}
			patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start), now))
		}
	}
	if ranges == nil {
		return elem
	}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind == xmlpart.StartTag && (s.Is("formula") || s.Is("formula1") || s.Is("formula2") || s.Is("f")) {
			if !holdsElement(data, s.End) {
				formula(s)
			}
		}
	}
	if lost {
		return ""
	}
	return string(xmlpart.Apply(data, patches))
}

// holdsElement reports whether an element begins with another one, and not with its
// text; at is behind its start tag. The formulas of the extensions' form hold an f
// element.
func holdsElement(data []byte, at int) bool {
	next := bytes.TrimSpace(data[at:min(len(data), at+64)])
	return bytes.HasPrefix(next, []byte("<")) && !bytes.HasPrefix(next, []byte("<!"))
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
			now := y.list(ext[from:to], item, func(s string) string { return trim(y.byRanges(s)) })
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

// refuse says why no copy can be made.
func (x *extraction) refuse(why string, pairs ...any) error {
	return &msg.Error{Class: ErrUnsafe, Text: msg.New("ooxml.extract_refused", "File", x.w.path, "Why", msg.New(why, pairs...)), Hint: msg.New("ooxml.extract_hint")}
}
