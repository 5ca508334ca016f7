package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// results are all benchmarks, in the order in which they first appeared.
type results struct {
	cpu    string
	groups []*group
}

// group is what is compared: a benchmark without its by=.
type group struct {
	name    string
	entries []*entry
}

// entry is one contender, with a value for each run by unit.
type entry struct {
	by     string // "" if the benchmark compares nothing
	values map[string][]float64
	units  []string // in the order of the line
}

// add takes a line of go test -bench; false if it holds no figures.
func (r *results) add(line string) bool {
	f := strings.Fields(line)
	if len(f) < 4 || len(f)%2 != 0 {
		return false
	}
	name, by := split(f[0])
	e := r.entry(name, by)
	for i := 2; i+1 < len(f); i += 2 {
		v, err := strconv.ParseFloat(f[i], 64)
		if err != nil {
			return false
		}
		unit := f[i+1]
		if !slices.Contains(e.units, unit) {
			e.units = append(e.units, unit)
		}
		e.values[unit] = append(e.values[unit], v)
	}
	return true
}

func (r *results) entry(name, by string) *entry {
	i := slices.IndexFunc(r.groups, func(g *group) bool { return g.name == name })
	if i < 0 {
		i = len(r.groups)
		r.groups = append(r.groups, &group{name: name})
	}
	g := r.groups[i]
	j := slices.IndexFunc(g.entries, func(e *entry) bool { return e.by == by })
	if j < 0 {
		j = len(g.entries)
		g.entries = append(g.entries, &entry{by: by, values: map[string][]float64{}})
	}
	return g.entries[j]
}

// split takes by= out of a benchmark's name, and the number of processors that
// go test puts behind it.
func split(full string) (name, by string) {
	full = strings.TrimPrefix(full, "Benchmark")
	if i := strings.LastIndexByte(full, '-'); i >= 0 {
		if _, err := strconv.Atoi(full[i+1:]); err == nil {
			full = full[:i]
		}
	}
	var rest []string
	for _, part := range strings.Split(full, "/") {
		if v, ok := strings.CutPrefix(part, "by="); ok {
			by = v
			continue
		}
		rest = append(rest, part)
	}
	return strings.Join(rest, "/"), by
}

// median of the runs; 0 if there are none.
func (e *entry) median(unit string) float64 {
	v := slices.Sorted(slices.Values(e.values[unit]))
	switch n := len(v); {
	case n == 0:
		return 0
	case n%2 == 1:
		return v[n/2]
	default:
		return (v[n/2-1] + v[n/2]) / 2
	}
}

func (r *results) print(w io.Writer) {
	var lines strings.Builder
	tw := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	for _, g := range r.groups {
		fmt.Fprintf(tw, "\n%s\n", g.name)
		i := slices.IndexFunc(g.entries, func(e *entry) bool { return e.by == ours })
		for _, e := range g.entries {
			ratio := ""
			if i >= 0 && e.by != ours {
				if base := g.entries[i].median("ns/op"); base > 0 {
					ratio = fmt.Sprintf("%.2f x ours", e.median("ns/op")/base)
				}
			}
			by := e.by
			if by == "" {
				by = "-"
			}
			fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\t%s\n", by, duration(e.median("ns/op")), memory(e.median("B/op")), ratio, e.others())
		}
	}
	tw.Flush()
	for line := range strings.Lines(lines.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
}

// others are the figures that a benchmark reports by itself.
func (e *entry) others() string {
	var out []string
	for _, u := range e.units {
		switch u {
		case "ns/op", "B/op", "allocs/op":
		default:
			out = append(out, strconv.FormatFloat(e.median(u), 'g', 4, 64)+" "+u)
		}
	}
	return strings.Join(out, ", ")
}

func duration(ns float64) string {
	d := time.Duration(ns)
	switch {
	case d >= time.Second:
		return d.Round(10 * time.Millisecond).String()
	case d >= time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(10 * time.Nanosecond).String()
}

func memory(b float64) string {
	switch {
	case b >= 1<<20:
		return fmt.Sprintf("%.1f MB", b/(1<<20))
	case b >= 1<<10:
		return fmt.Sprintf("%.1f kB", b/(1<<10))
	}
	return fmt.Sprintf("%.0f B", b)
}
