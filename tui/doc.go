// Package tui is the dashboard: six screens over one ledger, live.
//
// # How it is built
//
// There is one Bubble Tea model, [root]. It owns the screens, the stack of
// dialogs, the state of the backend, and routes every key, click and message.
//
//	key ─► dialog on top ─► filter being typed ─► actions in force ─► screen
//	                │                                   │
//	                └── typed result (results.go) ──────┴─► root.handle ─► command
//	command ─► backend (syncer) ─► message ─► root.Update ─► index in the background ─► screens
//
// The screens (overview.go, tasks.go, units.go, overdue.go, year.go, sync.go)
// are plain structs with imperative methods, not models that pass messages. A
// dialog returns a typed result and knows nothing of what is done with it.
// Everything a person can do is an action (actions.go) with a name, its keys,
// and the reason why it is not available just now; help, the command palette
// and the key map are all made from that one list.
//
// # What is promised
//
// Update does no I/O and nothing that walks over all tasks; commands change no
// state. What a walk is needed for is prepared by package index, away from the
// interface, and swapped in when ready. No screen knows a file.
//
// No action needs a letter key: while a Chinese input method is on, letters do
// not arrive. Arrows, Enter, function keys, Tab, the palette (F9) and the mouse
// reach everything.
//
// All text goes through package text, all styles through package theme, all
// sentences through the catalogue.
package tui
