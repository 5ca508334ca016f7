package ledger

import "testing"

func TestATelephoneBehindANameIsThePhone(t *testing.T) {
	for in, want := range map[string][2]string{
		"张某 13900000001":               {"张某", "13900000001"},
		"张某（13900000001）":              {"张某", "13900000001"},
		"张某：0571-88880000":             {"张某", "0571-88880000"},
		"李某13900000002\n王某13900000003": {"李某\n王某", "13900000002、13900000003"},
		"张某":                           {"张某", ""},
		"13900000001":                  {"13900000001", ""},
		"第3小组 张某":                      {"第3小组 张某", ""},
		"":                             {"", ""},
	} {
		if name, phone := splitPhone(in); name != want[0] || phone != want[1] {
			t.Errorf("%q: %q %q", in, name, phone)
		}
	}
}
