package safefile

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// swap puts temp in target's place and removes what stood there, in such a way
// that nobody's save is lost who replaces target in the instant after it was
// checked: the two are exchanged, what was swapped out is checked once more, and
// where it is not what it was before it goes back. A new file takes its place
// only if there is still none.
//
// errors.ErrUnsupported, with nothing done, where there is nothing to check or
// the file system (most network shares) cannot exchange files.
func swap(temp, target string, check func(string) error) error {
	if check == nil {
		return errors.ErrUnsupported
	}
	if _, err := os.Lstat(target); errors.Is(err, fs.ErrNotExist) {
		if err := rename(temp, target, unix.RENAME_NOREPLACE); errors.Is(err, fs.ErrExist) {
			return errors.Join(check(target), os.Remove(temp))
		} else if err != nil {
			return errors.ErrUnsupported
		}
		return nil
	}
	ours, err := os.Open(temp) // as long as it is open, no other file can be taken for it
	if err != nil {
		return writeError(target, err)
	}
	defer ours.Close()
	if err := rename(temp, target, unix.RENAME_EXCHANGE); errors.Is(err, fs.ErrNotExist) {
		if err := check(target); err != nil {
			return errors.Join(err, os.Remove(temp))
		}
		return errors.ErrUnsupported
	} else if err != nil {
		return errors.ErrUnsupported
	}
	refused := check(temp)
	if refused != nil {
		if err := putBack(temp, target, ours); err != nil {
			return writeError(target, err)
		}
		refused = cmp.Or(check(target), refused) // names the file that people know
	}
	os.Remove(temp) // else a later save does
	return refused
}

// putBack exchanges temp and target again. Whoever saved over ours meanwhile is
// then swapped out, and goes back in turn: until it is ours, or what is older
// than what stands there, that is in temp.
func putBack(temp, target string, put *os.File) error {
	for {
		back, err := os.Open(temp)
		if err != nil {
			return err
		}
		defer back.Close()
		switch err := rename(temp, target, unix.RENAME_EXCHANGE); {
		case errors.Is(err, fs.ErrNotExist): // somebody saves by removing first
			if err := rename(temp, target, unix.RENAME_NOREPLACE); !errors.Is(err, fs.ErrExist) {
				return err
			}
			continue
		case err != nil:
			return err
		}
		out, err := os.Lstat(temp)
		if err != nil {
			return err
		}
		was, err := put.Stat()
		if err != nil {
			return err
		}
		if os.SameFile(out, was) {
			return nil
		}
		put = back
	}
}

func rename(from, to string, flags uint) error {
	if err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, flags); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
