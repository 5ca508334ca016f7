package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// spread puts files in place of patterns: a last element with * or ? stands for
// the files that fit it, by name, but for those that programs hide or mark a
// workbook with. Shells do so before the program starts; those of Windows leave
// it to the program. What fits nothing, and a file that is called so, stays as
// it is.
func spread(args []string) []string {
	var out []string
	for _, arg := range args {
		dir, last := filepath.Split(arg)
		fits := []string{arg}
		if _, err := os.Lstat(arg); err != nil && strings.ContainsAny(last, "*?") {
			if found := fitting(dir, last); len(found) > 0 {
				fits = found
			}
		}
		out = append(out, fits...)
	}
	return out
}

func fitting(dir, pattern string) []string {
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return nil
	}
	// Brackets are nothing but brackets: 台账[1].xlsx is what browsers call a second download.
	pattern = strings.ToLower(strings.NewReplacer(`\`, `\\`, "[", `\[`).Replace(pattern))
	var out []string
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") {
			continue
		}
		if ok, err := path.Match(pattern, strings.ToLower(name)); ok && err == nil {
			out = append(out, dir+name)
		}
	}
	return out
}
