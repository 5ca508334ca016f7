package syncer

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/fsnotify/fsnotify"
)

// watchedFolders keeps the watches of folders alive. A watch dies with its
// folder, and when the folder is moved; one that is made later, or put in the
// place of another one, was never watched.
type watchedFolders struct {
	events *fsnotify.Watcher // nil where the system has no events
	known  map[string]os.FileInfo
}

// watch sees to it that exactly these folders are watched, and reports whether
// there is one that was not until now. It is called again and again.
func (f *watchedFolders) watch(paths []string) (anew bool) {
	if f.events == nil {
		return false
	}
	alive := f.events.WatchList()
	known := map[string]os.FileInfo{}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			continue
		}
		old, watched := f.known[p]
		if watched && os.SameFile(old, info) && slices.Contains(alive, p) {
			known[p] = info
			continue
		}
		f.events.Remove(p) // of the folder that stood there before
		if f.events.Add(p) == nil {
			known[p], anew = info, true
		}
	}
	for p := range f.known {
		if _, still := known[p]; !still && slices.Contains(alive, p) && !slices.Contains(paths, p) {
			f.events.Remove(p)
		}
	}
	f.known = known
	return anew
}

// folders is where something may happen that a pass would react to: where the
// workbook stands, and where it really stands if that is a link.
func (s *chronicle) folders() []string {
	out := []string{filepath.Dir(s.path)}
	if real, err := filepath.EvalSymlinks(s.path); err == nil && filepath.Dir(real) != out[0] {
		out = append(out, filepath.Dir(real))
	}
	if s.opt.Inbox != "" {
		out = append(out, s.opt.Inbox)
	}
	if dir := s.hist.Dir(); dir != "" {
		out = append(out, filepath.Join(dir, "revisions"))
	}
	return out
}
