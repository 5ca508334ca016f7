package ooxml_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Public workbooks damaged in every way that a disk, a mail server or a program
// damages them: what can be opened can be edited, copied and read back, or the
// refusal is a sentence; nothing panics, and what an edit did not touch reads as
// it did before. DAMAGED=20 makes twenty damaged versions of each.
func TestDamagedPublicWorkbooks(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/*.xls[xm]")
	if len(files) == 0 {
		t.Skip("the public test workbooks are not beside the project")
	}
	versions, _ := strconv.Atoi(os.Getenv("DAMAGED"))
	largest := 200 << 10
	if versions == 0 {
		versions, largest = 1, 20<<10
	}
	seed, _ := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	made := 0
	for n, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > largest {
			continue
		}
		for v := range versions {
			r := rand.New(rand.NewPCG(seed+uint64(n), uint64(v)))
			made++
			if err := useDamaged(damage(r, data), r); err != nil {
				t.Errorf("%s, version %d: %v", filepath.Base(file), v, err)
			}
		}
	}
	t.Logf("%d damaged versions", made)
}

// damage damages the file itself, or a part and packs it anew.
func damage(r *rand.Rand, data []byte) []byte {
	data = bytes.Clone(data)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) == 0 || r.IntN(4) == 0 {
		switch r.IntN(3) {
		case 0:
			return data[:r.IntN(len(data))]
		case 1:
			from := r.IntN(len(data))
			clear(data[from:min(from+r.IntN(4096), len(data))])
		default:
			for range 1 + r.IntN(8) {
				data[r.IntN(len(data))] ^= byte(1 << r.IntN(8))
			}
		}
		return data
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	target, other := r.IntN(len(z.File)), r.IntN(len(z.File))
	how := r.IntN(9)
	content := func(f *zip.File) []byte {
		c, err := f.Open()
		if err != nil {
			return nil
		}
		defer c.Close()
		text, _ := io.ReadAll(c)
		return text
	}
	for i, f := range z.File {
		text, name, times := content(f), f.Name, 1
		if i == target {
			switch how {
			case 0:
				continue
			case 1:
				times = 2
			case 2:
				name = z.File[other].Name
			case 3:
				text = content(z.File[other])
			case 4:
				text = text[:r.IntN(len(text)+1)]
			case 5:
				text = nil
			case 6, 7:
				text = damageText(r, text)
			case 8:
				for range 1 + r.IntN(4) {
					if len(text) > 0 {
						text[r.IntN(len(text))] ^= byte(1 << r.IntN(8))
					}
				}
			}
		}
		for range times {
			if p, err := w.Create(name); err == nil {
				p.Write(text)
			}
		}
	}
	w.Close()
	return out.Bytes()
}

// damageText repeats, removes or exchanges elements and values.
func damageText(r *rand.Rand, text []byte) []byte {
	var tags []xmlpart.Span
	for at := 0; at < len(text); {
		from := bytes.IndexByte(text[at:], '<')
		if from < 0 {
			break
		}
		to := bytes.IndexByte(text[at+from:], '>')
		if to < 0 {
			break
		}
		tags = append(tags, xmlpart.Between(at+from, at+from+to+1))
		at += from + to + 1
	}
	if len(tags) == 0 {
		return text
	}
	for range 1 + r.IntN(3) {
		a, b := tags[r.IntN(len(tags))], tags[r.IntN(len(tags))]
		if a.End > len(text) || b.End > len(text) {
			continue
		}
		tag := bytes.Clone(text[a.Start:a.End])
		switch r.IntN(4) {
		case 0: // twice
			text = bytes.Join([][]byte{text[:a.End], tag, text[a.End:]}, nil)
		case 1: // gone
			text = bytes.Join([][]byte{text[:a.Start], text[a.End:]}, nil)
		case 2: // elsewhere
			text = bytes.Join([][]byte{text[:b.Start], tag, text[b.Start:]}, nil)
		case 3: // digits
			for i := a.Start; i < a.End; i++ {
				if text[i] >= '0' && text[i] <= '9' && r.IntN(3) == 0 {
					text[i] = "0123456789"[r.IntN(10)]
				}
			}
		}
	}
	return text
}

// useDamaged does everything with a damaged workbook.
func useDamaged(data []byte, r *rand.Rand) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	open := func() (*ooxml.Workbook, map[string]*ooxml.Sheet, error) {
		w, err := ooxml.Read("a.xlsx", data, ooxml.Options{Force: true})
		if err != nil {
			return nil, nil, err
		}
		sheets := map[string]*ooxml.Sheet{}
		for _, info := range w.Sheets() {
			s, err := w.Sheet(info.Name)
			if err != nil {
				if err := isSentence("reading", err); err != nil {
					return nil, nil, err
				}
				continue
			}
			if len(s.Cells) < 20_000 {
				sheets[info.Name] = s
			}
		}
		return w, sheets, nil
	}
	w, sheets, err := open()
	if err != nil {
		return isSentence("opening", err)
	}
	name := ""
	for _, info := range w.Sheets() {
		if s := sheets[info.Name]; s != nil && len(s.Cells) > 0 && (name == "" || r.IntN(3) == 0) {
			name = info.Name
		}
	}
	if name == "" {
		return nil
	}
	s := sheets[name]
	at := s.Cells[r.IntN(len(s.Cells))].Ref
	last := s.Cells[len(s.Cells)-1].Row
	var problems []error
	problem := func(what string, err error) { problems = append(problems, isSentence(what, err)) }

	if err := w.Set(name, at, ooxml.TextValue("新值")); err != nil {
		problem("set", err)
	} else if out, err := w.Bytes(); err != nil {
		problem("set", err)
	} else if err := sameAfter(out, sheets, func(sheet string, c ooxml.Cell) (a1.Ref, bool) {
		return c.Ref, sheet != name || c.Ref != anchorIn(s, at)
	}); err != nil {
		problems = append(problems, fmt.Errorf("set %s!%v: %w", name, at, err))
	}

	if w, _, err = open(); err == nil {
		row := 1 + r.IntN(last)
		l := ooxml.Layout{Sheet: name, Columns: [2]int{1, 3}, FirstData: row, LastData: row}
		if row < last {
			l.Footer = row + 1
		}
		if got, err := w.AddRow(l, map[int]ooxml.Value{1: ooxml.TextValue("新值")}); err != nil {
			problem("add", err)
		} else if out, err := w.Bytes(); err != nil {
			problem("add", err)
		} else if err := sameAfter(out, sheets, func(sheet string, c ooxml.Cell) (a1.Ref, bool) {
			if sheet == name && c.Row >= got && l.Footer > 0 {
				// A gap above the footer may have been used up; then nothing moves.
				return a1.At(c.Row, c.Col), false
			}
			return c.Ref, sheet != name || c.Row != got
		}); err != nil {
			problems = append(problems, fmt.Errorf("add below row %d: %w", row, err))
		}
	}

	if w, _, err = open(); err == nil {
		gone := []int{1 + r.IntN(last)}
		if out, err := w.Extract(ooxml.Extraction{Remove: map[string][]int{name: gone}, Protect: []string{name},
			Properties: map[string]string{"p": "1"}}); err != nil {
			problem("copy", err)
		} else {
			m := rowmove.Rows{Gone: gone}
			anchors := map[a1.Ref]bool{}
			for _, r := range s.Merges {
				if first := m.FirstLeft(r); first != r.First.Row && first > 0 {
					anchors[a1.At(first, r.First.Col)] = true
				}
			}
			if err := sameAfter(out, sheets, func(sheet string, c ooxml.Cell) (a1.Ref, bool) {
				if sheet != name {
					return c.Ref, true
				}
				row, ok := m.Row(c.Row)
				// A picture that the damage took is not in the copy: its cell says what Excel leaves in its place.
				return a1.At(row, c.Col), ok && !anchors[c.Ref] && c.Kind != ooxml.Picture
			}); err != nil {
				problems = append(problems, fmt.Errorf("copy without %d: %w", gone[0], err))
			}
		}
	}
	return errors.Join(problems...)
}

// isSentence is what is wrong with a refusal: that it is none.
func isSentence(what string, err error) error {
	var said *msg.Error
	if !errors.As(err, &said) || said.Class == nil {
		return fmt.Errorf("%s: no sentence: %w", what, err)
	}
	return nil
}

// sameAfter compares the cells of a workbook with what was read before; where
// tells where one stands now, and whether it should.
func sameAfter(data []byte, before map[string]*ooxml.Sheet, where func(sheet string, c ooxml.Cell) (a1.Ref,
	bool)) error {
	w, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		return fmt.Errorf("cannot be opened: %w", err)
	}
	infos := map[string]ooxml.SheetInfo{}
	for _, info := range w.Sheets() {
		infos[info.Name] = info
	}
	for name, s := range before {
		info, there := infos[name]
		if !there || !info.Worksheet {
			continue
		}
		now, err := w.Sheet(name)
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", name, err)
		}
		for _, c := range s.Cells {
			at, there := where(name, c)
			if !there || c.Formula {
				continue
			}
			if got, _ := now.Cell(at); got.Kind != c.Kind || got.Value != c.Value {
				return fmt.Errorf("%s!%v: %d %q, was %d %q", name, at, got.Kind, got.Value, c.Kind, c.Value)
			}
		}
	}
	return nil
}

// anchorIn is the cell that is written for at.
func anchorIn(s *ooxml.Sheet, at a1.Ref) a1.Ref {
	for _, m := range s.Merges {
		if m.Contains(at) {
			return m.First
		}
	}
	return at
}
