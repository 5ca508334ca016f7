//go:build platforms

package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// givePRNG puts a bcryptprimitives.dll into a Wine prefix that has none (Wine
// before 8.13, so Debian 12's): without it no Go program starts. The library
// holds no code; its only function, ProcessPrng, is forwarded to the one of
// advapi32 that has always done the same.
func givePRNG(t *testing.T, prefix string) {
	t.Helper()
	path := filepath.Join(prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(path); err == nil {
		return
	}
	if err := os.WriteFile(path, forwarder("bcryptprimitives.dll", "ProcessPrng", "advapi32.SystemFunction036"),
		0o644); err != nil {
		t.Fatal(err)
	}
}

// forwarder is a 64-bit library for Intel processors, in the PE format, that
// exports one function which is another library's.
func forwarder(dll, function, to string) []byte {
	const (
		headers = 0x200  // bytes of the headers in the file
		rva     = 0x1000 // where the only section is in memory
		table   = 40     // bytes of the export directory
	)
	// The section: the export directory, its three arrays of one, the texts.
	var texts bytes.Buffer
	textAt := func(s string) uint32 {
		at := rva + table + 4 + 4 + 2 + uint32(texts.Len())
		texts.WriteString(s + "\x00")
		return at
	}
	dllAt, nameAt, toAt := textAt(dll), textAt(function), textAt(to)
	size := uint32(table + 4 + 4 + 2 + texts.Len())

	var section, file bytes.Buffer
	put := func(b *bytes.Buffer, values ...any) {
		for _, v := range values {
			binary.Write(b, binary.LittleEndian, v)
		}
	}
	put(&section, uint32(0), uint32(0), uint32(0), dllAt, uint32(1), uint32(1), uint32(1),
		uint32(rva+table), uint32(rva+table+4), uint32(rva+table+8))
	put(&section, toAt, nameAt, uint16(0), texts.Bytes())

	dos := make([]byte, 64)
	copy(dos, "MZ")
	dos[60] = 64 // where the PE header begins
	put(&file, dos, []byte("PE\x00\x00"))
	put(&file, uint16(0x8664), uint16(1), uint32(0), uint32(0), uint32(0), uint16(240), uint16(0x2022))
	put(&file, uint16(0x20b), uint16(0), uint32(0), uint32(headers), uint32(0), uint32(0), uint32(rva))
	put(&file, uint64(0x180000000), uint32(0x1000), uint32(headers))
	put(&file, uint16(6), uint16(0), uint16(0), uint16(0), uint16(6), uint16(0), uint32(0))
	put(&file, uint32(2*rva), uint32(headers), uint32(0), uint16(3), uint16(0x160))
	put(&file, uint64(0x100000), uint64(0x1000), uint64(0x100000), uint64(0x1000), uint32(0), uint32(16))
	directories := make([]uint32, 32)
	directories[0], directories[1] = rva, size
	put(&file, directories)
	put(&file, []byte(".edata\x00\x00"), size, uint32(rva), uint32(headers), uint32(headers), uint32(0), uint32(0),
		uint32(0), uint32(0x40000040))

	out := make([]byte, 2*headers)
	copy(out, file.Bytes())
	copy(out[headers:], section.Bytes())
	return out
}
