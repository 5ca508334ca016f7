package ooxml

import (
	"errors"
	"testing"

	"taizhang/sheet/ooxml/internal/ziptest"
)

// LibreOffice and openpyxl read the last of two parts of one name, others the
// first: an edit of either would be invisible to somebody.
func TestTwoPartsOfOneNameAreRefused(t *testing.T) {
	_, err := Read("a.xlsx", ziptest.Of(t, "xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet1.xml", "<worksheet> </worksheet>"), Options{})
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
}
