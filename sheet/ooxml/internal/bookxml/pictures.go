package bookxml

import (
	"bytes"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// A picture can fill a cell in two ways. WPS stores a formula,
// DISPIMG("ID_…",1), with its own text as the value; programs that do not know
// the function keep that text, or show #NAME?. Excel stores the error #VALUE!
// for older programs, and a number (vm) of the value in metadata.xml, which
// leads over richData/rdrichvalue.xml to the name of a structure.

// HoldsPicture reports whether a cell of a sheet being edited is filled by a
// picture.
func (b *Book) HoldsPicture(g *sheetxml.Draft, c sheetxml.CellSpan) bool {
	raw := g.Data[c.Start:c.End]
	if upper := bytes.ToUpper(raw); !bytes.Contains(upper, []byte("IMAGE(")) &&
		!bytes.Contains(upper, []byte("DISPIMG(")) &&
		!bytes.Contains(upper, []byte("VM=")) {
		return false
	}
	r := sheetxml.Reader{Scanner: xmlpart.NewScanner(raw), Grid: &sheetxml.Grid{}, MaxCells: 1, IsRich: b.IsRichPicture}
	r.Scanner.Next()
	if a := r.Scanner.Attr("r"); a != nil {
		if at, ok := a1.ParseRef(r.Scanner.Decode(a)); ok {
			r.At = a1.At(at.Row, at.Col-1)
		}
	}
	return r.ReadCell() == nil && r.Grid.Sheet.Cells[0].Kind == sheetxml.Picture
}

// IsRichPicture reports whether value metadata vm stands for a picture. It does
// unless the workbook says what else it is.
func (b *Book) IsRichPicture(vm int) bool {
	list, _ := b.rich.Do(b.readRich)
	return vm < 1 || vm > len(list) || list[vm-1].picture
}

// richValue is what the value metadata of a cell leads to.
type richValue struct {
	Number  int  // among the rich values, -1 if unknown
	Rel     int  // of a picture stored in the workbook: its number among the relationships of richValueRel, else -1
	picture bool // a picture, or nothing known
}

// readRich follows every value of metadata.xml to its rich value.
func (b *Book) readRich() ([]richValue, error) {
	part := func(kind string) []byte {
		r, ok, err := b.Rel(b.Part, kind)
		if err != nil || !ok {
			return nil
		}
		data, _ := b.Index(r.Target)
		return data
	}
	type structure struct {
		image bool
		rel   int // place of the relationship's number among the values, -1 if there is none
	}
	var structures []structure
	key := 0
	for s := xmlpart.NewScanner(part("rdRichValueStructure")); s.Next(); {
		switch {
		case !s.OnElement():
		case s.Is("s"):
			structures = append(structures, structure{strings.HasSuffix(strings.ToLower(s.Value("t")), "image"), -1})
			key = 0
		case s.Is("k") && len(structures) > 0:
			if s.Value("n") == "_rvRel:LocalImageIdentifier" {
				structures[len(structures)-1].rel = key
			}
			key++
		}
	}
	var values []richValue
	relAt := -1
	for s := xmlpart.NewScanner(part("rdRichValue")); s.Next(); {
		switch {
		case !s.OnElement():
		case s.Is("rv"):
			v := richValue{Number: len(values), Rel: -1, picture: true}
			key, relAt = 0, -1
			if n, ok := xmlpart.Number(s.Value("s")); ok && n < len(structures) {
				v.picture, relAt = structures[n].image, structures[n].rel
			}
			values = append(values, v)
		case s.Is("v") && len(values) > 0:
			if n, ok := xmlpart.Number(bytes.TrimSpace(s.Content(nil))); ok && key == relAt {
				values[len(values)-1].Rel = n
			}
			key++
		}
	}
	var blocks []int // rich value of each block of future metadata
	var cells []richValue
	list := ""
	for s := xmlpart.NewScanner(part("sheetMetadata")); s.Next(); {
		if !s.OnElement() {
			continue
		}
		number := func(name string) int {
			n, ok := xmlpart.Number(s.Value(name))
			if !ok {
				return -1
			}
			return n
		}
		switch string(s.LocalName()) {
		case "futureMetadata", "cellMetadata", "valueMetadata":
			list = string(s.LocalName())
			if list == "futureMetadata" && !strings.EqualFold(s.Value("name"), "XLRICHVALUE") {
				list = ""
			}
		case "rvb":
			if list == "futureMetadata" {
				blocks = append(blocks, number("i"))
			}
		case "rc":
			if list != "valueMetadata" {
				continue
			}
			v := richValue{Number: -1, Rel: -1, picture: true}
			if b := number("v"); b >= 0 && b < len(blocks) && blocks[b] >= 0 && blocks[b] < len(values) {
				v = values[blocks[b]]
			}
			cells = append(cells, v)
		}
	}
	return cells, nil
}

// StoredPicture is the rich value that value metadata vm leads to, if that is a
// picture stored in the workbook.
func (b *Book) StoredPicture(vm int) (richValue, bool) {
	list, _ := b.rich.Do(b.readRich)
	if vm < 1 || vm > len(list) || list[vm-1].Rel < 0 {
		return richValue{}, false
	}
	return list[vm-1], true
}
