//go:build windows

// Command hold opens a file as Excel does (others may read it, not write or
// replace it), or as a program that shares nothing ("alone"), says so, and
// keeps it until its standard input ends.
package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/windows"
)

func main() {
	name, err := windows.UTF16PtrFromString(os.Args[1])
	if err != nil {
		panic(err)
	}
	share := uint32(windows.FILE_SHARE_READ)
	if len(os.Args) > 2 && os.Args[2] == "alone" {
		share = 0
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, share, nil, windows.OPEN_EXISTING,
		windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		panic(err)
	}
	fmt.Println("held")
	io.Copy(io.Discard, os.Stdin)
	windows.CloseHandle(h)
}
