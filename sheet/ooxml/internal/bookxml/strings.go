package bookxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// SharedStrings is the workbook's table of texts, read once.
func (b *Book) SharedStrings() ([]string, error) {
	return b.Strings.Do(func() ([]string, error) {
		if b.StringsPart == "" {
			return nil, nil
		}
		s, err := b.Scan(b.StringsPart)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		list, struck, err := sheetxml.ReadStrings(s, b.MaxText)
		b.struck = struck
		if err != nil {
			return nil, opc.Damaged(b.StringsPart, err)
		}
		return list, nil
	})
}

// StruckTexts are, by number, the shared strings with struck-out runs: what of
// each is not struck out. Call it after SharedStrings has returned.
func (b *Book) StruckTexts() map[int]string { return b.struck }
