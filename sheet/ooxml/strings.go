package ooxml

import (
	"errors"
	"io/fs"

	"taizhang/sheet/ooxml/internal/sheetxml"
)

// sharedStrings is the workbook's table of texts, read once.
func (w *Workbook) sharedStrings() ([]string, error) {
	return w.book.strings.do(func() ([]string, error) {
		if w.book.stringsPart == "" {
			return nil, nil
		}
		s, err := w.pkg.Scan(w.book.stringsPart)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		list, struck, err := sheetxml.ReadStrings(s, w.opt.Limits.orDefault().Text)
		w.book.struck = struck
		if err != nil {
			return nil, w.damagedPart(w.book.stringsPart, err)
		}
		return list, nil
	})
}
