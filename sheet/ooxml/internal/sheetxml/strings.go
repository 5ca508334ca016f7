package sheetxml

import (
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// ReadStrings reads a shared strings part of at most so many bytes of text. struck
// tells by number, of the texts with struck-out runs, what is not struck out.
func ReadStrings(s *xmlpart.Scanner, most int64) (list []string, struck map[int]string, err error) {
	var text textBuffer
	var buf []byte
	var strike strike
	list = make([]string, 0, min(s.Size/64, maxStrings))
	total := int64(0)
	for s.Next() {
		if !s.OnElement() || !s.Is("si") {
			continue
		}
		buf = appendRichText(s, buf[:0], &strike)
		if strike.any {
			if struck == nil {
				struck = map[int]string{}
			}
			struck[len(list)] = string(strike.live)
		}
		list = append(list, text.keep(buf))
		if len(list) > maxStrings {
			return nil, nil, &LimitError{TooManyStrings, maxStrings}
		}
		if total += int64(len(buf)); total > most {
			return nil, nil, &LimitError{TooMuchShared, most >> 20}
		}
	}
	if err := s.Err(); err != nil {
		return nil, nil, s.Cause(err)
	}
	return list, struck, nil
}

// appendRichText appends the text of the si or is element that has just started: its
// t elements, those of rich-text runs joined, those of phonetic runs (which
// tell how the text is read aloud) left out. It moves to the end tag, and notes in
// strike what of the text is struck out.
func appendRichText(s *xmlpart.Scanner, dst []byte, strike *strike) []byte {
	strike.any, strike.live = false, strike.live[:0]
	if s.Kind != xmlpart.StartTag {
		return dst
	}
	if raw, ok := s.Leaf('t'); ok {
		return xmlpart.DecodeXString(xmlpart.AppendDecoded(dst, raw), len(dst))
	}
	struck := false // in the run being read
	for depth := s.Depth(); s.Next(); {
		switch s.Kind {
		case xmlpart.EndTag:
			if s.Depth() < depth {
				return dst
			}
		case xmlpart.EmptyTag:
			if s.Is("strike") {
				struck = s.Flag("val", true)
			}
		case xmlpart.StartTag:
			switch string(s.LocalName()) {
			case "r":
				struck = false
			case "strike":
				struck = s.Flag("val", true)
			case "t":
				from := len(dst)
				dst = s.Content(dst)
				dst = xmlpart.DecodeXString(dst, from)
				if struck {
					strike.any = strike.any || len(dst) > from
				} else {
					strike.live = append(strike.live, dst[from:]...)
				}
			case "rPh":
				s.Skip()
			}
		}
	}
	return dst
}

// textBuffer hands out strings that share large backing arrays, and the same
// string again for a short value seen not long ago: sheets repeat themselves.
type textBuffer struct {
	block strings.Builder
	seen  [1024]string
}

// add copies b, or gives a copy made before.
func (t *textBuffer) add(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	var slot *string
	if len(b) <= 24 {
		h := uint32(2166136261)
		for _, c := range b {
			h = (h ^ uint32(c)) * 16777619
		}
		slot = &t.seen[(h^h>>16)%uint32(len(t.seen))]
		if *slot == string(b) {
			return *slot
		}
	}
	s := t.keep(b)
	if slot != nil {
		*slot = s
	}
	return s
}

// keep copies b without looking whether it was seen before.
func (t *textBuffer) keep(b []byte) string {
	if t.block.Cap()-t.block.Len() < len(b) {
		t.block.Reset()
		t.block.Grow(max(1<<16, len(b)))
	}
	from := t.block.Len()
	t.block.Write(b)
	return t.block.String()[from:]
}

// strike notes what the texts of runs that have just been read leave standing.
type strike struct {
	any  bool   // a run with text is struck out
	live []byte // the text of the others
}

// NoteStruck notes that only live of a cell's text is not struck out.
func (g *Grid) NoteStruck(at a1.Ref, live string) {
	if g.Sheet.Struck == nil {
		g.Sheet.Struck = map[a1.Ref]string{}
	}
	g.Sheet.Struck[at] = live
}
