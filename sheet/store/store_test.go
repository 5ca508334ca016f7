package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRevisionReadsBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s := must(Open(dir, Options{}))
	a := ledgerOf(5)
	first := must(s.Put(Revision{Time: day, Author: "王", Source: "workbook"}, a))
	b := with(a, 2, 4, "销号")
	c := Conflict{ID: "c1", Kind: "tasks", Row: "r000002", Key: "status", Base: "x", Mine: "y", Theirs: "z", Since: day}
	second := must(s.Put(Revision{Parents: []string{first}, Time: day.Add(time.Hour), Author: "李",
		Opened: []Conflict{c},
		Copies: []Copy{{File: "财政局.xlsx", Sum: "s", By: "stamp"}}}, b))

	s = must(Open(dir, Options{Existing: true}))
	r := must(s.Get(second))
	if r.Author != "李" || len(r.Parents) != 1 || r.Parents[0] != first || len(r.Opened) != 1 || r.Opened[0] != c ||
		r.Copies[0].File != "财政局.xlsx" {
		t.Errorf("%+v", r)
	}
	if d := same(b, must(s.Content(second))); d != "" {
		t.Error(d)
	}
	if d := same(a, must(s.Content(first))); d != "" {
		t.Error(d)
	}
	changes := must(s.Changes(second))
	if len(changes) != 1 || changes[0] != (Change{Kind: "tasks", Row: "r000002", Key: "status", From: "已完成",
		To: "销号"}) {
		t.Errorf("%+v", changes)
	}
	heads, damage, err := s.Heads()
	if err != nil || len(damage) != 0 || len(heads) != 1 || heads[0] != second {
		t.Error(heads, damage, err)
	}
	if must(s.Find(second[:8])) != second {
		t.Error("not found by prefix")
	}
	if _, err := s.Find("zzzz"); !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
}

// The documented promise: the name is the SHA-256 of the first line, as any
// other program finds it.
func TestNameIsTheSumOfTheRecord(t *testing.T) {
	s := must(Open(t.TempDir(), Options{}))
	id := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	data := must(os.ReadFile(s.revisionFile(id)))
	line, _, _ := bytes.Cut(data, []byte("\n"))
	h := sha256.Sum256(line)
	if hex.EncodeToString(h[:]) != id {
		t.Error("name is not the sum of the record")
	}
}

func TestPutAgainChangesNothing(t *testing.T) {
	s := must(Open(t.TempDir(), Options{}))
	r := Revision{Time: day, Author: "王"}
	id := must(s.Put(r, ledgerOf(4)))
	before := must(os.Stat(s.revisionFile(id)))
	if again := must(s.Put(r, ledgerOf(4))); again != id {
		t.Error("another id")
	}
	if after := must(os.Stat(s.revisionFile(id))); !os.SameFile(before, after) {
		t.Error("the file was written again")
	}
	if _, err := s.Put(r, with(ledgerOf(4), 0, 0, "")); err != nil {
		t.Error(err)
	}
	st := ledgerOf(2)
	st.Tables[0].Rows[1].ID = st.Tables[0].Rows[0].ID
	if _, err := s.Put(r, st); err == nil {
		t.Error("two rows of one id were taken")
	}
}

func TestSizeGrowsWithTheChanges(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	st := ledgerOf(3000)
	id := must(s.Put(Revision{Time: day}, st))
	whole, _ := files(t, s.dir)
	rnd := rand.New(rand.NewPCG(1, 2))
	const edits = 200
	for i := range edits {
		st = with(st, rnd.IntN(3000), 5, "进展更新"+strings.Repeat("甲", rnd.IntN(9)))
		id = must(s.Put(Revision{Parents: []string{id}, Time: day.Add(time.Duration(i) * time.Minute)}, st))
	}
	all, n := files(t, s.dir)
	if n > edits+4 {
		t.Errorf("%d files for %d edits", n, edits)
	}
	if per := (all - whole) / edits; per > 1500 {
		t.Errorf("%d bytes for each edit", per)
	}
	s = must(openQuick(s.dir))
	if d := same(st, must(s.Content(id))); d != "" {
		t.Error(d)
	}
}

func TestDamageIsReportedAndWorkedAround(t *testing.T) {
	for name, harm := range map[string]func(string){
		"bit flipped in the record":  func(f string) { flip(f, 5) },
		"bit flipped in the content": func(f string) { flip(f, -5) },
		"cut off": func(f string) {
			d := must(os.ReadFile(f))
			os.WriteFile(f, d[:len(d)/2],
				0o644)
		},
		"empty": func(f string) { os.WriteFile(f, nil, 0o644) },
		"gone":  func(f string) { os.Remove(f) },
	} {
		t.Run(name, func(t *testing.T) {
			s := must(openQuick(t.TempDir()))
			a := ledgerOf(60)
			first := must(s.Put(Revision{Time: day}, a))
			b := with(a, 0, 5, "乙")
			second := must(s.Put(Revision{Parents: []string{first}, Time: day.Add(1)}, b))
			harm(s.revisionFile(second))

			s = must(openQuick(s.dir))
			_, err := s.Content(second)
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrMissing) {
				t.Fatal("damage was read:", err)
			}
			if !strings.Contains(err.Error(), second) {
				t.Errorf("%q does not name the file", err)
			}
			heads, _, err := s.Heads()
			if err != nil || len(heads) != 1 {
				t.Fatal(heads, err)
			}
			at, st, _, err := s.Nearest(heads[0])
			if err != nil || at != first || same(st, a) != "" {
				t.Errorf("nearest: %v %v", at, err)
			}
			// The next revision does not lean on what is damaged.
			c := with(b, 1, 5, "丙")
			third := must(s.Put(Revision{Parents: []string{second}, Time: day.Add(2)}, c))
			s = must(openQuick(s.dir))
			if d := same(c, must(s.Content(third))); d != "" {
				t.Error(d)
			}
			// Putting it again heals it.
			if again := must(s.Put(Revision{Parents: []string{first}, Time: day.Add(1)}, b)); again != second {
				t.Fatal("another id")
			}
			s = must(openQuick(s.dir))
			if d := same(b, must(s.Content(second))); d != "" {
				t.Error(d)
			}
		})
	}
}

func flip(file string, at int) {
	d := must(os.ReadFile(file))
	if at < 0 {
		at += len(d)
	}
	d[at] ^= 0x10
	must(0, os.WriteFile(file, d, 0o644))
}

func TestSeveralWritersOnOneFolder(t *testing.T) {
	dir := t.TempDir()
	root := must(must(openQuick(dir)).Put(Revision{Time: day}, ledgerOf(20)))
	var wg sync.WaitGroup
	const writers, each = 4, 15
	for w := range writers {
		wg.Go(func() {
			s := must(openQuick(dir))
			parent := root
			for i := range each {
				parent = must(s.Put(Revision{Parents: []string{parent}, Author: string(rune('A' + w)),
					Time: day.Add(time.Duration(i))},
					with(ledgerOf(20), w, 5, strings.Repeat("x", i+1))))
			}
		})
	}
	wg.Wait()
	s := must(openQuick(dir))
	heads, damage, err := s.Heads()
	if err != nil || len(damage) > 0 || len(heads) != writers {
		t.Fatal(heads, damage, err)
	}
	if all, _, _ := s.List(); len(all) != 1+writers*each {
		t.Error(len(all))
	}
}

func TestTwoMachinesMakeTheStoreAtOnce(t *testing.T) {
	dir := t.TempDir()
	a := must(Open(dir, Options{Ledger: "bbbb"}))
	b := must(Open(dir, Options{Ledger: "aaaa"}))
	if a.Ledger() != "bbbb" || b.Ledger() != "aaaa" || !b.Knows("bbbb") {
		t.Error(a.Ledger(), b.Ledger())
	}
	if c := must(openQuick(dir)); c.Ledger() != "aaaa" || !c.Knows("bbbb") {
		t.Error(c.Ledger())
	}
	if _, err := Open(dir, Options{Ledger: "../x"}); err == nil {
		t.Error("an identity that is a path was taken")
	}
}

func TestReadOnlyWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrNoStore) {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("folder was made")
	}
	s := must(openQuick(dir))
	id := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	_, before := files(t, dir)
	s = must(Open(dir, Options{ReadOnly: true}))
	next := must(s.Put(Revision{Time: day, Parents: []string{id}}, ledgerOf(3)))
	if heads, _, err := s.Heads(); err != nil || len(heads) != 1 || heads[0] != next {
		t.Error(heads, err)
	}
	if d := same(ledgerOf(3), must(s.Content(next))); d != "" {
		t.Error(d)
	}
	if err := s.Backup(nil, ".xlsx", day, 3); !errors.Is(err, ErrStoreReadOnly) {
		t.Error(err)
	}
	s.Content(id)
	s.Cache("x", nil)
	if _, after := files(t, dir); after != before {
		t.Error("something was written")
	}
}

func TestModesAreNoWiderThanTheWorkbooks(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("modes of Unix")
	}
	dir := filepath.Join(t.TempDir(), "s")
	s := must(Open(dir, Options{Mode: 0o660}))
	id := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	if m := must(os.Stat(s.revisionFile(id))).Mode().Perm(); m != 0o660 {
		t.Errorf("file %o", m)
	}
	if m := must(os.Stat(filepath.Dir(s.revisionFile(id)))).Mode().Perm(); m != 0o770 {
		t.Errorf("folder %o", m)
	}
}

func TestBackupsRotate(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	for i := range 40 {
		must(0, s.Backup([]byte{byte(i)}, ".xlsx", day.Add(time.Duration(i)*6*time.Hour), 8))
	}
	have := must(s.Backups())
	if len(have) != 8 {
		t.Fatal(len(have))
	}
	if !have[0].Time.Equal(day.Add(39*6*time.Hour)) || must(os.ReadFile(have[0].Path))[0] != 39 {
		t.Error("newest is not the last one")
	}
	if span := have[0].Time.Sub(have[7].Time); span < 4*24*time.Hour {
		t.Error("older ones are not one a day:", span)
	}
	must(0, s.Backup([]byte{39}, ".xlsx", day.Add(1000*time.Hour), 8))
	if again := must(s.Backups()); len(again) != 8 {
		t.Error("the same workbook was kept twice")
	}
}

func TestIndexMayBeLostOrDamaged(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	parent := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	for i := range 2 * indexEvery {
		parent = must(s.Put(Revision{Time: day.Add(time.Duration(i)), Parents: []string{parent}}, ledgerOf(2)))
		s.Heads()
	}
	index := s.path(indexFile)
	for name, harm := range map[string]func(){
		"whole":   func() {},
		"flipped": func() { flip(index, 100) },
		"foreign": func() { os.WriteFile(index, []byte("no index\n"+strings.Repeat("x", 90)+"\n"), 0o644) },
		"gone":    func() { os.Remove(index) },
	} {
		harm()
		s := must(openQuick(s.dir))
		if heads, damage, err := s.Heads(); err != nil || len(damage) > 0 || len(heads) != 1 || heads[0] != parent {
			t.Error(name, heads, damage, err)
		}
	}
}

func TestCacheIsVerified(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	s.Cache("history", []byte("abc"))
	if string(s.Cached("history")) != "abc" {
		t.Error("not kept")
	}
	flip(s.path(cacheDir, "history"), -1)
	if s.Cached("history") != nil {
		t.Error("damage was read")
	}
}

func TestStampedIsRemembered(t *testing.T) {
	s := must(Open(t.TempDir(), Options{}))
	id := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	if len(s.Stamped()) != 0 {
		t.Error("stamped before it was")
	}
	must(0, s.MarkStamped(id))
	must(0, s.MarkStamped(id))
	if got := must(Open(s.dir, Options{ReadOnly: true})).Stamped(); len(got) != 1 || !got[id] {
		t.Error(got)
	}
	if err := s.MarkStamped("../x"); !errors.Is(err, ErrMissing) {
		t.Error(err)
	}
}

func TestInMemory(t *testing.T) {
	s := InMemory()
	first := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	second := must(s.Put(Revision{Time: day.Add(1), Parents: []string{first}}, with(ledgerOf(2), 0, 5, "x")))
	heads, _, err := s.Heads()
	if err != nil || len(heads) != 1 || heads[0] != second || len(must(s.Changes(second))) != 1 {
		t.Error(heads, err)
	}
	if d := same(ledgerOf(2), must(s.Content(first))); d != "" {
		t.Error(d)
	}
	// The id is the one that it would have on disk.
	if onDisk := must(must(Open(t.TempDir(), Options{})).Put(Revision{Time: day}, ledgerOf(2))); onDisk != first {
		t.Error("another id")
	}
}

// A file whose parts are whole each for itself, but not one another's, is not
// read either.
func TestContentOfAnotherRevisionIsNotRead(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	a := ledgerOf(60)
	first := must(s.Put(Revision{Time: day}, a))
	other := must(s.Put(Revision{Time: day.Add(1)}, with(a, 0, 5, "乙")))
	f, o := must(s.readFile(first)), must(s.readFile(other))
	f.state = o.state
	if err := os.WriteFile(s.revisionFile(first), must(f.bytes()), 0o644); err != nil {
		t.Fatal(err)
	}
	s = must(openQuick(s.dir))
	if _, err := s.Content(first); !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
}

// A store for later leaves nothing behind until it begins, and then holds all
// that was put.
func TestAStoreForLaterLeavesNothingUntilItBegins(t *testing.T) {
	folder := t.TempDir()
	dir := filepath.Join(folder, "history", "台账.xlsx")
	open := func() *Store { return must(Open(dir, Options{Later: true, Ledger: "led"})) }
	s, other := open(), open()
	first := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	second := must(s.Put(Revision{Time: day.Add(1), Parents: []string{first}}, with(ledgerOf(2), 0, 5, "x")))
	must(other.Put(Revision{Time: day}, ledgerOf(2)))
	if left := must(os.ReadDir(folder)); len(left) > 0 || s.Begun() || s.Ledger() != "" || !s.Knows("led") {
		t.Fatalf("%v, begun %v, ledger %q", left, s.Begun(), s.Ledger())
	}
	for range 2 {
		must(0, s.Begin())
	}
	if !s.Begun() || s.Ledger() != "led" {
		t.Errorf("begun %v, ledger %q", s.Begun(), s.Ledger())
	}
	// Another that did not know of it lists nothing twice, and joins it.
	for range 2 {
		if all, _, err := other.List(); err != nil || len(all) != 2 {
			t.Errorf("%d revisions, %v", len(all), err)
		}
		must(0, other.Begin())
	}
	heads, damage, err := must(Open(dir, Options{})).Heads()
	if err != nil || len(damage) > 0 || len(heads) != 1 || heads[0] != second {
		t.Error(heads, damage, err)
	}
	if d := same(with(ledgerOf(2), 0, 5, "x"), must(must(Open(dir, Options{})).Content(second))); d != "" {
		t.Error(d)
	}
}

// Rounds of copies are kept, also what another machine sent; one that is damaged
// is as if it had never been.
func TestRoundsAreRemembered(t *testing.T) {
	s := must(Open(t.TempDir(), Options{}))
	other := must(Open(s.dir, Options{}))
	one := Round{Revision: sum([]byte("a")), Units: []string{"财政局"}, Time: day, Author: "王"}
	two := Round{Revision: sum([]byte("b")), Units: []string{"财政局", "项目办"}, Time: day.Add(time.Hour)}
	must(0, s.MarkSent(two))
	must(0, s.MarkSent(two))
	must(0, other.MarkSent(one))
	for _, x := range []*Store{s, other, must(Open(s.dir, Options{ReadOnly: true}))} {
		if d := cmp.Diff([]Round{one, two}, x.Rounds()); d != "" {
			t.Error(d)
		}
	}
	entries := must(os.ReadDir(s.path(sentDir)))
	for _, e := range entries {
		flip(s.path(sentDir, e.Name()), -1)
	}
	if got := must(Open(s.dir, Options{})).Rounds(); len(entries) != 2 || len(got) != 0 {
		t.Errorf("%d files, of which it reads %v", len(entries), got)
	}
}
