// Package opc holds the parts of an Office document, their relationships and the
// edits that wait to be written into them.
//
// [Open] reads the directory of a package. [Package.Current] is a part with the
// edits made so far, [Package.Put] an edit, [Package.Pack] the new file, in which
// parts without an edit are as they were stored. [Package.Settle] leaves parts out. [Package.Original] and
// [Package.Scan] read a part as the file has it. Programs differ in case and
// slashes of part names and in the dialect of relationship types (transitional,
// strict): parts go by folded names, relationships by the last word of their types.
//
// What makes a part unreadable is a [PartError]; a part that is not there is
// fs.ErrNotExist.
package opc
