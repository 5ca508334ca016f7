package plan

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"taizhang/sheet/msg"
)

// Classes of failure, for errors.Is.
var (
	ErrFormat = errors.New("not a plan document that can be read") // neither text nor .docx
	ErrEmpty  = errors.New("no task found in the plan document")
)

// maxSize bounds a plan document, and what a .docx may inflate to, in bytes.
const maxSize = 64 << 20

// Document is a plan as paragraphs and tables, in reading order.
type Document struct {
	Name   string
	Blocks []Block
	Struck []Block // text that is struck out, which is not read
}

// Block is a paragraph, or a table if Rows is not nil.
type Block struct {
	Line int        // 1-based line of a text file, or paragraph of a .docx
	Text string     // the paragraph, numbering included, white space trimmed
	Rows [][]string // the table's cells; cells merged downwards are filled in

	Lines []int // by row of the table: the line it begins in

	Level  int  // 1… for a heading by its style, 0 for other text
	Ends   bool // no text: what follows is no longer the item above
	Begins bool // indented or below an empty line: no paragraph goes on here
}

// Read takes a plan document apart: a .docx by its content, anything else as
// text in UTF-8, UTF-16 with a byte order mark, or GB18030. name stands in the
// messages. Errors: ErrFormat.
func Read(name string, data []byte) (*Document, error) {
	if len(data) > maxSize {
		return nil, &msg.Error{Class: ErrFormat, Text: msg.New("plan.too_large", "File", name)}
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readDocx(name, data)
	}
	if kind := kindOf(name, data); kind != "" {
		return nil, otherFormat(name, kind)
	}
	text, ok := decode(data)
	if !ok {
		return nil, &msg.Error{Class: ErrFormat, Text: msg.New("plan.not_text", "File", name),
			Hint: msg.New("plan.save_as_docx")}
	}
	doc := &Document{Name: name}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\v", "\n", "\f", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	margin := indents(lines)
	for i := 0; i < len(lines); i++ {
		if b, n := textTable(lines[i:], i+1); n > 0 {
			doc.Blocks = append(doc.Blocks, b)
			i += n - 1
			continue
		}
		line := trim(modern(lines[i]))
		bare := strings.TrimLeft(line, "#") // a heading of Markdown
		level := len(line) - len(bare)
		if level > 6 || level > 0 && !strings.HasPrefix(bare, " ") {
			bare, level = line, 0
		}
		if bare = trim(bare); bare != "" {
			begins := i > 0 && trim(lines[i-1]) == "" || indent(lines[i]) > margin+1
			doc.Blocks = append(doc.Blocks, Block{Line: i + 1, Text: bare, Level: level, Begins: begins})
		}
	}
	doc.Blocks = unwrap(doc.Blocks)
	return doc, nil
}

// indents is the least indent of the lines that have text.
func indents(lines []string) int {
	least := -1
	for _, l := range lines {
		if n := indent(l); trim(l) != "" && (least < 0 || n < least) {
			least = n
		}
	}
	return max(least, 0)
}

// indent is the width of the white space that a line begins with.
func indent(line string) int {
	return columns(line[:len(line)-len(strings.TrimLeft(line, " \t\u00A0\u3000\uFEFF\u200B"))])
}

// kindOf is the kind of a file that is neither text nor a package; "" if it may
// be text.
func kindOf(name string, data []byte) string {
	head := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 512)], "\xEF\xBB\xBF \r\n\t")))
	switch {
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		switch ext := strings.ToLower(filepath.Ext(name)); {
		case bytes.Contains(data, utf16Name("EncryptedPackage")):
			return "encrypted"
		case ext == ".wps", ext == ".wpt":
			return ".wps"
		case ext == ".xls", ext == ".et", ext == ".ppt":
			return ext
		}
		return ".doc"
	case strings.HasPrefix(head, "%pdf"):
		return ".pdf"
	case strings.HasPrefix(head, `{\rtf`):
		return ".rtf"
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"),
		strings.HasPrefix(head, "mime-version:"):
		return ".html"
	case strings.HasPrefix(head, "<?xml") && flatRE().MatchString(head):
		return ".xml"
	}
	return ""
}

// flatRE is in the head of a document that is one XML file.
var flatRE = lazy(`word\.document|opendocument|<w:`)

// utf16Name is a name as the directory of a compound file holds it.
func utf16Name(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), 0)
	}
	return b
}

// otherFormat is the error for a file of another kind, with what to do about it.
func otherFormat(name, kind string) error {
	hint := msg.New("plan.save_as_docx")
	switch kind {
	case "encrypted":
		return &msg.Error{Class: ErrFormat, Text: msg.New("plan.encrypted", "File", name),
			Hint: msg.New("plan.encrypted_hint")}
	case ".wps", ".doc":
		hint = msg.New("plan.save_doc_as_docx")
	case ".pdf", ".ofd":
		hint = msg.New("plan.export_as_docx")
	case ".xlsx", ".xls", ".et":
		return &msg.Error{Class: ErrFormat, Text: msg.New("plan.is_workbook", "File", name),
			Hint: msg.New("plan.is_workbook_hint")}
	}
	return &msg.Error{Class: ErrFormat, Text: msg.New("plan.other_format", "File", name, "Kind", kind), Hint: hint}
}

// modern gives the usual characters for the radicals and compatibility forms
// that a text copied out of a PDF is full of (⼯, ⽣), which look the same.
func modern(s string) string {
	for _, r := range s {
		if compatible(r) {
			var b strings.Builder
			for _, r := range s {
				if compatible(r) {
					b.WriteString(norm.NFKC.String(string(r)))
				} else {
					b.WriteRune(r)
				}
			}
			return b.String()
		}
	}
	return s
}

func compatible(r rune) bool {
	return r >= 0x2E80 && r <= 0x2FD5 || r >= 0xF900 && r <= 0xFAFF
}

// decode finds the encoding. GB18030 can decode almost anything, so text that
// is valid UTF-8 is never taken for it, and control characters in the result
// mean that it was no text at all.
func decode(data []byte) (string, bool) {
	var text string
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text = string(data[3:])
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		text = string(b)
	case bytes.IndexByte(data, 0) >= 0:
		return withoutMark(data)
	case utf8.Valid(data):
		text = string(data)
	default:
		b, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return "", false
		}
		text = string(b)
	}
	return text, utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

// withoutMark reads UTF-16 that has no byte order mark: the order that makes
// text of it.
func withoutMark(data []byte) (string, bool) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		b, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(data)
		text := string(b)
		if err != nil || strings.ContainsAny(text, "\x00\uFFFD") {
			continue
		}
		usual := 0
		for _, r := range text {
			if r < 0x80 || r >= 0x3000 && r < 0xA000 || r >= 0xFF00 {
				usual++
			}
		}
		if usual*10 >= utf8.RuneCountInString(text)*9 {
			return text, true
		}
	}
	return "", false
}

// trim cuts white space of every kind, the full-width indent included.
func trim(s string) string {
	return strings.Trim(s, " \t\u00A0\u3000\uFEFF\u200B")
}
