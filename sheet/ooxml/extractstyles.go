package ooxml

import (
	"strconv"

	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// look is what becomes of a cell's format.
type look uint8

const (
	asIs     look = iota
	unlocked      // to be filled in
	shaded        // for reading only
)

// styleVariants remembers the formats made so far.
type styleVariants struct {
	made map[[2]int]int // style and look → style
	grey int            // fill number + 1
}

// variant is the number of a format that differs from style only as kind says.
// On a sheet that was protected before, a locked format stays so.
func (v *styleVariants) variant(w *Workbook, style int, kind look, protected bool) (int, error) {
	if kind == asIs {
		return style, nil
	}
	key := [2]int{style, int(kind)}
	if protected {
		key[1] += 10
	}
	if n, ok := v.made[key]; ok {
		return n, nil
	}
	part, data, err := w.book.StylesData()
	if err != nil {
		return 0, err
	}
	if kind == shaded && v.grey == 0 {
		fills, err := bookxml.StyleList(data, "fills")
		if err != nil {
			return 0, opc.Damaged(part, err)
		}
		p := fills.Prefix
		var n int
		data, n = fills.Add(data, "<"+p+`fill><`+p+`patternFill patternType="solid"><`+p+`fgColor rgb="FFEDEDED"/><`+p+
			`bgColor indexed="64"/></`+p+`patternFill></`+p+`fill>`)
		v.grey = n + 1
		w.book.Put(part, data)
	}
	xfs, err := bookxml.StyleList(data, "cellXfs")
	if err != nil {
		return 0, opc.Damaged(part, err)
	}
	if style >= len(xfs.Items) {
		return style, nil
	}
	xf := string(data[xfs.Items[style].Start:xfs.Items[style].End])
	n := style
	switch {
	case kind == shaded:
		data, n = xfs.Add(data, protectedXF(withFill(xf, v.grey-1), true))
	case !protected:
		data, n = xfs.Add(data, protectedXF(xf, false))
	}
	if n != style {
		w.book.Put(part, data)
		if f := w.book.Format(style); f.IsWhole(false) {
			w.book.NoteDate(n, f.IsWhole(true))
		}
	}
	if v.made == nil {
		v.made = map[[2]int]int{}
	}
	v.made[key] = n
	return n, nil
}

func withFill(xf string, fill int) string {
	return xmlpart.SetAttrs(xf, map[string]string{"fillId": strconv.Itoa(fill), "applyFill": "1"})
}

// protectedXF is a cell format that is locked or not.
func protectedXF(xf string, locked bool) string {
	xf = xmlpart.SetAttrs(xf, map[string]string{"applyProtection": "1"})
	data := []byte(xf)
	value := "0"
	if locked {
		value = "1"
	}
	if whole, _, _, err := xmlpart.Element(data, "protection", 2); err == nil {
		return string(xmlpart.Splice(data, whole, xmlpart.SetAttrs(xf[whole.Start:whole.End],
			map[string]string{"locked": value})))
	}
	whole, inner, prefix, err := xmlpart.Element(data, "xf", 1)
	if err != nil {
		return xf
	}
	child := "<" + prefix + `protection locked="` + value + `"/>`
	if at, _, _, err := xmlpart.Element(data, "alignment", 2); err == nil {
		return string(xmlpart.Splice(data, xmlpart.Between(at.End, at.End), child))
	}
	if inner.End < whole.End {
		return string(xmlpart.Splice(data, xmlpart.Between(inner.Start, inner.Start), child))
	}
	return string(xmlpart.InsertLast(data, whole, inner, child))
}
