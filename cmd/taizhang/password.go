package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// withPassword calls open with the password of --password-file. Where the
// workbook needs one and none was given, a person at the terminal is asked,
// three times at most; nothing typed is shown.
func (a *app) withPassword(open func(password string) error) error {
	password, err := a.passwordFromFile()
	if err != nil {
		return err
	}
	err = open(password)
	if password != "" || !errors.Is(err, ooxml.ErrEncrypted) || !print.IsTerminal(a.in) || !print.IsTerminal(a.errs) {
		return err
	}
	for range 3 {
		fmt.Fprint(a.errs, a.Say("cmd.ask_password"))
		typed, readErr := term.ReadPassword(int(a.in.Fd()))
		fmt.Fprintln(a.errs)
		if readErr != nil || len(typed) == 0 {
			return err
		}
		if err = open(string(typed)); !errors.Is(err, ooxml.ErrPassword) {
			return err
		}
		a.Warn(err)
	}
	return err
}

// passwordFromFile is the first line of the file that the settings name, "" if
// they name none.
func (a *app) passwordFromFile() (string, error) {
	name := a.settings.PasswordFile
	if name == "" {
		return "", nil
	}
	var r io.Reader = a.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", &msg.Error{Class: errUsage, Text: msg.New("cmd.password_file", "File", name),
				Hint: msg.New("cmd.password_file_hint"), Err: err}
		}
		defer f.Close()
		r = f
	}
	line, err := bufio.NewReader(io.LimitReader(r, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", &msg.Error{Class: errUsage, Text: msg.New("cmd.password_file", "File", name),
			Hint: msg.New("cmd.password_file_hint"), Err: err}
	}
	if line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n"); line == "" {
		return "", usage(msg.New("cmd.password_empty", "File", name), msg.New("cmd.password_file_hint"))
	}
	return line, nil
}
