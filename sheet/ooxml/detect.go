package ooxml

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/offcrypto"
	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/owner"
)

// reMail matches the beginning of a mail as it is sent.
var reMail = regexp.MustCompile(
	`^(?i:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+|From|Date): [^\n]*\n(?:[ \t][^\n]*\n|[\w-]+: ?[^\n]*\n)`)

// notWorkbook says what kind of file stands there instead of a workbook and how
// to make a workbook of it. data is not a zip file, or a zip file that holds
// something else (parts are its names).
func notWorkbook(file string, data []byte, parts []string) error {
	if name, ok := owner.IsOwnerFile(file); ok && len(data) <= maxOwnerFile {
		return ownerFile(file, name)
	}
	key, hint := foreign(file, data, parts)
	e := &msg.Error{Class: ErrNotWorkbook, Text: msg.New("ooxml.not_zip", "File", file, "What", msg.New(key)),
		Hint: msg.New(hint)}
	if key == "ooxml.what_zeros" {
		e.Class = ErrDamaged
	}
	return e
}

// maxOwnerFile is more than any program writes into its owner file.
const maxOwnerFile = 4096

// ownerFile says that a file is no workbook but the sign that one is open. Of
// long names the program replaces the first two characters, so that the workbook
// need not be there under the name.
func ownerFile(file, workbook string) error {
	hint := msg.New("ooxml.hint_owner_only")
	if _, err := os.Stat(filepath.Join(filepath.Dir(file), workbook)); err == nil {
		hint = msg.New("ooxml.hint_owner", "File", workbook)
	}
	return &msg.Error{Class: ErrNotWorkbook, Text: msg.New("ooxml.not_zip", "File", file, "What",
		msg.New("ooxml.what_owner")), Hint: hint}
}

// foreign names the kind of file and the advice for it, as catalogue keys.
func foreign(file string, data []byte, parts []string) (what, hint string) {
	const save, resave, ask = "ooxml.hint_save_as", "ooxml.hint_open_save_as", "ooxml.hint_again"
	ext := strings.ToLower(filepath.Ext(file))
	if len(parts) > 0 || zipfile.IsZip(data) {
		return foreignZip(file, parts)
	}
	if len(data) == 0 {
		return "ooxml.what_empty", ask
	}
	if len(bytes.Trim(data, "\x00")) == 0 {
		return "ooxml.what_zeros", ask
	}
	has := func(prefix string) bool { return bytes.HasPrefix(data, []byte(prefix)) }
	switch {
	case offcrypto.IsCompound(data):
		switch {
		case offcrypto.HasStream(data, "WordDocument"):
			return "ooxml.what_word", ask
		case offcrypto.HasStream(data, "PowerPoint Document"):
			return "ooxml.what_slides", ask
		case offcrypto.HasStream(data, "__properties_version1.0"):
			return "ooxml.what_mail", "ooxml.hint_attachment"
		case ext == ".et" || ext == ".ett":
			return "ooxml.what_et", save
		case offcrypto.HasStream(data, "Workbook") || offcrypto.HasStream(data, "Book"):
			return "ooxml.what_xls", save
		}
		return "ooxml.what_ole", ask
	case has("\x09\x00\x04\x00"), has("\x09\x02\x06\x00"), has("\x09\x04\x06\x00"), has("\x09\x08\x08\x00"),
		has("\x09\x08\x10\x00"):
		return "ooxml.what_xls", save
	case has("%PDF"):
		return "ooxml.what_pdf", ask
	case has("Rar!"), has("7z\xBC\xAF"), has("\x1F\x8B"):
		return "ooxml.what_archive", "ooxml.hint_unpack"
	case has("\xFF\xD8\xFF"), has("\x89PNG"), has("GIF8"), has("BM"):
		return "ooxml.what_image", ask
	}
	if has("ID;P") {
		return "ooxml.what_slk", resave
	}
	head, ok := asText(data[:min(len(data), 4096)])
	if !ok {
		return "ooxml.what_unknown", ask
	}
	lower := strings.ToLower(head)
	switch {
	case ext == ".eml", reMail.MatchString(head):
		return "ooxml.what_mail", "ooxml.hint_attachment"
	case strings.Contains(lower, "urn:schemas-microsoft-com:office:spreadsheet"),
		strings.Contains(lower, `progid="excel.sheet"`):
		return "ooxml.what_xml2003", resave
	case strings.Contains(lower, "<html"), strings.Contains(lower, "<!doctype html"), strings.Contains(lower, "<table"):
		return "ooxml.what_html", resave
	case strings.Contains(lower, "urn:oasis:names:tc:opendocument"):
		return "ooxml.what_ods", save
	case strings.HasPrefix(strings.TrimSpace(lower), "<?xml"):
		return "ooxml.what_xml", ask
	case ext == ".csv", ext == ".tsv", strings.ContainsAny(head, ",\t;"):
		return "ooxml.what_csv", resave
	}
	return "ooxml.what_text", resave
}

func foreignZip(file string, parts []string) (what, hint string) {
	known := map[string]bool{}
	for _, p := range parts {
		known[zipfile.Fold(p)] = true
		switch key := zipfile.Fold(p); {
		case path.Base(key) == "workbook.bin":
			known["xl/workbook.bin"] = true
		case path.Ext(key) == ".iwa", path.Base(key) == "index.zip":
			known[".iwa"] = true
		}
	}
	switch {
	case known["xl/workbook.bin"]:
		return "ooxml.what_xlsb", "ooxml.hint_save_as"
	case known["word/document.xml"]:
		return "ooxml.what_word", "ooxml.hint_again"
	case known["ppt/presentation.xml"]:
		return "ooxml.what_slides", "ooxml.hint_again"
	case known["mimetype"] && known["content.xml"]:
		return "ooxml.what_ods", "ooxml.hint_save_as"
	case known["ofd.xml"]:
		return "ooxml.what_ofd", "ooxml.hint_again"
	case known["uof.xml"]:
		return "ooxml.what_uof", "ooxml.hint_save_as"
	case known[".iwa"]:
		return foreignApple(file)
	case len(parts) == 0:
		return "ooxml.what_empty_zip", "ooxml.hint_again"
	}
	for _, p := range parts {
		switch strings.ToLower(filepath.Ext(p)) {
		case ".xlsx", ".xlsm", ".xls", ".et":
			return "ooxml.what_archive", "ooxml.hint_unpack"
		}
	}
	return "ooxml.what_zip", "ooxml.hint_unpack"
}

// foreignApple names a document of Apple's programs, which all keep it in the
// same form: only the file's name tells them apart.
func foreignApple(file string) (what, hint string) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".pages":
		return "ooxml.what_word", "ooxml.hint_again"
	case ".key":
		return "ooxml.what_slides", "ooxml.hint_again"
	}
	return "ooxml.what_numbers", "ooxml.hint_numbers"
}

// asText decodes text in the encodings that offices send it in: UTF-8, UTF-16
// with a mark, GB18030. The end of data may cut a character in two.
func asText(data []byte) (string, bool) {
	if text, ok := decodeMarked(data); ok {
		return text, readable([]byte(text))
	}
	cut := data
	for range utf8.UTFMax {
		if utf8.Valid(cut) {
			return string(cut), readable(cut)
		}
		if len(cut) == 0 {
			break
		}
		cut = cut[:len(cut)-1]
	}
	cut = data
	for range 4 {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(cut)
		if err == nil && !bytes.ContainsRune(text, utf8.RuneError) {
			return string(text), readable(text)
		}
		if len(cut) == 0 {
			break
		}
		cut = cut[:len(cut)-1]
	}
	return "", false
}

func decodeMarked(data []byte) (text string, marked bool) {
	var units []uint16
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		}
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i+1])|uint16(data[i])<<8)
		}
	default:
		return "", false
	}
	return string(utf16.Decode(units)), true
}

// readable reports whether text holds no control characters but white space.
func readable(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f'
	})
}
