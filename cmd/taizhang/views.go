package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/safefile"
	"taizhang/tui"
	"taizhang/tui/screen"
)

// views are the views of the settings, and how the dashboard keeps more of them.
func (g *guide) views() tui.Views {
	out := tui.Views{Saved: map[string]tui.View{}, Keep: g.keepView, Drop: g.dropView}
	for _, v := range g.a.settings.Views {
		out.Saved[v.Name] = shownView(v)
	}
	return out
}

func shownView(v config.View) tui.View {
	out := tui.View{Register: v.Register, Filter: v.Filter, Sort: v.Sort, Down: v.Down, Group: v.Group}
	for _, c := range v.Columns {
		key, cells, _ := strings.Cut(c, ":")
		width, _ := strconv.Atoi(cells)
		out.Columns = append(out.Columns, screen.Column{Key: key, Width: width})
	}
	return out
}

func (g *guide) keepView(_ context.Context, name string, v tui.View) error {
	kept := config.View{
		Name: name, Register: v.Register, Filter: v.Filter, Sort: v.Sort, Down: v.Down, Group: v.Group,
	}
	for _, c := range v.Columns {
		text := c.Key
		if c.Width > 0 {
			text += ":" + strconv.Itoa(c.Width)
		}
		kept.Columns = append(kept.Columns, text)
	}
	return g.editSettings(func(file string, data []byte) ([]byte, error) { return config.PutView(file, data, kept) })
}

func (g *guide) dropView(_ context.Context, name string) error {
	return g.editSettings(func(file string, data []byte) ([]byte, error) { return config.DropView(file, data, name) })
}

// editSettings changes the settings file. Views that another file says are taken
// along: a setting is not mixed from two files.
func (g *guide) editSettings(edit func(file string, data []byte) ([]byte, error)) error {
	file := g.settingsFile()
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return print.Plain(err)
	}
	if from := g.a.settings.Origin("views"); from.Source == config.FromFile && !sameFile(from.File, file) {
		for _, v := range g.a.settings.Views {
			if data, err = config.PutView(file, data, v); err != nil {
				return print.Plain(err)
			}
		}
	}
	if data, err = edit(file, data); err != nil {
		return print.Plain(err)
	}
	return safefile.Write(file, data, safefile.Options{})
}
