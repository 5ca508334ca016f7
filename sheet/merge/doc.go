// Package merge makes one state out of three: the base that two sides started
// from, mine (the head of the ledger) and theirs (a workbook as it was found).
package merge
