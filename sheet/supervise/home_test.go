package supervise_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

var fourTasks = [][]string{
	{"更新职能目录", "按三定更新", "财政局", "", "2022-06-30", "正在推进"},
	{"编制预算公开表", "统一格式", "财政局", "住建局", "2022-05-31", "正在推进"},
	{"组织开放日", "每季一次", "住建局、财政局", "", "2022-09-30", "未启动"},
	{"整治管网", "分段推进", "住建局", "", "2022-10-31", "未启动"},
}

// acts are the entries of the record as lines.
func acts(l *ledger.Ledger) (out []string) {
	for _, a := range l.Acts {
		title := ""
		if a.Task != nil {
			title = a.Task.Title
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %s%s", title, a.Unit, a.Word, a.Content,
			a.Entry.Get(ledger.ActNewDue), map[bool]string{true: " 无效"}[a.Powerless]))
	}
	slices.Sort(out)
	return out
}

func TestWhatUnitsWriteInTheirCopiesComesHomeInAnyOrderAndTwice(t *testing.T) {
	want := []string{"整治管网 住建局 退单 归水务局 ", "更新职能目录 财政局 延期申请 等平台 2022-07-31", "更新职能目录 财政局 签收  ", "更新职能目录 财政局 销号  2022 无效",
		"组织开放日 住建局 报完成  ", "组织开放日 财政局 报完成  "}
	want[3] = "更新职能目录 财政局 销号   无效"
	for _, sheetInWorkbook := range []bool{false, true} {
		for _, order := range [][]string{{"财政局", "住建局"}, {"住建局", "财政局"}} {
			o := newOffice(t, []string{"财政局", "住建局"}, fourTasks...)
			o.opt.Ledger.Supervision.On, o.opt.Ledger.Supervision.Sheet = true, sheetInWorkbook
			o.on(3, 2).record("task", "1", "kind", "批示", "content", "绝不外传")
			o.record("task", "4", "kind", "交办", "content", "请住建局办理")
			files := o.on(3, 3).split()
			for unit, other := range map[string]string{"财政局": "请住建局办理", "住建局": "财政局专属"} {
				data := unzipped(t, files[unit])
				if strings.Contains(data, "绝不外传") || strings.Contains(data, other) {
					t.Errorf("%s's copy holds what is not for it", unit)
				}
				if !strings.Contains(data, "督办记录") || !strings.Contains(data, "延期申请") {
					t.Errorf("%s's copy has no small sheet", unit)
				}
			}
			label := func(n string) string { return (&sheet{}).label(o, n) }
			l1, l3, l4 := label("1"), label("3"), label("4")
			o.on(3, 10)
			o.edit(files["财政局"], func(_, r *sheet) {
				r.add("日期", "2022-03-09", "任务", l1, "类别", "签收")
				r.add("日期", "2022-03-09", "任务", l1, "类别", "延期申请", "内容", "等平台", "新时限", "2022-07-31")
				r.add("日期", "2022-03-09", "任务", l3, "类别", "报完成")
				r.add("日期", "2022-03-09", "任务", l1, "类别", "销号")
			})
			o.edit(files["住建局"], func(_, r *sheet) {
				r.add("日期", "2022-03-09", "任务", l3, "类别", "报完成")
				r.add("任务", l4, "类别", "退单", "内容", "归水务局", "单位", "住建局")
			})
			o.on(3, 12)
			for _, unit := range order {
				if r := o.merge(files[unit]); len(r.Copies[0].Beside) > 0 || len(r.Copies[0].Asks) > 0 {
					t.Errorf("%s: told beside: %v, asked: %v", unit, r.Copies[0].Beside, r.Copies[0].Asks)
				}
			}
			for _, unit := range order { // saved once more without a change
				o.edit(files[unit], func(tasks, _ *sheet) { tasks.put("序号", "3", "进展情况", "已办") })
				o.merge(files[unit])
				o.merge(files[unit])
			}
			o.during(func(s *syncer.Session) {
				l := s.Snapshot().Ledger
				got := slices.DeleteFunc(acts(l), func(a string) bool {
					return strings.Contains(a, "批示") ||
						strings.Contains(a, "交办")
				})
				if !slices.Equal(got, want) {
					t.Errorf("sheet in workbook %v, order %v:\n%s\nwant\n%s", sheetInWorkbook, order,
						strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				three, _ := l.Find("3")
				if three.Status.Kind != ledger.Done || len(s.Snapshot().Conflicts) != 0 {
					t.Errorf("task 3 is %s, %d conflicts", three.Status.Kind, len(s.Snapshot().Conflicts))
				}
				in := slices.ContainsFunc(s.Snapshot().Found.Tables, ledger.IsRecord)
				if in != sheetInWorkbook {
					t.Errorf("the record stands in the workbook: %v", in)
				}
				f, err := supervise.From(context.Background(), s)
				if err != nil {
					t.Fatal(err)
				}
				one, _ := l.Find("1")
				if line := supervise.Line(supervise.Life(l, one, f),
					""); line != "批示 3-02 · 交办 3-03 · 签收 3-09 · 延期申请 3-09" {
					t.Errorf("life of task 1: %s", line)
				}
			})
		}
	}
}

// unzipped is all parts of a workbook.
func unzipped(t *testing.T, file string) string {
	t.Helper()
	wb, err := ooxml.Open(file, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, i := range wb.Sheets() {
		b.WriteString(i.Name + "\n")
		if s, err := wb.Sheet(i.Name); err == nil {
			for _, c := range s.Cells {
				b.WriteString(c.Value + "\n")
			}
		}
	}
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil || len(raw) == 0 {
		t.Fatal(err)
	}
	return b.String()
}

// A unit can neither take back nor reword in its copy what the record says.
func TestACopyChangesNoEntry(t *testing.T) {
	o := newOffice(t, []string{"财政局", "住建局"}, fourTasks...)
	o.opt.Ledger.Supervision.Sheet = true
	o.on(3, 2).record("task", "1", "kind", "退回", "content", "佐证不全")
	files := o.on(3, 3).split()
	o.on(3, 5).edit(files["财政局"], func(_, r *sheet) {
		r.put("内容", "佐证不全", "类别", "销号")
		r.put("内容", "佐证不全", "内容", "齐全")
	})
	o.merge(files["财政局"])
	o.during(func(s *syncer.Session) {
		l := s.Snapshot().Ledger
		if got := acts(l); !slices.Equal(got, []string{"更新职能目录 财政局 退回 佐证不全 ", "更新职能目录 财政局 销号 齐全  无效"}) {
			t.Errorf("%q", got)
		}
		if one, _ := l.Find("1"); one.Review != ledger.ReviewReturned || len(one.Acts) != 1 {
			t.Errorf("review %q, %d entries", one.Review, len(one.Acts))
		}
	})
}
