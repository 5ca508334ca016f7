package notices

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/plan"
)

func overdueLedger() *ledger.Ledger {
	today := time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)
	task := &ledger.Task{Title: "甲 <&> \x1b[31m乙\n丙", Lead: "财政局", Overdue: true, DaysOverdue: 3, Owner: "钱七"}
	return &ledger.Ledger{Title: "台账", Year: 2022, Today: today, Tasks: []*ledger.Task{task},
		Directory: ledger.NewDirectory([]ledger.Unit{{Name: "财政局", Aliases: []string{"财政"}}})}
}

func TestReminderOfAUnitByAnyOfItsNames(t *testing.T) {
	l := overdueLedger()
	text := Text(l, "财政", Options{})
	for _, want := range []string{"财政局：\n", "1.甲 <&> [31m乙 丙。应于2022年10月17日完成，已逾期3天；责任人：钱七。\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.ContainsAny(text, "\x1b\r") {
		t.Error("control characters reach the text")
	}
	if text := Text(l, "建设局", Options{Lang: msg.EN}); !strings.Contains(text, "no task") {
		t.Errorf("a unit that owes nothing:\n%s", text)
	}
}

func TestDocxIsWellFormedAndSaysWhatTheTextSays(t *testing.T) {
	l := overdueLedger()
	page := Overview(l, All(l), Options{})
	data, err := page.Docx()
	if err != nil {
		t.Fatal(err)
	}
	again, err := page.Docx()
	if err != nil || !bytes.Equal(data, again) {
		t.Error("the bytes differ from one time to the next")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for dec := xml.NewDecoder(r); ; {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", f.Name, err)
				break
			}
		}
	}
	doc, err := plan.Read("a.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	squeeze := strings.NewReplacer(" ", "", "\n", "", "　", "")
	var all strings.Builder
	for _, b := range doc.Blocks {
		all.WriteString(b.Text)
		for _, row := range b.Rows {
			all.WriteString(strings.Join(row, ""))
		}
	}
	if got, want := squeeze.Replace(all.String()), squeeze.Replace(page.Plain()); got != want {
		t.Errorf("the document says\n%s\nthe text says\n%s", got, want)
	}
}
