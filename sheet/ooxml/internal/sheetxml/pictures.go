package sheetxml

import (
	"bytes"
	"strings"
)

// setText makes s the cell's text, or a picture if s is WPS's formula for one.
func (c *Cell) setText(s string) {
	if len(s) > len("=DISPIMG(") && s[0] == '=' && IsPictureFormula([]byte(s[1:])) {
		c.setPicture()
		return
	}
	c.Kind, c.Value = Text, s
}

func (c *Cell) setPicture() { c.Kind, c.Value = Picture, PictureText }

// IsPictureFormula reports whether a formula's result is a picture.
func IsPictureFormula(f []byte) bool {
	f = bytes.TrimPrefix(bytes.TrimSpace(f), []byte("="))
	for _, prefix := range []string{"_xlfn.", "_xlws.", "_xludf."} {
		if HasFold(string(f[:min(len(f), len(prefix))]), prefix) {
			f = f[len(prefix):]
		}
	}
	head := string(f[:min(len(f), len("DISPIMG("))])
	return HasFold(head, "DISPIMG(") || HasFold(head, "IMAGE(")
}

func (r *Reader) isRichPicture(vm int) bool { return r.IsRich == nil || r.IsRich(vm) }

func HasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
