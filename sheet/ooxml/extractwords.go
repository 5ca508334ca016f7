package ooxml

import (
	"bytes"
	"fmt"
	"slices"

	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// Texts that tell of others stand in names and formats, too: of styles, tables, themes,
// protected ranges, in the constants of formulas, in remarks within the XML. Nothing on
// the sheet shows them, and everybody who looks into the file finds them.

// unshown are attributes that explain something to people or to other programs, and
// that a workbook can do without.
var unshown = []string{
	"comment", "description", "help", "statusBar", "customMenu", "codeName", "uniqueName", "totalsRowLabel",
	"securityDescriptor", "alt", "title",
}

// shown are attributes that repeat what the sheet says: headings, and the names of sheets.
var shown = [][2]string{{"tableColumn", "name"}, {"sheet", "name"}, {"definedName", "name"}}

// neutral is a name in the place of one that tells of others: the same for the same.
func (x *extraction) neutral(name string) string {
	key := rowmove.Fold(name)
	if x.neutrals[key] == "" {
		if x.neutrals == nil {
			x.neutrals = map[string]string{}
		}
		x.neutrals[key] = fmt.Sprintf("Name_%d", len(x.neutrals)+1)
	}
	return x.neutrals[key]
}

// renamedTable is the new name of a table whose own tells of others; "" for any other.
func (x *extraction) renamedTable(name string) string {
	if x.renamed[rowmove.Fold(name)] {
		return x.neutral(name)
	}
	return ""
}

// constantTells reports whether a constant of a formula tells of others. Its sheets, names
// and tables are those of the copy.
func (x *extraction) constantTells(f string) bool {
	return x.e.Tells != nil && x.tells(formula.Parse(f).Texts...)
}

// words takes what tells of others out of the parts of the copy, which are given with
// the kinds of the relationships that lead to them.
func (x *extraction) words(kinds map[string]string) error {
	if x.e.Tells == nil {
		return nil
	}
	seen, err := x.formatsSeen()
	if err != nil {
		return err
	}
	for _, part := range x.w.book.Names() {
		kind := kinds[zipfile.Fold(part)]
		if kind == "" || kind == "image" {
			continue
		}
		data, err := x.w.book.Current(part)
		if err != nil {
			return err
		}
		var patches []xmlpart.Patch
		switch kind {
		case "worksheet", "sharedStrings":
			// Their rows and texts have been gone through; long ones are not read again
			// but for what few have.
			if !bytes.Contains(data, []byte("<!--")) && bytes.Count(data, []byte("<?")) < 2 &&
				!bytes.Contains(data, []byte("codeName")) && !bytes.Contains(data, []byte("protectedRange")) {
				continue
			}
		}
		s := xmlpart.NewScanner(data)
		for s.Next() {
			switch s.Kind {
			case xmlpart.Comment, xmlpart.Instruction:
				if x.tells(string(s.Raw())) {
					patches = append(patches, xmlpart.Replace(s.Span(), ""))
				}
			case xmlpart.Chars, xmlpart.CDATA:
				if kind == "vmlDrawing" && x.tells(string(s.AppendText(nil))) {
					patches = append(patches, xmlpart.Replace(s.Span(), ""))
				}
			case xmlpart.StartTag, xmlpart.EmptyTag:
				patches = append(patches, x.quietTag(s, kind, seen)...)
			}
		}
		if err := s.Err(); err != nil {
			return opc.Damaged(part, err)
		}
		if patches != nil {
			x.w.book.Put(part, xmlpart.Apply(data, patches))
		}
	}
	return nil
}

// quietTag takes what tells of others off the start tag that s stands on, in a part of
// a kind. seen are the numbers of the formats that cells of the rows given show.
func (x *extraction) quietTag(s *xmlpart.Scanner, kind string, seen map[string]bool) (patches []xmlpart.Patch) {
	switch kind {
	case "officeDocument", "styles", "theme", "sheetMetadata", "rdRichValueStructure", "rdRichValueTypes", "table",
		"vmlDrawing":
	case "worksheet":
		if !s.Is("sheetPr") && !s.Is("protectedRange") {
			return nil
		}
	default:
		return nil // lists of texts, persons and pictures have been gone through
	}
	for i := range s.Attrs {
		a := &s.Attrs[i]
		name := string(s.Data[a.Local:a.Name.End])
		value := s.Decode(a)
		switch {
		case !x.tells(value), slices.Contains(shown, [2]string{string(s.LocalName()), name}):
		case name == "formatCode":
			if !seen[s.Value("numFmtId")] {
				patches = append(patches, xmlpart.Replace(a.Value, "General"))
			}
		case slices.Contains(unshown, name):
			patches = append(patches, withoutAttrs(s, name)...)
		default:
			patches = append(patches, xmlpart.Replace(a.Value, x.neutral(value)))
		}
	}
	return patches
}

// formatsSeen are the numbers of the number formats that cells of the rows given have:
// what such a cell shows is its row's own.
func (x *extraction) formatsSeen() (map[string]bool, error) {
	seen := map[string]bool{}
	_, data, err := x.w.book.StylesData()
	if err != nil || !bytes.Contains(data, []byte("formatCode")) {
		return seen, err
	}
	xfs, err := bookxml.StyleList(data, "cellXfs")
	if err != nil {
		return seen, nil
	}
	for _, i := range x.kept {
		name := x.w.book.Sheets[i].Name
		given := named(x.e.Given, name)
		if len(given) == 0 {
			continue
		}
		sheet, err := x.w.Sheet(name)
		if err != nil {
			return nil, err
		}
		for _, r := range given {
			for row := r.First.Row; row <= r.Last.Row; row++ {
				for _, c := range sheet.Row(row) {
					if k := int(c.Style); r.Contains(c.Ref) && k < len(xfs.Items) {
						xf := string(data[xfs.Items[k].Start:xfs.Items[k].End])
						seen[xmlpart.AttrOf(xf, "numFmtId", false)] = true
					}
				}
			}
		}
	}
	return seen, nil
}
