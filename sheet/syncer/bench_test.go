package syncer

import (
	"context"
	"path/filepath"
	"testing"
)

// Opening is what stands before the first frame: reading the workbook, the
// history, and building the ledger.
func BenchmarkOpen(b *testing.B) {
	b.Run("rows=10000", func(b *testing.B) { benchOpen(b, 10_000) })
}

func benchOpen(b *testing.B, rows int) {
	path := filepath.Join(b.TempDir(), "台账.xlsx")
	newBook(b, path, rows)
	s, err := Open(context.Background(), path, options("王"))
	if err != nil {
		b.Fatal(err)
	}
	change(b, s, "更新领导信息", "progress", "一")
	s.Close()
	b.Run("history=yes", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(context.Background(), path, options("王"))
			if err != nil {
				b.Fatal(err)
			}
			s.Close()
		}
	})
	b.Run("history=no", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "台账.xlsx")
		newBook(b, path, rows)
		opt := options("王")
		opt.ReadOnly = true
		for b.Loop() {
			if _, err := Open(context.Background(), path, opt); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("change", func(b *testing.B) {
		s, err := Open(context.Background(), path, options("王"))
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		i := 0
		for b.Loop() {
			i++
			change(b, s, "公开财政预决算", "progress", string(rune('一'+i)))
		}
	})
}
