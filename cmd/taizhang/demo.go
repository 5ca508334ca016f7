package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"taizhang/config"
	"taizhang/seeds/sample"
	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
)

func newDemo(a *app) *cobra.Command {
	var dir string
	var keep bool
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   a.say("cmd.demo_short"),
		Long:    a.say("cmd.demo_long"),
		Example: "  taizhang demo\n  taizhang demo --dir sample --keep",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := demoFile(dir, keep)
			if err != nil {
				return err
			}
			a.note(a.say("cmd.demo_file", "File", path))
			a.assumed = map[string]config.System{"today": {Value: sample.Today.Format(time.DateOnly), From: "demo"}}
			return a.runRoot(cmd, []string{path})
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", a.say("cmd.flag_demo_dir"))
	cmd.MarkFlagDirname("dir")
	cmd.Flags().BoolVar(&keep, "keep", false, a.say("cmd.flag_demo_keep"))
	return cmd
}

// demoFile lays a copy of the sample ledger into dir and returns its path. In
// the cache folder, which is taizhang's own, the copy of last time is thrown
// away; in a folder that the user named nothing is ever overwritten: what is
// there is kept if keep says so, else it is an error.
func demoFile(dir string, keep bool) (string, error) {
	own := dir == ""
	if own {
		cache, err := os.UserCacheDir()
		if err != nil {
			cache = os.TempDir()
		}
		dir = filepath.Join(cache, "taizhang", "demo")
	}
	path := filepath.Join(dir, sample.Name)
	_, err := os.Stat(path)
	switch {
	case err == nil && keep:
		return path, nil
	case err == nil && !own:
		return "", usage(msg.New("cmd.demo_exists", "File", path), msg.New("cmd.demo_exists_hint"))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	if own {
		if err := os.RemoveAll(dir); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	data, err := sample.Workbook()
	if err != nil {
		return "", err
	}
	return path, safefile.Write(path, data, safefile.Options{})
}
