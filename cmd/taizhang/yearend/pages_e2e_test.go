//go:build e2e

package yearend

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// LibreOffice sets every paper: no page has a single line, the tables of the yearly
// report stand whole on one page each, and every page but the first begins with
// something and ends with its number.
func TestE2EYearPapersHaveWholePages(t *testing.T) {
	needsOpenpyxl(t)
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	o := newOffice(t)
	o.script("year.py", "book.xlsx", "2024", "7")
	ledger := []string{"--ledger", "book.xlsx", "--today", "2024-12-20"}
	o.must(append(ledger, "annual", "年度报告.docx")...)
	o.must(append(ledger, "bulletin", "通报.docx", "--month", "2024-11")...)
	o.must(append(ledger, "remind", "--out", "提醒")...)
	files, err := filepath.Glob(filepath.Join(o.dir, "*.docx"))
	if err != nil {
		t.Fatal(err)
	}
	notices, err := filepath.Glob(filepath.Join(o.dir, "提醒", "*.docx"))
	if err != nil || len(notices) < 3 {
		t.Fatal(notices, err)
	}
	files = append(files, notices...)
	pdf := filepath.Join(o.dir, "pdf")
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(o.dir, "profile"))
	args := append([]string{profile, "--headless", "--convert-to", "pdf", "--outdir", pdf}, files...)
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".docx")
		out, err := exec.Command("pdftotext", "-layout", filepath.Join(pdf, name+".pdf"), "-").Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
		for i, page := range pages {
			lines := 0
			for line := range strings.Lines(page) {
				if s := strings.TrimSpace(line); s != "" && !strings.HasPrefix(s, "—") {
					lines++
				}
			}
			if lines < 2 {
				t.Errorf("%s: page %d has %d lines\n%s", name, i+1, lines, page)
			}
			if !strings.Contains(page, "—") {
				t.Errorf("%s: page %d has no number", name, i+1)
			}
		}
		if name != "年度报告" {
			continue
		}
		for _, table := range [][2]string{
			{"第二十条第（一）项", "行政事业性收费"}, {"申请人情况", "结转下年度继续办理"}, {"未经复议直接起诉", "尚未"},
		} {
			whole := 0
			for _, page := range pages {
				page = strings.Join(strings.Fields(page), "")
				if strings.Contains(page, table[0]) && strings.Contains(page, table[1]) {
					whole++
				}
			}
			if whole != 1 {
				t.Errorf("the table from %s to %s stands whole on %d pages", table[0], table[1], whole)
			}
		}
	}
}
