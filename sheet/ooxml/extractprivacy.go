package ooxml

import (
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Texts that tell of others stand in more places than cells: Extraction.Tells is
// asked about each of them.

// tells reports whether a text tells of those that the copy is not for.
func (x *extraction) tells(texts ...string) bool {
	return x.e.Tells != nil && slices.ContainsFunc(texts, func(t string) bool { return t != "" && x.e.Tells(t) })
}

// isGiven reports whether a cell belongs to a row that the copy is about.
func (y *sheetExtraction) isGiven(at a1.Ref) bool {
	if y.given == nil {
		y.given = map[int][]a1.Range{}
		for _, r := range named(y.e.Given, y.d.Sheet) {
			for row := r.First.Row; row <= r.Last.Row; row++ {
				y.given[row] = append(y.given[row], r)
			}
		}
	}
	return slices.ContainsFunc(y.given[at.Row], func(r a1.Range) bool { return r.Contains(at) })
}

// lookUps are the functions that find a row by what stands in it: without that row
// they have no result, or that of another.
var lookUps = []string{"VLOOKUP", "HLOOKUP", "LOOKUP", "XLOOKUP", "MATCH", "XMATCH", "INDEX", "FILTER", "CHOOSEROWS"}

func looksUp(f string) bool {
	return slices.ContainsFunc(formula.Parse(f).Calls, func(call string) bool { return slices.Contains(lookUps, call) })
}

// readsOwnRow reports whether a formula names nothing but cells of its own row, those of
// its Excel table among them ([@完成时限]-TODAY()): what is left out is none of it.
func readsOwnRow(f sheetxml.FormulaCell) bool {
	parts := formula.Parse(f.Text)
	own := len(parts.Names) == 0 && len(parts.Tables) > 0 && len(parts.Tables) == strings.Count(f.Text, "[#This Row]")
	for _, r := range parts.Refs {
		own = own && r.Sheet == "" && r.Range.First.Row == f.Home.Row && r.Range.Last.Row == f.Home.Row
	}
	return own && !slices.ContainsFunc(parts.Calls, func(call string) bool {
		return slices.Contains([]string{"ROW", "ROWS", "INDIRECT", "OFFSET", "CELL"}, call)
	})
}

// hasResult reports whether a cell was saved with a value.
func hasResult(raw []byte) bool {
	s := xmlpart.NewScanner(raw)
	s.Next()
	found := false
	s.Children(func() error {
		is := s.Is("v") && s.Kind == xmlpart.StartTag || s.Is("is")
		found = found || is && len(s.Content(nil)) > 0
		if !is {
			s.Skip()
		}
		return nil
	})
	return found
}

// messages takes the messages that tell of others off a drop-down list, and such
// entries out of it; "" if none is left.
func (y *sheetExtraction) messages(item string) string {
	if y.e.Tells == nil || item == "" {
		return item
	}
	for _, name := range []string{"error", "errorTitle", "prompt", "promptTitle"} {
		if y.tells(xmlpart.AttrOf(item, name, false)) {
			item = xmlpart.DropAttr(item, name, false)
		}
	}
	data := []byte(item)
	var patches []xmlpart.Patch
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind != xmlpart.StartTag || !s.Is("formula1") && !s.Is("formula2") && !s.Is("f") {
			continue
		}
		if rowmove.HoldsElement(data, s.End) {
			continue
		}
		from := s.End
		text := string(s.Content(nil))
		if !y.tells(text) {
			continue
		}
		inner, literal := strings.CutPrefix(strings.TrimSpace(text), `"`)
		inner, closed := strings.CutSuffix(inner, `"`)
		if !literal || !closed || xmlpart.AttrOf(item, "type", false) != "list" {
			return ""
		}
		left := slices.DeleteFunc(strings.Split(inner, ","), func(entry string) bool { return y.tells(entry) })
		if len(left) == 0 {
			return ""
		}
		patches = append(patches, xmlpart.Replace(xmlpart.Between(from, s.Start),
			xmlpart.EscapeText(`"`+strings.Join(left, ",")+`"`)))
	}
	return string(xmlpart.Apply(data, patches))
}

// rules leaves out the rules of a conditional format that tell of others.
func (y *sheetExtraction) rules(item string) string {
	if y.e.Tells == nil || item == "" {
		return item
	}
	data := []byte(item)
	var patches []xmlpart.Patch
	left := false
	s := xmlpart.NewScanner(data)
	s.Next()
	s.Children(func() error {
		start, rule := s.Start, s.Is("cfRule")
		tells := y.tellsWithin(s)
		if rule && tells {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
		left = left || rule && !tells
		return nil
	})
	if !left {
		return ""
	}
	return string(xmlpart.Apply(data, patches))
}

// tellsWithin reports whether an attribute or a text of the element that has just
// started, or of one in it, tells of others. It leaves s at the element's end.
func (x *extraction) tellsWithin(s *xmlpart.Scanner) (tells bool) {
	look := func() {
		for i := range s.Attrs {
			tells = tells || x.tells(s.Decode(&s.Attrs[i]))
		}
	}
	look()
	if s.Kind == xmlpart.EmptyTag {
		return tells
	}
	var text []byte
	for depth := s.Depth(); s.Next() && s.Depth() >= depth; {
		switch s.Kind {
		case xmlpart.StartTag, xmlpart.EmptyTag:
			look()
		default:
			text = s.AppendText(text)
		}
	}
	return tells || x.tells(string(text))
}

// headers leaves out the headers and footers of pages that tell of others.
func (y *sheetExtraction) headers(item string) string {
	if y.e.Tells == nil {
		return item
	}
	data := []byte(item)
	var patches []xmlpart.Patch
	s := xmlpart.NewScanner(data)
	s.Next()
	s.Children(func() error {
		if start := s.Start; y.tellsWithin(s) {
			patches = append(patches, xmlpart.Replace(xmlpart.Between(start, s.End), ""))
		}
		return nil
	})
	return string(xmlpart.Apply(data, patches))
}

// partTells reports whether a part says anything that tells of others.
func (x *extraction) partTells(part string) bool {
	if x.e.Tells == nil || !x.w.book.Exists(part) {
		return false
	}
	data, err := x.w.book.Current(part)
	return err != nil || x.tells(string(data))
}

// silentThreads are the cells outside the rows given on which a comment of a discussion
// tells of others: the discussion goes as a whole.
func (y *sheetExtraction) silentThreads(data []byte) (map[a1.Ref]bool, error) {
	silent := map[a1.Ref]bool{}
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("threadedComment") {
			continue
		}
		start := s.Start
		r, ok := a1.ParseRange(s.Value("ref"))
		s.Skip()
		if ok {
			_, tells := y.silentComment(data, r, xmlpart.Between(start, s.End))
			silent[r.First] = silent[r.First] || tells
		}
	}
	if err := s.Err(); err != nil {
		return nil, opc.Damaged(y.d.Part, err)
	}
	return silent, nil
}

// silentComment is where the words of a comment stand that tells of others and is on no
// row that the copy is about.
func (y *sheetExtraction) silentComment(data []byte, at a1.Range, comment xmlpart.Span) (words []xmlpart.Patch,
	tells bool) {
	if y.e.Tells == nil || y.isGiven(at.First) {
		return nil, false
	}
	s := xmlpart.NewScanner(data[comment.Start:comment.End])
	for s.Next() {
		if s.Kind != xmlpart.StartTag || !s.Is("t") && !(s.Is("text") &&
			strings.HasPrefix(string(data[comment.Start:comment.End]), "<threaded")) {
			continue
		}
		from := comment.Start + s.End
		if text := s.Content(nil); len(text) > 0 {
			tells = tells || y.tells(string(text))
			words = append(words, xmlpart.Replace(xmlpart.Between(from, comment.Start+s.Start), ""))
		}
	}
	if y.m.isCleared(cellAt(at.First)) {
		tells = true
	}
	return words, tells
}
