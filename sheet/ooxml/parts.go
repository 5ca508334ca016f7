package ooxml

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// relation is one relationship of a part.
type relation struct {
	id       string
	kind     string // last word of its type, the same for strict and transitional files: "worksheet", "sharedStrings", "custom-properties"
	target   string // the part's name without leading slash; a URL if external
	external bool
}

// relsName is the part that holds the relationships of part; "" is the package.
func relsName(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// rels reads the relationships of part, "" for those of the package, with the
// edits made so far. A part without any has none, which is no error.
func (w *Workbook) rels(part string) ([]relation, error) {
	name := relsName(part)
	read := w.indexText
	if w.isEdited(name) {
		read = w.current
	}
	data, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []relation
	s := xmlpart.NewScanner(data)
	for s.Next() {
		if !s.OnElement() || !s.Is("Relationship") {
			continue
		}
		r := relation{id: s.Value("Id"), kind: relationKind(s.Value("Type")), target: s.Value("Target")}
		r.external = strings.EqualFold(s.Value("TargetMode"), "External")
		if !r.external {
			r.target = resolvePart(part, r.target)
		}
		list = append(list, r)
	}
	if err := s.Err(); err != nil {
		return nil, w.damagedPart(name, err)
	}
	return list, nil
}

// rel is the first relationship of part of one of the kinds; ok is false if
// there is none.
func (w *Workbook) rel(part string, kind string) (r relation, ok bool, err error) {
	list, err := w.rels(part)
	for _, r := range list {
		if r.kind == kind && !r.external {
			return r, true, err
		}
	}
	return relation{}, false, err
}

// relationKind is the last word of a relationship type. Strict files write two
// of them in another way.
func relationKind(typ string) string {
	kind := typ[strings.LastIndexByte(typ, '/')+1:]
	switch kind {
	case "customProperties":
		return "custom-properties"
	case "extendedProperties":
		return "extended-properties"
	}
	return kind
}

// resolvePart is the part that target names as seen from the part source.
func resolvePart(source, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if i := strings.IndexByte(target, '#'); i > 0 {
		target = target[:i]
	}
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + path.Dir(source) + "/" + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// partText is a part as UTF-8, whatever it was stored as. The error is
// fs.ErrNotExist if there is no such part, else a *msg.Error.
func (w *Workbook) partText(name string) ([]byte, error) {
	data, err := w.pkg.Part(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, w.damagedPart(name, err)
	}
	text, _, err := xmlpart.UTF8(data)
	if err != nil {
		return nil, w.damagedPart(name, err)
	}
	return text, nil
}

// scanPart scans a part that is only read: a large one while it is inflated, so
// that it is never in memory as a whole. Errors are those of partText; further
// ones come while it is scanned, checksum and size last.
func (w *Workbook) scanPart(name string) (*xmlpart.Scanner, error) {
	if size := w.pkg.Size(name); size > zipfile.SmallPart {
		r, err := w.pkg.Stream(name)
		if err != nil {
			return nil, w.damagedPart(name, err)
		}
		if s := xmlpart.NewStream(r, size, xmlpart.Window); s.Err() != nil || xmlpart.IsUTF8(s.Data) {
			return s, nil
		}
	}
	text, err := w.partText(name)
	return xmlpart.NewScanner(text), err
}

// indexText is partText for a part of which everything is kept in memory.
func (w *Workbook) indexText(name string) ([]byte, error) {
	if w.pkg.Size(name) > maxIndex {
		return nil, tooLarge(w.path, name, maxIndex)
	}
	return w.partText(name)
}

// damagedPart says that a part of the package cannot be read. An err that is
// already a sentence stays as it is.
func (w *Workbook) damagedPart(part string, err error) error {
	var said *msg.Error
	if errors.As(err, &said) {
		return err
	}
	if told := zipError(w.path, err); told != err {
		return told
	}
	e := &msg.Error{
		Class: ErrDamaged,
		Text:  msg.New("ooxml.part_damaged", "File", w.path, "Part", part),
		Hint:  msg.New("ooxml.hint_repair"),
		Err:   err,
	}
	var limit *limitError
	if errors.As(err, &limit) {
		return &msg.Error{
			Class: ErrTooLarge,
			Text:  msg.New(limit.key, "File", w.path, "Sheet", "", "Limit", limit.limit),
			Hint:  msg.New("ooxml.hint_too_large"),
		}
	}
	var entity *xmlpart.EntityError
	if errors.As(err, &entity) {
		e.Class = ErrTooLarge
		e.Text = msg.New("ooxml.entities", "File", w.path, "Part", part)
		e.Hint = msg.New("ooxml.hint_entities")
	}
	return e
}
