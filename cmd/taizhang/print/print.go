// Package print shows people and scripts what a command found or did.
//
// A [Printer] has a method for each kind of document: [Printer.Tasks],
// [Printer.Status], [Printer.Edit] and so on. What it shows as text, as JSON and
// as CSV stands side by side: text.go, json.go and csv.go hold what several
// documents share, every other file one document in all its forms. Nothing here
// opens a ledger or decides an exit code.
//
// Text passes through text.Measure.Clean, so that no control character of a
// cell reaches the terminal. With AsJSON, standard output gets exactly one
// document, and names in it are added, never changed: they are a contract with
// scripts.
package print

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"taizhang/sheet/msg"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Printer prints on standard output and standard error.
type Printer struct {
	Lang   msg.Lang
	AsJSON bool   // print one JSON document in place of text
	Wide   bool   // characters of ambiguous width take two cells
	Theme  string // by the name that settings have for it

	out         page     // for text: whoever prints a line need not ask whether it arrived
	file, errs  *os.File // standard output and standard error
	progressing bool     // a line of progress stands on the terminal
	described   bool     // Headline has said what changed
}

// New returns a Printer for the two streams.
func New(out, errs *os.File) *Printer {
	return &Printer{out: page{to: out}, file: out, errs: errs}
}

// Err is the first failure of printing text, such as a full disk.
func (p *Printer) Err() error { return p.out.err }

// Say is a sentence of the catalogue in the reader's language.
func (p *Printer) Say(key string, pairs ...any) string { return msg.Say(p.Lang, key, pairs...) }

// Line prints a sentence on standard output, in one line whatever values stand
// in it: a break of lines in a cell must not look like another sentence.
func (p *Printer) Line(s string) { printLine(&p.out, p.Measure(), s) }

// Write prints text that is already laid out.
func (p *Printer) Write(data []byte) (int, error) { return p.out.Write(data) }

// Note prints a sentence for people on standard error.
func (p *Printer) Note(sentence string) { printLine(p.errs, p.Measure(), sentence) }

// Warn prints an error on standard error: a sentence and what to do about it.
func (p *Printer) Warn(err error) {
	sentence, hint := msg.Explain(p.Lang, Plain(err))
	p.Note(sentence)
	if hint != "" {
		p.Note(p.Say("cmd.hint", "Hint", hint))
	}
}

// Measure is how text is laid out.
func (p *Printer) Measure() text.Measure { return text.Apply(p.Wide) }

// theme is how text is painted: not at all if out is no terminal.
func (p *Printer) theme() theme.Theme {
	if !IsTerminal(p.file) || os.Getenv("TERM") == "dumb" {
		return theme.Theme{}
	}
	return theme.New(p.Theme, true)
}

// width is the terminal's, 0 if out is none.
func (p *Printer) width() int {
	if !IsTerminal(p.file) {
		return 0
	}
	w, _, err := term.GetSize(int(p.file.Fd()))
	if err != nil {
		return 0
	}
	return w
}

// IsTerminal reports whether f is a terminal.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

func printLine(w io.Writer, m text.Measure, s string) {
	fmt.Fprintln(w, strings.TrimRight(m.Clean(s), " "))
}

// page remembers the first failure of writing: what was printed is then not all
// there.
type page struct {
	to  io.Writer
	err error
}

func (p *page) Write(data []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.to.Write(data)
	p.err = err
	return n, err
}
