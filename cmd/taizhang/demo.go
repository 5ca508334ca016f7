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

type demoOptions struct {
	dir  string // "": taizhang's own folder among the user's caches
	keep bool   // go on with the copy that is there
}

func newDemo(a *app) *cobra.Command {
	var opt demoOptions
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   a.Say("cmd.demo_short"),
		Long:    a.Say("cmd.demo_long"),
		Example: "  taizhang demo\n  taizhang demo --dir sample --keep",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := demoFile(opt)
			if err != nil {
				return err
			}
			a.Note(a.Say("cmd.demo_file", "File", path))
			a.assumed = map[string]config.System{"today": {Value: sample.Today.Format(time.DateOnly), From: "demo"}}
			return a.runRoot(cmd, []string{path})
		},
	}
	cmd.Flags().StringVar(&opt.dir, "dir", "", a.Say("cmd.flag_demo_dir"))
	cmd.MarkFlagDirname("dir")
	cmd.Flags().BoolVar(&opt.keep, "keep", false, a.Say("cmd.flag_demo_keep"))
	return cmd
}

// demoFile lays a copy of the sample ledger into dir and returns its path. In
// the cache folder, which is taizhang's own, the copy of last time is thrown
// away; in a folder that the user named nothing is ever overwritten: what is
// there is kept if keep says so, else it is an error.
func demoFile(opt demoOptions) (string, error) {
	dir := opt.dir
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
	case err == nil && opt.keep:
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
