package ooxml_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	benchbook "taizhang/cmd/bench/book"
	"taizhang/cmd/bench/usage"
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// sideBySide measures the contenders on ledgers of each size, with shared and
// with inline strings.
func sideBySide(b *testing.B, contenders []contender) {
	for _, rows := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			for _, strings := range []string{"shared", "inline"} {
				var data []byte
				for _, c := range contenders {
					b.Run("strings="+strings+"/by="+c.by, func(b *testing.B) {
						if data == nil {
							data = benchbook.Make(rows, strings == "inline")
						}
						b.ReportAllocs()
						b.ResetTimer()
						start := usage.Self()
						for b.Loop() {
							if err := c.do(data, rows); err != nil {
								b.Fatal(err)
							}
						}
						b.ReportMetric(float64((usage.Self()-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
					})
				}
			}
		})
	}
}

type contender struct {
	by string
	do func(data []byte, rows int) error
}

// BenchmarkRead reads every cell. The floor is the least that it costs: the
// sheet's part inflated and its tokens walked, the shared strings left aside.
// excelize is asked for raw values: formatting them takes it three times as long.
func BenchmarkRead(b *testing.B) {
	sideBySide(b, []contender{
		{"taizhang", func(data []byte, rows int) error {
			w, err := ooxml.Read("bench.xlsx", data, ooxml.Options{})
			if err != nil {
				return err
			}
			s, err := w.Sheet(benchbook.Sheet)
			if err == nil && len(s.Cells) != (rows+1)*benchbook.Cols+1 {
				err = fmt.Errorf("%d cells", len(s.Cells))
			}
			return err
		}},
		{"floor", func(data []byte, _ int) error {
			pkg, err := opc.Open(data, zipfile.Limits{})
			if err != nil {
				return err
			}
			part, err := pkg.Original("xl/worksheets/sheet1.xml")
			if err != nil {
				return err
			}
			s := xmlpart.NewScanner(part)
			for s.Next() {
			}
			return s.Err()
		}},
		{"excelize", func(data []byte, rows int) error {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			defer f.Close()
			got, err := f.GetRows(benchbook.Sheet, excelize.Options{RawCellValue: true})
			if err == nil && len(got) != rows+benchbook.Top {
				err = fmt.Errorf("%d rows", len(got))
			}
			return err
		}},
	})
}

// BenchmarkSet opens a ledger, sets one cell and makes the new file. The floor
// is what any editor of that part must do with the same compressor: inflate
// and deflate it.
func BenchmarkSet(b *testing.B) {
	const value = "已完成"
	at := func(rows int) a1.Ref { return a1.At(benchbook.Top+rows/2, benchbook.Progress) }
	sideBySide(b, []contender{
		{"taizhang", func(data []byte, rows int) error {
			w, err := ooxml.Read("bench.xlsx", data, ooxml.Options{})
			if err == nil {
				err = w.Set(benchbook.Sheet, at(rows), ooxml.TextValue(value))
			}
			if err == nil {
				_, err = w.Bytes()
			}
			return err
		}},
		{"floor", func(data []byte, _ int) error {
			c, err := zipfile.Open(data, zipfile.Limits{})
			if err != nil {
				return err
			}
			part, err := c.Part("xl/worksheets/sheet1.xml")
			if err == nil {
				_, err = zipfile.Deflate(zipfile.Content{part})
			}
			return err
		}},
		{"excelize", func(data []byte, rows int) error {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			defer f.Close()
			if err := f.SetCellValue(benchbook.Sheet, at(rows).String(), value); err != nil {
				return err
			}
			return f.Write(new(bytes.Buffer))
		}},
	})
}
