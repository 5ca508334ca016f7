package cached

import (
	"slices"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// areaOf is a range on a sheet.
type areaOf struct {
	sheet int
	rng   a1.Range
}

func (a areaOf) meets(b areaOf) bool {
	return a.sheet == b.sheet && a.rng.First.Row <= b.rng.Last.Row && b.rng.First.Row <= a.rng.Last.Row &&
		a.rng.First.Col <= b.rng.Last.Col && b.rng.First.Col <= a.rng.Last.Col
}

// tablePart is an Excel table.
type tablePart struct {
	areaOf
	names          []string
	header, totals int // rows
	columns        []string
}

func (p *tablePart) isCalled(name string) bool {
	return slices.ContainsFunc(p.names, func(n string) bool { return strings.EqualFold(n, name) })
}

// tableParts are the workbook's Excel tables.
func tableParts(b *bookxml.Book) (list []tablePart) {
	for i, sp := range b.Sheets {
		if sp.Part == "" {
			continue
		}
		rels, err := b.Rels(sp.Part)
		if err != nil {
			continue
		}
		for _, r := range rels {
			if r.Kind != "table" || r.External {
				continue
			}
			data, err := b.Current(r.Target)
			if err != nil {
				continue
			}
			if p, ok := readTablePart(i, data); ok {
				list = append(list, p)
			}
		}
	}
	return list
}

func readTablePart(sheet int, data []byte) (p tablePart, ok bool) {
	p.sheet, p.header = sheet, 1
	for s := xmlpart.NewScanner(data); s.Next(); {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("table"):
			p.rng, ok = a1.ParseRange(s.Value("ref"))
			p.names = []string{s.Value("displayName"), s.Value("name")}
			if n, set := xmlpart.Number(s.Value("headerRowCount")); set {
				p.header = n
			}
			p.totals, _ = xmlpart.Number(s.Value("totalsRowCount"))
		case s.Is("tableColumn"):
			p.columns = append(p.columns, string(xmlpart.DecodeXString([]byte(s.Value("name")), 0)))
		}
	}
	return p, ok
}
