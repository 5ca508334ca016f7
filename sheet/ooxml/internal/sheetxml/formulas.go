package sheetxml

import (
	"bytes"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// FormulaCell is a cell with an f element.
type FormulaCell struct {
	Home    a1.Ref
	Text    string       // the formula; of a dependent of a shared one, as it reads there
	Kind    string       // t attribute: "", "shared", "array", "dataTable"
	Group   string       // si attribute of a shared formula
	Master  bool         // it holds the text of its shared formula
	Astray  bool         // it shares a formula, and a reference in it leaves the sheet: Text is not to be trusted
	Ref     xmlpart.Span // value of the ref attribute, empty if there is none
	Area    a1.Range     // what ref says
	Inputs  []a1.Ref     // of a data table: the cells that it puts other values into
	Element xmlpart.Span // the f element
	Inner   xmlpart.Span // its content
	Cell    xmlpart.Span // the c element
	Type    string       // t attribute of the cell
	Value   string       // cached value as stored, decoded
	Cached  xmlpart.Span // the v element, empty if there is none
	Inline  xmlpart.Span // the is element, empty if there is none
}

// FormulaCells lists the sheet's formulas in the order of the part.
func (d *Draft) FormulaCells() ([]FormulaCell, error) {
	if d.Formulas == 0 {
		return nil, nil
	}
	var list []FormulaCell
	masters := map[string]*FormulaCell{}
	for i := range d.Rows {
		r := d.Rows[i]
		if !HasFormula(d.Data[r.Start:r.End], d.Prefix) {
			continue
		}
		row, err := d.ReadRow(i)
		if err != nil {
			return nil, err
		}
		for _, c := range row.Cells {
			if !c.Formula {
				continue
			}
			f, err := d.formulaCell(a1.At(r.Row, c.Col), c)
			if err != nil {
				return nil, err
			}
			if f.Kind == "shared" {
				if strings.TrimSpace(f.Text) != "" {
					f.Master = true
					masters[f.Group] = &f
				} else if m := masters[f.Group]; m != nil {
					var ok bool
					f.Text, ok = formula.Translate(m.Text, f.Home.Row-m.Home.Row, f.Home.Col-m.Home.Col)
					f.Astray = !ok
				}
			}
			list = append(list, f)
		}
	}
	return list, nil
}

func HasFormula(row []byte, prefix string) bool {
	tag := []byte("<" + prefix + "f")
	for {
		i := bytes.Index(row, tag)
		if i < 0 {
			return false
		}
		if xmlpart.HasName(row[i+1:], tag[1:]) {
			return true
		}
		row = row[i+1:]
	}
}

func (d *Draft) formulaCell(home a1.Ref, c CellSpan) (FormulaCell, error) {
	f := FormulaCell{Home: home, Cell: xmlpart.Between(c.Start, c.End)}
	s := xmlpart.NewScanner(d.Data[c.Start:c.End])
	move := func(at xmlpart.Span) xmlpart.Span { return xmlpart.Between(c.Start+at.Start, c.Start+at.End) }
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		start := s.Start
		switch {
		case s.Is("c"):
			f.Type = s.Value("t")
		case s.Is("f"):
			f.Kind, f.Group = s.Value("t"), s.Value("si")
			if a := s.Attr("ref"); a != nil {
				f.Ref = move(a.Value)
				f.Area, _ = a1.ParseRange(s.Decode(a))
			}
			for _, name := range []string{"r1", "r2"} {
				if at, ok := a1.ParseRef(s.Value(name)); ok && f.Kind == "dataTable" {
					f.Inputs = append(f.Inputs, at)
				}
			}
			from := s.End
			f.Text = string(s.Content(nil))
			if s.Kind == xmlpart.EmptyTag {
				f.Inner = move(xmlpart.Between(s.End, s.End))
			} else {
				f.Inner = move(xmlpart.Between(from, s.Start))
			}
			f.Element = move(xmlpart.Between(start, s.End))
		case s.Is("is"):
			s.Skip()
			f.Inline = move(xmlpart.Between(start, s.End))
		case s.Is("v"):
			f.Value = string(s.Content(nil))
			f.Cached = move(xmlpart.Between(start, s.End))
		}
	}
	return f, s.Err()
}
