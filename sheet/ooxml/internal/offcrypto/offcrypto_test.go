package offcrypto

import (
	"bytes"
	"crypto/aes"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/ooxml/ooxmltest"
)

// lockPassword opens what other programs have encrypted.
const lockPassword = "密码Abc1"

func TestWhatDoesNotUnlock(t *testing.T) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		data := encrypted(t, name)
		if _, _, err := Unlock(data, "密码Abc2"); !errors.Is(err, ErrPassword) {
			t.Errorf("%s: another password: %v", name, err)
		}
		c, err := readCompound(data)
		if err != nil {
			t.Fatal(err)
		}
		spoilt := bytes.Clone(c.stream(PackageStream))
		spoilt[len(spoilt)/2] ^= 1
		if _, _, err := Unlock(c.with(map[string][]byte{PackageStream: spoilt}).bytes(),
			lockPassword); name == "agile.xlsx" && !errors.Is(err, ErrForged) {
			t.Errorf("%s: one bit of the package is another: %v", name, err)
		}
		for what, cut := range map[string][]byte{"short": spoilt[:40], "empty": nil, "uneven": spoilt[:len(spoilt)-3]} {
			if _, _, err := Unlock(c.with(map[string][]byte{PackageStream: cut}).bytes(), lockPassword); !errors.Is(err,
				ErrForged) {
				t.Errorf("%s: %s package: %v", name, what, err)
			}
		}
		info := c.stream(InfoStream)
		for n := range len(info) {
			if _, _, err := Unlock(c.with(map[string][]byte{InfoStream: info[:n]}).bytes(), lockPassword); err == nil &&
				n < len(info)-12 {
				t.Fatalf("%s: opened with %d of %d bytes of its description", name, n, len(info))
			}
			if name == "agile.xlsx" {
				break // one is enough: an unclosed element is the scanner's to refuse
			}
		}
	}
}

// encrypted is a workbook that another program has encrypted: see make.js beside them.
func encrypted(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestAgileEncryptionOfEveryStrength makes descriptions as the specification has
// them and seals a package; excelize opens it.
func TestAgileEncryptionOfEveryStrength(t *testing.T) {
	plain, _, err := Unlock(encrypted(t, "agile.xlsx"), lockPassword)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		bits int
		hash string
	}{{128, "SHA1"}, {128, "SHA256"}, {256, "SHA384"}, {256, "SHA512"}, {256, "MD5"}} {
		name := fmt.Sprintf("AES-%d, %s", c.bits, c.hash)
		a, err := readAgile(agileInfo(c.bits, c.hash, lockPassword))
		if err != nil {
			t.Fatal(name, err)
		}
		if err := a.unlock("another"); !errors.Is(err, ErrPassword) {
			t.Errorf("%s: another password: %v", name, err)
		}
		if err := a.unlock(lockPassword); err != nil {
			t.Fatal(name, err)
		}
		info, stream, err := a.seal(plain)
		if err != nil {
			t.Fatal(name, err)
		}
		box := compound{{storage: true}, {name: InfoStream, path: InfoStream, data: info},
			{name: PackageStream, path: PackageStream, data: stream}}.bytes()
		got, err := excelize.Decrypt(box, &excelize.Options{Password: lockPassword})
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: excelize reads another package: %v", name, err)
		}
		if _, _, err := Unlock(box, lockPassword); err != nil {
			t.Errorf("%s: does not open again: %v", name, err)
		}
	}
}

// agileInfo describes an agile encryption with a key of zeros.
func agileInfo(bits int, algorithm, password string) []byte {
	h, salt := agileHashes[algorithm], []byte("0123456789abcdef")
	sum := spin(h(), salt, password, 1000)
	hidden := func(what, plain []byte) string {
		block, _ := aes.NewCipher(fit(hashOf(h(), sum, what), bits/8))
		return base64.StdEncoding.EncodeToString(cbc(block, salt, zeroPadded(plain), true))
	}
	input := []byte("sixteen random b")
	return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0},
		fmt.Sprintf(
			`<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">`+
				`<keyData saltSize="16" blockSize="16" keyBits="%[1]d" hashSize="%[2]d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%[3]s" saltValue="%[4]s"/><dataIntegrity encryptedHmacKey="" encryptedHmacValue=""/>`+
				`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="1000" saltSize="16" blockSize="16" keyBits="%[1]d" hashSize="%[2]d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%[3]s" saltValue="%[4]s" encryptedVerifierHashInput="%[5]s" encryptedVerifierHashValue="%[6]s" encryptedKeyValue="%[7]s"/></keyEncryptor></keyEncryptors></encryption>`,
			bits, h().Size(), algorithm, base64.StdEncoding.EncodeToString(salt),
			hidden(forVerifierInput, input), hidden(forVerifierHash, hashOf(h(), input)),
			hidden(forKey, make([]byte, bits/8)))...)
}

func TestCompoundFilesReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := compound{{storage: true}}
		dirs := []string{""}
		want := map[string][]byte{}
		for i := range rapid.IntRange(1, 40).Draw(t, "nodes") {
			parent := rapid.SampledFrom(dirs).Draw(t, "parent")
			n := &compoundNode{name: fmt.Sprintf("%s%d", rapid.SampledFrom([]string{"数据", "B", "longer name ",
				"\x06"}).Draw(t, "name"), i), parent: parent}
			n.path = joined(parent, string(bytes.TrimLeft([]byte(n.name), "\x06")))
			if n.storage = rapid.Bool().Draw(t, "storage"); n.storage {
				dirs = append(dirs, n.path)
			} else {
				size := rapid.SampledFrom([]int{0, 1, 64, 65, 4095, 4096, 4097, 70000}).Draw(t, "size")
				n.data = randomBytes(size)
				want[n.path] = n.data
			}
			c = append(c, n)
		}
		got, err := readCompound(c.bytes())
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(c) {
			t.Fatalf("%d nodes became %d", len(c), len(got))
		}
		for _, n := range got[1:] {
			if !n.storage && !bytes.Equal(n.data, want[n.path]) {
				t.Fatalf("%q: %d bytes became %d, or others", n.path, len(want[n.path]), len(n.data))
			}
		}
	})
}

// TestALongCompoundFile has a stream whose table does not fit into the header,
// nor the list of what does not fit into one sector.
func TestALongCompoundFile(t *testing.T) {
	data := randomBytes(20 << 20)
	got := ooxmltest.Streams(t, compound{{storage: true}, {name: "a", path: "a", data: data},
		{name: "b", path: "b", data: data[:7]}}.bytes())
	if got["[]a"] != string(data) || got["[]b"] != string(data[:7]) {
		t.Error("other bytes than were written")
	}
}

func joined(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

func randomBytes(n int) []byte {
	out := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(out)
	return out
}

func FuzzEncrypted(f *testing.F) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		c, err := readCompound(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(c.with(map[string][]byte{PackageStream: nil}).bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readCompound(data)
		if err != nil {
			return
		}
		if again, err := readCompound(c.bytes()); err != nil || len(again) != len(c) {
			t.Fatalf("written again it has %d nodes instead of %d: %v", len(again), len(c), err)
		}
		s, err := schemeOf(c.stream(InfoStream))
		if err != nil {
			return
		}
		// Any key will do, and finding one costs thousands of hashes.
		block, _ := aes.NewCipher(make([]byte, 16))
		switch s := s.(type) {
		case *agile:
			s.block = block
		case *standard:
			s.block = block
		}
		s.open(c.stream(PackageStream))
		if _, _, err := s.seal([]byte("a package")); err != nil {
			t.Fatal(err)
		}
	})
}
