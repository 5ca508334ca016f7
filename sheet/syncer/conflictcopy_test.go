package syncer

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What programs for shared folders call the second of two files saved at once.
func TestCopiesOfSyncProgramsAreNamed(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "x")
	dir := filepath.Dir(path)
	conflicts := []string{
		"台账 (conflicted copy 2022-06-15 101530).xlsx", "台账 (王's conflicted copy 2022-06-15).xlsx",
		"台账 (王的冲突副本 2022-06-15).xlsx", "台账_conflict-20220615-101530.xlsx",
		"台账.sync-conflict-20220615-101530-ABCDEFG.xlsx", "台账-DESKTOP-8JK2L1M.xlsx", "台账-LAPTOP-0ABCD123-2.xlsx",
		"台账(冲突_王_2022-06-15 10-15-30).xlsx",
		"台账（冲突）.xlsx", "台账_DiskStation_Jun-15-101530-2022_Conflict.xlsx", "台账 (SFConflict 王 2022-06-15-10-15-30).xlsx",
		"台账.Conflict.xlsx", "台账（本地冲突）.xlsx",
	}
	others := []string{"台账-财政局.xlsx", "台账 (1).xlsx", "台账-2022.xlsx", "台账-FINAL.xlsx", "信访冲突台账.xlsx", "台账-win.xlsx",
		"另一份 (冲突).xlsx"}
	for i, name := range append(slices.Clone(conflicts), others...) {
		newBook(t, filepath.Join(dir, name), 3+i)
	}
	pass(t, s)
	var told []string
	for _, err := range s.Snapshot().Notes {
		told = append(told, err.Error())
	}
	all := strings.Join(told, "\n")
	for _, name := range conflicts {
		if !strings.Contains(all, name) {
			t.Errorf("%s is not named", name)
		}
	}
	for _, name := range others {
		if strings.Contains(all, name) {
			t.Errorf("%s is named", name)
		}
	}
}
