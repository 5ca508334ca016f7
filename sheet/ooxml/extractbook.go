package ooxml

import (
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"
)

// workbook leaves sheets, names and pivot caches out of the workbook part.
func (x *extraction) workbook() error {
	w := x.w
	part := w.book.part
	data, err := w.current(part)
	if err != nil {
		return err
	}
	now := map[int]int{} // sheet positions afterwards
	shown := -1
	for k, i := range x.kept {
		now[i] = k
		if shown < 0 && w.book.sheets[i].Visibility == Visible {
			shown = k
		}
	}
	if shown < 0 {
		return x.refuse("ooxml.extract_nothing")
	}
	var patches []patch
	names, sheet := 0, -1
	var nameList span
	for s := newScanner(data); s.next(); {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		start := s.start
		leaveOut := func() {
			s.skip()
			patches = append(patches, patch{span{start, s.end}, ""})
		}
		switch string(s.localName()) {
		case "sheet":
			sheet++
			if _, ok := now[sheet]; !ok {
				leaveOut()
			}
		case "workbookView":
			for _, name := range []string{"activeTab", "firstSheet"} {
				if a := s.attr(name); a != nil {
					patches = append(patches, patch{a.value, strconv.Itoa(shown)})
				}
			}
		case "definedNames":
			nameList.start = start
			if s.kind == tokEmpty {
				nameList.end = s.end
			}
		case "definedName":
			stays, err := x.definedName(s, start, now, &patches)
			if err != nil {
				return err
			}
			if stays {
				names++
			}
		case "pivotCaches", "customWorkbookViews", "externalReferences", "webPublishObjects":
			leaveOut()
		case "AlternateContent", "extLst":
			// Where the file lay, and what leads to parts that are left out.
			leaveOut()
		}
	}
	if names == 0 && nameList.start > 0 {
		if whole, _, _, err := element(data, "definedNames", 2); err == nil {
			patches = append([]patch{{whole, ""}}, patches...)
		}
	}
	w.put(part, applyPatches(data, patches))
	return nil
}

// definedName moves a name or leaves it out; true if it stays.
func (x *extraction) definedName(s *scanner, start int, now map[int]int, patches *[]patch) (stays bool, err error) {
	name := s.value("name")
	home, local := "", -1
	var localAt span
	if a := s.attr("localSheetId"); a != nil {
		if n, ok := atoi([]byte(s.decode(a))); ok && n < len(x.w.book.sheets) {
			home, local, localAt = x.w.book.sheets[n].Name, n, a.value
		}
	}
	isMacro := s.flag("function", false) || s.flag("vbProcedure", false) || s.flag("xlm", false)
	from := s.end
	f := string(s.content(nil))
	to, inner := s.end, span{from, s.start}
	text, ok := x.nameFormula(name, f, home)
	// Print titles and areas are lists: what is left of them stays.
	if isBuiltIn(name) && !ok {
		text, ok = x.parts(f, home)
	}
	if _, there := now[local]; local >= 0 && !there || isMacro {
		ok = false
	}
	if ok && len(formula.Parse(f).Refs) == 0 {
		// A constant tells something of its own.
		ok, err = x.isUsed(name)
	}
	if !ok {
		x.names[strings.ToLower(name)] = true
		*patches = append(*patches, patch{span{start, to}, ""})
		return false, err
	}
	if local >= 0 && now[local] != local {
		*patches = append(*patches, patch{localAt, strconv.Itoa(now[local])})
	}
	if text != f {
		*patches = append(*patches, patch{inner, string(appendXML(nil, text))})
	}
	return true, err
}

// isUsed reports whether a formula of a sheet that stays uses a name.
func (x *extraction) isUsed(name string) (bool, error) {
	for _, i := range x.kept {
		data, err := x.w.sheetText(i)
		if err != nil {
			return false, err
		}
		for s := newScanner(data); s.next(); {
			if s.kind != tokStart {
				continue
			}
			switch string(s.localName()) {
			case "f", "formula", "formula1", "formula2":
				for _, n := range formula.Parse(string(s.content(nil))).Names {
					if strings.EqualFold(n.Name, name) {
						return true, nil
					}
				}
			}
		}
	}
	return false, nil
}

// parts is what is left of a formula that is a list of ranges.
func (x *extraction) parts(f, home string) (string, bool) {
	var left []string
	for _, part := range strings.Split(f, ",") {
		if text, ok := x.formula(part, home); ok {
			left = append(left, text)
		}
	}
	return strings.Join(left, ","), len(left) > 0
}
