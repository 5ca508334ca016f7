// Package ooxmltest asks validators what they say of a workbook: the Open XML
// SDK's, which knows the schemas, and a script that knows for what Excel offers
// a repair. Only tests with the build tag e2e use it.
package ooxmltest
