package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

const secret = "只有办公室知道的事"

func secretState() merge.State {
	return merge.State{Tables: []*table.Table{{Kind: "tasks", Sheet: "台账",
		Columns: []table.Column{{Key: "title", Field: "title", Heading: "任务"}},
		Rows:    []table.Row{{ID: "a", Values: []string{secret}}}}}}
}

func TestTheHistoryOfAnEncryptedWorkbookIsSealed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	s, err := Open(dir, Options{Password: "口令"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Put(Revision{Time: time.Unix(1e9, 0).UTC(), Author: secret}, secretState())
	if err != nil {
		t.Fatal(err)
	}
	s.Cache("c", []byte(secret))
	if err := s.Backup([]byte("PK whole workbook"), ".xlsx", time.Unix(1e9, 0), 5); err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if len(data) == 0 {
			return err
		}
		files++
		backup := filepath.Base(filepath.Dir(path)) == backupsDir
		if sealed := bytes.HasPrefix(data, []byte(sealMark)); sealed == backup {
			t.Errorf("%s: sealed %v", path, sealed)
		}
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s tells the secret", path)
		}
		return err
	})
	if err != nil || files < 4 {
		t.Fatalf("%d files: %v", files, err)
	}

	again, err := Open(dir, Options{Password: "口令"})
	if err != nil {
		t.Fatal(err)
	}
	st, err := again.Content(id)
	if err != nil || st.Tables[0].Rows[0].Values[0] != secret {
		t.Errorf("with the password: %v %v", st, err)
	}
	if string(again.Cached("c")) != secret {
		t.Error("the cache cannot be read with the password")
	}
	for _, password := range []string{"", "别的口令"} {
		other, err := Open(dir, Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Content(id); !errors.Is(err, ErrCorrupt) || !errors.Is(err, errSealed) {
			t.Errorf("with password %q: %v", password, err)
		}
	}
}

func TestPlainFilesFromBeforeThePasswordAreRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.Put(Revision{Time: time.Unix(1e9, 0).UTC()}, secretState())
	if err != nil {
		t.Fatal(err)
	}
	sealedStore, err := Open(dir, Options{Password: "口令"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sealedStore.Content(id); err != nil {
		t.Error(err)
	}
}
