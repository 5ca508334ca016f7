package summary

import "strings"

// FulfilmentText is what 落实情况 says of these ledgers, a paragraph a line.
func FulfilmentText(in []Source, opt Options) string {
	var out strings.Builder
	gather(in, opt).annualText(func(_ level, s string) {
		out.WriteString(s)
		out.WriteByte('\n')
	})
	return out.String()
}
