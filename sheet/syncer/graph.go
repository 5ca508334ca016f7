package syncer

import (
	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// node is a revision with its content.
type node struct {
	store.Revision
	state merge.State
}

// Sources of revisions, beside the file names of returned copies.
const (
	SourceTerminal = history.SourceTerminal
	SourceWorkbook = history.SourceWorkbook // what somebody saved into the shared workbook
	SourceMerge    = history.SourceMerge    // changes that came together; only where that opened or settled a conflict
)

// SourceText is where the revision came from, in words.
func (e Entry) SourceText() msg.Text {
	switch e.Source {
	case SourceTerminal:
		return msg.New("syncer.source.terminal")
	case SourceWorkbook:
		return msg.New("syncer.source.workbook")
	case SourceMerge:
		return msg.New("syncer.source.merge")
	}
	return msg.New("syncer.source.copy", "File", e.Source)
}
