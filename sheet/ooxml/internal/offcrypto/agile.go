package offcrypto

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/ooxml/internal/xmlpart"
)

// agile is agile encryption ([MS-OFFCRYPTO] 2.3.4.10), which Excel and
// LibreOffice write today: the package is encrypted with a random key, that key
// with the password, and an HMAC tells whether the encrypted package is whole.
// A package is sealed again under the same key with a new salt, so that no piece
// is encrypted with a vector that was used before.
type agile struct {
	info     []byte // the stream as it stands in the file: 8 bytes, then XML
	data     agileKey
	password agileKey
	spins    int
	verifier [2][]byte // a random value and its hash, encrypted with the password
	key      []byte    // the package's key, encrypted with the password
	hmac     [2][]byte // key and value, encrypted with the package's key; nil without them

	block cipher.Block // of the package's key; set by unlock
}

// agileKey says how something is encrypted.
type agileKey struct {
	bytes int // of the key
	hash  func() hash.Hash
	salt  []byte
}

// What the hashes of agile encryption are for.
var (
	forVerifierInput = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	forVerifierHash  = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	forKey           = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
	forHMACKey       = []byte{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6}
	forHMACValue     = []byte{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33}
)

const (
	agilePiece = 4096     // bytes of the package that are encrypted together
	maxSpins   = 10000000 // the specification's limit
)

var agileHashes = map[string]func() hash.Hash{
	"MD5": md5.New, "SHA1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New,
}

// readAgile reads the description of an agile encryption. Of several ways to
// open the package (certificates) it takes the password.
func readAgile(info []byte) (*agile, error) {
	a := &agile{info: info}
	s := xmlpart.NewScanner(info[8:])
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		var err error
		switch {
		case s.Is("keyData"):
			a.data, err = readAgileKey(s)
		case s.Is("dataIntegrity"):
			a.hmac, err = base64Pair(s, "encryptedHmacKey", "encryptedHmacValue")
		case s.Is("encryptedKey") && s.Attr("spinCount") != nil && a.key == nil:
			if a.password, err = readAgileKey(s); err != nil {
				break
			}
			if a.verifier, err = base64Pair(s, "encryptedVerifierHashInput", "encryptedVerifierHashValue"); err != nil {
				break
			}
			if a.key, err = base64.StdEncoding.DecodeString(s.Value("encryptedKeyValue")); err != nil {
				break
			}
			a.spins, err = strconv.Atoi(s.Value("spinCount"))
		}
		if err != nil {
			return nil, fmt.Errorf("%w: <%s>: %v", ErrCipher, s.LocalName(), err)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrCipher, err)
	}
	whole := func(parts ...[]byte) bool {
		return !slices.ContainsFunc(parts, func(p []byte) bool { return len(p)%aes.BlockSize != 0 })
	}
	switch {
	case a.data.hash == nil || a.password.hash == nil || len(a.key) < a.data.bytes || a.spins < 0 || a.spins > maxSpins:
		return nil, fmt.Errorf("%w: no way to open it with a password", ErrCipher)
	case !whole(a.key, a.verifier[0], a.verifier[1], a.hmac[0], a.hmac[1]) ||
		len(a.verifier[1]) < a.password.hash().Size():
		return nil, fmt.Errorf("%w: a value is cut short", ErrCipher)
	}
	return a, nil
}

// readAgileKey reads the attributes that say how something is encrypted.
func readAgileKey(s *xmlpart.Scanner) (agileKey, error) {
	salt, err := base64.StdEncoding.DecodeString(s.Value("saltValue"))
	if err != nil {
		return agileKey{}, err
	}
	bits, _ := strconv.Atoi(s.Value("keyBits"))
	k := agileKey{bytes: bits / 8, hash: agileHashes[strings.ReplaceAll(s.Value("hashAlgorithm"), "-", "")], salt: salt}
	if s.Value("cipherAlgorithm") != "AES" || s.Value("cipherChaining") != "ChainingModeCBC" || bits != 128 &&
		bits != 192 && bits != 256 || k.hash == nil {
		return agileKey{}, fmt.Errorf("%s of %d bits, %s, %s", s.Value("cipherAlgorithm"), bits,
			s.Value("cipherChaining"), s.Value("hashAlgorithm"))
	}
	return k, nil
}

func base64Pair(s *xmlpart.Scanner, first, second string) (pair [2][]byte, err error) {
	for i, name := range []string{first, second} {
		if pair[i], err = base64.StdEncoding.DecodeString(s.Value(name)); err != nil {
			return
		}
	}
	return
}

// vector is what the encryption of something begins with.
func (k agileKey) vector(what []byte) []byte {
	return fit(hashOf(k.hash(), k.salt, what), aes.BlockSize)
}

// fit cuts a hash to a length, or fills it up as the specification says.
func fit(sum []byte, n int) []byte {
	for len(sum) < n {
		sum = append(sum, 0x36)
	}
	return sum[:n]
}

func (a *agile) unlock(password string) error {
	h := a.password.hash()
	sum := spin(h, a.password.salt, password, a.spins)
	reveal := func(what, secret []byte) []byte {
		block, _ := aes.NewCipher(fit(hashOf(h, sum, what), a.password.bytes))
		return cbc(block, fit(slices.Clone(a.password.salt), aes.BlockSize), secret, false)
	}
	want := reveal(forVerifierHash, a.verifier[1])[:h.Size()]
	if !hmac.Equal(hashOf(h, reveal(forVerifierInput, a.verifier[0])), want) {
		return ErrPassword
	}
	var err error
	a.block, err = aes.NewCipher(reveal(forKey, a.key)[:a.data.bytes])
	return err
}

func (a *agile) open(stream []byte) ([]byte, error) {
	size, blocks, err := splitSize(stream)
	if err != nil {
		return nil, err
	}
	if a.hmac[0] != nil {
		n := a.data.hash().Size()
		key := cbc(a.block, a.data.vector(forHMACKey), a.hmac[0], false)
		want := cbc(a.block, a.data.vector(forHMACValue), a.hmac[1], false)
		if len(key) < n || len(want) < n || !hmac.Equal(a.sum(key[:n], stream), want[:n]) {
			return nil, ErrForged
		}
	}
	return a.pieces(a.data, blocks, false)[:size], nil
}

func (a *agile) seal(plain []byte) (info, stream []byte, err error) {
	data := a.data
	data.salt = make([]byte, len(a.data.salt))
	key := make([]byte, data.hash().Size())
	rand.Read(data.salt)
	rand.Read(key)
	stream = sized(plain)
	copy(stream[8:], a.pieces(data, stream[8:], true))
	values := map[string][]byte{
		"encryptedHmacKey":   cbc(a.block, data.vector(forHMACKey), zeroPadded(key), true),
		"encryptedHmacValue": cbc(a.block, data.vector(forHMACValue), zeroPadded(a.sum(key, stream)), true),
	}
	info, err = a.described(data.salt, values)
	return info, stream, err
}

// sum is the HMAC of an encrypted package, its size included.
func (a *agile) sum(key, stream []byte) []byte {
	m := hmac.New(a.data.hash, key)
	m.Write(stream)
	return m.Sum(nil)
}

// pieces encrypts or decrypts a package.
func (a *agile) pieces(k agileKey, blocks []byte, encrypt bool) []byte {
	out := make([]byte, 0, len(blocks))
	var number [4]byte
	for i := 0; i*agilePiece < len(blocks); i++ {
		le.PutUint32(number[:], uint32(i))
		out = append(out, cbc(a.block, k.vector(number[:]), blocks[i*agilePiece:min(len(blocks), (i+1)*agilePiece)],
			encrypt)...)
	}
	return out
}

// described is the description with another salt of the package and other
// values of its HMAC.
func (a *agile) described(salt []byte, integrity map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	out.Write(a.info[:8])
	s, from := xmlpart.NewScanner(a.info[8:]), 0
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		values := map[string][]byte{}
		switch {
		case s.Is("keyData"):
			values["saltValue"] = salt
		case s.Is("dataIntegrity"):
			values = integrity
		}
		for _, at := range s.Attrs {
			if v, ok := values[string(s.Data[at.Name.Start:at.Name.End])]; ok {
				out.Write(s.Data[from:at.Value.Start])
				out.WriteString(base64.StdEncoding.EncodeToString(v))
				from = at.Value.End
			}
		}
	}
	out.Write(s.Data[from:])
	return out.Bytes(), s.Err()
}
