package ooxml

import (
	"errors"
	"testing"
)

// LibreOffice and openpyxl read the last of two parts of one name, others the
// first: an edit of either would be invisible to somebody.
func TestTwoPartsOfOneNameAreRefused(t *testing.T) {
	_, err := Read("a.xlsx", zipOf(t, "xl/worksheets/sheet1.xml", "<worksheet/>", "xl/worksheets/sheet1.xml", "<worksheet> </worksheet>"), Options{})
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
	// Some programs write folders as entries, and more than once.
	if _, err := openContainer("a.xlsx", zipOf(t, "xl/", "", "xl/", "", "xl/a.xml", "<a/>"), Limits{}); err != nil {
		t.Error(err)
	}
}
