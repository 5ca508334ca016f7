package main

import (
	"os"
	"strings"

	"taizhang/config"
)

// systemLang is the language that the system speaks. Chinese, unless a locale
// says another one: an office desktop often has none.
func systemLang() config.System {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return config.System{Value: langOfLocale(v), From: name + "=" + v}
		}
	}
	if v := uiLanguage(); v != "" {
		return config.System{Value: langOfLocale(v), From: v}
	}
	return config.System{Value: "zh", From: ""}
}

func langOfLocale(locale string) string {
	switch l := strings.ToLower(locale); {
	case strings.HasPrefix(l, "zh"), l == "c", strings.HasPrefix(l, "c."), l == "posix":
		return "zh"
	}
	return "en"
}
