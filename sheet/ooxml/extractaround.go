package ooxml

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
)

// protection is what a sheet gets where only some cells may be filled in. Row
// heights, column widths and sorting stay the reader's own business.
const protection = `sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>`

// around rewrites what stands in the sheet's part around its rows.
func (y *sheetExtraction) around() ([]patch, error) {
	var patches []patch
	d := y.d
	if d.dimension.end > 0 {
		if r, ok := a1.ParseRange(string(d.data[d.dimension.start:d.dimension.end])); ok {
			if now, alive := y.m.span(r); alive && now != r {
				patches = append(patches, patch{d.dimension, now.String()})
			}
		}
	}
	head, err := y.head()
	if err != nil {
		return nil, err
	}
	patches = append(patches, head...)
	relations, err := y.w.rels(d.part)
	if err != nil {
		return nil, err
	}
	rels := map[string]relation{}
	for _, r := range relations {
		rels[r.id] = r
	}
	s := d.tail()
	after := d.sheetData.end // where the protection belongs
	for s.next() {
		if s.kind == tokEnd {
			break
		}
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		name := string(s.localName())
		at := span{s.start, s.end}
		id := ""
		if a := s.attrLocal("id"); a != nil {
			id = s.decode(a)
		}
		s.skip()
		at.end = s.end
		if name == "sheetCalcPr" {
			after = at.end
		}
		old := string(d.data[at.start:at.end])
		now, err := y.element(name, old, rels, id)
		if err != nil {
			return nil, err
		}
		if now != old {
			patches = append(patches, patch{at, now})
		}
	}
	if err := s.err(); err != nil {
		return nil, y.w.damagedPart(d.part, err)
	}
	if y.toProtect() {
		// Before what is replaced at the same place.
		patches = append([]patch{{span{after, after}, "<" + d.prefix + protection}}, patches...)
	}
	return patches, y.beside(relations)
}

// head rewrites what stands before the rows: no view of a pivot table, no sign
// of a filter that is lifted.
func (y *sheetExtraction) head() ([]patch, error) {
	var patches []patch
	s := newScanner(y.d.data)
	for s.next() && s.start < y.d.sheetData.start {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		start := s.start
		switch string(s.localName()) {
		case "sheetPr":
			if a := s.attr("filterMode"); a != nil && len(y.filtered) > 0 {
				patches = append(patches, patch{a.value, "0"})
			}
		case "pivotSelection", "extLst", "AlternateContent":
			s.skip()
			patches = append(patches, patch{span{start, s.end}, ""})
		}
	}
	return patches, s.err()
}

// filters are the ranges whose rows a filter hides.
func (y *sheetExtraction) filters() (list []a1.Range, err error) {
	note := func(s *scanner) error {
		ref := s.value("ref")
		criteria := false
		s.children(func() error {
			criteria = criteria || s.is("filterColumn")
			s.skip()
			return nil
		})
		if r, ok := a1.ParseRange(ref); ok && criteria {
			list = append(list, r)
		}
		return s.err()
	}
	for s := y.d.tail(); s.next(); {
		if s.kind == tokStart && s.is("autoFilter") {
			if err := note(s); err != nil {
				return nil, y.w.damagedPart(y.d.part, err)
			}
		}
	}
	rels, err := y.w.rels(y.d.part)
	for _, r := range rels {
		if r.kind != "table" || r.external || !y.w.exists(r.target) {
			continue
		}
		data, err := y.w.current(r.target)
		if err != nil {
			return nil, err
		}
		for s := newScanner(data); s.next(); {
			if s.kind == tokStart && s.is("autoFilter") {
				if err := note(s); err != nil {
					return nil, y.w.damagedPart(r.target, err)
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
		if strings.EqualFold(name, y.d.sheet) {
			return !y.protected
		}
	}
	return false
}

// element is one of the elements behind the rows; "" leaves it out.
func (y *sheetExtraction) element(name, old string, rels map[string]relation, id string) (string, error) {
	switch name {
	case "mergeCells":
		return y.list(old, "mergeCell", func(item string) string { return y.byRef(item, true) }), nil
	case "hyperlinks":
		return y.list(old, "hyperlink", func(item string) string {
			now := y.byRef(item, false)
			if r, ok := a1.ParseRange(attrOf(item, "ref", false)); ok && !y.m.says(r) {
				now = ""
			}
			link := attrOf(item, "id", true)
			if place, ok := strings.CutPrefix(rels[link].target, "#"); now != "" && ok {
				if text, ok := y.formula(place, y.d.sheet); !ok || text != place {
					now = "" // its place is gone or elsewhere
				}
			}
			if loc := attrOf(item, "location", false); now != "" && loc != "" {
				if text, ok := y.formula(loc, y.d.sheet); ok {
					now = withAttrs(now, map[string]string{"location": escapeAttr(text)})
				} else {
					now = ""
				}
			}
			if now == "" && link != "" {
				y.cutRel(y.d.part, link)
			}
			return now
		}), nil
	case "dataValidations":
		return y.list(old, "dataValidation", func(item string) string { return y.byRanges(item) }), nil
	case "conditionalFormatting":
		return y.byRanges(old), nil
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
		if !y.w.exists(rels[id].target) {
			return "", nil
		}
	case "sheetProtection":
		if y.toProtect() {
			return "", nil // it is there and switched off
		}
	case "pageSetup":
		if id != "" && !y.w.exists(rels[id].target) {
			return withoutAttr(old, "id", true), nil
		}
	case "sheetCalcPr", "phoneticPr", "printOptions", "pageMargins", "headerFooter", "colBreaks", "tableParts":
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
	var patches []patch
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && (s.is("filterColumn") || s.is("sortState") || s.is("extLst")) {
			start := s.start
			s.skip()
			patches = append(patches, patch{span{start, s.end}, ""})
		}
	}
	return string(applyPatches(data, patches))
}

// withoutAttr is an element without an attribute of its start tag.
func withoutAttr(elem, name string, prefixed bool) string {
	s := newScanner([]byte(elem))
	s.next()
	a := s.attr(name)
	if prefixed {
		a = s.attrLocal(name)
	}
	if a == nil {
		return elem
	}
	from := a.name.start
	for from > 0 && isSpace(elem[from-1]) {
		from--
	}
	return elem[:from] + elem[a.value.end+1:]
}

// list rewrites the items of a list with a count; without items the list goes.
func (y *sheetExtraction) list(old, item string, change func(string) string) string {
	data := []byte(old)
	s := newScanner(data)
	s.next()
	count := s.attr("count")
	var patches []patch
	if count != nil {
		patches = append(patches, patch{count.value, ""})
	}
	n := 0
	s.children(func() error {
		start, is := s.start, s.is(item)
		s.skip()
		if !is {
			return nil
		}
		raw := old[start:s.end]
		now := change(raw)
		if now != "" {
			n++
		}
		patches = append(patches, patch{span{start, s.end}, now})
		return nil
	})
	if n == 0 {
		return ""
	}
	if count != nil {
		patches[0].text = strconv.Itoa(n)
	}
	return string(applyPatches(data, patches))
}

// attrOf is an attribute of an element's start tag.
func attrOf(elem, name string, prefixed bool) string {
	s := newScanner([]byte(elem))
	s.next()
	if prefixed {
		if a := s.attrLocal(name); a != nil {
			return s.decode(a)
		}
		return ""
	}
	return s.value(name)
}

// byRef is an element of one range; single tells that one cell alone is none.
func (y *sheetExtraction) byRef(elem string, single bool) string {
	r, ok := a1.ParseRange(attrOf(elem, "ref", false))
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
	return withAttrs(elem, map[string]string{"ref": now.String()})
}

// byRanges is an element of several ranges with formulas that count from the
// first of them. One whose formula needs what is left out goes.
func (y *sheetExtraction) byRanges(elem string) string {
	data := []byte(elem)
	var patches []patch
	var ranges []a1.Range
	lost := false
	formula := func(s *scanner) {
		from := s.end
		old := string(s.content(nil))
		now, ok := y.relative(old, y.d.sheet, ranges)
		lost = lost || !ok
		if now != old {
			patches = append(patches, patch{span{from, s.start}, string(appendXML(nil, now))})
		}
	}
	// The ranges of the extensions' form stand behind the formulas.
	for s := newScanner(data); s.next(); {
		switch {
		case s.kind != tokStart && s.kind != tokEmpty:
		case s.attr("sqref") != nil && ranges == nil:
			a := s.attr("sqref")
			now, before, ok := y.sqref(s.decode(a), y.d.sheet)
			if ranges = before; !ok {
				return ""
			}
			patches = append(patches, patch{a.value, now})
		case s.is("sqref") && s.kind == tokStart && ranges == nil:
			from := s.end
			now, before, ok := y.sqref(string(s.content(nil)), y.d.sheet)
			if ranges = before; !ok {
				return ""
			}
			patches = append(patches, patch{span{from, s.start}, now})
		}
	}
	if ranges == nil {
		return elem
	}
	for s := newScanner(data); s.next(); {
		if s.kind == tokStart && (s.is("formula") || s.is("formula1") || s.is("formula2") || s.is("f")) {
			if next := strings.TrimSpace(elem[s.end:min(len(elem), s.end+64)]); !strings.HasPrefix(next, "<") || strings.HasPrefix(next, "<!") {
				formula(s)
			}
		}
	}
	if lost {
		return ""
	}
	return string(applyPatches(data, patches))
}

// extensions rewrites the lists and formats that newer programs keep apart.
func (y *sheetExtraction) extensions(old string) string {
	return y.list(old, "ext", func(ext string) string {
		s := newScanner([]byte(ext))
		s.next()
		what := ""
		s.children(func() error {
			what = string(s.localName())
			s.skip()
			return nil
		})
		inner := func(item string) string {
			from, to := strings.Index(ext, ">")+1, strings.LastIndex(ext, "</")
			now := y.list(ext[from:to], item, y.byRanges)
			if now == "" {
				return ""
			}
			return ext[:from] + now + ext[to:]
		}
		switch what {
		case "dataValidations":
			return inner("dataValidation")
		case "conditionalFormattings":
			return inner("conditionalFormatting")
		case "ignoredErrors":
			return inner("ignoredError")
		case "protectedRanges":
			return inner("protectedRange")
		}
		return "" // sparklines, slicers and whatever else draws on cells
	})
}

// refuse says why no copy can be made.
func (x *extraction) refuse(why string, pairs ...any) error {
	return &msg.Error{Class: ErrUnsafe, Text: msg.New("ooxml.extract_refused", "File", x.w.path, "Why", msg.New(why, pairs...)), Hint: msg.New("ooxml.extract_hint")}
}
