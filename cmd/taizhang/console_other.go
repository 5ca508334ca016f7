//go:build !windows

package main

// prepareConsole makes the console ready for Chinese; terminals of these
// systems are.
func prepareConsole() (restore func()) { return func() {} }

// uiLanguage is the language of the desktop, where the environment does not say.
func uiLanguage() string { return "" }
