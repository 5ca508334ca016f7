package plan

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

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
}

// Block is a paragraph, or a table if Rows is not nil.
type Block struct {
	Line int        // 1-based line of a text file, or paragraph of a .docx
	Text string     // the paragraph, numbering included, white space trimmed
	Rows [][]string // the table's cells; cells merged downwards are filled in

	Lines []int // by row of the table: the line it begins in
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
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) || bytes.HasPrefix(data, []byte("%PDF")) || bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return nil, &msg.Error{Class: ErrFormat, Text: msg.New("plan.other_format", "File", name), Hint: msg.New("plan.save_as_docx")}
	}
	text, ok := decode(data)
	if !ok {
		return nil, &msg.Error{Class: ErrFormat, Text: msg.New("plan.not_text", "File", name), Hint: msg.New("plan.save_as_docx")}
	}
	doc := &Document{Name: name}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\v", "\n", "\f", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if b, n := tabTable(lines[i:], i+1); n > 0 {
			doc.Blocks = append(doc.Blocks, b)
			i += n - 1
			continue
		}
		if line := trim(lines[i]); line != "" {
			doc.Blocks = append(doc.Blocks, Block{Line: i + 1, Text: line})
		}
	}
	return doc, nil
}

// tabTable is the table that lines begin with and how many lines it takes: rows
// whose cells are separated by tabs, as a table becomes when it is copied into a
// text. One row is none, nor are rows of two cells.
func tabTable(lines []string, first int) (b Block, n int) {
	for n < len(lines) && strings.Count(strings.TrimRight(lines[n], " "), "\t") >= 2 && !contentsRE().MatchString(lines[n]) {
		n++
	}
	if n < 2 {
		return b, 0
	}
	b.Line = first
	for i, line := range lines[:n] {
		var row []string
		for _, cell := range strings.Split(line, "\t") {
			row = append(row, trim(cell))
		}
		b.Rows, b.Lines = append(b.Rows, row), append(b.Lines, first+i)
	}
	return b, n
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

// trim cuts white space of every kind, the full-width indent included.
func trim(s string) string {
	return strings.Trim(s, " \t\u00A0\u3000\uFEFF\u200B")
}
