package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build; otherwise it is the module's.
var version = ""

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.Say("cmd.version_short"),
		Args:  atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.Version(versionName())
		},
	}
}

func versionName() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}
