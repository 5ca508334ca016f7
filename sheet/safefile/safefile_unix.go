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

// keepRights gives the new file the mode, the access control list, the extended
// attributes and, where the system lets us, the owner and group of the old one at
// path. A group that cannot be kept must not gain rights that it did not have.
func keepRights(f *os.File, path string, old fs.FileInfo) error {
	mode := old.Mode().Perm()
	strange := false // the group is another one
	if st, ok := old.Sys().(*syscall.Stat_t); ok {
		if f.Chown(int(st.Uid), int(st.Gid)) != nil && f.Chown(-1, int(st.Gid)) != nil {
			if now, err := f.Stat(); err == nil {
				if ns, ok := now.Sys().(*syscall.Stat_t); ok && ns.Gid != st.Gid {
					strange = true
				}
			}
		}
	}
	acl := readACL(path)
	mode = acl.mode(mode)
	if strange {
		mode &^= 0o070 &^ (mode & 0o007 << 3)
		acl.limitGroup()
	}
	err := f.Chmod(mode)
	if err != nil && !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.ENOTSUP) {
		return err
	}
	// Shares without modes refuse to set them, and others have no attributes.
	keepAttributes(f, path)
	acl.put(f)
	return nil
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
	if len(like) > 0 {
		accessList(nil).put(f) // the folder's, which may let in others than the workbooks'
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
	if isUnsupported(err) || errors.Is(err, unix.EBADF) || errors.Is(err, unix.EACCES) {
		return nil
	}
	return err
}

// isUnsupported reports whether err says that the file system cannot do what was
// asked of it.
func isUnsupported(err error) bool {
	return errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EOPNOTSUPP) ||
		errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTTY)
}

func isOpenElsewhere(err error) bool {
	return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ETXTBSY) || errors.Is(err, unix.EAGAIN)
}

// IsFull reports whether err says that the disk, or what the user may use of it, is
// full.
func IsFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}
