package ooxml_test

import (
	"errors"
	"testing"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// LibreOffice and openpyxl read the last of two parts of one name, others the
// first: an edit of either would be invisible to somebody.
func TestTwoPartsOfOneNameAreRefused(t *testing.T) {
	_, err := ooxml.Read("a.xlsx", ziptest.Of(t, "xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet1.xml",
		"<worksheet> </worksheet>"), ooxml.Options{})
	if !errors.Is(err, ooxml.ErrDamaged) {
		t.Errorf("%v", err)
	}
}
