// Package ooxmltest is what tests know of workbooks from other programs than this
// one: their parts as the standard library reads them, the streams around an
// encrypted one, and, in tests with the build tag e2e, what validators say of a
// workbook: the Open XML SDK's, which knows the schemas, and a script that knows for
// what Excel offers a repair.
package ooxmltest
