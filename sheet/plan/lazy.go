package plan

import (
	"regexp"
	"sync"
)

// lazy is a regular expression that is compiled when it is first asked for: only
// who reads a plan pays for the long alternatives of this package.
func lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
