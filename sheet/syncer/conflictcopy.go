package syncer

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"taizhang/sheet/msg"
)

// Programs that keep a folder the same on several machines lay a second file
// beside one that two people saved at once. What the other person typed stands
// only there.

// conflictMarks are how they name it, in lower case: Syncthing, Dropbox, ownCloud
// and Nextcloud (old and new), Seafile, Box and pCloud, Resilio, Synology, and the Chinese
// names of Dropbox, Nutstore, WPS and others.
var conflictMarks = []string{
	".sync-conflict-", "conflicted copy", "case conflict", "_conflict", "sfconflict",
	"(conflict", "[conflict", ".conflict",
	"冲突副本", "冲突文件", "冲突的副本", "冲突拷贝", "冲突版本", "版本冲突", "本地冲突", "云端冲突", "衝突",
	"(冲突", "（冲突", "[冲突", "【冲突", "_冲突_",
}

// hostNamed matches what OneDrive puts behind the name of the file that it could not
// upload: a hyphen and the name that Windows gave the machine.
var hostNamed = regexp.MustCompile(`(?i)^-(desktop|laptop|win|minint|pc)-[a-z0-9]{4,12}(-\d+)?$`)

// isHostCopy reports whether what stands behind the ledger's name is that of a machine.
func isHostCopy(rest string) bool {
	rest = strings.TrimSuffix(rest, filepath.Ext(rest))
	host, err := os.Hostname()
	return hostNamed.MatchString(rest) || err == nil && len(host) > 3 && strings.EqualFold(rest, "-"+host)
}

// IsConflictCopy reports whether a file's name is one that a program for shared
// folders gives to the second of two files saved at once.
func IsConflictCopy(name string) bool {
	stem := strings.ToLower(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
	return slices.ContainsFunc(conflictMarks, func(mark string) bool { return strings.Contains(stem, mark) })
}

// conflictCopies lists, by name, the copies that a sync program made beside the ledger
// and that are not merged yet.
func (s *chronicle) conflictCopies() (names []string) {
	base := filepath.Base(s.path)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	entries, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		name := e.Name()
		if name == base || !e.Type().IsRegular() || !strings.EqualFold(filepath.Ext(name), filepath.Ext(base)) ||
			passedOver(name) {
			continue
		}
		rest, own := strings.CutPrefix(name, stem)
		if own && (IsConflictCopy(rest) || isHostCopy(rest)) &&
			!s.mergedWhole(filepath.Join(filepath.Dir(s.path), name)) {
			names = append(names, name)
		}
	}
	return names
}

// notes are what a person should know, once.
func (s *replica) notes() (list []error) {
	for _, name := range s.conflictCopies() {
		list = append(list, &msg.Error{Text: msg.New("syncer.conflict_copy", "File", name),
			Hint: msg.New("syncer.conflict_copy.hint", "File", name)})
	}
	for _, text := range s.noted {
		list = append(list, &msg.Error{Text: text})
	}
	return list
}

// note keeps what a save had to say, each sentence once.
func (s *replica) note(texts []msg.Text) {
	for _, t := range texts {
		if !slices.ContainsFunc(s.noted, func(o msg.Text) bool { return o.In(msg.EN) == t.In(msg.EN) }) {
			s.noted = append(s.noted, t)
		}
	}
}
