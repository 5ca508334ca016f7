package store

import (
	"math/rand/v2"
	"testing"
	"time"
)

// The size after many small edits and the time to read the head, in a ledger
// of 100,000 rows: the target is under three times the ledger's own size, and
// under a second.
func BenchmarkEdit(b *testing.B) {
	b.Run("rows=100000", func(b *testing.B) { edit(b, 100_000) })
}

func edit(b *testing.B, rows int) {
	s := must(openQuick(b.TempDir()))
	st := ledgerOf(rows)
	id := must(s.Put(Revision{Time: day}, st))
	whole, _ := files(b, s.dir)
	rnd := rand.New(rand.NewPCG(1, 2))
	n := 0
	for b.Loop() {
		n++
		st = with(st, rnd.IntN(rows), 5, "已召开推进会"+string(rune('一'+n)))
		id = must(s.Put(Revision{Parents: []string{id}, Time: day.Add(time.Duration(n) * time.Minute)}, st))
	}
	all, _ := files(b, s.dir)
	b.ReportMetric(float64(all)/float64(whole), "×whole")
	b.ReportMetric(float64(all-whole)/float64(n), "B/edit")
}

func BenchmarkReadHead(b *testing.B) {
	b.Run("rows=100000", func(b *testing.B) { readHead(b, 100_000) })
}

func readHead(b *testing.B, rows int) {
	s := must(openQuick(b.TempDir()))
	st := ledgerOf(rows)
	id := must(s.Put(Revision{Time: day}, st))
	for i := range 63 { // the longest chain under 64 revisions
		st = with(st, i*991, 5, "已召开推进会")
		id = must(s.Put(Revision{Parents: []string{id}, Time: day.Add(time.Duration(i) * time.Minute)}, st))
	}
	for b.Loop() {
		fresh := must(openQuick(s.dir))
		must(fresh.Content(id))
	}
}
