//go:build !windows

package safefile

import (
	"encoding/binary"
	"io/fs"
	"os"
	"strings"

	"github.com/pkg/xattr"
)

// aclName is the extended attribute in which Linux keeps the access control list
// of a file. (macOS keeps them elsewhere, out of reach without its C library.)
const aclName = "system.posix_acl_access"

// accessList is a POSIX access control list as Linux stores it: a version, then
// entries of tag, rights and id. nil is none: the mode says all.
type accessList []byte

// Tags of the entries that have no id.
const (
	aclGroup = 0x04 // the file's group
	aclMask  = 0x10 // the most that anybody but owner and others gets
	aclOther = 0x20
)

const (
	aclHead  = 4
	aclEntry = 8
)

func readACL(path string) accessList {
	data, err := xattr.Get(path, aclName)
	if err != nil || len(data) < aclHead || (len(data)-aclHead)%aclEntry != 0 {
		return nil
	}
	return data
}

// rights is the entry's own bytes of a tag, nil if there is no such entry.
func (a accessList) rights(tag uint16) []byte {
	for at := aclHead; at+aclEntry <= len(a); at += aclEntry {
		if binary.LittleEndian.Uint16(a[at:]) == tag {
			return a[at+2 : at+4]
		}
	}
	return nil
}

// mode is a file's mode without its list: with one, the group's place in it
// shows the mask and not what the group may do.
func (a accessList) mode(mode fs.FileMode) fs.FileMode {
	group, mask := a.rights(aclGroup), a.rights(aclMask)
	if group == nil || mask == nil {
		return mode
	}
	return mode&^0o070 | fs.FileMode(group[0]&mask[0]&7)<<3
}

// limitGroup leaves the file's group what everybody has.
func (a accessList) limitGroup() {
	if group, other := a.rights(aclGroup), a.rights(aclOther); group != nil && other != nil {
		group[0] &= other[0]
	}
}

// put gives the list to a file; nil takes away the one that its folder gave it.
func (a accessList) put(f *os.File) {
	if a == nil {
		xattr.FRemove(f, aclName)
		return
	}
	xattr.FSet(f, aclName, a)
}

// keepAttributes copies the extended attributes of the file at path, as far as
// the file system takes them.
func keepAttributes(f *os.File, path string) {
	names, err := xattr.List(path)
	if err != nil {
		return
	}
	for _, name := range names {
		// Capabilities are for programs, and lists of rights are copied apart.
		if name == "security.capability" || strings.HasPrefix(name, "system.posix_acl_") {
			continue
		}
		if value, err := xattr.Get(path, name); err == nil {
			xattr.FSet(f, name, value)
		}
	}
}

// rightsOf is the mode that says what a file's group may do.
func rightsOf(path string, info fs.FileInfo) fs.FileMode { return readACL(path).mode(info.Mode()) }
