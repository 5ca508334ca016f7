package ooxml

import (
	"strconv"
	"strings"
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
	part, data, err := w.stylesData()
	if err != nil {
		return 0, err
	}
	if kind == shaded && v.grey == 0 {
		fills, err := styleList(data, "fills")
		if err != nil {
			return 0, w.damagedPart(part, err)
		}
		p := fills.prefix
		var n int
		data, n = fills.add(data, "<"+p+`fill><`+p+`patternFill patternType="solid"><`+p+`fgColor rgb="FFEDEDED"/><`+p+`bgColor indexed="64"/></`+p+`patternFill></`+p+`fill>`)
		v.grey = n + 1
		w.put(part, data)
	}
	xfs, err := styleList(data, "cellXfs")
	if err != nil {
		return 0, w.damagedPart(part, err)
	}
	if style >= len(xfs.items) {
		return style, nil
	}
	xf := string(data[xfs.items[style].start:xfs.items[style].end])
	n := style
	switch {
	case kind == shaded:
		data, n = xfs.add(data, protectedXF(withFill(xf, v.grey-1), true))
	case !protected:
		data, n = xfs.add(data, protectedXF(xf, false))
	}
	if n != style {
		w.put(part, data)
		if f := w.format(style); f.IsWhole(false) {
			w.noteDate(n, f.IsWhole(true))
		}
	}
	if v.made == nil {
		v.made = map[[2]int]int{}
	}
	v.made[key] = n
	return n, nil
}

// withAttrs is an element with attributes set, children and all.
func withAttrs(xf string, set map[string]string) string {
	s := newScanner([]byte(xf))
	s.next()
	var b strings.Builder
	b.WriteString(xf[:s.name.end])
	for _, a := range s.attrs {
		if _, ok := set[xf[a.name.start:a.name.end]]; !ok {
			b.WriteString(" " + xf[a.name.start:a.value.end+1])
		}
	}
	for _, name := range sortedNames(set) {
		b.WriteString(" " + name + `="` + set[name] + `"`)
	}
	rest := s.end - 1
	if s.kind == tokEmpty {
		rest--
	}
	b.WriteString(xf[rest:])
	return b.String()
}

func sortedNames(m map[string]string) []string {
	var list []string
	for name := range m {
		i := 0
		for i < len(list) && list[i] < name {
			i++
		}
		list = append(list[:i], append([]string{name}, list[i:]...)...)
	}
	return list
}

func withFill(xf string, fill int) string {
	return withAttrs(xf, map[string]string{"fillId": strconv.Itoa(fill), "applyFill": "1"})
}

// protectedXF is a cell format that is locked or not.
func protectedXF(xf string, locked bool) string {
	xf = withAttrs(xf, map[string]string{"applyProtection": "1"})
	data := []byte(xf)
	value := "0"
	if locked {
		value = "1"
	}
	if whole, _, _, err := element(data, "protection", 2); err == nil {
		return string(splice(data, whole, withAttrs(xf[whole.start:whole.end], map[string]string{"locked": value})))
	}
	whole, inner, prefix, err := element(data, "xf", 1)
	if err != nil {
		return xf
	}
	child := "<" + prefix + `protection locked="` + value + `"/>`
	if at, _, _, err := element(data, "alignment", 2); err == nil {
		return string(splice(data, span{at.end, at.end}, child))
	}
	if inner.end < whole.end {
		return string(splice(data, span{inner.start, inner.start}, child))
	}
	return string(insertLast(data, whole, inner, child))
}
