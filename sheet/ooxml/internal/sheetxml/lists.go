package sheetxml

import (
	"strings"

	"taizhang/sheet/a1"
)

// RawList is a list validation as it stands in a sheet.
type RawList struct {
	Ranges  []a1.Range
	Formula string
	Strict  bool
	Warns   bool
}

// lists reads the dataValidations element that has just started, of the sheet
// itself or of its extension list, where formula and cells stand in elements of
// their own.
func (r *Reader) lists() error {
	s := r.Scanner
	return s.Children(func() error {
		if !s.Is("dataValidation") || s.Value("type") != "list" {
			s.Skip()
			return nil
		}
		style := s.Value("errorStyle")
		shows, stops := s.Flag("showErrorMessage", false), style == "" || style == "stop"
		l := RawList{Strict: shows && stops, Warns: shows && !stops}
		cells := s.Value("sqref")
		s.Children(func() error {
			switch string(s.LocalName()) {
			case "formula1":
				l.Formula = strings.TrimSpace(string(s.Content(nil)))
			case "sqref":
				cells = string(s.Content(nil))
			default:
				s.Skip()
			}
			return nil
		})
		for _, field := range strings.Fields(cells) {
			if ref, ok := a1.ParseRange(field); ok {
				if r.listed++; r.listed > MaxRanges {
					return &LimitError{TooManyRanges, MaxRanges}
				}
				l.Ranges = append(l.Ranges, ref)
			}
		}
		if len(l.Ranges) > 0 {
			r.Grid.Lists = append(r.Grid.Lists, l)
		}
		if len(r.Grid.Lists) > MaxLists {
			return &LimitError{TooManyRanges, MaxLists}
		}
		return nil
	})
}

// extensions looks for validations in the extension list that has just started:
// Excel 2010 and later write those there that refer to another sheet.
func (r *Reader) extensions() error {
	s := r.Scanner
	return s.Children(func() error {
		return s.Children(func() error {
			if s.Is("dataValidations") {
				return r.lists()
			}
			s.Skip()
			return nil
		})
	})
}
