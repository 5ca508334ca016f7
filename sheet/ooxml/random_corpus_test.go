package ooxml_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// Random edits, several at once, of public workbooks: what is read afterwards is what was
// written, and every other cell is as it was, or the result of a formula. EDITS is how many
// workbooks are edited, SEED which edits are made.
func TestRandomEditsOfPublicWorkbooks(t *testing.T) {
	files := ziptest.CorpusFiles(t)
	count, _ := strconv.Atoi(cmp.Or(os.Getenv("EDITS"), "40"))
	seed, _ := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	made := 0
	for i := range count {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		file := files[r.IntN(len(files))]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 200<<10 {
			continue
		}
		n, err := editAtRandom(file, data, r)
		made += n
		if err != nil {
			t.Errorf("%s, edit %d of seed %d: %v", filepath.Base(file), i, seed, err)
		}
	}
	t.Logf("%d workbooks, %d edits", count, made)
}

// editAtRandom makes a few edits and reads the workbook again.
func editAtRandom(file string, data []byte, r *rand.Rand) (made int, err error) {
	w, err := ooxml.Read(file, data, ooxml.Options{Force: true})
	if err != nil {
		return 0, nil // no workbook, or one that needs a password
	}
	type place struct {
		sheet string
		at    a1.Ref
	}
	want := map[place]ooxml.Cell{}
	written := map[place]ooxml.Value{}
	var names []string
	for _, info := range w.Sheets() {
		s, err := w.Sheet(info.Name)
		if err != nil || !info.Worksheet {
			continue
		}
		names = append(names, info.Name)
		for _, c := range s.Cells {
			want[place{info.Name, c.Ref}] = c
		}
	}
	if len(names) == 0 {
		return 0, nil
	}
	for range 1 + r.IntN(6) {
		name := names[r.IntN(len(names))]
		s, err := w.Sheet(name)
		if err != nil {
			return made, err
		}
		at := a1.At(1+r.IntN(40), 1+r.IntN(12))
		if len(s.Cells) > 0 && r.IntN(3) > 0 {
			at = s.Cells[r.IntN(len(s.Cells))].Ref
		}
		day := time.Date(1901+r.IntN(200), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		values := []ooxml.Value{
			{}, ooxml.TextValue("已印发\n“方案” <1> & _x000D_ "), ooxml.TextValue(" 007"), ooxml.TextValue("=1+1"),
			ooxml.NumberValue("0.1"), ooxml.NumberValue("-1200.50"), ooxml.NumberValue("1e21"), ooxml.DateValue(day),
		}
		v := values[r.IntN(len(values))]
		switch err := w.Set(name, at, v); {
		case err == nil:
			for _, m := range s.Merges {
				if m.Contains(at) {
					at = m.First // a merged cell is written at its first one
				}
			}
			written[place{name, at}] = v
			made++
		case !errors.Is(err, ooxml.ErrFormula) && !errors.Is(err, ooxml.ErrUnsafe) &&
			!errors.Is(err, ooxml.ErrSigned) && !errors.Is(err, ooxml.ErrDamaged):
			return made, fmt.Errorf("%s!%s: %w", name, at, err)
		}
	}
	out, err := w.Bytes()
	if err != nil {
		return made, err
	}
	again, err := ooxml.Read(file, out, ooxml.Options{Force: true})
	if err != nil {
		return made, err
	}
	got := map[place]ooxml.Cell{}
	for _, name := range names {
		s, err := again.Sheet(name)
		if err != nil {
			return made, err
		}
		for _, c := range s.Cells {
			got[place{name, c.Ref}] = c
		}
	}
	for p, v := range written {
		c := got[p]
		ok := c.Kind == v.Kind
		switch v.Kind {
		case ooxml.Text:
			ok = ok && c.Value == v.Text
		case ooxml.Number:
			x, _ := strconv.ParseFloat(v.Text, 64)
			y, err := strconv.ParseFloat(c.Value, 64)
			ok = ok && err == nil && x == y
		case ooxml.Date:
			day, isDate := again.Time(c)
			ok = isDate && day.Equal(v.Time)
		}
		if !ok {
			return made, fmt.Errorf("%s!%s: wrote %+v, read %d %q in format %d", p.sheet, p.at, v, c.Kind, c.Value,
				c.Style)
		}
		delete(want, p)
		delete(got, p)
	}
	for p, c := range want {
		g := got[p]
		isResult := c.Formula && g.Formula
		if !isResult && (g.Kind != c.Kind || g.Value != c.Value || g.Style != c.Style) {
			return made, fmt.Errorf("%s!%s was %d %q, is %d %q", p.sheet, p.at, c.Kind, c.Value, g.Kind, g.Value)
		}
	}
	for p, g := range got {
		if _, ok := want[p]; !ok && g.Kind != ooxml.Blank {
			return made, fmt.Errorf("%s!%s: %q came from nowhere", p.sheet, p.at, g.Value)
		}
	}
	return made, nil
}
