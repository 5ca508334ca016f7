package main

import (
	"os"
	"os/exec"
	"strings"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/msg"
)

// editor is the person's own editor, as VISUAL or EDITOR name it, over a file that
// holds text; read is what it left, after which the file is gone.
func editor(text string) (cmd *exec.Cmd, read func() (string, error), err error) {
	words := strings.Fields(os.Getenv("VISUAL"))
	if len(words) == 0 {
		words = strings.Fields(os.Getenv("EDITOR"))
	}
	if len(words) == 0 {
		return nil, nil, &msg.Error{Text: msg.New("cmd.no_editor"), Hint: msg.New("cmd.no_editor.hint")}
	}
	f, err := os.CreateTemp("", "taizhang-*.txt")
	if err != nil {
		return nil, nil, print.Plain(err)
	}
	path := f.Name()
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
		return nil, nil, print.Plain(err)
	}
	read = func() (string, error) {
		defer os.Remove(path)
		data, err := os.ReadFile(path)
		if err != nil {
			return "", print.Plain(err)
		}
		left := strings.ReplaceAll(string(data), "\r\n", "\n")
		if !strings.HasSuffix(text, "\n") { // editors end a file with a line break of their own
			left = strings.TrimSuffix(left, "\n")
		}
		return left, nil
	}
	return exec.Command(words[0], append(words[1:], path)...), read, nil
}
