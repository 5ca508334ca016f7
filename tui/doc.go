// Package tui is the dashboard: seven screens over one ledger, live.
//
// # How it is built
//
// There is one Bubble Tea model, in three layers; each knows the ones below it:
//
//	root     routes every key, click and message, and lays out the frame
//	stage    the screens, and what is done to the rows that stand there
//	console  the backend, the dialogs, what is under way, what is said: no screen
//
//	key ─► dialog on top ─► filter being typed ─► actions in force ─► screen
//	                │                                   │
//	                └──── intent (package intent) ──────┴─► root.handle ─► command
//	command ─► backend (syncer) ─► message ─► root.Update ─► index in the background ─► screens
//
// Package screen is the screens, package dialog what opens over them; both are
// made with package kit and return intents, and know nothing of what is done with
// them. Everything a person can do is an action (actions.go) with a name, its
// keys, and the reason why it is not available just now; help, the command palette
// and the key map are all made from that one list.
//
// Parts of the console and the root: feed.go (the backend and its snapshots), jobs.go (what is
// under way), stack.go (open dialogs), notice.go (what is said at the foot),
// input.go (keys and clicks), view.go (the frame), handle.go (intents).
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
