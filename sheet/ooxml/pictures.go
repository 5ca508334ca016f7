package ooxml

import (
	"bytes"
	"strings"

	"taizhang/sheet/a1"
)

// A picture can fill a cell in two ways. WPS stores a formula,
// DISPIMG("ID_…",1), with its own text as the value; programs that do not know
// the function keep that text, or show #NAME?. Excel stores the error #VALUE!
// for older programs, and a number (vm) of the value in metadata.xml, which
// leads over richData/rdrichvalue.xml to the name of a structure.

// setText makes s the cell's text, or a picture if s is WPS's formula for one.
func (c *Cell) setText(s string) {
	if len(s) > len("=DISPIMG(") && s[0] == '=' && isPictureFormula([]byte(s[1:])) {
		c.setPicture()
		return
	}
	c.Kind, c.Value = Text, s
}

func (c *Cell) setPicture() { c.Kind, c.Value = Picture, PictureText }

// isPictureFormula reports whether a formula's result is a picture.
func isPictureFormula(f []byte) bool {
	f = bytes.TrimPrefix(bytes.TrimSpace(f), []byte("="))
	for _, prefix := range []string{"_xlfn.", "_xlws.", "_xludf."} {
		if hasFold(string(f[:min(len(f), len(prefix))]), prefix) {
			f = f[len(prefix):]
		}
	}
	head := string(f[:min(len(f), len("DISPIMG("))])
	return hasFold(head, "DISPIMG(") || hasFold(head, "IMAGE(")
}

// holdsPicture reports whether a cell of a sheet being edited is filled by a
// picture.
func (w *Workbook) holdsPicture(g *draft, c cellSpan) bool {
	raw := g.data[c.start:c.end]
	if upper := bytes.ToUpper(raw); !bytes.Contains(upper, []byte("IMAGE(")) && !bytes.Contains(upper, []byte("DISPIMG(")) &&
		!bytes.Contains(upper, []byte("VM=")) {
		return false
	}
	r := sheetReader{s: newScanner(raw), grid: &grid{}, most: 1, isRich: w.isRichPicture}
	r.s.next()
	if a := r.s.attr("r"); a != nil {
		if at, ok := a1.ParseRef(r.s.decode(a)); ok {
			r.at = a1.At(at.Row, at.Col-1)
		}
	}
	return r.cell() == nil && r.grid.sheet.Cells[0].Kind == Picture
}

func (r *sheetReader) isRichPicture(vm int) bool { return r.isRich == nil || r.isRich(vm) }

// isRichPicture reports whether value metadata vm stands for a picture. It does
// unless the workbook says what else it is.
func (w *Workbook) isRichPicture(vm int) bool {
	list, _ := w.book.rich.do(func() ([]bool, error) { return w.readRich(), nil })
	return vm < 1 || vm > len(list) || list[vm-1]
}

// readRich follows every value of metadata.xml to its structure.
func (w *Workbook) readRich() (pictures []bool) {
	part := func(kind string) []byte {
		r, ok, err := w.rel(w.book.part, kind)
		if err != nil || !ok {
			return nil
		}
		data, _ := w.indexText(r.target)
		return data
	}
	number := func(s string) int {
		n, ok := atoi([]byte(s))
		if !ok {
			return -1
		}
		return n
	}
	var structures []string // types
	for s := newScanner(part("rdRichValueStructure")); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("s") {
			structures = append(structures, s.value("t"))
		}
	}
	var values []int // structure of each rich value
	for s := newScanner(part("rdRichValue")); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("rv") {
			values = append(values, number(s.value("s")))
		}
	}
	var blocks []int // rich value of each block of future metadata
	var cells []int  // block of each value of a cell
	list := ""
	for s := newScanner(part("sheetMetadata")); s.next(); {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		switch string(s.localName()) {
		case "futureMetadata", "cellMetadata", "valueMetadata":
			list = string(s.localName())
			if list == "futureMetadata" && !strings.EqualFold(s.value("name"), "XLRICHVALUE") {
				list = ""
			}
		case "rvb":
			if list == "futureMetadata" {
				blocks = append(blocks, number(s.value("i")))
			}
		case "rc":
			if list == "valueMetadata" {
				cells = append(cells, number(s.value("v")))
			}
		}
	}
	at := func(list []int, i int) int {
		if i < 0 || i >= len(list) {
			return -1
		}
		return list[i]
	}
	for _, block := range cells {
		i := at(values, at(blocks, block))
		pictures = append(pictures, i < 0 || i >= len(structures) || strings.HasSuffix(strings.ToLower(structures[i]), "image"))
	}
	return pictures
}
