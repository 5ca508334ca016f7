package main

import (
	"os"
	"path/filepath"
	"testing"

	"taizhang/config"
)

// The password is the first line, to the letter, but for what editors add to a
// line and to a file.
func TestPasswordIsTheFirstLineOfTheFile(t *testing.T) {
	for content, want := range map[string]string{
		"开门123":              "开门123",
		"开门123\n":            "开门123",
		"开门123\r\n":          "开门123",
		"开门123\r\n第二行\r\n":   "开门123",
		"\ufeff开门123\r\n":    "开门123",
		" 前后有空格 \n":          " 前后有空格 ",
		"\t制表\r中间有回车\r\n":    "\t制表\r中间有回车",
		"第一行\n开门123\n\ufeff": "第一行",
	} {
		name := filepath.Join(t.TempDir(), "密码.txt")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		a := &app{settings: &config.Settings{PasswordFile: name}}
		if got, err := a.passwordFromFile(); got != want || err != nil {
			t.Errorf("%q: %q, %v, want %q", content, got, err, want)
		}
	}
}
