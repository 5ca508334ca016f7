package ooxml

import (
	"slices"
	"strings"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// verdict is what becomes of a part in a copy.
type verdict uint8

const (
	dropped verdict = iota
	kept
	trimmed // kept without what tells of rows and sheets that are left out
)

// belonging says what becomes of the parts that relationships lead to: by the
// kind of the relationship that leads to the part that names them ("" is the
// package), then by their own kind. What is not listed here is left out:
// nobody knows what it tells.
var belonging = map[string]map[string]verdict{
	"": {
		"officeDocument":      trimmed,
		"core-properties":     trimmed, // no more than when it was made and saved
		"extended-properties": trimmed, // no more than by which program
		"custom-properties":   trimmed, // those of the copy alone
	},
	"officeDocument": {
		"worksheet":            trimmed,
		"sharedStrings":        trimmed,
		"styles":               kept,
		"theme":                kept,
		"person":               trimmed, // those who wrote the comments that stay
		"cellImage":            trimmed, // pictures in cells as WPS keeps them
		"richValueRel":         trimmed, // pictures in cells as Excel keeps them
		"rdRichValue":          trimmed,
		"rdRichValueStructure": kept,
		"rdRichValueTypes":     kept,
		"sheetMetadata":        kept,
	},
	"worksheet": {
		"comments":        trimmed,
		"threadedComment": trimmed,
		"vmlDrawing":      trimmed,
		"table":           trimmed,
		"drawing":         kept, // see keepDrawing
		"hyperlink":       kept,
		"image":           kept, // behind the cells
	},
	"theme":        {"image": kept},
	"drawing":      {"image": kept, "hyperlink": kept},
	"vmlDrawing":   {"image": kept},
	"cellImage":    {"image": kept},
	"richValueRel": {"image": kept},
}

// implicit are the kinds of relationships that count by being there. Those of
// other kinds belong to an element that names them.
var implicit = []string{
	"styles", "theme", "sharedStrings", "person", "cellImage", "richValueRel", "rdRichValue", "rdRichValueStructure",
	"rdRichValueTypes", "sheetMetadata", "comments", "threadedComment",
}

// belongs finds the parts that go into the copy, with the kinds of the relationships that
// lead to them, and cuts the relationships that lead to others.
func (x *extraction) belongs() (used map[string]bool, kinds map[string]string, err error) {
	used, kinds = map[string]bool{zipfile.Fold(opc.TypesPart): true}, map[string]string{}
	var visit func(source, kind string) error
	visit = func(source, kind string) error {
		rels, err := x.w.book.Rels(source)
		if err != nil || len(rels) == 0 {
			return err
		}
		named, err := x.namedRels(source)
		if err != nil {
			return err
		}
		some := false
		for _, r := range rels {
			if belonging[kind][r.Kind] == dropped || source != "" && !slices.Contains(implicit, r.Kind) &&
				!named[r.ID] || !r.External && r.Kind != "hyperlink" && !x.w.book.Exists(r.Target) {
				x.cutRel(source, r.ID)
			}
			if x.isCut(source, r.ID) {
				continue
			}
			some = true
			if key := zipfile.Fold(r.Target); !r.External && r.Kind != "hyperlink" && !used[key] {
				used[key], kinds[key] = true, r.Kind
				if err := visit(r.Target, r.Kind); err != nil {
					return err
				}
			}
		}
		used[zipfile.Fold(opc.RelsPart(source))] = some
		return nil
	}
	err = visit("", "")
	return used, kinds, err
}

// namedRels are the ids of relationships that a part speaks of.
func (x *extraction) namedRels(part string) (map[string]bool, error) {
	named := map[string]bool{}
	if part == "" {
		return named, nil
	}
	data, err := x.w.book.Current(part)
	if err != nil {
		return nil, err
	}
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		for i := range s.Attrs {
			if a := &s.Attrs[i]; a.Local > a.Name.Start {
				named[s.Decode(a)] = true
			}
		}
	}
	if err := s.Err(); err != nil {
		return nil, opc.Damaged(part, err)
	}
	return named, nil
}

// documentProperties leaves out of the document's properties all that people typed or
// that repeats cells, sheet names and link targets, and who made and saved it.
func (x *extraction) documentProperties() error {
	for kind, stays := range map[string][]string{
		"core-properties":     {"created", "modified"},
		"extended-properties": {"Application", "AppVersion", "DocSecurity", "ScaleCrop"},
		"custom-properties":   nil,
	} {
		r, ok, err := x.w.book.Rel("", kind)
		if err != nil {
			return err
		}
		if !ok || !x.w.book.Exists(r.Target) {
			continue
		}
		err = x.leaveOut(r.Target, func(s *xmlpart.Scanner) bool {
			child := s.Kind == xmlpart.StartTag && s.Depth() == 2 || s.Kind == xmlpart.EmptyTag && s.Depth() == 1
			return child && !slices.Contains(stays, string(s.LocalName()))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leaveOut leaves the elements out of a part on whose start tags gone says so.
func (x *extraction) leaveOut(part string, gone func(*xmlpart.Scanner) bool) error {
	data, err := x.w.book.Current(part)
	if err != nil {
		return err
	}
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		if start := s.Start; gone(s) {
			s.Skip()
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
	}
	if err := s.Err(); err != nil {
		return opc.Damaged(part, err)
	}
	if patches != nil {
		x.w.book.Put(part, xmlpart.Apply(data, patches))
	}
	return nil
}

// persons leaves out the people who wrote none of the comments that stay.
func (x *extraction) persons() error {
	r, ok, err := x.w.book.Rel(x.w.book.Part, "person")
	if err != nil || !ok || !x.w.book.Exists(r.Target) {
		return err
	}
	wrote := map[string]bool{}
	for _, i := range x.kept {
		rels, err := x.w.book.Rels(x.w.book.Sheets[i].Part)
		if err != nil {
			return err
		}
		for _, r := range rels {
			if r.Kind != "threadedComment" || r.External || !x.w.book.Exists(r.Target) {
				continue
			}
			data, err := x.w.book.Current(r.Target)
			if err != nil {
				return err
			}
			for s := xmlpart.NewScanner(data); s.Next(); {
				if s.OnElement() {
					wrote[strings.ToLower(s.Value("personId"))] = true
					wrote[strings.ToLower(s.Value("mentionpersonId"))] = true
				}
			}
		}
	}
	return x.leaveOut(r.Target, func(s *xmlpart.Scanner) bool {
		return s.Is("person") &&
			!wrote[strings.ToLower(s.Value("id"))]
	})
}
