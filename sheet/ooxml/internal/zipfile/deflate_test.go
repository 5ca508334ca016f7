package zipfile

import (
	"bytes"
	stdflate "compress/flate"
	"fmt"
	"testing"

	benchbook "taizhang/cmd/bench/book"
	"taizhang/cmd/bench/usage"
)

// BenchmarkDeflate compresses the sheet's part at each level, and as the
// standard library does at its default, which is the size that spreadsheet
// programs make of it.
func BenchmarkDeflate(b *testing.B) {
	for _, strings := range []string{"shared", "inline"} {
		c, err := Open(benchbook.Make(100_000, strings == "inline"), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		part, err := c.Part("xl/worksheets/sheet1.xml")
		if err != nil {
			b.Fatal(err)
		}
		measure := func(by string, pack func() (int, error)) {
			b.Run("strings="+strings+"/by="+by, func(b *testing.B) {
				size := 0
				start := usage.Self()
				for b.Loop() {
					if size, err = pack(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64((usage.Self()-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
				b.ReportMetric(float64(size), "packed-bytes")
			})
		}
		for level := 1; level <= 7; level++ { // 8 and 9 take five times as long as 7
			measure(fmt.Sprintf("level%d", level), func() (int, error) {
				out, err := deflateAt(level, Content{part})
				return out.size(), err
			})
		}
		measure("standard", func() (int, error) {
			var out bytes.Buffer
			w, err := stdflate.NewWriter(&out, stdflate.DefaultCompression)
			if err != nil {
				return 0, err
			}
			w.Write(part)
			return out.Len(), w.Close()
		})
	}
}
