package safefile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// writable reports a file marked read-only.
func writable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o200 == 0 {
		return fs.ErrPermission
	}
	return nil
}

// keepRights gives the new file the list of rights of the old one at path. What
// that inherits from the folder the new file inherits too.
func keepRights(f *os.File, path string, old fs.FileInfo) error {
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return nil // a share without lists of rights
	}
	dacl, _, err := sd.DACL()
	if err != nil || dacl == nil {
		return nil
	}
	what := windows.SECURITY_INFORMATION(
		windows.DACL_SECURITY_INFORMATION | windows.UNPROTECTED_DACL_SECURITY_INFORMATION)
	if control, _, err := sd.Control(); err == nil && control&windows.SE_DACL_PROTECTED != 0 {
		what = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	}
	windows.SetNamedSecurityInfo(f.Name(), windows.SE_FILE_OBJECT, what, nil, nil, dacl, nil)
	return nil
}

// rightsOf is a file's mode.
func rightsOf(_ string, info fs.FileInfo) fs.FileMode { return info.Mode() }

// isUnsupported reports whether err says that the file system cannot do what was
// asked of it.
func isUnsupported(err error) bool {
	return errors.Is(err, windows.ERROR_INVALID_FUNCTION) || errors.Is(err, windows.ERROR_NOT_SUPPORTED) ||
		errors.Is(err, windows.ERROR_CALL_NOT_IMPLEMENTED) || errors.Is(err, windows.ERROR_INVALID_PARAMETER)
}

func sameGroup(*os.File, []fs.FileInfo) error { return nil }

// replace renames over the target (MoveFileEx with MOVEFILE_REPLACE_EXISTING),
// which fails while another program holds the target without sharing deletion.
func replace(temp, target string) error {
	err := os.Rename(temp, target)
	if errors.Is(err, fs.ErrPermission) && heldOpen(target) {
		return windows.ERROR_SHARING_VIOLATION
	}
	return err
}

// heldOpen tells "access denied" because somebody holds the file from "access
// denied" for want of rights: opening it for ourselves alone fails with a
// sharing violation.
func heldOpen(path string) bool {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING,
		windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return isOpenElsewhere(err)
	}
	windows.CloseHandle(h)
	return false
}

// syncDir has nothing to do: NTFS journals the rename, and folders cannot be
// flushed.
func syncDir(string) error { return nil }

func isOpenElsewhere(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_USER_MAPPED_FILE)
}

// IsFull reports whether err says that the disk, or what the user may use of it, is
// full.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
