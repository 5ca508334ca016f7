package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/config"
)

func newConfig(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: a.say("cmd.config_short"),
		Long:  a.say("cmd.config_long"),
		Args:  atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			mistakes := a.load("") // what is in force besides is shown all the same: that is how one finds the right name
			var err error
			if a.flags.json {
				err = a.printJSON(a.configDoc())
			} else {
				err = a.configText()
			}
			return cmp.Or(mistakes, err)
		},
	}
}

// settingDoc is one setting in force. Place is "file:line", the name of the
// variable or flag, or "" for a default.
type settingDoc struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`
	Source string `json:"source"`
	Place  string `json:"place"`
}

func (a *app) configDoc() []settingDoc {
	out := []settingDoc{}
	for _, e := range a.settings.Entries() {
		place := e.Name
		if e.Source == config.FromFile {
			place = fmt.Sprintf("%s:%d", e.File, e.Line)
		}
		out = append(out, settingDoc{e.Key, e.Value, string(e.Source), place})
	}
	return out
}

func (a *app) configText() error {
	rows := [][]cell{{left(a.say("cmd.config_key")), left(a.say("cmd.config_value")), left(a.say("cmd.config_from"))}}
	dim := a.theme().Dim
	for _, e := range a.settings.Entries() {
		value, err := settingText(e.Value)
		if err != nil {
			return err
		}
		from := left(a.origin(e.Origin))
		if e.Source == config.FromDefault {
			from.style = dim
		}
		rows = append(rows, []cell{left(e.Key), left(value), from})
	}
	a.printTable(rows)
	if files := a.settings.Files(); len(files) > 0 {
		a.line(a.say("cmd.config_files", "Files", strings.Join(files, ", ")))
	} else {
		a.line(a.say("cmd.config_no_files", "Here", config.FileName, "User", config.UserDir()))
	}
	return nil
}

// settingText is a value on one line; lists and maps as in YAML's short form,
// which JSON is.
func settingText(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case int:
		if v == 0 { // only the year may be: the present one
			return "", nil
		}
		return fmt.Sprint(v), nil
	case bool:
		return fmt.Sprint(v), nil
	case []string:
		return strings.Join(v, ", "), nil
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	s := strings.TrimSpace(b.String())
	if s == "{}" || s == "[]" {
		s = ""
	}
	return s, err
}

func (a *app) origin(o config.Origin) string {
	switch o.Source {
	case config.FromFile:
		return a.say("config.place_line", "File", o.File, "Line", o.Line)
	case config.FromEnv:
		return a.say("config.place_env", "Name", o.Name)
	case config.FromFlag:
		return a.say("config.place_flag", "Name", o.Name)
	case config.FromSystem:
		if o.Name != "" {
			return a.say("cmd.config_system", "Name", o.Name)
		}
	}
	return a.say("cmd.config_default")
}
