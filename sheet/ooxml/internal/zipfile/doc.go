// Package zipfile makes a new zip file of an old one, in which every entry that
// did not change is byte for byte as it was stored.
//
// [Open] reads the directory of a file, [File.Part] inflates an entry, and
// [File.Pack] writes the file anew with other content in some entries. Each
// program has habits that no decoded form carries through (data descriptors, growth
// hints in extra fields, backslashes in names): headers are kept as bytes.
//
// Entries go by their folded names (see [Fold]), under which the parts of an Office
// document are known. What exceeds the [Limits] is refused before it is inflated.
// Failures are of the types [DamageError] and [LimitError], or [ErrTruncated]; who
// knows what the file is called makes a sentence of them.
package zipfile
