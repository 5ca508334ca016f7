package tui

import (
	tea "charm.land/bubbletea/v2"
)

// View is how the task table stands.
type View struct {
	Filter string `json:"filter,omitempty"`
}

func (r *root) view() View { return View{Filter: r.tasks.Filter.Value()} }

func (r *root) restoreView(View) tea.Cmd { return nil }
