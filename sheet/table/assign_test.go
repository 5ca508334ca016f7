package table

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestTheCheapestAssignmentIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "rows")
		m := rapid.IntRange(n, 6).Draw(t, "columns")
		cost := make([][]float64, n)
		for i := range cost {
			for range m {
				cost[i] = append(cost[i], float64(rapid.IntRange(-9, 9).Draw(t, "cost")))
			}
		}
		var least func(row int, used int) float64
		least = func(row, used int) float64 {
			if row == n {
				return 0
			}
			best := math.Inf(1)
			for j := range m {
				if used&(1<<j) == 0 {
					best = min(best, cost[row][j]+least(row+1, used|1<<j))
				}
			}
			return best
		}
		got, seen := 0.0, map[int]bool{}
		for i, j := range hungarian(cost) {
			if seen[j] {
				t.Fatalf("column %d twice", j)
			}
			seen[j] = true
			got += cost[i][j]
		}
		if want := least(0, 0); got != want {
			t.Fatalf("cost %v, want %v", got, want)
		}
	})
}
