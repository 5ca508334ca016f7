//go:build e2e

package faults

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// smallDisk mounts a small file system of its own at dir. Only root may.
func smallDisk(dir string, size int) (unmount func() error, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if err := syscall.Mount("taizhang", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		return nil, err
	}
	return func() error { return syscall.Unmount(dir, syscall.MNT_DETACH) }, nil
}

// fill leaves no more than free bytes on the disk.
func fill(dir string, free int64) (drain func() error, err error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, "filler")
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	block := make([]byte, 4096)
	for left := int64(fs.Bavail)*fs.Bsize - free; left > 0; left -= int64(len(block)) {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return func() error { return os.Remove(name) }, nil
}

// fullDisk does the act on a disk with room for some of what it has to write,
// or for nothing.
func fullDisk(w *world, act func(runner, *outcome), o *outcome) error {
	free := int64(w.r.IntN(64)) * 4096
	if w.r.IntN(4) == 0 {
		free = 0
	}
	drain, err := fill(w.dir, free)
	if err != nil {
		return err
	}
	act(w.run, o)
	return drain()
}

// readOnlyDisk does the act while the disk becomes read-only, or after.
func readOnlyDisk(w *world, act func(runner, *outcome), o *outcome) error {
	remount := func(flags uintptr) error {
		var err error
		for range 2000 { // busy as long as a file is open for writing
			if err = syscall.Mount("", w.dir, "", syscall.MS_REMOUNT|flags, ""); !errors.Is(err, syscall.EBUSY) {
				return err
			}
			time.Sleep(time.Millisecond)
		}
		return err
	}
	if w.r.IntN(2) == 0 {
		if err := remount(syscall.MS_RDONLY); err != nil {
			return err
		}
		act(w.run, o)
		return remount(0)
	}
	done := make(chan error)
	wait := time.Duration(w.r.Int64N(int64(w.typical)))
	go func() {
		time.Sleep(wait)
		done <- remount(syscall.MS_RDONLY)
	}()
	act(w.run, o)
	return errors.Join(<-done, remount(0))
}
