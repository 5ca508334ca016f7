package ooxml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// oddSheet draws sheet data as careless programs write it: rows and cells
// without references, out of order, twice, with prefixes, comments and CDATA.
func oddSheet(t *rapid.T) string {
	p := rapid.SampledFrom([]string{"", "x:"}).Draw(t, "prefix")
	var b strings.Builder
	ns := ` xmlns="u"`
	if p != "" {
		ns = ` xmlns:x="u"`
	}
	fmt.Fprintf(&b, "<%sworksheet%s><%ssheetData>", p, ns, p)
	num := 0
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		row := ""
		num++
		if rapid.Bool().Draw(t, "row has reference") {
			num = rapid.IntRange(1, 6).Draw(t, "row")
			row = fmt.Sprintf(` r="%d"`, num)
		}
		fmt.Fprintf(&b, "<%srow%s>", p, row)
		for range rapid.IntRange(0, 4).Draw(t, "cells") {
			at := ""
			if rapid.Bool().Draw(t, "cell has reference") {
				at = fmt.Sprintf(` r="%s"`, a1.At(num, rapid.IntRange(1, 4).Draw(t, "cell column")))
			}
			n := rapid.IntRange(0, 9).Draw(t, "value")
			b.WriteString(rapid.SampledFrom([]string{
				fmt.Sprintf("<%sc%s><%sv>%d</%sv></%sc>", p, at, p, n, p, p),
				fmt.Sprintf("<%sc%s/>", p, at),
				fmt.Sprintf("<!-- <c/> --><%sc%s t='str'><%sv>a<![CDATA[<]]>%d</%sv></%sc>\n", p, at, p, n, p, p),
				fmt.Sprintf("<%sc%s t='inlineStr'><%sis><%st>i%d</%st></%sis></%sc>", p, at, p, p, n, p, p, p),
			}).Draw(t, "cell"))
		}
		fmt.Fprintf(&b, "</%srow>", p)
	}
	fmt.Fprintf(&b, "</%ssheetData></%sworksheet>", p, p)
	return b.String()
}

// TestOddSheetsAreWrittenAsTheyAreRead holds the two halves of the package
// against each other: what is set is read back, and no other cell is another.
func TestOddSheetsAreWrittenAsTheyAreRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		data := testBook{sheets: []string{"S"}}.with("xl/worksheets/sheet1.xml", oddSheet(rt)).bytes(t)
		w, err := ooxml.Read("odd.xlsx", data, ooxml.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		before, err := w.Sheet("S")
		if err != nil {
			rt.Fatal(err)
		}
		at := a1.At(rapid.IntRange(1, 7).Draw(rt, "set row"), rapid.IntRange(1, 5).Draw(rt, "set column"))
		value := rapid.SampledFrom([]ooxml.Value{ooxml.TextValue("已完成"), ooxml.NumberValue("42"), {}}).Draw(rt,
			"set value")
		if err := w.Set("S", at, value); err != nil {
			if !errors.Is(err, ooxml.ErrUnsafe) {
				rt.Fatal(err)
			}
			return
		}
		data, err = w.Bytes()
		if err != nil {
			rt.Fatal(err)
		}
		w, err = ooxml.Read("odd.xlsx", data, ooxml.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		after, err := w.Sheet("S")
		if err != nil {
			rt.Fatal(err)
		}
		values := func(s *ooxml.Sheet) map[a1.Ref]string {
			m := map[a1.Ref]string{}
			for _, c := range s.Cells {
				if c.Kind != ooxml.Blank {
					m[c.Ref] = c.Value
				}
			}
			return m
		}
		want := values(before)
		if delete(want, at); value.Kind != ooxml.Blank {
			want[at] = value.Text
		}
		if d := cmp.Diff(want, values(after)); d != "" {
			rt.Fatalf("set %v to %q: %s", at, value.Text, d)
		}
	})
}
