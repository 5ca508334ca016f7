// Package seeds holds the facts that everybody starts from: the holidays of the
// State Council's yearly notices, and the registers that the law orders. Both
// are data; package due reads the holidays, package ledger the registers.
// Package sample, below it, makes the sample ledger.
package seeds

import _ "embed"

// Holidays is the text of the file holidays, whose own first lines explain it.
//
//go:embed holidays
var Holidays string

// Registers is the text of registers.yaml, which has the form of the setting
// "registers".
//
//go:embed registers.yaml
var Registers string
