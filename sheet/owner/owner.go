// Package owner tells who has a workbook open, from the owner file that Excel,
// WPS and LibreOffice lay beside it.
package owner

import (
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/sheet/safefile"
)

// Holder is who has a workbook open, from the owner file that the program
// lays beside it.
type Holder struct {
	Name    string // the person as the program recorded it; "" if unknown
	Program string // "Excel", "WPS" or "LibreOffice"
	File    string // path of the owner file
}

// Of reads the owner file that Excel, WPS or LibreOffice lays beside an
// open workbook; ok is false if there is none.
//
// The programs remove their owner file when the workbook is closed. After a
// crash or a cut connection it can stay; nothing in it tells that, so that the
// person named in it has to be asked.
func Of(path string) (o Holder, ok bool) {
	if o, ok := ownerBeside(path); ok {
		return o, true
	}
	if target, err := safefile.ResolveLinks(path); err == nil && target != path {
		return ownerBeside(target)
	}
	return Holder{}, false
}

// IsOwnerFile reports whether a file's name is that of an owner file; workbook is
// the name of the file that is open, "" if it cannot be told.
func IsOwnerFile(name string) (workbook string, ok bool) {
	name = filepath.Base(name)
	if rest, ok := strings.CutPrefix(name, ".~lock."); ok && strings.HasSuffix(rest, "#") {
		return strings.TrimSuffix(rest, "#"), true
	}
	for _, mark := range []string{"~$", ".~"} {
		if rest, ok := strings.CutPrefix(name, mark); ok && !safefile.IsTemp(name) {
			return rest, true
		}
	}
	return "", false
}

func ownerBeside(path string) (Holder, bool) {
	dir, base := filepath.Split(path)
	if base == "" {
		return Holder{}, false
	}
	for _, c := range []struct {
		file, program string
		name          func([]byte) string
	}{
		{"~$" + base, "Excel", excelOwner},
		{".~" + base, "WPS", excelOwner},
		{".~lock." + base + "#", "LibreOffice", libreOwner},
		{shortOwner(dir, base), "Excel", excelOwner},
	} {
		if c.file == "" {
			continue
		}
		if data, ok := readHead(dir + c.file); ok {
			return Holder{Name: Printable(c.name(data)), Program: c.program, File: dir + c.file}, true
		}
	}
	return Holder{}, false
}

// shortOwner is the owner file of a long name, in which "~$" stands in place of
// the first two characters. It is not looked for if it could as well be that of
// a neighbour whose name is just the rest.
func shortOwner(dir, base string) string {
	rest := base
	for range 2 {
		_, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
	}
	if rest == "" || strings.HasPrefix(rest, ".") {
		return ""
	}
	if _, err := os.Lstat(dir + rest); err == nil {
		return ""
	}
	return "~$" + rest
}

// readHead reads the first bytes of a regular file. Excel holds its owner file
// so that some systems refuse to open it; that it is there says enough.
func readHead(path string) ([]byte, bool) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, true
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return nil, true
	}
	return data, true
}

// excelOwner reads the owner file of Excel, which WPS writes in the same form:
// one byte length and the name in the code page of the machine, padded to 55
// bytes; from there two bytes length and the name in UTF-16.
func excelOwner(data []byte) string {
	const wideLen, wide = 55, 57
	if len(data) >= wide {
		if n := int(binary.LittleEndian.Uint16(data[wideLen:])); n > 0 && wide+2*n <= len(data) {
			units := make([]uint16, n)
			for i := range units {
				units[i] = binary.LittleEndian.Uint16(data[wide+2*i:])
			}
			return string(utf16.Decode(units))
		}
	}
	if len(data) == 0 {
		return ""
	}
	n := int(data[0])
	if n == 0 || n >= wideLen || 1+n > len(data) {
		return ""
	}
	name := data[1 : 1+n]
	if utf8.Valid(name) {
		return string(name)
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(name); err == nil {
		return string(text)
	}
	return ""
}

// libreOwner reads LibreOffice's lock file: user name, login, host, time,
// profile, with commas and semicolons inside a field escaped by a backslash.
func libreOwner(data []byte) string {
	fields := []string{""}
	for i := 0; i < len(data) && data[i] != ';'; i++ {
		switch c := data[i]; {
		case c == ',':
			fields = append(fields, "")
			continue
		case c == '\\' && i+1 < len(data):
			i++
		}
		fields[len(fields)-1] += string(data[i : i+1])
	}
	fields = append(fields, "", "", "")
	if name := strings.TrimSpace(fields[0]); name != "" {
		return name
	}
	if login, host := fields[1], fields[2]; login != "" && host != "" {
		return login + "@" + host
	}
	return fields[1]
}

// printable is a name without control characters and line breaks, which could
// lead a terminal astray.
func Printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
