package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
)

// sealed keeps what it writes secret: the history of an encrypted workbook must
// not say in plain files beside it what its password protects. A sealed file is
//
//	"taizhang sealed 1\n" salt nonce ciphertext
//
// in AES-256-GCM; the key is PBKDF2 with HMAC-SHA-512 of the password and the
// salt. Backups are whole workbooks, encrypted by themselves, and stay as they
// are, so that a spreadsheet program can open them. Files from before the
// workbook had a password are read as they are.
type sealed struct {
	fsys
	password string

	mu   sync.Mutex
	salt []byte                 // of what is written: one that the store has already, else a new one
	keys map[string]cipher.AEAD // by salt: deriving one takes long, on purpose
}

const (
	sealMark   = "taizhang sealed 1\n"
	saltSize   = 16
	nonceSize  = 12
	iterations = 210_000 // OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512
)

// errSealed: the file was written under another password, or under one at all
// where none is known.
var errSealed = errors.New("sealed with another password")

func (s *sealed) ReadFile(name string) ([]byte, error) {
	data, err := s.fsys.ReadFile(name)
	if err != nil || !bytes.HasPrefix(data, []byte(sealMark)) {
		return data, err
	}
	data = data[len(sealMark):]
	if s.password == "" || len(data) < saltSize+nonceSize {
		return nil, errSealed
	}
	salt, nonce := data[:saltSize], data[saltSize:saltSize+nonceSize]
	key, err := s.key(salt)
	if err != nil {
		return nil, err
	}
	plain, err := key.Open(nil, nonce, data[saltSize+nonceSize:], nil)
	if err != nil {
		return nil, errSealed
	}
	s.mu.Lock()
	if s.salt == nil {
		s.salt = bytes.Clone(salt)
	}
	s.mu.Unlock()
	return plain, nil
}

func (s *sealed) WriteTemp(dir string, data []byte, mode fs.FileMode) (string, error) {
	if s.password == "" || filepath.Base(dir) == backupsDir {
		return s.fsys.WriteTemp(dir, data, mode)
	}
	s.mu.Lock()
	if s.salt == nil {
		s.salt = make([]byte, saltSize)
		rand.Read(s.salt)
	}
	salt := s.salt
	s.mu.Unlock()
	key, err := s.key(salt)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	out := append([]byte(sealMark), salt...)
	out = append(out, nonce...)
	return s.fsys.WriteTemp(dir, key.Seal(out, nonce, data, nil), mode)
}

func (s *sealed) key(salt []byte) (cipher.AEAD, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := s.keys[string(salt)]; key != nil {
		return key, nil
	}
	secret, err := pbkdf2.Key(sha512.New, s.password, salt, iterations, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	key, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	if s.keys == nil {
		s.keys = map[string]cipher.AEAD{}
	}
	s.keys[string(salt)] = key
	return key, nil
}
