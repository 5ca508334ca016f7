//go:build !windows

package safefile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// writable reports a file that its owner marked read-only, which a rename would
// silently replace.
func writable(path string) error { return unix.Access(path, unix.W_OK) }

// keepOwner gives the new file the mode and, where the system lets us, the
// owner and group of the old one. A group that cannot be kept must not gain
// rights that it did not have.
func keepOwner(f *os.File, old fs.FileInfo) error {
	mode := old.Mode().Perm()
	if st, ok := old.Sys().(*syscall.Stat_t); ok {
		if f.Chown(int(st.Uid), int(st.Gid)) != nil && f.Chown(-1, int(st.Gid)) != nil {
			if now, err := f.Stat(); err == nil {
				if ns, ok := now.Sys().(*syscall.Stat_t); ok && ns.Gid != st.Gid {
					mode &^= 0o070 &^ (mode & 0o007 << 3)
				}
			}
		}
	}
	err := f.Chmod(mode)
	if err != nil && !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.ENOTSUP) {
		return err
	}
	return nil // shares without modes refuse to set them
}

// sameGroup takes from the new file's group what it must not read: where the
// group is not that of the workbooks, it is anybody.
func sameGroup(f *os.File, like []fs.FileInfo) error {
	now, err := f.Stat()
	if err != nil {
		return err
	}
	ours, ok := now.Sys().(*syscall.Stat_t)
	mode := now.Mode().Perm()
	for _, info := range like {
		if st, is := info.Sys().(*syscall.Stat_t); ok && is && st.Gid != ours.Gid {
			mode &^= 0o070 &^ (mode & 0o007 << 3)
		}
	}
	if mode == now.Mode().Perm() {
		return nil
	}
	return f.Chmod(mode)
}

func replace(temp, target string) error { return os.Rename(temp, target) }

// syncDir makes the rename itself durable. Some network file systems cannot
// sync a folder; the rename stands nevertheless.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EBADF) || errors.Is(err, unix.EACCES) {
		return nil
	}
	return err
}

func isOpenElsewhere(err error) bool {
	return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ETXTBSY) || errors.Is(err, unix.EAGAIN)
}

// IsFull reports whether err says that the disk, or what the user may use of it, is
// full.
func IsFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}
