package ooxml

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
)

// decrypt opens an encrypted workbook. Errors: ErrEncrypted without a password,
// ErrPassword with a wrong one.
func decrypt(file string, data []byte, password string) ([]byte, error) {
	if password == "" {
		return nil, &msg.Error{Class: ErrEncrypted, Text: msg.New("ooxml.encrypted", "File", file), Hint: msg.New("ooxml.hint_password")}
	}
	plain, err := safely(func() ([]byte, error) {
		return excelize.Decrypt(data, &excelize.Options{Password: password})
	})
	if err != nil {
		return nil, &msg.Error{Class: ErrDamaged, Text: msg.New("ooxml.cannot_decrypt", "File", file), Hint: msg.New("ooxml.hint_decrypt"), Err: err}
	}
	end := findEnd(plain)
	if end < 0 || le.Uint32(plain) != sigLocal {
		return nil, &msg.Error{Class: ErrPassword, Text: msg.New("ooxml.wrong_password", "File", file), Hint: msg.New("ooxml.hint_password")}
	}
	// The last cipher block is padded.
	return plain[:min(len(plain), end+lenEnd+int(le.Uint16(plain[end+20:])))], nil
}

// encrypt makes an encrypted workbook of a package.
func encrypt(file string, data []byte, password string) ([]byte, error) {
	out, err := safely(func() ([]byte, error) {
		return excelize.Encrypt(data, &excelize.Options{Password: password})
	})
	if err != nil {
		return nil, &msg.Error{Text: msg.New("ooxml.cannot_encrypt", "File", file), Err: err}
	}
	return out, nil
}

// safely turns a panic of the compound file reader, which trusts the offsets in
// a file, into an error.
func safely(f func() ([]byte, error)) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("compound file: %v", r)
		}
	}()
	return f()
}
