package bookxml

import (
	"bytes"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Contents lists the cells of a row that hold something. A text without characters is
// nothing: programs leave those behind where somebody emptied a cell.
func (b *Book) Contents(d *sheetxml.Draft, row int) (list []sheetxml.CellSpan, err error) {
	i, ok := d.Find(row)
	if !ok {
		return nil, nil
	}
	cells, err := d.ReadRow(i)
	if err != nil {
		return nil, opc.Damaged(d.Part, err)
	}
	for _, c := range cells.Cells {
		hasContent, err := b.hasContent(d, c)
		if err != nil {
			return nil, err
		}
		if c.Formula || hasContent {
			list = append(list, c)
		}
	}
	return list, nil
}

func (b *Book) hasContent(d *sheetxml.Draft, c sheetxml.CellSpan) (bool, error) {
	if !c.Full {
		return false, nil
	}
	s := xmlpart.NewScanner(d.Data[c.Start:c.End])
	s.Next()
	shared := s.Value("t") == "s"
	text := s.Content(nil)
	if !shared || len(text) == 0 {
		return len(text) > 0, nil
	}
	list, err := b.SharedStrings()
	if err != nil {
		return false, err
	}
	n, ok := xmlpart.Number(bytes.TrimSpace(text))
	return !ok || n >= len(list) || list[n] != "", nil
}
