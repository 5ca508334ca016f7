package ooxml

import (
	"strconv"
	"strings"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/rowmove"
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
		return w.cannotExtract(msg.New("ooxml.extract_nothing"))
	}
	var patches []xmlpart.Patch
	sheet := -1
	for s := xmlpart.NewScanner(data); s.Next(); {
		if !s.OnElement() {
			continue
		}
		start, gone := s.Start, false
		switch string(s.LocalName()) {
		case "sheet":
			sheet++
			_, stays := now[sheet]
			gone = !stays
		case "workbookView":
			for _, name := range []string{"activeTab", "firstSheet"} {
				if a := s.Attr(name); a != nil {
					patches = append(patches, xmlpart.Replace(a.Value, strconv.Itoa(shown)))
				}
			}
		case "definedName":
			name := s.Value("name")
			if gone, err = x.mustLeaveOut(s); err != nil {
				return err
			}
			if gone {
				x.plan.NamesLost[rowmove.Fold(name)] = true
			}
		case "pivotCaches", "customWorkbookViews", "externalReferences", "webPublishing", "webPublishObjects",
			"fileSharing", "smartTagTypes":
			gone = true
		case "AlternateContent", "extLst":
			// Where the file lay, and what leads to parts that are left out.
			gone = true
		}
		if gone {
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
	}
	if data, err = x.plan.Names(xmlpart.Apply(data, patches)); err != nil {
		return err
	}
	w.book.Put(part, data)
	return nil
}

// mustLeaveOut reports whether the defined name that has just started may not be in the
// copy whatever it leads to. It leaves s at the end of its element.
func (x *extraction) mustLeaveOut(s *xmlpart.Scanner) (bool, error) {
	name := s.Value("name")
	tells := x.tells(name, s.Value("comment"), s.Value("description"))
	isMacro := s.Flag("function", false) || s.Flag("vbProcedure", false) || s.Flag("xlm", false)
	f := formula.RenameTables(string(s.Content(nil)), x.renamedTable)
	if isMacro || !rowmove.IsBuiltIn(name) && (tells || x.tells(f)) {
		return true, nil
	}
	if len(formula.Parse(f).Refs) > 0 {
		return false, nil
	}
	// A constant tells something of its own.
	isUsed, err := x.isUsed(name)
	return !isUsed, err
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
