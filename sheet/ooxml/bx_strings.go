package ooxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// sharedStrings is the workbook's table of texts, read once.
func (b *book) sharedStrings() ([]string, error) {
	return b.strings.do(func() ([]string, error) {
		if b.stringsPart == "" {
			return nil, nil
		}
		s, err := b.Scan(b.stringsPart)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		list, struck, err := sheetxml.ReadStrings(s, b.maxText)
		b.struck = struck
		if err != nil {
			return nil, opc.Damaged(b.stringsPart, err)
		}
		return list, nil
	})
}

// struckTexts are, by number, the shared strings with struck-out runs: what of
// each is not struck out. Only after sharedStrings has returned.
func (b *book) struckTexts() map[int]string { return b.struck }
