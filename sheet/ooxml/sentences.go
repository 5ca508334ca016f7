package ooxml

import (
	"errors"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/offcrypto"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// zipError makes a sentence of what the zip file under a workbook answered.
func zipError(file string, err error) error {
	var damage *zipfile.DamageError
	var limit *zipfile.LimitError
	switch {
	case errors.Is(err, zipfile.ErrTruncated):
		return &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.truncated", "File", file), Hint: msg.New("ooxml.hint_again")}
	case errors.As(err, &limit):
		return tooLarge(file, limit.Part, limit.Limit)
	case errors.As(err, &damage):
		return damaged(file, damage.Part, damage.Err)
	}
	return err
}

// lockError makes a sentence of why an encrypted workbook does not open.
func lockError(file string, err error) error {
	switch {
	case errors.Is(err, offcrypto.ErrNoPassword):
		return &msg.Error{Class: ErrEncrypted, Text: msg.New("ooxml.encrypted", "File", file), Hint: msg.New("ooxml.hint_password")}
	case errors.Is(err, offcrypto.ErrPassword):
		return &msg.Error{Class: ErrPassword, Text: msg.New("ooxml.wrong_password", "File", file), Hint: msg.New("ooxml.hint_password")}
	case errors.Is(err, offcrypto.ErrCipher):
		return &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.cannot_decrypt", "File", file), Hint: msg.New("ooxml.hint_decrypt"), Err: err}
	case errors.Is(err, offcrypto.ErrForged):
		return damaged(file, offcrypto.PackageStream, err)
	}
	return damaged(file, "", err)
}

func damaged(file, part string, err error) error {
	text := msg.New("ooxml.damaged", "File", file)
	if part != "" {
		text = msg.New("ooxml.part_damaged", "File", file, "Part", part)
	}
	return &msg.Error{Class: ErrDamaged, Text: text, Hint: msg.New("ooxml.hint_repair"), Err: err}
}

func tooLarge(file, part string, limit int64) error {
	text := msg.New("ooxml.too_large", "File", file, "Limit", limit)
	if part != "" {
		text = msg.New("ooxml.too_large_part", "File", file, "Part", part, "Limit", limit)
	}
	return &msg.Error{Class: ErrTooLarge, Text: text, Hint: msg.New("ooxml.hint_too_large")}
}
