//go:build e2e

package tui

import (
	"path/filepath"
	"testing"
)

// The papers of the end of a period are made from the palette and stand beside
// the ledger; what the report's sheet added can be undone.
func TestPapersAreMadeOnScreen(t *testing.T) {
	m, path := demo(t, 80, 24)
	for _, paper := range [][2]string{{"写上月通报", "已写通报"}, {"写年度报告", "已写年度报告"}, {"建立下一年", "已建立下一年的台账"}} {
		m.Keys("F9")
		m.Type(paper[0])
		m.Keys("Enter")
		m.Shows(paper[1])
	}
	m.Keys("C-z")
	m.Shows("已撤销")
	m.Keys("q")
	m.Shows("\nTHE END")
	for _, pattern := range []string{"*通报.docx", "*年度报告.docx", "*年度报告.xlsx", "*年台账.xlsx"} {
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(path), pattern)); len(found) != 1 {
			t.Errorf("%s: %v", pattern, found)
		}
	}
}
