//go:build windows

// Command console sets its console to code page 936, as in China, runs a program
// there and prints the code pages (input, output) that were in force before,
// while and after it ran.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"

	"golang.org/x/sys/windows"
)

const chinese = 936

func pages() string {
	in, errIn := windows.GetConsoleCP()
	out, errOut := windows.GetConsoleOutputCP()
	if errIn != nil || errOut != nil {
		return fmt.Sprint(errIn, errOut)
	}
	return fmt.Sprint(in, out)
}

func main() {
	windows.SetConsoleCP(chinese)
	windows.SetConsoleOutputCP(chinese)
	before := pages()
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Println(err)
		return
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	during := before
	for {
		select {
		case err := <-ended:
			fmt.Printf("before %s, while %s, after %s, error %v\n", before, during, pages(), err)
			return
		case <-time.After(time.Millisecond):
			if now := pages(); now != before {
				during = now
			}
		}
	}
}
