//go:build e2e

package tui

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/tui/tmux"
)

// From the palette: a copy for every unit, which carries the ledger's stamp and
// comes back into the ledger.
func TestCopiesForTheUnitsAreMadeOnScreen(t *testing.T) {
	m := tmux.Open(t, 80, 24)
	m.Run("taizhang demo --dir demo; echo THE END")
	m.Shows("各牵头单位")
	m.Keys("F9")
	m.Type("拆分台账")
	m.Keys("Enter")
	m.Shows("个单位各拆一份台账") // the name of the folder may be parted at the end of a line
	m.Keys("q")
	m.Shows("\nTHE END")
	copies, _ := filepath.Glob(filepath.Join(m.Dir, "demo", "分发-*", "*.xlsx"))
	if len(copies) < 5 {
		t.Fatalf("copies: %v", copies)
	}
	for _, c := range copies {
		f, err := excelize.OpenFile(c)
		if err != nil {
			t.Fatal(err)
		}
		props, err := f.GetCustomProps()
		if err != nil {
			t.Fatal(err)
		}
		stamped := map[string]bool{}
		for _, p := range props {
			stamped[p.Name] = true
		}
		for _, name := range []string{"taizhang-ledger", "taizhang-revision", "taizhang-scope"} {
			if !stamped[name] {
				t.Errorf("%s has no %s: %v", filepath.Base(c), name, props)
			}
		}
		f.Close()
	}
	m.Run("clear; taizhang merge --ledger demo/*.xlsx demo/分发-*/*.xlsx; echo code=$?")
	m.Shows("code=0")
}
