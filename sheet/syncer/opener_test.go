package syncer

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// cellsOf are the values that somebody types, by heading, into one task.
type cellsOf map[string]string

// opens is the workbook as somebody opens it now, who saves it later under that
// name.
func opens(t *testing.T, path, by string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f.SetDocProps(&excelize.DocProperties{LastModifiedBy: by})
	return f
}

// saves is what they save: the document stays open in their program.
func saves(t *testing.T, path string, f *excelize.File, title string, typed cellsOf) {
	t.Helper()
	for h, v := range typed {
		setCell(t, f, title, h, v)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".lu2.tmp", data.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".lu2.tmp", path); err != nil {
		t.Fatal(err)
	}
}

func lockOf(path string) string {
	return filepath.Join(filepath.Dir(path), ".~lock."+filepath.Base(path)+"#")
}

// locks lays the owner file of LibreOffice beside the workbook.
func locks(t *testing.T, path, name string, since time.Time) {
	t.Helper()
	if err := os.WriteFile(lockOf(path), []byte(name+",login,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(lockOf(path), since, since); err != nil {
		t.Fatal(err)
	}
}

const opened = "更新领导信息"

// kept reports whether a value is in the ledger or in a conflict.
func kept(t *testing.T, s *Session, v string) bool {
	t.Helper()
	n := s.Snapshot()
	for _, x := range n.Ledger.Tasks {
		for _, c := range x.Row.Values {
			if c == v {
				return true
			}
		}
	}
	for _, c := range n.Conflicts {
		if c.Mine == v || c.Theirs == v {
			return true
		}
	}
	return false
}

// One has the workbook open, or closed it just now, and saved; another saves a
// document that is older than that, with a program that lays no owner file. What
// the one typed is not taken back by it.
func TestAnOlderDocumentSavedWhileAnotherHasTheWorkbookOpen(t *testing.T) {
	for name, c := range map[string]struct {
		first, second string    // whom their files name
		lock          string    // who has it open
		since         time.Time // since when
		closed        bool      // before the second save
		reopened      bool      // closed, stamped, and open again
		before        bool      // the second saved before as well
	}{
		"open, the files name nobody":      {lock: "小李"},
		"open, the files name the saver":   {first: "小李", second: "老赵", lock: "小李"},
		"open, the saver saved before":     {first: "小李", second: "老赵", lock: "小李", before: true},
		"closed, the files name nobody":    {lock: "小李", closed: true},
		"closed, the files name the saver": {first: "小李", second: "老赵", lock: "小李", closed: true},
		"an owner file left behind":        {lock: "小李", since: time.Now().Add(-72 * time.Hour)},
		"an owner file left behind, savers of a name": {first: "User", second: "User", lock: "小李",
			since: time.Now().Add(-72 * time.Hour)},
		"open again":                         {lock: "小李", reopened: true},
		"open again, the files name the one": {first: "小李", second: "小李", lock: "小李", reopened: true},
	} {
		t.Run(name, func(t *testing.T) {
			path := tempBook(t, 12)
			s := openAs(t, path, "王")
			change(t, s, opened, "remark", "起头") // a stamp stands in the workbook
			if c.since.IsZero() {
				c.since = time.Now()
			}
			one, other := opens(t, path, c.first), opens(t, path, c.second)
			locks(t, path, c.lock, c.since)
			if c.before {
				saves(t, path, other, opened, cellsOf{"责任人": "甲"})
				pass(t, s)
				one = opens(t, path, c.first)
			}
			saves(t, path, one, opened, cellsOf{"进展情况": "先存的"})
			pass(t, s)
			if c.closed || c.reopened {
				os.Remove(lockOf(path))
			}
			if c.reopened {
				pass(t, s)
				locks(t, path, c.lock, time.Now())
				pass(t, s)
			}
			saves(t, path, other, "编制公开目录", cellsOf{"进展情况": "后存的"})
			pass(t, s)
			os.Remove(lockOf(path))
			pass(t, s)
			for _, v := range []string{"先存的", "后存的", "起头"} {
				if !kept(t, s, v) {
					t.Errorf("%s is neither in the ledger nor in a conflict", v)
				}
			}
		})
	}
}

// An owner file of one's own was left behind by a crash, and an old document of
// one's own is put in the workbook's place: what others typed since stays.
func TestAnOlderDocumentOfOnesOwnBesideAnOwnerFileLeftBehind(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, opened, "remark", "起头")
	old := opens(t, path, "小李")
	locks(t, path, "小李", time.Now().Add(-72*time.Hour))
	saves(t, path, opens(t, path, "老赵"), opened, cellsOf{"进展情况": "老赵所写"})
	pass(t, s)
	saves(t, path, opens(t, path, "小李"), opened, cellsOf{"责任人": "甲"})
	pass(t, s)
	saves(t, path, old, "编制公开目录", cellsOf{"进展情况": "后存的"})
	pass(t, s)
	for _, v := range []string{"老赵所写", "后存的"} {
		if !kept(t, s, v) {
			t.Errorf("%s is neither in the ledger nor in a conflict", v)
		}
	}
}

// Who has the workbook open may save again and again before it is stamped anew,
// type over what they typed, and take some of it back.
func TestOneWhoHasTheWorkbookOpenDisputesNothing(t *testing.T) {
	for name, names := range map[string]string{"named in the file": "小李", "not named": "",
		"named otherwise": "lenovo"} {
		for _, then := range []struct {
			what  string
			typed cellsOf
			sure  bool // only where the file names them
		}{
			{"types on", cellsOf{"备注": "三"}, false},
			{"types over it", cellsOf{"进展情况": "三"}, false},
			{"takes one of two back", cellsOf{"进展情况": ""}, false},
			{"takes all back", cellsOf{"进展情况": "", "责任人": ""}, true},
		} {
			if then.sure && names != "小李" {
				continue
			}
			t.Run(name+", "+then.what, func(t *testing.T) {
				path := tempBook(t, 12)
				s := openAs(t, path, "王")
				change(t, s, "编制公开目录", "remark", "起头")
				f := opens(t, path, names)
				locks(t, path, "小李", time.Now())
				saves(t, path, f, opened, cellsOf{"进展情况": "一", "责任人": "二"})
				pass(t, s)
				saves(t, path, f, opened, then.typed)
				os.Remove(lockOf(path))
				pass(t, s)
				if c := s.Snapshot().Conflicts; len(c) > 0 {
					t.Errorf("%+v", c)
				}
				for h, v := range then.typed {
					if got := at(t, path, opened, h); got != v {
						t.Errorf("%s is %q", h, got)
					}
				}
			})
		}
	}
}

// An office saves, and has the workbook open again just as it is stamped anew: so it
// is not, and what they save next follows from what they saved.
func TestAStampThatWasKeptFromBeingWritten(t *testing.T) {
	for _, by := range []string{"小李", ""} {
		path := tempBook(t, 12)
		first := openAs(t, path, "王")
		change(t, first, opened, "remark", "起头")
		locks(t, path, "小李", time.Now())
		met := false
		s, err := open(context.Background(), path, options("李"), func(what string) {
			if what == "backed up" && !met {
				met = true
				locks(t, path, "小李", time.Now())
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		f := opens(t, path, by)
		saves(t, path, f, opened, cellsOf{"进展情况": "一"})
		pass(t, s)
		os.Remove(lockOf(path))
		pass(t, s)
		saves(t, path, f, opened, cellsOf{"进展情况": "二"})
		pass(t, s)
		os.Remove(lockOf(path))
		pass(t, s)
		if n := s.Snapshot(); !met || len(n.Conflicts) > 0 || at(t, path, opened, "进展情况") != "二" {
			t.Errorf("by %q: %v, %+v", by, met, n.Conflicts)
		}
	}
}

// Who opened the workbook after it was saved did not save it.
func TestASaveIsNotOfWhoOpenedTheWorkbookLater(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, opened, "remark", "起头")
	saves(t, path, opens(t, path, ""), opened, cellsOf{"进展情况": "甲"})
	old := time.Now().Add(-time.Minute)
	os.Chtimes(path, old, old)
	locks(t, path, "小李", time.Now())
	pass(t, s)
	if e := s.Snapshot().Latest[0]; e.Author != "" {
		t.Errorf("%+v", e)
	}
}

// The clock of a share is an hour ahead, or behind: who had the workbook open is
// known all the same, and of a save long after it that it was another's.
func TestTheClockOfAShare(t *testing.T) {
	for _, off := range []time.Duration{time.Hour, -time.Hour} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, opened, "remark", "起头")
		at := time.Now().Add(off)
		locks(t, path, "小李", at)
		f := opens(t, path, "")
		for _, v := range []string{"一", "二"} {
			saves(t, path, f, opened, cellsOf{"进展情况": v})
			os.Chtimes(path, at, at)
			if v == "二" {
				os.Remove(lockOf(path))
			}
			pass(t, s)
		}
		if n := s.Snapshot(); len(n.Conflicts) > 0 || n.Latest[0].Author != "小李" {
			t.Errorf("%v: %+v, by %q", off, n.Conflicts, n.Latest[0].Author)
		}
	}
}

// Of two machines one saw who had the workbook open, the other did not.
func TestTwoMachinesOfWhichOneSawWhoHadTheWorkbookOpen(t *testing.T) {
	for _, first := range []int{0, 1} {
		path := tempBook(t, 12)
		s := []*Session{openAs(t, path, "王"), openAs(t, path, "李")}
		change(t, s[0], opened, "remark", "起头")
		f := opens(t, path, "")
		locks(t, path, "小李", time.Now())
		saves(t, path, f, opened, cellsOf{"进展情况": "一"})
		pass(t, s[0])
		saves(t, path, f, opened, cellsOf{"进展情况": "二"})
		os.Remove(lockOf(path))
		for _, i := range []int{first, 1 - first, first} {
			pass(t, s[i])
		}
		if a, b := s[0].Snapshot(), s[1].Snapshot(); a.Revision != b.Revision || len(a.Waiting) > 0 {
			t.Errorf("%d first: two heads, %+v", first, a.Waiting)
		}
		for _, v := range []string{"一", "二"} {
			if v == "一" && first == 0 {
				continue // typed over by the same hand
			}
			if !kept(t, s[0], v) {
				t.Errorf("%d first: %s is lost", first, v)
			}
		}
	}
}
