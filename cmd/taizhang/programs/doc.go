// Package programs holds no code but tests of the built program (build tag
// e2e) beside the programs that make and edit workbooks: LibreOffice, openpyxl,
// XlsxWriter, exceljs, SheetJS, excelize and Gnumeric's ssconvert. Excel and WPS
// cannot be had on the machines that this is tested on.
//
//	go test -tags e2e -run TestE2EPrograms -v ./cmd/taizhang/programs
//
// Each program makes the same ledger (testdata/ledger.json: merged title,
// head of two rows, merged lead cells, drop-down lists, conditional formats,
// comments, protection, a hidden column, totals by formula, three more sheets),
// as far as it can. taizhang then reads it, changes a task, adds one, records an
// event (into a sheet that stands there, and into one it adds), splits and
// exports it; each program in turn edits the ledger, or a unit's copy, and what
// comes back must be that edit and nothing else.
//
// After every write, two independent readers look: openpyxl at all it knows of
// the file, which must differ from before in what was meant and nothing else;
// LibreOffice at what is shown after calculating everything anew. The parts of
// the package that had no reason to change are the same bytes.
//
// MAKER is a regular expression that picks makers. The test prints a table of
// maker by operation, and one of what each editor itself keeps of such a ledger
// when it saves. A program that is not installed is skipped with a word. A
// workbook locked with a password goes to and fro with LibreOffice in a test of
// its own. The scripts that drive the programs stand in testdata.
//
// TestE2EOutputs makes every kind of workbook that taizhang writes, of the ledgers of all
// makers: validators look for what was not there before, and ten programs (also Apache
// POI, xlsx-populate, Perl's Spreadsheet::ParseXLSX and R's readxl) read the values that taizhang
// reads. It prints a table of kind of output by reader.
//
//	go test -tags e2e -run TestE2EOutputs -v ./cmd/taizhang/programs
//
// TestE2ERegistersFromSeveralPrograms has each maker write the registers drawn in
// testdata/registers, with what is right beside them.
package programs
