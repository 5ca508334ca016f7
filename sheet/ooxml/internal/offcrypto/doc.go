// Package offcrypto opens encrypted Office documents and seals them again in the
// lock they came in.
//
// [Unlock] gives the package that an encrypted document wraps, and the [Lock]:
// everything else that stands in the file. [Lock.Seal] puts another package
// into it. Agile and standard encryption are known ([MS-OFFCRYPTO] 2.3), with a
// password each.
package offcrypto
