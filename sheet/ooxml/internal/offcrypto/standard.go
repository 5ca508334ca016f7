package offcrypto

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"fmt"
)

// standard is standard encryption ([MS-OFFCRYPTO] 2.3.4.5), which Office 2007
// wrote and some programs still write: the password is the key, block by block,
// and nothing tells whether the encrypted package is whole but the package.
type standard struct {
	info     []byte // the stream as it stands in the file
	bytes    int    // of the key
	salt     []byte
	verifier [2][]byte // a random value and its hash, encrypted

	block cipher.Block // set by unlock
}

const (
	standardSpins = 50000
	standardAES   = 0x20 // flag: the cipher is AES
)

// readStandard reads the description of a standard encryption: version and
// flags, the size of a header, the header, and what verifies a password.
func readStandard(info []byte) (*standard, error) {
	const fixed = 32 // bytes of the header before the name of the provider
	cut := fmt.Errorf("%w: its description is cut short", ErrCipher)
	if len(info) < 12+fixed {
		return nil, cut
	}
	flags, size := le.Uint32(info[4:]), le.Uint32(info[8:])
	if size < fixed || uint64(len(info)) < 12+uint64(size)+4+16+16+4+32 {
		return nil, cut
	}
	bits, v := le.Uint32(info[12+16:]), info[12+size:]
	if bits == 0 {
		bits = 128
	}
	if flags&standardAES == 0 || bits != 128 && bits != 192 && bits != 256 || le.Uint32(v) != 16 {
		return nil, fmt.Errorf("%w: standard encryption, flags %x, %d bits", ErrCipher, flags, bits)
	}
	return &standard{info: info, bytes: int(bits / 8), salt: v[4:20], verifier: [2][]byte{v[20:36], v[40:72]}}, nil
}

func (s *standard) unlock(password string) error {
	h := sha1.New()
	sum := hashOf(h, spin(h, s.salt, password, standardSpins), make([]byte, 4))
	var key []byte
	for _, fill := range []byte{0x36, 0x5c} {
		mask := bytes.Repeat([]byte{fill}, 64)
		for i, b := range sum {
			mask[i] ^= b
		}
		key = append(key, hashOf(h, mask)...)
	}
	var err error
	if s.block, err = aes.NewCipher(key[:s.bytes]); err != nil {
		return err
	}
	want := s.blocks(s.verifier[1], s.block.Decrypt)[:sha1.Size]
	if !hmac.Equal(hashOf(h, s.blocks(s.verifier[0], s.block.Decrypt)), want) {
		return ErrPassword
	}
	return nil
}

func (s *standard) open(stream []byte) ([]byte, error) {
	size, blocks, err := splitSize(stream)
	if err != nil {
		return nil, err
	}
	return s.blocks(blocks, s.block.Decrypt)[:size], nil
}

func (s *standard) seal(plain []byte) (info, stream []byte, err error) {
	stream = sized(plain)
	copy(stream[8:], s.blocks(stream[8:], s.block.Encrypt))
	return s.info, stream, nil
}

// blocks encrypts or decrypts whole blocks, each by itself.
func (s *standard) blocks(data []byte, each func(dst, src []byte)) []byte {
	out := make([]byte, len(data))
	for at := 0; at < len(data); at += aes.BlockSize {
		each(out[at:], data[at:])
	}
	return out
}
