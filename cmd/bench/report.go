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

// Units of the figures that are compared; others are printed as they are.
const (
	wall        = "ns/op"
	cpu         = "cpu-ns/op" // of all threads
	peak        = "peak-B"    // the largest resident set
	allocated   = "B/op"
	wrongValues = "wrong-values"
)

// results are all benchmarks, in the order in which they first appeared.
type results struct {
	cpu      string // the processor
	machine  string
	versions []string
	groups   []*group
}

// group is what is compared: a benchmark without its by=.
type group struct {
	name    string
	entries []*entry
	notes   []string // what was skipped, and why
}

// entry is one contender, with a value for each run by unit.
type entry struct {
	by     string // "" if the benchmark compares nothing
	values map[string][]float64
	units  []string // in the order in which they came
	remark string   // what it does differently
}

// put adds the figure of one run.
func (e *entry) put(unit string, v float64) {
	if !slices.Contains(e.units, unit) {
		e.units = append(e.units, unit)
	}
	e.values[unit] = append(e.values[unit], v)
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
		e.put(f[i+1], v)
	}
	return true
}

func (r *results) group(name string) *group {
	i := slices.IndexFunc(r.groups, func(g *group) bool { return g.name == name })
	if i < 0 {
		i = len(r.groups)
		r.groups = append(r.groups, &group{name: name})
	}
	return r.groups[i]
}

// note records what was skipped.
func (r *results) note(name, text string) {
	g := r.group(name)
	g.notes = append(g.notes, text)
	say("%s: %s", name, text)
}

// find returns nil if there is no such entry.
func (r *results) find(name, by string) *entry {
	for _, g := range r.groups {
		for _, e := range g.entries {
			if g.name == name && e.by == by {
				return e
			}
		}
	}
	return nil
}

func (r *results) entry(name, by string) *entry {
	g := r.group(name)
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

// ratio is how many times b a takes: of processor time where both know it.
func ratio(a, b *entry) (float64, bool) {
	if a == nil || b == nil {
		return 0, false
	}
	unit := cpu
	if a.median(cpu) == 0 || b.median(cpu) == 0 {
		unit = wall
	}
	if a.median(unit) == 0 || b.median(unit) == 0 {
		return 0, false
	}
	return a.median(unit) / b.median(unit), true
}

func (r *results) print(w io.Writer) {
	fmt.Fprintf(w, "machine   %s\n", r.machine)
	fmt.Fprintf(w, "versions  %s\n\n", strings.Join(r.versions, "; "))
	lay(w, func(tw io.Writer) {
		fmt.Fprintf(tw, "target\t\tmeasured\t\n")
		for _, t := range targets {
			fmt.Fprintln(tw, strings.Join(t.line(r), "\t"))
		}
	})
	fmt.Fprintln(w,
		"\ntime is on the clock, cpu that of all threads, memory the peak of a process or (alloc) what was "+
			"allocated;\n× ours is of cpu where it is known")
	lay(w, func(tw io.Writer) {
		for _, g := range r.groups {
			g.print(tw)
		}
	})
}

// lay lines up columns, without blanks at the ends of lines.
func lay(w io.Writer, fill func(io.Writer)) {
	var lines strings.Builder
	tw := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fill(tw)
	tw.Flush()
	for line := range strings.Lines(lines.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
}

func (g *group) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s\n", g.name)
	i := slices.IndexFunc(g.entries, func(e *entry) bool { return e.by == ours })
	for _, e := range g.entries {
		if len(e.units) == 0 {
			continue // it failed, and a note says so
		}
		compared := ""
		if i >= 0 && e.by != ours {
			if v, ok := ratio(e, g.entries[i]); ok {
				compared = fmt.Sprintf("%.2f × ours", v)
			}
		}
		by := e.by
		if by == "" {
			by = "-"
		}
		used := ""
		if v := e.median(cpu); v > 0 {
			used = duration(v) + " cpu"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\n", by, duration(e.median(wall)), used, e.memory(), compared,
			e.others())
	}
	for _, n := range g.notes {
		fmt.Fprintf(w, "  (%s)\n", n)
	}
}

func (e *entry) memory() string {
	if v := e.median(peak); v > 0 {
		return memory(v)
	}
	if v := e.median(allocated); v > 0 {
		return memory(v) + " alloc"
	}
	return ""
}

// String is for the run's progress.
func (e *entry) String() string {
	return fmt.Sprintf("%s, %s cpu, %s %s", duration(e.median(wall)), duration(e.median(cpu)), e.memory(), e.others())
}

// others are the figures that a benchmark reports by itself.
func (e *entry) others() string {
	var out []string
	for _, u := range e.units {
		switch u {
		case wall, cpu, peak, allocated, "allocs/op":
		default:
			out = append(out, strconv.FormatFloat(e.median(u), 'g', 4, 64)+" "+u)
		}
	}
	if e.remark != "" {
		out = append(out, e.remark)
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
