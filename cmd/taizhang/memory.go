package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/sheet/safefile"
	"taizhang/sheet/syncer"
	"taizhang/tui"
)

// What a person's dashboard keeps of a ledger between two runs is a file of
// theirs, in the folder where the system has programs keep such things: two people
// who share a ledger have not looked at the same changes.

func memoryFile(ledger string) (string, error) {
	root := syncer.UserStateDir()
	if root == "" {
		return "", errors.New("no home folder")
	}
	sum := sha256.Sum256([]byte(ledger))
	return filepath.Join(root, "dashboard", hex.EncodeToString(sum[:8])+".json"), nil
}

func readRemembered(_ context.Context, ledger string) (r tui.Remembered, err error) {
	path, err := memoryFile(ledger)
	if err != nil {
		return r, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(data, &r)
}

func keepRemembered(_ context.Context, ledger string, r tui.Remembered) error {
	path, err := memoryFile(ledger)
	if err != nil {
		return err
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return safefile.Write(path, data, safefile.Options{})
}
