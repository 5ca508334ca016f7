package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// utf8CodePage makes a Windows console show and read UTF-8.
const utf8CodePage = 65001

// prepareConsole sets the console to UTF-8 and to understand colours, and
// returns what puts it back: the code page belongs to the console, not to the
// process, and outlives it.
func prepareConsole() (restore func()) {
	in, errIn := windows.GetConsoleCP()
	out, errOut := windows.GetConsoleOutputCP()
	if errIn == nil && in != utf8CodePage {
		windows.SetConsoleCP(utf8CodePage)
	}
	if errOut == nil && out != utf8CodePage {
		windows.SetConsoleOutputCP(utf8CodePage)
	}
	var modes []func()
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		h := windows.Handle(f.Fd())
		var mode uint32
		if windows.GetConsoleMode(h, &mode) == nil && mode&windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING == 0 {
			if windows.SetConsoleMode(h, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil {
				modes = append(modes, func() { windows.SetConsoleMode(h, mode) })
			}
		}
	}
	return func() {
		for _, back := range modes {
			back()
		}
		if errIn == nil && in != utf8CodePage {
			windows.SetConsoleCP(in)
		}
		if errOut == nil && out != utf8CodePage {
			windows.SetConsoleOutputCP(out)
		}
	}
}

// uiLanguage is the language of the desktop, where the environment does not say.
func uiLanguage() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}
