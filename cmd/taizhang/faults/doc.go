// Package faults holds no code but tests of the built program (build tag e2e):
// what a coordinator typed and the program acknowledged, with exit code 0 or 3,
// must survive whatever happens to the machine.
//
//	RUNS=2000 go test -tags e2e -run TestE2EFaults -timeout 2h -v ./cmd/taizhang/faults
//
// A run does one fault to one command in a world: a folder with a workbook, its
// history, and a model of every value typed into it. Then the folder is healthy
// again and the program is started once. Four things are counted:
//
//   - torn: the workbook, or an exported file, is not whole: excelize does not
//     open it, a checksum of its zip is wrong, or a part is not well-formed XML.
//   - lost: a cell holds neither what was acknowledged last nor something typed
//     since; a cell that nobody touched changed; a value that was acknowledged at
//     any time is not in the log; half of a change that is all or nothing stands
//     there.
//   - stuck: the first start does not succeed by itself, or finds a conflict
//     though nobody disagreed. Two saves of one office are no disagreement, unless
//     the second is found only when the workbook is closed and names nobody.
//   - litter: temporary files stay after they are old enough to be nobody's.
//
// RUNS is how many runs, SEED makes them the same again, FAULT is a regular
// expression that picks kinds. Files: world.go what stands and what was typed,
// book.go the workbook as excelize sees it, moment.go when a process is killed,
// and one file for each family of faults.
package faults
