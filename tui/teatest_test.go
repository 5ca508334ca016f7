package tui

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/exp/teatest/v2"

	"taizhang/tui/text"
)

// The whole program, with its loop, its renderer and its commands: open, filter,
// edit in Chinese, save, quit.
func TestASessionFromOpeningToQuitting(t *testing.T) {
	f := newFake(sample(24))
	opened := make(chan struct{})
	opt := Options{Load: func(context.Context, string) (Backend, error) {
		<-opened // the first frame stands before the ledger is read
		return f, nil
	}}
	r := newRoot(context.Background(), nil, opt, text.Apply(false), time.Now)
	defer r.stop()
	tm := teatest.NewTestModel(t, r, teatest.WithInitialTermSize(120, 40),
		teatest.WithProgramOptions(tea.WithColorProfile(colorprofile.ASCII)))
	shows(t, tm.Output(), "正在读取台账")
	close(opened)
	shows(t, tm.Output(), "各牵头单位")
	tm.Send(press("f7"))
	for _, c := range "目录" {
		tm.Send(tea.KeyPressMsg(tea.Key{Code: c, Text: string(c)}))
	}
	shows(t, tm.Output(), "3/24项")
	tm.Send(press("enter"))
	tm.Send(press("p"))
	shows(t, tm.Output(), "F10 保存")
	tm.Send(press("ctrl+u"))
	tm.Send(tea.PasteMsg{Content: "目录已更新"})
	tm.Send(press("f10"))
	shows(t, tm.Output(), "已保存")
	tm.Send(press("q"))
	tm.WaitFinished(t, teatest.WithFinalTimeout(20*time.Second))
	if len(f.edits) != 1 || f.edits[0].Value != "目录已更新" || f.edits[0].Field != "progress" {
		t.Errorf("edits: %+v", f.edits)
	}
}

// shows waits until the program has written s.
func shows(t *testing.T, out io.Reader, s string) {
	t.Helper()
	teatest.WaitFor(t, out, func(b []byte) bool { return bytes.Contains(b, []byte(s)) },
		teatest.WithDuration(20*time.Second), teatest.WithCheckInterval(5*time.Millisecond))
}
