package syncer

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// withInbox is a ledger that was written once, and the folder that its copies
// come back to.
func withInbox(t *testing.T) (s *Session, path, in string) {
	t.Helper()
	path, in = tempBook(t, 12), t.TempDir()
	opt := options("王")
	opt.Inbox = in
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	change(t, s, "编制公开目录", "remark", "三月")
	return s, path, in
}

// put lays a file in the inbox whose time is long ago, so that nobody takes it
// for one that is still being copied.
func put(t *testing.T, in, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(in, name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte("x"))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever an office sends in place of a copy gets one sentence that says what
// it is and one that says what to do; nothing of it is touched.
func TestInboxSaysWhatCannotBeACopy(t *testing.T) {
	ole := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 2048)...)
	for name, c := range map[string]struct {
		data       []byte
		what, todo string
	}{
		"回传.xls":   {append(slices.Clone(ole[:512]), oleEntry("Workbook")...), ".xls", "另存为 .xlsx"},
		"回传.et":    {append(slices.Clone(ole[:512]), oleEntry("Workbook")...), ".et", "另存为 .xlsx"},
		"回传.xlsb":  {zipOf(t, "[Content_Types].xml", "xl/workbook.bin"), ".xlsb", "另存为 .xlsx"},
		"回传.ods":   {zipOf(t, "mimetype", "content.xml"), ".ods", "另存为 .xlsx"},
		"回传.csv":   {[]byte("序号,重点任务\n1,更新领导信息\n"), ".csv", "另存为"},
		"回传.docx":  {zipOf(t, "[Content_Types].xml", "word/document.xml"), "Word", "重新发送"},
		"回传.zip":   {zipOf(t, "财政局/台账.xlsx"), "压缩包", "解压"},
		"回传.rar":   {[]byte("Rar!\x1a\x07\x00"), "压缩包", "解压"},
		"回传.eml":   {[]byte("From: a@b\nTo: c@d\nSubject: x\n\nhello"), "邮件", "附件"},
		"回传.msg":   {append(slices.Clone(ole[:512]), oleEntry("__properties_version1.0")...), "邮件", "附件"},
		"回传":       {[]byte("Received: from x by y\n\tfor z\nSubject: x\n\n"), "邮件", "附件"},
		"扫描.pdf":   {[]byte("%PDF-1.4"), "PDF", "重新发送"},
		"照片.jpg":   {[]byte("\xff\xd8\xff\xe0"), "图片", "重新发送"},
		"空.xlsx":   {nil, "空文件", "复制或同步完整"},
		"截断.xlsx":  {[]byte("PK\x03\x04 and no more"), "截断.xlsx", ""},
		"全零.xlsx":  {make([]byte, 4096), "全部为零", "复制或同步完整"},
		"没有表.xlsx": {nil, "没有找到任务表", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, path, in := withInbox(t)
			if name == "没有表.xlsx" {
				f := excelize.NewFile()
				f.SaveAs(filepath.Join(in, name))
				c.data = read(t, filepath.Join(in, name))
			}
			file := put(t, in, name, c.data)
			before := read(t, path)
			r := pass(t, s)
			if len(r.Copies) != 1 || r.Copies[0].Err == nil {
				t.Fatalf("%+v", r.Copies)
			}
			text, hint := msg.Explain(msg.ZH, r.Copies[0].Err)
			if !strings.Contains(text, c.what) || !strings.Contains(text, name) || hint == "" ||
				!strings.Contains(hint, c.todo) {
				t.Errorf("%s / %s", text, hint)
			}
			if r := pass(t, s); len(r.Copies) != 0 {
				t.Errorf("said twice: %+v", r.Copies)
			}
			if !bytes.Equal(read(t, file), c.data) || !bytes.Equal(read(t, path), before) {
				t.Error("something was touched")
			}
		})
	}
}

// oleEntry is a directory record of an OLE2 file.
func oleEntry(name string) []byte {
	rec := make([]byte, 128)
	for i, r := range name {
		rec[2*i] = byte(r)
	}
	rec[64] = byte(2*len(name) + 2)
	return rec
}

func TestInboxPassesOverWhatNobodyReturned(t *testing.T) {
	s, path, in := withInbox(t)
	for _, name := range []string{"~$回传.xlsx", ".~lock.回传.xlsx#", ".DS_Store", "Thumbs.db", "desktop.ini", "说明.txt",
		"回传.xlsx.crdownload", "lu123.tmp"} {
		put(t, in, name, []byte("x"))
	}
	os.Mkdir(filepath.Join(in, "空"), 0o755)
	kept := filepath.Join(in, "已处理")
	os.Mkdir(kept, 0o755)
	put(t, kept, "财政局.xlsx", read(t, path))
	merged(t, s, filepath.Join(kept, "财政局.xlsx"))
	if r := pass(t, s); len(r.Copies) != 0 {
		t.Errorf("%+v", r.Copies)
	}
	office(t, filepath.Join(kept, "财政局.xlsx"), func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "新") })
	if r := pass(t, s); len(r.Copies) != 1 || filepath.Base(r.Copies[0].File) != "已处理" ||
		!errors.Is(r.Copies[0].Err, ooxml.ErrNotWorkbook) {
		t.Errorf("a folder with a copy in it that nobody merges goes unsaid: %+v", r.Copies)
	}
}

// The inbox may be the folder that the workbook itself stands in.
func TestInboxIsTheLedgersOwnFolder(t *testing.T) {
	path := tempBook(t, 12)
	opt := options("王")
	opt.Inbox = filepath.Dir(path)
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	change(t, s, "编制公开目录", "remark", "三月")
	if r := pass(t, s); len(r.Copies) != 0 || slices.ContainsFunc(s.Snapshot().Returned,
		func(u Returned) bool { return u.File != "" }) {
		t.Errorf("the workbook was taken for a copy of itself: %+v", r.Copies)
	}
}

// A copy that is still being copied is waited for, visibly; it is merged once it
// is whole, and refused once it has been left alone without being whole.
func TestInboxWaitsForACopyThatIsStillBeingCopied(t *testing.T) {
	s, path, in := withInbox(t)
	mine := copyTo(t, path, "财政局.xlsx")
	office(t, mine, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "已公开") })
	data := read(t, mine)
	file := filepath.Join(in, "财政局.xlsx")
	for _, n := range []int{0, 100, len(data) / 2, len(data) - 1} {
		os.WriteFile(file, data[:n], 0o644)
		r := pass(t, s)
		if len(r.Copies) != 1 || !errors.Is(r.Copies[0].Err, ErrMissing) || len(s.Snapshot().Arriving) != 1 ||
			len(s.Snapshot().Inbox) != 0 {
			t.Fatalf("%d bytes: %+v", n, r.Copies)
		}
	}
	os.WriteFile(file, data, 0o644)
	if r := pass(t, s); len(r.Copies) != 1 || r.Copies[0].Err != nil || len(s.Snapshot().Arriving) != 0 ||
		progress(t, s, "公开财政预决算") != "已公开" {
		t.Fatalf("%+v", r.Copies)
	}
	// Twice, and under another name.
	put(t, in, "财政局（再发）.xlsx", data)
	if r := pass(t, s); len(r.Copies) != 0 {
		t.Errorf("%+v", r.Copies)
	}
	put(t, in, "项目办.xlsx", data[:len(data)/2])
	if r := pass(t, s); len(r.Copies) != 1 || r.Copies[0].Err == nil || errors.Is(r.Copies[0].Err, ErrMissing) ||
		len(s.Snapshot().Inbox) != 2 {
		t.Errorf("%+v", r.Copies)
	}
	// The clock of the machine that it came from is ahead.
	late := put(t, in, "环保分局.xlsx", data[:len(data)/2])
	ahead := time.Now().Add(time.Hour)
	os.Chtimes(late, ahead, ahead)
	pass(t, s)
	for f := range s.inbox.first {
		s.inbox.first[f] = time.Now().Add(-settling)
	}
	if r := pass(t, s); len(r.Copies) != 1 || errors.Is(r.Copies[0].Err, ErrMissing) {
		t.Errorf("waited for for ever: %+v", r.Copies)
	}
}

// What a watch was still waiting for is told in the end, though nothing happens
// in the folder any more.
func TestWatchComesBackToACopyThatWasNotWhole(t *testing.T) {
	s, _, in := withInbox(t)
	until := watched(t, s)
	file := put(t, in, "财政局.xlsx", []byte("PK\x03\x04 and no more"))
	at := time.Now().Add(time.Second - settling) // its last moments
	os.Chtimes(file, at, at)
	until("refusal", func(n *Snapshot) bool {
		return len(n.Inbox) == 1 && n.Inbox[0].Err != nil &&
			len(n.Arriving) == 0
	})
}

func TestInboxAndPasswords(t *testing.T) {
	s, path, in := withInbox(t)
	f, err := excelize.OpenFile(copyTo(t, path, "财政局.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	setCell(t, f, "公开财政预决算", "进展情况", "已公开")
	file := filepath.Join(in, "财政局.xlsx")
	if err := f.SaveAs(file, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	r := pass(t, s)
	if len(r.Copies) != 1 || !errors.Is(r.Copies[0].Err, ooxml.ErrEncrypted) {
		t.Fatalf("%+v", r.Copies)
	}
	for _, password := range []string{"wrong", "secret"} {
		opt := options("王")
		opt.Inbox, opt.Password = in, password
		o, err := Open(context.Background(), path, opt)
		if err != nil {
			t.Fatal(err)
		}
		r := pass(t, o)
		if password == "wrong" {
			if len(r.Copies) != 1 || !errors.Is(r.Copies[0].Err, ooxml.ErrPassword) {
				t.Errorf("%+v", r.Copies)
			}
		} else if len(r.Copies) != 1 || r.Copies[0].Err != nil || progress(t, o, "公开财政预决算") != "已公开" {
			t.Errorf("%+v", r.Copies)
		}
		o.Close()
	}
}

func TestCopyOfAnotherYearIsRefused(t *testing.T) {
	s, path, in := withInbox(t)
	old := filepath.Join(in, "财政局.xlsx")
	newBook(t, old, 12)
	office(t, old, func(f *excelize.File) {
		f.SetCellStr("台账", "A1", "2021年政务公开工作台账")
		setCell(t, f, "公开财政预决算", "完成状态", "已完成")
	})
	before := read(t, path)
	r := pass(t, s)
	if len(r.Copies) != 1 || !errors.Is(r.Copies[0].Err, ErrForeign) || !bytes.Equal(before, read(t, path)) {
		t.Fatalf("%+v", r.Copies)
	}
	// A stamp tells better than a title: the year was corrected since.
	c := copyTo(t, path, "项目办.xlsx")
	office(t, c, func(f *excelize.File) {
		f.SetCellStr("台账", "A1", "2021年政务公开工作台账")
		setCell(t, f, "公开重大项目进展", "进展情况", "已公开")
	})
	if r := merged(t, s, c); r.Copies[0].Err != nil {
		t.Error(r.Copies[0].Err)
	}
}

// Three units return their copies in any order, renumbered, sorted and with
// rows of their own: the ledger says the same in the end.
func TestCopiesOfThreeUnitsInAllOrders(t *testing.T) {
	results := map[string][]int{}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		s, path, in := withInbox(t)
		base := read(t, path)
		for _, i := range order {
			name := fmt.Sprintf("%s.xlsx", units[i])
			put(t, in, name, base)
			office(t, filepath.Join(in, name), func(f *excelize.File) {
				rows, _ := f.GetRows("台账")
				data := rows[2:]
				for k := range data {
					for len(data[k]) < len(headings) {
						data[k] = append(data[k], "")
					}
					if data[k][2] == units[i] {
						data[k][5] = units[i] + "填报" + data[k][1]
					}
				}
				own := []string{"", units[i] + "新增事项", units[i], "2022年12月底前", "未启动", "", "", ""}
				switch i {
				case 0: // in the middle, and all numbered anew
					data = slices.Insert(data, 4, own)
				case 1: // sorted by unit
					data = append(data, own)
					slices.SortStableFunc(data, func(a, b []string) int { return cmpString(a[2], b[2]) })
				case 2: // turned round
					data = append(data, own)
					slices.Reverse(data)
				}
				for k, row := range data {
					row[0] = fmt.Sprint(k + 1)
					for c, v := range row {
						f.SetCellStr("台账", cell(c+1, k+3), v)
					}
				}
			})
			r := pass(t, s)
			if len(r.Copies) != 1 || r.Copies[0].Err != nil || r.Copies[0].Unit != units[i] ||
				len(r.Copies[0].Added) != 1 || len(r.Copies[0].Asks) != 0 || r.Conflicts != 0 {
				t.Fatalf("%v: %+v", order, r.Copies)
			}
		}
		var all []string
		for _, x := range s.Snapshot().Ledger.Tasks {
			all = append(all, x.Title+"|"+x.Lead+"|"+x.Progress+"|"+x.Remark)
		}
		slices.Sort(all)
		results[strings.Join(all, "\n")] = order
		back := 0
		for _, u := range s.Snapshot().Returned {
			if u.File != "" {
				back++
			}
		}
		if back != 3 || len(all) != 15 {
			t.Errorf("%v: %d have returned, %d tasks", order, back, len(all))
		}
	}
	if len(results) != 1 {
		t.Errorf("the order matters: %v", results)
	}
}
