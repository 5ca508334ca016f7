package msg

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// unmarshal reads a file of the catalogue: by readFlat if it is written as they
// all are, since every command starts with it and a YAML parser takes ten times
// as long; else as the YAML that it is.
func unmarshal(data []byte, v any) error {
	p, ok := v.(*any)
	if !ok {
		return yaml.Unmarshal(data, v)
	}
	if flat, ok := readFlat(string(data)); ok {
		*p = flat
		return nil
	}
	err := yaml.Unmarshal(data, v)
	if *p == nil {
		*p = map[string]any{} // a catalogue without sentences yet
	}
	return err
}

// readFlat reads YAML that consists of nothing but comments and lines such as
//
//	"key": "text"
//	"key": |-
//	  text
//	  of several lines
//
// It gives up, with ok false, at anything else.
func readFlat(data string) (flat map[string]any, ok bool) {
	flat = make(map[string]any, strings.Count(data, "\n"))
	for data != "" {
		var line string
		line, data, _ = strings.Cut(data, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, found := strings.Cut(line, `": `)
		if !found || key[0] != '"' || strings.ContainsAny(key[1:], `"\`) {
			return nil, false
		}
		key = key[1:]
		if _, twice := flat[key]; twice {
			return nil, false
		}
		switch value {
		case "|", "|-":
			var text string
			if text, data, ok = block(data); !ok {
				return nil, false
			}
			if value == "|" {
				text += "\n"
			}
			flat[key] = text
		default:
			text, err := strconv.Unquote(value)
			if err != nil || value[0] != '"' {
				return nil, false
			}
			flat[key] = text
		}
	}
	return flat, true
}

// block reads the lines of a block, which are indented by two spaces.
func block(data string) (text, rest string, ok bool) {
	var lines []string
	for data != "" {
		line, after, _ := strings.Cut(data, "\n")
		inner, indented := strings.CutPrefix(line, "  ")
		if !indented && line != "" || len(lines) == 0 && strings.HasPrefix(inner, " ") {
			break
		}
		lines, data = append(lines, inner), after
	}
	text = strings.TrimRight(strings.Join(lines, "\n"), "\n")
	return text, data, text != "" && lines[0] != ""
}
