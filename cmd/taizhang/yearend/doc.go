// Package yearend holds no code but a test of the built program (build tag e2e)
// at the year's end. A script makes the ledger of a whole year (testdata/year.py:
// 300 requests, 2,000 messages, 60 columns, 40 proposals, reviews and suits); a
// second one (testdata/recount.py), which knows nothing of the program, counts the
// figures of the yearly report and of the registers from the workbook alone. Both
// must agree. LibreOffice then sets every paper, and its pages are looked at.
//
//	go test -tags e2e -run TestE2EYear -v ./cmd/taizhang/yearend
package yearend
