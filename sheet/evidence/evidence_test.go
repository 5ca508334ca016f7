package evidence_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/evidence"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// recorded is a ledger with one task and these entries of evidence.
func recorded(entries ...map[string]string) *ledger.Ledger {
	columns := func(kind string, keys ...string) *table.Table {
		t := &table.Table{Kind: kind, Sheet: kind}
		for _, k := range keys {
			t.Columns = append(t.Columns, table.Column{Key: k, Field: k, Heading: k})
		}
		return t
	}
	tasks := columns(ledger.KindTasks, "number", "title", "lead", "status")
	tasks.Rows = []table.Row{{ID: "task0001", Values: []string{"1", "甲事", "财政局", "推进中"}}}
	record := columns(ledger.KindSupervision, ledger.ActDate, ledger.ActTask, ledger.ActUnit, ledger.ActKindOf,
		ledger.ActContent, ledger.ActResult)
	for i, e := range entries {
		record.Rows = append(record.Rows, table.Row{ID: fmt.Sprintf("entry%03d", i),
			Values: []string{"2022-05-01", "1 甲事 #task0001", "财政局", "佐证", e[ledger.ActContent], e[ledger.ActResult]}})
	}
	return ledger.Build([]*table.Table{tasks, record}, ledger.Options{Today: due.Date(2022, 6, 1), Year: 2022})
}

// home is a folder with a ledger in it.
func home(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	put(t, path, "a ledger")
	return path
}

func put(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func keep(t testing.TB, ledgerPath, file string) evidence.Kept {
	t.Helper()
	k, err := evidence.Keep(ledgerPath, file)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func kept(ledgerPath string, k evidence.Kept) string {
	return filepath.Join(filepath.Dir(ledgerPath), filepath.FromSlash(k.Name))
}

func TestFilesOfOneNameAreAllKept(t *testing.T) {
	path, from := home(t), t.TempDir()
	a := keep(t, path, put(t, filepath.Join(from, "a", "规划.pdf"), "one"))
	b := keep(t, path, put(t, filepath.Join(from, "b", "规划.pdf"), "two"))
	again := keep(t, path, filepath.Join(from, "a", "规划.pdf"))
	if a.Name != "佐证材料/台账/规划.pdf" || b.Name != "佐证材料/台账/规划(2).pdf" || again != a {
		t.Errorf("%v, %v, %v", a, b, again)
	}
	for k, want := range map[evidence.Kept]string{a: "one", b: "two"} {
		if got, err := os.ReadFile(kept(path, k)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", k.Name, got, err)
		}
	}
	// What stood there and is changed by now is no reason to overwrite it.
	put(t, kept(path, a), "changed since")
	if c := keep(t, path, filepath.Join(from, "a", "规划.pdf")); c.Name != "佐证材料/台账/规划(3).pdf" {
		t.Errorf("%v", c)
	}
	if got, _ := os.ReadFile(kept(path, a)); string(got) != "changed since" {
		t.Errorf("it was overwritten: %q", got)
	}
}

func TestAMissingOrChangedFileIsSaid(t *testing.T) {
	path := home(t)
	var entries []map[string]string
	var list []evidence.Kept
	for _, name := range []string{"全.pdf", "改.pdf", "丢.pdf", "夹.pdf"} {
		k := keep(t, path, put(t, filepath.Join(t.TempDir(), name), name))
		list, entries = append(list, k), append(entries, k.Values("1"))
	}
	put(t, kept(path, list[1]), "other")
	for _, k := range list[2:] {
		if err := os.Remove(kept(path, k)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(kept(path, list[3]), "里面"), "a folder in its place")
	want := []evidence.State{evidence.Whole, evidence.Changed, evidence.Missing, evidence.Hidden}
	for i, f := range evidence.Files(recorded(entries...), path) {
		if f.State != want[i] || f.Text().In(msg.ZH) == "" {
			t.Errorf("%s: %s, want %s", f.Name, f.State, want[i])
		}
	}
}

// Whatever the record says, only the folder beside the ledger is read.
func TestTheRecordLeadsNowhereElse(t *testing.T) {
	path := home(t)
	dir := filepath.Dir(path)
	k := keep(t, path, put(t, filepath.Join(t.TempDir(), "x.pdf"), "secret"))
	outside := put(t, filepath.Join(t.TempDir(), "外.pdf"), "secret")
	put(t, filepath.Join(dir, "别处.pdf"), "secret")
	names := []string{"../" + filepath.Base(filepath.Dir(outside)) + "/外.pdf", outside, "佐证材料/../别处.pdf", "别处.pdf",
		"佐证材料/台账/../../../外.pdf", "", "佐证材料", "佐证材料/"}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(outside, filepath.Join(dir, "佐证材料", "台账", "链接.pdf")); err != nil {
			t.Fatal(err)
		}
		names = append(names, "佐证材料/台账/链接.pdf")
	}
	for _, name := range names {
		values := k.Values("1")
		values[ledger.ActContent] = name
		if name == "" {
			values[ledger.ActContent] = " "
		}
		files := evidence.Files(recorded(values), path)
		if len(files) != 1 || files[0].State == evidence.Whole || files[0].State == evidence.Changed {
			t.Errorf("%q: %+v", name, files)
		}
	}
}

func TestWhatCannotBeKeptIsRefusedInASentence(t *testing.T) {
	path := home(t)
	refused := func(what, file string) {
		t.Helper()
		_, err := evidence.Keep(path, file)
		var said *msg.Error
		if !errors.Is(err, evidence.ErrFile) || !errors.As(err, &said) || said.Text.In(msg.ZH) == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	dir := t.TempDir()
	refused("missing", filepath.Join(dir, "没有.pdf"))
	refused("a folder", dir)
	huge := put(t, filepath.Join(dir, "大.zip"), "")
	if err := os.Truncate(huge, 513<<20); err != nil {
		t.Fatal(err)
	}
	refused("huge", huge)
	file := put(t, filepath.Join(dir, "好.pdf"), "x")
	put(t, filepath.Join(filepath.Dir(path), "佐证材料"), "a file in place of the folder")
	refused("no folder", file)
	path = home(t)
	if runtime.GOOS != "windows" {
		if err := os.Symlink(dir, filepath.Join(filepath.Dir(path), "佐证材料")); err != nil {
			t.Fatal(err)
		}
		refused("a folder elsewhere", file)
	}
	if path = home(t); runtime.GOOS != "windows" && os.Geteuid() != 0 {
		if err := os.Chmod(filepath.Dir(path), 0o555); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(filepath.Dir(path), 0o755) // so that it can be removed
		refused("a folder that cannot be written to", file)
	}
}

// Whatever files are called and hold, each is kept under a name of its own in the folder,
// with its own bytes, and is found whole.
func TestWhateverIsKeptIsFoundWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		path := put(t, filepath.Join(dir, "台账.xlsx"), "a ledger")
		name := rapid.StringMatching(`[规划abA .#(){}'&-]{1,8}(\.[a-zA-Z0-9]{1,4}|\.[ 中]{1,3})?`)
		var entries []map[string]string
		var held [][]byte
		for i := range rapid.IntRange(1, 6).Draw(rt, "files") {
			file := strings.TrimRight(name.Draw(rt, "name"), " .")
			if file == "" {
				file = "x"
			}
			text := rapid.SampledFrom([]string{"", "one", "two", "three"}).Draw(rt, "text")
			k, err := evidence.Keep(path, put(t, filepath.Join(dir, "from", fmt.Sprint(i), file), text))
			if err != nil {
				rt.Fatal(err)
			}
			entries, held = append(entries, k.Values("1")), append(held, []byte(text))
			if got, err := os.ReadFile(kept(path, k)); err != nil || !bytes.Equal(got, held[i]) {
				rt.Fatalf("%s: %q, %v", k.Name, got, err)
			}
		}
		files := evidence.Files(recorded(entries...), path)
		if len(files) != len(entries) {
			rt.Fatalf("%d of %d", len(files), len(entries))
		}
		for i, f := range files {
			if f.State != evidence.Whole {
				rt.Fatalf("%s is %s", f.Name, f.State)
			}
			if got, _ := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Name))); !bytes.Equal(got, held[i]) {
				rt.Fatalf("%s holds %q, want %q", f.Name, got, held[i])
			}
		}
	})
}
