package summary_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// read reads a workbook as a ledger.
func read(t *testing.T, data []byte, today time.Time, only string) *ledger.Ledger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var tables []*table.Table
	for _, tb := range found.Tables {
		if only == "" || tb.Sheet == only {
			tables = append(tables, tb)
		}
	}
	return ledger.Build(tables, ledger.Options{Today: today})
}

func sampleSource(t *testing.T) summary.Source {
	t.Helper()
	data, err := sample.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2022, 9, 1, 2, 30, 0, 0, time.UTC)
	return summary.Source{File: sample.Name, Revision: "0123456789abcdef", Ledger: read(t, data, sample.Today, ""),
		Log: []syncer.Entry{
			{Revision: "b", Parents: []string{"a"}, Time: at, Author: "王协调", Source: "terminal",
				Changes: []syncer.Change{{Kind: "tasks", Number: "4", Title: "公开平台", Field: "status", From: "未启动",
					To: "推进中"}}},
			{Revision: "a", Time: at.AddDate(0, -1, 0), Changes: []syncer.Change{{Kind: "tasks", What: "added",
				Title: "不该列出"}}},
		},
		Conflicts: []syncer.Conflict{{ID: "c1", Kind: "tasks", Number: "5", Title: "政策咨询服务", Field: "progress",
			Heading: "进展情况",
			Base:    "甲", Mine: "乙", Theirs: "丙", MineBy: "王协调", TheirsBy: "财政局", MineAt: at, TheirsAt: at}},
	}
}

// office is a ledger made of rows: title, lead, deadline, status, remark.
func office(title string, rows ...[5]string) summary.Source {
	tb := &table.Table{Kind: ledger.KindTasks, Sheet: "台账", Place: table.Place{Title: []string{title}}}
	for _, k := range []string{ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus,
		ledger.FieldRemark} {
		tb.Columns = append(tb.Columns, table.Column{Key: k, Field: k, Heading: k})
	}
	for _, r := range rows {
		tb.Rows = append(tb.Rows, table.Row{Values: r[:]})
	}
	return summary.Source{File: title + ".xlsx", Ledger: ledger.Build([]*table.Table{tb},
		ledger.Options{Today: sample.Today, Year: 2022})}
}

func export(t *testing.T, opt summary.Options, in ...summary.Source) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := summary.Export(context.Background(), &out, in, opt); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func rowsOf(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSheetsOfTheSample(t *testing.T) {
	f := open(t, export(t, summary.Options{}, sampleSource(t)))
	want := []string{"汇总", "任务总表", "党政办公室", "财政局", "项目中心", "环保分局", "未明确牵头单位", "逾期清单", "年度要求", "依申请公开", "复议诉讼", "留言办理",
		"栏目更新", "建议提案", "变更记录", "未决冲突", "落实情况"}
	if d := cmp.Diff(want, f.GetSheetList()); d != "" {
		t.Error(d)
	}
	for _, sheet := range want {
		layout, err := f.GetPageLayout(sheet)
		if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
			t.Errorf("%s: not A4 landscape, one page wide: %+v, %v", sheet, layout, err)
		}
		props, err := f.GetSheetProps(sheet)
		if err != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s is not fitted to the page", sheet)
		}
		footer, err := f.GetHeaderFooter(sheet)
		if err != nil || footer == nil || !strings.Contains(footer.OddFooter, "&P") ||
			!strings.Contains(footer.OddFooter, "2022年10月20日") {
			t.Errorf("%s: footer %+v, %v", sheet, footer, err)
		}
	}
	names := map[string]string{}
	for _, d := range f.GetDefinedName() {
		names[d.Scope+" "+d.Name] = d.RefersTo
	}
	if got := names["任务总表 _xlnm.Print_Titles"]; got != "'任务总表'!$3:$3" {
		t.Errorf("headings repeated: %q", got)
	}
	if got := names["任务总表 _xlnm.Print_Area"]; !strings.HasSuffix(got, "$25") {
		t.Errorf("print area: %q", got)
	}
	if panes, err := f.GetPanes("任务总表"); err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestAllTasksReadAsTheLedgerTheyCameFrom(t *testing.T) {
	for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
		src := sampleSource(t)
		data := export(t, summary.Options{Lang: lang}, src)
		back := read(t, data, sample.Today, msg.Say(lang, "report.sheet.tasks"))
		if len(back.Tasks) != len(src.Ledger.Tasks) {
			t.Fatalf("%s: %d tasks come back of %d", lang, len(back.Tasks), len(src.Ledger.Tasks))
		}
		type facts struct {
			Number, Title, Requirement, Lead, Owner, Phone, Deadline, Status, Progress, Completed, Problems, Next,
			Evidence, Remark, Section string
			Support                []string
			Due                    time.Time
			Kind                   ledger.StatusKind
			Overdue, DueSoon, Late bool
		}
		of := func(t *ledger.Task) facts {
			return facts{t.Number, t.Title, t.Requirement, t.Lead, t.Owner, t.Phone, t.Deadline.Text, t.Status.Text,
				t.Progress, t.Completed, t.Problems, t.NextSteps, t.Evidence, t.Remark, t.Section,
				t.Support, t.Deadline.Due, t.Status.Kind, t.Overdue, t.DueSoon, t.Late}
		}
		for i, want := range src.Ledger.Tasks {
			if d := cmp.Diff(of(want), of(back.Tasks[i])); d != "" {
				t.Errorf("%s, task %d (-was +read back):\n%s", lang, i+1, d)
			}
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	a, b := export(t, summary.Options{}, sampleSource(t)), export(t, summary.Options{}, sampleSource(t))
	if !bytes.Equal(a, b) {
		t.Error("two exports of the same ledger differ")
	}
}

func TestTextsThatLookLikeFormulasStayTexts(t *testing.T) {
	for _, evil := range []string{"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")",
		"_x000D_", "a\x00\x1b[31mb", "<&>\"'", "=" + strings.Repeat("长", 400)} {
		src := office("台账", [5]string{evil, "财政局", "6月底前", "推进中", evil})
		f := open(t, export(t, summary.Options{}, src))
		for _, sheet := range []string{"任务总表", "财政局"} {
			for r, row := range rowsOf(t, f, sheet) {
				for c := range row {
					cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
					if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
						t.Errorf("%s!%s became the formula %q", sheet, cell, formula)
					}
				}
			}
		}
		want := strings.NewReplacer("\x00", "", "\x1b", "").Replace(strings.TrimSpace(evil))
		rows := rowsOf(t, f, "任务总表")
		if at := slices.Index(rows[2], "任务名称"); at < 0 || rows[3][at] != want {
			t.Errorf("%q comes back as %q", evil, rows[3])
		}
	}
}

func TestCutShortWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var rows [][5]string
	for range 2000 {
		rows = append(rows, [5]string{"任务", "财政局", "6月底前", "推进中", ""})
	}
	var out bytes.Buffer
	err := summary.Export(ctx, &out, []summary.Source{office("台账", rows...)},
		summary.Options{Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("%v, and %d bytes written", err, out.Len())
	}
}
