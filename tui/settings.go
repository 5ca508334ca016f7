package tui

import (
	"regexp"
	"slices"
	"strings"
)

// complaints are the settings that cannot be followed, a sentence each.
func (r *root) complaints() []string {
	u := r.ui
	var out []string
	for _, name := range r.opt.Columns {
		if u.ColumnKey(name) == "" {
			var have []string
			for _, c := range u.Index.Columns {
				have = append(have, u.Field(c.Key))
			}
			out = append(out, u.Say("tui.settings.column", "Name", u.Clean(name), "Have", strings.Join(have, "、")))
		}
	}
	for _, a := range r.actions {
		for _, k := range r.opt.Keys[a.id] {
			if !keyPattern.MatchString(k) {
				out = append(out, u.Say("tui.settings.key", "Key", u.Clean(k), "Action", u.Say(a.title)))
				continue
			}
			for _, b := range r.keys[k] {
				if b != a && clash(a, b) {
					out = append(out, u.Say("tui.settings.clash", "Key", u.Clean(k), "Action", u.Say(a.title), "Other",
						u.Say(b.title)))
				}
			}
		}
	}
	return out
}

// clash reports whether one key cannot mean both actions: one of a screen goes
// before one of all screens, else the first wins.
func clash(a, b *action) bool {
	if a.on == nil || b.on == nil {
		return a.on == nil && b.on == nil
	}
	return slices.ContainsFunc(a.on, func(s int) bool { return slices.Contains(b.on, s) })
}

// keyPattern is how keys are named: modifiers, and a character or a name.
var keyPattern = regexp.MustCompile(
	`^((ctrl|alt|shift)\+)*([^\s\pC]|f([1-9]|1[0-9]|20)|up|down|left|right|home|end|pgup|pgdown|insert|delete|backspace|enter|tab|esc|space)$`)
