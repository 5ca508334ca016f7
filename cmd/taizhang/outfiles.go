package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
)

// outFile is a file to be made in a folder that the user named.
type outFile struct {
	name string
	data []byte
}

// writeNew writes files into dir, which is made if it is not there. A file that
// is there with the very same content is left as it is; if any other is in the
// way, nothing is written at all. Who may not read the ledger may not read them.
func writeNew(dir string, files []outFile, ledger string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		if info, serr := os.Stat(dir); serr == nil && !info.IsDir() {
			return usage(msg.New("cmd.not_folder", "File", dir), msg.New("cmd.not_folder_hint"))
		}
		return err
	}
	var missing []outFile
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		old, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, f)
		case err == nil && bytes.Equal(old, f.data):
		default:
			if taken := vacant(path); taken != nil {
				return taken
			}
			return err
		}
	}
	for _, f := range missing {
		path := filepath.Join(dir, f.name)
		if err := safefile.Write(path, f.data, safefile.Options{Like: []string{ledger}, Check: vacant}); err != nil {
			return err
		}
	}
	return nil
}
