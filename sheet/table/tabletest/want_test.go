package tabletest

import "testing"

func TestEveryLedgerHasAnExpectation(t *testing.T) {
	wants := Load(t)
	if len(wants) < 12 {
		t.Errorf("%d ledgers, want at least a dozen", len(wants))
	}
	for _, w := range wants {
		if w.MadeBy == "" || w.About == "" || len(w.Tables)+len(w.Bare) == 0 {
			t.Errorf("%s: says too little", w.Name)
		}
	}
}
