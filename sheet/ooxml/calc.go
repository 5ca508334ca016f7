package ooxml

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
)

// Bounds of what is calculated here: beyond them the workbook is left to be
// calculated by the program that opens it.
const (
	maxCalculated = 1000
	maxCalcBytes  = 24 << 20 // of worksheet parts, which excelize holds many times over
	maxCalcTime   = 3 * time.Second
)

// result is a formula's new value; typ is the t attribute of its cell, or
// unknownType if it could not be calculated with certainty.
type result struct{ typ, value string }

const unknownType = "?"

// calculate gives the new values of formulas, in order. excelize calculates
// them; what it says is believed only of a formula whose old value it finds
// right in the old workbook, since no two engines agree on everything.
func (w *Workbook) calculate(drafts map[int]*draft, dirty []*node) []result {
	results := make([]result, len(dirty))
	for i := range results {
		results[i].typ = unknownType
	}
	size := 0
	for i, sp := range w.book.sheets {
		if d := drafts[i]; d != nil {
			size += len(d.data)
		} else if e := w.pkg.byName[foldPart(sp.part)]; e != nil {
			size += int(e.size)
		}
	}
	if len(dirty) > maxCalculated || size > maxCalcBytes {
		return results
	}
	// All that the engine's goroutine uses is gathered here: when time is up it
	// is left to itself.
	var jobs []calcJob
	for i, n := range dirty {
		if n.kind == "array" || n.kind == "dataTable" {
			continue
		}
		if typ, old, origin, ok := w.oldValue(n); ok {
			jobs = append(jobs, calcJob{i, w.book.sheets[n.sheet].Name, n.home, typ, old, origin})
		}
	}
	packed, err := w.pkg.pack(edition{changed: w.edits.changed, added: w.edits.added})
	if err != nil || len(jobs) == 0 {
		return results
	}
	values := make(chan found, len(jobs))
	stop := make(chan struct{})
	go func() {
		defer close(values)
		defer func() { recover() }() // an engine that fails leaves values unknown
		runEngine(w.pkg.data, packed, jobs, stop, values)
	}()
	timer := time.NewTimer(maxCalcTime)
	defer timer.Stop()
	defer close(stop)
	for {
		select {
		case f, ok := <-values:
			if !ok {
				return results
			}
			results[f.i] = f.r
		case <-timer.C:
			return results
		}
	}
}

// calcJob is a formula to be calculated: i is its place among the results,
// origin where it stood in the old workbook with value old.
type calcJob struct {
	i        int
	sheet    string
	home     a1.Ref
	typ, old string
	origin   a1.Ref
}

// found is the result of a job.
type found struct {
	i int
	r result
}

// runEngine calculates what it can.
func runEngine(old, now []byte, jobs []calcJob, stop <-chan struct{}, values chan<- found) {
	before, err := excelize.OpenReader(bytes.NewReader(old))
	if err != nil {
		return
	}
	defer before.Close()
	after, err := excelize.OpenReader(bytes.NewReader(now))
	if err != nil {
		return
	}
	defer after.Close()
	raw := excelize.Options{RawCellValue: true}
	for _, j := range jobs {
		select {
		case <-stop:
			return
		default:
		}
		was, err := before.CalcCellValue(j.sheet, j.origin.String(), raw)
		if err != nil || !sameValue(j.typ, j.old, was) {
			continue
		}
		value, err := after.CalcCellValue(j.sheet, j.home.String(), raw)
		if err != nil {
			continue
		}
		if r, ok := typed(j.typ, value); ok {
			values <- found{j.i, r}
		}
	}
}

// oldValue is the value that a formula had in the file, and where it stood
// there. Of a formula in a new row it is that of the row above.
func (w *Workbook) oldValue(n *node) (typ, value string, at a1.Ref, ok bool) {
	at = n.home
	typ, value = n.typ, n.value
	for i := len(w.edits.inserted) - 1; i >= 0; i-- {
		ins := w.edits.inserted[i]
		if ins.sheet != n.sheet {
			continue
		}
		// The look of a new row, and its formulas, came from the one above.
		if at.Row == ins.row || at.Row > ins.row && ins.shift {
			at.Row--
		}
	}
	if at == n.home || n.cached.end > 0 {
		return typ, value, at, n.cached.end > 0
	}
	sheet, err := w.Sheet(w.book.sheets[n.sheet].Name)
	if err != nil {
		return "", "", at, false
	}
	c, found := sheet.Cell(at)
	if !found || !c.Formula {
		return "", "", at, false
	}
	switch c.Kind {
	case Number:
		return "", c.Value, at, true
	case Text:
		return "str", c.Value, at, true
	case Bool:
		return "b", c.Value, at, true
	}
	return "", "", at, false
}

// sameValue reports whether the engine's value is the one in the file.
func sameValue(typ, stored, calculated string) bool {
	switch typ {
	case "", "n":
		a, err1 := strconv.ParseFloat(strings.TrimSpace(stored), 64)
		b, err2 := strconv.ParseFloat(calculated, 64)
		return err1 == nil && err2 == nil && math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
	case "str":
		return string(unescape([]byte(stored), 0)) == calculated
	case "b":
		return (stored == "1") == (calculated == "TRUE") && (calculated == "TRUE" || calculated == "FALSE")
	}
	return false
}

// typed is a calculated value as it is stored. The engine gives text for
// everything; where a value could be of two types it is not believed.
func typed(old, value string) (result, bool) {
	_, err := strconv.ParseFloat(value, 64)
	number := err == nil && isNumber([]byte(value))
	truth := value == "TRUE" || value == "FALSE"
	switch {
	case old == "" || old == "n":
		if number {
			return result{"", value}, true
		}
		return result{"str", value}, !truth
	case old == "str":
		return result{"str", value}, !number && !truth
	case old == "b" && truth:
		return result{"b", map[bool]string{true: "1", false: "0"}[value == "TRUE"]}, true
	}
	return result{}, false
}

// valuePatches give a formula cell a new value, or none if it is unknown.
func (d *draft) valuePatches(f formulaCell, r result) []patch {
	cell := d.data[f.cell.start:f.cell.end]
	s := newScanner(cell)
	s.next()
	var tag bytes.Buffer
	tag.Write(cell[:s.name.end])
	for _, a := range s.attrs {
		if string(cell[a.name.start:a.name.end]) != "t" {
			tag.WriteByte(' ')
			tag.Write(cell[a.name.start : a.value.end+1])
		}
	}
	if r.typ != unknownType && r.typ != "" {
		tag.WriteString(` t="` + r.typ + `"`)
	}
	tag.WriteByte('>')
	value := ""
	if r.typ != unknownType {
		value = "<" + d.prefix + "v>" + string(appendEscaped(nil, r.value)) + "</" + d.prefix + "v>"
	}
	at := span{f.elem.end, f.elem.end}
	if f.cached.end > 0 {
		at = f.cached
	}
	return []patch{{span{f.cell.start, f.cell.start + s.end}, tag.String()}, {at, value}}
}

// arrayPatches drop the values of the other cells of an array formula.
func (d *draft) arrayPatches(f formulaCell) (patches []patch) {
	if f.kind != "array" && f.kind != "dataTable" || f.ref.end == 0 {
		return nil
	}
	for row := f.area.First.Row; row <= f.area.Last.Row; row++ {
		i, ok := d.find(row)
		if !ok {
			continue
		}
		cells, err := d.readRow(i)
		if err != nil {
			continue
		}
		for _, c := range cells.cells {
			if c.col < f.area.First.Col || c.col > f.area.Last.Col || c.formula || !c.full {
				continue
			}
			var out bytes.Buffer
			d.rewriteCell(&out, c, setting{style: -1})
			patches = append(patches, patch{span{c.start, c.end}, out.String()})
		}
	}
	return patches
}
