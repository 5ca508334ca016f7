package syncer

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/xuri/excelize/v2"
)

// watched runs Watch and hands out a function that waits for a snapshot that
// satisfies ok.
func watched(t *testing.T, s *Session) func(what string, ok func(*Snapshot) bool) {
	ctx, cancel := context.WithCancel(context.Background())
	news := make(chan *Snapshot, 100)
	done := make(chan struct{})
	go func() {
		s.Watch(ctx, func(n *Snapshot) { news <- n })
		close(done)
	}()
	t.Cleanup(func() { cancel(); <-done })
	return func(what string, ok func(*Snapshot) bool) {
		t.Helper()
		if ok(s.Snapshot()) {
			return
		}
		end := time.After(20 * time.Second)
		for {
			select {
			case n := <-news:
				if ok(n) {
					return
				}
			case <-end:
				t.Fatalf("%s never showed: %v", what, s.Snapshot().Trouble)
			}
		}
	}
}

func TestWatchShowsWhatHappensInTheFolder(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	until := watched(t, s)
	id := taskID(t, s, "更新领导信息")
	for i, save := range []func(f *excelize.File){
		func(f *excelize.File) { saveOver(t, f, path) },
		func(f *excelize.File) { f.SaveAs(path) },
		func(f *excelize.File) {
			tmp := filepath.Join(filepath.Dir(path), "A1B2C3")
			out, _ := os.Create(tmp)
			f.Write(out)
			out.Close()
			os.Remove(path)
			time.Sleep(30 * time.Millisecond)
			os.Rename(tmp, path)
		},
	} {
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v := string(rune('甲' + i))
		f.SetCellStr("台账", "F3", v)
		save(f)
		until(v, func(n *Snapshot) bool { return n.Ledger.Task(id).Progress == v })
	}
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	os.WriteFile(lock, []byte("张三,zhang,pc,01.06.2022 09:00,file:///x;"), 0o644)
	until("owner", func(n *Snapshot) bool { return n.Owner != nil && n.Owner.Name == "张三" })
	change(t, s, "公开财政预决算", "progress", "等待")
	until("waiting", func(n *Snapshot) bool { return len(n.Waiting) == 1 })
	os.Remove(lock)
	until("written", func(n *Snapshot) bool { return n.Owner == nil && len(n.Waiting) == 0 })
	if at(t, path, "公开财政预决算", "进展情况") != "等待" {
		t.Error("not in the workbook")
	}
	// Another coordinator's change.
	other := openAs(t, path, "李")
	change(t, other, "公开财政预决算", "remark", "另一人")
	until("other", func(n *Snapshot) bool {
		return n.Ledger.Task(taskID(t, s, "公开财政预决算")).Remark == "另一人"
	})
}

// A network share sends no events. Neither does the folder here: the workbook is
// written through another name that it has elsewhere.
func TestPollingSeesWhatTheFolderDoesNotTell(t *testing.T) {
	path := tempBook(t, 12)
	elsewhere := filepath.Join(t.TempDir(), "b.xlsx")
	if err := os.Link(path, elsewhere); err != nil {
		t.Skip("no hard links here:", err)
	}
	opt := options("王")
	opt.Poll = 20 * time.Millisecond
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	until := watched(t, s)
	id := taskID(t, s, "更新领导信息")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f.SetCellStr("台账", "F3", "从共享来")
	if err := f.SaveAs(elsewhere); err != nil {
		t.Fatal(err)
	}
	until("从共享来", func(n *Snapshot) bool { return n.Ledger.Task(id).Progress == "从共享来" })
}

// What happens between the pass of Open and the first event is not missed.
func TestWatchSeesWhatHappenedBeforeItBegan(t *testing.T) {
	path := tempBook(t, 12)
	opt := options("王")
	opt.Poll = time.Hour
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	id := taskID(t, s, "更新领导信息")
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F3", "先来") })
	until := watched(t, s)
	until("先来", func(n *Snapshot) bool { return n.Ledger.Task(id).Progress == "先来" })
}

// A save that leaves time and size as they were, as programs do that set the
// time back, is seen by its event.
func TestWatchSeesASaveThatKeepsTimeAndSize(t *testing.T) {
	path := tempBook(t, 12)
	past := time.Now().Add(-time.Hour).Truncate(time.Second)
	versions, longest := map[string][]byte{}, 0
	for _, v := range []string{"甲", "乙"} {
		office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F3", v) })
		versions[v] = read(t, path)
		longest = max(longest, len(versions[v]))
	}
	for v, data := range versions { // a zip file may end in a comment, whose length comes before it
		n := longest - len(data)
		versions[v] = append(append(data[:len(data)-2:len(data)-2], byte(n), byte(n>>8)), make([]byte, n)...)
	}
	put := func(v string) {
		os.WriteFile(path, versions[v], 0o644)
		os.Chtimes(path, past, past)
	}
	put("甲")
	opt := options("王")
	opt.Poll = time.Hour
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	until := watched(t, s)
	id := taskID(t, s, "更新领导信息")
	time.Sleep(300 * time.Millisecond) // the first look is over: only the event can tell
	put("乙")
	until("乙", func(n *Snapshot) bool { return n.Ledger.Task(id).Progress == "乙" })
}

// A watch of a folder dies when the folder is moved, and knows nothing of
// another one in its place: both are watched anew.
func TestWatchOutlivesItsFolder(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "科室")
	os.Mkdir(dir, 0o755)
	path := filepath.Join(dir, "台账.xlsx")
	newBook(t, path, 12)
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Skip("no events here:", err)
	}
	defer w.Close()
	f := &watchedFolders{events: w}
	events := func(what string) {
		t.Helper()
		for len(w.Events) > 0 {
			<-w.Events
		}
		os.WriteFile(filepath.Join(dir, what), nil, 0o644)
		end := time.After(10 * time.Second)
		for {
			select {
			case e := <-w.Events:
				if filepath.Base(e.Name) == what {
					return
				}
			case <-end:
				t.Fatal("no event:", what)
			}
		}
	}
	if !f.watch([]string{dir}) || f.watch([]string{dir}) {
		t.Error("a folder is new once")
	}
	events("一")
	os.Rename(dir, dir+"-移走")
	f.watch([]string{dir})
	os.Rename(dir+"-移走", dir)
	for !f.watch([]string{dir}) { // until the watcher has noticed
		time.Sleep(10 * time.Millisecond)
	}
	events("二")
	os.Rename(dir, dir+"-移走")
	os.Mkdir(dir, 0o755)
	if !f.watch([]string{dir}) {
		t.Error("another folder of that name is another folder")
	}
	events("三")
	if f.watch(nil); len(w.WatchList()) != 0 {
		t.Error(w.WatchList())
	}
}

// Some programs do not write into the file who saved it: it was whoever had it
// open, though they saved and closed and are gone when it is read.
func TestASaveIsOfWhoeverHadItOpen(t *testing.T) {
	path := tempBook(t, 12)
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	anonymous := func(f *excelize.File) { f.SetDocProps(&excelize.DocProperties{}) }
	office(t, path, anonymous)
	s := openAs(t, path, "王")
	until := watched(t, s)
	os.WriteFile(lock, []byte(",li,office-pc,01.06.2022 09:00,file:///x;"), 0o644)
	until("owner", func(n *Snapshot) bool { return n.Owner != nil })
	office(t, path, func(f *excelize.File) { anonymous(f); setCell(t, f, "公开财政预决算", "进展情况", "甲") })
	os.Remove(lock)
	until("甲", func(n *Snapshot) bool { return n.Ledger.Task(taskID(t, s, "公开财政预决算")).Progress == "甲" })
	if e := s.Snapshot().Latest[0]; e.Author != "li@office-pc" || e.Source != SourceWorkbook {
		t.Errorf("%+v", e)
	}
	// Long after, it was somebody else.
	s.sighted.Store(&sighting{"li@office-pc", time.Now().Add(-time.Hour), time.Now().Add(-time.Minute)})
	office(t, path, func(f *excelize.File) { anonymous(f); setCell(t, f, "公开财政预决算", "进展情况", "乙") })
	until("乙", func(n *Snapshot) bool { return n.Ledger.Task(taskID(t, s, "公开财政预决算")).Progress == "乙" })
	if e := s.Snapshot().Latest[0]; e.Author != "" {
		t.Errorf("%+v", e)
	}
}
