package print

import (
	"encoding/json"
	"fmt"
	"strings"
	"taizhang/config"
)

// settingDoc is one setting in force. Place is "file:line", the name of the
// variable or flag, or "" for a default.
type settingDoc struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`
	Source string `json:"source"`
	Place  string `json:"place"`
}

// Config shows every setting in force and where it is from.
func (p *Printer) Config(s *config.Settings) error {
	if p.AsJSON {
		return p.JSON(p.configDoc(s))
	}
	return p.configText(s)
}

func (p *Printer) configDoc(s *config.Settings) []settingDoc {
	out := []settingDoc{}
	for _, e := range s.Entries() {
		place := e.Name
		if e.Source == config.FromFile {
			place = fmt.Sprintf("%s:%d", e.File, e.Line)
		}
		out = append(out, settingDoc{e.Key, e.Value, string(e.Source), place})
	}
	return out
}

func (p *Printer) configText(s *config.Settings) error {
	rows := [][]cell{{left(p.Say("cmd.config_key")), left(p.Say("cmd.config_value")), left(p.Say("cmd.config_from"))}}
	dim := p.theme().Dim
	for _, e := range s.Entries() {
		value, err := settingText(e.Value)
		if err != nil {
			return err
		}
		from := left(p.origin(e.Origin))
		if e.Source == config.FromDefault {
			from.style = dim
		}
		rows = append(rows, []cell{left(e.Key), left(value), from})
	}
	p.table(rows)
	if files := s.Files(); len(files) > 0 {
		p.Line(p.Say("cmd.config_files", "Files", strings.Join(files, ", ")))
	} else {
		p.Line(p.Say("cmd.config_no_files", "Here", config.FileName, "User", config.UserDir()))
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

func (p *Printer) origin(o config.Origin) string {
	switch o.Source {
	case config.FromFile:
		return p.Say("config.place_line", "File", o.File, "Line", o.Line)
	case config.FromEnv:
		return p.Say("config.place_env", "Name", o.Name)
	case config.FromFlag:
		return p.Say("config.place_flag", "Name", o.Name)
	case config.FromSystem:
		if o.Name != "" {
			return p.Say("cmd.config_system", "Name", o.Name)
		}
	}
	return p.Say("cmd.config_default")
}
