package tui

import (
	"regexp"
	"slices"
	"strings"

	"taizhang/tui/index"
)

// What the settings ask for and cannot have is said, once when the ledger opens
// and for good on the sync screen.

// columnKey is the column that a person means: by key, by heading, or by what
// the field is called; "" if the ledger has none.
func (u *ui) columnKey(name string) string {
	if name == index.StateColumn {
		return name
	}
	want := index.Fold(strings.TrimSpace(name))
	for _, c := range u.x.Columns {
		if index.Fold(c.Key) == want || index.Fold(c.Heading) == want || index.Fold(c.Short) == want {
			return c.Key
		}
	}
	for _, c := range u.x.Columns {
		if index.Fold(u.fieldName(c.Key)) == want {
			return c.Key
		}
	}
	if index.Fold(u.fieldName(index.StateColumn)) == want {
		return index.StateColumn
	}
	return ""
}

// complaints are the settings that cannot be followed, a sentence each.
func (r *root) complaints() []string {
	u := r.ui
	var out []string
	for _, name := range u.opt.Columns {
		if u.columnKey(name) == "" {
			var have []string
			for _, c := range u.x.Columns {
				have = append(have, u.field(c.Key))
			}
			out = append(out, u.say("tui.settings.column", "Name", u.Clean(name), "Have", strings.Join(have, "、")))
		}
	}
	for _, a := range r.actions {
		for _, k := range u.opt.Keys[a.id] {
			if !keyPattern.MatchString(k) {
				out = append(out, u.say("tui.settings.key", "Key", u.Clean(k), "Action", u.say(a.title)))
				continue
			}
			for _, b := range r.keys[k] {
				if b != a && clash(a, b) {
					out = append(out, u.say("tui.settings.clash", "Key", u.Clean(k), "Action", u.say(a.title), "Other", u.say(b.title)))
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
var keyPattern = regexp.MustCompile(`^((ctrl|alt|shift)\+)*([^\s\pC]|f([1-9]|1[0-9]|20)|up|down|left|right|home|end|pgup|pgdown|insert|delete|backspace|enter|tab|esc|space)$`)
