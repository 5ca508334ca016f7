package rowmove

import (
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Names is the workbook's part with its defined names as they read afterwards. In a
// copy those that need what is left out go, and Plan.NamesLost tells which.
func (p *Plan) Names(data []byte) ([]byte, error) {
	if p.IsCopy && p.NamesLost == nil {
		p.NamesLost = map[string]bool{}
	}
	patches, err := p.follow(xmlpart.NewScanner(data), "", false)
	if err != nil {
		return nil, opc.Damaged(p.Book.Part, err)
	}
	return xmlpart.Apply(data, patches), nil
}

// definedName moves the name that has just started, the item f.
func (w *walker) definedName(f *frame) {
	name, home := w.Value("name"), ""
	if a := w.Attr("localSheetId"); a != nil {
		if n, ok := xmlpart.Number(w.Decode(a)); ok && n < len(w.Book.Sheets) {
			home = w.Book.Sheets[n].Name
			f.lost = w.SheetsLost[Fold(home)]
			if now := w.sheetNumber(n); now != n {
				w.replace(a.Value, strconv.Itoa(now))
			}
		}
	}
	x := w.held()
	now, ok := w.NameFormula(name, x.text, home)
	if !ok && IsBuiltIn(name) {
		now, ok = w.parts(x.text, home)
	}
	if f.lost = f.lost || !ok && w.IsCopy; f.lost {
		w.NamesLost[Fold(name)] = true
	} else if now != x.text {
		w.replace(x.at, xmlpart.EscapeText(now))
	}
}

// sheetNumber is where the sheet n stands among those that stay.
func (p *Plan) sheetNumber(n int) int {
	now := n
	for _, sp := range p.Book.Sheets[:n] {
		if p.SheetsLost[Fold(sp.Name)] {
			now--
		}
	}
	return now
}

// parts is what is left of a list of ranges: print titles and print areas are such.
func (p *Plan) parts(f, home string) (now string, ok bool) {
	var left []string
	for _, part := range strings.Split(f, ",") {
		if text, ok := p.Formula(part, home); ok {
			left = append(left, text)
		}
	}
	return strings.Join(left, ","), len(left) > 0
}
