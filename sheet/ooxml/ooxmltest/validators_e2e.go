//go:build e2e

package ooxmltest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Validators are the programs that could be found.
type Validators struct {
	sdk    string // the SDK's validator, "" if it is missing
	script string // the script of Excel's own rules, "" if it is missing
}

// Find looks for the validators and skips the test where there is none.
// .ci/tools installs the SDK's in the user's cache folder; the script lies
// beside the project.
func Find(t testing.TB) Validators {
	t.Helper()
	var v Validators
	cache, _ := os.UserCacheDir()
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	name := filepath.Join("node_modules", "@xarsh", "ooxml-validator-"+runtime.GOOS+"-"+arch, "ooxml-validator")
	if path := filepath.Join(cache, "taizhang-bench", name); isFile(path) {
		v.sdk = path
	}
	if root := projectRoot(); root != "" {
		script := filepath.Join(root, "..", "shared", "validate", "validate.py")
		if isFile(script) && exec.Command("/usr/bin/python3", "-c", "import lxml").Run() == nil {
			v.script = script
		}
	}
	switch {
	case v.sdk == "" && v.script == "":
		t.Skip("no validator is installed")
	case v.sdk == "":
		t.Log("the Open XML SDK's validator is not installed; the schemas are not checked")
	case v.script == "":
		t.Log("the script of Excel's own rules is not beside the project; they are not checked")
	}
	return v
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// projectRoot is the folder of go.mod, from the test's own folder upwards.
func projectRoot() string {
	dir, err := os.Getwd()
	for err == nil {
		if isFile(filepath.Join(dir, "go.mod")) {
			return dir
		}
		if filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// NewComplaints are what the validators say of each file and do not say of the workbook that it
// was made of, its source; "" is a file without one. They are asked about a source only
// where a file of it has complaints.
func (v Validators) NewComplaints(t testing.TB, source map[string]string) map[string][]string {
	t.Helper()
	said := v.complaints(t, slices.Sorted(maps.Keys(source)))
	var sources []string
	for file := range said {
		if from := source[file]; from != "" {
			sources = append(sources, from)
		}
	}
	slices.Sort(sources)
	old := v.complaints(t, slices.Compact(sources))
	for file, list := range said {
		before := old[source[file]]
		said[file] = slices.DeleteFunc(list, func(c string) bool { return slices.Contains(before, c) })
	}
	return said
}

// complaints are what the validators say of each file. Numbers in them are
// left out, since an edit moves rows and adds formats.
func (v Validators) complaints(t testing.TB, files []string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	var mu sync.Mutex
	add := func(file, complaint string) {
		mu.Lock()
		defer mu.Unlock()
		if complaint = reNumber.ReplaceAllString(complaint, "#"); !slices.Contains(out[file], complaint) {
			out[file] = append(out[file], complaint)
		}
	}
	var group sync.WaitGroup
	work := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for file := range work {
				if err := v.askSDK(file, add); err != nil {
					add(file, "sdk: "+err.Error())
				}
			}
		})
	}
	for _, file := range files {
		work <- file
	}
	close(work)
	group.Wait()
	for chunk := range slices.Chunk(files, 200) {
		if err := v.askScript(chunk, add); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

var reNumber = regexp.MustCompile(`\$?[A-Z]{0,3}\$?[0-9]+(:\$?[A-Z]{0,3}\$?[0-9]+)?`)

// noise are complaints of the SDK's validator that Excel does not share: it
// wants the elements of a font in an order that no program keeps.
var noise = regexp.MustCompile(
	`:(sz|name|b|i|color|family|charset|scheme|u|strike|vertAlign|outline|shadow|condense|extend)'`)

func (v Validators) askSDK(file string, add func(file, complaint string)) error {
	if v.sdk == "" {
		return nil
	}
	data, err := exec.Command(v.sdk, file, "Microsoft365").Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	var answer struct {
		Errors []struct{ Description, Path, XPath, ID, ErrorType string }
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return fmt.Errorf("%w: %.200s", err, data)
	}
	for _, e := range answer.Errors {
		if strings.Contains(e.XPath, "font") && noise.MatchString(e.Description) {
			continue
		}
		add(file, "sdk "+e.ID+" "+e.Path+": "+e.Description)
	}
	return nil
}

func (v Validators) askScript(files []string, add func(file, complaint string)) error {
	if v.script == "" {
		return nil
	}
	data, err := exec.Command("/usr/bin/python3", append([]string{v.script, "--json"}, files...)...).Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	var answer map[string][][4]string
	if err := json.Unmarshal(data, &answer); err != nil {
		return fmt.Errorf("%w: %.200s", err, data)
	}
	for file, list := range answer {
		for _, c := range list {
			if c[0] == "E" {
				add(file, "rule "+c[1]+" "+c[2]+": "+c[3])
			}
		}
	}
	return nil
}
