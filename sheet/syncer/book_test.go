package syncer

import "testing"

func TestAMangledStampIsReadAsItWas(t *testing.T) {
	for in, want := range map[string]string{"": "", "财政局": "财政局", "è´¢æ\u0094¿å±\u0080": "财政局", "Finance": "Finance", "Château": "Château"} {
		if got := unmangled(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
