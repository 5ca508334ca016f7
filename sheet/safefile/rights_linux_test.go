package safefile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/pkg/xattr"
	"golang.org/x/sys/unix"
)

// acl makes a list of "tag, rights, id" entries.
func acl(entries ...[3]uint32) accessList {
	out := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint16(out, uint16(e[0]))
		out = binary.LittleEndian.AppendUint16(out, uint16(e[1]))
		out = binary.LittleEndian.AppendUint32(out, e[2])
	}
	return out
}

const noID = 0xFFFFFFFF

// sharedACL lets user 12345 write, the group only read: the mode then shows
// rw- in the group's place.
var sharedACL = acl([3]uint32{1, 6, noID}, [3]uint32{2, 6, 12345}, [3]uint32{4, 4, noID}, [3]uint32{16, 6, noID},
	[3]uint32{32, 0, noID})

func TestWriteKeepsAccessListAndAttributes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := xattr.Set(path, "user.label", []byte("内部")); err != nil {
		t.Skip("the file system has no extended attributes: ", err)
	}
	if err := xattr.Set(path, aclName, sharedACL); err != nil {
		t.Skip("the file system has no access control lists: ", err)
	}
	before, _ := os.Stat(path)
	if err := Write(path, []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	if label, err := xattr.Get(path, "user.label"); err != nil || string(label) != "内部" {
		t.Errorf("attribute %q, %v", label, err)
	}
	if got, err := xattr.Get(path, aclName); err != nil || !bytes.Equal(got, sharedACL) {
		t.Errorf("list %x, %v, was %x", got, err, []byte(sharedACL))
	}
	if after, _ := os.Stat(path); after.Mode() != before.Mode() {
		t.Errorf("mode %v, was %v", after.Mode(), before.Mode())
	}
}

// A folder hands its own list to every new file in it; the file that was there
// had none, and gets none.
func TestWriteTakesNoListFromTheFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "台账.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := xattr.Set(dir, "system.posix_acl_default", sharedACL); err != nil {
		t.Skip("the file system has no access control lists: ", err)
	}
	made := filepath.Join(dir, "made.xlsx")
	if err := errors.Join(Write(path, []byte("new"), Options{}),
		Write(made, []byte("new"), Options{Like: []string{path}})); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, made} {
		if list := readACL(name); list != nil {
			t.Errorf("%s got the folder's list %x", filepath.Base(name), []byte(list))
		}
		if info, _ := os.Stat(name); info.Mode().Perm()&^0o640 != 0 {
			t.Errorf("%s is %v", filepath.Base(name), info.Mode())
		}
	}
}

func TestTheModeOfAFileWithAListIsNotTheGroups(t *testing.T) {
	if got := sharedACL.mode(0o660); got != 0o640 {
		t.Errorf("%o", got)
	}
	if got := accessList(nil).mode(0o664); got != 0o664 {
		t.Errorf("%o", got)
	}
	own := bytes.Clone(sharedACL)
	accessList(own).limitGroup()
	if got := accessList(own).mode(0o660); got != 0o600 {
		t.Errorf("a strange group gets %o", got)
	}
}

func TestWriteWhereFilesCannotBeFlushed(t *testing.T) {
	defer func() { syncFile = (*os.File).Sync }()
	for _, errno := range []error{unix.EINVAL, unix.EOPNOTSUPP, unix.ENOSYS, unix.EIO} {
		syncFile = func(f *os.File) error { return &os.PathError{Op: "sync", Path: f.Name(), Err: errno} }
		path := filepath.Join(t.TempDir(), "台账.xlsx")
		told := 0
		err := Write(path, []byte("new"), Options{NotFlushed: func() { told++ }})
		if errno == unix.EIO {
			if err == nil || told != 0 {
				t.Errorf("%v: %v, told %d times", errno, err, told)
			}
			continue
		}
		if err != nil || told != 1 || read(t, path) != "new" {
			t.Errorf("%v: %v, told %d times", errno, err, told)
		}
	}
}
