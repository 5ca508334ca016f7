package msg

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// Every file of the catalogue is read the quick way, and says what it says as
// YAML.
func TestCatalogueReadsAsTheYAMLThatItIs(t *testing.T) {
	names, err := fs.Glob(catalog, "catalog/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	for _, name := range names {
		data, err := catalog.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := readFlat(string(data))
		if !ok {
			t.Errorf("%s is not written as readFlat reads it", name)
			continue
		}
		want := map[string]any{}
		if err := yaml.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: as YAML (-) and as it was read (+):\n%s", name, diff)
		}
	}
}

func TestReadFlatGivesUpWhereYAMLMeansMore(t *testing.T) {
	for _, data := range []string{
		"\"k\": plain\n", "k: \"v\"\n", "\"k\": \"v\" # comment\n", "\"k\": 'v'\n", "\"k\":\n  \"l\": \"v\"\n",
		"\"k\": \"a\n  b\"\n",
		"\"k\": \"v\"\n\"k\": \"w\"\n", "\"k\": >\n  v\n", "\"k\": |\n    v\n", "\"k\": |\n", "- \"v\"\n",
		"\"k\": `v`\n", "\"k\": \"\\e\"\n", " \"k\": \"v\"\n",
	} {
		if got, ok := readFlat(data); ok {
			t.Errorf("readFlat(%q) = %v", data, got)
		}
	}
}
