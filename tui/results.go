package tui

import (
	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// The results that dialogs and screens return. root.handle does what they say.
type (
	closed    struct{} // the dialog is to go
	runAction struct{ id string }
	openTask  struct{}              // the menu of a task
	openUnit  struct{ unit string } // the unit screen at that unit
	editField struct {
		tasks []string
		field string
	} // ask for a new value
	typeValue struct {
		tasks []string
		field string
	} // ask for it as text, whatever the choices
	setField struct {
		tasks        []string
		field, value string
	}
	addTask  struct{ values map[string]string }
	addEvent struct {
		kind   string
		values map[string]string
	}
	pickKind    struct{ kind, unit string } // an event of this kind is to be recorded
	setFormItem struct {
		form  *formDialog
		item  int
		value string
	}
	openChoices struct {
		form *formDialog
		item int
	}
	openConflict   struct{ id string }
	typeConflict   struct{ id, value string } // settle it by a value of one's own
	settleConflict struct{ id, choice string }
	setGroup       struct{ by string }
	setPassword    struct{ password string }
	readEvent      struct{ event *ledger.Event }
	quitNow        struct{}
	goTask         struct{ task string } // the task table with the cursor on it
	openEntry      struct{ entry syncer.Entry }
	askRestore     struct{ entry syncer.Entry }
	restore        struct{ entry syncer.Entry }
	reverse        struct{ entry syncer.Entry }
	openAsk        struct {
		ask  syncer.Ask
		copy string // the returned copy it is of; "" for the workbook
	}
	answerAsk struct{ ask, task string } // task is an id or "new"
	readNote  struct {
		title string
		err   error
	}
	readText   struct{ title, text string }
	acceptMass struct{}
	refuseMass struct{}
)

// target is what an action applies to: the marked tasks, or the one under the
// cursor.
type target struct {
	tasks  []*ledger.Task
	marked bool
}

func (t target) ids() []string {
	out := make([]string, len(t.tasks))
	for i, task := range t.tasks {
		out[i] = task.ID
	}
	return out
}
