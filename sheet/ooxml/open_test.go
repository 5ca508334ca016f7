package ooxml_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/ziptest"
)

const (
	rootRels = xmlpart.Header + `<Relationships xmlns="` + opc.RelationshipsNS + `"><Relationship Id="rId1" Type="` +
		opc.TransitionalNS + `relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = xmlpart.Header + `<Relationships xmlns="` + opc.RelationshipsNS + `"><Relationship Id="rId1" Type="` +
		opc.TransitionalNS + `relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	bookXML = xmlpart.Header + `<workbook xmlns="` + bookxml.MainNS + `" xmlns:r="` + opc.TransitionalNS +
		`relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	typesXML = xmlpart.Header + `<Types xmlns="` + opc.TypesNS +
		`"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
)

// bookOf is a workbook of one sheet; more are further parts.
func bookOf(t testing.TB, sheet string, more ...string) []byte {
	parts := append([]string{opc.TypesPart, typesXML, "_rels/.rels", rootRels, "xl/workbook.xml", bookXML,
		"xl/_rels/workbook.xml.rels", bookRels, "xl/worksheets/sheet1.xml", sheet}, more...)
	return ziptest.Of(t, parts...)
}

// simpleBook is a workbook whose one sheet holds rows.
func simpleBook(t testing.TB, rows string) []byte {
	return bookOf(t, xmlpart.Header+`<worksheet xmlns="`+bookxml.MainNS+`"><sheetData>`+rows+`</sheetData></worksheet>`)
}

func TestFilesThatAreNoWorkbooks(t *testing.T) {
	gbk, _ := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("序号,重点任务,牵头单位\r\n1,公开,党政办\r\n"))
	ole := func(streams ...string) []byte {
		data := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 504)...)
		for _, s := range streams {
			rec := make([]byte, 128)
			for i, r := range s {
				rec[2*i] = byte(r)
			}
			rec[64] = byte(2*len(s) + 2)
			data = append(data, rec...)
		}
		return data
	}
	good := simpleBook(t, "")
	for name, c := range map[string]struct {
		file string
		data []byte
		want error
		what string
	}{
		"xls":              {"a.xls", ole("Workbook"), ooxml.ErrNotWorkbook, "ooxml.what_xls"},
		"xls named xlsx":   {"a.xlsx", ole("Book"), ooxml.ErrNotWorkbook, "ooxml.what_xls"},
		"et":               {"a.et", ole("Workbook"), ooxml.ErrNotWorkbook, "ooxml.what_et"},
		"doc":              {"a.xlsx", ole("WordDocument"), ooxml.ErrNotWorkbook, "ooxml.what_word"},
		"encrypted":        {"a.xlsx", ole("EncryptionInfo", "EncryptedPackage"), ooxml.ErrEncrypted, ""},
		"csv, UTF-8":       {"a.csv", []byte("\xef\xbb\xbf序号,任务\r\n"), ooxml.ErrNotWorkbook, "ooxml.what_csv"},
		"csv, GBK as xlsx": {"a.xlsx", gbk, ooxml.ErrNotWorkbook, "ooxml.what_csv"},
		"text":             {"a.xlsx", []byte("公开"), ooxml.ErrNotWorkbook, "ooxml.what_text"},
		"html as xls": {"a.xls", []byte("<html><body><table><tr><td>1"), ooxml.ErrNotWorkbook,
			"ooxml.what_html"},
		"XML 2003": {"a.xls",
			[]byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), ooxml.ErrNotWorkbook, "ooxml.what_xml2003"},
		"xlsb with relationships": {"a.xlsx", ziptest.Of(t, "_rels/.rels", `<Relationships `+partRels+
			`><Relationship Id="rId1" Type="`+nsRel+`/officeDocument" Target="xl/workbook.bin"/></Relationships>`,
			"xl/workbook.bin", "\x83\x01\x00"), ooxml.ErrNotWorkbook, "ooxml.what_xlsb"},
		"xlsb": {"a.xlsb", ziptest.Of(t, "xl/workbook.bin", "x"), ooxml.ErrNotWorkbook,
			"ooxml.what_xlsb"},
		"ods": {"a.ods", ziptest.Of(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
			"content.xml", "<x/>"), ooxml.ErrNotWorkbook, "ooxml.what_ods"},
		"docx": {"a.xlsx", ziptest.Of(t, "word/document.xml", "<x/>"), ooxml.ErrNotWorkbook,
			"ooxml.what_word"},
		"zip of workbooks":   {"a.zip", ziptest.Of(t, "a.xlsx", "x"), ooxml.ErrNotWorkbook, "ooxml.what_archive"},
		"zip of other files": {"a.zip", ziptest.Of(t, "a.txt", "x"), ooxml.ErrNotWorkbook, "ooxml.what_zip"},
		"numbers": {"a.numbers", ziptest.Of(t, "Index/Document.iwa", "x", "Metadata/Properties.plist", "x"),
			ooxml.ErrNotWorkbook, "ooxml.what_numbers"},
		"numbers named xlsx": {"a.xlsx", ziptest.Of(t, "Index.zip", "x", "buildVersionHistory.plist", "x"),
			ooxml.ErrNotWorkbook, "ooxml.what_numbers"},
		"slk": {"a.slk", []byte("ID;PWXL;N;E\r\nC;Y1;X1;K\"序号\"\r\nE\r\n"), ooxml.ErrNotWorkbook,
			"ooxml.what_slk"},
		"slk named xls": {"a.xls", []byte("ID;PSCALC3\n"), ooxml.ErrNotWorkbook, "ooxml.what_slk"},
		"ofd":           {"a.ofd", ziptest.Of(t, "OFD.xml", "<x/>"), ooxml.ErrNotWorkbook, "ooxml.what_ofd"},
		"uos": {"a.uos", ziptest.Of(t, "uof.xml", "<x/>", "content.xml", "<x/>"), ooxml.ErrNotWorkbook,
			"ooxml.what_uof"},
		"owner file": {"~$台账.xlsx", []byte("\x02Li" + strings.Repeat(" ", 162)), ooxml.ErrNotWorkbook,
			"ooxml.what_owner"},
		"LibreOffice's": {".~lock.台账.xlsx#", []byte(",li,pc,01.06.2022 09:00,file:///x;"), ooxml.ErrNotWorkbook,
			"ooxml.what_owner"},
		"empty owner file":   {"~$台账.xlsx", nil, ooxml.ErrNotWorkbook, "ooxml.what_owner"},
		"empty":              {"a.xlsx", nil, ooxml.ErrNotWorkbook, "ooxml.what_empty"},
		"zeros":              {"a.xlsx", make([]byte, 5000), ooxml.ErrDamaged, "ooxml.what_zeros"},
		"pdf":                {"a.xlsx", []byte("%PDF-1.7"), ooxml.ErrNotWorkbook, "ooxml.what_pdf"},
		"binary":             {"a.xlsx", []byte{1, 2, 3, 0xFE, 0xFF}, ooxml.ErrNotWorkbook, "ooxml.what_unknown"},
		"truncated zip":      {"a.xlsx", good[:len(good)-30], ooxml.ErrDamaged, ""},
		"only its beginning": {"a.xlsx", good[:10], ooxml.ErrDamaged, ""},
		"too large":          {"a.xlsx", good, ooxml.ErrTooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			opt := ooxml.Options{}
			if c.want == ooxml.ErrTooLarge {
				opt.Limits.File = 50
			}
			_, err := ooxml.Read(c.file, c.data, opt)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			var e *msg.Error
			if !errors.As(err, &e) {
				t.Fatalf("%T is no sentence", err)
			}
			for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
				if sentence, hint := msg.Explain(lang, err); !strings.Contains(sentence, c.file) || hint == "" {
					t.Errorf("%s: %q, hint %q", lang, sentence, hint)
				}
			}
			if what, ok := e.Text.Args["What"].(msg.Text); c.what != "" && (!ok || what.Key != c.what) {
				t.Errorf("taken for %v, want %s", e.Text.Args["What"], c.what)
			}
		})
	}
}

func TestOpenWhatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	if _, err := ooxml.Open(filepath.Join(dir, "a.xlsx"), ooxml.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	if _, err := ooxml.Open(dir, ooxml.Options{}); err == nil || errors.Is(err, ooxml.ErrNotWorkbook) {
		t.Errorf("folder: %v", err)
	}
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	path := filepath.Join(dir, "b.xlsx")
	os.WriteFile(path, []byte("x"), 0o000)
	if _, err := ooxml.Open(path, ooxml.Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("no permission: %v", err)
	}
}

func TestEncryptedWorkbook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	f := excelize.NewFile()
	f.SetCellValue("Sheet1", "A1", "旧")
	if err := f.SaveAs(path, excelize.Options{Password: "密码123"}); err != nil {
		t.Fatal(err)
	}
	if _, err := ooxml.Open(path, ooxml.Options{}); !errors.Is(err, ooxml.ErrEncrypted) {
		t.Errorf("no password: %v", err)
	}
	if _, err := ooxml.Open(path, ooxml.Options{Password: "x"}); !errors.Is(err, ooxml.ErrPassword) {
		t.Errorf("wrong password: %v", err)
	}
	w, err := ooxml.Open(path, ooxml.Options{Password: "密码123"})
	if err != nil || !w.Encrypted() {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue("新")); err != nil {
		t.Fatal(err)
	}
	if err := w.Save(); err != nil {
		t.Fatal(err)
	}
	if _, err := ooxml.Open(path, ooxml.Options{}); !errors.Is(err, ooxml.ErrEncrypted) {
		t.Errorf("saved without encryption: %v", err)
	}
	f, err = excelize.OpenFile(path, excelize.Options{Password: "密码123"})
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.GetCellValue("Sheet1", "A1"); v != "新" {
		t.Errorf("reads back %q", v)
	}
}

func TestSignedWorkbookIsLeftAlone(t *testing.T) {
	data := bookOf(t, xmlpart.Header+`<worksheet xmlns="`+bookxml.MainNS+`"><sheetData/></worksheet>`,
		"_xmlsignatures/sig1.xml", "<Signature/>")
	w, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Set":         w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue("x")),
		"SetProperty": w.SetProperty("a", "b"),
		"AddSheet":    w.AddSheet(ooxml.NewSheet{Name: "x"}),
	} {
		if !errors.Is(err, ooxml.ErrSigned) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.Dirty() {
		t.Error("something was changed")
	}
	if w, err = ooxml.Read("a.xlsx", data, ooxml.Options{Force: true}); err == nil {
		err = w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue("x"))
	}
	if err != nil {
		t.Errorf("forced: %v", err)
	}
}
