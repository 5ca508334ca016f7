//go:build e2e

package programs

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// office is a folder with a ledger in it, and the tasks that it is to hold.
type office struct {
	*world
	dir, path string
	tasks     map[string]map[string]string // by number and field
	last      *state                       // the ledger after the last operation
	home      map[string]string            // of a split: the rows of a unit's copy by title
}

// world is what all offices have at hand.
type world struct {
	bin       string
	readers   []*program // that know what a workbook holds
	reference *book
}

// run runs the program. Exit codes other than 0 are errors.
func (o *office) run(args ...string) (string, error) {
	cmd := exec.Command(o.bin, append(args, "--ledger", o.path, "--today", "2026-07-01", "--lang", "zh")...)
	cmd.Dir = o.dir
	cmd.Env = []string{"HOME=" + o.dir, "PATH=" + os.Getenv("PATH"), "TAIZHANG_AUTHOR=王协调"}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s: %w\n%s%s", strings.Join(args, " "), err, out.String(), said.String())
	}
	return out.String(), nil
}

// holds checks what the program itself reads.
func (o *office) holds() error {
	doc, err := o.run("tasks", "--json")
	if err != nil {
		return err
	}
	got, err := readTasks(doc)
	if err != nil {
		return err
	}
	return differ(flatten(o.tasks), flatten(got))
}

func flatten(tasks map[string]map[string]string) map[string]string {
	out := map[string]string{}
	for number, task := range tasks {
		for field, v := range task {
			out[number+" "+field] = v
		}
	}
	return out
}

// change is what a command says to have changed.
type change struct{ Number, Field, To string }

// changes are those of sync --json, merge --json and the like, sorted.
func sorted(list []change) []change {
	slices.SortFunc(list, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Field, b.Field), cmp.Compare(a.To, b.To))
	})
	return list
}

func sameChanges(got, want []change) error {
	if got, want = sorted(got), sorted(want); !slices.Equal(got, want) {
		return fmt.Errorf("it took %v, wanted %v", got, want)
	}
	return nil
}

// take notes changes in what the ledger is to hold.
func (o *office) take(list []change) {
	for _, c := range list {
		o.tasks[c.Number][c.Field] = c.To
	}
}

// state is a workbook as others see it: by openpyxl everything, by LibreOffice
// what is shown after calculating anew.
type state struct {
	known, shown map[string]string
	parts        map[string]string
}

func (w *world) look(file string) (*state, error) {
	s := &state{parts: map[string]string{}}
	for i, p := range w.readers {
		read, err := p.do(request{Do: "read", File: file})
		if err != nil {
			return nil, fmt.Errorf("%s does not read it: %w", p.name, err)
		}
		if i == 0 {
			s.known = read
		} else {
			s.shown = read
		}
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		s.parts[e.Name] = string(data)
	}
	return s, nil
}

// differ tells two readings apart, by what stands under a name in each.
func differ(want, got map[string]string) error {
	var lines []string
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[k]; !ok {
			lines = append(lines, fmt.Sprintf("  - %s = %q", k, want[k]))
		} else if g != want[k] {
			lines = append(lines, fmt.Sprintf("  ! %s = %q, wanted %q", k, g, want[k]))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[k]; !ok {
			lines = append(lines, fmt.Sprintf("  + %s = %q", k, got[k]))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return errors.New("it differs:\n" + strings.Join(lines[:min(len(lines), 40)], "\n"))
}

// changedParts are the parts of a package that are not the same bytes.
func changedParts(before, after *state) (list []string) {
	for name, data := range after.parts {
		if before.parts[name] != data {
			list = append(list, name)
		}
	}
	for name := range before.parts {
		if _, ok := after.parts[name]; !ok {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// opened is an office with a ledger of its own.
func (w *world) opened(dir string, from string) (*office, error) {
	o := &office{world: w, dir: dir, path: filepath.Join(dir, "台账.xlsx"), tasks: map[string]map[string]string{}}
	data, err := os.ReadFile(from)
	if err != nil {
		return nil, err
	}
	return o, errors.Join(os.MkdirAll(dir, 0o777), os.WriteFile(o.path, data, 0o666))
}

// copied is another office with the same ledger and history.
func (o *office) copied(dir string) (*office, error) {
	c := &office{world: o.world, dir: dir, path: filepath.Join(dir, filepath.Base(o.path)),
		tasks: map[string]map[string]string{}, last: o.last}
	for number, task := range o.tasks {
		c.tasks[number] = maps.Clone(task)
	}
	return c, os.CopyFS(dir, os.DirFS(o.dir))
}

func decode[T any](doc string) (out T, err error) { return out, json.Unmarshal([]byte(doc), &out) }
