package ooxml

import (
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// workbook leaves sheets, names and pivot caches out of the workbook part.
func (x *extraction) workbook() error {
	w := x.w
	part := w.book.Part
	data, err := w.book.Current(part)
	if err != nil {
		return err
	}
	now := map[int]int{} // sheet positions afterwards
	shown := -1
	for k, i := range x.kept {
		now[i] = k
		if shown < 0 && w.book.Sheets[i].Visibility == Visible {
			shown = k
		}
	}
	if shown < 0 {
		return x.refuse("ooxml.extract_nothing")
	}
	var patches []xmlpart.Patch
	names, sheet := 0, -1
	var nameList xmlpart.Span
	for s := xmlpart.NewScanner(data); s.Next(); {
		if !s.OnElement() {
			continue
		}
		start := s.Start
		leaveOut := func() {
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
		switch string(s.LocalName()) {
		case "sheet":
			sheet++
			if _, ok := now[sheet]; !ok {
				leaveOut()
			}
		case "workbookView":
			for _, name := range []string{"activeTab", "firstSheet"} {
				if a := s.Attr(name); a != nil {
					patches = append(patches, xmlpart.Replace(a.Value, strconv.Itoa(shown)))
				}
			}
		case "definedNames":
			nameList.Start = start
			if s.Kind == xmlpart.EmptyTag {
				nameList.End = s.End
			}
		case "definedName":
			stays, err := x.definedName(s, start, now, &patches)
			if err != nil {
				return err
			}
			if stays {
				names++
			}
		case "pivotCaches", "customWorkbookViews", "externalReferences", "webPublishObjects", "fileSharing":
			leaveOut()
		case "AlternateContent", "extLst":
			// Where the file lay, and what leads to parts that are left out.
			leaveOut()
		}
	}
	if names == 0 && nameList.Start > 0 {
		if whole, _, _, err := xmlpart.Element(data, "definedNames", 2); err == nil {
			patches = append([]xmlpart.Patch{xmlpart.Replace(whole, "")}, patches...)
		}
	}
	w.book.Put(part, xmlpart.Apply(data, patches))
	return nil
}

// definedName moves a name or leaves it out; true if it stays.
func (x *extraction) definedName(s *xmlpart.Scanner, start int, now map[int]int, patches *[]xmlpart.Patch) (stays bool, err error) {
	name := s.Value("name")
	home, local := "", -1
	var localAt xmlpart.Span
	if a := s.Attr("localSheetId"); a != nil {
		if n, ok := xmlpart.Number(s.Decode(a)); ok && n < len(x.w.book.Sheets) {
			home, local, localAt = x.w.book.Sheets[n].Name, n, a.Value
		}
	}
	tells := !isBuiltIn(name) && x.tells(name, s.Value("comment"), s.Value("description"))
	isMacro := s.Flag("function", false) || s.Flag("vbProcedure", false) || s.Flag("xlm", false)
	from := s.End
	f := string(s.Content(nil))
	to, inner := s.End, xmlpart.Between(from, s.Start)
	text, ok := x.nameFormula(name, f, home)
	// Print titles and areas are lists: what is left of them stays.
	if isBuiltIn(name) && !ok {
		text, ok = x.parts(f, home)
	}
	if _, there := now[local]; local >= 0 && !there || isMacro || tells || !isBuiltIn(name) && x.tells(f) {
		ok = false
	}
	if ok && len(formula.Parse(f).Refs) == 0 {
		// A constant tells something of its own.
		ok, err = x.isUsed(name)
	}
	if !ok {
		x.names[strings.ToLower(name)] = true
		*patches = append(*patches, xmlpart.Replace(xmlpart.Between(start, to), ""))
		return false, err
	}
	if local >= 0 && now[local] != local {
		*patches = append(*patches, xmlpart.Replace(localAt, strconv.Itoa(now[local])))
	}
	if text != f {
		*patches = append(*patches, xmlpart.Replace(inner, xmlpart.EscapeText(text)))
	}
	return true, err
}

// isUsed reports whether a formula of a sheet that stays uses a name.
func (x *extraction) isUsed(name string) (bool, error) {
	for _, i := range x.kept {
		data, err := x.w.book.SheetText(i)
		if err != nil {
			return false, err
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if s.Kind != xmlpart.StartTag {
				continue
			}
			switch string(s.LocalName()) {
			case "f", "formula", "formula1", "formula2":
				for _, n := range formula.Parse(string(s.Content(nil))).Names {
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
