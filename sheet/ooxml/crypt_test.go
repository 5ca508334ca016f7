package ooxml_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/offcrypto"
	"taizhang/sheet/ooxml/ooxmltest"
)

// Encrypted workbooks of other programs: see make.js beside them.
const lockPassword = "密码Abc1"

func encryptedFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("internal", "offcrypto", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sealedAnew are the values that differ each time a workbook is encrypted.
var sealedAnew = regexp.MustCompile(`(<keyData [^>]*saltValue|encryptedHmacKey|encryptedHmacValue)="[^"]*"`)

func TestAnEncryptedWorkbookIsSavedInTheLockItCameIn(t *testing.T) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		path := encryptedFile(t, name)
		before, _ := os.ReadFile(path)
		for _, value := range []string{"已完成", "办理中"} { // twice: what was saved opens again
			w, err := ooxml.Open(path, ooxml.Options{Password: lockPassword})
			if err != nil {
				t.Fatal(err)
			}
			sheet := w.Sheets()[0].Name
			if err := w.Set(sheet, a1.Ref{Row: 2, Col: 4}, ooxml.TextValue(value)); err != nil {
				t.Fatal(err)
			}
			if err := w.Save(); err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenFile(path, excelize.Options{Password: lockPassword})
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := f.GetCellValue(sheet, "D2"); got != value {
				t.Errorf("%s: excelize reads %q, want %q", name, got, value)
			}
		}
		after, _ := os.ReadFile(path)
		was, is := ooxmltest.Streams(t, before), ooxmltest.Streams(t, after)
		if len(was) < 2 || len(was) != len(is) {
			t.Errorf("%s: %d streams became %d", name, len(was), len(is))
		}
		for stream, content := range was {
			got := is[stream]
			switch stream {
			case "[]" + offcrypto.PackageStream:
				continue
			case "[]" + offcrypto.InfoStream:
				if name == "agile.xlsx" && content == got {
					t.Error("sealed twice with the same salt")
				}
				content, got = sealedAnew.ReplaceAllString(content, "$1"), sealedAnew.ReplaceAllString(got, "$1")
			}
			if content != got {
				t.Errorf("%s: %s became %q, was %q", name, stream, got, content)
			}
		}
	}
}

func TestWhatDoesNotOpenAnEncryptedWorkbook(t *testing.T) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		data, _ := os.ReadFile(encryptedFile(t, name))
		for password, want := range map[string]error{"": ooxml.ErrEncrypted, "密码Abc2": ooxml.ErrPassword} {
			if _, err := ooxml.Read(name, data, ooxml.Options{Password: password}); !errors.Is(err, want) {
				t.Errorf("%s with %q: %v", name, password, err)
			}
		}
	}
	data, _ := os.ReadFile(encryptedFile(t, "agile.xlsx"))
	data[len(data)/2] ^= 1
	if _, err := ooxml.Read("agile.xlsx", data, ooxml.Options{Password: lockPassword}); !errors.Is(err,
		ooxml.ErrDamaged) {
		t.Errorf("one bit of the package is another: %v", err)
	}
}

// Excel encrypts a workbook whose structure alone is protected with a password
// that it knows itself; nobody is asked for it.
func TestAWorkbookWithExcelsOwnPasswordOpensWithoutAsking(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "A1", "甲"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := f.SaveAs(path, excelize.Options{Password: "VelvetSweatshop"}); err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", "another ledger's"} {
		w, err := ooxml.Open(path, ooxml.Options{Password: password})
		if err != nil || w.Encrypted() {
			t.Fatalf("with %q: %v", password, err)
		}
		if err := w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue("乙"+password)); err != nil {
			t.Fatal(err)
		}
		if err := w.Save(); err != nil {
			t.Fatal(err)
		}
		again, err := excelize.OpenFile(path, excelize.Options{Password: "VelvetSweatshop"})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := again.GetCellValue("Sheet1", "A1"); got != "乙"+password {
			t.Errorf("reads back %q", got)
		}
		again.Close()
	}
	if data, _ := os.ReadFile(path); !offcrypto.IsEncrypted(data) {
		t.Error("it is encrypted no more")
	}
}
