package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// ledger of n rows, as different from each other as real ones are.
func ledgerOf(n int) merge.State {
	t := &table.Table{Kind: "tasks", Sheet: "台账"}
	for _, k := range []string{"number", "title", "lead", "deadline", "status", "progress", "remark"} {
		t.Columns = append(t.Columns, table.Column{Key: k, Field: k, Heading: "《" + k + "》"})
	}
	for i := range n {
		t.Rows = append(t.Rows, table.Row{ID: fmt.Sprintf("r%06d", i), Section: fmt.Sprint("第", i/50, "类"),
			Values: []string{
				fmt.Sprint(i + 1), fmt.Sprintf("推进第%d号事项，规范流程%x", i*7919%n, i*104729), fmt.Sprint("单位", i%37),
				fmt.Sprintf("2022-%02d-%02d", 1+i%12, 1+i%28), []string{"未启动", "推进中",
					"已完成"}[i%3], fmt.Sprintf("已开展%d次，形成材料%x份", i%9, i*31337), "",
			}})
	}
	return merge.State{Tables: []*table.Table{t}}
}

// with is st with one value changed; st stays as it is.
func with(st merge.State, row, col int, v string) merge.State {
	t := *st.Tables[0]
	t.Rows = append([]table.Row(nil), t.Rows...)
	t.Rows[row].Values = append([]string(nil), t.Rows[row].Values...)
	t.Rows[row].Values[col] = v
	out := merge.State{Tables: append([]*table.Table(nil), st.Tables...)}
	out.Tables[0] = &t
	return out
}

func drawState(t *rapid.T) merge.State {
	word := rapid.StringMatching(`[a-c甲乙]{0,3}`)
	var st merge.State
	for i := range rapid.IntRange(0, 3).Draw(t, "tables") {
		tb := &table.Table{Kind: rapid.SampledFrom([]string{"tasks", "units"}).Draw(t, "kind"),
			Sheet: fmt.Sprint("表", i)}
		keys := rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t,
			"keys")[:rapid.IntRange(0, 4).Draw(t, "columns")]
		for _, k := range keys {
			tb.Columns = append(tb.Columns, table.Column{Key: k, Field: word.Draw(t, "field"),
				Heading: word.Draw(t, "heading")})
		}
		ids := rapid.Permutation([]string{"1", "2", "3", "4", "5", "6"}).Draw(t,
			"ids")[:rapid.IntRange(0, 6).Draw(t, "rows")]
		for _, id := range ids {
			row := table.Row{ID: id, Section: word.Draw(t, "section"), Values: make([]string, len(keys))}
			for c := range row.Values {
				row.Values[c] = word.Draw(t, "value")
			}
			tb.Rows = append(tb.Rows, row)
		}
		st.Tables = append(st.Tables, tb)
	}
	return st
}

// same compares what is kept, nil and empty alike.
func same(a, b merge.State) string {
	return cmp.Diff(flat(a), flat(b))
}

func flat(st merge.State) []string {
	var out []string
	for _, t := range st.Tables {
		out = append(out, fmt.Sprintf("%s|%s", t.Kind, t.Sheet))
		for _, c := range t.Columns {
			out = append(out, fmt.Sprintf("column %q %q %q", c.Key, c.Field, c.Heading))
		}
		for _, r := range t.Rows {
			out = append(out, fmt.Sprintf("row %q %q %q", r.ID, r.Section, r.Values))
		}
	}
	return out
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// quick is the real file system without flushing, which is what makes it slow.
type quick struct{ disk }

func (quick) SyncDir(string) error { return nil }

func (quick) WriteTemp(dir string, data []byte, mode fs.FileMode) (string, error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return "", err
	}
	f.Chmod(mode)
	f.Write(data)
	return f.Name(), f.Close()
}

func openQuick(dir string) (*Store, error) { return open(dir, Options{}, quick{}) }

var day = time.Date(2022, 6, 1, 9, 0, 0, 0, time.UTC)

// flaky is a file system whose machine stops: operation number stop fails
// without effect (or, if it writes a file and torn is set, after half of it),
// and so does everything after it.
type flaky struct {
	quick
	left int // operations until it stops; negative: never
	torn bool
}

var errStopped = errors.New("machine stopped")

func (f *flaky) step() error {
	if f.left == 0 {
		return errStopped
	}
	if f.left > 0 {
		f.left--
	}
	return nil
}

func (f *flaky) WriteTemp(dir string, data []byte, mode fs.FileMode) (string, error) {
	if err := f.step(); err != nil {
		if f.torn {
			os.WriteFile(filepath.Join(dir, tempPrefix+"torn"), data[:len(data)/2], 0o600)
		}
		return "", err
	}
	return f.quick.WriteTemp(dir, data, mode)
}

func (f *flaky) Rename(from, to string) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.quick.Rename(from, to)
}

func (f *flaky) MkdirAll(name string, mode fs.FileMode) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.quick.MkdirAll(name, mode)
}

func (f *flaky) Remove(name string) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.quick.Remove(name)
}

func (f *flaky) SyncDir(name string) error {
	if err := f.step(); err != nil {
		return err
	}
	return f.quick.SyncDir(name)
}

func files(t testing.TB, dir string) (size int64, n int) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			t.Fatal(err)
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			size, n = size+info.Size(), n+1
		}
		return nil
	})
	return size, n
}
