//go:build e2e

package programs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger/ledgertest"
)

// layoutsTried is how many of the drawn lists each program writes.
const layoutsTried = 12

// TestE2ELayoutsFromSeveralPrograms has each program that is installed write the same
// lists, and wants them read alike whoever wrote them.
func TestE2ELayoutsFromSeveralPrograms(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "taizhang")
	if out, err := exec.Command("go", "build", "-o", bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	all := installed(t)
	makers := 0
	for _, p := range all {
		if p.makes {
			makers++
		}
	}
	if makers < 4 {
		t.Logf("only %d of the programs that write workbooks are installed", makers)
	}
	for _, d := range drawnBooks(t) {
		t.Run(d.name, func(t *testing.T) {
			var first reading
			var by string
			for _, p := range all {
				if !p.makes {
					continue
				}
				dir := filepath.Join(t.TempDir(), p.name)
				if err := os.Mkdir(dir, 0o777); err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(dir, "list.xlsx")
				if _, err := p.do(request{Do: "make", File: file, Book: d.book}); err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				got, err := readList(bin, file)
				if err != nil {
					t.Fatalf("%s: %v", p.name, err)
				}
				if by == "" {
					first, by = got, p.name
				} else if diff := cmp.Diff(first, got); diff != "" {
					t.Errorf("what %s wrote (-) is read otherwise than what %s wrote (+):\n%s", by, p.name, diff)
				}
			}
		})
	}
}

// reading is what taizhang says of a list.
type reading struct{ Check, Tasks any }

func readList(bin, file string) (r reading, err error) {
	for verb, into := range map[string]*any{"check": &r.Check, "tasks": &r.Tasks} {
		cmd := exec.Command(bin, verb, filepath.Base(file), "--json", "--today", "2024-07-15", "--lang", "zh")
		cmd.Dir = filepath.Dir(file)
		out, err := cmd.Output()
		if err != nil && len(out) == 0 {
			*into = fmt.Sprint(err) // a list that is no task list has no tasks to print
			continue
		}
		if err := json.Unmarshal(out, into); err != nil {
			return r, err
		}
	}
	return r, nil
}

type drawn struct {
	name string
	book *book
}

// drawnBooks are some of the lists that sheet/ledger draws: spread over the
// alphabet, of those that need nothing which the programs here cannot write.
func drawnBooks(t *testing.T) (tried []drawn) {
	files, err := filepath.Glob("../../../sheet/ledger/testdata/layouts/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var fit []drawn
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if b := drawnBook(ledgertest.ParseList(string(text))); b != nil {
			fit = append(fit, drawn{strings.TrimSuffix(filepath.Base(file), ".txt"), b})
		}
	}
	if len(fit) < layoutsTried {
		t.Fatalf("%d lists", len(fit))
	}
	for i := range layoutsTried {
		tried = append(tried, fit[i*len(fit)/layoutsTried])
	}
	return tried
}

// drawnBook is nil for a list with hidden sheets or percentages.
func drawnBook(list ledgertest.KeptList) *book {
	b := &book{}
	for _, s := range list.Sheets {
		if s.Hidden {
			return nil
		}
		to := sheet{Name: s.Name}
		for _, m := range s.Merges {
			to.Merges = append(to.Merges, m[0]+":"+m[1])
		}
		for r, row := range s.Rows {
			cells := make([]any, len(row))
			for c, v := range row {
				switch v := v.(type) {
				case ledgertest.Share:
					return nil
				case time.Time:
					at, err := excelize.CoordinatesToCellName(c+1, r+1)
					if err != nil {
						return nil
					}
					cells[c] = map[string]any{"date": v.Format(time.DateOnly)}
					to.Styles = append(to.Styles, [2]string{at + ":" + at, "day"})
				default:
					cells[c] = v
				}
			}
			to.Rows = append(to.Rows, cells)
		}
		b.Sheets = append(b.Sheets, to)
	}
	return b
}
