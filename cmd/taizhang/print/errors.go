package print

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"taizhang/config"
	"taizhang/sheet/msg"
	"taizhang/sheet/safefile"
)

// Plain puts errors of the system into words; those that have some already
// come back as they are.
func Plain(err error) error {
	var said *msg.Error
	if errors.As(err, &said) {
		return err
	}
	var path *fs.PathError
	name := ""
	if safefile.IsFull(err) {
		return &msg.Error{Text: msg.New("cmd.disk_full"), Hint: msg.New("cmd.disk_full_hint"), Err: err}
	}
	if errors.As(err, &path) {
		name = path.Path
	}
	switch {
	case name != "" && errors.Is(err, fs.ErrNotExist):
		return &msg.Error{Text: msg.New("cmd.no_file", "File", name), Err: err}
	case name != "" && errors.Is(err, fs.ErrPermission):
		return &msg.Error{Text: msg.New("cmd.no_permission", "File", name), Hint: msg.New("cmd.no_permission_hint"),
			Err: err}
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return &msg.Error{Text: msg.New("cmd.too_slow"), Err: err}
	}
	return &msg.Error{Text: msg.New("cmd.failed", "Why", err.Error()), Err: err}
}

// Mistake puts a Mistake in the settings into words.
func Mistake(e *config.Error) *msg.Error {
	out := &msg.Error{Err: e}
	place := msg.New("config.place_file", "File", e.File)
	switch {
	case e.Env != "":
		place = msg.New("config.place_env", "Name", e.Env)
	case e.Flag != "":
		place = msg.New("config.place_flag", "Name", e.Flag)
	case e.Line > 0:
		place = msg.New("config.place_line", "File", e.File, "Line", e.Line)
	}
	switch e.Class {
	case config.ErrUnreadable:
		why := msg.New("config.why_other", "Why", fmt.Sprint(e.Err))
		switch {
		case errors.Is(e.Err, fs.ErrNotExist):
			why = msg.New("config.why_missing")
		case errors.Is(e.Err, fs.ErrPermission):
			why = msg.New("config.why_permission")
		case errors.Is(e.Err, config.ErrNotFile):
			why = msg.New("config.why_not_file")
		}
		out.Text = msg.New("config.unreadable", "Place", place, "Why", why)
	case config.ErrTooLarge:
		out.Text = msg.New("config.too_large", "Place", place)
	case config.ErrNotUTF8:
		out.Text = msg.New("config.not_utf8", "Place", place)
		out.Hint = msg.New("config.not_utf8_hint")
	case config.ErrSyntax:
		out.Text = msg.New("config.syntax", "Place", place, "Why", fmt.Sprint(e.Err))
		out.Hint = msg.New("config.syntax_hint")
	case config.ErrUnknownKey:
		out.Text = msg.New("config.unknown_key", "Place", place, "Key", e.Key)
		if e.Env != "" {
			out.Text = msg.New("config.unknown_env", "Name", e.Env)
		}
		out.Hint = msg.New("config.keys_hint")
		if len(e.Want.Choices) > 0 {
			out.Hint = msg.New("config.choices_hint", "Choices", strings.Join(e.Want.Choices, ", "))
		}
	case config.ErrTwice:
		out.Text = msg.New("config.twice", "Place", place, "Key", e.Key)
	default:
		out.Text = badValue(e, place)
	}
	if e.Nearest != "" {
		out.Hint = msg.New("config.nearest", "Nearest", e.Nearest)
	}
	return out
}

func badValue(e *config.Error, place msg.Text) msg.Text {
	want := wanted(e.Want)
	switch {
	case e.Key == "":
		return msg.New("config.whole", "Place", place, "Want", want)
	case e.Value == "":
		return msg.New("config.bad", "Place", place, "Key", e.Key, "Want", want)
	}
	return msg.New("config.bad_value", "Place", place, "Key", e.Key, "Value", e.Value, "Want", want)
}

func wanted(w config.Want) msg.Text {
	switch w.Kind {
	case config.WantInt:
		return msg.New("config.want_int", "Min", w.Min, "Max", w.Max)
	case config.WantBool:
		return msg.New("config.want_bool")
	case config.WantChoice:
		return msg.New("config.want_choice", "Choices", strings.Join(w.Choices, " | "))
	case config.WantDuration:
		return msg.New("config.want_duration", "Min", w.Min, "Max", w.Max)
	case config.WantDate:
		return msg.New("config.want_date")
	case config.WantList:
		return msg.New("config.want_list")
	case config.WantMap:
		return msg.New("config.want_map")
	case config.WantItems:
		return msg.New("config.want_items", "Keys", strings.Join(w.Choices, ", "))
	case config.WantFilled:
		return msg.New("config.want_filled")
	case config.WantTerm:
		return msg.New("config.want_term")
	case config.WantName:
		return msg.New("config.want_name")
	case config.WantPlain:
		return msg.New("config.want_plain")
	}
	return msg.New("config.want_text")
}
