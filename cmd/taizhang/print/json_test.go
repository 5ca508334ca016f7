package print

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

// A list is printed item by item, as the standard library prints it whole.
func TestListIsPrintedLikeTheWholeDocument(t *testing.T) {
	type item struct {
		Name string   `json:"name"`
		List []string `json:"list"`
	}
	for _, names := range [][]string{{}, {"一"}, {"a<b>&", "\"二\"\n", "三\\"}} {
		whole := []item{}
		for _, n := range names {
			whole = append(whole, item{n, []string{n, ""}})
		}
		var want, got bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(whole); err != nil {
			t.Fatal(err)
		}
		if err := List(&got, names, func(n string) item { return item{n, []string{n, ""}} }); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%s\nnot\n%s", got.String(), want.String())
		}
	}
}

func TestListEscapesWhatIsHidden(t *testing.T) {
	var got bytes.Buffer
	if err := List(&got, []string{"甲\u202e\u009b乙"}, func(s string) string { return s }); err != nil {
		t.Fatal(err)
	}
	if want := "[\n  \"甲\\u202e\\u009b乙\"\n]\n"; got.String() != want {
		t.Errorf("%q, not %q", got.String(), want)
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func TestListTellsThatItCannotBeWritten(t *testing.T) {
	full := errors.New("full")
	if err := List(broken{full}, []int{1}, func(n int) int { return n }); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}
