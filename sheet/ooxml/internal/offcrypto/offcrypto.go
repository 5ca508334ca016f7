package offcrypto

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"
	"unicode/utf16"
)

// Lock is what an encrypted workbook is wrapped in: a compound file that holds
// the package as an encrypted stream and, beside it, how it is encrypted
// ([MS-OFFCRYPTO] 2.3). Seal puts another package into the same lock: password,
// cipher and strength, and the keys for other ways of opening it, stay as the
// program wrote them that encrypted the workbook first.
type Lock struct {
	box       compound
	scheme    scheme
	isDefault bool
}

// HasDefaultPassword reports whether the password is Excel's own, which nobody
// has to know.
func (l *Lock) HasDefaultPassword() bool { return l.isDefault }

// scheme is one way of encrypting a package. The streams are those of the
// compound file: the package's begins with its size.
type scheme interface {
	// unlock finds the key with the password; ErrPassword if it is another one.
	unlock(password string) error
	// open decrypts the package. It may find that somebody changed it: ErrForged.
	open(stream []byte) ([]byte, error)
	// seal encrypts a package; info is the description that goes with it.
	seal(plain []byte) (info, stream []byte, err error)
}

var le = binary.LittleEndian

// What Unlock answers.
var (
	ErrNoPassword = errors.New("a password is needed")
	ErrPassword   = errors.New("wrong password")
	ErrForged     = errors.New("the encrypted package is not the one that was sealed")
	ErrCipher     = errors.New("unknown encryption")
)

// Streams of the compound file.
const (
	InfoStream    = "EncryptionInfo"
	PackageStream = "EncryptedPackage"
)

// defaultPassword is what Excel encrypts a workbook with whose structure is
// protected and that needs no password to open. Excel opens such a workbook without
// asking, so nobody knows that there is a password.
const defaultPassword = "VelvetSweatshop"

// Unlock opens an encrypted document: its package, and the lock to put it into
// again. Errors: ErrNoPassword without a password, unless it is Excel's own;
// ErrPassword with a wrong one; ErrCipher, ErrForged; others mean that data is no
// whole compound file.
func Unlock(data []byte, password string) ([]byte, *Lock, error) {
	plain, l, err := unlockWith(data, cmp.Or(password, defaultPassword))
	switch {
	case err == nil:
		l.isDefault = password == ""
	case password == "":
		return nil, nil, ErrNoPassword
	case errors.Is(err, ErrPassword):
		if plain, l, e := unlockWith(data, defaultPassword); e == nil {
			l.isDefault = true
			return plain, l, nil
		}
	}
	return plain, l, err
}

func unlockWith(data []byte, password string) ([]byte, *Lock, error) {
	l := &Lock{}
	var err error
	if l.box, err = readCompound(data); err != nil {
		return nil, nil, err
	}
	if l.scheme, err = schemeOf(l.box.stream(InfoStream)); err != nil {
		return nil, nil, err
	}
	switch err := l.scheme.unlock(password); {
	case errors.Is(err, ErrPassword):
		return nil, nil, err
	case err != nil:
		return nil, nil, fmt.Errorf("%w: %w", ErrCipher, err)
	}
	plain, err := l.scheme.open(l.box.stream(PackageStream))
	if err != nil {
		return nil, nil, err
	}
	l.box = l.box.with(map[string][]byte{PackageStream: nil})
	return plain, l, nil
}

// Seal makes an encrypted document of a package.
func (l *Lock) Seal(plain []byte) ([]byte, error) {
	info, stream, err := l.scheme.seal(plain)
	if err != nil {
		return nil, err
	}
	return l.box.with(map[string][]byte{InfoStream: info, PackageStream: stream}).bytes(), nil
}

// schemeOf reads the stream that says how the package is encrypted. It begins
// with a version: 4.4 is agile encryption, n.2 standard encryption.
func schemeOf(info []byte) (scheme, error) {
	if len(info) < 8 {
		return nil, fmt.Errorf("%w: it is not described", ErrCipher)
	}
	switch major, minor := le.Uint16(info), le.Uint16(info[2:]); {
	case major == 4 && minor == 4:
		return readAgile(info)
	case major >= 2 && major <= 4 && minor == 2:
		return readStandard(info)
	default:
		return nil, fmt.Errorf("%w: version %d.%d", ErrCipher, major, minor)
	}
}

// splitSize takes the size from the front of an encrypted package. The rest is whole
// blocks and may be longer than the size says.
func splitSize(stream []byte) (size int, blocks []byte, err error) {
	if len(stream) < 8 || len(stream)%aes.BlockSize != 8 || le.Uint64(stream) > uint64(len(stream)-8) {
		return 0, nil, fmt.Errorf("%w: its size is wrong", ErrForged)
	}
	return int(le.Uint64(stream)), stream[8:], nil
}

// sized is plain padded to whole blocks, with its size in front.
func sized(plain []byte) []byte {
	out := make([]byte, 8, 8+len(plain)+aes.BlockSize)
	le.PutUint64(out, uint64(len(plain)))
	return append(out, zeroPadded(plain)...)
}

// zeroPadded is data with zeros up to a whole block.
func zeroPadded(data []byte) []byte {
	return append(slices.Clip(data), make([]byte, -len(data)&(aes.BlockSize-1))...)
}

// cbc encrypts or decrypts whole blocks, each chained to the one before it.
func cbc(block cipher.Block, iv, data []byte, encrypt bool) []byte {
	out := make([]byte, len(data))
	if encrypt {
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, data)
	} else {
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data)
	}
	return out
}

// spin is the hash of a salted password, hashed again with a counter so many
// times.
func spin(h hash.Hash, salt []byte, password string, times int) []byte {
	h.Reset()
	h.Write(salt)
	for _, u := range utf16.Encode([]rune(password)) {
		h.Write([]byte{byte(u), byte(u >> 8)})
	}
	sum := h.Sum(nil)
	var count [4]byte
	for i := range times {
		le.PutUint32(count[:], uint32(i))
		h.Reset()
		h.Write(count[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum
}

// hashOf is the hash of the parts one after the other.
func hashOf(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
