package theme

import (
	"reflect"
	"strings"
	"testing"
)

// The theme without colour sets no colour, and still tells the row under the
// cursor, the open tab and what is being typed from the rest.
func TestTheThemeWithoutColourHasNone(t *testing.T) {
	th := New("none", true)
	v := reflect.ValueOf(th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok {
			for _, colour := range []string{"38;", "48;", "[3", "[4m;", "[9"} {
				if strings.Contains(s.pre, colour) {
					t.Errorf("%s has colour: %q", v.Type().Field(i).Name, s.pre)
				}
			}
		}
	}
	for name, s := range map[string]Style{"cursor": th.Cursor, "tab": th.TabOn, "entry": th.Entry} {
		if s.On("x") == th.Text.On("x") {
			t.Errorf("%s looks like any text", name)
		}
	}
}

func TestEveryThemeIsKnownByItsName(t *testing.T) {
	for _, n := range Names[1:] {
		if got := New(n, true).Name; got != n {
			t.Errorf("%s is called %s", n, got)
		}
	}
	if New("auto", false).Name != "light" || New("", true).Name != "dark" || New("unheard of", true).Name != "dark" {
		t.Error("auto does not follow the terminal's background")
	}
}

func TestPaintingLeavesTheTextWhole(t *testing.T) {
	th := New("dark", true)
	if got := th.Bad.On("逾期"); !strings.Contains(got, "逾期") || !strings.HasPrefix(got, "\x1b[") ||
		!strings.HasSuffix(got, "m") {
		t.Errorf("%q", got)
	}
	if th.Bad.On("") != "" {
		t.Error("nothing was painted as something")
	}
}
