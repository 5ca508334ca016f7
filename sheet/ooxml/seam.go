package ooxml

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"sync"

	"taizhang/sheet/msg"
)

// Workbook is an open workbook package and the edits that wait to be written
// into it. Reading methods may be called concurrently; edits may not.
type Workbook struct {
	path string
	sum  [32]byte
	stat fs.FileInfo
	opt  Options
	pkg  *container
	book book // the reading side; set by readBook
}

// container is the zip file of a workbook, read only. Names of parts are as in
// the zip, without leading slash; a part is found whatever the case and the
// kind of slash of the name asked for. Safe for concurrent use.
type container struct {
	order []string
	files map[string]*zip.File // by foldPart
	mu    sync.Mutex
	cache map[string][]byte
}

// smallPart is the size up to which an inflated part is kept.
const smallPart = 1 << 20

func openContainer(data []byte) (*container, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	c := &container{files: map[string]*zip.File{}, cache: map[string][]byte{}}
	for _, f := range zr.File {
		key := foldPart(f.Name)
		if _, twice := c.files[key]; twice {
			continue
		}
		c.files[key] = f
		c.order = append(c.order, f.Name)
	}
	return c, nil
}

// names lists the parts in the order of the zip.
func (c *container) names() []string { return c.order }

// has reports whether there is such a part.
func (c *container) has(name string) bool { return c.files[foldPart(name)] != nil }

// part inflates a part as it was read. The bytes are shared: do not change
// them. The error is fs.ErrNotExist if there is no such part.
func (c *container) part(name string) ([]byte, error) {
	key := foldPart(name)
	f := c.files[key]
	if f == nil {
		return nil, fs.ErrNotExist
	}
	c.mu.Lock()
	data, ok := c.cache[key]
	c.mu.Unlock()
	if ok {
		return data, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err = io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(data) <= smallPart {
		c.mu.Lock()
		c.cache[key] = data
		c.mu.Unlock()
	}
	return data, nil
}

// Open reads the workbook at path.
func Open(path string, opt Options) (*Workbook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	w, err := Read(path, data, opt)
	if err != nil {
		return nil, err
	}
	w.stat, err = os.Stat(path)
	return w, err
}

// Read reads a workbook held in memory; name stands in for the path in messages.
func Read(name string, data []byte, opt Options) (*Workbook, error) {
	w := &Workbook{path: name, sum: sha256.Sum256(data), opt: opt}
	pkg, err := openContainer(data)
	if err != nil {
		return nil, &msg.Error{Class: ErrNotWorkbook, Text: msg.New("ooxml.no_workbook_part", "File", name), Err: err}
	}
	w.pkg = pkg
	if err := w.readBook(); err != nil {
		return nil, err
	}
	return w, nil
}
