package tui

import (
	"taizhang/tui/index"
	"taizhang/tui/kit"
	"taizhang/tui/screen"
)

// table is the table that a person arranges on this screen: of a register on the screen of
// registers, nil if there is none; on all others that of the tasks.
func (r *stage) table() *screen.Arranged {
	if r.screen == onRegisters {
		return r.registers.Table()
	}
	return &r.tasks.Arranged
}

// typing is the table whose filter keys go to, nil if they go elsewhere.
func (r *stage) typing() *screen.Arranged {
	if r.screen != onTasks && r.screen != onRegisters {
		return nil
	}
	if t := r.table(); t != nil && t.Typing {
		return t
	}
	return nil
}

// registerHere is the register on the screen, nil on other screens.
func (r *stage) registerHere() *index.Register {
	if r.screen != onRegisters {
		return nil
	}
	return r.registers.Register()
}

// room is a screen with what is said around it.
type room struct {
	title  string // catalogue key
	enter  string // catalogue key of what Enter does
	help   [][2]string
	hints  []string // the actions whose keys stand at its foot
	screen screen.Screen
}

// The places of the rooms. Another one is added here and in [newRooms].
const (
	onOverview = iota
	onTasks
	onUnits
	onOverdue
	onYear
	onSync
	onRegisters
)

func newRooms(u *kit.Kit, tasks *screen.Tasks, units *screen.Units, registers *screen.Registers) []room {
	list := [][2]string{{"Enter", "tui.key.menu"}, {"tui.keys.shiftupdown", "tui.key.scroll_detail"}}
	side := [2]string{"tui.keys.leftright", "tui.key.column"}
	return []room{
		onOverview: {"tui.screen.overview", "tui.key.open_unit", [][2]string{side, {"Enter", "tui.key.open_unit"}},
			[]string{"palette", "help", "news", "unit", "history", "sync", "quit"}, screen.NewOverview(u)},
		onTasks: {"tui.screen.tasks", "tui.short.edit", append([][2]string{side}, list...),
			[]string{"filter", "status", "progress", "add", "mark", "palette", "help", "sort", "group", "undo", "quit"},
			tasks},
		onUnits: {"tui.screen.units", "tui.short.edit", list,
			[]string{"unit", "status", "progress", "palette", "help", "copy_reminder", "record", "mark", "quit"},
			units},
		onOverdue: {"tui.screen.overdue", "tui.short.edit", list,
			[]string{"status", "progress", "copy_reminder", "mark", "palette", "help", "quit"}, screen.NewOverdue(u)},
		onYear: {"tui.screen.year", "tui.key.year_enter", [][2]string{side, {"Enter", "tui.key.year_help"}},
			[]string{"record", "palette", "help", "quit"}, screen.NewYear(u)},
		onSync: {"tui.screen.sync", "tui.key.sync_enter", [][2]string{{"Enter", "tui.key.sync_help"}},
			[]string{"news", "history", "undo", "sync", "palette", "help", "quit"}, screen.NewSync(u)},
		onRegisters: {"tui.screen.registers", "tui.short.edit", append([][2]string{side}, list...),
			[]string{"register_next", "register_record", "register_steps", "filter", "palette", "help", "register_fill",
				"register_year", "sort", "mark", "undo", "quit"}, registers},
	}
}
